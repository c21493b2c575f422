"""A week at a desk, a day on a phone; and the address for a calendar, which is shown once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from tests.browser.checks import axe_violations, is_a_page, scrolls_sideways
from tests.factories.cases import CaseFactory
from tests.factories.sessions import SupportSessionFactory
from tests.routes import empty_world

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def world():
    """A practitioner with a session at noon on Monday and one on Tuesday of this week."""
    world = empty_world()
    colleague, now = world.staff[Role.PRACTITIONER], timezone.localtime()
    case = CaseFactory(referral__centre=world.centre, active=True, led_by=colleague)
    monday = now.replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    for day, kind in enumerate(["emotional_support", "advocacy"]):
        at = monday + timedelta(days=day)
        SupportSessionFactory(case=case, practitioner=colleague, kind=kind, planned_at=at)
    world.monday = monday.date()
    return world


def stands(page):
    assert [*is_a_page(page), *axe_violations(page), *scrolls_sideways(page)] == []


def test_a_desk_shows_the_week_and_a_phone_the_day_that_was_asked_for(open_as, world):
    desk, _watch = open_as(Role.PRACTITIONER, world, viewport={"width": 1280, "height": 900})
    desk.goto(f"/diary/?day={world.monday}")
    for kind in ("Emotional support", "Speaking up for them"):
        expect(desk.get_by_role("link", name=kind)).to_be_visible()
    phone, _watch = open_as(Role.PRACTITIONER, world, **PHONE)
    phone.goto(f"/diary/?day={world.monday}")
    expect(phone.get_by_role("link", name="Emotional support")).to_be_visible()
    expect(phone.get_by_role("link", name="Speaking up for them")).to_be_hidden()
    phone.get_by_role("link", name="Day after").click()
    expect(phone.get_by_role("link", name="Speaking up for them")).to_be_visible()


def test_an_address_is_made_on_a_phone_copied_and_stopped(open_as, world):
    page, watch = open_as(Role.PRACTITIONER, world, **PHONE)
    page.goto("/diary/")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_text("Copy it now: it is shown only this once.")).to_be_visible()
    expect(page.locator(".address")).to_contain_text("/diary/feed/")
    stands(page)
    page.get_by_role("link", name="Diary").last.click()
    expect(page.get_by_text("No calendar has read it yet.")).to_be_visible()
    stands(page)
    page.get_by_role("button", name="Stop the address").click()
    expect(page.get_by_text("The calendar address has stopped working.")).to_be_visible()
    assert watch.complaints == []
