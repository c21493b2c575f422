"""What may not be put off, and why: a page says so before it asks, and the act refuses it."""

from datetime import timedelta

from django.utils import timezone

from reminders.enums import LONG_LATE_DAYS, MOST_SNOOZES, NEVER_PUT_OFF, SUBJECT_OF
from reminders.models import Reminder, Snooze


class HasEscalated(Exception):
    """More people hear of it already: nobody puts it off."""


class AboutSafety(HasEscalated):
    """It is about somebody's safety today."""


class LongLate(HasEscalated):
    """It is as late as putting off could have made it."""


class TooOften(Exception):
    """They have put it off twice."""


def refuse_to_put_off(reminder, *, by):
    """Raises ``AboutSafety``, ``HasEscalated``, ``LongLate``, ``TooOften``."""
    kind, about = reminder.kind, reminder.about_pk
    if kind in NEVER_PUT_OFF:
        raise AboutSafety(f"{reminder} is about safety")
    if Reminder.objects.escalated().filter(kind=kind, **{SUBJECT_OF[kind]: about}).exists():
        raise HasEscalated(f"{reminder} is heard of by more people")
    if reminder.due_on <= timezone.localdate() - timedelta(days=LONG_LATE_DAYS):
        raise LongLate(f"{reminder} was due long ago")
    theirs = Snooze.objects.of(by, kind, about)
    if theirs.count() >= MOST_SNOOZES and not theirs.going_on().exists():
        raise TooOften(f"{reminder} was put off before")
