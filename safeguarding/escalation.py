"""How a concern that waits is heard by more and more people, as tables. Pure, over plain values.

A concern waits from when it was raised, or opened again. It is heard at once,
then at its target (``enums.acknowledge_by``), then again at every interval
after that, until a human says that they have it: nothing but that ends it.
docs/decisions/0100 says which of these figures the service should confirm.
"""

from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from centres import working_days
from safeguarding.enums import AlertLevel, Severity, acknowledge_by


class Whom(Enum):
    """Who hears of it, by the rota or their role at the centre of the person."""

    ON_SHIFT = auto()  # every duty worker where no shift covers the moment
    LEADS = auto()
    TEAM_MANAGERS = auto()
    SERVICE_MANAGERS = auto()


HEARD_BY = {
    AlertLevel.RAISED: {Whom.ON_SHIFT, Whom.LEADS},
    AlertLevel.OVERDUE: {Whom.LEADS, Whom.TEAM_MANAGERS},
    AlertLevel.ESCALATED: {Whom.SERVICE_MANAGERS},
    AlertLevel.AGAIN: {Whom.SERVICE_MANAGERS, Whom.LEADS},
}
# Immediate and high go out at any hour. A standard one goes on each working morning: at night nobody would read it.
INTERVAL = {Severity.IMMEDIATE: timedelta(hours=1), Severity.HIGH: timedelta(hours=4)}


def step_at(severity: str, waits_since: datetime, now: datetime) -> int:
    """How many times it should have been said by ``now``, after the first time."""
    target = acknowledge_by(severity, waits_since)
    if severity == Severity.STANDARD:
        return _mornings_after(target, now)
    late_by = now.astimezone(UTC) - target.astimezone(UTC)
    return 1 + late_by // INTERVAL[severity] if late_by >= timedelta(0) else 0


def _mornings_after(target, now):
    """Working mornings after the day of ``target``, whose end is the end of a working day."""
    target, now = target.astimezone(working_days.LONDON), now.astimezone(working_days.LONDON)
    last = now.date() if now.time() >= working_days.OPENS else now.date() - timedelta(days=1)
    return working_days.between(target.date(), last)


def level_of(step: int) -> AlertLevel:
    """The first four steps by their names; all later ones are *again*."""
    return list(AlertLevel)[min(step, len(AlertLevel) - 1)]


def heard_by(step: int, after: int) -> set[Whom]:
    """Who hears of ``step``, with those of the steps since ``after`` that nobody said: one letter each, the latest."""
    steps = {*range(after + 1, min(step, len(AlertLevel))), step}
    return set().union(*(HEARD_BY[level_of(each)] for each in steps))


def asked_after_at(severity: str, acknowledged_at: datetime, now: datetime) -> int:
    """How many times it should have been said that nothing is written down about what somebody has: twice at most."""
    return min(step_at(severity, acknowledged_at, now), 2)


def asked_after_by(step: int) -> set[Whom]:
    """Who hears of it, with whoever has it."""
    return {Whom.LEADS} if step == 1 else {Whom.LEADS, Whom.SERVICE_MANAGERS}
