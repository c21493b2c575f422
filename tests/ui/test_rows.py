"""Lists that grow: entries are added, removed and checked, and nothing that was typed is lost."""

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ui.forms import form_helper
from ui.rows import RowForm, Rows, count_in, entry_named, with_another, without


class Friend(RowForm):
    most = 3
    name = forms.CharField(max_length=20)
    town = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(*self.fields, submit="")


def sent(*names, **more):
    data = QueryDict(mutable=True)
    for index, name in enumerate(names):
        data[f"friends-{index}-name"] = name
        data[f"friends-{index}-town"] = ""
    data.update(more)
    return data


def rows(data):
    return Rows("friends", Friend, data)


def test_an_untouched_list_offers_one_empty_entry_that_does_not_count():
    untouched = rows(QueryDict())
    assert len(untouched.forms) == 1
    assert untouched.is_valid()
    assert untouched.values == []


def test_entries_in_which_something_was_typed_count_and_the_others_do_not():
    some = rows(sent("Kim", "", "Jo"))
    assert some.is_valid()
    assert [friend["name"] for friend in some.values] == ["Kim", "Jo"]


def test_an_entry_that_was_begun_must_be_right():
    begun = rows(sent("Kim") | {"friends-1-name": "", "friends-1-town": "Leeds"})
    assert not begun.is_valid()
    assert [bool(form.errors) for form in begun] == [False, True]


def test_more_than_the_most_is_said_and_every_word_stays():
    many = rows(sent("A", "B", "C", "D"))
    assert not many.is_valid()
    assert "up to 3" in str(many.errors[0])
    assert [form["name"].data for form in many] == ["A", "B", "C", "D"]


def test_another_entry_is_offered_until_the_most():
    data = sent("A", "B")
    grown = with_another(rows(data).typed(data), rows(data))
    assert count_in(grown, "friends") == 3
    full = sent("A", "B", "C")
    assert with_another(rows(full).typed(full), rows(full)) == rows(full).typed(full)


@given(names=st.lists(st.text(max_size=5), min_size=1, max_size=8), index=st.integers(0, 9))
def test_removing_one_entry_keeps_the_order_and_the_words_of_the_others(names, index):
    typed = {f"friends-{number}-name": [name] for number, name in enumerate(names)} | {"reason": ["kept"]}
    left = without(typed, "friends", index)
    expected = names[:index] + names[index + 1 :]
    assert [left[f"friends-{number}-name"] for number in range(len(expected))] == [[name] for name in expected]
    assert left["reason"] == ["kept"]
    assert count_in(left, "friends") == len(expected)


@pytest.mark.parametrize("value", [None, "", "friends", "friends-", "friends-x", "enemies-0", "friends-1000", "-0"])
def test_a_button_that_names_no_entry_removes_none(value):
    assert entry_named(value, {"friends": None}) is None


def test_a_button_names_its_entry():
    assert entry_named("friends-12", {"friends": None}) == ("friends", 12)
