"""Sessions are planned, one or several at once, moved to another time, cancelled. Each is one act."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.recording import record
from cases.enums import EntryKind, PathwayStage
from cases.models import Assignment
from cases.steps import KeptAlready, MoveNotAllowed, lock_open, tell
from sessions import planning
from sessions.enums import CANCELLED, DIRECT_WORK, SessionKind, SessionStatus, Wish
from sessions.models import SupportSession
from ui.times import moment


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
    words = {"kind": session.get_kind_display(), "when": moment(planned_at)}
    _tell(case, _("Planned: %(kind)s, %(when)s") % words, by=by)
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
    words = {"count": times, "kind": planned[0].get_kind_display(), "first": moment(days[0]), "last": moment(days[-1])}
    title = ngettext(
        "Planned %(count)d time: %(kind)s, %(first)s to %(last)s",
        "Planned %(count)d times: %(kind)s, %(first)s to %(last)s",
        times,
    )
    _tell(case, title % words, by=by)
    return planned


@transaction.atomic
def move_session(session, *, by, planned_at, moved_by_wish_of, **changes):
    """To another time: a new session takes the place of this one, and says whose wish it was.

    ``changes``: ``mode``, ``place``, ``planned_minutes`` and ``practitioner``, where they change too. Raises what
    ``plan_session`` does; ``PlanRefused`` where somebody has said what came of it, or has moved it, where nothing
    would change, and once its time is ``over``: what was missed counts (domain.md 5.8) and is not moved away.
    """
    session = _hold(session, moved_to__planned_at=planned_at, moved_to__planned_by=by)
    same = {name: getattr(session, name) for name in ("kind", "mode", "place", "planned_minutes", "practitioner")}
    then = {**same, **changes}
    if session.needs_a_record:
        raise PlanRefused("over")
    if then == same and planned_at == session.planned_at:
        raise PlanRefused("same")
    case = _hold_for(session.case, then["practitioner"], then["kind"])
    session.status = SessionStatus.RESCHEDULED
    session.save(update_fields=["status"])
    chain = {"moved_from": session, "moved_by_wish_of": Wish(moved_by_wish_of), "joint_key": session.joint_key}
    (moved,) = _write(case, [planned_at], by=by, **then, **chain)
    record("session.moved", case, by=by, session=session.pk, to=moved.pk, wish=moved_by_wish_of)
    words = {"kind": moved.get_kind_display(), "before": moment(session.planned_at), "now": moment(planned_at)}
    wish = _("Whose wish it was: %(wish)s") % {"wish": Wish(moved_by_wish_of).label}
    _tell(case, _("Moved: %(kind)s, from %(before)s to %(now)s") % words, by=by, words=wish)
    return moved


@transaction.atomic
def cancel_session(session, *, by, attendance, why_not="", what_we_change=""):
    """It will not be: who cancelled it, and why. Ours are counted as ours (domain.md 5.8); the young person owes no
    reason.

    It is signed with that, so that it stays. Raises ``MoveNotAllowed``, ``PlanRefused`` where it is not planned any
    more, ``ValueError`` for another answer, and ``IntegrityError`` where a reason is owed.
    """
    if attendance not in CANCELLED:
        raise ValueError(f"{attendance} does not cancel")
    session = _hold(session, attendance=attendance, why_not=why_not, recorded_by=by)
    told = {"why_not": why_not, "what_we_change": what_we_change}
    cancel_locked(session, by=by, attendance=attendance, **told)
    words = {"kind": session.get_kind_display(), "when": moment(session.planned_at)}
    title = _("Cancelled: %(kind)s, %(when)s") % words
    answer = session.get_attendance_display()
    _tell(session.case, title, by=by, words=f"{answer}. {why_not}" if why_not else f"{answer}.")
    return session


def cancel_locked(session, *, by, attendance, **told):
    """Cancel a session that this act holds, and sign it: nothing else is to be said about it."""
    now = timezone.now()
    columns = {
        **told,
        "status": SessionStatus.CANCELLED,
        "attendance": attendance,
        "edition": session.edition + 1,
        **{"recorded_at": now, "recorded_by": by, "signed_at": now, "signed_by": by},
    }
    for name, value in columns.items():
        setattr(session, name, value)
    session.save(update_fields=[*columns])
    record("session.cancelled", session.case, by=by, session=session.pk, attendance=attendance)
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
    return _write(case, days, by=by, **there)


def _write(case, days, *, by, planned_minutes, **columns):
    for day in days:
        if why := planning.why_not_then(day, planned_minutes, opened_at=case.opened_at):
            raise PlanRefused(why)
    there = {"planned_minutes": planned_minutes, **columns}
    planned = [SupportSession.objects.create(case=case, planned_by=by, planned_at=day, **there) for day in days]
    for session in planned:
        record("session.planned", case, by=by, session=session.pk, kind=session.kind)
    return planned


def _tell(case, title, *, by, words=""):
    path = reverse("sessions:sessions", args=[case.reference])
    tell(case, EntryKind.SESSION, title, by=by, words=words, path=path)
