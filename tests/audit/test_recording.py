"""The only way to write to the trail: who, what, about which row, on which route; in the caller's transaction."""

import pytest
from django.db import transaction

from audit.context import RequestContext, current
from audit.models import AuditEvent
from audit.recording import record
from tests.factories.accounts import UserFactory
from tests.factories.people import DataSubjectFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


def as_written(event):
    return (
        event.verb, event.subject_type, event.subject_id, event.actor_id, event.system_actor,
        event.route, event.request_id, event.facts,
    )  # fmt: skip


def test_an_act_of_a_person_about_a_row():
    user, subject = UserFactory(), DataSubjectFactory()

    event = record("referral.viewed", subject, by=user, section="safety")

    expected = "referral.viewed", "people.datasubject", str(subject.pk), user.pk, "", "", "", {"section": "safety"}
    assert as_written(event) == as_written(AuditEvent.objects.get()) == expected


def test_the_work_of_a_task_about_something_without_a_row():
    event = record("drafts.purged", "referral_drafts", by="purge_drafts", count=3)

    assert as_written(event) == ("drafts.purged", "referral_drafts", "", None, "purge_drafts", "", "", {"count": 3})


def test_the_route_and_the_request_are_noted():
    token = current.set(RequestContext(route="triage:referral", request_id="abc"))
    try:
        event = record("referral.viewed", "referral", by=UserFactory())
    finally:
        current.reset(token)

    assert (event.route, event.request_id) == ("triage:referral", "abc")


def test_an_event_goes_with_its_act_or_not_at_all():
    user = UserFactory()

    @transaction.atomic
    def look_and_fail():
        record("referral.viewed", "referral", by=user)
        raise LookupError

    with leaves_no_trace(), pytest.raises(LookupError):
        look_and_fail()


def test_an_event_says_what_it_is_and_no_more():
    assert str(record("referral.viewed", "referral", by="test")) == "referral.viewed referral "
