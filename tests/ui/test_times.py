from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation
from django.utils.html import escape

from ui import times


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(15, 30), "3:30pm"),
        (time(15, 0), "3pm"),
        (time(9, 5), "9:05am"),
        (time(12, 0), "midday"),
        (time(12, 30), "12:30pm"),
        (time(0, 0), "midnight"),
        (time(0, 30), "12:30am"),
    ],
)
def test_the_time_is_told_as_people_say_it(clock, words):
    assert times.time_of_day(clock) == words


def test_a_moment_is_told_in_the_time_of_this_country():
    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=False):
        assert times.moment(datetime(2026, 7, 6, 14, 0, tzinfo=UTC)) == "Monday 6 July, 3pm"


def test_another_year_is_named():
    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=False):
        assert times.day_and_date(date(2027, 1, 4)) == "Monday 4 January 2027"


def test_the_evening_of_new_year_in_summer_time_belongs_to_its_own_day():
    assert times.long_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


MONTHS_IN_WELSH = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
    "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
]  # fmt: skip


@pytest.mark.parametrize(("month", "name"), enumerate(MONTHS_IN_WELSH, 1))
def test_months_are_welsh_in_welsh(month, name):
    with translation.override("cy"):
        assert times.long_date(date(2026, month, 23)) == f"23 {name} 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "dydd Llun 23 Tachwedd, 3pm"),
        (datetime(2026, 11, 24, 9, 5, tzinfo=UTC), "dydd Mawrth 24 Tachwedd, 9:05am"),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "dydd Mercher 25 Tachwedd, hanner dydd"),
        (datetime(2026, 11, 26, 0, 0, tzinfo=UTC), "dydd Iau 26 Tachwedd, hanner nos"),
        (datetime(2027, 1, 1, 17, 0, tzinfo=UTC), "dydd Gwener 1 Ionawr 2027, 5pm"),
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), "dydd Sadwrn 28 Tachwedd, 10am"),
        (datetime(2026, 11, 29, 10, 0, tzinfo=UTC), "dydd Sul 29 Tachwedd, 10am"),
    ],
)
def test_a_moment_reads_in_welsh_within_a_sentence(at, words):
    """Days have no capital in Welsh: "erbyn dydd Llun"."""
    with translation.override("cy"), time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=False):
        assert times.moment(at) == words


def render(template, **context):
    return Template("{% load ui %}" + template).render(Context(context))


def test_a_time_that_has_not_come_is_nothing_on_the_page():
    assert render("[{{ at|moment }}{{ at|long_date }}{{ at|time_of_day }}{{ at|iso }}]", at=None) == "[]"


def test_midnight_is_a_time():
    assert render("{{ at|time_of_day }}", at=time(0, 0)) == "midnight"


def test_a_number_is_dialled_without_its_spaces():
    assert render("{{ number|telephone }}", number="0808 800 5000") == "08088005000"
    assert render("{{ number|telephone }}", number="+44 (0)20 7946 0000") == "+4402079460000"


def test_marks_that_turn_text_round_are_seen_in_notes():
    assert render("{{ note|show_marks }}", note="a\u202eb") == "a\ufffdb"


def test_a_tag_escapes_its_words():
    assert "<script>" not in render("{% tag words 'new' %}", words="<script>")


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_no_word_of_a_date_would_have_to_be_escaped(language):
    with translation.override(language):
        said = [times.day_and_date(date(2025, month, month)) for month in range(1, 13)]
        said += [times.time_of_day(time(hour, 0)) for hour in range(24)]
    assert [escape(str(words)) for words in said] == [str(words) for words in said]
