"""Sessions are planned, one or several at once, moved to another time, cancelled. Each is one act."""

from django.db import transaction

from cases.enums import PathwayStage
from cases.models import Assignment
from cases.steps import KeptAlready, MoveNotAllowed, lock_open
from sessions import both_sides, planning, steps
from sessions.enums import CANCELLED, DIRECT_WORK, SessionKind
from sessions.models import SupportSession


class PlanRefused(MoveNotAllowed):
    """It cannot be planned, moved or cancelled so. ``why``: a key of ``planning_words.REFUSED``."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


@transaction.atomic
def plan_session(case, *, by, practitioner, kind, mode, planned_at, **more):
    """Plan one session. ``more``: ``planned_minutes`` and ``place``; and ``joint_key`` of one together with a carer,
    by the act that plans their side of it too: alone it is refused.

    Nothing is asked of consent but that they have not said no: to plan is to
    offer a time, and no work is done by it (docs/decisions/0092). Raises
    ``MoveNotAllowed`` once the case is closed, ``PlanRefused``,
    ``ClosedToThem``, ``KeptAlready`` where a form was sent twice.
    """
    case = _hold_for(case, practitioner, kind)
    if kind == SessionKind.JOINT_YP_CARER and more.get("joint_key") is None:
        raise PlanRefused("together")
    (session,) = _plan(case, [planned_at], by=by, practitioner=practitioner, kind=kind, mode=mode, **more)
    steps.tell_of(case, planning.told_of([session]), by=by)
    return session


@transaction.atomic
def plan_series(case, *, by, practitioner, kind, mode, planned_at, weeks, times, **more):
    """Plan ``times`` sessions, one every ``weeks`` weeks from ``planned_at`` on: all of them, or none.

    Raises what ``plan_session`` does, and ``ValueError`` for more than is planned at once.
    """
    if not (1 <= weeks <= planning.LONGEST_BETWEEN and 2 <= times <= planning.MOST_AT_ONCE):
        raise ValueError(f"{times} times, every {weeks} weeks")
    case = _hold_for(case, practitioner, kind)
    if kind == SessionKind.JOINT_YP_CARER:
        raise PlanRefused("together")
    try:
        days = planning.every(weeks, times=times, first=planned_at)
    except ValueError:
        raise PlanRefused("jump") from None
    planned = _plan(case, days, by=by, practitioner=practitioner, kind=kind, mode=mode, **more)
    steps.tell_of(case, planning.told_of(planned), by=by)
    return planned


@transaction.atomic
def move_session(session, *, by, planned_at, moved_by_wish_of, **changes):
    """To another time: a new session takes the place of this one, and says whose wish it was.

    ``changes``: ``mode``, ``place``, ``planned_minutes`` and ``practitioner``, where they change too. Raises what
    ``plan_session`` does; ``PlanRefused`` where somebody has said what came of it, or has moved it, where nothing
    would change, and once its time is ``over``: what was missed counts (domain.md 5.8) and is not moved away. The
    other side of a session together is moved with it, where it is planned still.
    """
    session = _hold(session, moved_to__planned_at=planned_at, moved_to__planned_by=by)
    same = {name: getattr(session, name) for name in ("kind", "mode", "place", "planned_minutes", "practitioner")}
    then = {**same, **changes}
    if session.needs_a_record:
        raise PlanRefused("over")
    if then == same and planned_at == session.planned_at:
        raise PlanRefused("same")
    case = _hold_for(session.case, then["practitioner"], then["kind"])
    _refuse_days(case, [planned_at], then["planned_minutes"])
    session.case = case
    moved = steps.move_locked(session, by=by, planned_at=planned_at, wish=moved_by_wish_of, **changes)
    both_sides.move_carers_side(moved, by=by)
    return moved


@transaction.atomic
def cancel_session(session, *, by, attendance, why_not="", what_we_change=""):
    """It will not be: who cancelled it, and why. Ours are counted as ours (domain.md 5.8); the young person owes no
    reason.

    It is signed with that, so that it stays. Raises ``MoveNotAllowed``, ``PlanRefused`` where it is not planned any
    more, ``ValueError`` for another answer, and ``IntegrityError`` where a reason is owed. So is the other side of a
    session together, where it is planned still.
    """
    if attendance not in CANCELLED:
        raise ValueError(f"{attendance} does not cancel")
    session = _hold(session, attendance=attendance, why_not=why_not, recorded_by=by)
    told = {"why_not": why_not, "what_we_change": what_we_change}
    steps.cancel_and_tell(session, by=by, attendance=attendance, **told)
    both_sides.cancel_carers_side(session, by=by)
    return session


def _hold(session, **done):
    """A planned session as it is now, with its case, both held: first the case, as every act does.

    ``done``: how it stands where this very form was sent before. Raises ``KeptAlready`` then, else ``PlanRefused``.
    """
    case = lock_open(session.case)
    session = SupportSession.objects.select_for_update(of=["self"]).select_related("practitioner").get(pk=session.pk)
    session.case = case
    if session.is_planned:
        return session
    if SupportSession.objects.filter(pk=session.pk, **done).exists():
        raise KeptAlready("the same was done already")
    raise PlanRefused("settled")


def _hold_for(case, practitioner, kind):
    """The case, held, where this practitioner may meet this young person for this."""
    case = lock_open(case, for_people=[practitioner])
    if not case.asks_for_consent:
        raise PlanRefused("carer")
    if not Assignment.objects.current().filter(case=case, user=practitioner).exists():
        raise PlanRefused("nobody")
    if kind in DIRECT_WORK and case.is_stopped:
        raise PlanRefused("stopped")
    decided = case.stage_decisions.filter(to_stage=PathwayStage.THERAPEUTIC)
    if kind == SessionKind.THERAPEUTIC and not decided.exists():
        raise PlanRefused("stage")
    return case


def _plan(case, days, *, by, **columns):
    """Rows for all of ``days``, of a case that this act holds; none where this very form was sent before."""
    there = {"planned_minutes": planning.USUAL_MINUTES, "place": "", **columns}
    shown = {name: value for name, value in there.items() if name != "joint_key"}
    same = SupportSession.objects.planned().filter(case=case, planned_at__in=days, **shown)
    if same.values("planned_at").distinct().order_by().count() == len(days):
        raise KeptAlready("the same is planned already")
    _refuse_days(case, days, there["planned_minutes"])
    return [steps.plan_locked(case, by=by, planned_at=day, **there) for day in days]


def _refuse_days(case, days, minutes):
    for day in days:
        if why := planning.why_not_then(day, minutes, opened_at=case.opened_at):
            raise PlanRefused(why)
