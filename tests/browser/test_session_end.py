"""The end of a colleague's session: told before, and nothing of a person on the screen after it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import ReferralFactory
from tests.visitors import a_client, cookies_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def referral():
    referral = ReferralFactory(screening=True)
    referral.young_person.first_name = "Canarybird"
    referral.young_person.save()
    return referral


@pytest.fixture
def colleague(page, live_server, referral):
    """A page of a manager of the centre who has just signed in: ``colleague("home")``."""
    user = MembershipFactory(user=UserFactory(with_factor=True), role=Role.TEAM_MANAGER, centre=referral.centre).user
    client = a_client()
    sign_in(client, user)
    page.context.set_default_timeout(15_000)
    page.context.add_cookies(cookies_of(client, live_server.url))

    def at(name, *args):
        page.goto(live_server.url + reverse(name, args=args))
        return page

    return at


def test_a_colleague_is_asked_two_minutes_before_and_stays(colleague, referral, settings, watch):
    settings.STAFF_IDLE_MINUTES = 2.05
    page = colleague("triage:referral", referral.reference)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog).to_contain_text("You will be signed out at")
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_focused()
    settings.STAFF_IDLE_MINUTES = 20
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.wait_for_timeout(500)
    expect(dialog).to_be_hidden()
    assert page.url.endswith(referral.get_absolute_url())


def test_when_it_has_ended_nothing_of_a_person_stays_on_the_screen(colleague, referral, settings):
    settings.STAFF_IDLE_MINUTES = 4 / 60
    page = colleague("triage:referral", referral.reference)
    expect(page.get_by_text("Canarybird").first).to_be_visible()
    page.wait_for_url(f"**/staff/login/?next={referral.get_absolute_url()}")
    assert "Canarybird" not in page.content()


def test_words_that_would_be_lost_stay_and_can_be_copied(colleague, referral, settings):
    settings.STAFF_IDLE_MINUTES = 6 / 60
    page = colleague("triage:priority", referral.reference)
    page.locator("[name=reason]").press_sequentially("Two lines.")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out. Copy what you typed", timeout=20_000)
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_hidden()
    dialog.get_by_role("button", name="Back to what I typed").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[name=reason]")).to_have_value("Two lines.")


def test_typing_is_being_there(colleague, referral, watch):
    """Somebody who writes for half an hour is not signed out, and not asked."""
    page = colleague("triage:priority", referral.reference)
    kept = []
    page.on("request", lambda request: kept.append(request.method) if "/staff/session/" in request.url else None)
    page.clock.install()
    page.reload()
    words = page.locator("[name=reason]")
    for _minute in range(3):
        page.clock.fast_forward("01:01")
        words.press_sequentially("more")
    page.wait_for_timeout(300)
    assert kept.count("POST") == 3, "at most once a minute"
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_back_after_signing_out_shows_nothing(colleague, referral):
    """security.md D5."""
    page = colleague("triage:referral", referral.reference)
    colleague("home")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/login/**")
    for _step in range(2):
        page.go_back()
        assert "Canarybird" not in page.content()
        assert "/staff/login/" in page.url  # which names the page to go back to, and shows nothing of it
