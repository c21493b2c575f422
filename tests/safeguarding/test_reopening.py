"""A closed concern that is not over waits for a human again, and people are told as when it was raised."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from outbox.models import Message
from safeguarding import operations
from safeguarding.models import Concern, Reopening
from safeguarding.sweep import escalate_all
from tests.factories.accounts import MembershipFactory
from tests.factories.people import AccessGrantFactory
from tests.factories.safeguarding import ConcernFactory, ReopeningFactory, YoungPersonToldFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db
BECAUSE = "They were seen together again."


@pytest.fixture
def concern():
    return ConcernFactory(closed=True, severity="immediate", raised_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def lead(concern):
    return MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=concern.subject.centre).user


def practitioner_of(concern):
    given = MembershipFactory(role=Role.PRACTITIONER, centre=concern.subject.centre)
    return AccessGrantFactory(subject=concern.subject, user=given.user).user


def test_it_waits_as_if_raised_now_and_how_it_had_ended_is_kept(concern, lead):
    by = practitioner_of(concern)
    with writes(ConcernEvent=1, Reopening=1, ReopeningEvent=1, ConcernAlert=1, Message=1, AuditEvent=1):
        opened = operations.reopen(concern, by=by, because=BECAUSE)

    now = Concern.objects.get(pk=concern.pk)
    assert (now.status, now.acknowledged_by, now.closed_by, now.outcome, now.is_overdue) == (
        "raised", None, None, "", False,
    )  # fmt: skip
    assert now.waits_since == opened.reopened_at > now.raised_at
    had = now.reopenings.get()
    assert (had.by, had.because, had.outcome) == (by, BECAUSE, concern.outcome)
    assert (had.acknowledged_by, had.closed_by) == (concern.acknowledged_by, concern.closed_by)
    assert Message.objects.get().to == lead.email
    assert AuditEvent.objects.get().verb == "concern.reopened"


def test_its_clock_begins_anew_and_it_escalates_until_a_human_has_it(concern, lead):
    MembershipFactory(role=Role.SERVICE_MANAGER, centre=concern.subject.centre)
    opened = operations.reopen(concern, by=practitioner_of(concern), because=BECAUSE)
    steps = []
    for minutes in (59, 60, 120, 180):
        with time_machine.travel(opened.reopened_at + timedelta(minutes=minutes), tick=False):
            escalate_all(by="test")
        steps.append(list(concern.alerts.values_list("step", flat=True)))
    assert steps == [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]

    operations.acknowledge(concern, by=lead)
    YoungPersonToldFactory(concern=concern)
    operations.close(concern, by=lead, outcome="A strategy meeting was held.")
    again = operations.reopen(concern, by=lead, because="He is back.")
    assert list(concern.alerts.filter(waits_since=again.reopened_at).values_list("step", flat=True)) == [0]
    assert concern.reopenings.count() == 2


@pytest.mark.parametrize("trait", ["", "acknowledged", "acting"])
def test_only_what_is_closed_is_opened_again(trait):
    concern = ConcernFactory(**({trait: True} if trait else {}))
    by = practitioner_of(concern)
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.reopen(concern, by=by, because=BECAUSE)


def test_opening_again_needs_a_reason(concern, lead):
    with leaves_no_trace(), pytest.raises(ValueError, match="why it is opened"):
        operations.reopen(concern, by=lead, because=" ")


def test_how_it_had_ended_is_for_ever():
    rows = Reopening.objects.filter(pk=ReopeningFactory().pk)
    for change in (lambda: rows.update(because="A mistake."), rows.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()
