"""The main job, whole: a professional refers, a duty worker decides, a manager agrees, the referrer reads it."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.enums import Role
from outbox import relay
from referrals.models import Referral
from tests.browser import referring
from tests.browser.hands import Hands, Keyboard
from tests.browser.staff import sign_in
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.centres import PublicContactFactory, ServiceCentreFactory, ServiceOfferFactory
from ui.templatetags.ui import time_of_day
from ui.times import day_and_date

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "robin@school.example"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def centre():
    ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
    centre = ServiceOfferFactory(scheme="NAT4").centre
    centre.areas.create(code="leeds", name_en="Leeds", nation="ENG")
    for kind in ["emergency", "police", "helpline", "childline"]:
        PublicContactFactory(kind=kind)
    return centre


@pytest.fixture
def colleague(centre):
    """A colleague of the centre, and the secret of their phone: ``colleague(Role.DUTY_WORKER)``."""

    def made(role):
        user = MembershipFactory(role=role, centre=centre).user
        return user, give_factor(user)

    return made


def button(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_professional_refers_two_people_decide_and_the_referrer_reads_it(centre, visit, colleague):
    page, hands = visit(Keyboard)
    referring.begin(page, hands)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    hands.send()
    referring.prove(page, hands, EMAIL)

    hands.follow(re.sub(r"^https?://[^/]+", "", page.url) + "about-you/")
    hands.send()
    expect(page.locator("#error-summary")).to_be_focused()
    referring.about_you(hands)
    referring.who_knows(hands)
    young_person_with_one_mistake(page, hands)
    referring.the_rest(hands)

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_text(referring.REASON)).to_be_visible()
    referring.send(hands)
    referral = Referral.objects.get()
    expect(page.get_by_text(referral.reference)).to_be_visible()
    expect(page.get_by_text(f"{time_of_day(referral.decide_by)} on {day_and_date(referral.decide_by)}")).to_be_visible()
    assert relay.pay() == 1

    decide(*visit(Hands), *colleague(Role.DUTY_WORKER), referral)
    assert relay.pay() == 0, "nobody is told before the second person agrees"
    agree(*visit(Hands), *colleague(Role.TEAM_MANAGER), referral)
    assert relay.pay() == 1

    read_the_outcome(*visit(Keyboard), referral)


def young_person_with_one_mistake(page, hands):
    """A month that is none: the page comes back with every word, and begins at its list of errors."""
    referring.young_person(hands, month="Marsh")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(page.locator("[name=first_name]")).to_have_value("Sample")
    expect(page.locator("[name=address]")).to_have_value("1 Example Street")
    hands.type("date_of_birth_month", "March")
    hands.send()


def decide(page, hands, user, secret, referral):
    sign_in(page, hands, user, secret)
    expect(page.get_by_role("row").filter(has_text=referral.reference)).to_contain_text("Unread")
    button(page, f"Assign to me – {referral.reference}")
    page.get_by_role("link", name=referral.reference, exact=True).click()
    button(page, "Start screening")
    page.get_by_role("link", name="Set the priority").click()
    hands.choose("priority", "soon")
    hands.type("reason", "The school asks for a quick answer.")
    hands.send()
    page.get_by_role("link", name="Decide", exact=True).click()
    expect(page.get_by_text("exploitation is happening now")).to_be_visible()
    hands.choose("outcome", "accepted_allocate")
    hands.send()
    expect(page.get_by_role("heading", name="Waiting for a second person")).to_be_visible()


def agree(page, hands, user, secret, referral):
    sign_in(page, hands, user, secret)
    page.goto("/home/")
    page.locator("#main").get_by_role("link", name=referral.reference).first.click()
    page.get_by_role("link", name="Agree, or send back").click()
    hands.choose("answer", "agree")
    hands.send()
    expect(page.get_by_role("heading", name="Waiting for a second person")).to_have_count(0)
    expect(page.get_by_text("Accepted").first).to_be_visible()


def read_the_outcome(page, hands, referral):
    """In another browser, by the link in the letter: a new code opens it."""
    letter = mail.outbox[-1]
    assert referral.reference in letter.subject
    page.goto(re.search(r"http\S+", letter.body)[0])
    referring.prove(page, hands, EMAIL)
    assert page.url.endswith(f"/refer/{referral.form_token}/outcome/")
    expect(page.get_by_text(referral.reference)).to_be_visible()
    expect(page.get_by_text("Accepted").first).to_be_visible()
    assert "Sample" not in page.content()


def test_a_professional_refers_without_scripts(centre, visit):
    page, hands = visit(Hands, java_script_enabled=False)
    referring.begin(page, hands)
    hands.send()
    referring.prove(page, hands, EMAIL)
    page.goto(page.url + "about-you/")
    referring.about_you(hands)
    referring.who_knows(hands)
    referring.young_person(hands)
    referring.the_rest(hands)
    referring.send(hands)
    expect(page.get_by_text(Referral.objects.get().reference)).to_be_visible()


@pytest.mark.deep
def test_danger_now_is_sent_all_the_same_and_somebody_acknowledges_it(centre, visit, colleague):
    page, hands = visit(Hands)
    page.goto("/check/")
    hands.choose("who", "professional")
    hands.choose("danger", "yes")
    expect(page.locator("main").get_by_role("link", name="999").first).to_be_visible()
    referring.begin(page, hands, danger="yes")
    hands.send()
    referring.prove(page, hands, EMAIL)
    page.goto(page.url + "about-you/")
    referring.about_you(hands)
    referring.who_knows(hands)
    referring.young_person(hands)
    referring.the_rest(hands, danger="yes")
    referring.send(hands)
    referral = Referral.objects.get()
    expect(page.get_by_text(referral.reference)).to_be_visible()

    page, hands = visit(Hands)
    sign_in(page, hands, *colleague(Role.DUTY_WORKER))
    expect(page.locator("tbody tr").first).to_contain_text("Danger now")
    page.get_by_role("link", name=referral.reference, exact=True).click()
    danger = page.get_by_role("region", name="The referrer said: there is danger now")
    expect(danger.get_by_role("link", name="0113 496 0000")).to_be_visible()
    page, hands = visit(Hands)
    user, secret = colleague(Role.SAFEGUARDING_LEAD)
    sign_in(page, hands, user, secret)
    page.goto("/concerns/")
    page.locator("tbody").get_by_role("link", name="Concern: ").click()
    button(page, "I have read it and will see to it")
    expect(page.get_by_text("You have it now")).to_be_visible()
