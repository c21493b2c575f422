"""My sessions, on the page that I begin my day on: what needs a record or a signature, and what is next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from cases import operations as cases
from tests.factories.accounts import UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.sessions import SupportSessionFactory

pytestmark = pytest.mark.django_db


def mine(client):
    return [line["pk"] for line in client.get(reverse("home")).context["sessions"]]


def planned(case, by, hours, **more):
    at = timezone.now() + timedelta(hours=hours)
    return SupportSessionFactory(case=case, practitioner=by, planned_at=at, **more)


def test_what_needs_a_record_stands_before_what_is_next(client, practitioner, case, at):
    coming, late = planned(case, practitioner, 20), planned(case, practitioner, -20)
    planned(case, practitioner, 24 * 7 + 1)
    SupportSessionFactory(case=case, practitioner=practitioner, signed=True)
    page = client.get(reverse("home"))
    shown = [(line["pk"], line["needs_a_record"]) for line in page.context["sessions"]]
    assert shown == [(late.pk, True), (coming.pk, False)]
    leads_to = [line["url"] for line in page.context["sessions"]]
    assert leads_to == [at("record", case, late.pk), at("session", case, coming.pk)]
    assert page.context["session_count"] == 2
    assert page.text.count("Needs a record") == 1
    assert AuditEvent.objects.get(verb="home.viewed").facts["sessions"] == [late.pk, coming.pk]


def test_what_waits_for_my_signature_stands_there_and_leads_to_it(client, practitioner, case, at):
    draft = SupportSessionFactory(case=case, practitioner=practitioner, held=True)
    missed = SupportSessionFactory(case=case, practitioner=practitioner, not_held=True)
    page = client.get(reverse("home"))
    assert [(line["pk"], line["url"]) for line in page.context["sessions"]] == [
        (one.pk, at("session", case, one.pk)) for one in (draft, missed)
    ]
    assert page.text.count("Not signed yet") == 2


def test_those_of_a_colleague_do_not_stand_there(client, practitioner, case):
    planned(case, AssignmentFactory(case=case, kind="co_worker").user, 1)
    SupportSessionFactory()
    assert mine(client) == []


def test_what_was_planned_with_somebody_who_has_left_is_the_leads(client, practitioner, case):
    before = AssignmentFactory(case=case, ended=True).user
    left = planned(case, before, 1)
    draft = SupportSessionFactory(case=case, practitioner=before, held=True)
    SupportSessionFactory(case=case, practitioner=before, signed=True)
    assert mine(client) == [draft.pk, left.pk]


def test_who_has_left_the_case_finds_nothing_of_it(client, stand_before, manager, case):
    lead = stand_before("lead", case)
    planned(case, lead, 1)
    assert len(mine(client)) == 1
    cases.reassign(case, to=None, by=UserFactory(), because="Moves.", handover="Ask first.")
    assert mine(client) == []


def test_what_is_closed_to_me_or_closed_does_not_stand_there(client, practitioner, case):
    planned(case, practitioner, 1)
    ExclusionFactory(subject=case.subject, user=practitioner)
    assert mine(client) == []


def test_nor_what_was_left_without_a_record_on_a_case_that_closed(client, practitioner):
    closed = CaseFactory(closed=True, opened_at=timezone.now() - timedelta(days=9))
    AssignmentFactory(case=closed, user=practitioner)
    planned(closed, practitioner, -2)
    assert mine(client) == []


def test_who_does_not_work_with_cases_has_no_such_list(client, sign_in, case):
    sign_in(Role.DUTY_WORKER, at=case.centre)
    assert "My sessions" not in client.get(reverse("home")).text
