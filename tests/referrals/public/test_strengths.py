"""Strengths and wishes, and what makes it possible to meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.forms.base import Given
from referrals.forms.practical import PracticalForm
from referrals.forms.strengths import STRENGTHS, StrengthsForm
from referrals.models import Referral
from tests.referrals.public import steps

ASK = "Tell us one strength, or tick"


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def sent(client, draft, area, slug, **values):
    steps.fill_in(client, draft, area)
    assert steps.save(client, draft, slug, values).status_code == 302
    steps.send(client, draft)
    return Referral.objects.get().young_person


def test_a_strength_or_not_known_yet_is_asked_for(client, draft):
    page = steps.save(client, draft, "strengths", {"wishes": "To be left alone."})
    assert set(page.context["form"].errors) == {"strengths"}
    assert ASK in page.text


@given(
    said=st.dictionaries(st.sampled_from(STRENGTHS), st.sampled_from(["", "  ", "Draws."])),
    is_ticked=st.booleans(),
)
def test_one_strength_wherever_it_was_said_or_the_tick_is_enough(said, is_ticked):
    ticked = {"strengths_not_known": "on"} if is_ticked else {}
    form = StrengthsForm(said | ticked, given=Given())
    is_said = "Draws." in said.values()
    assert form.is_valid() is (is_said or is_ticked)
    if form.is_valid():
        assert form.cleaned_data["strengths_not_known"] is not is_said


def test_not_known_yet_is_stored_as_an_answer(client, draft, english_area):
    person = sent(client, draft, english_area, "strengths", strengths_not_known="on")
    assert (person.strengths, person.strengths_not_known) == ("", True)


def test_every_word_about_strengths_and_wishes_reaches_its_column(client, draft, english_area):
    words = {name: f"About {name}" for name in StrengthsForm.parts["young_person"] if name != "strengths_not_known"}
    person = sent(client, draft, english_area, "strengths", **words)
    assert {name: getattr(person, name) for name in words} == words
    assert set(words) == set(StrengthsForm.base_fields) - {"strengths_not_known"}


PRACTICAL = {
    "access_needs": "No steps",
    "transport": "By bus",
    "meeting_times": "After school",
    "meeting_modes": ["in_person", "video"],
    "safe_places": "The library",
    "places_to_avoid": "The station",
    "private_space": "yes",
    "own_device": "not_known",
    "visit_safety": "A dog",
}


def test_every_practical_answer_reaches_its_column(client, draft, english_area):
    person = sent(client, draft, english_area, "practical", **PRACTICAL)
    assert {name: getattr(person, name) for name in PRACTICAL} == PRACTICAL
    assert set(PRACTICAL) == set(PracticalForm.base_fields)


def test_a_private_place_is_asked_of_who_would_meet_from_afar(client, draft, english_area):
    person = sent(client, draft, english_area, "practical", **PRACTICAL | {"meeting_modes": ["in_person"]})
    assert (person.private_space, person.own_device) == ("", "")


def test_meeting_us_asks_for_nothing(client, draft):
    assert steps.save(client, draft, "practical", {}).status_code == 302
