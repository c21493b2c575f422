"""What only a browser can tell of the look: that its scripts run in time, and what the eye and the keyboard meet."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_violations, keyboard_order, scrolls_sideways
from tests.figures import figure
from tests.ui.alone import stand_alone

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/style/", "/form/", "/staff-page/", "/missing/", "/broken/", "/first/", "/expired/", "/wait/", "/csrf/"]


@pytest.fixture(autouse=True)
def only_the_look(settings):
    stand_alone(settings)


@pytest.fixture
def address(live_server):
    return live_server.url


@pytest.mark.parametrize("scheme", figure(["light"], ["light", "dark"]))
@pytest.mark.parametrize("path", PAGES)
def test_page_meets_the_bars(page, address, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address + path)
    assert axe_violations(page) == []
    assert scrolls_sideways(page) == []
    if not page.locator("#error-summary").count():  # a page with errors begins at its list of errors
        assert keyboard_order(page) == []


def test_the_page_for_bad_days_meets_the_bars(page, address):
    page.goto(address + "/away/")
    assert axe_violations(page) == []
    assert scrolls_sideways(page) == []


def test_style_guide_breaks_no_policy(page, watch, address):
    page.goto(address + "/style/")
    watch.policy(page)


def test_a_follow_up_question_opens_with_its_answer_and_closes_again(page, address):
    page.goto(address + "/form/")
    why = page.get_by_label("Why not yet?")
    expect(why).to_be_hidden()

    page.get_by_label("No", exact=True).check()
    expect(why).to_be_visible()

    page.get_by_label("Yes", exact=True).check()
    expect(why).to_be_hidden()
    expect(page.get_by_role("group", name="When did they agree?")).to_be_visible()


def test_an_answer_given_before_shows_its_follow_up_at_once(page, address):
    page.goto(address + "/style/")
    expect(page.locator("#id_wrong-why_not")).to_be_visible()
    expect(page.locator("#id_empty-why_not")).to_be_hidden()


def test_without_scripts_every_question_is_there(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + "/form/")
    expect(page.get_by_label("Why not yet?")).to_be_visible()
    page.get_by_label("Your name").fill("Siân")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.context.close()


def test_the_error_summary_has_the_focus_and_its_links_lead_to_the_control(page, address):
    page.goto(address + "/form/")
    page.get_by_label("Day").first.fill("27")
    page.get_by_role("button", name="Save and continue").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link", name="Enter a month and a year").click()
    expect(page.locator("#id_one-day_1")).to_be_focused()
    summary.get_by_role("link", name="Has somebody agreed?").click()
    expect(page.locator("#id_one-agreed_0")).to_be_focused()


def test_typed_words_are_not_left_behind_without_a_question(page, address):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(address + "/form/")
    page.get_by_label("Your name").press_sequentially("Siân")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_sending_a_form_is_not_leaving_it(page, address):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address + "/form/")
    page.get_by_label("Your name").press_sequentially("Siân")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert asked == []


def test_the_character_count_follows_the_text(page, address):
    page.goto(address + "/form/")
    words = page.get_by_label("Tell us more")
    words.fill("ŵ" * 498)
    expect(page.get_by_text("Characters left: 2")).to_be_visible()
    words.fill("x" * 503)
    expect(page.get_by_text("Characters too many: 3")).to_be_visible()
    assert "_count" in words.get_attribute("aria-describedby")


@pytest.mark.parametrize("how", ["link", "shift"])
def test_exit_leaves_at_once_and_empties_the_form(page, address, how):
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    page.goto(address + "/fine/")
    page.goto(address + "/form/")
    page.get_by_label("Your name").press_sequentially("Siân")

    if how == "link":
        page.get_by_role("link", name="Exit this page").click()
    else:
        for _press in range(3):
            page.keyboard.press("Shift")

    expect(page.get_by_text("weather")).to_be_visible()
    page.go_back()
    assert page.url.endswith("/fine/")


def test_capital_letters_are_no_wish_to_leave(page, address):
    page.goto(address + "/form/")
    page.get_by_label("Your name").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/form/")


def test_printing_leaves_out_what_paper_cannot_do(page, address):
    page.goto(address + "/style/")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Exit this page")).to_be_hidden()
    expect(page.get_by_role("button", name="Save and continue").first).to_be_hidden()
    expect(page.get_by_role("heading", name="Style guide", level=1)).to_be_visible()


def test_forced_colours_keep_every_button_bordered(page, address):
    page.emulate_media(forced_colors="active")
    page.goto(address + "/style/")
    width = page.get_by_role("button", name="Save and continue").first.evaluate(
        "button => getComputedStyle(button).borderTopWidth"
    )
    assert width != "0px"
