"""A real browser over the real product: what each page test stands on."""

import os

import pytest
from django.core.cache import cache

from tests.browser.checks import Watch
from tests.visitors import client_of, cookies_of

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; see docs/house.md

collect_ignore = [] if os.environ.get("PICTURES") else ["test_pictures.py"]

QUIET_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "args": QUIET_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def nobody_has_been_counted(transactional_db):
    """Limits are counted in a table that no flush empties."""
    cache.clear()


@pytest.fixture
def watch(context, live_server):
    """Hears every console error, script error, policy report and request to another origin of this test."""
    watch = Watch(context, live_server.url)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def open_as(browser, live_server, browser_context_args):
    """A browser of a visitor's own: ``open_as(visitor, world)`` returns its page and its watch."""
    contexts = []

    def opened(visitor, world, **options):
        context = browser.new_context(**browser_context_args, base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies(cookies_of(client_of(visitor, world), live_server.url))
        return context.new_page(), Watch(context, live_server.url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser, live_server, browser_context_args, settings):
    """A browser of one's own: ``visit(Hands)`` returns its page, and the hands on it."""
    settings.SITE_URL = live_server.url
    contexts = []

    def visited(hands, **options):
        context = browser.new_context(**browser_context_args, base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        return page, hands(page)

    yield visited
    for context in contexts:
        context.close()
