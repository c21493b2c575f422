"""Values the code takes decisions on."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres import working_days


class Severity(models.TextChoices):
    """How fast a human must acknowledge it: 1 hour, the same day, 1 working day."""

    IMMEDIATE = "immediate", _("Immediate")
    HIGH = "high", _("High")
    STANDARD = "standard", _("Standard")


class ConcernStatus(models.TextChoices):
    RAISED = "raised", _("Raised")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ACTING = "acting", _("Being acted on")
    CLOSED = "closed", _("Closed")


class AlertLevel(models.TextChoices):
    """How far a concern that waits has gone, in order (``escalation``)."""

    RAISED = "raised", _("Told at once")
    OVERDUE = "overdue", _("Told that it is overdue")
    ESCALATED = "escalated", _("Told the next level")
    AGAIN = "again", _("Told again")


S = ConcernStatus

ALLOWED_MOVES = {
    S.RAISED: {S.ACKNOWLEDGED},
    S.ACKNOWLEDGED: {S.ACTING, S.CLOSED},
    S.ACTING: {S.CLOSED},
    S.CLOSED: {S.RAISED},  # opened again: it waits for a human as it did before
}
OPEN = (S.RAISED, S.ACKNOWLEDGED, S.ACTING)


def acknowledge_by(severity: str, raised_at: datetime) -> datetime:
    """When somebody must have acknowledged a concern of this severity; never sooner than an hour after it was raised.

    What is raised in the evening would otherwise be overdue before anybody could read it. High is of that same day,
    also at a weekend: somebody is on shift.
    """
    an_hour_later = raised_at + timedelta(hours=1)
    if severity == Severity.IMMEDIATE:
        return an_hour_later
    if severity == Severity.HIGH:
        today = raised_at.astimezone(working_days.LONDON).date()
        return max(an_hour_later, datetime.combine(today, working_days.CLOSES, tzinfo=working_days.LONDON))
    return max(an_hour_later, working_days.due_at(raised_at, working_days=1))
