import calendar
from datetime import date, timedelta

import html5lib
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from ui.dates import MONTHS, DatePartsField
from ui.forms import PrForm
from ui.templatetags.ui import first_control

ANY_TEXT = st.one_of(st.text(max_size=30), st.integers().map(str), st.sampled_from(["", "0", "²", "٣", "9" * 5000]))


class Form(PrForm):
    born = DatePartsField(label="Date of birth", past=True)


class LooseForm(PrForm):
    on = DatePartsField(required=False)


def typed(day, month, year):
    return Form({"born_day": day, "born_month": month, "born_year": year})


def error_of(form):
    assert not form.is_valid()
    return str(form.errors["born"][0])


@pytest.mark.parametrize("month", ["3", "03", "March", "march", "MAR", "Mar.", "Mawrth", "maw"])
def test_a_month_may_be_a_number_or_a_name_in_either_language(month):
    form = typed("27", month, "2012")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2012, 3, 27)


def test_every_month_is_known_by_each_name_and_its_first_three_letters():
    for number, names in enumerate(MONTHS, start=1):
        for name in names:
            for word in (name, name[:3], name.title()):
                assert typed("1", word, "2012").fields["born"].clean(["1", word, "2012"]) == date(2012, number, 1)


@pytest.mark.parametrize(
    ("parts", "says", "goes_to"),
    [
        (("", "", ""), "Enter a date for: Date of birth", "id_born_0"),
        (("", "3", "2012"), "Enter a day: Date of birth needs one.", "id_born_0"),
        (("27", "", "2012"), "Enter a month: Date of birth needs one.", "id_born_1"),
        (("27", "3", ""), "Enter a year: Date of birth needs one.", "id_born_2"),
        (("27", "", ""), "Enter a month and a year: Date of birth needs both.", "id_born_1"),
        (("32", "3", "2012"), "The day must be a number from 1 to 31.", "id_born_0"),
        (("27", "13", "2012"), "The month must be a number from 1 to 12, or a name such as March.", "id_born_1"),
        (("27", "3", "12"), "The year must have 4 numbers, for example 2012.", "id_born_2"),
        (("27", "3", "0000"), "The year must have 4 numbers, for example 2012.", "id_born_2"),
        (
            ("30", "2", "2012"),
            "There is no such day in that month. Check the day, the month and the year.",
            "id_born_0",
        ),
        (("27", "3", "0001"), "The date must be 1 January 1900 or later. Check the year.", "id_born_2"),
        (("27", "3", "9999"), "The date must be today or earlier.", "id_born_2"),
    ],
)
def test_a_wrong_date_says_which_part_and_leads_back_to_it(parts, says, goes_to):
    form = typed(*parts)
    assert error_of(form) == says
    assert first_control(form["born"]) == goes_to


def test_only_the_box_at_fault_is_marked():
    page = html5lib.parse(str(typed("27", "Smarch", "2012")["born"]), namespaceHTMLElements=False)
    assert [box.get("id") for box in page.iter("input") if box.get("aria-invalid")] == ["id_born_1"]


def test_absurd_years_are_refused_where_the_future_is_allowed():
    form = LooseForm({"on_day": "1", "on_month": "1", "on_year": "9999"})
    assert "The date must be 31 December 2100 or earlier." in form.errors["on"][0]


def test_today_is_not_the_future():
    with time_machine.travel("2026-03-01T12:00:00+00:00", tick=False):
        assert typed("1", "3", "2026").is_valid()
        assert error_of(typed("2", "3", "2026")) == "The date must be today or earlier."


def test_an_optional_date_may_be_left_out():
    form = LooseForm({})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_what_was_typed_comes_back():
    page = str(typed("27", "Smarch", "2012")["born"])
    assert 'value="Smarch"' in page
    assert 'value="27"' in page


@pytest.mark.parametrize("kept", [date(2012, 3, 27), "2012-03-27"])
def test_an_answer_kept_before_fills_the_boxes(kept):
    page = str(Form(initial={"born": kept})["born"])
    for value in ("27", "3", "2012"):
        assert f'value="{value}"' in page


def test_change_is_seen():
    field = DatePartsField()
    assert not field.has_changed(date(2012, 3, 27), ["27", "March", "2012"])
    assert field.has_changed(date(2012, 3, 27), ["28", "3", "2012"])
    assert field.has_changed(date(2012, 3, 27), ["x", "3", "2012"])


@given(day=ANY_TEXT, month=ANY_TEXT, year=ANY_TEXT)
def test_whatever_is_typed_is_a_date_or_a_sentence(day, month, year):
    form = typed(day, month, year)
    if form.is_valid():
        assert date(1900, 1, 1) <= form.cleaned_data["born"] <= date.today() + timedelta(days=1)  # noqa: DTZ011
    else:
        assert form.errors["born"][0]
    assert str(form["born"])


@given(born=st.dates(min_value=date(1900, 1, 1), max_value=date(2024, 12, 31)), welsh=st.booleans())
def test_every_real_day_comes_through(born, welsh):
    month = MONTHS[born.month - 1][1] if welsh else calendar.month_name[born.month]
    for written in (month, str(born.month)):
        form = typed(str(born.day), written, str(born.year))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["born"] == born
