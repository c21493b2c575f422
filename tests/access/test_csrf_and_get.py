"""Nothing changes but by a form of ours (security.md D4): no token, a foreign one, a foreign origin, a mere GET."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.enums import Role
from tests.figures import figure
from tests.routes import STAFF, address, all_routes, full_world
from tests.traces import everything
from tests.visitors import CHECKING, NEWCOMER, PASSWORD_GIVEN, REFERRING, STRANGER, client_of

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"
STRANGERS = [STRANGER, CHECKING, REFERRING, PASSWORD_GIVEN, NEWCOMER]
PEOPLE = [*STRANGERS, Role.TEAM_MANAGER.value, Role.SAFEGUARDING_LEAD.value]
# Who stands for the others every day: the deep run goes in everybody's name.
SENDERS = figure([STRANGER, REFERRING, Role.TEAM_MANAGER.value], PEOPLE)
# What reading may write: who looked, the session, counters of tries, and on which day a calendar last looked.
WRITTEN_BY_READING = {"audit.AuditEvent", "accounts.Session", "pghistory.Context", "support_sessions.CalendarFeed"}


def everything_but_reading():
    return everything(but=WRITTEN_BY_READING)


def forgeries(client):
    """What another site, or a program, may send in the name of somebody who is at our pages."""
    client.get("/check/")
    ours = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    elsewhere = "https://elsewhere.example"
    yield "no token", {"headers": {"Origin": ORIGIN}}
    yield "a foreign token", {"data": {"csrfmiddlewaretoken": "x" * 64}, "headers": {"Origin": ORIGIN}}
    yield "a foreign origin", {"data": ours, "headers": {"Origin": elsewhere}}
    yield "no origin, a foreign page", {"data": ours, "headers": {"Referer": f"{elsewhere}/"}, "secure": True}


@pytest.mark.parametrize("visitor", SENDERS)
def test_no_form_but_ours_is_taken(visitor):
    """Who may not even knock is sent to sign in, or told that nothing there takes a form."""
    world = full_world()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = client_of(visitor, world).cookies
    before, answers = everything_but_reading(), {}
    for how, sent in forgeries(client):
        for route in sorted(all_routes()):
            answers[route, how] = client.post(address(world, route), **sent).status_code
    assert set(answers.values()) == {403}
    assert everything_but_reading() == before


@pytest.mark.parametrize("visitor", SENDERS)
def test_every_form_of_ours_is_taken_from_our_own_pages(visitor):
    """A form without its token is a button that never works: an include with ``only`` has lost one before."""
    world = full_world()
    client, without, forms = client_of(visitor, world), [], 0
    for route in sorted(all_routes()):
        page = client.get(address(world, route))
        for form in re.findall(r"<form\b.*?</form>", page.content.decode(errors="replace"), re.DOTALL):
            if 'method="post"' in form:
                forms += 1
                without += [] if 'name="csrfmiddlewaretoken"' in form else [(route, form[:120])]
    assert without == []
    assert forms


@pytest.mark.parametrize("visitor", SENDERS)
def test_reading_changes_nothing(visitor):
    world = full_world()
    client = client_of(visitor, world)
    before = everything_but_reading()
    for route in sorted(all_routes()):
        for method in (client.get, client.head, client.options):
            method(address(world, route))
        client.get(address(world, route, language="cy"))
    assert everything_but_reading() == before


def test_the_world_is_seen_by_those_who_read_it():
    """That reading changes nothing would mean little where nothing could be read."""
    world = full_world()
    read = dict.fromkeys(STAFF, 0)
    for visitor in STAFF:
        client = client_of(visitor, world)
        paths = [address(world, route) for route in all_routes() if route.startswith("triage:")]
        read[visitor] = sum(client.get(path).status_code == 200 for path in paths)
    assert read[Role.TEAM_MANAGER.value] > 8
