"""Every address there is, in a full world and in an empty one, as the people who may stand there."""

from functools import cache

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import Role
from protect_respect import welsh
from referrals.sections import BY_SLUG
from tests.browser.checks import (
    axe_violations,
    is_a_page,
    keyboard_order,
    prints,
    scrolls_sideways,
    too_little_contrast_in_the_dark,
)
from tests.figures import DEEP
from tests.routes import STAFF, address, all_routes, empty_world, full_world
from tests.visitors import CHECKING, NEWCOMER, PASSWORD_GIVEN, REFERRING, STRANGER, client_of

pytestmark = pytest.mark.django_db(transaction=True)

# In this order the first who is let in shows the page.
SHOWN_BY = [STRANGER, CHECKING, REFERRING, PASSWORD_GIVEN, NEWCOMER]
SHOWN_BY += [Role.TEAM_MANAGER.value, Role.PRACTITIONER.value, Role.SYSTEM_ADMIN.value]
NO_PAGE = {
    "cases:ending_letter": "a PDF",
    "cases:finish_task": "an act",
    "cases:my_plan": "a PDF",
    "cases:pin": "an act",
    "cases:propose_ending": "an act",
    "cases:resume": "an act",
    "cases:share_plan": "an act",
    "cases:start_plan": "an act",
    "health_live": "plain text for machines",
    "health_ready": "JSON for machines",
    "mfa_download_recovery_codes": "a file of plain text",
    "mfa_login_webauthn": "JSON for a script",
    "refer:copy": "a PDF",
    "refer:leave": "an act",
    "refer:session": "JSON for a script",
    "reminders:call_off": "an act",
    "reminders:cover_cases": "an act",
    "safeguarding:acknowledge": "an act",
    "sessions:feed": "a calendar",
    "sessions:make_feed": "an act; test_diary looks at its answer",
    "sessions:revoke_feed": "an act",
    "sessions:sign": "an act",
    "sessions:finish_carer_task": "an act",
    "sessions:our_support": "a PDF",
    "sessions:sign_contact": "an act",
    "sessions:start_carer_assessment": "an act",
    "staff": "leads to another page",
    "staff_session": "JSON for a script",
    "step_up": "sends itself on; test_passkeys looks at it",
    "triage:assign_many": "an act",
    "triage:delete_view": "an act",
    "triage:resume": "an act",
    "triage:start_screening": "an act",
    "triage:take": "an act",
}
NEEDS_A_PERSON = ("refer:", "triage:", "safeguarding:", "cases:", "sessions:", "reminders:")
PUBLIC = ("refer:", "centres:")
STAFF_PAGES = ("home", "operations", "reminders:", "triage:", "safeguarding:", "cases:", "sessions:")


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def addresses(world):
    """An example of each route that has a page; in an empty world of those that need no referral."""
    found = {}
    for route in sorted(all_routes() - set(NO_PAGE)):
        try:
            found[route] = address(world, route)
        except (KeyError, AttributeError):
            assert not world.referrals, f"{route} has no example"
            assert route.startswith(NEEDS_A_PERSON)
    return found


def more_addresses(world):
    """Pages that look different in another state: for whom, and where."""
    for slug in BY_SLUG:
        yield REFERRING, reverse("refer:section", args=[world.draft.pk, slug])
    for referral in world.referrals.values():
        yield Role.TEAM_MANAGER.value, reverse("triage:referral", args=[referral.reference])
    for concern in world.concerns.values():
        yield Role.SAFEGUARDING_LEAD.value, reverse("safeguarding:concern", args=[concern.key])
    yield REFERRING, reverse("refer:outcome", args=[world.referrals["new"].form_token])
    yield Role.TEAM_MANAGER.value, f"{reverse('triage:queue')}?show=overdue&priority=urgent&area=nowhere"
    yield Role.TEAM_MANAGER.value, f"{reverse('triage:save_view')}?show=overdue&owner=me"
    yield Role.DUTY_WORKER.value, reverse("triage:decide", args=[world.referrals["accepted"].reference])
    yield STRANGER, password_link(world)
    # To a manager both are the page that asks why they read it: signed, with all that stands beside it; and not signed.
    yield Role.PRACTITIONER.value, address(world, "sessions:session")
    yield Role.PRACTITIONER.value, address(world, "sessions:mistake").removesuffix("mistake/")


def password_link(world):
    user = world.staff[Role.PRACTITIONER]
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def shown_by(world, found):
    """Who is the first to be shown each address. An address that nobody is shown is a fault of the example."""
    places = {}
    for visitor in SHOWN_BY:
        client = client_of(visitor, world)
        let_in = {route for route in found if route not in places and client.get(found[route]).status_code == 200}
        places |= {route: (visitor, found[route]) for route in let_in}
    return places


def walk(world, open_as, places, check):
    """``check`` each place in the browser of who is shown it. Returns what was wrong, one line each."""
    faults = []
    for visitor in {visitor for visitor, _path in places}:
        page, watch = open_as(visitor, world)
        for _visitor, path in (place for place in places if place[0] == visitor):
            faults += check(page, path)
            watch.policy(page)
        faults += watch.complaints + left_behind(page)
        page.context.close()
    return faults


WHAT_IS_LEFT = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage), cookie: document.cookie,
  caches: await caches.keys(), databases: await indexedDB.databases(),
  workers: await navigator.serviceWorker.getRegistrations()})"""
HTMX_KEEPS = "htmx-current-path-for-history"  # an address of ours, in which there is never anything about a person


def left_behind(page):
    """No storage, cached answer, database or worker of ours, and no cookie that a script can read."""
    left = page.evaluate(WHAT_IS_LEFT)
    left["session"] = [kept for kept in left["session"] if kept[0] != HTMX_KEEPS]
    return [f"left in the browser at {page.url}: {name} holds {what}" for name, what in left.items() if what]


def none_of(faults):
    """Each fault on a line of its own: there can be many, and all are wanted at once."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def meets_the_bars(page, path):
    answer = page.goto(path)
    if answer.status != 200:
        return [f"{path}: {answer.status}"]
    faults = [*is_a_page(page), *axe_violations(page), *scrolls_sideways(page)]
    if DEEP:
        faults += [*too_little_contrast_in_the_dark(page), *prints(page), *keyboard_order(page)]
    return faults


def test_every_page_of_a_full_world_meets_the_bars(open_as):
    world = full_world()
    found = addresses(world)
    places = shown_by(world, found)
    assert set(places) == set(found)
    none_of(walk(world, open_as, [*places.values(), *more_addresses(world)], meets_the_bars))


@pytest.mark.deep
def test_every_page_of_an_empty_world_meets_the_bars(open_as):
    world = empty_world()
    found = {route: path for route, path in addresses(world).items() if route.startswith((*STAFF_PAGES, "refer:"))}
    places = shown_by(world, found)
    assert set(found) - set(places) == {"refer:situation", "refer:result"}  # no council area to check
    none_of(walk(world, open_as, places.values(), meets_the_bars))


@pytest.mark.deep
def test_every_public_page_meets_the_bars_in_welsh(open_as):
    """Welsh words are longer, and each page says that it is in Welsh."""
    world = full_world()
    public = [route for route in all_routes() - set(NO_PAGE) if route.startswith(PUBLIC)]
    found = {route: address(world, route, language="cy") for route in public}
    places = shown_by(world, found)
    assert set(places) == set(found)
    with override("cy"):
        sections = [(REFERRING, reverse("refer:section", args=[world.draft.pk, slug])) for slug in BY_SLUG]
    none_of(walk(world, open_as, [*places.values(), *sections], meets_the_bars_in_welsh))


def meets_the_bars_in_welsh(page, path):
    """What other words can break: colours, paper and the order of the keyboard are those of the English page."""
    answer = page.goto(path)
    faults = [] if answer.status == 200 else [f"{path}: {answer.status}"]
    faults += [*is_a_page(page, "cy"), *axe_violations(page), *scrolls_sideways(page)]
    return faults + [f"{path}: still English: {words}" for words in still_english(page)]


@cache
def english_sentences():
    """What the public reads in English, where the Welsh has other words; short words are the same now and then."""
    english = {welsh.english_of(message) for message in welsh.messages() if welsh.is_public(message)}
    return {words for words in english - welsh.allowed_to_be_the_same() if " " in words and "%" not in words}


def still_english(page):
    """Sentences of ours that no translation reached, whole or as a line of their own."""
    said = {line.strip() for line in page.locator("body").inner_text().splitlines()}
    return sorted(said & english_sentences())


@pytest.mark.deep
def test_no_role_sees_a_page_that_complains(open_as):
    world = full_world()
    found = {route: path for route, path in addresses(world).items() if route.startswith(STAFF_PAGES)}

    def opens(page, path):
        answer = page.goto(path)
        return [] if answer.status in (200, 403, 404) else [f"{path}: {answer.status}"]

    none_of(walk(world, open_as, [(role, path) for role in STAFF for path in found.values()], opens))


@pytest.mark.deep
def test_every_page_stands_without_scripts(open_as):
    world = full_world()
    places = shown_by(world, addresses(world))
    faults = []
    for visitor in {visitor for visitor, _path in places.values()}:
        page, _watch = open_as(visitor, world, java_script_enabled=False)
        for _visitor, path in (place for place in places.values() if place[0] == visitor):
            page.goto(path)
            faults += [f"{path}: {what}" for what in hidden_without_scripts(page)]
    none_of(faults)


def hidden_without_scripts(page):
    """Questions that only a script could show; buttons and headings that are not there."""
    main = page.locator("main")
    hidden = main.locator("input:not([type=hidden]), select, textarea").filter(visible=False)
    if not main.locator("h1").is_visible():
        yield "no heading"
    for control in hidden.all():
        # What is folded opens without a script; and so does what the style sheet keeps until a sign was seen.
        if not control.evaluate("e => e.closest('details:not([open]), .sign-more') !== null"):
            yield control.evaluate("e => e.outerHTML.slice(0, 80)")


@pytest.mark.deep
def test_every_form_sent_empty_says_what_is_missing(open_as):
    world = full_world()
    sections = [place for place in more_addresses(world) if place[0] == REFERRING]
    places = [*shown_by(world, addresses(world)).values(), *sections]
    none_of(walk(world, open_as, places, says_what_is_missing))


ASKING = "main form[method=post]:has(input:not([type=hidden]), select, textarea)"


def says_what_is_missing(page, path):
    page.goto(path)
    form = page.locator(ASKING).first
    if not form.count():
        return []
    form.locator("button[type=submit]:not([aria-hidden], [name=add], [name=remove])").first.click()
    page.wait_for_load_state()
    if not page.locator("#error-summary").count():
        return []  # nothing in it has to be answered
    focused = page.evaluate("document.activeElement.id")
    faults = [] if focused == "error-summary" else [f"{path}: sent empty, the focus is on {focused!r}"]
    if not page.title().startswith("Error: "):
        faults.append(f"{path}: sent empty, the title is {page.title()!r}")
    return faults + axe_violations(page) + scrolls_sideways(page)


def test_two_referrals_side_by_side_meet_the_bars(open_as):
    """The page that asks before a referral is joined to another: it stands at the address of the decision."""
    world = full_world()
    page, watch = open_as(Role.TEAM_MANAGER.value, world)
    page.goto(reverse("triage:decide", args=[world.referrals["screening"].reference]))
    page.check("input[value=duplicate_merged]")
    page.fill("#id_joined_to", world.referrals["waiting"].reference)
    page.click("main form button[type=submit]")
    page.get_by_role("button", name="Yes, join them").wait_for()
    faults = [*is_a_page(page), *axe_violations(page), *too_little_contrast_in_the_dark(page)]
    none_of(faults + [*scrolls_sideways(page), *prints(page), *keyboard_order(page)] + watch.complaints)


def test_every_refusal_meets_the_bars(open_as, settings):
    world = full_world()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    page, watch = open_as(Role.PRACTITIONER.value, world)
    seen = {}

    def look(answer):
        faults = [*is_a_page(page), *axe_violations(page), *scrolls_sideways(page), *keyboard_order(page)]
        watch.policy(page)
        seen[answer.status] = faults

    look(page.goto("/check/?area=%00"))
    look(page.goto("/config/"))
    look(page.goto("/triage/PR-2222-22/"))
    page.goto("/young-people/")
    with page.expect_navigation() as going:
        page.evaluate(
            """() => { const form = document.createElement("form"); form.method = "post"; form.action = "/check/";
            const words = document.createElement("textarea"); words.name = "who"; words.value = "x".repeat(2000);
            form.append(words); document.body.append(form); form.submit(); }"""
        )
    look(going.value)
    assert set(seen) == {400, 403, 404, 413}
    none_of([fault for faults in seen.values() for fault in faults] + watch.complaints)


def test_every_public_page_has_a_twin_in_welsh():
    world = full_world()
    places = shown_by(world, {route: path for route, path in addresses(world).items() if route.startswith(PUBLIC)})
    faults = []
    for route, (visitor, path) in places.items():
        twin = client_of(visitor, world).get(address(world, route, language="cy"))
        english = client_of(visitor, world).get(path)
        if twin.status_code != 200 or '<html lang="cy">' not in twin.text:
            faults.append(f"{route}: no Welsh twin")
        if f'href="/cy{path}"' not in english.text or f'href="{path}"' not in twin.text:
            faults.append(f"{route}: no way from one language to the other")
    none_of(faults)


def test_what_breaks_the_policy_is_heard(open_as):
    """The watch is watched: an inline script, an inline style, a foreign picture, an error of a script."""
    page, watch = open_as(STRANGER, empty_world())
    planted = (
        '<script>document.title = "run"</script><p style="color: red">red</p>'
        '<img src="https://elsewhere.example/pixel.gif" alt="">'
    )

    def plant(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", planted + "</main>"))

    page.route("**/help/contact/", plant)
    page.goto("/help/contact/")
    watch.policy(page)
    page.evaluate("setTimeout(() => { throw new Error('planted') })")
    page.wait_for_timeout(200)
    heard = "\n".join(watch.complaints)
    assert page.title() != "run"
    for what in ["script-src", "style-src", "img-src", "planted"]:
        assert what in heard
