"""The queue by hand: the key that goes to the search, every row ticked at once, and the same without scripts."""

import pytest

from accounts.enums import Role
from referrals.models import Referral
from tests.browser.checks import axe_violations, is_a_page, keyboard_order, scrolls_sideways
from tests.browser.test_every_page import none_of
from tests.routes import full_world

pytestmark = pytest.mark.django_db(transaction=True)
MANAGER = Role.TEAM_MANAGER.value
PHONE = {"viewport": {"width": 390, "height": 800}}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def faults_of(page):
    return [*is_a_page(page), *axe_violations(page), *scrolls_sideways(page), *keyboard_order(page)]


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_the_stroke_goes_to_the_search_and_stays_a_stroke_where_somebody_types(open_as):
    page, watch = open_as(MANAGER, full_world())
    page.goto("/triage/")
    page.keyboard.press("/")
    assert focused(page) == "id_text"
    page.keyboard.type("14/3/2011")
    assert page.input_value("#id_text") == "14/3/2011"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/triage/search/")
    page.fill("#id_text", "29 February 2011")
    press(page, "Search")
    assert page.title().startswith("Error: ")
    assert focused(page) == "error-summary"
    none_of(faults_of(page) + watch.complaints)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_every_row_is_ticked_and_given_to_a_colleague(open_as, options):
    world = full_world()
    page, watch = open_as(MANAGER, world, **options)
    page.goto("/triage/")
    page.get_by_role("button", name="Tick all on this page").click()
    boxes = page.locator("[name=ticked]")
    assert page.locator("[name=ticked]:checked").count() == boxes.count() == Referral.objects.open().count()
    assert page.locator(".assign-bar").bounding_box()["y"] < page.viewport_size["height"]
    faults = faults_of(page)
    page.get_by_role("button", name="Untick all on this page").click()
    assert page.locator("[name=ticked]:checked").count() == 0

    boxes.first.check()
    press(page, "Assign all ticked to a colleague")
    faults += faults_of(page)
    page.select_option("#id_colleague", label=world.staff[Role.DUTY_WORKER].full_name)
    press(page, "Assign")
    assert page.get_by_role("heading", name="1 referral is with").is_visible()
    none_of(faults + faults_of(page) + watch.complaints)


def test_without_scripts_the_boxes_are_sent_all_the_same(open_as):
    page, _watch = open_as(MANAGER, full_world(), java_script_enabled=False)
    page.goto("/triage/")
    assert not page.get_by_role("button", name="Tick all on this page").is_visible()
    page.locator("[name=ticked]").first.check()
    press(page, "Assign all ticked to me")
    assert page.get_by_role("heading", name="1 referral is with you").is_visible()
