"""One concern: raised, acknowledged, closed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.recording import record
from people.models import DataSubject
from safeguarding.enums import ALLOWED_MOVES, ConcernStatus
from safeguarding.models import Concern

A_MOMENT = timedelta(minutes=1)


class MoveNotAllowed(Exception):
    """The concern is no longer in a state this act starts from."""


@transaction.atomic
def raise_concern(subject, *, by, severity, what, done_now=""):
    """Put a concern before the people who must acknowledge it.

    ``by`` is a colleague, or the text "referrer" when the answers of a
    referral raised it: a public submission does not write to the trail
    (design.md 6); a sweep adds its event. The person is held, as whoever
    decides about them holds them: the concern is seen by the decision, or
    comes after it. What a colleague sends twice within a moment is one
    concern: the first is returned, and nothing is written.
    """
    DataSubject.objects.select_for_update(of=["self"]).get(pk=subject.pk)
    from_public = isinstance(by, str)
    said = {"severity": severity, "what": what, "done_now": done_now}
    if not from_public and (first := _raised_a_moment_ago(subject, by, said)):
        return first
    concern = Concern.objects.create(
        subject=subject,
        raised_by=None if from_public else by,
        **said,
    )
    if not from_public:
        record("concern.raised", concern, by=by, severity=severity)
    return concern


def _raised_a_moment_ago(subject, by, said):
    since = timezone.now() - A_MOMENT
    same = Concern.objects.filter(subject=subject, raised_by=by, status=ConcernStatus.RAISED, **said)
    return same.filter(raised_at__gt=since).order_by("pk").first()


@transaction.atomic
def acknowledge(concern, *, by):
    """Say that a human has read it and will see to it."""
    return _move(concern, ConcernStatus.ACKNOWLEDGED, by=by, acknowledged_by=by, acknowledged_at=timezone.now())


@transaction.atomic
def close(concern, *, by, outcome):
    """End it, with what came of it. Raises ``ValueError`` without an outcome."""
    if not outcome.strip():
        raise ValueError("say what came of it")
    return _move(concern, ConcernStatus.CLOSED, by=by, outcome=outcome, closed_by=by, closed_at=timezone.now())


@transaction.atomic
def move_concerns(subject, *, to, by):
    """Two rows turned out to be one person: their concerns stand with the other from now on."""
    for concern in Concern.objects.select_for_update(of=["self"]).filter(subject=subject).order_by("pk"):
        concern.subject = to
        concern.save(update_fields=["subject"])
        record("concern.moved", concern, by=by)


def _move(concern, to_status, *, by, **changes):
    concern = Concern.objects.select_for_update(of=["self"]).get(pk=concern.pk)
    if to_status not in ALLOWED_MOVES[concern.status]:
        raise MoveNotAllowed(f"{concern} cannot go from {concern.status} to {to_status}")
    for field, value in {"status": to_status, **changes}.items():
        setattr(concern, field, value)
    concern.save(update_fields=["status", *changes])
    record(f"concern.{to_status}", concern, by=by)
    return concern
