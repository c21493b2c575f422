"""Several referrals at once to one colleague. Each is an act of its own; nothing is ever decided for several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, has_permission, has_permission_somewhere
from audit.recording import record
from referrals import history, operations, presenting, rules, visible
from referrals.forms.assigning_many import ME, ColleagueForm, TickedForm
from referrals.models import Referral

POWER = Permission.SCREEN_REFERRALS


class Refused(Exception):
    """This one was not assigned; in words."""


@transaction.non_atomic_requests
@require_POST
def assign_many(request):
    """Each assignment is a transaction of its own: one that is refused takes none of the others along."""
    if not has_permission_somewhere(request.user, POWER):
        raise PermissionDenied
    form = TickedForm(request.POST)
    form.is_valid()
    back = _way_back(form.cleaned_data.get("back", ""))
    if form.errors:
        messages.warning(request, " ".join(form.errors.get("ticked", [_("Nothing was assigned.")])))
        return redirect(back)
    ticked, colleague = form.cleaned_data["ticked"], request.user
    if form.cleaned_data["to"] != ME:
        found = _seen(request.user, ticked)
        chosen = ColleagueForm(_given(request), centres={row.centre_id for row in found.values()})
        if not chosen.is_valid():
            return _ask_for_colleague(request, chosen, ticked, found, back)
        colleague = chosen.cleaned_data["colleague"]
    return _assign(request, ticked, colleague, back)


def _given(request):
    return request.POST if "colleague" in request.POST else None


def _seen(user, ticked):
    """Those of the ticked that this person may see, by reference. The others are not there."""
    rows = Referral.objects.visible_to(user).filter(reference__in=ticked).for_act()
    return {row.reference: row for row in rows}


@transaction.atomic
def _ask_for_colleague(request, form, ticked, found, back):
    """Whom to give them to. What is ticked goes along as it was, so that a colleague who takes one is still seen."""
    rows = Referral.objects.visible_to(request.user).filter(pk__in=[row.pk for row in found.values()])
    values = {row["reference"]: row for row in rows.for_queue()}
    record("queue.listed", "referral_queue", by=request.user, shown=[row["pk"] for row in values.values()])
    words = presenting.Rows(user=request.user, may_take=False, now=timezone.now())
    shown = [words.row(values[reference]) for reference in ticked if reference in values]
    context = {"form": form, "rows": shown, "ticked": _as_sent(ticked), "back": back}
    return render(request, "triage/assign_many.html", context)


def _as_sent(ticked):
    return [f"{reference}/{owner or ''}" for reference, owner in ticked.items()]


def _assign(request, ticked, colleague, back):
    found, done, refused = _seen(request.user, ticked), [], []
    for reference, owner in ticked.items():
        try:
            words = _assign_one(request.user, found.get(reference), colleague, owner)
            done.append({"reference": reference, "words": words})
        except Refused as refusal:
            refused.append({"reference": reference, "words": str(refusal), "is_there": reference in found})
    record("queue.listed", "referral_queue", by=request.user, shown=[row.pk for row in found.values()])
    name = "" if colleague == request.user else colleague.full_name
    return render(request, "triage/assigned_many.html", {"done": done, "refused": refused, "name": name, "back": back})


def _assign_one(user, referral, colleague, owner):
    """Assign it, or raise ``Refused``. What somebody may not see reads like what was never there."""
    if referral is None:
        raise Refused(_("We cannot find this referral."))
    if not rules.holds(user, POWER, referral):
        raise Refused(_("It belongs to a centre where you do not assign referrals."))
    if referral.owner_id == colleague.pk and referral.is_open:
        return _("It was with them already.") if colleague != user else _("It was with you already.")
    if not has_permission(colleague, POWER, centre=referral.centre):
        raise Refused(_cannot_take_it(colleague))
    try:
        operations.assign(referral, by=user, to=colleague, instead_of=owner)
    except operations.MoveNotAllowed as refusal:
        raise Refused(_why(refusal, user, referral, colleague)) from refusal
    return ""


def _why(refusal, user, referral, colleague):
    now = visible.for_act(user, referral.reference)
    if now is None:
        return _("We cannot find this referral.")
    if isinstance(refusal, operations.ClosedToThem):
        return _cannot_take_it(colleague)
    if isinstance(refusal, operations.TakenMeanwhile):
        return _("%(name)s took this before you.") % {"name": now.owner}
    return history.who_was_first(now, user)


def _cannot_take_it(colleague):
    """One sentence, whatever the reason: who is kept from whom is nobody's to learn from a list."""
    return _("%(name)s cannot take this referral. Please choose another colleague for it.") % {"name": colleague}


def _way_back(back):
    queue = reverse("triage:queue")
    return back if back.startswith(queue) and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else queue
