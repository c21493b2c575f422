"""What the sections of concerns and of safety ask beside what is required, and where each answer is kept."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from referrals.eligibility import Fit
from referrals.enums import (
    ActiveProcess,
    ExploitationContext,
    HarmStatus,
    OtherExploitation,
    PlaceKind,
    PoliceStatus,
    ReferralMechanism,
    YesNoNotKnown,
)
from referrals.forms.base import Given
from referrals.forms.concerns import ConcernsForm
from referrals.forms.of_concern import PersonRow, PlaceRow
from referrals.forms.safety import MISSING, ONLINE, SafetyForm
from referrals.models import PersonOfConcern, PlaceOfConcern, Referral
from tests.referrals.public import answers, steps

CONCERNS = {
    "earlier_exploitation": "yes",
    "earlier_exploitation_details": "A school nurse worried two years ago.",
    "other_exploitation": ["criminal_exploitation", "online"],
    "exploitation_contexts": ["online", "group"],
    "police_status": "investigation",
    "referral_mechanism": "reasonable_grounds",
    "referral_mechanism_details": "In May.",
}
SAFETY = {
    "safe_to_travel": "no",
    "threats": "yes",
    "whom_they_would_call": "An aunt",
    "processes": ["strategy_discussion", "marac"],
    "friends_affected": "A. B.",
    "missing_before": "yes",
    "missing_in_three_months": "0",
    "missing_in_twelve_months": "4",
    "missing_longest": "Two nights",
    "missing_reported": "no",
    "return_conversation": "not_known",
    "missing_pattern": "Found at a station.",
    "online_worry": "yes",
    "platforms": "A game with a chat",
    "unknown_people_online": "yes",
    "pressure_online": "no",
    "images_shared": "not_known",
    "devices_controlled": "not_known",
    "gifts_online": "yes",
    "report_remove": "no",
}
LAST_TIME = {"missing_last_on_day": "2", "missing_last_on_month": "November", "missing_last_on_year": "2025"}
PERSON = {
    "name": "Somebody called Example",
    "age": "About 30",
    "relationship": "Says he is a friend",
    "description": "A grey car",
    "known_from": "The young person’s sister",
    "known_to_police": "yes",
    "police_reference": "EX-1",
}
PLACE = {"kind": "hotel_or_short_let", "description": "The hotel beside the station", "known_to_agencies": "no"}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def of_list(name, index, entry):
    return {f"{name}-{index}-{field}": value for field, value in entry.items()}


def sent(client, draft, area, **changes):
    steps.fill_in(client, draft, area, **changes)
    steps.send(client, draft)
    return Referral.objects.get()


def errors(client, draft, slug, values):
    page = steps.save(client, draft, slug, values)
    return dict(page.context["form"].errors) if page.status_code == 200 else {}


def concerns_form():
    return ConcernsForm(given=Given())


def safety_form():
    return SafetyForm(given=Given(category="current"))


def as_stored(value):
    return int(value) if isinstance(value, str) and value.isdecimal() else value


@pytest.mark.parametrize("field", CONCERNS)
def test_every_answer_about_concerns_reaches_its_column(client, draft, english_area, field):
    assert getattr(sent(client, draft, english_area, **CONCERNS), field) == CONCERNS[field]


@pytest.mark.parametrize("field", SAFETY)
def test_every_answer_about_safety_reaches_its_column(client, draft, english_area, field):
    assert getattr(sent(client, draft, english_area, **SAFETY).safety, field) == as_stored(SAFETY[field])


def test_the_last_time_of_being_missing_is_a_date(client, draft, english_area):
    assert sent(client, draft, english_area, **SAFETY, **LAST_TIME).safety.missing_last_on == date(2025, 11, 2)


def test_people_and_places_of_concern_reach_their_rows(client, draft, english_area):
    second = {"description": "A woman with a red van"}
    lists = of_list("people_of_concern", 0, PERSON) | of_list("people_of_concern", 1, second)
    referral = sent(client, draft, english_area, **lists, **of_list("places_of_concern", 0, PLACE))
    first, other = PersonOfConcern.objects.filter(referral=referral)
    assert {field: getattr(first, field) for field in PERSON} == PERSON
    assert (other.name, other.description) == ("", "A woman with a red van")
    [place] = PlaceOfConcern.objects.filter(referral=referral)
    assert {field: getattr(place, field) for field in PLACE} == PLACE


def test_nothing_of_this_has_to_be_answered(client, draft, english_area):
    required = {"danger", "safe_at_home", "missing_now", "contact_with_person_of_concern", "self_harm_now",
                "safety_plan", "social_care_told"}  # fmt: skip
    bare = {name: answers.SAFETY[name] for name in required}
    assert steps.save(client, draft, "safety", bare).status_code == 302
    assert set(errors(client, draft, "concerns", {})) == {"category", "reason", "harm", "young_person_view"}
    assert set(errors(client, draft, "safety", {})) == required


def offers_not_known(field):
    choices = dict(field.choices)
    return "not_known" in choices


@pytest.mark.requirement("R-nat-18", part="questions about concerns and safety")
def test_every_question_about_facts_offers_not_known():
    opinions = {"category", "categories_also", "danger", "social_care_told"}  # of these *not sure* is an answer
    questions = {**concerns_form().fields, **safety_form().fields, **PersonRow().fields, **PlaceRow().fields}
    asked = {name: field for name, field in questions.items() if hasattr(field, "choices") and name not in opinions}
    assert len(asked) > 25
    assert [name for name, field in asked.items() if not offers_not_known(field)] == []


@pytest.mark.requirement("R-nat-16")
@pytest.mark.parametrize("view", ["Does not see this as exploitation.", "Says that everything is fine."])
@pytest.mark.parametrize("category", ["heightened_risk", "suspected", "current", "known_past"])
def test_a_young_person_who_does_not_see_it_so_is_no_less_eligible(client, draft, english_area, category, view):
    steps.fill_in(client, draft, english_area, category=category, police_know="no", young_person_view=view)
    page = client.get(reverse("refer:check_answers", args=[draft.pk]))
    assert [finding for finding in page.context["findings"] if finding.fit != Fit.FITS] == []
    steps.send(client, draft)
    referral = Referral.objects.get()
    assert (referral.young_person_view, referral.category) == (view, category)
    assert referral.reason == answers.CONCERNS["reason"]  # the worry is the professional's, and stands by itself


@pytest.mark.parametrize(
    ("question", "answer", "details"),
    [
        ("missing_before", "no", MISSING),
        ("missing_before", "not_known", MISSING),
        ("online_worry", "no", ONLINE),
        ("online_worry", "", ONLINE),
    ],
)
def test_details_are_dropped_where_the_answer_does_not_open_them(
    client, draft, english_area, question, answer, details
):
    safety = sent(client, draft, english_area, **SAFETY | LAST_TIME | {question: answer}).safety
    assert getattr(safety, question) == answer
    assert not any(getattr(safety, name) for name in details)


@pytest.mark.parametrize("answer", ["", "no", "considered", "not_known"])
def test_what_came_of_the_mechanism_is_asked_only_where_somebody_was_referred(client, draft, english_area, answer):
    referral = sent(client, draft, english_area, **CONCERNS | {"referral_mechanism": answer})
    assert referral.referral_mechanism_details == ""


def test_a_police_reference_needs_police_who_know(client, draft, english_area):
    entry = of_list("people_of_concern", 0, PERSON | {"known_to_police": "no"})
    assert PersonOfConcern.objects.get(referral=sent(client, draft, english_area, **entry)).police_reference == ""


@given(few=st.integers(0, 366), many=st.integers(0, 366))
def test_times_in_three_months_are_among_those_in_twelve(few, many):
    typed = answers.SAFETY | {"missing_in_three_months": str(few), "missing_in_twelve_months": str(many)}
    assert SafetyForm(typed, given=Given()).is_valid() == (few <= many)


@pytest.mark.parametrize("typed", ["-1", "many", "367", "1.5", "1e3", "٣٣٣٣"])
def test_a_number_that_is_a_slip_is_said_beside_it(client, draft, typed):
    found = errors(client, draft, "safety", answers.SAFETY | {"missing_in_three_months": typed})
    assert set(found) == {"missing_in_three_months"}


def test_the_last_time_cannot_be_in_the_future(client, draft):
    typed = answers.SAFETY | LAST_TIME | {"missing_last_on_year": "2099"}
    assert set(errors(client, draft, "safety", typed)) == {"missing_last_on"}


def test_somebody_of_whom_only_the_police_know_is_asked_for(client, draft):
    typed = answers.SAFETY | {"people_of_concern-0-name": "", "people_of_concern-0-known_to_police": "yes"}
    page = steps.save(client, draft, "safety", typed)
    assert "Give a name, or describe them as far as you can." in page.text
    assert '<details class="more" open>' in page.text


def test_a_kind_of_place_needs_a_place(client, draft):
    page = steps.save(client, draft, "safety", answers.SAFETY | {"places_of_concern-0-kind": "vehicle"})
    assert "Say which place it is, as far as you know." in page.text


def test_the_page_says_that_no_image_is_wanted_and_how_one_is_taken_down(client, draft):
    page = client.get(reverse("refer:section", args=[draft.pk, "safety"])).text
    assert "Do not describe any image, and never send one." in page
    assert "Report Remove" in page
    assert "Initials or a reference only." in page


def test_danger_alone_raises_a_concern_as_before(client, draft, english_area):
    referral = sent(client, draft, english_area, **SAFETY | {"missing_now": "yes", "self_harm_now": "yes"})
    assert not referral.subject.concerns.exists()


@pytest.mark.parametrize(
    ("slug", "field", "choices"),
    [
        ("concerns", "other_exploitation", OtherExploitation),
        ("concerns", "exploitation_contexts", ExploitationContext),
        ("concerns", "referral_mechanism", ReferralMechanism),
        ("concerns", "police_status", PoliceStatus),
        ("concerns", "harm", HarmStatus),
        ("safety", "processes", ActiveProcess),
        ("safety", "images_shared", YesNoNotKnown),
    ],
)
def test_every_value_is_offered(client, draft, slug, field, choices):
    form = client.get(reverse("refer:section", args=[draft.pk, slug])).context["form"]
    assert {value for value, _label in form.fields[field].choices} - {""} == set(choices.values)


def test_every_kind_of_place_is_offered():
    assert {value for value, _label in PlaceRow().fields["kind"].choices} - {""} == set(PlaceKind.values)
