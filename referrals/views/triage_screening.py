"""What duty workers do while they look at a referral: criteria, holds, questions to its referrer, a second look."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from referrals import checklist, history, operations, rules, visible
from referrals.forms.screening import AskForm, CriteriaForm, HoldForm, ReopenForm, StopWaitingForm
from referrals.views.triage import act_page, get_referral

PAGE_AND_ACT = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_AND_ACT)
def criteria(request, reference):
    """Two who check at once each see what the other saved; nothing is overwritten unseen."""
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    if request.method != "POST":
        if not rules.may_check_criteria(request.user, referral):
            return _not_now(request, referral)
        return _criteria_page(request, referral, None)
    form = CriteriaForm(request.POST, referral=referral, checks=[])
    if not form.is_valid():
        return _criteria_page(request, referral, form)
    try:
        operations.check_criteria(referral, by=request.user, answers=form.answers, seen=form.cleaned_data["seen"])
    except operations.CheckedMeanwhile:
        return _criteria_page(request, referral, form, status=409)
    except operations.MoveNotAllowed:
        return _too_late(request, referral, form, _("Check it against the criteria"))
    messages.success(request, _("The criteria are kept."))
    return redirect(referral)


def _criteria_page(request, referral, form, *, status=200):
    """409: a colleague has saved since this page was read. Their answers stand beside what was typed here."""
    checks = list(referral.criteria.select_related("by"))
    theirs = checklist.rows(referral, checks) if status == 409 else []
    if status == 409:
        typed = request.POST.copy()
        typed["seen"] = checklist.version(checks)
        form = CriteriaForm(typed, referral=referral, checks=checks)
    form = form or CriteriaForm(referral=referral, checks=checks)
    response = act_page(request, referral, "triage/criteria.html", form=form, theirs=theirs)
    response.status_code = status
    return response


@require_http_methods(PAGE_AND_ACT)
def hold(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    if request.method != "POST" and not rules.may_hold(request.user, referral, _waiting(referral)):
        return _not_now(request, referral)
    form = HoldForm(request.POST or None)
    words = _("It is on hold. The clock runs on.")
    return _act(request, referral, form, _("Put it on hold"), words, operations.hold)


@require_POST
def resume(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    try:
        operations.resume(referral, by=request.user)
    except operations.MoveNotAllowed:
        messages.error(request, history.who_was_first(get_referral(request, reference), request.user))
    else:
        messages.success(request, _("Screening goes on."))
    return redirect(referral)


@require_http_methods(PAGE_AND_ACT)
def ask(request, reference):
    """One message with everything that is missing: a referrer is asked once, not line by line (domain.md 4.1)."""
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    if request.method != "POST" and not rules.may_ask(request.user, referral, _waiting(referral)):
        return _not_now(request, referral)
    form = AskForm(request.POST or None, referral=referral)
    words = _("Sent. The referrer gets a letter that leads to the question; the clock stands still until the answer.")
    return _act(request, referral, form, _("Ask the referrer"), words, operations.ask)


@require_http_methods(PAGE_AND_ACT)
def stop_waiting(request, reference):
    referral = _get_for(request, reference, Permission.SCREEN_REFERRALS)
    if request.method != "POST" and not rules.may_stop_waiting(request.user, referral):
        return _not_now(request, referral)
    form = StopWaitingForm(request.POST or None)
    words = _("Screening goes on, and the clock with it.")
    return _act(request, referral, form, _("Stop waiting for the referrer"), words, operations.stop_waiting)


@require_http_methods(PAGE_AND_ACT)
def reopen(request, reference):
    referral = visible.with_decisions(_get_for(request, reference, Permission.REOPEN_REFERRALS))
    may = rules.may_reopen(request.user, referral, history.last_decision(referral))
    if not may and not referral.is_open:
        raise PermissionDenied
    if not may and request.method != "POST":
        return _not_now(request, referral)
    form = ReopenForm(request.POST or None)
    words = _("It is open again, and the referrer is told that we look at it again.")
    return _act(request, referral, form, _("Open it again"), words, operations.reopen)


def _get_for(request, reference, permission):
    """The referral, for somebody with the power. Whether its state allows the act is said by the act itself."""
    referral = get_referral(request, reference)
    if not rules.holds(request.user, permission, referral):
        raise PermissionDenied
    return referral


def _waiting(referral):
    return history.waiting_decision(visible.with_decisions(referral))


def _not_now(request, referral):
    """Nobody types into a form that cannot be sent: the referral says how it stands."""
    messages.warning(request, history.how_it_stands(get_referral(request, referral.reference)))
    return redirect(referral)


def _act(request, referral, form, title, words, operation):
    if not form.is_valid():
        return act_page(request, referral, form=form, title=title)
    try:
        operation(referral, by=request.user, **form.cleaned_data)
    except operations.MoveNotAllowed:
        return _too_late(request, referral, form, title)
    messages.success(request, words)
    return redirect(referral)


def _too_late(request, referral, form, title):
    """Somebody else was first: who, and every word that was typed, to be copied. 404 where it was closed meanwhile."""
    messages.error(request, history.who_was_first(get_referral(request, referral.reference), request.user))
    response = act_page(request, referral, form=form, title=title)
    response.status_code = 409
    return response
