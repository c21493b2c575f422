"""Dates and times as people say them, in one place."""

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Words of Django's that our Welsh words better: days without a capital, which stand within a sentence, and July,
# which Django misspells. Named here so that they are collected.
OURS_IN_WELSH = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
    gettext_noop("July"),
)


def _local(value):
    return timezone.localtime(value) if timezone.is_aware(value) else value


def time_of_day(value):
    """3:30pm, 3pm, midday, midnight. Django's own ``P`` writes "3:30 p.m."."""
    if hasattr(value, "date"):
        value = _local(value)
    if (value.hour, value.minute) == (12, 0):
        return _("midday")
    if (value.hour, value.minute) == (0, 0):
        return _("midnight")
    clock = f"{value.hour % 12 or 12}:{value.minute:02}" if value.minute else f"{value.hour % 12 or 12}"
    return _("%(clock)spm") % {"clock": clock} if value.hour >= 12 else _("%(clock)sam") % {"clock": clock}


def _day(value):
    return _local(value).date() if hasattr(value, "date") else value


def long_date(value):
    """23 November 2026."""
    day = _day(value)
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def day_and_date(value):
    """Monday 23 November; with the year only when it is not this one."""
    day = _day(value)
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}"
    return words if day.year == timezone.localdate().year else f"{words} {day.year}"


def moment(value):
    """Monday 23 November, 3pm."""
    return _("%(day)s, %(time)s") % {"day": day_and_date(value), "time": time_of_day(value)}
