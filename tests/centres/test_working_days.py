"""Working days of England and Wales: weekends and bank holidays do not count, and 5pm in London ends a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from centres import working_days

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(0, 30)
LONDON = working_days.LONDON
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(LONDON))  # noqa: DTZ001


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


def test_our_list_of_bank_holidays_is_that_of_the_library(capsys):
    """``holidays`` learns of a new day with each version: then ``manage.py bank_holidays`` prints the list anew."""
    call_command("bank_holidays")
    assert capsys.readouterr().out == working_days.LIST.read_text()


def test_a_year_that_the_list_lacks_comes_from_the_library():
    assert not working_days.is_working_day(date(2019, 12, 25))
    assert working_days.is_working_day(date(2051, 12, 28))


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


# A clock that stood still


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("stopped", "resumed", "expected"),
    [
        (at(16, 10), at(16, 15), at(20, 17)),  # answered the same day: nothing was lost
        (at(16, 10), at(18, 9), at(24, 17)),  # two working days, and a weekend between
        (at(16, 10), at(16, 18), at(23, 17)),  # after 5pm it is dealt with the next day
        (at(16, 18), at(17, 9), at(20, 17)),
        (at(20, 16), at(22, 12), at(23, 17)),  # over a weekend: Friday to Monday is one
        (at(21, 12), at(22, 12), at(20, 17)),  # at a weekend no day passes
        (at(23, 9), at(25, 9), at(24, 17)),  # it was late by a day, and is late by a day
    ],
)
def test_what_is_due_moves_on_by_the_working_days_that_stood_still(stopped, resumed, expected):
    assert working_days.moved_on(at(20, 17), stopped=stopped, resumed=resumed) == expected


def test_bank_holidays_are_not_days_that_stood_still():
    due = datetime(2026, 12, 24, 17, tzinfo=LONDON)
    stopped, resumed = datetime(2026, 12, 24, 9, tzinfo=LONDON), datetime(2026, 12, 29, 9, tzinfo=LONDON)
    assert working_days.moved_on(due, stopped=stopped, resumed=resumed) == datetime(2026, 12, 29, 17, tzinfo=LONDON)


def test_the_hour_at_which_it_is_due_stays_when_the_clocks_change():
    due = datetime(2026, 10, 23, 17, tzinfo=LONDON)
    stopped, resumed = datetime(2026, 10, 23, 9, tzinfo=LONDON), datetime(2026, 10, 26, 9, tzinfo=LONDON)
    assert working_days.moved_on(due, stopped=stopped, resumed=resumed) == datetime(2026, 10, 26, 17, 0, tzinfo=UTC)


@given(MOMENTS, COUNTS, MOMENTS, st.integers(0, 100 * 24 * 60))
def test_nothing_becomes_late_while_it_stands_still_and_what_was_late_stays_late(received, count, stopped, minutes):
    due = working_days.due_at(received, working_days=count)
    resumed = stopped + timedelta(minutes=minutes)
    assert (resumed > working_days.moved_on(due, stopped=stopped, resumed=resumed)) == (stopped > due)


@given(MOMENTS, COUNTS, MOMENTS, st.integers(0, 100 * 24 * 60))
def test_it_is_never_due_earlier_and_always_at_five_on_a_working_day(received, count, stopped, minutes):
    due = working_days.due_at(received, working_days=count)
    moved = working_days.moved_on(due, stopped=stopped, resumed=stopped + timedelta(minutes=minutes))
    assert moved >= due
    assert working_days.is_working_day(moved.date())
    assert moved.time() == working_days.CLOSES


@given(MOMENTS, COUNTS, MOMENTS, st.integers(0, 30 * 24 * 60), st.integers(0, 30 * 24 * 60))
def test_to_stand_still_once_or_twice_without_a_break_is_the_same(received, count, stopped, first, second):
    due = working_days.due_at(received, working_days=count)
    between = stopped + timedelta(minutes=first)
    end = between + timedelta(minutes=second)
    once = working_days.moved_on(due, stopped=stopped, resumed=end)
    half = working_days.moved_on(due, stopped=stopped, resumed=between)
    assert working_days.moved_on(half, stopped=between, resumed=end) == once


@given(DAYS, DAYS)
def test_nothing_lies_between_a_day_and_an_earlier_one(first, last):
    if last <= first:
        assert working_days.between(first, last) == 0


@given(day=DAYS, count=st.integers(1, 30))
def test_working_days_before_are_those_after_turned_round(day, count):
    found = working_days.before(day, count)
    assert working_days.is_working_day(found)
    assert working_days.between(found, day) == count - (not working_days.is_working_day(day))


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-18T10:00", "2026-11-18T14:00"),
        ("2026-11-18T13:00", "2026-11-18T17:00"),
        ("2026-11-18T07:00", "2026-11-18T13:00"),
        ("2026-11-20T16:30", "2026-11-23T12:30"),  # Friday, over the weekend
        ("2026-11-20T17:00", "2026-11-23T13:00"),
        ("2026-12-24T15:00", "2026-12-29T11:00"),  # over Christmas
    ],
)
def test_four_working_hours_run_on_the_next_working_day(received, expected):
    received, expected = (datetime.fromisoformat(each).replace(tzinfo=LONDON) for each in (received, expected))
    assert working_days.hours_after(received, 4) == expected


@given(moment=MOMENTS)
def test_offices_open_next_in_working_hours_and_never_before(moment):
    found = working_days.next_open(moment)
    assert found >= moment
    assert working_days.is_working_day(found.date())
    assert working_days.OPENS <= found.time() < working_days.CLOSES
