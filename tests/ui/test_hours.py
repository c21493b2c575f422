from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from tests.ui.test_dates import ANY_TEXT
from ui.forms import PrForm
from ui.hours import TimeOfDayField, moments

TYPED = {
    "14:30": time(14, 30),
    "14.30": time(14, 30),
    "1430": time(14, 30),
    "14:30:00": time(14, 30),
    "2:30pm": time(14, 30),
    "2.30 PM": time(14, 30),
    "2 p.m.": time(14),
    "9": time(9),
    "09": time(9),
    "9am": time(9),
    "12am": time(0),
    "12pm": time(12),
    "midday": time(12),
    "Midnight": time(0),
    "0:05": time(0, 5),
    "930": time(9, 30),
}


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


class Form(PrForm):
    at = TimeOfDayField(label="What time?")


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_a_time_is_read_as_people_type_it(typed, meant):
    form = Form({"at": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == meant


@pytest.mark.parametrize("typed", ["", "25:00", "24:00", "14:60", "13pm", "0am", "half past two", "14:3", "12345"])
def test_what_is_no_time_is_told_so(typed):
    form = Form({"at": typed})
    assert form.errors["at"] == ["Enter a time, for example 14:30 or 2:30pm."]
    assert f'value="{typed}"' in str(form["at"]) or not typed


def test_a_time_from_before_is_shown_as_a_browser_wants_it():
    assert 'value="09:05"' in str(Form(initial={"at": time(9, 5)})["at"])


@given(ANY_TEXT)
def test_any_text_is_a_time_or_an_error(text):
    form = Form({"at": text})
    assert form.is_valid() == isinstance(form.cleaned_data.get("at"), time)


@pytest.mark.parametrize(
    ("day", "at", "meant"),
    [
        (date(2026, 11, 23), time(14, 30), [utc(2026, 11, 23, 14, 30)]),
        (date(2026, 7, 23), time(14, 30), [utc(2026, 7, 23, 13, 30)]),
        (date(2027, 3, 28), time(1, 30), []),
        (date(2027, 3, 28), time(2), [utc(2027, 3, 28, 1)]),
        (date(2026, 10, 25), time(1, 30), [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)]),
        (date(2026, 10, 25), time(0, 59), [utc(2026, 10, 24, 23, 59)]),
    ],
)  # fmt: skip
def test_a_day_and_a_time_are_one_moment_but_for_two_nights_a_year(day, at, meant):
    assert list(moments(day, at)) == meant


def test_an_hour_later_is_an_hour_later_also_when_clocks_change():
    (before,) = moments(date(2026, 10, 25), time(0, 30))
    twice = moments(date(2026, 10, 25), time(1, 30))
    assert [moment - before for moment in twice] == [timedelta(hours=1), timedelta(hours=2)]
