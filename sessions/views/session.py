"""One session as it is read; what is added to it; and whether it was safe to talk."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.assessment_acts import AddendumForm
from cases.rules import may_record_consent
from cases.views.base import PAGE_AND_ACT, allowed, case_page
from sessions import operations, recording_words, rules, writing
from sessions.enums import Attendance, SessionStatus
from sessions.forms.drafts import ThrowAwayForm
from sessions.forms.mistakes import MistakeForm
from sessions.forms.reading import ReadingForm
from sessions.forms.remote import RemoteAgreementForm, RemoteStartForm
from sessions.models import RemoteAgreement, SupportSession
from sessions.views.base import get_case_with_sessions, get_session
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
        return _act_page(request, case, form, title, session)
    try:
        operations.add_to_session(session, by=request.user, **form.cleaned_data)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the session is not signed yet, or the case was closed."))
        return _act_page(request, case, form, title, session, status=409)
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
        return _act_page(request, case, form, title, session)
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
        return _act_page(request, case, form, title, session)
    try:
        operations.take_as_mistake(session, by=request.user, **form.cleaned_data)
    except operations.KeptAlready:
        messages.success(request, _("It was kept already."))
    except (operations.SessionChanged, operations.MoveNotAllowed):
        messages.error(
            request, _("Nothing was saved: it is signed, or it has changed since you read it. Read it again.")
        )
        return _act_page(request, case, form, title, session, status=409)
    else:
        messages.success(request, _("It counts for nothing now, and stands in no list."))
    return redirect("sessions:sessions", case.reference)


def _act_page(request, case, form, title, session=None, *, status=200, **context):
    told = {"told": recording_words.title(session), "session": session} if session else {}
    told |= {"back": {"url": session.get_absolute_url(), "label": _("This session")}} if session else {}
    return case_page(request, case, "sessions/act.html", status=status, form=form, title=title, **told, **context)


# By phone, video or chat


@require_http_methods(PAGE_AND_ACT)
def remote_agreement(request, reference):
    """Before they first meet at a distance, and every six weeks. ``?for=`` the session that waits for it.

    Whoever reads sessions and does not hold them reads what was agreed: one covers when a call breaks off.
    """
    case = get_case_with_sessions(request, reference)
    before = RemoteAgreement.objects.filter(case=case).select_related("by").first()
    if request.method != "POST" and not rules.may_log(request.user, case):
        rows = recording_words.agreed(before) if before else []
        return case_page(request, case, "sessions/remote.html", agreement=before, rows=rows)
    allowed(rules.records_sessions(request.user, case))
    form, title = (
        RemoteAgreementForm(request.POST or None, before=before),
        _("How you keep sessions at a distance safe"),
    )
    if not form.is_valid():
        return _act_page(request, case, form, title, before=before)
    try:
        operations.agree_remote(case, by=request.user, **form.cleaned_data)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the case was closed meanwhile."))
        return _act_page(request, case, form, title, status=409)
    messages.success(request, _("It is kept, and holds for six weeks."))
    found = SupportSession.objects.visible_to(request.user).filter(case=case)
    asked_for = request.GET.get("for", "")
    session = found.filter(pk=asked_for).first() if asked_for.isdecimal() and len(asked_for) < 10 else None
    if session is not None:
        return redirect("sessions:start_remote", case.reference, session.pk)
    return redirect("sessions:sessions", case.reference)


@require_http_methods(PAGE_AND_ACT)
def start_remote(request, reference, pk):
    """Thirty seconds at every start. Where it is not safe, the session is over, and somebody makes sure today."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_start(request.user, case, session):
        if session.is_planned and not session.is_about_to_begin:
            messages.info(
                request, _("Ask when you are about to begin, in the hour before: it may be otherwise by then.")
            )
        return redirect(session)
    form = RemoteStartForm(request.POST or None, session=session)
    title = _("Was it safe to talk?") if form.is_afterwards else _("Is it safe to talk?")
    if not form.is_valid():
        return _start_page(request, case, form, title, session)
    try:
        operations.start_remote(session, by=request.user, **form.told)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the session is signed, was moved, or does not begin now."))
        return _start_page(request, case, form, title, session, status=409)
    messages.success(request, form.words_when_kept)
    return redirect(session)


def _start_page(request, case, form, title, session, *, status=200):
    holds = RemoteAgreement.objects.filter(case=case).that_hold_on(writing.day_of(session)).exists()
    return _act_page(request, case, form, title, session, status=status, lacks_agreement=not holds, asks_start=True)
