"""What of a parent or carer stands on the page a day begins on, and before a manager who says who works with them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from sessions.operations import carer_strands as strands
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerAssessmentFactory, CarerSessionFactory, CarerStrandFactory, CarerTaskFactory
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.sessions.carer_hands import at, post

pytestmark = pytest.mark.django_db

HOME_QUERIES, WAITING_QUERIES = 23, 12


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


# What is left when the support has ended


@pytest.fixture
def ended(strand):
    """Something of everything was left unfinished when it ended."""
    CarerSessionFactory(strand=strand, ongoing=True, took_place=True)
    CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(days=1))
    CarerAssessmentFactory(strand=strand)
    CarerTaskFactory(strand=strand, owner=strand.practitioner)
    return strands.end_strand(strand, by=strand.practitioner, because="They have what they need.")


def test_what_has_ended_stands_with_what_waits_and_may_be_finished(client, ended):
    page = client.get(reverse("sessions:strands"))
    (row,) = page.context["ended"]
    assert (row["pk"], len(row["waits"]), row["url"] in page.text) == (ended.pk, 4, True)
    whole = dict.fromkeys(("what_matters", "how_done", "strengths", "analysis", "recommendation"), "She knows him.")
    page = client.get(at("strand", ended))
    task = page.context["open_tasks"][0].pk
    assert at("finish_carer_task", ended, task) in page.text
    assert at("write_carer_assessment", ended, 1) in client.get(at("carer_assessment", ended)).text
    assert post(client, "finish_carer_task", ended, {}, task).status_code == 302
    assert post(client, "write_carer_assessment", ended, whole | {"seen": 1, "sign": "1"}, 1).status_code == 302
    (row,) = client.get(reverse("sessions:strands")).context["ended"]
    assert row["waits"] == ["1 contact needs a record", "1 contact is not signed"]


def test_nothing_is_begun_any_more_and_a_manager_finishes_nothing_of_it(client, ended, stand_before):
    task = ended.carer_tasks.get().pk
    assert post(client, "start_carer_assessment", ended, {}).status_code == 403
    stand_before(Role.TEAM_MANAGER, ended.case)
    assert client.get(reverse("sessions:strands")).context["ended"] == []
    assert post(client, "finish_carer_task", ended, {}, task).status_code == 403
    assert post(client, "write_carer_assessment", ended, {}, 1).status_code == 403


def test_after_thirty_days_it_is_read_no_more(client, ended, settings):
    ended.subject.grants.update(until_at=timezone.now())
    assert client.get(reverse("sessions:strands")).context["ended"] == []
    assert client.get(at("strand", ended)).status_code == 404


# Who may be asked, and what goes with whom


def test_how_busy_each_is_stands_beside_their_name(client, manager, case):
    strand = waits(case, "accepted", 1)
    busy = MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user
    CarerStrandFactory(active=True, practitioner=busy)
    page = client.get(reverse("sessions:allocate_carer", args=[case.reference, strand.key]))
    labels = dict(page.context["form"].fields["to"].choices)
    assert labels[busy.pk] == f"{busy.full_name} (works with 1 carer, leads 0 cases)"


def test_only_what_is_to_come_goes_to_somebody_else(strand):
    was = CarerSessionFactory(strand=strand, planned_at=timezone.now() - timedelta(days=1))
    comes = CarerSessionFactory(strand=strand, planned_at=timezone.now() + timedelta(days=1))
    other = MembershipFactory(centre=strand.case.centre, role=Role.PRACTITIONER).user
    before = strand.practitioner
    strands.allocate(strand, to=other, by=UserFactory())
    for row in (was, comes):
        row.refresh_from_db()
    assert (was.practitioner, comes.practitioner) == (before, other)


@pytest.mark.parametrize("how", ["given_to_somebody_else", "held_back"])
def test_whoever_loses_a_parent_is_told_for_a_week_and_nobody_is_named(client, strand, how):
    before, manager = strand.practitioner, UserFactory()
    assert client.get(reverse("home")).context["strands_lost"] == []
    if how == "held_back":
        strands.hold_back(strand, by=manager, because="Canary.")
    else:
        other = MembershipFactory(role=Role.PRACTITIONER, centre=strand.case.centre).user
        strands.allocate(strand, to=other, by=manager)
    home = client.get(reverse("home"))
    [line] = home.context["strands_lost"]
    assert (line["pk"], line["reference"]) == (strand.pk, strand.case.reference)
    assert "You do not work with this parent or carer any more" in home.text
    for name in ("Canary", strand.carer.name_shown, str(manager), at("strand", strand)):
        assert name not in home.text
    assert strand.pk in AuditEvent.objects.filter(verb="home.viewed").latest("pk").facts["strands"]
    lately = before.grants.filter(subject=strand.subject)
    lately.update(from_at=timezone.now() - timedelta(days=9), until_at=timezone.now() - timedelta(days=8))
    assert client.get(reverse("home")).context["strands_lost"] == []


def test_whose_support_ended_itself_or_who_is_kept_from_them_is_told_nothing_of_it(client, strand):
    other = CarerStrandFactory(case=strand.case, active=True, practitioner=strand.practitioner)
    strands.end_strand(strand, by=strand.practitioner, because="They have what they need.")
    strands.hold_back(other, by=UserFactory(), because="Canary.")
    ExclusionFactory(subject=other.subject, user=other.practitioner)
    assert client.get(reverse("home")).context["strands_lost"] == []
