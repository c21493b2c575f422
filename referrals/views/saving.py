"""What the page of a section showed, so that nothing is overwritten unseen; and saves that a page makes by itself."""

import hashlib
import json

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from referrals import operations
from referrals.forms.whole import WholeForm
from referrals.models import ReferralDraft
from referrals.sections import LEFT
from ui.times import time_of_day

AUTOSAVE = "X-Autosave"


def seen_in(draft, section):
    """What a section held when its page was made, to see later whether somebody saved it in between.

    Only its words: a page that saves by itself while it is left says the same words again.
    """
    saved = draft.answers.get(section)
    held = json.dumps(saved if saved is None else _words(saved), sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def was_changed_elsewhere(request, draft, section, typed):
    """Also when the page does not say what it showed: then nobody knows what would be overwritten."""
    if request.POST.get("seen") == seen_in(draft, section):
        return False
    saved = draft.answers.get(section)
    return saved is not None and _words(saved) != _words(typed)


def _words(typed):
    """What was typed, however it was saved: by a button, or by the page itself."""
    return {name: values for name, values in typed.items() if name != LEFT}


def keep_what_was_typed(request, pk, section):
    """The session ended while somebody typed: put their words into their own draft before asking who they are.

    Returns whether they are there.
    """
    draft = ReferralDraft.objects.visible_to(request.lapsed_referrer).filter(pk=pk).first()
    if request.method != "POST" or draft is None:
        return False
    typed = _typed(request, draft, section)
    if was_changed_elsewhere(request, draft, section, typed):
        return False
    try:
        operations.save_section(draft, by=request.lapsed_referrer, section=section, values=typed, version=draft.version)
    except (operations.DraftGone, operations.DraftChanged):
        return False
    return True


def _typed(request, draft, section):
    return WholeForm(draft).blank(section, request.POST).typed(request.POST) | {LEFT: ["1"]}


def is_autosave(request):
    return request.method == "POST" and AUTOSAVE in request.headers


def autosave(request, pk, section):
    """Kept as left in the middle: nothing is checked or complained of.

    The answer has a sentence for the page, and what the next save must say
    that it showed. Typing is activity: like every request it keeps the session.
    """
    if not request.referrer:
        return _signed_out(keep_what_was_typed(request, pk, section))
    draft = ReferralDraft.objects.visible_to(request.referrer).filter(pk=pk).first()
    if draft is None:
        return _gone()
    typed = _typed(request, draft, section)
    if was_changed_elsewhere(request, draft, section, typed):
        return _conflict()
    try:
        draft = operations.save_section(
            draft, by=request.referrer, section=section, values=typed, version=draft.version
        )
    except operations.DraftGone:
        return _gone()
    except operations.DraftChanged:  # between our look and our lock; most likely another section: once more
        return _answer(503, _("Not saved yet. We will try again."))
    words = _("Draft saved at %(time)s.") % {"time": time_of_day(timezone.now())}
    return _answer(200, words, seen=seen_in(draft, section))


def _signed_out(is_kept):
    if is_kept:
        return _answer(403, _("You have been signed out. What you typed is saved. To go on, load this page again."))
    return _answer(403, _("You have been signed out. Copy what you typed before you leave this page: it is not saved."))


def _gone():
    words = _("This draft was sent or deleted in another window. Copy what you typed if you still need it.")
    return _answer(410, words)


def _conflict():
    words = _("This section was saved in another window, so it is not saved from here. Save it to see both.")
    return _answer(409, words)


def _answer(status, words, **more):
    return JsonResponse({"words": words, **more}, status=status)
