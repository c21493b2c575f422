"""Writing a session down: one short page for one that has happened, planned or not; it saves itself meanwhile."""

import uuid
from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.views.base import PAGE_AND_ACT, allowed, case_page
from referrals.views.saving import is_autosave
from sessions import defaults, operations, recording_visible, recording_words, rules
from sessions.forms.recording import SessionForm
from sessions.models import SupportSession
from sessions.planning_words import REFUSED as PLANNING
from sessions.views.base import get_case_with_sessions, get_session
from sessions.views.saving import autosaved, keep_words, let_it_save_itself, say_seen
from sessions.writing import in_a_row
from ui.times import moment


@require_http_methods(PAGE_AND_ACT)
def log(request, reference):
    """One that nobody had planned."""
    case = get_case_with_sessions(request, reference)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_log(request.user, case):
        return _no_form(request, case)
    initial = defaults.of_new(recording_visible.last_held(case)) | {"token": uuid.uuid4()}
    return _write(request, case, _form(request, case, initial))


def _waiting(case):
    """Planned ones that wait for their record: what has happened may be one of these."""
    return [recording_words.waiting(row, case) for row in recording_visible.need_a_record(case)]


@require_http_methods(PAGE_AND_ACT)
def record(request, reference, pk):
    """One that was planned, or one that is a draft still."""
    case, session = get_session(request, reference, pk, whole=True)
    allowed(rules.records_sessions(request.user, case))
    if request.method != "POST" and not rules.may_record(request.user, case, session):
        return _no_form(request, case) if not case.is_open else redirect(session)
    return _write(request, case, _form(request, case, defaults.of(session), session=session), session=session)


def _no_form(request, case):
    messages.info(request, _("The case is closed. Nothing more is written here."))
    return redirect("sessions:sessions", case.reference)


def _form(request, case, initial, *, session=None):
    before = recording_visible.before(case)
    return SessionForm(
        request.POST or None,
        case=case,
        initial=initial,
        session=session,
        people=_who_met(request.user, case, session),
        offers=recording_visible.offers(case, initial),
        missed=in_a_row(before.answers),
        may_be_therapeutic=before.may_be_therapeutic,
    )


def _who_met(user, case, session):
    """Asked where it was planned with somebody else: oneself, they, or who works on it now. Else nobody."""
    if session is None or session.practitioner_id == user.pk:
        return []
    first = [session.practitioner, user] if session.recorded_at else [user, session.practitioner]
    people = first + [row.user for row in case.assignments.current().select_related("user")]
    return list(dict.fromkeys(people))


def _write(request, case, form, *, session=None):
    if is_autosave(request):
        return _autosave(request, case, form, session)
    if not form.is_valid():
        return _page(request, case, form, session)
    told = {"session": session, "token": form.cleaned_data.get("token") or uuid.uuid4()}
    try:
        kept = operations.record_session(case, by=request.user, **told, **form.told)
    except operations.SessionChanged as changed:
        return _changed_elsewhere(request, case, form, changed.session)
    except operations.SessionRefused as refusal:
        refused = recording_words.refused(refusal.why, case)
        if refusal.why == "overlap":
            form.ask_both()
            return _page(request, case, form, session, status=409, refused=refused)
        keep_words(form, partial(operations.save_draft, case, by=request.user, session=session), told["token"])
        return _page(request, case, form, session, status=409, saves_itself=True, refused=refused)
    except operations.MoveNotAllowed:
        words = _("Nothing was saved: the session is signed or was moved, or the case has ended. Copy what you typed.")
        return _page(request, case, form, session, status=409, refused={"words": words})
    if form.comes_twice:
        messages.info(request, _("The clocks went back in that night, and this time came twice. The first is kept."))
    messages.success(request, _said(kept, _plan_next(request, kept, form)))
    return redirect(kept)


def _plan_next(request, session, form):
    """When they meet next, where that was said and is planned now; else why it is not."""
    planned_at = form.cleaned_data.get("next_at")
    if planned_at is None:
        return None
    try:
        operations.plan_next(session, by=request.user, planned_at=planned_at)
    except operations.KeptAlready:
        pass  # they meet then
    except operations.ClosedToThem:
        messages.warning(request, _("The next session is not planned: you cannot see this young person any more."))
        return None
    except operations.MoveNotAllowed as refusal:
        why = PLANNING.get(getattr(refusal, "why", ""), _("The case was closed meanwhile."))
        messages.warning(request, _("The next session is not planned. %(why)s") % {"why": why})
        return None
    return planned_at


def _said(kept, following):
    next_time = {"when": moment(following)} if following else {}
    if kept.is_signed and following:
        return _("The session is signed. You meet next: %(when)s.") % next_time
    if kept.is_signed:
        return _("The session is signed. From now on it stays as it is.")
    if following:
        return _("The session is saved. It is not signed yet. You meet next: %(when)s.") % next_time
    return _("The session is saved. It is not signed yet.")


def _autosave(request, case, form, session):
    gone = _("The session is signed or was moved, or the case has ended: this is not saved. Copy what you typed.")
    save = partial(operations.save_draft, case, by=request.user, session=session)
    return autosaved(form, save, is_new=session is None, gone=gone)


def _page(request, case, form, session, *, status=200, saves_itself=None, **context):
    """It saves itself, but for where somebody was there meanwhile: nothing goes over their words by itself."""
    saves_itself = status == 200 if saves_itself is None else saves_itself
    if saves_itself:
        let_it_save_itself(form)
    title = _("Write down this session") if session else _("Log a session")
    context["waiting"] = [] if session or request.method == "POST" else _waiting(case)
    told = recording_words.title(session) if session else ""
    context |= {"form": form, "title": title, "told": told, "session": session, "saves_itself": saves_itself}
    return case_page(request, case, "sessions/record.html", status=status, **context)


def _changed_elsewhere(request, case, form, now):
    """What is saved beside what was typed here: sent again, it has been seen."""
    shown = SupportSession.objects.visible_to(request.user).with_all().get(pk=now.pk)
    shown.case = case
    say_seen(form, shown)
    return _page(request, case, form, shown, status=409, saved=recording_words.rows(shown))


@require_POST
def sign(request, reference, pk):
    """From the page of the session, as it was read there."""
    case, session = get_session(request, reference, pk)
    allowed(rules.records_sessions(request.user, case))
    seen = request.POST.get("seen", "")
    try:
        operations.sign_session(session, by=request.user, seen=int(seen) if seen.isdecimal() else 0)
    except operations.NotReady:
        messages.error(request, _("It is not signed yet. What is missing stands below."))
    except operations.SessionChanged:
        messages.error(request, _("It is not signed: it has changed since you read it. This is how it is now."))
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: it is signed already, or nobody has said what came of it."))
    else:
        messages.success(request, _("The session is signed. From now on it stays as it is."))
    return redirect(session)
