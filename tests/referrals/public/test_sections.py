"""What the sections ask, and what they make of the answers."""

import pytest
from crispy_forms.utils import render_crispy_form
from django.urls import reverse

from referrals.answers import sections
from referrals.forms.about_you import AboutYouForm
from referrals.forms.base import Given
from referrals.models import Referral
from referrals.sections import BY_SLUG
from tests.factories.referrals import ReferralFactory
from tests.referrals.public import answers, steps

SAFETY = {"social_care_know", "police_know"}


def errors(client, draft, slug, values):
    page = steps.save(client, draft, slug, values)
    return dict(page.context["form"].errors) if page.status_code == 200 else {}


def fields(client, draft, slug):
    return set(client.get(reverse("refer:section", args=[draft.pk, slug])).context["form"].fields)


@pytest.fixture
def english(client, english_area):
    return steps.begin(client, english_area)


@pytest.fixture
def welsh(client, welsh_area):
    return lambda category, **more: steps.begin(client, welsh_area, category=category, **more)


def concerns(**changes):
    return answers.CONCERNS | changes


@pytest.mark.requirement("R-wal-02")
@pytest.mark.parametrize("reason", ["", "   ", "\n\t "])
def test_a_blank_worry_cannot_be_sent(client, welsh_area, welsh, reason):
    draft = welsh("wal_a_vulnerable")
    steps.fill_in(client, draft, welsh_area, category="wal_a_vulnerable", reason=reason)
    page = steps.send(client, draft)
    assert not Referral.objects.exists()
    assert "It cannot be sent yet." in page.text
    assert "Your concerns" in page.text


@pytest.mark.requirement("R-nat-10")
def test_exploitation_now_opens_the_safety_questions_which_are_required(client, english_area):
    draft = steps.begin(client, english_area, category="current")
    steps.save(client, draft, "concerns", concerns(category="current"))
    found = errors(client, draft, "safety", answers.SAFETY | {"social_care_told": "not_sure"})
    assert set(found) == SAFETY


@pytest.mark.requirement("R-wal-34")
@pytest.mark.parametrize("follow_up", ["heightened_risk", "suspected", "current"])
def test_route_c_opens_the_safety_questions_which_are_required(client, welsh, follow_up):
    route = {"category": "wal_c_high_or_current", "route_c_follow_up": follow_up}
    draft = welsh(**route)
    steps.save(client, draft, "concerns", concerns(**route))
    found = errors(client, draft, "safety", answers.SAFETY | {"social_care_told": "not_at_that_level"})
    assert set(found) == SAFETY


@pytest.mark.parametrize("category", ["heightened_risk", "suspected", "known_past"])
def test_other_categories_do_not_ask_who_knows(client, english, category):
    steps.save(client, english, "concerns", concerns(category=category))
    assert not SAFETY & fields(client, english, "safety")


def labels_of(referral):
    return [row["label"] for section in sections(referral) for row in section["rows"]]


@pytest.mark.parametrize("told", ["told", "telling_now"])
def test_who_has_told_social_care_is_not_asked_again_whether_they_know_nor_said_to_have_answered(
    client, english_area, told
):
    draft = steps.begin(client, english_area, category="current")
    steps.fill_in(client, draft, english_area, category="current", police_know="no", social_care_told=told)
    steps.send(client, draft)
    referral = Referral.objects.get()
    assert referral.safety.social_care_know == ""
    assert "Does children’s social care know of the worry?" not in labels_of(referral)


def test_who_has_not_told_social_care_is_asked_and_quoted(client, english_area):
    draft = steps.begin(client, english_area, category="current")
    more = {"category": "current", "police_know": "no", "social_care_told": "not_sure", "social_care_know": "no"}
    steps.fill_in(client, draft, english_area, **more)
    steps.send(client, draft)
    assert "Does children’s social care know of the worry?" in labels_of(Referral.objects.get())


def test_a_change_of_category_reopens_the_safety_section(client, english, english_area):
    steps.fill_in(client, english, english_area)
    steps.save(client, english, "concerns", concerns(category="current"))
    page = client.get(reverse("refer:check_answers", args=[english.pk]))
    assert [task["label"] for task in page.context["incomplete"]] == ["Safety now"]


@pytest.mark.requirement("R-wal-33", part="the form; accepting is a test of operations")
def test_route_b_asks_about_trauma_and_can_be_sent_without_readiness(client, welsh, welsh_area):
    draft = welsh("wal_b_trauma")
    assert set(errors(client, draft, "concerns", concerns(category="wal_b_trauma"))) == {
        "trauma_is_cse_related",
        "trauma_and_risk",
    }
    steps.fill_in(
        client,
        draft,
        welsh_area,
        category="wal_b_trauma",
        trauma_is_cse_related="not_known",
        trauma_and_risk="Trusts people too fast.",
    )
    steps.send(client, draft)
    assert Referral.objects.get().ready_for_support == ""


@pytest.mark.requirement("R-wal-35")
def test_one_route_is_primary_and_others_may_apply_too(client, welsh, welsh_area):
    draft = welsh("wal_a_vulnerable")
    both = ["wal_a_vulnerable", "wal_c_high_or_current"]
    steps.fill_in_by_hand(client, draft, welsh_area, category=both, categories_also=both, route_c_follow_up="suspected",
                  police_know="no")  # fmt: skip
    steps.send(client, draft)
    referral = Referral.objects.get()
    assert referral.category == "wal_c_high_or_current"  # of two, the last that was sent counts
    assert referral.categories_also == ["wal_a_vulnerable"]


def test_what_also_applies_is_shown_before_sending(client, english, english_area):
    steps.fill_in(client, english, english_area, categories_also=["suspected", "heightened_risk"])
    page = client.get(reverse("refer:check_answers", args=[english.pk]))
    [row] = [row for part in page.context["summaries"] for row in part["rows"] if "else on the list" in row["label"]]
    assert row["lines"] == ["At heightened risk of child sexual exploitation"]
    assert "At heightened risk of child sexual exploitation" in page.text


@pytest.mark.requirement("R-wal-32")
def test_route_a_and_danger_prompt_again_before_sending(client, welsh, welsh_area):
    draft = welsh("wal_a_vulnerable")
    steps.fill_in(client, draft, welsh_area, category="wal_a_vulnerable", danger="yes", emergency_called="on")
    page = client.get(reverse("refer:check_answers", args=[draft.pk]))
    assert [finding.about for finding in page.context["findings"]] == ["route"]


def test_answers_to_questions_that_were_not_asked_are_cleared(client, english, english_area):
    steps.fill_in_by_hand(
        client,
        english,
        english_area,
        birth_known="yes",
        estimated_age="15",
        home="none_fixed",
        address="1 Example Street",
        interpreter_needed="no",
        interpreter_details="Polish",
        danger="no",
        danger_details="Nothing",
        emergency_called="on",
    )
    steps.send(client, english)
    referral = Referral.objects.get()
    assert referral.young_person.estimated_age is None
    assert referral.young_person.no_fixed_address
    assert referral.young_person.address == referral.young_person.interpreter_details == ""
    assert referral.safety.danger_details == ""
    assert not referral.safety.emergency_called


def test_an_age_is_enough_where_the_date_of_birth_is_not_known(client, english, english_area):
    steps.fill_in(client, english, english_area, birth_known="no", estimated_age="15")
    steps.send(client, english)
    young_person = Referral.objects.get().young_person
    assert (young_person.date_of_birth, young_person.estimated_age) == (None, 15)


def test_of_an_age_that_nobody_knows_a_best_guess_is_asked(client, english_area):
    draft = steps.begin(client, english_area, age_known="not_known", age="")
    page = client.get(reverse("refer:section", args=[draft.pk, "young-person"])).text
    assert "A guess is enough: the duty worker will ask." in page


@pytest.mark.parametrize(
    ("number", "is_taken"),
    [
        ("029 2010 8080", True),
        ("07700 900123", True),
        ("0113 496 0000 ext 12", True),
        ("+44 113 496 0000", True),
        ("ring me", False),
        ("0123", False),
        ("12", False),
        ("9" * 31, False),
    ],
)
def test_phone_numbers_as_people_write_them(client, english, number, is_taken):
    found = errors(client, english, "about-you", answers.ABOUT_YOU | {"referrer_phone": number})
    assert ("referrer_phone" not in found) is is_taken


@pytest.mark.parametrize(("typed", "stored"), [("cf103at", "CF10 3AT"), ("CF10 3AT", "CF10 3AT"), ("", "")])
def test_a_postcode_is_written_in_one_way(client, english, english_area, typed, stored):
    steps.fill_in(client, english, english_area, postcode=typed)
    steps.send(client, english)
    assert Referral.objects.get().young_person.postcode == stored


@pytest.mark.parametrize("year", ["1066", "2999", "12", "0001", "9999", "10000000000000000000"])
def test_a_year_of_birth_that_is_a_slip_is_said(client, english, english_area, year):
    typed = answers.YOUNG_PERSON | {"local_authority": english_area.code, "date_of_birth_year": year}
    assert set(errors(client, english, "young-person", typed)) == {"date_of_birth"}


@pytest.mark.requirement("R-nat-07")
@pytest.mark.parametrize("year", ["2020", "2004"])
def test_a_date_of_birth_outside_the_ages_is_explained_and_can_be_sent(client, english, english_area, year):
    steps.fill_in(client, english, english_area, date_of_birth_year=year)
    page = client.get(reverse("refer:check_answers", args=[english.pk]))
    assert [finding.fit.name for finding in page.context["findings"]] == ["DOES_NOT_FIT"]
    steps.send(client, english)
    assert Referral.objects.exists()


def test_in_wales_welsh_comes_first(client, welsh):
    page = client.get(reverse("refer:section", args=[welsh("wal_a_vulnerable").pk, "young-person"]))
    assert page.context["form"]["preferred_language"].field.choices[0][0] == "cy"


def test_what_the_check_was_told_is_not_asked_twice(client, english_area):
    draft = steps.begin_by_hand(client, english_area, danger="not_sure", age_known="estimate", age="15")
    young_person = client.get(reverse("refer:section", args=[draft.pk, "young-person"])).context["form"]
    safety = client.get(reverse("refer:section", args=[draft.pk, "safety"])).context["form"]
    assert young_person["local_authority"].value() == english_area.code
    assert young_person["estimated_age"].value() == "15"
    assert safety["danger"].value() == "not_sure"
    assert safety["social_care_contact"].value() == "The duty desk, on Monday"


@pytest.mark.parametrize("slug", BY_SLUG)
@pytest.mark.requirement("R-wal-36", part="asking the duty worker first")
def test_each_section_offers_to_ask_first(client, english, slug):
    assert reverse("centres:contact") in client.get(reverse("refer:section", args=[english.pk, slug])).text


def test_danger_shows_999_in_the_section(client, english):
    page = client.get(reverse("refer:section", args=[english.pk, "safety"])).text
    assert 'data-when="danger=yes"' in page
    assert "Call 999 now" in page


def test_missing_now_says_whom_to_tell_in_the_section_and_before_sending(client, english, english_area):
    words = "Tell children’s social care too"
    section = client.get(reverse("refer:section", args=[english.pk, "safety"])).text
    assert words in section[section.index('data-when="missing_now=yes"') :]
    steps.fill_in(client, english, english_area)
    check = reverse("refer:check_answers", args=[english.pk])
    assert words not in client.get(check).text
    steps.fill_in(client, english, english_area, missing_now="yes")
    assert words in client.get(check).text


def test_another_area_with_other_routes_reopens_the_concerns(client, english, english_area, welsh_area):
    steps.fill_in(client, english, english_area)
    steps.save(client, english, "young-person", answers.YOUNG_PERSON | {"local_authority": welsh_area.code})
    page = client.get(reverse("refer:check_answers", args=[english.pk]))
    assert [task["label"] for task in page.context["incomplete"]] == ["Your concerns"]
    concerns_page = client.get(reverse("refer:section", args=[english.pk, "concerns"]))
    assert concerns_page.context["form"].errors["category"]


@pytest.mark.parametrize(("email", "is_told"), [("robin@gmail.com", True), ("robin@school.example", False)])
def test_a_personal_address_is_told_to_who_has_it_and_to_staff(client, english_area, email, is_told):
    form = AboutYouForm({}, given=Given.of(area_code=english_area.code, email=email))
    assert ("looks like a personal address" in render_crispy_form(form)) is is_told
    referral = ReferralFactory(referrer_email=email)
    assert ("About that address" in labels_of(referral)) is is_told


def test_what_else_is_said_of_the_referrer_is_stored(client, english, english_area):
    steps.fill_in(client, english, english_area, referrer_email_is_secure="not_known", referrer_is_lead="yes")
    steps.send(client, english)
    referral = Referral.objects.get()
    assert (referral.referrer_email_is_secure, referral.referrer_is_lead) == ("not_known", "yes")
