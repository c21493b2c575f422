"""Concerns: raised, acknowledged by a human, closed with an outcome; and who sees them when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from audit.models import AuditEvent
from safeguarding import operations, rules
from safeguarding.enums import ConcernStatus, Severity, acknowledge_by
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.safeguarding import ConcernFactory, follower
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
NOT_TOLD = {"was_told": False, "not_told_because": "Their phone is read by somebody else."}


def events():
    return [(e.verb, e.subject_type, e.subject_id, e.actor_id, e.facts) for e in AuditEvent.objects.order_by("pk")]


def test_a_colleague_raises_a_concern():
    subject, worker = DataSubjectFactory(), UserFactory()

    with writes(Concern=1, ConcernEvent=1, ConcernAlert=1, AuditEvent=1):
        concern = operations.raise_concern(
            subject, by=worker, severity=Severity.HIGH, what="Seen at the station.", done_now="Rang social care."
        )

    assert (concern.subject, concern.severity, concern.what, concern.done_now, concern.raised_by) == (
        subject,
        "high",
        "Seen at the station.",
        "Rang social care.",
        worker,
    )
    assert (concern.status, concern.acknowledged_at, concern.closed_at, concern.outcome) == ("raised", None, None, "")
    expected = "concern.raised", "safeguarding.concern", str(concern.pk), worker.pk, {"severity": "high"}
    assert events() == [expected]


def test_what_is_sent_twice_is_one_concern():
    subject, worker = DataSubjectFactory(), UserFactory()
    said = {"severity": Severity.HIGH, "what": "Seen at the station."}
    first = operations.raise_concern(subject, by=worker, **said)
    with leaves_no_trace():
        assert operations.raise_concern(subject, by=worker, **said) == first


@pytest.mark.parametrize("differs", ["what", "severity", "by", "subject", "later", "acknowledged"])
def test_what_is_another_concern_is_raised_however_soon(differs):
    subject, worker, at = DataSubjectFactory(), UserFactory(), timezone.now()
    said = {"subject": subject, "by": worker, "severity": Severity.HIGH, "what": "Seen at the station."}
    first = operations.raise_concern(**said)
    others = {"what": "Seen in the park.", "severity": Severity.IMMEDIATE}
    others |= {"by": UserFactory(), "subject": DataSubjectFactory()}
    if differs == "acknowledged":
        operations.acknowledge(first, by=follower(subject))
    if differs in others:
        said[differs] = others[differs]
    with time_machine.travel(at + timedelta(minutes=2 if differs == "later" else 0)):
        assert operations.raise_concern(**said) != first


def test_the_answers_of_a_referrer_raise_one_without_the_trail():
    subject = DataSubjectFactory()

    with writes(Concern=1, ConcernEvent=1, ConcernAlert=1):
        concern = operations.raise_concern(subject, by="referrer", severity=Severity.IMMEDIATE, what="Now.")

    assert concern.raised_by is None


def test_a_concern_is_acknowledged_and_then_closed_with_what_came_of_it():
    concern = ConcernFactory()
    lead, manager = follower(concern.subject), follower(concern.subject)

    with writes(ConcernEvent=1, AuditEvent=1):
        acknowledged = operations.acknowledge(concern, by=lead)
    with writes(ConcernEvent=1, YoungPersonTold=1, YoungPersonToldEvent=1, AuditEvent=2):
        closed = operations.close(acknowledged, by=manager, outcome="Social care visited.", telling=NOT_TOLD)

    assert (acknowledged.status, acknowledged.acknowledged_by) == ("acknowledged", lead)
    assert (closed.status, closed.closed_by, closed.outcome) == ("closed", manager, "Social care visited.")
    assert closed.acknowledged_at == acknowledged.acknowledged_at <= closed.closed_at
    assert [(event[0], event[3]) for event in events()] == [
        ("concern.acknowledged", lead.pk),
        ("telling.recorded", manager.pk),
        ("concern.closed", manager.pk),
    ]


@pytest.mark.parametrize("trait", ["acknowledged", "acting", "closed"])
def test_it_is_acknowledged_once(trait):
    concern = ConcernFactory(**{trait: True})
    lead = follower(concern.subject)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.acknowledge(concern, by=lead)


@pytest.mark.parametrize("traits", [{}, {"closed": True}])
def test_only_what_was_acknowledged_and_is_open_is_closed(traits):
    concern = ConcernFactory(**traits)
    lead = follower(concern.subject)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.close(concern, by=lead, outcome="Done.", telling=NOT_TOLD)


@pytest.mark.parametrize("outcome", ["", "  \n"])
def test_closing_needs_an_outcome(outcome):
    concern = ConcernFactory(acknowledged=True)
    lead = follower(concern.subject)

    with leaves_no_trace(), pytest.raises(ValueError, match="what came of it"):
        operations.close(concern, by=lead, outcome=outcome, telling=NOT_TOLD)


def test_a_stale_page_acknowledges_nothing():
    concern = ConcernFactory()
    lead = follower(concern.subject)
    stale = Concern.objects.get(pk=concern.pk)
    operations.acknowledge(concern, by=lead)

    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.acknowledge(stale, by=lead)


@pytest.mark.parametrize(
    ("severity", "raised", "due"),
    [
        ("immediate", datetime(2026, 12, 25, 23, 30, tzinfo=LONDON), datetime(2026, 12, 26, 0, 30, tzinfo=LONDON)),
        ("high", datetime(2026, 12, 23, 9, 0, tzinfo=LONDON), datetime(2026, 12, 23, 17, 0, tzinfo=LONDON)),
        ("high", datetime(2026, 12, 25, 9, 0, tzinfo=LONDON), datetime(2026, 12, 25, 17, 0, tzinfo=LONDON)),
        ("high", datetime(2026, 12, 23, 19, 0, tzinfo=LONDON), datetime(2026, 12, 23, 20, 0, tzinfo=LONDON)),
        ("standard", datetime(2026, 12, 24, 9, 0, tzinfo=LONDON), datetime(2026, 12, 29, 17, 0, tzinfo=LONDON)),
    ],
)
def test_by_when_somebody_must_have_read_it(severity, raised, due):
    assert acknowledge_by(severity, raised) == due


def test_a_concern_raised_in_the_evening_is_not_overdue_at_once():
    evening = datetime(2026, 12, 22, 19, 0, tzinfo=LONDON)
    with time_machine.travel(evening, tick=False):
        concern = ConcernFactory(severity=Severity.HIGH)
        assert not concern.is_overdue


def test_only_what_nobody_has_acknowledged_can_be_overdue():
    long_ago = datetime(2026, 1, 5, 9, 0, tzinfo=LONDON)
    late, seen = ConcernFactory(raised_at=long_ago), ConcernFactory(raised_at=long_ago, acknowledged=True)

    assert (late.is_overdue, seen.is_overdue) == (True, False)


# Rules: state and role


@pytest.mark.parametrize(
    ("role", "follows"),
    [
        ("practitioner", False),
        ("team_manager", True),
        ("service_manager", True),
        ("safeguarding_lead", True),
        ("centre_admin", False),
        ("data_protection", False),
        ("system_admin", False),
    ],
)
@pytest.mark.parametrize("status", ["raised", "acknowledged", "acting", "closed"])
def test_who_follows_concerns_in_which_state(role, follows, status):
    concern = ConcernFactory(**({} if status == "raised" else {status: True}))
    here = MembershipFactory(role=role, centre=concern.subject.centre).user
    elsewhere = MembershipFactory(role=role).user

    assert rules.may_acknowledge(here, concern) == (follows and status == "raised")
    assert rules.may_close(here, concern) == (follows and status in ("acknowledged", "acting"))
    assert not rules.may_acknowledge(elsewhere, concern)
    assert not rules.may_close(elsewhere, concern)


def test_open_is_all_but_closed():
    for trait in ("acknowledged", "acting", "closed"):
        ConcernFactory(**{trait: True})
    ConcernFactory(raised_at=datetime(2026, 1, 5, 9, 0, tzinfo=LONDON) + timedelta(hours=1))

    assert Concern.objects.open().count() == 3
    assert [concern.status for concern in Concern.objects.unacknowledged()] == [ConcernStatus.RAISED]
