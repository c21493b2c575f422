"""A parent's own support, on a phone: ten direct sessions and what goes on; and a no that touches nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from sessions.carer_enums import CarerExplained
from sessions.models.carers import CarerSession, CarerStrand
from tests.browser.checks import axe_violations, scrolls_sideways
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.centres import ServiceOfferFactory
from tests.figures import DEEP
from tests.traces import everything

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
OF_THE_YOUNG_PERSON = ["cases.Case", "cases.Assignment", "cases.Task", "cases.TimelineEntry", "people.YoungPerson"]
OF_THE_YOUNG_PERSON += ["cases.ConsentEvent", "support_sessions.SupportSession", "referrals.Referral"]
TYPED_FROM = 2 if DEEP else 9  # the first and the last are typed; those between as well in the deep run


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def case():
    centre = ServiceOfferFactory(scheme="NAT4").centre
    return CaseFactory(referral__centre=centre, active=True, opened_at=timezone.now() - timedelta(days=30))


@pytest.fixture
def at_work(case, visit):
    """A colleague of the centre who has signed in: their page, hands and account."""

    def signed_in(user=None):
        user = user or MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user
        page, hands = visit(Hands, **PHONE)
        sign_in(page, hands, user, give_factor(user), to="/home/")
        return page, hands, user

    return signed_in


def stands(page):
    assert [*(axe_violations(page) if DEEP else []), *scrolls_sideways(page)] == []


def log(page, hands, strand, *, at_time, what_we_did):
    """One direct session, on one page, with no more than this to type: the rest is likely, and filled in."""
    page.goto(reverse("sessions:log_contact", args=[strand.key]))
    hands.choose("came", "attended")
    hands.type("at_time", at_time)
    if (now := timezone.localtime()).hour < 2:  # soon after midnight an hour of today is not over
        for name, value in {"on_day": now.day, "on_month": now.month, "on_year": now.year, "minutes": 5}.items():
            hands.type(name, str(value))
    hands.type("what_we_did", what_we_did)
    hands.send()


def test_ten_direct_sessions_and_ongoing_support_after_them(case, at_work):
    user = MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user
    strand = CarerStrandFactory(case=case, active=True, practitioner=user)
    page, hands, _user = at_work(user)

    page.get_by_role("link", name=case.reference).click()
    expect(page.get_by_text("Taking part: Not asked yet")).to_be_visible()
    agree(page, hands, strand)
    stands(page)
    for number in range(2, TYPED_FROM):
        CarerSessionFactory(strand=strand, held=True, direct_number=number)
    for number in (1, *range(TYPED_FROM, 11)):
        log(page, hands, strand, at_time=f"00:{number:02}", what_we_did="We talked.")
        number = max(number, TYPED_FROM - 1)
        expect(page.locator("#main").get_by_text(f"Direct sessions: {number} of 10").first).to_be_visible()
    expect(page.get_by_text("All direct sessions have been held")).to_be_visible()
    stands(page)

    log(page, hands, strand, at_time="00:11", what_we_did="The eleventh.")
    expect(page.get_by_text("all 10 direct sessions have been held. Choose ongoing support")).to_be_visible()
    assert page.input_value("[name=what_we_did]") == "The eleventh."
    hands.choose("kind", "ongoing_support")
    page.select_option("[name=mode]", "phone")
    hands.send()
    expect(page.get_by_text("Ongoing support: a call, a text, a check-in")).to_be_visible()
    assert CarerSession.objects.that_counted().count() == 10
    assert CarerSession.objects.filter(kind="ongoing_support", what_we_did="The eleventh.").count() == 1


def agree(page, hands, strand):
    page.goto(reverse("sessions:record_carer_consent", args=[strand.key]))
    hands.choose("event", "given")
    for explained in CarerExplained.values:
        hands.tick("explained", explained)
    hands.tick("modes", "in_person")
    hands.choose("method", "verbal_in_person")
    hands.type("at_time", "00:00")  # before the first session of today
    hands.send()
    expect(page.get_by_text("What they said is kept.")).to_be_visible()


def test_a_parent_says_no_and_the_young_persons_case_is_untouched(case, at_work):
    page, hands, user = at_work()
    AssignmentFactory(case=case, user=user)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Parents and carers").click()
    page.get_by_role("link", name="Add a parent or carer").click()
    hands.type("first_name", "Alex")
    hands.type("relationship", "Mother")
    hands.send()
    expect(page.get_by_role("heading", name="Alex, Mother")).to_be_visible()
    stands(page)
    before = rows()
    page.get_by_role("link", name="Offer support").click()
    page.get_by_role("button", name="It was offered").click()
    page.get_by_role("link", name="Write down what they answer").click()
    hands.choose("response", "declined")
    hands.send()
    expect(page.get_by_text("Does not want it")).to_be_visible()
    expect(page.get_by_text("Nothing changes for the young person.")).to_be_visible()
    assert rows() == before
    assert CarerStrand.objects.get().status == "declined"
    page.goto(case.get_absolute_url())
    expect(page.get_by_text("Alex")).to_have_count(0)


def rows():
    found = everything()
    return {label: found[label] for label in OF_THE_YOUNG_PERSON}
