"""What a browser sends for a day."""

from datetime import timedelta

from django.utils import timezone


def day_typed(name, count):
    """The three boxes of the day that is ``count`` days from today."""
    day = timezone.localdate() + timedelta(days=count)
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
