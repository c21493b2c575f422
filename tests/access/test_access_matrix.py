"""Who gets what answer at every address (security.md A1). The table is written by hand, from the permission matrix."""

import csv

import pytest
from django.conf import settings
from django.db import transaction

from audit.models import AuditEvent
from tests.routes import REFERRER, STAFF, address, all_routes
from tests.visitors import a_client, referrer_client, staff_client

pytestmark = pytest.mark.django_db

TABLE = settings.BASE_DIR / "tests" / "access" / "access_matrix.csv"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
VISITORS = ["anonymous", "referrer", *STAFF]


# Before something is sought, and views and an address of one's own: test_search asks the trail of what was found.
SHOW_NOBODY = {"triage:search", "triage:views", "triage:save_view", "sessions:make_feed"}


def lines():
    with TABLE.open() as file:
        return list(csv.DictReader(file))


def test_every_route_has_a_line_and_every_line_a_route():
    assert {line["route"] for line in lines()} == all_routes()


def test_the_table_has_a_column_for_every_kind_of_visitor():
    assert list(lines()[0]) == ["route", "method", *VISITORS]


@pytest.fixture
def world(world_of_all, db):
    return world_of_all


def client_of(visitor, world):
    if visitor == "anonymous":
        return a_client()
    return referrer_client(REFERRER) if visitor == "referrer" else staff_client(world.staff[visitor])


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_visitor_gets_the_answer_of_the_table(world, visitor, method):
    wrong, somebody = {}, client_of(visitor, world)
    for line in (line for line in lines() if line["method"] == method):
        with transaction.atomic():  # each answer in a world of its own, from a browser that saw no other page
            client = a_client()
            client.cookies = somebody.cookies.copy()
            status = client.generic(method, address(world, line["route"])).status_code
            transaction.set_rollback(True)
        if status != int(line[visitor]):
            wrong[line["route"]] = f"{status}, not {line[visitor]}"
    assert wrong == {}


def test_every_page_about_a_person_that_somebody_opens_is_on_the_trail(world):
    """I1: also the page of an act that is then not done, and one shown again."""
    client, untold = client_of("team_manager", world), []
    floors = ("triage:", "safeguarding:", "cases:", "sessions:", "reminders:")
    about_people = [line for line in lines() if line["route"].startswith(floors)]
    about_people = [line for line in about_people if line["route"] not in SHOW_NOBODY]
    for line in (line for line in about_people if line["team_manager"] == "200"):
        with transaction.atomic():
            before = AuditEvent.objects.count()
            client.generic(line["method"], address(world, line["route"]))
            if not AuditEvent.objects.order_by("pk")[before:].filter(verb__regex=r"\.(viewed|listed)$").exists():
                untold.append((line["route"], line["method"]))
            transaction.set_rollback(True)
    assert len(about_people) > 20
    assert untold == []


def test_every_other_method_is_refused_as_such(world):
    accepted = {(line["route"], line["method"]) for line in lines()}
    client = client_of("team_manager", world)
    wrong = {}
    for route in sorted({route for route, _method in accepted}):
        for method in METHODS:
            counterpart = "GET" if method == "HEAD" else method
            if (route, counterpart) in accepted:
                continue
            status = client.generic(method, address(world, route)).status_code
            if status != 405:
                wrong[route, method] = status
    assert wrong == {}
