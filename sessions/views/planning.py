"""Planning a session on a phone: kind, how, day and time. Moving it; cancelling it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases.enums import AssignmentKind, PathwayStage
from cases.views.base import PAGE_AND_ACT, allowed, case_page
from cases.visible import consent_ledger
from sessions import clashes, operations, rules
from sessions.enums import SessionKind
from sessions.forms.planning import CancelForm, MoveForm, PlanForm
from sessions.models import SupportSession
from sessions.planning_words import REFUSED, warning
from sessions.views.base import get_case_with_sessions, get_session
from ui.times import moment


@require_http_methods(PAGE_AND_ACT)
def plan(request, reference):
    case = get_case_with_sessions(request, reference)
    allowed(rules.plans_sessions(request.user, case))
    before = SupportSession.objects.visible_to(request.user).filter(case=case).that_stand().latest_first().first()
    form = PlanForm(
        request.POST or None, case=case, user=request.user, people=_people(case), kinds=_kinds(case), before=before
    )
    return _do(request, case, form, _("Plan a session"), _plan)


def _people(case):
    """Who works on it now, the lead first."""
    now = case.assignments.current().select_related("user").order_by("pk")
    return [row.user for row in sorted(now, key=lambda row: row.kind != AssignmentKind.LEAD)]


def _kinds(case):
    """Therapeutic work only once somebody has decided on it (R-wal-26). Together with a parent has its own page."""
    decided = case.stage_decisions.filter(to_stage=PathwayStage.THERAPEUTIC).exists()
    elsewhere = {SessionKind.JOINT_YP_CARER} if decided else {SessionKind.JOINT_YP_CARER, SessionKind.THERAPEUTIC}
    return [kind for kind in SessionKind if kind not in elsewhere]


def _plan(request, case, form):
    if form.series:
        planned = operations.plan_series(case, by=request.user, **form.chosen, **form.series)
    else:
        planned = [operations.plan_session(case, by=request.user, **form.chosen)]
    words = ngettext("Planned: %(first)s.", "Planned %(count)d times, from %(first)s on.", len(planned))
    return planned, words % {"count": len(planned), "first": moment(planned[0].planned_at)}


@require_http_methods(PAGE_AND_ACT)
def move(request, reference, pk):
    case, session = get_session(request, reference, pk)
    allowed(rules.plans_sessions(request.user, case))
    form = MoveForm(request.POST or None, session=session, people=_people(case))
    if request.method != "POST" and session.needs_a_record and case.is_open:
        messages.info(request, REFUSED["over"])
        return redirect(_record_page(request.user, case, session) or session)

    def moves(request, _case, form):
        moved = operations.move_session(session, by=request.user, **form.chosen)
        return [moved], _("Moved to %(when)s.") % {"when": moment(moved.planned_at)}

    return _do(request, case, form, _("Move this session"), moves, session=session)


@require_http_methods(PAGE_AND_ACT)
def cancel(request, reference, pk):
    case, session = get_session(request, reference, pk)
    allowed(rules.plans_sessions(request.user, case))
    form = CancelForm(request.POST or None)

    def cancels(request, _case, form):
        operations.cancel_session(session, by=request.user, **form.cleaned_data)
        return [], _("The session is cancelled.")

    return _do(request, case, form, _("Cancel this session"), cancels, session=session)


def _do(request, case, form, title, does, *, session=None):
    """Do what a valid form asks, once; say what clashes; a page that had gone stale keeps every word."""
    if request.method != "POST" and (closed := _why_no_form(case, session)):
        messages.info(request, closed)
        return redirect(_page(case))
    if not form.is_valid():
        return _act_page(request, case, form, title, session)
    try:
        planned, words = does(request, case, form)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
        return redirect(_page(case))
    except operations.ClosedToThem:
        messages.error(request, _("The person you chose cannot see this young person. Please choose another."))
        return _act_page(request, case, form, title, session, status=409)
    except operations.MoveNotAllowed as refusal:
        closed = _("Nothing was saved: the case was closed meanwhile.")
        messages.error(request, REFUSED.get(getattr(refusal, "why", ""), closed))
        return _act_page(request, case, form, title, session, status=409)
    messages.success(request, words)
    for thought in _thoughts(case, planned):
        messages.warning(request, thought)
    return redirect(_page(case))


def _thoughts(case, planned):
    """What is to be thought of, now that it is planned."""
    if not planned:
        return []
    return filter(None, (warning(planned, consent_ledger(case)), *clashes.words(planned)))


def _why_no_form(case, session):
    """On a closed case, and for a session that is not planned any more, nobody is given a form."""
    if not case.is_open:
        return _("The case is closed. Nothing more is written here.")
    return REFUSED["settled"] if session and not session.is_planned else ""


def _record_page(user, case, session):
    """Where it is said what came of it, once its time has passed."""
    if session.needs_a_record and rules.may_record(user, case, session):
        return reverse("sessions:record", args=[case.reference, session.pk])
    return ""


def _act_page(request, case, form, title, session, *, status=200):
    told = {"session": session, "was_planned": moment(session.planned_at)} if session else {}
    told |= {"record_page": _record_page(request.user, case, session)} if session else {}
    context = {"form": form, "title": title, "may_plan": rules.may_plan(request.user, case), **told}
    return case_page(request, case, "sessions/plan.html", status=status, **context)


def _page(case):
    return reverse("sessions:sessions", args=[case.reference])
