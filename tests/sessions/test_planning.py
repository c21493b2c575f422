"""Sessions planned, one and several, moved and cancelled: what each act writes, and what it refuses."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from cases.models import Case, TimelineEntry
from sessions import operations
from sessions.enums import DIRECT_WORK, EXEMPT, SessionKind, SessionMode
from sessions.models import SupportSession
from sessions.planning import every, why_not_then
from sessions.planning_words import REFUSED
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.network import StageDecisionFactory
from tests.factories.people import ExclusionFactory
from tests.factories.sessions import SupportSessionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

TOLD = {"TimelineEntry": 1, "TimelineEntryEvent": 1}
WINTER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def soon(**more):
    return timezone.now() + timedelta(days=1, **more)


@pytest.fixture
def lead():
    return UserFactory()


@pytest.fixture
def case(lead):
    return CaseFactory(active=True, led_by=lead, opened_at=timezone.now() - timedelta(days=7))


@pytest.fixture
def plan(case, lead):
    def planned(**more):
        asked = {"kind": "review", "mode": "phone", "planned_at": soon(), "practitioner": lead, "by": lead}
        return operations.plan_session(more.pop("case", case), **asked | more)

    return planned


@pytest.fixture
def series(case, lead):
    def planned(**more):
        asked = {"kind": "review", "mode": "phone", "planned_at": soon(), "practitioner": lead, "by": lead}
        return operations.plan_series(case, **asked | {"weeks": 1, "times": 4} | more)

    return planned


def refused(why):
    return pytest.raises(operations.PlanRefused, match=f"^{why}$")


# One


def test_planning_writes_a_session_and_tells_of_it(plan, case, lead):
    with writes(SupportSession=1, SupportSessionEvent=1, AuditEvent=1, **TOLD):
        session = plan(place="The library.", planned_minutes=45)
    assert (session.status, session.planned_by, session.practitioner) == ("planned", lead, lead)
    told = TimelineEntry.objects.get()
    assert told.title.startswith("Planned: Looking back together, ")
    assert "library" not in told.title + told.words


@pytest.mark.requirement("R-wal-13")
@pytest.mark.parametrize("kind", [kind for kind in SessionKind if kind != SessionKind.THERAPEUTIC])
def test_every_kind_is_planned(plan, kind):
    other_side = {"joint_key": uuid4()} if kind == SessionKind.JOINT_YP_CARER else {}
    assert plan(kind=kind, **other_side).kind == kind


@pytest.mark.requirement("R-wal-01")
def test_one_case_has_sessions_of_every_mode_each_chosen_for_itself(plan, case):
    for number, mode in enumerate(SessionMode):
        plan(mode=mode, planned_at=soon(hours=number))
    assert set(case.support_sessions.values_list("mode", flat=True)) == set(SessionMode.values)


def test_therapeutic_work_is_planned_once_it_is_decided_on(plan, case):
    with leaves_no_trace(), refused("stage"):
        plan(kind="therapeutic")
    StageDecisionFactory(case=case)
    Case.objects.filter(pk=case.pk).update(pathway_stage="socio_educative")
    StageDecisionFactory(case=case, from_stage="socio_educative", to_stage="therapeutic")
    assert plan(kind="therapeutic").pk


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (timedelta(minutes=-61), "passed"),
        (timedelta(days=-8), "early"),
        (timedelta(days=365, seconds=5), "far"),
        (timedelta(days=365 * 3), "far"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(plan, after, why):
    with leaves_no_trace(), refused(why):
        plan(planned_at=timezone.now() + after)


@pytest.mark.parametrize("after", [timedelta(minutes=-59), timedelta(days=364)])
def test_one_that_still_runs_and_one_almost_a_year_ahead_are_planned(plan, after):
    assert plan(planned_at=timezone.now() + after).pk


def test_nothing_is_planned_on_a_closed_case_nor_with_a_young_person_where_the_work_is_with_a_carer(plan, lead):
    closed = CaseFactory(closed=True)
    alone = CaseFactory(kind="carer_only")
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        plan(case=closed)
    with leaves_no_trace(), refused("carer"):
        plan(case=alone)


def test_only_who_works_with_them_now_meets_them(plan, case):
    before = AssignmentFactory(case=case, ended=True).user
    with leaves_no_trace(), refused("nobody"):
        plan(practitioner=before)
    other = AssignmentFactory(case=case, kind="co_worker").user
    assert plan(practitioner=other).practitioner == other
    ExclusionFactory(subject=case.subject, user=other)
    with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
        plan(practitioner=other)


@pytest.mark.parametrize("step", ["declined", "withdrawn"])
def test_direct_work_is_not_planned_against_their_no(plan, case, step):
    ConsentEventFactory(case=case, event="given")
    ConsentEventFactory(case=case, event=step)
    for kind in sorted(set(DIRECT_WORK) - {"therapeutic"}):
        with leaves_no_trace(), refused("stopped"):
            plan(kind=kind)
    for number, kind in enumerate(EXEMPT):
        assert plan(kind=kind, planned_at=soon(hours=number)).pk


def test_before_they_were_asked_a_time_may_be_offered(plan):
    assert plan(kind="relationship_building").pk


def test_a_form_that_is_sent_twice_plans_once(plan, series, case):
    at = soon()
    plan(planned_at=at)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        plan(planned_at=at)
    series(planned_at=at)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        series(planned_at=at)


@pytest.mark.parametrize(
    "other", [{"kind": "welfare_check"}, {"mode": "video"}, {"place": "School."}, {"planned_minutes": 20}]
)
def test_another_session_at_the_same_time_is_no_form_sent_twice(plan, case, other):
    at = soon()
    plan(planned_at=at)
    assert plan(planned_at=at, **other).pk
    assert case.support_sessions.count() == 2


def test_each_refusal_has_its_sentence():
    assert set(REFUSED) == {
        "early", "passed", "far", "jump", "twice", "stopped", "stage", "nobody", "carer", "over", "same",
        "settled", "together",
    }  # fmt: skip


# Several


def test_a_series_is_one_act(series, case):
    with writes(SupportSession=4, SupportSessionEvent=4, AuditEvent=4, **TOLD):
        planned = series(weeks=2)
    days = [timezone.localdate(session.planned_at) for session in planned]
    assert [day - days[0] for day in days] == [timedelta(weeks=2 * n) for n in range(4)]
    assert TimelineEntry.objects.get().title.startswith("Planned 4 times: ")


def test_a_series_is_planned_whole_or_not_at_all(series):
    with leaves_no_trace(), refused("far"):
        series(weeks=6, times=10, planned_at=timezone.now() + timedelta(days=100))


@pytest.mark.parametrize("asked", [{"weeks": 0}, {"weeks": 7}, {"times": 1}, {"times": 27}])
def test_a_series_has_its_bounds(series, asked):
    with leaves_no_trace(), pytest.raises(ValueError, match="times, every"):
        series(**asked)


@time_machine.travel(datetime(2026, 10, 12, 8, tzinfo=UTC), tick=False)
def test_a_series_keeps_the_time_by_the_clock_when_clocks_change():
    first = datetime(2026, 10, 12, 15, tzinfo=UTC)  # 4pm in summer
    assert [f"{timezone.localtime(at):%d %H:%M}" for at in every(1, times=4, first=first)] == [
        "12 16:00", "19 16:00", "26 16:00", "02 16:00"
    ]  # fmt: skip


@time_machine.travel(datetime(2027, 3, 20, 8, tzinfo=UTC), tick=False)
def test_a_series_over_the_hour_that_is_not_there_is_refused(series, case):
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now())
    with leaves_no_trace(), refused("jump"):
        series(planned_at=datetime(2027, 3, 21, 1, 30, tzinfo=UTC))


@time_machine.travel(WINTER, tick=False)
def test_the_day_counts_not_the_hour_on_which_a_case_was_opened():
    assert why_not_then(WINTER - timedelta(minutes=30), 60, opened_at=WINTER) == ""
    assert why_not_then(WINTER - timedelta(days=1), 60, opened_at=WINTER) == "early"


# Moved


@pytest.mark.parametrize("wish", ["young_person", "carer", "practitioner", "other_agency"])
def test_what_is_moved_is_a_new_session_that_knows_whose_wish_it_was(plan, lead, wish):
    session, at = plan(place="School."), soon(hours=3)
    with writes(SupportSession=1, SupportSessionEvent=2, AuditEvent=2, **TOLD):
        moved = operations.move_session(session, by=lead, planned_at=at, moved_by_wish_of=wish, mode="video")
    session.refresh_from_db()
    assert (session.status, session.moved_to, moved.moved_by_wish_of) == ("rescheduled", moved, wish)
    assert (moved.kind, moved.place, moved.mode, moved.planned_at) == (session.kind, "School.", "video", at)


def test_a_chain_tells_how_often_it_was_moved(plan, lead):
    first = session = plan()
    for hours in (1, 2, 3):
        session = operations.move_session(session, by=lead, planned_at=soon(hours=hours), moved_by_wish_of="carer")
    assert session.moved_from.moved_from.moved_from == first
    assert SupportSession.objects.planned().get() == session


def test_only_what_is_planned_is_moved_and_cancelled(lead, case):
    for state in ("held", "not_held", "cancelled", "signed"):
        session = SupportSessionFactory(case=case, **{state: True})
        with leaves_no_trace(), refused("settled"):
            operations.move_session(session, by=lead, planned_at=soon(), moved_by_wish_of="carer")
        with leaves_no_trace(), refused("settled"):
            operations.cancel_session(session, by=lead, attendance="cancelled_by_carer", why_not="Ill.")


def test_what_is_moved_keeps_the_rules_of_planning(plan, lead):
    session = plan()
    with leaves_no_trace(), refused("far"):
        operations.move_session(
            session, by=lead, planned_at=timezone.now() + timedelta(days=400), moved_by_wish_of="carer"
        )
    AssignmentFactory(case=session.case, kind="co_worker")
    session.case.assignments.current().leads().update(until_at=timezone.now(), ended_by=lead, ended_because="Ill.")
    with leaves_no_trace(), refused("nobody"):
        operations.move_session(session, by=lead, planned_at=soon(hours=1), moved_by_wish_of="carer")


def test_moved_twice_by_one_form_it_is_moved_once(plan, lead):
    session, at = plan(), soon(hours=1)
    operations.move_session(session, by=lead, planned_at=at, moved_by_wish_of="carer")
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        operations.move_session(session, by=lead, planned_at=at, moved_by_wish_of="carer")


def test_to_a_time_at_which_another_stands_it_is_moved_all_the_same(plan, lead, case):
    session, other = plan(), plan(planned_at=soon(hours=1))
    moved = operations.move_session(session, by=lead, planned_at=other.planned_at, moved_by_wish_of="carer")
    assert (moved.moved_from, other.planned_at) == (session, moved.planned_at)
    assert case.support_sessions.planned().count() == 2


def test_a_move_that_changes_nothing_is_refused_and_one_to_another_way_at_that_time_is_not(plan, lead):
    session = plan()
    with leaves_no_trace(), refused("same"):
        operations.move_session(session, by=lead, planned_at=session.planned_at, moved_by_wish_of="carer")
    moved = operations.move_session(
        session, by=lead, planned_at=session.planned_at, mode="video", moved_by_wish_of="carer"
    )
    assert moved.mode == "video"


def test_what_was_missed_is_not_moved_away(lead, case):
    late = SupportSessionFactory(case=case, practitioner=lead, planned_at=timezone.now() - timedelta(minutes=61))
    with leaves_no_trace(), refused("over"):
        operations.move_session(late, by=lead, planned_at=soon(), moved_by_wish_of="carer")


# Cancelled


@pytest.mark.parametrize(
    ("attendance", "why"),
    [
        ("cancelled_by_young_person", ""),
        ("cancelled_by_carer", "Ill."),
        ("cancelled_by_practitioner", "I am ill."),
        ("cancelled_by_other_agency", "The school is closed."),
    ],
)
def test_what_is_cancelled_says_by_whom_and_stays(plan, lead, attendance, why):
    session = plan()
    with writes(SupportSessionEvent=1, AuditEvent=1, **TOLD):
        operations.cancel_session(session, by=lead, attendance=attendance, why_not=why, what_we_change="Ring first.")
    session.refresh_from_db()
    assert (session.status, session.attendance, session.is_signed) == ("cancelled", attendance, True)
    assert TimelineEntry.objects.order_by("pk").last().words.endswith(why or "cancelled.")


def test_the_young_person_owes_no_reason_and_everybody_else_does(plan, lead):
    session = plan()
    for attendance in ("cancelled_by_carer", "cancelled_by_practitioner", "cancelled_by_other_agency"):
        with leaves_no_trace(), pytest.raises(IntegrityError, match="session_says_why_not"):
            operations.cancel_session(session, by=lead, attendance=attendance)


@pytest.mark.parametrize("attendance", ["attended", "was_not_brought", "consent_withdrawn", "not_safe_to_go_ahead"])
def test_nothing_else_cancels(plan, lead, attendance):
    session = plan()
    with leaves_no_trace(), pytest.raises(ValueError, match="does not cancel"):
        operations.cancel_session(session, by=lead, attendance=attendance)


def test_cancelled_twice_by_one_form_it_is_cancelled_once(plan, lead):
    session = plan()
    told = {"by": lead, "attendance": "cancelled_by_carer", "why_not": "Ill."}
    operations.cancel_session(session, **told)
    with leaves_no_trace(), pytest.raises(operations.KeptAlready):
        operations.cancel_session(session, **told)
