"""A time of day as people type it, and the moment that a day and a time make where clocks change."""

import re
from datetime import UTC, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TYPED = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?::00)?\s*([ap])?\.?(?:m\.?)?")
WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0), "canol dydd": time(12), "canol nos": time(0)}


class TimeOfDayField(forms.CharField):
    """14:30, 2.30pm, 1430, 9am, midday. A phone offers its own wheel; whatever a browser sends is read here."""

    widget = forms.TextInput(attrs={"type": "time", "class": "w10", "autocomplete": "off"})
    default_error_messages = {
        "required": _("Enter a time, for example 14:30 or 2:30pm."),
        "no_such_time": _("Enter a time, for example 14:30 or 2:30pm."),
    }

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value):
        typed = value if isinstance(value, time) else super().to_python(value)
        if typed in self.empty_values:
            return None
        found = typed if isinstance(typed, time) else _read(typed)
        if found is None:
            raise ValidationError(self.error_messages["no_such_time"], code="no_such_time")
        return found


def _read(typed):
    typed = typed.strip().casefold()
    if typed in WORDS:
        return WORDS[typed]
    match = TYPED.fullmatch(typed)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour <= 23 and minute <= 59 else None


def moments(day, at):
    """The moments at which clocks here show this time on this day, the first first.

    One, but for two nights a year: none where the clocks go forward over it, two where they go back. In UTC, so that
    what is added to them is time that passes, not what clocks show.
    """
    local = datetime.combine(day, at, timezone.get_default_timezone())
    first, second = (local.replace(fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return (first.astimezone(UTC),)
    return (first.astimezone(UTC), second.astimezone(UTC)) if first.utcoffset() > second.utcoffset() else ()


def at_noon_or_now(day):
    """What happened today happened now; of another day nobody remembers the minute."""
    now = timezone.localtime()
    return now if day == now.date() else now.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0)
