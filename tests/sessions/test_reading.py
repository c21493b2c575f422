"""A manager who does not work with a young person says why before they read what was said (security.md 5)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from sessions import operations
from sessions.enums import ReadingReason
from tests.factories.cases import AssignmentFactory
from tests.factories.sessions import RemoteStartFactory, SupportSessionFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WORDS = "Walked the dog."
ASKS = "Why do you read what was said?"


@pytest.fixture
def session(case):
    return SupportSessionFactory(case=case, signed=True, what_we_did=WORDS)


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_a_manager_sees_that_they_met_and_says_why_before_what_was_said_is_shown(
    client, stand_before, case, session, role
):
    user, url = stand_before(role, case), session.get_absolute_url()
    page = client.get(url).text
    assert ASKS in page
    assert str(session.practitioner) in page
    assert "Took part" in page
    assert WORDS not in page
    assert WORDS in client.post(url, {"reason": "supervision"}, follow=True).text
    told = AuditEvent.objects.get(verb="session.read")
    assert (told.actor_id, told.facts) == (user.pk, {"session": session.pk, "reason": "supervision"})


def test_it_is_asked_once_a_day_for_each_case(client, manager, case, session):
    other = SupportSessionFactory(case=case, held=True, what_we_did=WORDS)
    client.post(session.get_absolute_url(), {"reason": "complaint"})
    assert WORDS in client.get(other.get_absolute_url()).text
    elsewhere = SupportSessionFactory(signed=True, case__referral__centre=case.centre)
    assert ASKS in client.get(elsewhere.get_absolute_url()).text
    client.post(elsewhere.get_absolute_url(), {"reason": "quality"})
    assert WORDS in client.get(session.get_absolute_url()).text
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client.force_login(manager)
        assert ASKS in client.get(session.get_absolute_url()).text


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "curious"}])
def test_without_a_reason_that_is_one_nothing_is_shown(client, manager, session, typed):
    page = client.post(session.get_absolute_url(), typed)
    assert (ASKS in page.text, WORDS in page.text) == (True, False)
    assert not AuditEvent.objects.filter(verb="session.read").exists()


def test_who_works_with_them_is_not_asked_a_manager_neither(client, stand_before, case, session):
    stand_before("lead", case)
    assert WORDS in client.get(session.get_absolute_url()).text
    assert client.post(session.get_absolute_url(), {"reason": "quality"}).status_code == 302
    both = stand_before(Role.TEAM_MANAGER, case)
    AssignmentFactory(case=case, user=both, kind="co_worker")
    assert WORDS in client.get(session.get_absolute_url()).text
    assert not AuditEvent.objects.filter(verb="session.read").exists()


def test_where_nothing_was_said_yet_nothing_is_asked(client, manager, case):
    planned = SupportSessionFactory(case=case, mode="phone")
    assert ASKS not in client.get(planned.get_absolute_url()).text
    RemoteStartFactory(session=planned, where="In her room")
    page = client.get(planned.get_absolute_url()).text
    assert (ASKS in page, "In her room" in page) == (True, False)


def test_why_is_one_line_of_the_trail_and_one_of_a_few(session):
    by = session.practitioner
    for reason in ReadingReason:
        with writes(AuditEvent=1):
            operations.say_why_read(session, by=by, reason=reason)
    with leaves_no_trace(), pytest.raises(ValueError, match="curious"):
        operations.say_why_read(session, by=by, reason="curious")
