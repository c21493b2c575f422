"""The clock of a case: six calendar months, twelve at most. Pure functions over days in Europe/London.

Months are calendar months and clamp: 31 August and six months are 28 or 29
February (R-nat-25, 26). The database reckons the same way, and a test holds
the two against each other.
"""

from datetime import date

from dateutil.relativedelta import relativedelta

from centres.models import SUPPORT_MONTHS_MOST

SUPPORT_MONTHS_INITIAL = 6
DECISION_OPENS = relativedelta(months=4, days=15)  # four and a half months: the six-month decision is asked for
DECIDE_BY = relativedelta(months=5, days=15)


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later, or the last day of a shorter month."""
    return day + relativedelta(months=months)


def day_of(started_on: date, today: date) -> int:
    """The day of support: the day the plan was agreed is day 1."""
    return (today - started_on).days + 1


def days_in_all(started_on: date, planned_end_on: date) -> int:
    """How many days the support is planned to have, from its first to its last."""
    return (planned_end_on - started_on).days


def decision_opens_on(started_on: date) -> date:
    """When the six-month decision is first asked for (design.md 8)."""
    return started_on + DECISION_OPENS


def decide_by(started_on: date) -> date:
    """By when it is made: before the six months are over, so that an ending can be a good one."""
    return started_on + DECIDE_BY


def latest_end(started_on: date) -> date:
    """The day beyond which nothing is planned."""
    return months_after(started_on, SUPPORT_MONTHS_MOST)


def is_past_most(started_on: date, today: date) -> bool:
    """Twelve months are over. It alerts, and closes nothing (R-nat-27)."""
    return today > latest_end(started_on)
