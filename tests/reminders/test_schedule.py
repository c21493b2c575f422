"""When who is reminded of what: the rows of domain.md 7, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import clock
from cases.enums import ReviewKind
from cases.models import Case
from centres import working_days
from reminders.enums import ReminderKind, Stage, Whom
from reminders.schedule import SCHEDULE
from reminders.sources import time
from reminders.steps import Fact, Place, day_of
from tests.factories.reviews import ReviewFactory

START = date(2026, 8, 31)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
P, M, S = Whom.PRACTITIONER, Whom.MANAGER, Whom.SERVICE_MANAGER
ROWS = {row.kind: row for row in SCHEDULE}


def heard(kind, fact):
    """Day, stage and people of each step that the row takes for this fact."""
    steps = ((step, step.when(fact)) for step in ROWS[kind].steps)
    return [(day_of(moment), step.stage, step.whom) for step, moment in steps if moment is not None]


def fact(due, **more):
    return Fact(of={}, place=Place(centre=1), due=due, **more)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("settling_in", [(0, (P,)), (7, (M,))]),
        ("plan_review", [(-7, (P,)), (7, (M,))]),
        ("three_month_review", [(-14, (P, M)), (-7, (P, M)), (14, (S,))]),
        ("nine_month_review", [(-14, (M,)), (0, (S,))]),
        ("ending_review", [(0, (P,)), (14, (M,))]),
    ],
)
def test_each_review_is_heard_of_by_its_row_of_the_schedule(kind, expected):
    due_on = date(2026, 12, 1)
    assert [((day - due_on).days, whom) for day, _stage, whom in heard(kind, fact(due_on))] == expected


@pytest.mark.requirement("R-nat-26")
def test_the_six_month_decision_opens_at_four_and_a_half_months_and_escalates_at_six():
    moments = {"opens": date(2027, 1, 15), "first_months_are_over": date(2027, 2, 28)}
    assert heard("six_month_decision", fact(date(2027, 2, 15), moments=moments)) == [
        (date(2027, 1, 15), Stage.OPENS, (P, M)),
        (date(2027, 2, 8), Stage.SOON, (P, M)),
        (date(2027, 2, 28), Stage.ESCALATED, (S,)),
    ]


@given(start=DAYS, months=st.integers(6, 12))
def test_no_review_is_spoken_of_before_it_is_asked_for(start, months):
    for due in clock.reviews(start, clock.months_after(start, months), months_initial=6, timescales=clock.Timescales()):
        moments = {"opens": due.opens_on, "first_months_are_over": clock.months_after(start, 6)}
        days = [day for day, *_more in heard(KIND_OF[due.kind], fact(due.due_on, moments=moments))]
        assert days
        assert min(days) >= due.opens_on


KIND_OF = {
    ReviewKind.SETTLING_IN: "settling_in",
    ReviewKind.SIX_WEEKLY: "plan_review",
    ReviewKind.EXTENSION: "plan_review",
    ReviewKind.THREE_MONTH: "three_month_review",
    ReviewKind.SIX_MONTH_DECISION: "six_month_decision",
    ReviewKind.NINE_MONTH: "nine_month_review",
    ReviewKind.ENDING: "ending_review",
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(ReviewKind) - {ReviewKind.UNSCHEDULED}))
def test_every_kind_that_is_planned_has_its_row(kind):
    review = ReviewFactory(kind=kind, case__active=True)
    assert [row.kind for row in SCHEDULE if row.kind in KIND_OF.values() and row.waits().filter(pk=review.pk)] == [
        KIND_OF[kind]
    ]


def test_every_kind_of_reminder_has_one_row():
    assert sorted(row.kind for row in SCHEDULE) == sorted(ReminderKind)


def of_request(requested_on):
    due_on = working_days.after(requested_on, 5)
    return due_on, [(day, whom) for day, _stage, whom in heard("more_time", fact(due_on, begins=requested_on))]


def test_a_request_that_waits_is_heard_of_on_the_third_working_day_and_after_the_fifth():
    due_on, points = of_request(date(2026, 11, 2))
    assert due_on == date(2026, 11, 9)
    assert points == [(date(2026, 11, 5), (M,)), (date(2026, 11, 10), (S,))]


def test_christmas_moves_it():
    due_on, _points = of_request(date(2026, 12, 23))
    assert due_on == date(2027, 1, 4)


MOST = date(2027, 8, 31)


def of_the_time(today):
    """What is heard by ``today`` of a case whose support began on 31 August, planned for six months."""
    case = Case(support_started_on=START, months_most=12)
    of_the_end = fact(date(2027, 2, 28))
    found = [("planned_end", *point) for point in heard("planned_end", of_the_end)]
    for one in time.of_the_last_day(case, on=today):
        found += [("twelve_months", *point) for point in heard("twelve_months", one)]
    return [point for point in found if point[1] <= today]


@pytest.mark.requirement("R-nat-27")
@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2027, 2, 28), None),
        (date(2027, 3, 1), ("planned_end", date(2027, 3, 1), (P, M))),
        (date(2027, 3, 8), ("planned_end", date(2027, 3, 8), (S,))),
        (date(2027, 7, 20), ("twelve_months", date(2027, 7, 20), (P, M))),
        (date(2027, 8, 17), ("twelve_months", date(2027, 8, 17), (P, M))),
        (date(2027, 9, 1), ("twelve_months", date(2027, 9, 1), (P, M, S))),
        (date(2027, 9, 8), ("twelve_months", date(2027, 9, 8), (P, M, S))),
        (date(2027, 9, 14), ("twelve_months", date(2027, 9, 8), (P, M, S))),
        (date(2027, 9, 15), ("twelve_months", date(2027, 9, 15), (P, M, S))),
    ],
)
def test_a_case_that_runs_over_is_heard_of_by_more_and_more_and_in_the_end_every_week(today, newest):
    found = [(kind, day, whom) for kind, day, _stage, whom in of_the_time(today)]
    assert (max(found, key=lambda point: point[1]) if found else None) == newest


def test_six_four_and_two_weeks_before_twelve_months_are_each_a_step_of_their_own():
    stages = [stage for kind, _day, stage, _whom in of_the_time(MOST) if kind == "twelve_months"]
    assert stages == [Stage.SOON, Stage.SOONER, Stage.SOONEST]


@given(over=st.integers(1, 2000))
def test_past_twelve_months_there_is_one_word_a_week_and_none_is_made_up_for(over):
    today = MOST + timedelta(days=over)
    case = Case(support_started_on=START, months_most=12)
    weekly = [one for one in time.of_the_last_day(case, on=today) if "past_it" in one.moments]
    [(day, _stage, _whom)] = [point for one in weekly for point in heard("twelve_months", one)]
    assert timedelta(0) <= today - day < timedelta(days=7)
    assert (weekly[0].due_on - MOST).days % 7 == 0
