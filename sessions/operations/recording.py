"""A session is written down, while it is typed and when it is said what came of it; signed; added to."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import EntryKind
from cases.steps import MoveNotAllowed, refuse_twice, tell
from sessions import missed, writing
from sessions.enums import Attendance
from sessions.models import SessionAddendum
from sessions.operations.planning import plan_session


@transaction.atomic
def save_draft(case, *, by, facts, words, beside, seen, session=None, token=None, typed=()):
    """Keep what was typed so far, of a planned session or of one that ``token``, its form, has just begun.

    Nothing gates it: it says not yet that the session took place. ``facts`` (kind, mode, place, at and minutes) are
    kept of a new one, and those that were ``typed`` of a draft that nobody had planned; ``words`` and ``beside`` of
    each. The same words twice write nothing. Raises
    ``MoveNotAllowed``, ``SessionChanged`` where somebody wrote after edition ``seen``.
    """
    draft = writing.hold_draft(case, session, token)
    kept = writing.NARRATIVE if draft.recorded_at else writing.OF_DRAFTS
    columns = {name: value for name, value in words.items() if name in kept}
    if draft.pk and draft.is_draft:
        columns |= _typed(facts, typed)
    if writing.keep_so_far(draft, columns, beside, seen=seen, new=_planned(facts, by=by)):
        record("session.saved", draft.case, by=by, session=draft.pk)
    return draft


def _planned(facts, *, by):
    place = {name: facts[name] for name in ("kind", "mode", "place")}
    return {**place, **_time_of(facts), "planned_by": by, "practitioner": by}


def _typed(facts, typed):
    """Columns of what was typed: what was not, or cannot be, stays as the draft has it."""
    columns = {name: facts[name] for name in ("kind", "mode", "place")} | _time_of(facts)
    named = {"at": "planned_at", "minutes": "planned_minutes"}
    return {named.get(name, name): columns[named.get(name, name)] for name in typed}


def _time_of(facts):
    return {"planned_at": facts["at"], "planned_minutes": max(facts["minutes"], writing.SHORTEST)}


@transaction.atomic
def record_session(
    case, *, by, attendance, facts, words, beside, seen,
    session=None, token=None, follow_up="", severity="", and_sign=False, practitioner=None, both=False,
):  # fmt: skip
    """Say what came of a session, planned or not; what follows from it follows in the same act.

    ``and_sign``: signed too, where nothing is lacking; else it stays a draft. ``practitioner``: who met them, where
    it was not whom it was planned with. ``both``: that there was another at that time is right. Sent twice it is one
    session. Raises ``MoveNotAllowed``, ``SessionChanged``, ``SessionRefused``.
    """
    draft, attendance = writing.hold_draft(case, session, token), Attendance(attendance)
    facts = writing.at_its_time(draft, attendance, facts)
    columns = _columns(draft, attendance, facts, words, follow_up)
    columns |= {"practitioner": practitioner} if practitioner else {}
    is_noticed = writing.is_noticed(draft, columns, severity)
    if draft.recorded_at and is_noticed and writing.is_said_already(draft, columns, beside):
        return _signed_if(draft, and_sign, by)
    writing.refuse_unseen(draft, seen)
    at, was = facts["at"], (draft.attendance, draft.follow_up)
    told = {"kind": facts["kind"], "mode": facts["mode"], "at": at, "columns": columns, "beside": beside}
    writing.refuse_what_cannot_be(draft.case, **told)
    if not both:
        writing.refuse_two_at_once(draft, columns, at=at, minutes=facts["minutes"])
    columns |= {} if draft.pk else _planned(facts, by=by)
    columns["safety_noticed"] = writing.notice_safety(draft, columns, by=by, at=at, severity=severity)
    columns["missing_episode"] = missed.episode_of(draft, attendance, at=at)
    if _is_recorded_now(draft, columns["ended_at"]):
        columns |= {"recorded_at": timezone.now(), "recorded_by": by}
    writing.keep(draft, columns, beside)
    record("session.recorded", draft.case, by=by, session=draft.pk, kind=draft.kind, attendance=attendance)
    if was != (attendance, follow_up):
        writing.follow_up(draft, by=by, was=was)
    _signed_if(draft, and_sign, by)
    _tell(draft, at, by=by, was=was[0])
    return draft


def _is_recorded_now(draft, ended_at):
    """The first time; and anew where it ends later than it was said to: nothing is recorded before it has ended."""
    return draft.recorded_at is None or (ended_at is not None and ended_at > draft.recorded_at)


@transaction.atomic
def plan_next(session, *, by, planned_at):
    """Plan the next one as this one was. Raises what ``plan_session`` does.

    An act of its own, after the record: that the next cannot be planned, for they have said no, loses no record.
    """
    same = {name: getattr(session, name) for name in ("kind", "mode", "place")}
    minutes = max(session.minutes, writing.SHORTEST)
    return plan_session(session.case, by=by, practitioner=by, planned_at=planned_at, planned_minutes=minutes, **same)


def _columns(draft, attendance, facts, words, follow_up):
    place = {name: facts[name] for name in ("kind", "mode", "place")}
    came = {"attendance": attendance, "status": writing.STATUS_OF[attendance], "follow_up": follow_up}
    was_to_be = {} if draft.was_planned else _time_of(facts)
    return {**words, **place, **came, **was_to_be, **writing.times(attendance, facts["at"], facts["minutes"])}


def _signed_if(draft, and_sign, by):
    if and_sign and not draft.is_signed and not writing.lacks(draft):
        writing.sign(draft, by=by)
    return draft


def _tell(session, at, *, by, was):
    """One line of the story; another only where it was said otherwise before.

    What was said stands on the session's own page, which fewer people read.
    """
    if was == session.attendance:
        return
    told = {"kind": session.get_kind_display(), "came_of_it": session.get_attendance_display()}
    title = _("%(kind)s: %(came_of_it)s") % told
    tell(session.case, EntryKind.SESSION, title, by=by, at=at, path=session.get_absolute_url())


@transaction.atomic
def sign_session(session, *, by, seen):
    """From now on it stays as it is. ``seen``: the edition that was read.

    Raises ``MoveNotAllowed`` where nobody has said what came of it or it is signed, ``SessionChanged``, ``NotReady``.
    """
    session = writing.hold(session)
    writing.refuse_unseen(session, seen)
    if session.recorded_at is None:
        raise MoveNotAllowed(f"nobody has said what came of {session}")
    if found := writing.lacks(session):
        raise writing.NotReady(found)
    _notice_what_was_typed_since(session, by=by)
    writing.sign(session, by=by)
    return session


def _notice_what_was_typed_since(session, *, by):
    """A page that saves itself may have other words about their safety by now: who follows concerns reads them too."""
    noticed = session.safety_noticed
    if noticed is None or not session.safety_words:
        return
    severity = noticed.concern.severity if noticed.concern else ""
    columns = {name: getattr(session, name) for name in ("safety_change", "safety_words")}
    now = writing.notice_safety(session, columns, by=by, at=session.happened_at, severity=severity)
    if now != noticed:
        session.safety_noticed = now
        session.save(update_fields=["safety_noticed"])


@transaction.atomic
def add_to_session(session, *, by, text):
    """Add to what was signed, or put it right beside it. Raises ``MoveNotAllowed`` before that, ``KeptAlready``."""
    session = writing.hold(session)
    if not session.is_signed:
        raise MoveNotAllowed(f"{session} is a draft")
    refuse_twice(session.addenda, by=by, words=text)
    added = SessionAddendum.objects.create(session=session, words=text, by=by)
    record("session.added_to", session.case, by=by, session=session.pk, addendum=added.pk)
    path, title = session.get_absolute_url(), _("Something was added to a session")
    tell(session.case, EntryKind.SESSION, title, by=by, path=path)
    return added
