"""What else a referrer may tell of a young person's life: all of it optional, by age and by nation."""

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from referrals.forms.base import Given
from referrals.forms.life import LifeQuestions
from referrals.forms.young_person import YoungPersonForm
from referrals.models import Referral
from tests.referrals.public import answers, steps

ALL_OF_LIFE = {
    "pronouns": "other",
    "pronouns_in_words": "ze/zir",
    "address_type": "foster",
    "education_status": "part_time_timetable",
    "school": "Example School",
    "year_group": "Year 9",
    "education_support": "ehc_plan",
    "attendance": "Mornings only",
    "safe_adult_at_school": "The librarian",
    "virtual_school": "yes",
    "gp": "Example Practice",
    "disabilities": ["autism", "hearing"],
    "disability_in_words": "I hear better on the left",
    "communication_needs": "Short sentences",
    "mental_health_support": "CAMHS since May",
    "substance_use": "None that is known",
    "sexual_health_need": "not_known",
    "pregnant_or_parent": "no",
    "medication": "An inhaler",
    "adjustments": "A quiet room",
    "sex_registered": "female",
    "gender_identity": "another",
    "gender_in_words": "Agender",
    "sexual_orientation": "bisexual",
    "ethnic_group": "any_other_mixed",
    "ethnic_group_in_words": "Example and Sample",
    "religion_or_belief": "None",
    "nationality_or_status": "Waiting for a decision",
    "arrived_alone": "yes",
    "nhs_number": "943 476 5919",
    "pupil_number": "a123 4567 89012",
}
STORED = {"nhs_number": "9434765919", "pupil_number": "A123456789012"}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def page(client, draft):
    return client.get(reverse("refer:section", args=[draft.pk, "young-person"]))


def sent(client, draft, area, **changes):
    steps.fill_in(client, draft, area, **changes)
    assert steps.send(client, draft).url.endswith("/sent/")
    return Referral.objects.get().young_person


def errors_of(client, draft, area, **typed):
    values = answers.YOUNG_PERSON | {"local_authority": area.code} | typed
    answer = steps.save(client, draft, "young-person", values)
    return dict(answer.context["form"].errors) if answer.status_code == 200 else {}


def test_every_answer_reaches_its_column(client, draft, english_area, welsh_area):
    person = sent(client, draft, english_area, **ALL_OF_LIFE, responsible_authority=welsh_area.code)
    expected = ALL_OF_LIFE | STORED
    assert {name: getattr(person, name) for name in expected} == expected
    assert person.responsible_authority == welsh_area


def test_none_of_it_is_needed(client, draft, english_area):
    plain = dict.fromkeys(ALL_OF_LIFE.keys() - {"disabilities"}, "")
    person = sent(client, draft, english_area, **plain)
    assert [name for name in ALL_OF_LIFE if getattr(person, name)] == []


@pytest.mark.requirement("R-nat-06")
def test_no_question_of_life_is_required_in_either_nation(english_area, welsh_area):
    for area in (english_area, welsh_area):
        form = YoungPersonForm(given=Given.of(area_code=area.code, age=17))
        assert {name for name in LifeQuestions.FIELDS if name not in form.fields} == set()
        assert [name for name in LifeQuestions.FIELDS if form.fields[name].required] == []


def test_support_with_learning_is_named_as_the_law_of_the_nation_names_it(english_area, welsh_area):
    def offered(area):
        form = YoungPersonForm(given=Given.of(area_code=area.code))
        return [value for value, _label in form.fields["education_support"].choices]

    assert offered(english_area) == ["none", "sen_support", "ehc_plan", "being_assessed", "not_known"]
    assert offered(welsh_area) == ["none", "aln_idp", "being_assessed", "not_known"]


@pytest.mark.parametrize(("age", "is_asked"), [(None, False), (11, False), (15, False), (16, True), (19, True)])
def test_whether_gender_is_the_same_as_sex_is_asked_from_sixteen_on(english_area, age, is_asked):
    form = YoungPersonForm(given=Given.of(area_code=english_area.code, age=age))
    assert ("gender_same_as_sex" in form.fields) is is_asked


@pytest.mark.parametrize(("day", "stored"), [("2028-03-02", ""), ("2028-03-03", "no")])
def test_an_answer_given_before_sixteen_is_not_kept(client, english_area, day, stored):
    """Born on 3 March 2012: whatever a browser sends, the age at the moment decides."""
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        draft = steps.begin(client, english_area, age="16")
        assert sent(client, draft, english_area, gender_same_as_sex="no").gender_same_as_sex == stored


@pytest.mark.parametrize("status", ["", "not_known", "neet"])
def test_where_nobody_learns_or_works_no_school_is_asked(client, draft, english_area, status):
    person = sent(client, draft, english_area, **ALL_OF_LIFE | {"education_status": status})
    assert (person.school, person.year_group, person.virtual_school) == ("", "", "")


def test_of_work_only_the_place_is_asked(client, draft, english_area):
    person = sent(client, draft, english_area, **ALL_OF_LIFE | {"education_status": "working"})
    assert (person.school, person.year_group, person.attendance) == ("Example School", "", "")


def test_in_a_family_home_no_other_council_is_asked(client, draft, english_area, welsh_area):
    changes = {"address_type": "family_home", "responsible_authority": welsh_area.code}
    assert sent(client, draft, english_area, **changes).responsible_authority is None


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (["none_known"], ["none_known"]),
        (["none_known", "autism"], ["autism"]),
        (["not_asked", "prefer_not_to_say"], ["prefer_not_to_say"]),
        ([], []),
    ],
)
def test_that_nothing_is_known_stands_alone(client, draft, english_area, chosen, kept):
    assert sent(client, draft, english_area, disabilities=chosen).disabilities == kept


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", " 943-476-5919 "])
def test_an_nhs_number_is_kept_in_one_way(client, draft, english_area, typed):
    assert sent(client, draft, english_area, nhs_number=typed).nhs_number == "9434765919"


@given(digit=st.integers(0, 9), place=st.integers(0, 9))
def test_one_wrong_digit_in_an_nhs_number_is_told(digit, place):
    typed = "9434765919"
    changed = typed[:place] + str(digit) + typed[place + 1 :]
    form = YoungPersonForm({"nhs_number": changed}, given=Given())
    assert ("nhs_number" in form.errors) is (changed != typed)


@pytest.mark.parametrize("typed", ["943476591", "94347659190", "Null", "ŵŷŵŷŵŷŵŷŵŷ"])
def test_what_cannot_be_an_nhs_number_is_told(client, draft, english_area, typed):
    assert set(errors_of(client, draft, english_area, nhs_number=typed)) == {"nhs_number"}


@pytest.mark.parametrize(("typed", "is_taken"), [("A12345678901B", True), ("A123", False), ("1234567890123", False)])
def test_a_pupil_number_has_its_shape(client, draft, english_area, typed, is_taken):
    assert ("pupil_number" not in errors_of(client, draft, english_area, pupil_number=typed)) is is_taken


def test_what_is_wrong_in_what_is_folded_is_opened(client, draft, english_area):
    errors_of(client, draft, english_area, nhs_number="1", education_status="", school="", ethnic_group="")
    text = page(client, draft).text
    closed, opened = (text.count(f'<details class="more"{state}>') for state in ("", " open"))
    assert (closed, opened) == (3, 1)


def test_what_was_not_answered_is_left_out_before_sending_and_what_was_can_be_changed(client, draft, english_area):
    steps.fill_in(client, draft, english_area, religion_or_belief="Quaker")
    summaries = client.get(reverse("refer:check_answers", args=[draft.pk])).context["summaries"]
    rows = next(part["rows"] for part in summaries if part["slug"] == "young-person")
    labels = {str(row["label"]): row for row in rows}
    assert "GP" not in labels
    assert labels["Ethnic group"]["value"] == "Not known"
    assert labels["Religion or belief"]["change_url"].endswith("?from=check#div_id_religion_or_belief")
