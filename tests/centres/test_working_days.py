"""Working days of England and Wales: weekends and bank holidays do not count, and 5pm in London ends a day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres import working_days

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(0, 30)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 4),  # Early May
        date(2026, 5, 25),  # Spring
        date(2026, 8, 31),  # Summer
        date(2026, 12, 25),
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2027, 12, 27),  # for Christmas Day, a Saturday
        date(2027, 12, 28),  # for Boxing Day, a Sunday
    ],
)
def test_bank_holidays_do_not_count(day):
    assert not working_days.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 3, 17), date(2026, 11, 30), date(2026, 1, 2), date(2026, 8, 3)])
def test_holidays_of_northern_ireland_and_scotland_count(day):
    assert working_days.is_working_day(day)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 16), 1, date(2026, 11, 17)),  # Monday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday, over the weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 5, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, the weekend, and Boxing Day's Monday
        (date(2026, 4, 2), 5, date(2026, 4, 13)),  # Easter
    ],
)
def test_the_nth_working_day_after_a_day(day, count, expected):
    assert working_days.after(day, count) == expected


def test_a_referral_sent_late_on_a_summer_evening_counts_as_that_day_in_london():
    received = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # already Thursday in London
    due = working_days.due_at(received, working_days=1)
    assert due == datetime(2026, 7, 3, 16, 0, tzinfo=UTC)  # Friday, 5pm in summer time


def test_the_hour_of_the_end_follows_the_clocks():
    received = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)  # Friday; the clocks change on Sunday
    assert working_days.due_at(received, working_days=1) == datetime(2026, 10, 26, 17, 0, tzinfo=UTC)


@given(DAYS, COUNTS)
def test_what_is_due_is_due_on_a_working_day(day, count):
    assert working_days.is_working_day(working_days.after(day, count))


@given(DAYS, COUNTS)
def test_one_more_day_is_later_once_counting_has_begun(day, count):
    assert working_days.after(day, count + 1) < working_days.after(day, count + 2)


@given(DAYS, COUNTS)
def test_counting_back_finds_the_days_that_were_given(day, count):
    """A day that is none of our working days gives its own count away to the next one that is."""
    end = working_days.after(day, count)
    assert working_days.between(day, end) == (count if working_days.is_working_day(day) else max(count, 1))


@given(DAYS, DAYS)
def test_nothing_lies_between_a_day_and_an_earlier_one(first, last):
    if last <= first:
        assert working_days.between(first, last) == 0
