"""One session as it is read, what is added to it, and a draft that is thrown away."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.assessment_acts import AddendumForm
from cases.rules import may_plan, may_record_consent
from cases.views.base import PAGE_AND_ACT, allowed, case_page
from sessions import missed, operations, recording_words, rules, writing
from sessions.enums import Attendance, SessionStatus
from sessions.forms.drafts import ThrowAwayForm
from sessions.forms.mistakes import MistakeForm
from sessions.forms.reading import ReadingForm
from sessions.models import SupportSession
from sessions.views.base import act_page, get_session
from sessions.views.reading import has_said_why, keep_that_why_was_said


@require_http_methods(PAGE_AND_ACT)
def session(request, reference, pk):
    """Everything that was written; a manager who does not work with them says first why they read it."""
    case, session = get_session(request, reference, pk, whole=True)
    if _asks_why(request, case, session):
        return _say_why(request, case, session)
    if request.method == "POST":
        return redirect(session)
    moved = SupportSession.objects.visible_to(request.user).filter(case=case).moved().with_case()
    waits = session.waits_for_a_signature
    context = {
        "session": session,
        "title": recording_words.title(session),
        "rows": recording_words.rows(session),
        "chain": recording_words.chain(session, {row.pk: row for row in moved}),
        "remote": recording_words.remote(session),
        "written": recording_words.written(session) if session.recorded_at else "",
        "signed": recording_words.signed(session) if session.is_signed else "",
        "lacks": recording_words.lacks(writing.lacks(session), session) if waits else [],
        "is_to_come": session.is_planned and session.planned_at > timezone.now(),
        "begins": session.may_start_remotely and session.is_planned and not session.needs_a_record,
        "asks_since_when": missed.asks_since_when(session) and may_plan(request.user, case) and not case.missing_id,
        "stopped_by_them": _was_stopped_by_them(request.user, case, session),
        "may": _may(request.user, case, session),
    }
    return case_page(request, case, "sessions/session.html", **context)


def _was_stopped_by_them(user, case, session):
    """It ended at their wish, and nothing says yet whether they said no to going on."""
    ended = session.status == SessionStatus.NOT_HELD and session.attendance == Attendance.CONSENT_WITHDRAWN
    return ended and not case.is_stopped and may_record_consent(user, case)


def _asks_why(request, case, session):
    if not rules.reads_for_a_reason(request.user, case) or has_said_why(request, case):
        return False
    beside = [*session.remote_starts.all(), *session.addenda.all()]
    return bool(beside) or recording_words.rows(session) != recording_words.facts(session)


def _say_why(request, case, session):
    form = ReadingForm(request.POST or None)
    if form.is_valid():
        operations.say_why_read(session, by=request.user, reason=form.cleaned_data["reason"])
        keep_that_why_was_said(request, case)
        return redirect(session)
    told = {"title": recording_words.title(session), "rows": recording_words.facts(session)}
    return case_page(request, case, "sessions/not_read.html", session=session, form=form, **told)


def _may(user, case, session):
    acts = {"record": rules.may_record, "sign": rules.may_sign, "add": rules.may_add, "start": rules.may_start}
    acts |= {"move": rules.may_move, "throw_away": rules.may_throw_away, "mistake": rules.may_take_as_mistake}
    return {name: may(user, case, session) for name, may in acts.items()}


@require_http_methods(PAGE_AND_ACT)
def add(request, reference, pk):
    """What was signed stays; a correction stands beside it, with its date."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_add(request.user, case, session):
        return redirect(session)
    form, title = AddendumForm(request.POST or None), _("Add to this session")
    if not form.is_valid():
        return act_page(request, case, form, title, session)
    try:
        operations.add_to_session(session, by=request.user, **form.cleaned_data)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the session is not signed yet, or the case was closed."))
        return act_page(request, case, form, title, session, status=409)
    else:
        messages.success(request, _("It is added, and dated."))
    return redirect(session)


@require_http_methods(PAGE_AND_ACT)
def throw_away(request, reference, pk):
    """A draft that they began: nobody said that it happened. It is asked once more, for words go with it."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_throw_away(request.user, case, session):
        return redirect(session)
    form, title = ThrowAwayForm(request.POST or None, initial={"seen": session.edition}), _("Throw this draft away")
    if not form.is_valid():
        return act_page(request, case, form, title, session)
    try:
        operations.throw_away_draft(session, by=request.user, **form.cleaned_data)
    except (operations.SessionChanged, operations.MoveNotAllowed):
        messages.error(request, _("It is still there: it is no draft of yours, or it has changed since you read it."))
        return redirect("sessions:sessions", case.reference)
    messages.success(request, _("The draft is thrown away."))
    return redirect("sessions:sessions", case.reference)


@require_http_methods(PAGE_AND_ACT)
def mistake(request, reference, pk):
    """It was entered by mistake: it counts for nothing, and stays."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_take_as_mistake(request.user, case, session):
        return redirect(session)
    form, title = MistakeForm(request.POST or None, initial={"seen": session.edition}), _("It was entered by mistake")
    if not form.is_valid():
        return act_page(request, case, form, title, session)
    try:
        operations.take_as_mistake(session, by=request.user, **form.cleaned_data)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
    except (operations.SessionChanged, operations.MoveNotAllowed):
        messages.error(
            request, _("Nothing was saved: it is signed, or it has changed since you read it. Read it again.")
        )
        return act_page(request, case, form, title, session, status=409)
    else:
        messages.success(request, _("It counts for nothing now, and stands in no list."))
    return redirect("sessions:sessions", case.reference)
