"""The page that staff begin their day on."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return ServiceCentreFactory()


def sections(client):
    return {section["id"]: section for section in client.get(reverse("home")).context["lists"]}


def navigation(client):
    return [(str(item["label"]), item["count"]) for item in client.get(reverse("home")).context["navigation"]]


def test_each_list_says_when_it_is_empty(client, sign_in, centre):
    sign_in(Role.TEAM_MANAGER, at=centre)
    page = client.get(reverse("home")).content.decode()
    for sentence in ("Nothing is with you.", "No decision waits for you.", "Nothing is overdue."):
        assert sentence in page
    assert "No concern is waiting for you." in page


def test_each_list_counts_all_and_shows_the_first(client, sign_in, centre):
    user = sign_in(Role.DUTY_WORKER, at=centre)
    ReferralFactory.create_batch(7, centre=centre, owner=user)
    ReferralFactory(centre=centre, owner=user, accepted=True)
    mine = sections(client)["mine"]
    assert (mine["count"], len(mine["rows"])) == (7, 5)


def test_a_concern_stands_with_who_it_is_about_and_their_request(client, sign_in, centre):
    sign_in(Role.DUTY_WORKER, at=centre)
    referral = ReferralFactory(centre=centre)
    ConcernFactory(subject=referral.subject)

    page = client.get(reverse("home"))

    [card] = page.context["concerns"]
    assert (card["request"]["reference"], card["request"]["who"]) == (referral.reference, "S.E., 14 years")
    assert page.text.count(f'href="{referral.get_absolute_url()}"') == 1


def test_a_decision_that_was_sent_back_waits_for_who_decided_until_somebody_decides_again(client, sign_in, centre):
    user = sign_in(Role.DUTY_WORKER, at=centre)
    referral, again, of_a_colleague = ReferralFactory.create_batch(3, centre=centre, screening=True)
    for back in (referral, again):
        DecisionFactory(referral=back, sent_back=True, decided_by=user)
    DecisionFactory(referral=again, waiting=True, decided_by=user)
    DecisionFactory(referral=of_a_colleague, sent_back=True)
    assert [row["reference"] for row in sections(client)["sent_back"]["rows"]] == [referral.reference]


def test_every_list_of_the_queue_leads_to_all_that_it_counts(client, sign_in, centre):
    user = sign_in(Role.TEAM_MANAGER, at=centre)
    for referral in ReferralFactory.create_batch(2, centre=centre, screening=True, overdue=True, owner=user):
        DecisionFactory(referral=referral, sent_back=True, decided_by=user)
    ReferralFactory(centre=centre, waiting=True)
    of_a_colleague = ReferralFactory(centre=centre, screening=True)
    DecisionFactory(referral=of_a_colleague, sent_back=True)

    counted = {section["url"]: section["count"] for section in sections(client).values()}

    assert list(counted.values()) == [2, 2, 1, 2]
    assert {url: len(client.get(url).context["rows"]) for url in counted} == counted


def test_what_waits_for_me_is_never_my_own_decision(client, sign_in, centre):
    manager = sign_in(Role.TEAM_MANAGER, at=centre)
    own, other = ReferralFactory.create_batch(2, centre=centre, screening=True)
    DecisionFactory(referral=own, waiting=True, decided_by=manager)
    DecisionFactory(referral=other, waiting=True)
    assert [row["reference"] for row in sections(client)["second"]["rows"]] == [other.reference]


def test_what_waits_for_a_second_person_waits_for_me_only_where_i_may_be_one(client, sign_in, centre):
    user = sign_in(Role.DUTY_WORKER, at=centre)
    ReferralFactory(centre=centre, waiting=True)
    assert "second" not in sections(client)
    MembershipFactory(user=user, role=Role.TEAM_MANAGER)
    assert sections(client)["second"]["count"] == 0


def test_nothing_that_is_closed_to_me_is_counted_anywhere(client, sign_in, centre):
    manager = sign_in(Role.TEAM_MANAGER, at=centre)
    referral = ReferralFactory(centre=centre, waiting=True, overdue=True, owner=manager)
    ConcernFactory(subject=referral.subject)
    ReferralFactory(overdue=True)
    ExclusionFactory(subject=referral.subject, user=manager)

    page = client.get(reverse("home"))

    assert {section["count"] for section in page.context["lists"]} == {0}
    assert page.context["concern_count"] == 0
    assert navigation(client) == [
        ("Home", 0),
        ("My work", 0),
        ("Referrals", 0),
        ("Cases", 0),
        ("Diary", 0),
        ("Manage", 0),
        ("Concerns", 0),
    ]


def test_a_practitioner_finds_the_referral_they_were_given(client, sign_in, centre):
    user = sign_in(Role.PRACTITIONER, at=centre)
    assert "No referral is given to you." in client.get(reverse("home")).content.decode()
    given, _other = ReferralFactory.create_batch(2, centre=centre)
    AccessGrantFactory(subject=given.subject, user=user)
    assert [row["reference"] for row in sections(client)["given"]["rows"]] == [given.reference]


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.DUTY_WORKER, ["Home", "My work", "Referrals", "Concerns"]),
        (Role.PRACTITIONER, ["Home", "My work", "Cases", "Diary", "Concerns"]),
        (Role.TEAM_MANAGER, ["Home", "My work", "Referrals", "Cases", "Diary", "Manage", "Concerns"]),
        (Role.SAFEGUARDING_LEAD, ["Home", "My work", "Referrals", "Concerns"]),
        (Role.SYSTEM_ADMIN, ["Home", "Configuration", "Operations"]),
        (Role.DATA_PROTECTION, ["Home"]),
    ],
)
def test_the_head_leads_where_a_role_can_go(client, sign_in, centre, role, labels):
    sign_in(role, at=centre)
    assert [label for label, _count in navigation(client)] == labels


def test_the_head_counts_what_is_unread_and_unacknowledged(client, sign_in, centre):
    sign_in(Role.TEAM_MANAGER, at=centre)
    referral, _other = ReferralFactory.create_batch(2, centre=centre)
    ConcernFactory(subject=referral.subject)
    assert navigation(client) == [
        ("Home", 0),
        ("My work", 0),
        ("Referrals", 2),
        ("Cases", 0),
        ("Diary", 0),
        ("Manage", 0),
        ("Concerns", 1),
    ]


@pytest.mark.parametrize(
    ("role", "sentence", "is_led_on"),
    [
        (Role.SYSTEM_ADMIN, "Your role looks after the configuration", True),
        (Role.CENTRE_ADMIN, "Your role looks after the configuration", True),
        (Role.DATA_PROTECTION, "Your role does not work with referrals.", False),
    ],
)
def test_who_works_with_no_referral_is_told_so_and_where_to_go(client, sign_in, centre, role, sentence, is_led_on):
    sign_in(role, at=centre)
    page = client.get(reverse("home")).content.decode()
    assert sentence in page
    assert (f'<a class="btn" href="{reverse("admin:index")}">Configuration</a>' in page) == is_led_on
