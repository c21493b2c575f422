"""What stands in somebody's diary: their own sessions, and the reviews of cases they work on. Asks the database."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.models import Case, Review
from sessions import diary_words, feed
from sessions.models import SupportSession


def entries(user, first, last):
    """Of the days from ``first`` to ``last``, as rows in words, in the order of their times.

    Only what ``user`` may still see: an exclusion or a case that others took over empties the diary too.
    """
    rows = [diary_words.session(row) for row in sessions(user, first, last).for_diary()]
    rows += [diary_words.review(row) for row in reviews(user, first, last).select_related("case__young_person")]
    return sorted(rows, key=lambda row: row["order"])


def appointments(user):
    """What a calendar is given of it: some weeks back, half a year ahead."""
    first, last = timezone.localdate() - feed.BACK, timezone.localdate() + feed.AHEAD
    rows = [feed.session(row) for row in sessions(user, first, last).for_feed()]
    shown = reviews(user, first, last).only("due_on", "case__referral__reference")
    return rows + [feed.review(row) for row in shown]


def sessions(user, first, last):
    between = (midnight(first), midnight(last + timedelta(days=1)))
    return SupportSession.objects.visible_to(user).in_diary_of(user, between)


def reviews(user, first, last):
    """Those that are still to be held, on the day they are due."""
    cases = Case.objects.visible_to(user).worked_on_by(user)
    found = Review.objects.open().filter(case__in=cases, due_on__gte=first, due_on__lte=last)
    return found.select_related("case__referral")


def midnight(day):
    """The moment a day begins: the days on which the clocks change have 23 and 25 hours."""
    return timezone.make_aware(datetime.combine(day, time.min))
