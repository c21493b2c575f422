"""What a practitioner is reminded of, and when they are away, for the addresses that name it (tests.routes)."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.accounts import AbsenceFactory
from tests.factories.reminders import ReminderFactory, SnoozeFactory
from tests.factories.reviews import ReviewFactory


def rows_of(case, practitioner, *, cover):
    """Something late, something to come, and something that was put off; away since yesterday."""
    late, _coming, put_off = (_reminded(case, practitioner, days) for days in (-3, 5, 6))
    SnoozeFactory(reminder=put_off)
    absence = AbsenceFactory(user=practitioner, cover=cover)
    return {"reminders:put_off": late.pk} | dict.fromkeys(["reminders:call_off", "reminders:cover_cases"], absence.pk)


def _reminded(case, practitioner, days):
    due_on = timezone.localdate() + timedelta(days=days)
    return ReminderFactory(review=ReviewFactory(case=case, due_on=due_on), due_on=due_on, person=practitioner)
