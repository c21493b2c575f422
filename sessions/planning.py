"""Which times a session may be planned for. Pure functions over plain values; asks the database nothing."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.hours import moments
from ui.times import moment

USUAL_MINUTES = 60
AHEAD = timedelta(days=365)
MOST_AT_ONCE = 26  # every week, for half a year
LONGEST_BETWEEN = 6  # weeks: a review of the plan is due then


def why_not_then(planned_at, minutes, *, opened_at):
    """What stands against a time: that it has ``passed``, is ``early`` or ``far``. Nothing where it may be."""
    now = timezone.now()
    if timezone.localdate(planned_at) < timezone.localdate(opened_at):
        return "early"
    if planned_at + timedelta(minutes=minutes) <= now:
        return "passed"
    return "far" if planned_at >= now + AHEAD else ""


def every(weeks, *, times, first):
    """The moments of a series: the same day of the week, and the same time by the clock, also when clocks change.

    ``ValueError`` where the clocks jump over one of them.
    """
    local = timezone.localtime(first)
    days = [local.date() + timedelta(weeks=weeks * number) for number in range(times)]
    found = [moments(day, local.time()) for day in days]
    if not all(found):
        raise ValueError("the clocks jump over one of these times")
    return [first, *(at[0] for at in found[1:])]


def told_of(planned):
    """What the story of a case says of sessions that were planned in one act, the first of them first."""
    kind, days = planned[0].get_kind_display(), [moment(session.planned_at) for session in planned]
    if len(planned) == 1:
        return _("Planned: %(kind)s, %(when)s") % {"kind": kind, "when": days[0]}
    title = ngettext(
        "Planned %(count)d time: %(kind)s, %(first)s to %(last)s",
        "Planned %(count)d times: %(kind)s, %(first)s to %(last)s",
        len(planned),
    )
    return title % {"count": len(planned), "kind": kind, "first": days[0], "last": days[-1]}
