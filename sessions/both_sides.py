"""A session together is one meeting on two sides: what is done with the row of one is done with the other's.

Time, place and way are of both. Nothing else of either goes over: a reason stays where it was given, and of whose wish
it was the other side has no more than it may know. That a young person did not want to meet is not told to a parent by
their record: there it was ours. Where the other's has been settled already, or their work is stopped, it stays.
"""

from django.apps import apps
from django.utils.translation import gettext as _

from sessions import carer_steps, steps
from sessions.enums import Attendance, SessionStatus, Wish
from sessions.together import OTHER_SIDE

A = Attendance
SHARED = ("planned_at", "planned_minutes", "mode", "place")
WISH_ON_THE_CARERS_SIDE = {Wish.YOUNG_PERSON: Wish.PRACTITIONER}
ON_THE_CARERS_SIDE = {A.CANCELLED_BY_YOUNG_PERSON: A.CANCELLED_BY_PRACTITIONER}
ON_THE_YOUNG_PERSONS_SIDE = {A.CONSENT_WITHDRAWN: A.CANCELLED_BY_CARER, A.NOT_SAFE: A.CANCELLED_BY_PRACTITIONER}


def move_carers_side(moved, *, by):
    """``moved``: the young person's, as it is planned now. Their case is held."""
    other = _other_planned(moved)
    if other is None or other.needs_a_record or not _hold_strand(other):
        return
    wish = WISH_ON_THE_CARERS_SIDE.get(moved.moved_by_wish_of, moved.moved_by_wish_of)
    if shared := _shared(moved, other):
        carer_steps.move_locked(other, by=by, wish=wish, **shared)


def move_young_persons_side(moved, *, by):
    """``moved``: the carer's, as it is planned now, with its strand and case held."""
    other = _other_planned(moved)
    if other is None or other.needs_a_record or not _take_case(other, moved):
        return
    if shared := _shared(moved, other):
        steps.move_locked(other, by=by, wish=moved.moved_by_wish_of, **shared)


def cancel_carers_side(session, *, by):
    other = _other_planned(session)
    if other is None or not _hold_strand(other):
        return
    attendance = ON_THE_CARERS_SIDE.get(session.attendance, session.attendance)
    carer_steps.cancel_and_tell(other, by=by, attendance=attendance, why=_because())


def cancel_young_persons_side(session, *, by):
    other = _other_planned(session)
    if other is None or not _take_case(other, session):
        return
    attendance = ON_THE_YOUNG_PERSONS_SIDE.get(session.attendance, session.attendance)
    steps.cancel_and_tell(other, by=by, attendance=attendance, why_not=_because())


def _because():
    return _("This session together was cancelled for both sides.")


def _other_planned(session):
    """The other row of it, held, where it is planned still."""
    if session.joint_key is None:
        return None
    rows = apps.get_model(OTHER_SIDE[type(session).__name__]).objects.select_for_update(of=["self"])
    return rows.filter(joint_key=session.joint_key, status=SessionStatus.PLANNED).first()


def _shared(moved, other):
    """What both have, where it is not the same yet."""
    shared = {name: getattr(moved, name) for name in SHARED}
    return shared if any(getattr(other, name) != value for name, value in shared.items()) else {}


def _hold_strand(other):
    other.strand = carer_steps.hold(other.strand)
    return not other.strand.is_blocked


def _take_case(other, session):
    other.case = session.strand.case
    return other.case.is_open
