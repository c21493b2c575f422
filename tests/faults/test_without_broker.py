"""G3: every page of the staff's is there without Redis, refused or frozen: nothing in a request asks for it."""

import signal
import time

import pytest

from tests.faults.browser import Browser

pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def world(site):
    return site.put_in("world")


def walk(site, world, role):
    """How each page answers, and how long the slowest took."""
    browser, answers, slowest = Browser(site.port, session=world["sessions"][role]), {}, 0
    for route, address in world["addresses"].items():
        began = time.monotonic()
        answers[route] = browser.get(address)[0]
        slowest = max(slowest, time.monotonic() - began)
    return answers, slowest


@pytest.mark.parametrize("fault", ["stopped", "frozen"])
@pytest.mark.parametrize("role", ["practitioner", "team_manager"])
def test_every_page_answers_without_redis_as_it_does_with_it(site, world, counted, role, fault):
    usual, _slowest = walk(site, world, role)
    broker = site.children["broker"]
    if fault == "stopped":
        site.end("broker")
    else:
        broker.send_signal(signal.SIGSTOP)
    try:
        without, slowest = walk(site, world, role)
    finally:
        if fault == "stopped":
            site.start_broker()
        else:
            broker.send_signal(signal.SIGCONT)

    shown = sum(status == 200 for status in without.values())  # noqa: PLR2004 -- a page
    counted(f"Redis {fault}, {role}: {shown} pages shown of {len(without)} addresses, slowest {slowest:.1f} s")
    assert without == usual
    assert max(without.values()) < 500  # noqa: PLR2004
    assert shown > len(without) / 4
