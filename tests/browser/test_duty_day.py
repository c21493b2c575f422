"""A duty worker's day: a queue of twenty, from unread to decided, by keyboard.

One referrer is asked something and answers, one referral waits for a school, one decision needs a second person;
at the end nothing waits and every referrer has a letter.
"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from outbox import relay
from referrals.enums import Outcome, ReferralStatus
from referrals.models import Decision, Referral
from tests.browser import referring
from tests.browser.hands import Keyboard
from tests.browser.staff import sign_in
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.centres import PublicContactFactory
from tests.factories.referrals import NotAcceptedReasonFactory, ReferralFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]

TWENTY = 20
QUEUE = "a[href='/triage/']"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def queue():
    """Twenty referrals that nobody has read; of the first, exploitation happens now."""
    for kind in ["emergency", "helpline", "childline"]:
        PublicContactFactory(kind=kind)
    now = ReferralFactory(current=True)
    rest = ReferralFactory.create_batch(TWENTY - 1, centre=now.centre, local_authority=now.local_authority)
    return [now, *rest]


class DutyWorker:
    """What one does at the queue, with the keyboard."""

    def __init__(self, page, hands):
        self.page, self.hands = page, hands

    def takes_them_all(self):
        """Assign to me, from row to row: each press leaves the focus where the next one is near."""
        button = "form[action$='/take/'] button"
        for left in reversed(range(TWENTY)):
            self.hands.reach(button)
            self.page.keyboard.press("Enter")
            expect(self.page.locator(button)).to_have_count(left)

    def opens(self, referral):
        self.hands.press(QUEUE)
        self.hands.press(f"th a[href='{referral.get_absolute_url()}']")

    def screens(self, referral):
        self.opens(referral)
        self.hands.press("form[action$='/screening/'] button")
        self.hands.press("a[href$='/criteria/']")
        self.hands.choose("age", "met")
        self.hands.choose("concern", "met")
        self.hands.send()

    def asks(self):
        self.hands.press("a[href$='/ask/']")
        self.hands.tick("facts", "safety_plan")
        self.hands.send()
        expect(self.page.get_by_role("heading", level=2, name="Waiting for the referrer")).to_be_visible()

    def holds(self):
        day = timezone.localdate() + timedelta(days=3)
        self.hands.press("a[href$='/hold/']")
        self.hands.type("reason", "The school is closed until Monday.")
        for part in ["day", "month", "year"]:
            self.hands.type(f"review_on_{part}", str(getattr(day, part)))
        self.hands.send()
        expect(self.page.get_by_role("heading", level=2, name="On hold")).to_be_visible()

    def goes_on(self, referral):
        self.opens(referral)
        self.hands.press("form[action$='/resume/'] button")

    def accepts(self):
        self.hands.press("a[href$='/decision/']")
        self.hands.choose("outcome", Outcome.ACCEPTED_ALLOCATE)
        self.hands.send()

    def signposts(self, reason):
        self.hands.press("a[href$='/decision/']")
        self.hands.choose("outcome", Outcome.SIGNPOSTED_OTHER_SERVICE)
        self.hands.pick("reason", reason.label_en)
        self.hands.type("explanation", "The worry is about school, and not about sexual exploitation.")
        self.hands.type("suggestion", "The young people’s service of the council; its number is on its page.")
        self.hands.send()


@pytest.fixture
def at_the_desk(visit):
    """``at_the_desk(role, centre)``: signed in with a second factor, at the queue, with a keyboard."""

    def signed_in(role, centre):
        page, hands = visit(Keyboard)
        user = MembershipFactory(role=role, centre=centre).user
        sign_in(page, hands, user, give_factor(user))
        return page, hands

    return signed_in


def test_a_queue_of_twenty_is_worked_from_unread_to_decided(queue, visit, at_the_desk):
    now, asked, held, elsewhere, *rest = queue
    reason = NotAcceptedReasonFactory()
    page, hands = at_the_desk(Role.DUTY_WORKER, now.centre)
    duty_worker = DutyWorker(page, hands)
    expect(page.locator("tbody tr.unread")).to_have_count(TWENTY)
    duty_worker.takes_them_all()

    for referral in rest:
        duty_worker.screens(referral)
        duty_worker.accepts()
    duty_worker.screens(elsewhere)
    duty_worker.signposts(reason)
    duty_worker.screens(now)
    duty_worker.accepts()
    expect(page.get_by_role("heading", level=2, name="Waiting for a second person")).to_be_visible()
    duty_worker.screens(held)
    duty_worker.holds()
    duty_worker.screens(asked)
    duty_worker.asks()
    assert relay.pay() == len(rest) + 2, "a letter for each that is decided, and the question"

    the_referrer_answers(*visit(Keyboard), asked)
    the_second_person_agrees(*at_the_desk(Role.TEAM_MANAGER, now.centre), now)
    duty_worker.opens(asked)
    expect(page.get_by_text("Her mother rings at eight.").first).to_be_visible()
    duty_worker.accepts()
    duty_worker.goes_on(held)
    duty_worker.accepts()

    hands.press(QUEUE)
    expect(page.get_by_role("heading", name="All caught up")).to_be_visible()
    assert {*Referral.objects.values_list("status", flat=True)} == {
        ReferralStatus.ACCEPTED,
        ReferralStatus.NOT_ACCEPTED,
    }
    assert Decision.objects.count() == TWENTY
    every_referrer_has_a_letter(queue)


def the_referrer_answers(page, hands, referral):
    [letter] = [letter for letter in mail.outbox if letter.to == [referral.referrer_email]]
    assert letter.subject == f"A question about your referral {referral.reference}"
    page.goto(re.search(r"http\S+", letter.body)[0])
    referring.prove(page, hands, referral.referrer_email)
    expect(page.get_by_text("Is there a safety plan? What does it say?")).to_be_visible()
    hands.type("text", "Her mother rings at eight.")
    hands.send()
    expect(page.get_by_text("Thank you. We have your answer")).to_be_visible()


def the_second_person_agrees(page, hands, referral):
    hands.press(f"th a[href='{referral.get_absolute_url()}']")
    hands.press("a[href$='/second-person/']")
    hands.choose("answer", "agree")
    hands.send()
    expect(page.get_by_role("heading", level=2, name="Waiting for a second person")).to_have_count(0)


def every_referrer_has_a_letter(queue):
    relay.pay()
    news = {letter.to[0]: letter.subject for letter in mail.outbox if letter.subject.startswith("News of")}
    assert news == {referral.referrer_email: f"News of your referral {referral.reference}" for referral in queue}
