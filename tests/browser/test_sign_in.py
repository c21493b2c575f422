"""A new colleague's first morning in a real browser: link, password, phone, codes, work. And the configuration."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts import operations
from accounts.enums import Role
from outbox.models import Message
from tests.accounts.steps import code_of
from tests.browser.checks import axe_violations, keyboard_order, scrolls_sideways
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory, give_factor
from tests.factories.centres import ServiceCentreFactory

pytestmark = pytest.mark.django_db(transaction=True)


def meets_the_bars(page, watch):
    assert axe_violations(page) == []
    assert scrolls_sideways(page) == []
    if not page.locator("#error-summary").count():
        assert keyboard_order(page) == []
    watch.policy(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def test_the_first_morning_of_a_new_colleague(page, watch, live_server, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    centre = ServiceCentreFactory(national=True)
    user = operations.invite("new@service.example", full_name="New Colleague", by=UserFactory())
    operations.grant_role(user, role=Role.DUTY_WORKER, centre=centre, by=UserFactory())

    page.goto(live_server.url + Message.objects.get().path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")
    meets_the_bars(page, watch)
    page.get_by_label("Choose a new password").fill("too short")
    page.get_by_label("Type the new password again").fill("too short")
    press(page, "Save the password")
    expect(page.locator("#error-summary")).to_be_visible()
    meets_the_bars(page, watch)
    page.get_by_label("Choose a new password").fill(PASSWORD)
    page.get_by_label("Type the new password again").fill(PASSWORD)
    press(page, "Save the password")
    meets_the_bars(page, watch)

    page.get_by_role("link", name="Sign in").click()
    meets_the_bars(page, watch)
    page.get_by_label("What is your work e-mail address?").fill(user.email)
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Sign in")

    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    expect(page.get_by_role("img", name="The key as a square code")).to_be_visible()
    meets_the_bars(page, watch)
    page.get_by_text("If the camera does not work").click()
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("What code does the app show now?").fill(code_of(secret, stands_for=5))
    press(page, "Turn on the second factor")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator("ol.codes li")).to_have_count(10)
    meets_the_bars(page, watch)
    page.get_by_role("link", name="I have kept them safe").click()
    expect(page).to_have_url(live_server.url + reverse("home"))

    press(page, "Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    meets_the_bars(page, watch)


def sign_in(page, live_server, user):
    secret = give_factor(user)
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("What is your work e-mail address?").fill(user.email)
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Sign in")
    page.get_by_label("What is the code?").fill(code_of(secret, stands_for=5))
    press(page, "Sign in")
    page.wait_for_url(live_server.url + reverse("home"))


def test_the_page_for_the_code(page, watch, live_server):
    user = UserFactory(with_factor=True)
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("What is your work e-mail address?").fill(user.email)
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    meets_the_bars(page, watch)
    page.get_by_label("What is the code?").fill("000000")
    press(page, "Sign in")
    expect(page.locator("#error-summary")).to_contain_text("That code is not right")
    meets_the_bars(page, watch)


PAGES = [
    "mfa_index", "account_change_password", "account_logout", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate",
]  # fmt: skip


@pytest.mark.deep
def test_the_pages_about_ones_own_account(page, watch, live_server):
    ServiceCentreFactory(national=True)
    sign_in(page, live_server, MembershipFactory().user)
    for name in PAGES:
        assert page.goto(live_server.url + reverse(name)).status == 200
        meets_the_bars(page, watch)


def test_the_configuration_breaks_no_policy(page, watch, live_server):
    worker = MembershipFactory(centre=ServiceCentreFactory(national=True))
    sign_in(page, live_server, MembershipFactory(role=Role.SYSTEM_ADMIN, centre=worker.centre).user)
    for name in ["index", "accounts_user_changelist", "accounts_dutyshift_add", "centres_serviceoffer_add"]:
        assert page.goto(live_server.url + reverse(f"admin:{name}")).status == 200
        watch.policy(page)
    page.goto(live_server.url + reverse("admin:accounts_dutyshift_add"))
    page.get_by_label("Membership").select_option(str(worker.pk))
    page.get_by_label("Weekday").select_option("0")
    press(page, "Save")
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    watch.policy(page)
