"""Who waits for a practitioner, and giving them one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission
from audit.recording import record
from cases import allocating, operations, presenting, rules, visible
from cases.forms.allocating import AllocateForm, CheckOnWaitingForm
from cases.signals import waiting_above
from cases.views.manage import manage_tabs
from ui.times import long_date

PAGE_AND_ACT = ["GET", "HEAD", "POST"]


@require_GET
def waiting(request):
    """Accepted young people without a practitioner, and cases that have lost theirs."""
    if not rules.allocates(request.user):
        raise PermissionDenied
    found = list(allocating.waiting(request.user))
    rows = [presenting.waiting_row(referral, due_on=allocating.check_due_on(referral)) for referral in found]
    cases = [presenting.row(case, user=request.user) for case in allocating.without_lead(request.user)]
    beside = [row for _above, told in waiting_above.send(sender=None, user=request.user) for row in told]
    shown = {"shown": [row["pk"] for row in rows], "cases": [row["pk"] for row in cases]}
    shown |= {"strands": [row["pk"] for row in beside]}
    record("waiting.listed", "waiting", by=request.user, **shown)
    context = {"rows": rows, "cases": cases, "beside": beside, "tabs": manage_tabs(request)}
    return render(request, "cases/waiting.html", context)


@require_http_methods(PAGE_AND_ACT)
def allocate(request, reference):
    referral = _get_waiting(request, reference)
    if referral is None:
        return _to_their_case(request, reference)
    form = AllocateForm(request.POST or None, referral=referral, user=request.user)
    if not form.is_valid():
        return _page(request, referral, form, _("Allocate"))
    try:
        case = operations.open_case(referral, by=request.user, **form.chosen)
    except operations.ClosedToThem:
        words = _("The practitioner you chose cannot see this young person. Please choose another.")
    except operations.MoveNotAllowed:
        words = _("Nothing was saved: a colleague has opened the case, or the referral is open again.")
    except IntegrityError as refusal:
        if "case_open_once_per_young_person" not in str(refusal):
            raise
        words = _("There is an open case with this young person already. Join the referral to it, or end it first.")
    else:
        messages.success(request, _opened(form.chosen["lead"]))
        return redirect(case)
    messages.error(request, words)
    return _page(request, referral, form, _("Allocate"), status=409)


def _opened(lead):
    if lead is None:
        return _("The case is open. Add the parent or carer, and offer them somebody to work with.")
    return _("The case is open. %(name)s sees it now.") % {"name": lead}


@require_http_methods(PAGE_AND_ACT)
def check_on_waiting(request, reference):
    referral = _get_waiting(request, reference)
    if referral is None:
        return _to_their_case(request, reference)
    form = CheckOnWaitingForm(request.POST or None)
    if not form.is_valid():
        return _page(request, referral, form, _("How are they while they wait?"))
    try:
        operations.check_on_waiting(referral, by=request.user, **form.cleaned_data)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: they do not wait any more."))
        return _page(request, referral, form, _("How are they while they wait?"), status=409)
    messages.success(request, _("It is kept. We ask again in 14 days."))
    return redirect("cases:waiting")


def _get_waiting(request, reference):
    """One who waits, for somebody who allocates there; nothing where nobody of that name waits."""
    return next((row for row in allocating.waiting(request.user) if row.reference == reference), None)


def _to_their_case(request, reference):
    """Where a colleague was first: to the case, for who allocates there and may see it; 404 for everybody else."""
    case = visible.for_page(request.user, reference)
    if case is None or not rules.holds(request.user, Permission.ALLOCATE_CASES, case):
        raise Http404
    first = {"name": case.opened_by, "day": long_date(case.opened_at)}
    messages.info(request, _("They do not wait any more: %(name)s opened the case on %(day)s.") % first)
    return redirect(case)


def _page(request, referral, form, title, *, status=200):
    record("referral.viewed", referral, by=request.user, page=request.resolver_match.url_name)
    row = presenting.waiting_row(referral, due_on=allocating.check_due_on(referral))
    context = {"referral": referral, "row": row, "form": form, "title": title}
    return render(request, "cases/allocate.html", context, status=status)
