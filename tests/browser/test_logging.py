"""A session in two minutes on a phone: few taps, and no word lost when the network goes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from sessions.models import SupportSession
from tests.browser.checks import axe_violations, scrolls_sideways, too_little_contrast_in_the_dark
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.browser.test_casework import PHONE
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import SupportPlanFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory
from tests.sessions.writing import ago

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 12  # taps or fields beyond the note itself
STATE = "[data-save-state]"
WORDS = "Walked the dog, and talked about Friday. Siân ŵ ŷ."


class Fingers:
    """What somebody does on a phone beyond the note itself: each tap counts, and so would each field."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, target):
        self.taps += 1
        target.tap()

    def pick(self, name, value):
        """The label of a round button: nobody hits the button itself."""
        button = self.page.locator(f"[name={name}][value={value}]").get_attribute("id")
        self.tap(self.page.locator(f"label[for={button}]"))


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def case():
    """Support has begun: a plan with a goal, a topic to talk about, and a yes."""
    centre = ServiceOfferFactory(scheme="WAL3").centre
    case = CaseFactory(referral__centre=centre, active=True, opened_at=ago(days=30))
    ConsentEventFactory(case=case, at=ago(days=29))
    SupportPlanFactory(case=case, active=True)
    AwarenessTopicFactory(label_en="Internet safety")
    return case


@pytest.fixture
def at_work(case, visit):
    """The lead of the case, signed in on a phone: their page, and their fingers."""

    def signed_in(**options):
        user = MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user
        AssignmentFactory(case=case, user=user, kind="lead" if not case.assignments.exists() else "co_worker")
        page, _hands = visit(Hands, **options)
        sign_in(page, Hands(page), user, give_factor(user), to="/home/")
        return page, Fingers(page)

    return signed_in


def meets_the_bars(page):
    return [*axe_violations(page), *too_little_contrast_in_the_dark(page), *scrolls_sideways(page)]


def test_a_session_that_took_place_is_logged_and_signed_in_twelve_taps_at_most(case, at_work):
    SupportSessionFactory(case=case, held=True, kind="awareness_raising", planned_at=ago(days=7))
    page, hands = at_work(**PHONE)
    page.goto(case.get_absolute_url())
    hands.tap(page.get_by_role("link", name="Sessions", exact=True).first)
    hands.tap(page.get_by_role("link", name="Log a session"))
    hands.pick("came", "attended")
    page.locator("[name=what_we_did]").press_sequentially(WORDS)
    page.locator("[name=own_words]").press_sequentially("I know whom to ring now.")
    hands.tap(page.get_by_text("Internet safety"))
    hands.tap(page.locator("#div_id_goals label").first)
    hands.pick("safety_change", "same")
    hands.pick("following", "in_a_week")
    assert meets_the_bars(page) == []
    hands.tap(page.get_by_role("button", name="Save and sign"))
    expect(page.get_by_text("The session is signed. You meet next")).to_be_visible()
    assert meets_the_bars(page) == []
    signed = SupportSession.objects.get(signed_at__isnull=False)
    assert (signed.what_we_did, signed.kind) == (WORDS, "awareness_raising")
    assert (signed.topics.count(), signed.goals.count()) == (1, 1)
    assert SupportSession.objects.get(status="planned").planned_at > timezone.now()
    assert hands.taps <= MOST, hands.taps


def says(page, words):
    expect(page.locator(STATE)).to_contain_text(words)


def test_the_network_goes_in_the_middle_of_a_note_and_comes_back(case, at_work):
    page, hands = at_work(**PHONE)
    page.goto(f"{case.get_absolute_url()}sessions/new/")
    hands.pick("came", "attended")
    page.locator("[name=what_we_did]").press_sequentially("Walked the dog")
    says(page, "Draft saved at")
    page.context.set_offline(True)
    page.locator("[name=what_we_did]").press_sequentially(WORDS.removeprefix("Walked the dog"))
    page.locator("[name=worries]").press_sequentially("She is tired.")
    says(page, "Not saved – no connection. We will try again.")
    hands.pick("safety_change", "same")
    hands.pick("following", "not_now")
    page.get_by_role("button", name="Save and sign").tap()
    says(page, "Your words are still on this page")
    assert SupportSession.objects.get().what_we_did == "Walked the dog"

    page.context.set_offline(False)
    says(page, "Draft saved at")
    kept = SupportSession.objects.get()
    assert (kept.status, kept.what_we_did, kept.worries) == ("planned", WORDS, "She is tired.")
    page.get_by_role("button", name="Save and sign").tap()
    expect(page.get_by_text("The session is signed.")).to_be_visible()
    kept.refresh_from_db()
    assert (kept.what_we_did, kept.worries, kept.is_signed) == (WORDS, "She is tired.", True)


def test_two_windows_at_one_note_and_the_second_sees_both(case, at_work):
    planned = SupportSessionFactory(case=case, planned_at=ago(hours=2))
    address = f"{planned.get_absolute_url()}record/"
    first, _hands = at_work(**PHONE)
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    for page, words in ((first, "As the phone has it."), (second, "As the desk has it.")):
        Fingers(page).pick("came", "attended")
        page.locator("[name=what_we_did]").press_sequentially(words)
        says(page, "Draft saved at" if page is first else "saved in another window")
    Fingers(second).pick("safety_change", "same")
    Fingers(second).pick("following", "not_now")
    second.get_by_role("button", name="Save and sign").tap()
    expect(second.get_by_text("Somebody wrote in this session after you opened it")).to_be_visible()
    expect(second.get_by_text("As the phone has it.")).to_be_visible()
    expect(second.locator("[name=what_we_did]")).to_have_value("As the desk has it.")
    assert meets_the_bars(second) == []
    second.get_by_role("button", name="Save and sign").tap()
    expect(second.get_by_text("The session is signed.")).to_be_visible()
    planned.refresh_from_db()
    assert (planned.what_we_did, planned.is_signed) == ("As the desk has it.", True)
