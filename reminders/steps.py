"""When a reminder speaks, and to whom: steps before, at and after the moment by which something is due.

Pure. Days begin at midnight in London; a step counted in days or working days
speaks from the beginning of its day, one counted in hours from its minute.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from centres import working_days
from centres.working_days import LONDON


@dataclass(frozen=True)
class Place:
    """Where it is, so that it can be known who hears: a centre, about whom, on which case, whose it is.

    ``beside``: the young person, where it is about a parent or carer of theirs.
    Without a centre it is of the whole service. ``apart``: it is about a
    colleague, and for safeguarding leads and service managers alone, but never
    for ``colleague``.
    """

    centre: int | None = None
    subject: int | None = None
    case: int | None = None
    owner: int | None = None
    beside: int | None = None
    apart: bool = False
    colleague: int | None = None


@dataclass(frozen=True)
class Fact:
    """Something that waits. ``of`` names it by the columns of ``Reminder``.

    ``due`` is a day or a moment, ``begins`` when its time began to run, and
    ``moments`` whatever else its steps are counted from.
    """

    of: dict
    place: Place
    due: date | datetime
    begins: date | datetime | None = None
    moments: dict = field(default_factory=dict)

    @property
    def due_on(self):
        return day_of(self.due)


@dataclass(frozen=True)
class When:
    """The moment of a step for a fact, or None where the fact has no such moment; and how domain.md 7 says it."""

    words: str
    of: Callable

    def __call__(self, fact):
        return self.of(fact)


@dataclass(frozen=True)
class Step:
    """At that moment these people hear of it."""

    stage: str
    when: When
    whom: tuple

    def speaks(self, fact, now):
        moment = self.when(fact)
        return moment is not None and moment <= now


def step(stage, when, *whom):
    return Step(stage, when, whom)


def day_of(moment):
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def moment_of(day):
    """A day as the moment at which it begins; a moment as it is."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(), tzinfo=LONDON)


at_once = When("at once", lambda fact: moment_of(fact.begins))  # as soon as its time begins to run
at_due = When("at due", lambda fact: moment_of(fact.due))


def before(*, days=0, weeks=0, hours=0, working_days=0):
    if hours:
        return When(f"{hours} h before", lambda fact: moment_of(fact.due) - timedelta(hours=hours))
    if working_days:
        words = f"{working_days} wd before"
        return When(words, lambda fact: moment_of(_working_day_before(fact.due_on, working_days)))
    words = f"{weeks} wk before" if weeks else f"{days} d before"
    return When(words, lambda fact: moment_of(fact.due_on - timedelta(days=days, weeks=weeks)))


def after(*, days=0, weeks=0, hours=0, working_days=0):
    """After it was due."""
    if hours:
        return When(f"+{hours} h", lambda fact: moment_of(fact.due) + timedelta(hours=hours))
    if working_days:
        return When(f"+{working_days} wd", lambda fact: moment_of(_working_day(fact.due_on, working_days)))
    words = f"+{weeks} wk" if weeks else f"+{days} d"
    return When(words, lambda fact: moment_of(fact.due_on + timedelta(days=days, weeks=weeks)))


def into(*, days=0, hours=0, working_days=0):
    """After its time began: ``into(working_days=3)`` is the third working day of it."""
    if hours:
        return When(f"{hours} h", lambda fact: moment_of(fact.begins) + timedelta(hours=hours))
    if working_days:
        return When(f"day {working_days}", lambda fact: moment_of(_working_day(day_of(fact.begins), working_days)))
    return When(f"day {days}", lambda fact: moment_of(day_of(fact.begins) + timedelta(days=days)))


def at(name):
    """At a moment of its own, where the fact names it."""
    words = name.replace("_", " ")
    return When(words, lambda fact: moment_of(fact.moments[name]) if name in fact.moments else None)


def _working_day(day, count):
    return working_days.after(day, count)


def _working_day_before(day, count):
    return working_days.before(day, count)


def covered_from(absence):
    """The working day before it: time to hand over. Nobody reads a case for an absence that is months away."""
    return working_days.before(absence.from_on, 1)
