"""What stands in somebody's diary: their own sessions, and the reviews of cases they work on. Asks the database."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.models import Case, Review
from sessions import diary_words
from sessions.models import SupportSession


def entries(user, first, last):
    """Of the days from ``first`` to ``last``, as rows in words, in the order of their times.

    Only what ``user`` may still see: an exclusion or a case that others took over empties the diary too.
    """
    rows = [diary_words.session(row) for row in sessions(user, first, last)]
    rows += [diary_words.review(row) for row in reviews(user, first, last)]
    return sorted(rows, key=lambda row: row["order"])


def sessions(user, first, last):
    between = (midnight(first), midnight(last + timedelta(days=1)))
    return SupportSession.objects.visible_to(user).in_diary_of(user, between).for_diary()


def reviews(user, first, last):
    """Those that are still to be held, on the day they are due."""
    cases = Case.objects.visible_to(user).worked_on_by(user)
    found = Review.objects.open().filter(case__in=cases, due_on__gte=first, due_on__lte=last)
    return found.select_related("case__referral", "case__young_person")


def midnight(day):
    """The moment a day begins: the days on which the clocks change have 23 and 25 hours."""
    return timezone.make_aware(datetime.combine(day, time.min))
