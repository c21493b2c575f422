"""The sessions of a case, through their pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.cases import CaseFactory
from tests.factories.sessions import SupportSessionFactory, TopicCoveredFactory

pytestmark = pytest.mark.django_db

STATES = ({}, {"planned_at": timezone.now() - timedelta(days=1)}, {"held": True}, {"not_held": True})


def of_every_list(case):
    return [SupportSessionFactory(case=case, **state) for state in STATES]


def test_they_stand_in_four_lists(client, practitioner, case, at):
    coming, needs_a_record, held, not_held = of_every_list(case)
    SupportSessionFactory()
    page = client.get(at("sessions", case))
    shown = {name: [row["pk"] for row in page.context[name]] for name in LISTS}
    assert shown == {
        "coming": [coming.pk],
        "needs_a_record": [needs_a_record.pk],
        "held": [held.pk],
        "not_held": [not_held.pk],
    }


LISTS = ["coming", "needs_a_record", "held", "not_held"]


def test_what_comes_is_in_the_order_of_days_and_what_was_begins_with_the_latest(client, practitioner, case, at):
    def planned(days, **state):
        return SupportSessionFactory(case=case, planned_at=timezone.now() + timedelta(days=days), **state).pk

    coming = [planned(1), planned(2)]
    were = [planned(-2, held=True), planned(-1, held=True)]
    page = client.get(at("sessions", case))
    assert [row["pk"] for row in page.context["coming"]] == coming
    assert [row["pk"] for row in page.context["held"]] == were[::-1]


def test_each_says_what_came_of_it_and_what_waits_for_a_signature(client, practitioner, case, at):
    of_every_list(case)
    page = client.get(at("sessions", case))
    (held,), (not_held,) = page.context["held"], page.context["not_held"]
    assert (held["came_of_it"], held["waits"]) == ("Took part", "Not signed yet")
    assert not_held["came_of_it"] == "Was not brought"


def test_what_needs_a_record_leads_to_where_it_is_written_down(client, practitioner, case, at):
    coming, late, *_others = of_every_list(case)
    page = client.get(at("sessions", case))
    assert page.context["needs_a_record"][0]["record_url"] == at("record", case, late.pk)
    assert at("record", case, coming.pk) not in page.text


def test_the_tab_is_the_one_of_this_page(client, practitioner, case, at):
    page = client.get(at("sessions", case))
    assert [tab["url"] for tab in page.context["tabs"] if tab["current"]] == [at("sessions", case)]


def test_who_looked_is_on_the_trail(client, practitioner, case, at):
    client.get(at("sessions", case))
    seen = AuditEvent.objects.get(verb="case.viewed")
    assert (seen.actor_id, seen.facts["page"]) == (practitioner.pk, "sessions")


def test_work_with_a_carer_alone_has_none_of_these(client, stand_before, at):
    case = CaseFactory(kind="carer_only")
    stand_before(Role.TEAM_MANAGER, case)
    page = client.get(at("sessions", case))
    assert "sessions of their own" in page.text
    assert at("sessions", case) not in client.get(case.get_absolute_url()).text


@pytest.mark.requirement("R-wal-23")
def test_the_page_tells_how_far_the_three_are_and_what_was_talked_about(client, practitioner, case, at):
    for kind in ("awareness_raising", "awareness_raising", "review"):
        held = SupportSessionFactory(case=case, held=True, kind=kind)
    TopicCoveredFactory(session=held, topic__label_en="Internet safety")
    page = client.get(at("sessions", case))
    told = {row["label"]: row["lines"] for row in page.context["programme"]["rows"]}
    assert (told["Awareness sessions that took place"], told["Topics talked about"]) == (
        ["2 of 3"],
        ["Internet safety"],
    )
    assert "Looking back together: 1" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client, practitioner, case, at, count, django_assert_num_queries):
    for _number in range(count):
        of_every_list(case)
    with django_assert_num_queries(SESSIONS_PAGE):
        client.get(at("sessions", case))


SESSIONS_PAGE = 13
