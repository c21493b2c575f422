"""What of a parent or carer stands on the page a day begins on, and before a manager who says who works with them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory, CarerTaskFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.sessions.carer_hands import at

pytestmark = pytest.mark.django_db

HOME_QUERIES, WAITING_QUERIES = 22, 13


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    client.force_login(mine)
    return CarerStrandFactory(case=case, active=True, practitioner=mine)


def waits(case, state, days):
    """One who has waited so long: for a practitioner, or for what a manager decides."""
    since = timezone.now() - timedelta(days=days)
    when = {"held_back_at": since} if state == "blocked" else {"answered_at": since}
    return CarerStrandFactory(case=case, **{state: True}, **when)


def test_a_manager_finds_who_waits_the_longest_first_and_is_led_to_where_it_is_decided(client, manager, case):
    asks, worry = waits(case, "accepted", 3), waits(case, "blocked", 5)
    CarerStrandFactory(case=case, offered=True)
    waits(CaseFactory(active=True), "accepted", 9)
    allocates = reverse("sessions:allocate_carer", args=[case.reference, asks.key])
    decides = reverse("sessions:parents", args=[case.reference])
    for page, name in (("home", "carers_waiting"), ("cases:waiting", "beside")):
        shown = client.get(reverse(page))
        rows = shown.context[name]
        assert [(row["pk"], row["url"]) for row in rows] == [(worry.pk, decides), (asks.pk, allocates)]
        assert all(row["since"] in shown.text and row["status"] in shown.text for row in rows)
        assert asks.carer.name_shown not in shown.text
    assert AuditEvent.objects.get(verb="waiting.listed").facts["strands"] == [worry.pk, asks.pk]


def test_nobody_else_is_told_who_waits_nor_who_is_kept_from_them(client, manager, practitioner, case):
    strand = waits(case, "accepted", 1)
    assert "carers-waiting" not in client.get(reverse("home")).text
    client.force_login(manager)
    ExclusionFactory(subject=strand.subject, user=manager)
    assert client.get(reverse("home")).context["carers_waiting"] == []


def test_their_own_sessions_with_parents_and_carers_stand_among_theirs(client, strand):
    coming = CarerSessionFactory(strand=strand, planned_at=timezone.now() + timedelta(days=1))
    late = CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(days=1))
    CarerSessionFactory(strand=strand, planned_at=timezone.now() + timedelta(days=8))
    CarerSessionFactory(strand=strand, practitioner=UserFactory())
    page = client.get(reverse("home"))
    leads_to = [line["url"] for line in page.context["sessions"]]
    assert leads_to == [at("record_contact", strand, late.pk), at("carer_session", strand, coming.pk)]
    assert ("No session is planned" in page.text, page.context["session_count"]) == (False, 2)
    facts = AuditEvent.objects.get(verb="home.viewed").facts
    assert (facts["carer_sessions"], facts["sessions"]) == ([late.pk, coming.pk], [])


def test_what_they_owe_a_parent_or_carer_stands_among_their_tasks(client, strand):
    theirs = CarerTaskFactory(strand=strand, owner=strand.practitioner)
    CarerTaskFactory(strand=strand)
    page = client.get(reverse("home"))
    assert [(line["pk"], line["url"]) for line in page.context["tasks"]] == [(theirs.pk, at("strand", strand))]
    assert ("No task is with you" in page.text, page.context["task_count"]) == (False, 1)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("home", HOME_QUERIES), ("cases:waiting", WAITING_QUERIES)])
def test_a_managers_lists_ask_the_same_of_three_as_of_one(
    client, manager, case, page, queries, count, django_assert_num_queries
):
    for days in range(count):
        waits(case, "accepted", days)
    client.get(reverse(page))
    with django_assert_num_queries(queries):
        client.get(reverse(page))
