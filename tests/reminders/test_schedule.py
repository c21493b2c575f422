"""When who is reminded of what: the rows of domain.md 7, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import clock
from cases.enums import ReviewKind
from reminders import schedule
from reminders.enums import Stage, Whom

START = date(2026, 8, 31)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
P, M, S = Whom.PRACTITIONER, Whom.MANAGER, Whom.SERVICE_MANAGER


def of_review(kind, due_on, opens_on=None):
    points = schedule.of_review(kind, opens_on=opens_on or due_on, due_on=due_on, started_on=START, months_initial=6)
    return sorted(((point.on - due_on).days, point.whom) for point in points)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("settling_in", [(0, (P,)), (7, (M,))]),
        ("six_weekly", [(-7, (P,)), (7, (M,))]),
        ("extension", [(-7, (P,)), (7, (M,))]),
        ("three_month", [(-14, (P, M)), (-7, (P, M)), (14, (S,))]),
        ("nine_month", [(-14, (M,)), (0, (S,))]),
        ("ending", [(0, (P,)), (14, (M,))]),
    ],
)
def test_each_review_is_heard_of_by_its_row_of_the_schedule(kind, expected):
    assert of_review(kind, date(2026, 12, 1)) == expected


@pytest.mark.requirement("R-nat-26")
def test_the_six_month_decision_opens_at_four_and_a_half_months_and_escalates_at_six():
    opens_on, due_on = date(2027, 1, 15), date(2027, 2, 15)
    points = schedule.of_review(
        "six_month_decision", opens_on=opens_on, due_on=due_on, started_on=START, months_initial=6
    )  # fmt: skip
    assert sorted((point.on, point.stage, point.whom) for point in points) == [
        (date(2027, 1, 15), Stage.OPENS, (P, M)),
        (date(2027, 2, 8), Stage.SOON, (P, M)),
        (date(2027, 2, 28), Stage.ESCALATED, (S,)),
    ]


@given(start=DAYS, months=st.integers(6, 12))
def test_no_review_is_spoken_of_before_it_is_asked_for(start, months):
    for due in clock.reviews(start, clock.months_after(start, months), months_initial=6, timescales=clock.Timescales()):
        points = schedule.of_review(
            due.kind, opens_on=due.opens_on, due_on=due.due_on, started_on=start, months_initial=6
        )  # fmt: skip
        days = [point.on for point in points]
        assert days
        assert min(days) >= due.opens_on


def test_every_kind_that_is_planned_has_its_row():
    assert set(schedule.OF_REVIEWS) == set(ReviewKind) - {ReviewKind.UNSCHEDULED}


def test_a_request_that_waits_is_heard_of_on_the_third_working_day_and_after_the_fifth():
    monday = date(2026, 11, 2)
    points = schedule.of_request(requested_on=monday, working_days_to_decide=5)
    assert [(point.on, point.due_on, point.whom) for point in points] == [
        (date(2026, 11, 5), date(2026, 11, 9), (M,)),
        (date(2026, 11, 10), date(2026, 11, 9), (S,)),
    ]


def test_christmas_moves_it():
    _soon, late = schedule.of_request(requested_on=date(2026, 12, 23), working_days_to_decide=5)
    assert late.due_on == date(2027, 1, 4)


def time_points(today):
    end, most = date(2027, 2, 28), date(2027, 8, 31)
    points = schedule.of_time(planned_end_on=end, most_end_on=most, today=today)
    return [(point.kind, point.on, point.whom) for point in points if point.on <= today]


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
    found = time_points(today)
    assert (max(found, key=lambda point: point[1]) if found else None) == newest


@given(over=st.integers(1, 2000))
def test_past_twelve_months_there_is_one_word_a_week_and_none_is_made_up_for(over):
    most = date(2027, 8, 31)
    today = most + timedelta(days=over)
    [point] = [
        point
        for point in schedule.of_time(planned_end_on=most, most_end_on=most, today=today)
        if point.kind == "twelve_months" and point.stage == Stage.ESCALATED
    ]
    assert timedelta(0) <= today - point.on < timedelta(days=7)
    assert (point.due_on - most).days % 7 == 0
