"""When who is reminded of what: domain.md 7, rows 17, 19, 21 and 23 to 27, as tables. Pure, over plain values.

A review names its own days, which come from the offer; here stands who hears
of it, and how long before or after. Nothing here closes or decides anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.clock import months_after
from cases.enums import ReviewKind
from centres import working_days
from reminders.enums import ReminderKind, Stage, Whom

K, R = ReminderKind, ReviewKind
PRACTITIONER, MANAGER, SERVICE_MANAGER = Whom.PRACTITIONER, Whom.MANAGER, Whom.SERVICE_MANAGER
BOTH, ALL = (PRACTITIONER, MANAGER), (PRACTITIONER, MANAGER, SERVICE_MANAGER)
WEEK = timedelta(weeks=1)
WEEKS_BEFORE_THE_LAST_DAY = (6, 4, 2)
MORE_TIME_AFTER = 3  # working days until a manager hears again of a request that waits


@dataclass(frozen=True)
class Point:
    """On the day ``on`` these people hear of something that is due by ``due_on``."""

    kind: str
    stage: str
    on: date
    due_on: date
    whom: tuple


# Stage, days from the day it is due, who hears of it.
OF_REVIEWS = {
    R.SETTLING_IN: (K.SETTLING_IN, [(Stage.DUE, 0, (PRACTITIONER,)), (Stage.LATE, 7, (MANAGER,))]),
    R.SIX_WEEKLY: (K.PLAN_REVIEW, [(Stage.SOON, -7, (PRACTITIONER,)), (Stage.LATE, 7, (MANAGER,))]),
    R.EXTENSION: (K.PLAN_REVIEW, [(Stage.SOON, -7, (PRACTITIONER,)), (Stage.LATE, 7, (MANAGER,))]),
    R.THREE_MONTH: (
        K.THREE_MONTH_REVIEW,
        [(Stage.OPENS, -14, BOTH), (Stage.SOON, -7, BOTH), (Stage.ESCALATED, 14, (SERVICE_MANAGER,))],
    ),
    R.SIX_MONTH_DECISION: (K.SIX_MONTH_DECISION, [(Stage.SOON, -7, BOTH)]),
    R.NINE_MONTH: (K.NINE_MONTH_REVIEW, [(Stage.SOON, -14, (MANAGER,)), (Stage.ESCALATED, 0, (SERVICE_MANAGER,))]),
    R.ENDING: (K.ENDING_REVIEW, [(Stage.DUE, 0, (PRACTITIONER,)), (Stage.LATE, 14, (MANAGER,))]),
}


def of_review(kind, *, opens_on, due_on, started_on, months_initial):
    """The points of one review. The six-month decision opens on its own day, and escalates when six months are over."""
    reminder, table = OF_REVIEWS[kind]
    for stage, days, whom in table:
        yield Point(reminder, stage, due_on + timedelta(days=days), due_on, whom)
    if kind == R.SIX_MONTH_DECISION:
        yield Point(reminder, Stage.OPENS, opens_on, due_on, BOTH)
        yield Point(reminder, Stage.ESCALATED, months_after(started_on, months_initial), due_on, (SERVICE_MANAGER,))


def of_request(*, requested_on, working_days_to_decide):
    """A request for more time that waits: its managers on the third day, the service manager when it is late."""
    due_on = working_days.after(requested_on, working_days_to_decide)
    yield Point(K.MORE_TIME, Stage.SOON, working_days.after(requested_on, MORE_TIME_AFTER), due_on, (MANAGER,))
    yield Point(K.MORE_TIME, Stage.ESCALATED, due_on + timedelta(days=1), due_on, (SERVICE_MANAGER,))


def of_time(*, planned_end_on, most_end_on, today):
    """A case that runs over its planned end, comes near twelve months, or is past them: then every week again.

    Of the weeks that passed unheard only the last is said: nobody needs ten
    letters about one case.
    """
    past = planned_end_on + timedelta(days=1)
    yield Point(K.PLANNED_END, Stage.LATE, past, planned_end_on, BOTH)
    yield Point(K.PLANNED_END, Stage.ESCALATED, past + WEEK, planned_end_on, (SERVICE_MANAGER,))
    for weeks in WEEKS_BEFORE_THE_LAST_DAY:
        yield Point(K.TWELVE_MONTHS, Stage.SOON, most_end_on - weeks * WEEK, most_end_on, BOTH)
    weeks_over = max((today - most_end_on).days - 1, 0) // 7
    again = most_end_on + weeks_over * WEEK
    yield Point(K.TWELVE_MONTHS, Stage.ESCALATED, again + timedelta(days=1), again, ALL)
