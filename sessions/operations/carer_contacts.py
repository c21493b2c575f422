"""Contacts with a carer: planned, moved, written down, signed. The ten are counted here, one at a time."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.steps import KeptAlready, MoveNotAllowed
from sessions import both_sides
from sessions import carer_consenting as consenting
from sessions.carer_enums import CARER_CAME_OF_IT, COUNTS, DIRECT_MOST, CarerContactKind, StrandEntryKind, StrandStatus
from sessions.carer_steps import (
    begun,
    cancel_and_tell,
    hold_contact,
    hold_worked_on,
    move_locked,
    plan_locked,
    tell_strand,
)
from sessions.enums import TOOK_PLACE, SessionKind, SessionStatus
from sessions.models.carers import CarerSessionAddendum
from sessions.operations import planning
from sessions.planning import why_not_then
from sessions.writing import is_said_already, refuse_unseen

S, K = SessionStatus, StrandEntryKind


class NoMoreDirectSessions(Exception):
    """All that were agreed have been held; ongoing support goes on without a limit (R-nat-30, 31)."""


class AllArePlanned(NoMoreDirectSessions):
    """With those that are planned there would be more than were agreed."""


class NotAgreed(Exception):
    """They had not agreed to a direct session when it began, or not in this way."""


class NotPlanned(MoveNotAllowed):
    """Somebody has said what came of it, or it has another time."""


@transaction.atomic
def plan_contact(strand, *, by, kind, mode, planned_at, planned_minutes=60, place=""):
    """Plan one with whoever works with them.

    Raises ``MoveNotAllowed``, ``NoMoreDirectSessions``, ``PlanRefused``, ``KeptAlready``.
    """
    strand = hold_worked_on(strand)
    _refuse_together(kind)
    _may_be_planned(strand, kind)
    if strand.contacts.planned().filter(planned_at=planned_at, planned_by=by, kind=kind).exists():
        raise KeptAlready("the same is planned")
    when = {"planned_at": planned_at, "planned_minutes": planned_minutes, "place": place}
    return _plan(strand, by, practitioner=strand.practitioner, kind=kind, mode=mode, **when)


@transaction.atomic
def plan_together(strand, *, by, young_persons_practitioner, mode, planned_at, planned_minutes=60, place=""):
    """Plan a session with the young person and the carer: a row on each side, and what was said stays on its own.

    Raises ``MoveNotAllowed``, ``NoMoreDirectSessions``, and what
    ``planning.plan_session`` does. Returns the young person's side and the carer's.
    """
    strand = hold_worked_on(strand)
    _may_be_planned(strand, CarerContactKind.JOINT_SESSION)
    when = {"mode": mode, "planned_at": planned_at, "planned_minutes": planned_minutes, "place": place}
    key, kind = uuid4(), SessionKind.JOINT_YP_CARER
    theirs = planning.plan_session(
        strand.case, by=by, practitioner=young_persons_practitioner, kind=kind, joint_key=key, **when
    )
    kind = CarerContactKind.JOINT_SESSION
    session = _plan(strand, by, kind=kind, joint_key=key, practitioner=strand.practitioner, **when)
    return theirs, session


def _plan(strand, by, *, planned_at, planned_minutes, **columns):
    """A row for a time that may be planned. Raises ``PlanRefused``."""
    _refuse_then(strand, planned_at, planned_minutes)
    when = {"planned_at": planned_at, "planned_minutes": planned_minutes}
    return plan_locked(strand, by, **when, **columns)


def _refuse_then(strand, planned_at, planned_minutes):
    if why := why_not_then(planned_at, planned_minutes, opened_at=strand.case.opened_at):
        raise planning.PlanRefused(why)


def _may_be_planned(strand, kind):
    if kind not in COUNTS:
        return
    if strand.status != StrandStatus.ACTIVE:
        raise MoveNotAllowed(f"{strand} has ongoing support")
    _free_number(strand)
    planned = strand.contacts.planned().filter(kind__in=COUNTS).count()
    if planned >= strand.direct_left:
        raise AllArePlanned(f"{strand} has {planned} planned")


@transaction.atomic
def move_contact(session, *, by, planned_at, moved_by_wish_of, **changes):
    """To another time: a new row takes the place of this one, and says whose wish it was.

    ``changes``: ``mode``, ``place`` and ``planned_minutes``, where they change too. Raises ``MoveNotAllowed`` once
    somebody has said what came of it, ``PlanRefused``. The young person's side of a session together is moved with it.
    """
    strand, session = _hold_planned(session)
    if session.joint_key and session.needs_a_record:
        raise planning.PlanRefused("over")
    _refuse_then(strand, planned_at, changes.get("planned_minutes", session.planned_minutes))
    moved = move_locked(session, by=by, planned_at=planned_at, wish=moved_by_wish_of, **changes)
    both_sides.move_young_persons_side(moved, by=by)
    return moved


@transaction.atomic
def cancel_contact(session, *, by, attendance, why_not=""):
    """It will not be: who cancelled it, and why. It is signed with that. A carer owes no reason.

    Raises ``MoveNotAllowed``, ``ValueError`` for another answer, and ``IntegrityError`` where a reason is owed.
    """
    if attendance not in CARER_CAME_OF_IT[S.CANCELLED]:
        raise ValueError(f"{attendance} does not cancel")
    _strand, session = _hold_planned(session)
    cancel_and_tell(session, by=by, attendance=attendance, why=why_not)
    both_sides.cancel_young_persons_side(session, by=by)
    return session


def _hold_planned(session):
    strand, session = hold_contact(session)
    if not session.is_planned:
        raise NotPlanned(f"{session} is {session.status}")
    return strand, session


@transaction.atomic
def log_contact(
    strand, *, by, kind, mode, started_at, ended_at, status=S.HELD, attendance="", token=None, edition=0, **said
):
    """Write down, in one step, one that has happened and was not planned. ``said``: columns of ``CarerSession``.

    ``token``: of the form that has saved it meanwhile, as ``edition``. The same
    twice is one. Raises ``MoveNotAllowed``, ``SessionChanged``, ``NotAgreed``,
    ``NoMoreDirectSessions``, ``KeptAlready``.
    """
    strand = hold_worked_on(strand)
    _refuse_together(kind)
    times = {"started_at": started_at, "ended_at": ended_at}
    if strand.contacts.filter(started_at=started_at, recorded_by=by, kind=kind, **said).exists():
        raise KeptAlready("the same was written a moment ago")
    session = begun(strand, token, by=by)
    told = {"kind": kind, "mode": mode, **said}
    came = {"status": status} | (times if status in TOOK_PLACE else {"attendance": attendance})
    if session.recorded_at and is_said_already(session, told | came, {}):
        raise KeptAlready("this form was sent a moment ago")
    refuse_unseen(session, edition)
    return _write(session, by, status, attendance, **times, **told)


def _time_of(started_at, ended_at):
    minutes = int((ended_at - started_at).total_seconds() // 60)
    return {"planned_at": started_at, "planned_minutes": min(max(minutes, 5), 720)}


@transaction.atomic
def record_contact(session, *, by, edition, status, attendance="", started_at=None, ended_at=None, **said):
    """What came of it, or a change to what was written: until it is signed. ``edition``: the one that was read.

    Raises ``MoveNotAllowed`` once it is signed, ``SessionChanged``,
    ``NotAgreed``, ``NoMoreDirectSessions``.
    """
    _strand, session = hold_contact(session)
    refuse_unseen(session, edition)
    return _write(session, by, status, attendance, started_at=started_at, ended_at=ended_at, **said)


def _write(session, by, status, attendance, **said):
    """The one place where a number is given, or given back: the strand is held by this act.

    Raises ``PlanRefused`` where it is from before the case was opened.
    """
    if said["started_at"] and (session.pk is None or not session.was_planned):
        said |= _time_of(said["started_at"], said["ended_at"])
    if status in TOOK_PLACE:
        _refuse_early(session, said["started_at"])
        attendance = CARER_CAME_OF_IT[status][0]
    else:
        said |= {"started_at": None, "ended_at": None}
    for name, value in said.items():
        setattr(session, name, value)
    session.status, session.attendance = status, attendance
    session.recorded_by, session.recorded_at = by, timezone.now()
    session.direct_number = _number(session)
    if session.pk is not None:
        session.edition += 1
    session.save()
    record("carer_session.recorded", session, by=by, status=status, attendance=attendance, number=session.direct_number)
    return session


def _refuse_early(session, started_at):
    if timezone.localdate(started_at) < timezone.localdate(session.strand.case.opened_at):
        raise planning.PlanRefused("early")


def _number(session):
    """Which of the ten it is, where it counts. Raises ``NotAgreed``, ``NoMoreDirectSessions``."""
    if session.kind not in COUNTS or session.status not in TOOK_PLACE:
        return None
    strand = session.strand
    if not consenting.covers(strand.consents.all(), session.mode, session.started_at):
        raise NotAgreed(f"{strand} at {session.started_at}")
    return session.direct_number or _free_number(strand)


def _free_number(strand):
    taken = set(strand.contacts.that_counted().values_list("direct_number", flat=True))
    free = next((number for number in range(1, min(strand.direct_max, DIRECT_MOST) + 1) if number not in taken), None)
    if free is None:
        raise NoMoreDirectSessions(f"{strand} has had {len(taken)}")
    return free


@transaction.atomic
def sign_contact(session, *, by, edition):
    """Sign it: from now on it stays as it is. Raises ``MoveNotAllowed``, ``SessionChanged``."""
    strand, session = hold_contact(session)
    if session.recorded_at is None:
        raise MoveNotAllowed(f"{session} is not written down")
    refuse_unseen(session, edition)
    _keep(session, signed_by=by, signed_at=timezone.now())
    record("carer_session.signed", session, by=by, number=session.direct_number)
    words = {"kind": session.get_kind_display(), "answer": session.get_attendance_display()}
    title, at = _("%(kind)s: %(answer)s") % words, session.happened_at
    tell_strand(strand, K.CONTACT, title, by=by, words=session.what_we_did or session.why_not, at=at)
    return session


@transaction.atomic
def add_to_contact(session, *, by, words):
    """Add to what was signed, or put it right beside it. Raises ``MoveNotAllowed`` where it is not signed."""
    strand, session = hold_contact(session)
    if not session.is_signed:
        raise MoveNotAllowed(f"{session} is a draft")
    added = CarerSessionAddendum.objects.create(session=session, words=words, by=by)
    record("carer_session.added_to", session, by=by, addendum=added.pk)
    tell_strand(strand, K.CONTACT, _("Something was added to a contact"), by=by, words=words)
    return added


def _refuse_together(kind):
    """A session together is planned with the young person's side."""
    if kind == CarerContactKind.JOINT_SESSION:
        raise ValueError("plan it together")


def _keep(session, **columns):
    for name, value in columns.items():
        setattr(session, name, value)
    session.save(update_fields=[*columns])
