"""The clock reckons in calendar months that clamp, in Python and in the database alike."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cases import clock

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.requirement("R-nat-25")
@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 6, date(2028, 8, 29)),
        (date(2026, 3, 29), 6, date(2026, 9, 29)),
        (date(2026, 10, 25), 6, date(2027, 4, 25)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months_and_clamp(start, months, end):
    assert clock.months_after(start, months) == end


@pytest.mark.django_db
@given(start=DAYS, months=st.integers(0, 12))
def test_the_database_reckons_the_same(start, months):
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::date + make_interval(months => %s))::date", [start, months])
        [(theirs,)] = cursor.fetchall()
    assert clock.months_after(start, months) == theirs


@given(start=DAYS)
def test_twelve_months_are_never_more_than_a_year_and_the_day_after_is_past_them(start):
    end = clock.latest_end(start)
    assert timedelta(days=364) <= end - start <= timedelta(days=366)
    assert not clock.is_past_most(start, end)
    assert clock.is_past_most(start, end + timedelta(days=1))


@given(start=DAYS)
def test_the_six_month_decision_opens_before_it_is_due_and_both_before_the_six_months_are_over(start):
    opens, due, end = clock.decision_opens_on(start), clock.decide_by(start), clock.months_after(start, 6)
    assert start < opens < due < end


@given(start=DAYS, more=st.integers(1, 365))
def test_the_day_the_plan_was_agreed_is_day_one(start, more):
    assert clock.day_of(start, start) == 1
    assert clock.day_of(start, start + timedelta(days=more)) == more + 1
    assert clock.days_in_all(start, start + timedelta(days=more)) == more
