"""Keys by which a person is found, whatever accents, case and spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.search_keys import LONGEST, keys_for, normalised, sound


@pytest.mark.parametrize(
    "spellings",
    [
        ["O'Brien", "o brien", "OBRIEN", "O’Brien", "O-Brien"],
        ["Ŵyn", "Wyn", "wyn", "W\u0302yn"],
        ["Müller", "muller"],
        ["Null", "null"],
        ["Straße", "STRASSE"],
    ],
)
def test_spellings_of_one_name_are_one_key(spellings):
    assert len({normalised(name) for name in spellings}) == 1


@pytest.mark.parametrize(("heard", "written"), [("Smith", "Smyth"), ("Philips", "Filips"), ("Jonson", "Johnson")])
def test_names_that_sound_alike_have_one_sound(heard, written):
    assert sound(heard) == sound(written) != ""


def test_a_name_without_latin_letters_has_a_key_and_no_sound():
    assert (normalised("王"), sound("王")) == ("王", "")


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_text_has_keys_that_fit_and_stay_the_same(given_name, surname):
    keys = keys_for(given_name=given_name, surname=surname)

    assert all(len(key) <= LONGEST for key in vars(keys).values())
    assert keys == keys_for(given_name=given_name, surname=surname)
    assert keys.surname_key == normalised(surname)
