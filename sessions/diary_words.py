"""A diary in words: its weeks, its days and what stands in them. Pure over loaded rows; asks the database nothing."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.presenting import who_words
from sessions.session_words import came_of_it
from sessions.together_words import other_side
from ui.times import day_and_date, long_date, time_of_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)
KINDS = ("sessions", "carer_sessions", "reviews")  # what an entry is of: names on the trail
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def day_from(text):
    """The day of an address; today where it names none that a diary can have."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return timezone.localdate()
    return day if EARLIEST <= day <= LATEST else timezone.localdate()


def week_of(day):
    """Its seven days, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + number * DAY for number in range(7)]


def page(entries, day):
    """The week of ``day``, each day with its entries, and the ways to other days and weeks."""
    week = week_of(day)
    return {
        "days": [_day(each, entries, chosen=day) for each in week],
        "count": len(entries),
        "week": _("%(first)s to %(last)s") % {"first": day_and_date(week[0]), "last": day_and_date(week[-1])},
        "to_day": {"before": _address(day - DAY), "after": _address(day + DAY)},
        "to_week": {"before": _address(week[0] - WEEK), "after": _address(week[0] + WEEK)},
    }


def _day(day, entries, *, chosen):
    own = [entry for entry in entries if entry["day"] == day]
    return {
        "title": day_and_date(day),
        "weekday": date_format(day, "D"),
        "number": day.day,
        "url": _address(day),
        "is_today": day == timezone.localdate(),
        "is_chosen": day == chosen,
        "entries": own,
        "entries_in_words": ngettext("%(count)d entry", "%(count)d entries", len(own)) % {"count": len(own)},
    }


def _address(day):
    return f"{reverse('sessions:diary')}?day={day.isoformat()}"


def session(row):
    who = who_words(row.case.young_person, timezone.localdate())
    return meeting(row, of="sessions", url=row.get_absolute_url(), case=row.case, who=who)


def meeting(row, *, of, url, case, who):
    """At the local time of its day, also in the nights when the clocks change."""
    begins, ends = row.happened_at, row.ended_at or row.planned_end_at
    day = timezone.localdate(begins)
    return {
        "pk": row.pk,
        "of": of,
        "day": day,
        "order": (day, 1, begins, of, row.pk),
        "time": _("%(begins)s to %(ends)s") % {"begins": time_of_day(begins), "ends": time_of_day(ends)},
        "url": url,
        "reference": case.reference,
        "who": who,
        "what": row.get_kind_display(),
        "how": row.get_mode_display(),
        "other_side": other_side(row),
        **_stands(row),
    }


def _stands(row):
    """What came of it, and what somebody still has to do."""
    if row.is_planned:
        return {"came_of_it": "", "waits": _("Needs a record") if row.needs_a_record else ""}
    return {"came_of_it": came_of_it(row), "waits": _("Not signed yet") if row.waits_for_a_signature else ""}


def review(row):
    """A day and no time: until the end of it."""
    return {
        "pk": row.pk,
        "of": "reviews",
        "day": row.due_on,
        "order": (row.due_on, 0, row.pk),
        "time": _("To be held by this day"),
        "url": reverse("cases:hold_review", args=[row.case.reference, row.pk]),
        "reference": row.case.reference,
        "who": who_words(row.case.young_person, timezone.localdate()),
        "what": row.get_kind_display(),
        "how": "",
        "came_of_it": "",
        "waits": _("Overdue") if row.is_overdue else "",
    }


def feed(row):
    """The address for a calendar, where there is one: since when, and whether a calendar has found it."""
    if row is None:
        return None
    read = _("No calendar has read it yet.")
    if row.read_on:
        read = _("A calendar last read it on %(day)s.") % {"day": long_date(row.read_on)}
    return {
        "pk": row.pk,
        "made": _("Your address was made on %(day)s.") % {"day": long_date(row.made_at)},
        "read": read,
    }
