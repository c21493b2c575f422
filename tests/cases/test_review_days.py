"""When reviews are due: pure reckoning over days, also where months are short and clocks change."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases import clock
from cases.enums import ReviewKind

K = ReviewKind
HARD_DAYS = [date(2026, 8, 31), date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2027, 12, 31)]
STARTS = st.one_of(st.sampled_from(HARD_DAYS), st.dates(date(2024, 1, 1), date(2040, 12, 31)))
TIMESCALES = st.builds(
    clock.Timescales,
    settling_in_weeks=st.integers(0, 8),
    plan_review_weeks=st.integers(0, 12),
    three_month_review_months=st.integers(0, 6),
    nine_month_review_months=st.integers(0, 12),
    ending_review_weeks=st.integers(0, 60),
)


def reviews(start, end, *, months=6, timescales=None):
    return clock.reviews(start, end, months_initial=months, timescales=timescales or clock.Timescales())


def days(found, *kinds):
    return [due.due_on for due in found if due.kind in kinds]


def test_the_reviews_of_six_months_from_the_last_of_august():
    start = date(2026, 8, 31)
    assert [(due.kind, due.opens_on, due.due_on) for due in reviews(start, date(2027, 2, 28))] == [
        (K.SETTLING_IN, date(2026, 9, 14), date(2026, 9, 14)),
        (K.SIX_WEEKLY, date(2026, 10, 5), date(2026, 10, 12)),
        (K.SIX_WEEKLY, date(2026, 11, 16), date(2026, 11, 23)),
        (K.THREE_MONTH, date(2026, 11, 16), date(2026, 11, 30)),
        (K.SIX_WEEKLY, date(2026, 12, 28), date(2027, 1, 4)),
        (K.ENDING, date(2027, 1, 17), date(2027, 1, 17)),
        (K.SIX_MONTH_DECISION, date(2027, 1, 15), date(2027, 2, 15)),
        (K.SIX_WEEKLY, date(2027, 2, 8), date(2027, 2, 15)),
    ]


def test_an_extension_adds_its_own_reviews_and_the_nine_month_review_and_moves_the_ending_review():
    start = date(2028, 2, 29)
    longer = reviews(start, date(2029, 2, 28))
    assert days(longer, K.NINE_MONTH) == [date(2028, 11, 29)]
    assert days(longer, K.ENDING) == [date(2029, 1, 17)]
    assert days(longer, K.EXTENSION) == [date(2028, 9, 26) + timedelta(weeks=6 * n) for n in range(4)]
    assert days(reviews(start, date(2028, 8, 29)), K.NINE_MONTH, K.EXTENSION) == []


@given(start=STARTS, timescales=TIMESCALES, months=st.integers(1, 6), days_more=st.integers(0, 400))
def test_every_review_is_asked_for_before_it_is_due_and_held_within_the_time_of_support(
    start, timescales, months, days_more
):
    end = min(clock.months_after(start, months) + timedelta(days=days_more), clock.latest_end(start))
    found = reviews(start, end, months=months, timescales=timescales)
    assert found == sorted(found)
    assert len({(due.kind, due.due_on) for due in found}) == len(found)
    for due in found:
        assert due.opens_on <= due.due_on
        assert start <= due.due_on <= end
    assert len(days(found, K.ENDING)) == 1
    assert len(days(found, K.SIX_MONTH_DECISION)) == 1


@given(start=STARTS, months=st.integers(7, 12))
def test_more_time_changes_no_day_but_that_of_the_ending(start, months):
    before = set(reviews(start, clock.months_after(start, 6)))
    after = set(reviews(start, clock.months_after(start, months)))
    assert {due.kind for due in before - after} == {K.ENDING}
    assert {due.kind for due in after - before} <= {K.ENDING, K.EXTENSION, K.NINE_MONTH, K.THREE_MONTH}
    initial_end = clock.months_after(start, 6)
    assert all(due.due_on >= initial_end for due in after - before if due.kind != K.ENDING)


@given(start=STARTS, months=st.integers(2, 6))
def test_the_decision_leaves_time_for_an_ending_also_where_a_centre_offers_less(start, months):
    opens, due, end = (
        clock.decision_opens_on(start, months), clock.decide_by(start, months), clock.months_after(start, months),
    )  # fmt: skip
    assert start < opens < due < end
    assert timedelta(days=10) <= end - due <= timedelta(days=16)


@pytest.mark.parametrize("start", HARD_DAYS)
def test_four_and_a_half_and_five_and_a_half_months(start):
    assert clock.decision_opens_on(start) == clock.months_after(start, 4) + timedelta(days=15)
    assert clock.decide_by(start) == clock.months_after(start, 5) + timedelta(days=15)


@given(start=STARTS, weeks=st.integers(1, 12))
def test_plan_reviews_come_every_so_many_weeks(start, weeks):
    found = days(
        reviews(start, clock.latest_end(start), timescales=clock.Timescales(plan_review_weeks=weeks)),
        K.SIX_WEEKLY, K.EXTENSION,
    )  # fmt: skip
    assume(found)
    gaps = {later - earlier for earlier, later in zip([start, *found], found, strict=False)}
    assert gaps == {timedelta(weeks=weeks)}
