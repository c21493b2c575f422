"""Passkeys in a real browser with a device of its own (security.md B3), and what goes on after asking again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.backends import SessionStore
from accounts.enums import Role
from accounts.models import Session
from people.models import Exclusion
from tests.browser.checks import axe_violations, keyboard_order, scrolls_sideways, too_little_contrast_in_the_dark
from tests.factories.accounts import PASSWORD, MembershipFactory, factors_of
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def user():
    return MembershipFactory(role=Role.TEAM_MANAGER, centre=ServiceCentreFactory(national=True)).user


@pytest.fixture
def finger(page):
    """A device with a finger on it. ``finger(False)``: whoever is there shows no finger."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    made = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    name = talk.send("WebAuthn.addVirtualAuthenticator", {"options": made})["authenticatorId"]
    return lambda shows: talk.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": shows})


@pytest.fixture
def at(page, live_server):
    """Open an address of ours."""
    return lambda path: page.goto(live_server.url + path)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def meets_the_bars(page, watch):
    assert axe_violations(page) + scrolls_sideways(page) + too_little_contrast_in_the_dark(page) == []
    assert keyboard_order(page) == []
    watch.policy(page)


def give_password(page, at, user):
    at(reverse("account_login"))
    page.get_by_label("What is your work e-mail address?").fill(user.email)
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Sign in")


def make_a_passkey(page):
    page.get_by_role("link", name="Use a passkey instead").click()
    heading(page, "Make a passkey")
    press(page, "Make the passkey")
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them safe").click()


def test_a_first_morning_without_a_phone_and_a_second_without_a_password(page, watch, at, user, finger):
    give_password(page, at, user)
    make_a_passkey(page)
    assert factors_of(user) == {"webauthn", "recovery_codes"}

    press(page, "Sign out")
    meets_the_bars(page, watch)
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"**{reverse('home')}")

    at(reverse("mfa_index"))
    expect(page.locator("main")).to_contain_text("Chrome on Linux")
    meets_the_bars(page, watch)


def test_after_the_password_it_stands_in_for_the_code(page, watch, at, user, finger):
    give_password(page, at, user)
    make_a_passkey(page)
    press(page, "Sign out")
    give_password(page, at, user)
    heading(page, "Show that it is you")
    meets_the_bars(page, watch)
    press(page, "Use my passkey")
    page.wait_for_url(f"**{reverse('home')}")


def test_signing_in_returns_to_the_page_that_asked(page, at, user, finger):
    give_password(page, at, user)
    make_a_passkey(page)
    press(page, "Sign out")
    at(reverse("own_sessions"))
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"**{reverse('own_sessions')}")
    heading(page, "Where you are signed in")


def test_without_a_finger_it_says_what_to_do_and_can_be_tried_again(page, watch, at, user, finger):
    give_password(page, at, user)
    page.get_by_role("link", name="Use a passkey instead").click()
    finger(False)
    press(page, "Make the passkey")
    failed = page.get_by_role("alert").filter(has_text="That did not work, or was stopped.")
    expect(failed).to_be_visible()
    meets_the_bars(page, watch)
    finger(True)
    press(page, "Make the passkey")
    heading(page, "Your recovery codes")
    at(reverse("mfa_add_webauthn"))
    press(page, "Make the passkey")
    expect(page.get_by_role("alert").filter(has_text="This device has a passkey of yours already")).to_be_visible()
    meets_the_bars(page, watch)


@pytest.mark.deep
def test_what_was_typed_goes_on_after_asking_again(page, watch, at, user, finger):
    give_password(page, at, user)
    make_a_passkey(page)
    referral = ReferralFactory(centre=user.memberships.get().centre)
    ExclusionFactory(subject=referral.subject)
    at(reverse("triage:kept_out", args=[referral.reference]))
    page.locator("select").select_option(index=1)
    page.locator("textarea").fill("They moved to another team.\nAnd more.")
    six_minutes_pass(user)
    page.locator("main form button[type=submit]").click()

    heading(page, "Show that it is you")
    page.get_by_role("link", name="Use my passkey instead").click()
    meets_the_bars(page, watch)
    press(page, "Use my passkey")

    expect(page.get_by_text("may see this young person again.")).to_be_visible()
    assert Exclusion.objects.get().lifted_because == "They moved to another team.\nAnd more."
    page.go_back()
    page.go_back()
    assert Exclusion.objects.count() == 1
    watch.policy(page)


@pytest.mark.deep
def test_the_page_that_goes_on_by_itself_is_a_page(page, watch, at, user, finger):
    """As it stands while its script is on the way."""
    give_password(page, at, user)
    make_a_passkey(page)
    page.route("**/goon*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    at(reverse("mfa_generate_recovery_codes"))
    six_minutes_pass(user)
    press(page, "Make ten new codes")
    page.get_by_label("What is your password?").fill(PASSWORD)
    meets_the_bars(page, watch)
    press(page, "Continue")
    heading(page, "Thank you")
    meets_the_bars(page, watch)
    press(page, "Go on")
    heading(page, "Your recovery codes")


@pytest.mark.deep
def test_without_scripts_a_person_presses_go_on(browser, live_server, user):
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    give_password(page, page.goto, user)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    six_minutes_pass(user)
    page.goto(reverse("mfa_activate_totp"))
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Continue")
    heading(page, "Set up your second factor")
    page.get_by_label("What code does the app show now?").fill("000000")
    six_minutes_pass(user)
    press(page, "Turn on the second factor")
    page.get_by_label("What is your password?").fill(PASSWORD)
    press(page, "Continue")
    heading(page, "Thank you")
    press(page, "Go on")
    expect(page.locator("#error-summary")).to_contain_text("That code is not right")
    page.context.close()


def six_minutes_pass(user):
    """For what was shown, not for the session: its marks are put back."""
    for row in Session.objects.filter(user=user):
        session = SessionStore(row.session_key)
        session["signed_in_at"] -= 360
        for way in session.get("account_authentication_methods", []):
            way["at"] -= 360
        session.save()
