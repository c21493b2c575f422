"""Six months: a decision comes due, is reminded, is left, goes further, is made, and is silent for everybody."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from accounts.enums import MANAGERS, Role
from cases import clock
from cases.models import Review
from cases.reviewing import plan_reviews_locked
from centres.working_days import LONDON
from outbox import relay
from reminders.models import Reminder
from reminders.tasks import remind
from tests.browser.hands import Hands
from tests.browser.test_casework import PHONE
from tests.browser.test_logging import meets_the_bars
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.visitors import cookies_of, staff_client

pytestmark = pytest.mark.django_db(transaction=True)

LINE, COUNTED = "Six-month decision", "- 1 six-month decision"


@pytest.fixture(autouse=True)
def signed_in_by_cookie(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def staff():
    """The practitioner, and two managers of the same centre."""
    practitioner = MembershipFactory(role=Role.PRACTITIONER)
    managers = (MembershipFactory(role=role, centre=practitioner.centre) for role in MANAGERS)
    return [held.user for held in (practitioner, *managers)]


@pytest.fixture
def case(staff):
    """The plan was agreed today; nobody has held a review of it yet."""
    centre = staff[0].memberships.get().centre
    case = CaseFactory(referral__centre=centre, active=True, led_by=staff[0])
    plan_reviews_locked(case, by=case.opened_by)
    return case


def morning_of(day):
    return time_machine.travel(datetime.combine(day, time(8), tzinfo=LONDON))


def the_clock_asks(mailoutbox):
    """What the worker does every quarter of an hour. Returns what the letters that left say, by whom they are for."""
    mailoutbox.clear()
    remind()
    relay.pay()
    return {letter.to[0]: letter.body for letter in mailoutbox}


def begins_the_day(page, user, live_server):
    """Signed in this morning, by whichever means: test_sign_in and the other journeys show how."""
    page.context.clear_cookies()
    page.context.add_cookies(cookies_of(staff_client(user), live_server.url))
    page.goto("/home/")


def line_of(page, case):
    """Where this page says that the decision waits."""
    return page.locator("#main li").filter(has_text=LINE).filter(has=page.get_by_role("link", name=case.reference))


def hears_of_it(page, case):
    """On the page that the day begins on, and on the page of what is theirs."""
    waits = line_of(page, case)
    expect(waits).to_have_count(1)
    page.get_by_role("link", name="My work").last.click()
    expect(page).to_have_url(re.compile("/my-work/"))
    expect(waits).to_have_count(1)
    assert meets_the_bars(page) == []
    return waits


def hears_nothing(page, case):
    for address in ("/home/", "/my-work/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(line_of(page, case)).to_have_count(0)


def make_it(page, hands, waits):
    """From the line that reminds to a decision with its reasons."""
    waits.get_by_role("link").first.click()
    page.get_by_role("link", name=f"Hold it – {LINE}").click()
    hands.type("what_changed", "She goes to the choir alone.")
    hands.type("own_words", "I am ready.")
    hands.type("safety", "Nobody waits at the gate any more.")
    hands.choose("consent_check", "still_wanted")
    hands.choose("outcome", "end_as_planned")
    hands.type("because", "What we agreed is done.")
    hands.send()
    expect(page.get_by_text("The review is kept.")).to_be_visible()


def test_a_decision_comes_due_goes_further_is_made_and_is_silent(case, staff, visit, live_server, mailoutbox):
    practitioner, manager, service_manager = staff
    decision = case.reviews.get(kind="six_month_decision")
    phone, _hands = visit(Hands, **PHONE)
    desk, hands = visit(Hands)

    with morning_of(decision.opens_on - timedelta(days=1)):
        assert not any(COUNTED in words for words in the_clock_asks(mailoutbox).values())

    with morning_of(decision.opens_on):
        letters = the_clock_asks(mailoutbox)
        assert {to for to, words in letters.items() if COUNTED in words} == {practitioner.email, manager.email}
        assert "/my-work/" in letters[practitioner.email]
        assert case.young_person.last_name not in letters[practitioner.email]
        begins_the_day(phone, practitioner, live_server)
        hears_of_it(phone, case)

    with morning_of(clock.months_after(case.support_started_on, case.months_initial)):
        assert COUNTED in the_clock_asks(mailoutbox)[service_manager.email]
        begins_the_day(desk, service_manager, live_server)
        make_it(desk, hands, hears_of_it(desk, case))
        assert Review.objects.get(pk=decision.pk).held_by == service_manager

        begins_the_day(phone, practitioner, live_server)
        for page in (phone, desk):
            hears_nothing(page, case)
        remind()
        assert not Reminder.objects.filter(review=decision, silent_at=None).exists()

    with morning_of(clock.months_after(case.support_started_on, case.months_initial) + timedelta(days=1)):
        assert not any(LINE.lower() in words for words in the_clock_asks(mailoutbox).values())
