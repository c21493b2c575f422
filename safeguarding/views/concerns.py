"""Concerns that wait for a human, and what is done with one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from safeguarding import operations, presenting, rules
from safeguarding.forms.concerns import CloseForm
from safeguarding.models import Concern

MOST = 200


@require_GET
def concerns(request):
    """The open ones: those that wait for somebody first, then those being followed."""
    cards = presenting.cards(Concern.objects.visible_to(request.user).open().for_list()[:MOST], request.user)
    record("concerns.listed", "concern_list", by=request.user, shown=[card["pk"] for card in cards])
    context = {
        "waiting": [card for card in cards if card["due"]],
        "followed": [card for card in cards if not card["due"]],
    }
    return render(request, "safeguarding/concerns.html", context)


@require_GET
def concern(request, key):
    concern = _get_concern(request, key)
    record("concern.viewed", concern, by=request.user)
    [card] = presenting.cards([concern], request.user)
    return render(request, "safeguarding/concern.html", {"concern": card})


@require_POST
def acknowledge(request, key):
    concern = _get_concern(request, key)
    if not rules.follows(request.user, concern):
        raise PermissionDenied
    try:
        operations.acknowledge(concern, by=request.user)
    except operations.MoveNotAllowed:
        _say_who_was_first(request, key)
    else:
        messages.success(request, _("You have acknowledged the concern. Please follow it."))
    return redirect(concern)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, key):
    concern = _get_concern(request, key)
    if not rules.follows(request.user, concern):
        raise PermissionDenied
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            operations.close(concern, by=request.user, outcome=form.cleaned_data["outcome"])
        except operations.MoveNotAllowed:
            _say_who_was_first(request, key)
        else:
            messages.success(request, _("The concern is closed."))
        return redirect(concern)
    record("concern.viewed", concern, by=request.user)
    context = {"concern": presenting.card(concern, request.user), "form": form}
    return render(request, "safeguarding/close.html", context)


def _get_concern(request, key):
    """The concern, or 404 where the user has no reason to see it."""
    return get_object_or_404(Concern.objects.visible_to(request.user).for_list(), key=key)


def _say_who_was_first(request, key):
    now = _get_concern(request, key)
    by = now.closed_by or now.acknowledged_by
    if by is None:
        messages.error(request, _("Nothing was changed: somebody must acknowledge the concern first."))
        return
    words = _("Nothing was changed: %(name)s was first. The concern is now “%(status)s”.")
    messages.error(request, words % {"name": by, "status": now.get_status_display()})
