"""Days, as the database reckons them."""

from django.db import models
from django.db.models import DateField, Func, IntegerField, Value
from django.db.models.functions import Cast
from django.utils import timezone


class MonthsAfter(Func):
    """The database's own ``clock.months_after``: ``MonthsAfter("support_started_on", F("months_most"))``."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = models.DateField()


class DaysAfter(Func):
    """The day so many days after another, or weeks, with ``per``."""

    template = "(%(expressions)s * %(per)s)"
    arg_joiner = " + "
    output_field = DateField()

    def __init__(self, day, count, *, per=1):
        super().__init__(day, Value(count) if isinstance(count, int) else count, per=per)


class WeeksAfter(DaysAfter):
    def __init__(self, day, count):
        super().__init__(day, count, per=7)


class DaysBetween(Func):
    """How many days from the first to the second."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, first, second):
        super().__init__(second, first)


def today(on=None):
    """A day as a value of the database: ``on``, or today."""
    return Cast(Value(on or timezone.localdate()), DateField())
