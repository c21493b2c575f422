"""My work on a phone: something late is put off, and the manager reads why beside who is away."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.enums import Role
from tests import work_world
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.browser.test_casework import PHONE
from tests.browser.test_logging import meets_the_bars
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_something_is_put_off_and_the_manager_reads_why(visit):
    practitioner = MembershipFactory(role=Role.PRACTITIONER)
    user, centre = practitioner.user, practitioner.centre
    cover, manager = (MembershipFactory(role=role, centre=centre).user for role in ("practitioner", "team_manager"))
    work_world.rows_of(CaseFactory(referral__centre=centre, active=True, led_by=user), user, cover=cover)

    page, hands = visit(Hands, **PHONE)
    sign_in(page, hands, user, give_factor(user), to="/my-work/")
    assert meets_the_bars(page) == []
    page.get_by_role("link", name="Put it off").first.tap()
    page.locator('[name="until_on"]').nth(2).check(force=True)
    hands.type("reason", "The school is closed.")
    assert meets_the_bars(page) == []
    page.get_by_role("button", name="Put it off").tap()
    expect(page.get_by_text("because: The school is closed.")).to_be_visible()
    assert meets_the_bars(page) == []

    page, hands = visit(Hands)
    sign_in(page, hands, manager, give_factor(manager), to="/my-work/team/")
    assert meets_the_bars(page) == []
    page.get_by_role("link", name=user.full_name).click()
    expect(page.get_by_text("because: The school is closed.")).to_be_visible()
    page.get_by_role("link", name="When they are away").click()
    page.get_by_role("button", name="Let them cover the cases").click()
    expect(page.get_by_text("covers 1 case now.")).to_be_visible()
    assert meets_the_bars(page) == []
    page.goto(reverse("reminders:letters"))
    assert meets_the_bars(page) == []
