"""An immediate concern on two phones: raised in under a minute, and acknowledged from the letter by who is on duty.

Another is raised of a note as it is written; and one is left, until somebody has it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from accounts.enums import Role
from centres.working_days import LONDON
from outbox import relay
from outbox.models import Message
from safeguarding.models import Concern
from safeguarding.tasks import escalate_concerns
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.browser.test_casework import PHONE
from tests.browser.test_logging import Fingers, meets_the_bars
from tests.browser.test_six_months import begins_the_day
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
MOST = 3  # taps from the case to a concern that is raised; two boxes are typed beside them


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_it_is_raised_on_one_phone_and_acknowledged_on_another(visit):
    practitioner = MembershipFactory(role=Role.PRACTITIONER).user
    centre = practitioner.memberships.get().centre
    on_duty = MembershipFactory(role=Role.DUTY_WORKER, centre=centre).user
    case = CaseFactory(referral__centre=centre, active=True, led_by=practitioner)
    page, hands = visit(Hands, **PHONE)
    sign_in(page, hands, practitioner, give_factor(practitioner), to="/home/")
    fingers = Fingers(page)

    page.goto(case.get_absolute_url())
    fingers.tap(page.get_by_role("link", name="Raise a safeguarding concern").first)
    fingers.pick("severity", "immediate")
    expect(page.get_by_role("heading", name="Call 999 now")).to_be_visible()
    expect(page.locator("[name=severity][value=immediate]")).to_be_in_viewport()
    hands.type("what", "He waits for her at the gate now.")
    hands.type("done_now", "Rang 999.")
    assert meets_the_bars(page) == []
    fingers.tap(page.get_by_role("button", name="Raise the concern"))
    expect(page.get_by_text("The concern is raised.")).to_be_visible()
    assert fingers.taps <= MOST, fingers.taps

    letter = Message.objects.get(template="concern")
    assert letter.to == on_duty.email
    phone, other = visit(Hands, **PHONE)
    sign_in(phone, other, on_duty, give_factor(on_duty), to=letter.path)
    expect(phone.get_by_text("Told at once")).to_be_visible()
    assert meets_the_bars(phone) == []
    phone.get_by_role("button", name="I have read it and will see to it").tap()
    expect(phone.get_by_text("You have it now.")).to_be_visible()
    assert meets_the_bars(phone) == []
    assert Concern.objects.get().acknowledged_by == on_duty

    fingers.taps = 0
    hands.type("text", "She says that he has her address.")
    fingers.tap(page.get_by_role("button", name="Add it, and raise a concern"))
    expect(page.locator("[name=what]")).to_have_value("She says that he has her address.")
    assert meets_the_bars(page) == []
    fingers.pick("severity", "immediate")
    fingers.tap(page.get_by_role("button", name="Raise the concern"))
    expect(page.get_by_role("link", name="A concern was raised of this")).to_be_visible()
    assert meets_the_bars(page) == []
    assert fingers.taps <= MOST, fingers.taps


def later(minutes):
    return time_machine.travel(NOON + timedelta(minutes=minutes))


def the_clock_asks(mailoutbox):
    """What the worker does each minute. Returns who is written to."""
    mailoutbox.clear()
    escalate_concerns()
    relay.pay()
    return {letter.to[0] for letter in mailoutbox}


def test_one_that_nobody_acknowledges_goes_further_by_the_clock_until_somebody_has_it(
    visit, live_server, mailoutbox, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    practitioner = MembershipFactory(role=Role.PRACTITIONER).user
    centre = practitioner.memberships.get().centre
    roles = (Role.DUTY_WORKER, Role.SAFEGUARDING_LEAD, Role.TEAM_MANAGER, Role.SERVICE_MANAGER)
    on_duty, lead, manager, service_manager = (MembershipFactory(role=role, centre=centre).user for role in roles)
    case = CaseFactory(referral__centre=centre, active=True, led_by=practitioner)
    phone, hands = visit(Hands, **PHONE)
    desk, _hands = visit(Hands)

    with later(0):
        begins_the_day(phone, practitioner, live_server)
        phone.goto(case.get_absolute_url() + "concern/")
        hands.choose("severity", "immediate")
        hands.type("what", "He waits for her at the gate now.")
        hands.send()
        expect(phone.get_by_text("The concern is raised.")).to_be_visible()
        assert the_clock_asks(mailoutbox) == {on_duty.email, lead.email}
    with later(59):
        assert the_clock_asks(mailoutbox) == set()
    with later(61):
        assert the_clock_asks(mailoutbox) == {lead.email, manager.email}
        begins_the_day(desk, manager, live_server)
        desk.goto(Concern.objects.get().get_absolute_url())
        expect(desk.get_by_role("heading", name="Told that it is overdue")).to_be_visible()
        assert meets_the_bars(desk) == []
    with later(121):
        assert the_clock_asks(mailoutbox) == {service_manager.email}
        begins_the_day(desk, service_manager, live_server)
        desk.get_by_role("link", name="Concerns").first.click()
        desk.locator("tbody").get_by_role("link", name="Concern: Immediate").click()
        desk.get_by_role("button", name="I have read it and will see to it").click()
        expect(desk.get_by_text("You have it now.")).to_be_visible()
        assert meets_the_bars(desk) == []
    with later(170):
        assert the_clock_asks(mailoutbox) == set()
