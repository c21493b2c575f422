"""A diary as a calendar reads it (RFC 5545): references and times, and nothing else of anybody."""

from datetime import timedelta
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=26)
ASK_AGAIN = timedelta(hours=1)


class Appointment(NamedTuple):
    """What a calendar shows: from a moment to a moment, or a whole day. ``key``, of its row, is for the trail alone."""

    key: str
    words: str
    begins: object
    ends: object


def session(row, case):
    """With a young person or with a parent or carer: which of them, a calendar is not told."""
    words = _("Session (%(reference)s)") % {"reference": case.reference}
    begins, ends = row.happened_at, row.ended_at or row.planned_end_at
    return Appointment(f"{row._meta.model_name}-{row.pk}", words, timezone.localtime(begins), timezone.localtime(ends))


def review(row):
    words = _("Review (%(reference)s)") % {"reference": row.case.reference}
    return Appointment(f"review-{row.pk}", words, row.due_on, row.due_on + timedelta(days=1))


def written(appointments):
    """The file of a calendar, in the time of London with the nights when its clocks change."""
    import icalendar

    calendar, now = icalendar.Calendar(), timezone.now()
    calendar.add("prodid", "-//Protect and Respect//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Diary"))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(ASK_AGAIN))
    for appointment in appointments:
        event = icalendar.Event()
        event.add("uid", str(uuid5(NAMESPACE_OID, appointment.key)))
        event.add("dtstamp", now)
        event.add("dtstart", appointment.begins)
        event.add("dtend", appointment.ends)
        event.add("summary", appointment.words)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    today = timezone.localdate()
    calendar.add_missing_timezones(first_date=today - 2 * BACK, last_date=today + 2 * AHEAD)
    return calendar.to_ical()
