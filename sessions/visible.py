"""What stands in a diary, as each reading of it asks: prepared once for each set of reasons (``accounts.prepared``).

Only what its owner may still see: an exclusion, or a case that others took over, empties the diary too.
"""

from datetime import datetime, time, timedelta
from functools import cache

from django.utils import timezone

from accounts.prepared import ASKER, Place, Prepared
from cases.models import Review
from cases.visible import asked_by, seen_by
from sessions.models import SupportSession


def own_sessions(user, first, last, *, shaped="diary"):
    """Of the days from ``first`` to ``last``; ``shaped`` for a diary, or with what a feed may hold."""
    held, values = asked_by(user)
    return _sessions(held, shaped).found(**values, **moments(first, last))


def own_reviews(user, first, last, *, shaped="diary"):
    """Those that are still to be held, on the day they are due."""
    held, values = asked_by(user)
    return _reviews(held, shaped).found(**values, first=first, last=last)


@cache
def _sessions(held, shaped):
    seen = SupportSession.objects.filter(case__in=seen_by(held))
    own = seen.in_diary_of(ASKER, begins=Place("begins"), ends=Place("ends"))
    return Prepared(own.for_diary if shaped == "diary" else own.for_feed)


@cache
def _reviews(held, shaped):
    cases = seen_by(held).worked_on_by(ASKER)
    due = Review.objects.open().filter(case__in=cases, due_on__gte=Place("first"), due_on__lte=Place("last"))
    told = due.select_related("case__referral", "case__young_person")
    in_feed = due.select_related("case__referral").only("due_on", "case__referral__reference")
    return Prepared(lambda: told if shaped == "diary" else in_feed)


def moments(first, last):
    """When the days from ``first`` to ``last`` begin and are over."""
    return {"begins": _midnight(first), "ends": _midnight(last + timedelta(days=1))}


def _midnight(day):
    """The moment a day begins: the days on which the clocks change have 23 and 25 hours."""
    return timezone.make_aware(datetime.combine(day, time.min))
