"""The clock of a case: six calendar months, twelve at most. Pure functions over days in Europe/London.

Months are calendar months and clamp: 31 August and six months are 28 or 29
February (R-nat-25, 26). The database reckons the same way, and a test holds
the two against each other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cases.enums import ReviewKind
from centres.models import SUPPORT_MONTHS_MOST

SUPPORT_MONTHS_INITIAL = 6
OPENS_MONTHS_BEFORE, DECIDE_MONTHS_BEFORE = 2, 1  # of six: four, and five, and half a month each
HALF_A_MONTH = relativedelta(days=15)
WEEK = timedelta(weeks=1)


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later, or the last day of a shorter month."""
    return day + relativedelta(months=months)


def day_of(started_on: date, today: date) -> int:
    """The day of support: the day the plan was agreed is day 1."""
    return (today - started_on).days + 1


def days_in_all(started_on: date, planned_end_on: date) -> int:
    """How many days the support is planned to have, from its first to its last."""
    return (planned_end_on - started_on).days


def decision_opens_on(started_on: date, months: int = SUPPORT_MONTHS_INITIAL) -> date:
    """When the six-month decision is first asked for: after four and a half months of six (design.md 8)."""
    return months_after(started_on, max(months - OPENS_MONTHS_BEFORE, 0)) + HALF_A_MONTH


def decide_by(started_on: date, months: int = SUPPORT_MONTHS_INITIAL) -> date:
    """By when it is made: before the six months are over, so that an ending can be a good one."""
    return months_after(started_on, max(months - DECIDE_MONTHS_BEFORE, 0)) + HALF_A_MONTH


def latest_end(started_on: date) -> date:
    """The day beyond which nothing is planned."""
    return months_after(started_on, SUPPORT_MONTHS_MOST)


def is_past_most(started_on: date, today: date) -> bool:
    """Twelve months are over. It alerts, and closes nothing (R-nat-27)."""
    return today > latest_end(started_on)


@dataclass(frozen=True, order=True)
class Due:
    """One review that is to be held: asked for from the day ``opens_on``, held by the day ``due_on``."""

    due_on: date
    kind: str
    opens_on: date


@dataclass(frozen=True)
class Timescales:
    """How often a centre reviews (domain.md 5.6). ``of(offer)`` reads them from what a case was accepted under."""

    settling_in_weeks: int = 2
    plan_review_weeks: int = 6
    three_month_review_months: int = 3
    nine_month_review_months: int = 9
    ending_review_weeks: int = 6

    @classmethod
    def of(cls, offer):
        return cls(**{name: getattr(offer, name) for name in cls.__dataclass_fields__})


def reviews(started_on: date, planned_end_on: date, *, months_initial: int, timescales: Timescales) -> list[Due]:
    """Every review of a support from its start to its planned end, the first due first.

    Asked again with a later end it answers with the same days and those that
    the extension adds, but for the ending review, which moves with the end.
    """
    initial_end = months_after(started_on, months_initial)
    found = [
        *_settling_in(started_on, timescales),
        *_plan_reviews(started_on, planned_end_on, initial_end, timescales),
        *_by_months(started_on, timescales),
        Due(
            kind=ReviewKind.SIX_MONTH_DECISION,
            opens_on=decision_opens_on(started_on, months_initial),
            due_on=decide_by(started_on, months_initial),
        ),
    ]
    return sorted(
        [*(due for due in found if due.due_on < planned_end_on), _ending(started_on, planned_end_on, timescales)]
    )


def _settling_in(started_on, timescales):
    day = started_on + timescales.settling_in_weeks * WEEK
    return [Due(kind=ReviewKind.SETTLING_IN, opens_on=day, due_on=day)]


def _plan_reviews(started_on, planned_end_on, initial_end, timescales):
    """Every six weeks; beyond the first six months they are the reviews of the extension."""
    every = max(timescales.plan_review_weeks, 1) * WEEK
    day = started_on + every
    while day < planned_end_on:
        kind = ReviewKind.SIX_WEEKLY if day < initial_end else ReviewKind.EXTENSION
        yield Due(kind=kind, opens_on=day - WEEK, due_on=day)
        day += every


def _by_months(started_on, timescales):
    three = months_after(started_on, timescales.three_month_review_months)
    nine = months_after(started_on, timescales.nine_month_review_months)
    yield Due(kind=ReviewKind.THREE_MONTH, opens_on=three - 2 * WEEK, due_on=three)
    yield Due(kind=ReviewKind.NINE_MONTH, opens_on=nine - 2 * WEEK, due_on=nine)


def _ending(started_on, planned_end_on, timescales):
    """Six weeks before the end, or on the first day where the whole support is shorter."""
    day = max(planned_end_on - timescales.ending_review_weeks * WEEK, started_on)
    return Due(kind=ReviewKind.ENDING, opens_on=day, due_on=day)
