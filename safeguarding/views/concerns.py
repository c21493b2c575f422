"""Concerns that wait for a human, and what is done with one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from safeguarding import chronology, operations, powers, presenting
from safeguarding.forms.concerns import CloseForm, ReopenForm
from safeguarding.models import Concern
from safeguarding.signals import case_about, missing_now, person_in_words, source_of
from safeguarding.views.base import PAGE_AND_ACT, allowed, get_concern, say_who_was_first

MOST = 200
STILL_TO_DO = gettext_lazy(
    "Nothing was changed: something is still to be done. Finish it first, or say that it is not needed any more."
)


@require_GET
def concerns(request):
    """The open ones: those that wait for somebody, all of them, the first due first; then those being followed."""
    seen = Concern.objects.visible_to(request.user).open().with_last_step().for_list()
    waiting = sorted(seen.unacknowledged(), key=lambda concern: concern.acknowledge_by)
    cards = presenting.cards([*waiting, *seen.acknowledged()[:MOST]], request.user)
    shown, missing = [card["pk"] for card in cards], missing_now(request.user)
    record("concerns.listed", "concern_list", by=request.user, shown=shown, missing=[row["pk"] for row in missing])
    context = {
        "missing": missing,
        "waiting": [card for card in cards if card["due"]],
        "followed": [card for card in cards if not card["due"]],
    }
    return render(request, "safeguarding/concerns.html", context)


@require_GET
def concern(request, key):
    concern = get_concern(request, key)
    record("concern.viewed", concern, by=request.user)
    [card] = presenting.cards([concern], request.user)
    card |= {"steps": []}  # the chronology has them
    context = {"concern": card, "source": source_of(concern, user=request.user)}
    context["case"] = case_about(concern.subject_id, user=request.user)
    context["whose"] = "" if card["request"] else person_in_words(concern.subject_id)
    return render(request, "safeguarding/concern.html", context | chronology.acting(concern, request.user))


@require_POST
def acknowledge(request, key):
    concern = get_concern(request, key)
    allowed(powers.hears(request.user, concern))
    try:
        operations.acknowledge(concern, by=request.user)
    except operations.MoveNotAllowed:
        say_who_was_first(request, key)
    else:
        messages.success(request, _("You have it now. Nobody is written to again about it."))
    return redirect(concern)


@require_http_methods(PAGE_AND_ACT)
def close(request, key):
    """With what came of it, once all is done; and whether the young person was told, until somebody says yes."""
    concern = get_concern(request, key)
    allowed(powers.follows(request.user, concern))
    form = CloseForm(request.POST or None, user=request.user, is_told=concern.is_young_person_told())
    return _close(request, concern, form) if form.is_valid() else _closing(request, concern, form)


def _close(request, concern, form):
    """What was typed stays on the page, whatever changed meanwhile."""
    try:
        operations.close(concern, by=request.user, **form.said)
    except operations.MoveNotAllowed:
        say_who_was_first(request, concern.key)
    except operations.StillToDo:
        messages.error(request, STILL_TO_DO)
    except operations.NotSaid:
        form = CloseForm(request.POST, user=request.user, is_told=False)
        messages.error(request, _("Nothing was changed: say first whether the young person was told."))
    else:
        messages.success(request, _("The concern is closed."))
        return redirect(concern)
    return _closing(request, concern, form, status=409)


def _closing(request, concern, form, *, status=200):
    record("concern.viewed", concern, by=request.user)
    context = {"concern": presenting.card(concern, request.user), "form": form}
    context["left"] = chronology.left(concern, request.user)
    return render(request, "safeguarding/close.html", context, status=status)


@require_http_methods(PAGE_AND_ACT)
def reopen(request, key):
    concern = get_concern(request, key)
    allowed(powers.may_raise(request.user, concern))
    form, status = ReopenForm(request.POST or None), 200
    if form.is_valid():
        try:
            concern = operations.reopen(concern, by=request.user, **form.cleaned_data)
        except operations.MoveNotAllowed:
            status = 409
            messages.error(request, _("Nothing was changed: the concern is open."))
        else:
            apart = concern.about_colleague
            messages.success(request, presenting.WAITS_AGAIN_APART if apart else presenting.WAITS_AGAIN)
            return redirect(concern)
    record("concern.viewed", concern, by=request.user)
    context = {"concern": presenting.card(concern, request.user), "form": form, "title": _("Open the concern again")}
    return render(request, "safeguarding/act.html", context, status=status)
