"""A contact with a parent or carer written down on one short page, which saves itself meanwhile (decision 0093)."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.steps import KeptAlready, MoveNotAllowed
from cases.views.base import PAGE_AND_ACT
from referrals.views.saving import is_autosave
from sessions import carer_rules, carer_words
from sessions.forms.carer_contacts import LogContactForm
from sessions.forms.drafts import ThrowAwayForm
from sessions.forms.mistakes import CarerMistakeForm
from sessions.models.carers import CarerSession
from sessions.operations import SessionChanged
from sessions.operations.carer_contacts import NoMoreDirectSessions, NotAgreed
from sessions.operations.carer_drafts import save_contact_draft, throw_away_contact
from sessions.operations.carer_logging import log_and_sign, record_and_sign
from sessions.operations.carer_mistakes import take_contact_as_mistake
from sessions.views.carers.base import act_page, for_who_works, get_strand, strand_page
from sessions.views.carers.contacts import to_finish, why_not
from sessions.views.saving import autosaved, keep_words, let_it_save_itself, say_seen


@require_http_methods(PAGE_AND_ACT)
def log(request, key):
    """Something that has happened, and that nobody had planned."""
    strand = for_who_works(request, key)
    return _write(request, strand, LogContactForm(request.POST or None, strand=strand))


@require_http_methods(PAGE_AND_ACT)
def record(request, key, pk):
    """What came of one that was planned, or more of one that is not signed."""
    strand, session = to_finish(request, key, pk)
    if request.method != "POST" and not session.may_be_written:
        return redirect(carer_words.page(strand, "carer_session", session.pk))
    return _write(request, strand, LogContactForm(request.POST or None, strand=strand, session=session), session)


def _write(request, strand, form, session=None):
    save = partial(save_contact_draft, strand, by=request.user, session=session)
    if is_autosave(request):
        gone = _("It is signed or was moved, or a manager decides here: this is not saved. Copy what you typed.")
        return autosaved(form, save, is_new=session is None, gone=gone)
    if not form.is_valid():
        return _page(request, strand, form)
    words, token = _("It is written down."), form.cleaned_data["token"]
    try:
        _keep(strand, session, token, by=request.user, **form.said)
    except KeptAlready:
        words = _("It was kept already.")
    except SessionChanged as changed:
        return _changed_elsewhere(request, strand, form, changed.session)
    except (NoMoreDirectSessions, NotAgreed, MoveNotAllowed) as refused:
        return _refused(request, strand, form, refused, save=save if token or session else None)
    messages.success(request, words)
    return redirect(carer_words.page(strand, "carer_sessions"))


def _keep(strand, session, token, **said):
    if session is None:
        return log_and_sign(strand, token=token, **said)
    return record_and_sign(session, **said)


def _refused(request, strand, form, refused, *, save):
    """Why not, in a sentence, beside what was typed; where it may be written another way, that is a draft by now."""
    strand = get_strand(request, strand.key)
    messages.error(request, why_not(refused, strand))
    stays_open = save is not None and not isinstance(refused, MoveNotAllowed)
    if stays_open:
        keep_words(form, save, form.cleaned_data["token"])
    return _page(request, strand, form, status=409, saves_itself=stays_open)


def _changed_elsewhere(request, strand, form, now):
    """What is saved beside what was typed here: sent again, it has been seen."""
    shown = CarerSession.objects.visible_to(request.user).select_related("practitioner").with_other_side()
    shown = shown.get(pk=now.pk)
    say_seen(form, shown)
    saved = carer_words.contact_in_full(shown, strand=strand)["rows"]
    return _page(request, strand, form, status=409, saved=saved)


def _page(request, strand, form, *, status=200, saves_itself=None, **context):
    """It saves itself, but for where somebody was there meanwhile: nothing goes over their words by itself."""
    saves_itself = status == 200 if saves_itself is None else saves_itself
    if saves_itself:
        let_it_save_itself(form)
    context |= {"form": form, "title": _("Write down a contact"), "saves_itself": saves_itself}
    return strand_page(request, strand, "sessions/carers/log.html", status=status, **context)


@require_http_methods(PAGE_AND_ACT)
def throw_away(request, key, pk):
    """A draft that they began: nobody said that it happened. It is asked once more, for words go with it."""
    strand, session = to_finish(request, key, pk)
    if request.method != "POST" and not carer_rules.may_throw_away(request.user, strand, session):
        return redirect(carer_words.page(strand, "carer_session", session.pk))
    form, title = ThrowAwayForm(request.POST or None, initial={"seen": session.edition}), _("Throw this draft away")
    if not form.is_valid():
        return _act_page(request, strand, form, title, session)
    try:
        throw_away_contact(session, by=request.user, **form.cleaned_data)
    except (SessionChanged, MoveNotAllowed):
        messages.error(request, _("It is still there: it is no draft of yours, or it has changed since you read it."))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect(carer_words.page(strand, "carer_sessions"))


@require_http_methods(PAGE_AND_ACT)
def mistake(request, key, pk):
    """It was entered by mistake: it counts for nothing, and stays."""
    strand, session = to_finish(request, key, pk)
    if request.method != "POST" and not carer_rules.may_take_as_mistake(request.user, strand, session):
        return redirect(carer_words.page(strand, "carer_session", session.pk))
    title = _("It was entered by mistake")
    form = CarerMistakeForm(request.POST or None, initial={"seen": session.edition})
    if not form.is_valid():
        return _act_page(request, strand, form, title, session)
    try:
        take_contact_as_mistake(session, by=request.user, **form.cleaned_data)
    except KeptAlready:
        messages.success(request, _("It was kept already."))
    except (SessionChanged, MoveNotAllowed):
        messages.error(
            request, _("Nothing was saved: it is signed, or it has changed since you read it. Read it again.")
        )
        return _act_page(request, strand, form, title, session, status=409)
    else:
        messages.success(request, _("It counts for nothing now."))
    return redirect(carer_words.page(strand, "carer_sessions"))


def _act_page(request, strand, form, title, session, *, status=200):
    """Which contact it is stands above the form."""
    contact = carer_words.contact(session, strand=strand)
    return act_page(request, strand, form, title, status=status, contact=contact)
