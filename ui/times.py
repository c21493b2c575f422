"""Dates and times as people say them, in one place."""

from functools import lru_cache, wraps

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

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


def _in_each_language(words):
    """Words that follow from a day or an hour alone, put together once: a page says many, and mostly the same again.

    They are ours, and no mark of HTML is among them: a page need not look for one each time.
    """

    @lru_cache(maxsize=4_000)
    def put_together(_language, *asked):
        return SafeString(words(*asked))

    @wraps(words)
    def said(*asked):
        return put_together(get_language(), *asked)

    return said


def _local(value):
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value):
    return _local(value).date() if hasattr(value, "date") else value


def time_of_day(value):
    """3:30pm, 3pm, midday, midnight. Django's own ``P`` writes "3:30 p.m."."""
    if hasattr(value, "date"):
        value = _local(value)
    return _clock(value.hour, value.minute)


def long_date(value):
    """23 November 2026."""
    day = _day(value)
    return _date(day.day, day.month, day.year)


def day_and_date(value):
    """Monday 23 November; with the year only when it is not this one."""
    return _weekday_and_date(_day(value), timezone.localdate().year)


def moment(value):
    """Monday 23 November, 3pm."""
    value = _local(value)
    return _moment(value.date(), value.hour, value.minute, timezone.localdate().year)


@_in_each_language
def _clock(hour, minute):
    if (hour, minute) == (12, 0):
        return _("midday")
    if (hour, minute) == (0, 0):
        return _("midnight")
    clock = f"{hour % 12 or 12}:{minute:02}" if minute else f"{hour % 12 or 12}"
    return _("%(clock)spm") % {"clock": clock} if hour >= 12 else _("%(clock)sam") % {"clock": clock}


@_in_each_language
def _date(day, month, year):
    return f"{day} {MONTHS[month]} {year}"


@_in_each_language
def _weekday_and_date(day, this_year):
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}"
    return words if day.year == this_year else f"{words} {day.year}"


@_in_each_language
def _moment(day, hour, minute, this_year):
    return _("%(day)s, %(time)s") % {"day": _weekday_and_date(day, this_year), "time": _clock(hour, minute)}
