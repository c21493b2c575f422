"""Steps that acts on a carer's strand share: the row held, the status moved, its own story told. No acts themselves.

The case is held first, as by every act on it. Whether it is still open is
asked where somebody comes to us anew; whoever is here already is not sent away
by what happens to the young person's case.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.models import Case
from cases.steps import MoveNotAllowed, lock, lock_open
from people.operations import end_grant
from sessions.carer_enums import WORKED_ON, CarerAttendance, StrandEntryKind, StrandStatus
from sessions.enums import SessionStatus
from sessions.models.carers import CarerSession, CarerStrand, StrandEntry

NOT_ENDED = {"ended_by": None, "ended_at": None, "ended_because": ""}
NOT_HELD_BACK = {"held_back_by": None, "held_back_at": None, "held_back_because": ""}
NOBODY = {"practitioner": None, "grant": None, "allocated_by": None, "allocated_at": None}
SAME = ("kind", "mode", "place", "planned_minutes", "practitioner", "joint_key")  # as before, where nobody changes it
NO_ANSWER = {"response": "", "answered_by": None, "answered_at": None}


def hold(strand, *, case_is_open=False):
    """The strand as it is now, held with its case. Raises ``MoveNotAllowed`` where the case must be open and is not."""
    case_id = CarerStrand.objects.values_list("case", flat=True).get(pk=strand.pk)
    case = (lock_open if case_is_open else lock)(Case(pk=case_id))
    held = CarerStrand.objects.select_for_update(of=["self"])
    strand = held.select_related("carer", "subject", "grant__subject", "practitioner").get(pk=strand.pk)
    strand.case = case
    return strand


def hold_worked_on(strand):
    """The same of one that somebody works on now. Raises ``MoveNotAllowed``."""
    strand = hold(strand)
    if not strand.is_worked_on:
        raise MoveNotAllowed(f"{strand} is {strand.status}")
    return strand


def hold_free(strand):
    """The same of one that no manager holds back, also once the support has ended. Raises ``MoveNotAllowed``."""
    strand = hold(strand)
    if strand.is_blocked:
        raise MoveNotAllowed(f"{strand} is {strand.status}")
    return strand


def hold_contact(session):
    """The contact with its strand, held. Also once the support has ended: a record is finished."""
    strand = hold_free(session.strand)
    session = CarerSession.objects.select_for_update(of=["self"]).get(pk=session.pk)
    session.strand = strand
    return strand, session


def begun(strand, token, *, by):
    """The contact that the form of this ``token`` has begun; a new one where it has begun none.

    Raises ``MoveNotAllowed`` where it was sent for somebody else.
    """
    found = token and CarerSession.objects.select_for_update(of=["self"]).filter(form_token=token).first()
    if not found:
        return CarerSession(strand=strand, practitioner=strand.practitioner, planned_by=by, form_token=token)
    if found.strand_id != strand.pk:
        raise MoveNotAllowed("this form was sent for another strand")
    found.strand = strand
    return found


def move(strand, to_status, *, by, reads_until=None, **columns):
    """Move a strand that this act holds, with ``columns``. Raises ``MoveNotAllowed``.

    Where nobody works with them any more, the grant ends: now, or at
    ``reads_until``, so that whoever did may finish what is theirs to write.
    """
    from_status = strand.status
    if not strand.can_move_to(to_status):
        raise MoveNotAllowed(f"{strand} cannot go from {from_status} to {to_status}")
    if from_status in WORKED_ON and to_status not in WORKED_ON:
        columns |= NOBODY
        _end_reading(strand, reads_until, by)
    if from_status == StrandStatus.ENDED:
        columns |= NOT_ENDED
    if from_status == StrandStatus.BLOCKED:
        columns |= NOT_HELD_BACK
    if from_status == StrandStatus.NOT_SAFE_TO_OFFER:
        columns |= {"not_safe_because": ""}
    keep(strand, status=to_status, **columns)
    record("strand.moved", strand, by=by, came_from=from_status, to=to_status)
    return strand


def _end_reading(strand, reads_until, by):
    if reads_until is None:
        end_grant(strand.grant, by=by)
        return
    strand.grant.until_at = reads_until
    strand.grant.save(update_fields=["until_at"])


def keep(row, **columns):
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=[*columns])


def tell_strand(strand, kind, title, *, by, words="", path="", at=None):
    """One line of the story of a strand. It is never a line of the young person's timeline (R-nat-32)."""
    told = {"kind": StrandEntryKind(kind), "title": str(title), "words": words, "path": path}
    return StrandEntry.objects.create(strand=strand, by=by, at=at or timezone.now(), **told)


def plan_locked(strand, by, **columns):
    session = CarerSession.objects.create(strand=strand, planned_by=by, **columns)
    record("carer_session.planned", session, by=by, kind=session.kind, mode=session.mode)
    return session


def move_locked(session, *, by, planned_at, wish, **changes):
    """A new one takes the place of what this act holds. Nothing is asked: the act has asked it."""
    then = {name: getattr(session, name) for name in SAME} | changes
    keep(session, status=SessionStatus.RESCHEDULED)
    chain = {"moved_from": session, "moved_by_wish_of": wish}
    moved = plan_locked(session.strand, by, planned_at=planned_at, **then, **chain)
    record("carer_session.moved", session, by=by, to=moved.pk, wish=wish)
    return moved


def cancel_and_tell(session, *, by, attendance, why=""):
    cancel_locked(session, by=by, attendance=attendance, why=why)
    words = {"kind": session.get_kind_display(), "answer": session.get_attendance_display()}
    title = _("%(kind)s: %(answer)s") % words
    tell_strand(session.strand, StrandEntryKind.CONTACT, title, by=by, words=why, at=session.planned_at)


def cancel_planned(strand, *, by, attendance, why="", kinds=None):
    """What was planned is not held; its rows stay and say why."""
    planned = strand.contacts.planned()
    if kinds is not None:
        planned = planned.filter(kind__in=kinds)
    for session in planned.filter(planned_at__gt=timezone.now()):
        cancel_locked(session, by=by, attendance=attendance, why=why)


def cancel_locked(session, *, by, attendance, why=""):
    """Cancel what this act holds, and sign it: nothing else is to be said about it."""
    now = timezone.now()
    columns = {
        **{"status": SessionStatus.CANCELLED, "attendance": CarerAttendance(attendance), "why_not": why},
        **{"recorded_at": now, "recorded_by": by, "signed_at": now, "signed_by": by},
        "edition": session.edition + 1,
    }
    keep(session, **columns)
    record("carer_session.cancelled", session, by=by, attendance=session.attendance)
