"""Sentences of the leaflets that no one section proves: asked of every page, or of the referral as a whole."""

import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from centres.enums import Scheme
from referrals.enums import CATEGORIES_OF, Category, Outcome
from referrals.models import Referral
from referrals.sections import BY_SLUG
from tests.factories.referrals import ReferralFactory, ReferredYoungPersonFactory
from tests.referrals.public import answers, steps

ASK_FIRST = f'href="{reverse("centres:contact")}">Talk to a duty worker first</a>'


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def section(client, draft, slug):
    return client.get(reverse("refer:section", args=[draft.pk, slug]))


@pytest.mark.requirement("R-nat-02")
def test_one_to_one_and_tailored_is_said_first(client):
    page = client.get(reverse("refer:start_page")).text
    assert "One-to-one support and protection" in page
    assert "a plan made with them: their strengths, and what matters to them" in page


@pytest.mark.requirement("R-nat-02")
def test_a_referral_is_about_one_young_person():
    referral = ReferralFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferredYoungPersonFactory(referral=referral)


PARENTS = [("Kim Example", "yes"), ("Jo Example", "no")]


@pytest.mark.requirement(
    "R-nat-03", part="the form: none, one or two parents, and what they want; strands are the case’s"
)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_referral_names_as_many_parents_as_there_are(client, draft, english_area, count):
    family = {name: value for name, value in answers.FAMILY.items() if not name.startswith("family-")} | {
        "carer_response": "wants_support" if count else "no_carer"
    }
    for number, (name, at_home) in enumerate(PARENTS[:count]):
        family |= {
            f"family-{number}-name": name,
            f"family-{number}-parental_responsibility": "yes",
            f"family-{number}-same_household": at_home,
        }
    steps.fill_in(client, draft, english_area)
    steps.save(client, draft, "family", family)
    steps.send(client, draft)

    referral = Referral.objects.get()
    held = list(referral.family.order_by("pk").values_list("name", "same_household"))
    assert held == PARENTS[:count]
    assert referral.young_person.carer_response == family["carer_response"]


@pytest.mark.requirement(
    "R-nat-15", part="every section can be left, saves itself, and announces the end of the session"
)
@pytest.mark.parametrize("slug", BY_SLUG)
def test_no_section_hurries_anybody(client, draft, slug):
    page = section(client, draft, slug).text
    assert re.search(r'<button type="submit"[^>]* name="later"', page)
    assert "data-autosave" in page
    assert "<dialog data-session=" in page


@pytest.mark.requirement("R-nat-15", part="no word of blame in what we say; the checklist is signed by people")
def test_no_sentence_of_ours_blames():
    call_command("lint_language")


@pytest.mark.requirement("R-nat-18", part="a way to ask first on each page")
@pytest.mark.parametrize("slug", BY_SLUG)
def test_each_section_offers_to_talk_first(client, draft, slug):
    assert ASK_FIRST in section(client, draft, slug).text


@pytest.mark.requirement("R-nat-18", part="a way to ask first on each page")
@pytest.mark.parametrize("name", ["refer:check", "refer:situation"])
def test_the_check_offers_to_talk_first(client, english_area, name):
    steps.pass_the_check(client, english_area)
    assert ASK_FIRST in client.get(reverse(name)).text


@pytest.mark.requirement("R-nat-18", part="a way to ask first on each page")
def test_whoever_reads_their_answers_can_still_talk_first(client, draft):
    assert ASK_FIRST in client.get(reverse("refer:check_answers", args=[draft.pk])).text


@pytest.mark.requirement("R-nat-34")
def test_group_work_can_be_offered(client, sign_in):
    referral = ReferralFactory(screening=True)
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    page = client.get(reverse("triage:decide", args=[referral.reference]))
    assert f'value="{Outcome.OFFER_GROUP_WORK}"' in page.text


@pytest.mark.requirement("R-wal-29")
@pytest.mark.parametrize(("age", "fits"), [(10, False), (11, True), (14, True), (18, True), (20, False)])
def test_the_ages_of_south_wales_are_those_of_the_country(client, welsh_area, english_area, age, fits):
    for area, category in [(welsh_area, Category.WAL_A_VULNERABLE), (english_area, Category.SUSPECTED)]:
        steps.pass_the_check(client, area, category=category, age=str(age))
        assert ("This fits our service" in client.get(reverse("refer:result")).text) == fits


@pytest.mark.requirement("R-wal-30", part="no route is recovery alone; the type of work is the case’s")
def test_no_route_of_south_wales_is_recovery_alone(client, welsh_area):
    assert CATEGORIES_OF[Scheme.WAL3] == (
        Category.WAL_A_VULNERABLE,
        Category.WAL_B_TRAUMA,
        Category.WAL_C_HIGH_OR_CURRENT,
    )
    steps.pass_the_check(client, welsh_area, category=Category.WAL_A_VULNERABLE)
    offered = re.findall(r'name="category" value="(\w+)"', client.get(reverse("refer:situation")).text)
    assert offered == list(CATEGORIES_OF[Scheme.WAL3])
