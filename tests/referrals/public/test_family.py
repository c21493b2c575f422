"""Family, carers, and the support that they may want for themselves."""

import pytest
from django.urls import reverse

from referrals import answers as shown
from referrals.forms.base import Given
from referrals.forms.family import FamilyForm
from referrals.models import FamilyMember, Referral
from tests.referrals.public import answers, steps

MEMBER = {
    "name": "Kim Example",
    "relationship": "Mother",
    "age": "About 40",
    "same_household": "yes",
    "parental_responsibility": "yes",
    "knows_of_referral": "not_known",
    "safe_to_contact": "not_confirmed",
    "needs": "Reads Polish",
    "worry_about_them": "no",
}
SAID = {
    "main_carer": "An aunt",
    "important_people": "A neighbour",
    "carer_helps": "Meets them at the bus",
    "domestic_abuse": "not_known",
    "court_orders": "None that is known",
    "family_must_not_know": "They must not hear of the new school",
    "carer_response": "wants_support",
    "carer_support": "The aunt, by phone at work",
}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def sent(client, draft, area, **changes):
    steps.fill_in(client, draft, area, **changes)
    assert steps.send(client, draft).url.endswith("/sent/")
    return Referral.objects.get()


def entry(number, values):
    return {f"family-{number}-{name}": value for name, value in values.items()}


def test_every_answer_reaches_its_column(client, draft, english_area):
    referral = sent(client, draft, english_area, **SAID, **entry(0, MEMBER), **entry(1, {"name": "Sam, brother"}))
    assert {name: getattr(referral.young_person, name) for name in SAID} == SAID
    first, second = referral.family.all()
    assert {name: getattr(first, name) for name in MEMBER} == MEMBER
    assert (second.name, second.same_household) == ("Sam, brother", "")


def test_only_who_looks_after_them_is_needed(client, draft, english_area):
    page = steps.save(client, draft, "family", {})
    assert set(page.context["form"].errors) == {"main_carer"}
    assert "If you do not know, write “not known”." in page.text
    assert steps.save(client, draft, "family", {"main_carer": "Not known"}).status_code == 302


def test_an_entry_that_was_begun_needs_a_name(client, draft):
    page = steps.save(client, draft, "family", answers.FAMILY | entry(1, {"same_household": "yes"}))
    assert page.status_code == 200
    assert "Give a name, or a word such as “brother”." in page.text


@pytest.mark.requirement("R-nat-32", part="the form says so, and takes every answer alike")
@pytest.mark.parametrize("response", [value for value, _label in FamilyForm.base_fields["carer_response"].choices])
def test_whatever_a_carer_wants_the_referral_is_stored_alike(client, draft, english_area, response):
    referral = sent(client, draft, english_area, carer_response=response)
    assert referral.young_person.carer_response == response
    assert (referral.status, referral.priority) == ("submitted", "")


def test_the_page_says_that_a_no_changes_nothing_for_the_young_person(client, draft):
    page = client.get(reverse("refer:section", args=[draft.pk, "family"])).text
    assert "If they do not want support, the young person’s place is not affected." in page


@pytest.mark.parametrize("response", ["declined", "not_asked", "not_safe_to_ask", "no_carer"])
def test_who_wants_no_support_is_not_asked_how_to_be_reached(client, draft, english_area, response):
    referral = sent(client, draft, english_area, **SAID | {"carer_response": response})
    assert referral.young_person.carer_support == ""


def test_every_question_of_fact_can_be_answered_with_not_known():
    form = FamilyForm(given=Given())
    asked = [form, *form.rows["family"]]
    factual = {
        name: [value for value, _label in field.choices]
        for one in asked
        for name, field in one.fields.items()
        if hasattr(field, "choices") and name not in ("carer_response", "safe_to_contact")
    }
    assert len(factual) == 5
    assert [name for name, offered in factual.items() if "not_known" not in offered] == []


def test_what_the_family_must_not_know_is_read_before_sending_and_is_not_on_the_receipt(client, draft, english_area):
    steps.fill_in(client, draft, english_area, **SAID)
    check = client.get(reverse("refer:check_answers", args=[draft.pk])).text
    assert SAID["family_must_not_know"] in check
    receipt = client.get(steps.send(client, draft).url).text
    assert SAID["carer_helps"] in receipt
    assert SAID["family_must_not_know"] not in receipt


def test_the_page_of_staff_names_each_person_with_what_was_said(client, draft, english_area):
    referral = sent(client, draft, english_area, **SAID, **entry(0, MEMBER))
    rows = {row["label"]: row for part in shown.sections(referral) for row in part["rows"]}
    assert rows["Kim Example (Mother)"]["lines"][:3] == [
        "Age or date of birth: About 40",
        "Has parental responsibility: Yes",
        "Lives in the same home: Yes",
    ]
    assert FamilyMember.objects.count() == 1
