"""What the page of a referral says first: the facts nobody should have to look for."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from referrals import answers
from referrals.enums import YesNoNotKnown
from tests.factories.referrals import ReferralFactory, ReferredYoungPersonFactory, SafetyAnswersFactory

pytestmark = pytest.mark.django_db

YES, NO = YesNoNotKnown.YES, YesNoNotKnown.NO
AFRAID = {
    "safe_at_home": NO,
    "missing_now": YES,
    "contact_with_person_of_concern": YES,
    "self_harm_now": YES,
    "safety_plan": NO,
}
FACTS = ["Missing now", "In contact now", "Not safe at home", "Worry about self-harm"]


def rows(referral, section):
    found = {part["id"]: part["rows"] for part in answers.sections(referral)}
    return found[section]


def kept_secret(**more):
    referral = ReferralFactory(young_person=None)
    ReferredYoungPersonFactory(referral=referral, address_is_confidential=YES, **more)
    return referral


def test_the_head_says_the_facts_of_safety_in_words(client, sign_in):
    referral = ReferralFactory(safety=None)
    SafetyAnswersFactory(referral=referral, **AFRAID)
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    page = client.get(referral.get_absolute_url())
    assert page.context["head"]["facts"] == FACTS
    for fact in FACTS:
        assert f'<strong class="tag tag--neutral">{fact}</strong>' in page.content.decode()


@pytest.mark.parametrize("page", ["triage:queue", "home"])
def test_a_row_says_the_facts_of_safety_too(client, sign_in, page):
    referral = ReferralFactory(safety=None)
    SafetyAnswersFactory(referral=referral, **AFRAID)
    referral.owner = sign_in(Role.DUTY_WORKER, at=referral.centre)
    referral.save()
    words = client.get(reverse(page)).content.decode()
    assert [fact for fact in FACTS if f'<strong class="tag tag--neutral">{fact}</strong>' in words] == FACTS


def test_where_nothing_was_said_to_be_wrong_the_head_says_nothing(client, sign_in):
    referral = ReferralFactory()
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    assert client.get(referral.get_absolute_url()).context["head"]["facts"] == []


def test_safety_stands_before_everything_else():
    assert [part["id"] for part in answers.sections(ReferralFactory())][:3] == ["safety", "contact", "why"]


def test_an_answer_that_speaks_of_harm_now_is_strong_and_no_other():
    plain, afraid = ReferralFactory(), ReferralFactory(safety=None)
    SafetyAnswersFactory(referral=afraid, **AFRAID)
    assert [row["label"] for row in rows(plain, "safety") if row.get("is_strong")] == []
    assert len([row for row in rows(afraid, "safety") if row.get("is_strong")]) == len(AFRAID)


@pytest.mark.parametrize(
    ("who", "words"), [("A cousin", "It must be kept from: A cousin"), ("", "Ask from whom before you use it.")]
)
def test_an_address_to_be_kept_is_warned_of_directly_above_it_and_in_the_head(client, sign_in, who, words):
    referral = kept_secret(address_kept_from=who)
    labels = [row["label"] for row in rows(referral, "person")]
    assert labels.index("Before you use the address") + 1 == labels.index("Where they live now")
    sign_in(Role.DUTY_WORKER, at=referral.centre)
    page = client.get(referral.get_absolute_url())
    assert words in page.content.decode()
    assert page.context["head"]["facts"] == ["The address must be kept from somebody"]
