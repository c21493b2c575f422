"""What a manager has ahead: who reaches six and twelve months, month by month, beside who waits (design.md 8)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from accounts.permissions import Permission, centres_with_permission
from cases.clock import months_after
from cases.days import MonthsAfter
from cases.models import Case

MONTHS = 13  # this month and the twelve that follow


@dataclass(frozen=True)
class Month:
    """How many cases that are open now reach six and twelve months in it, and how many are planned to end."""

    first: date
    reach_initial: int
    planned_to_end: int
    reach_most: int


def overseen(user):
    """The open cases that this person manages and may see."""
    centres = centres_with_permission(user, Permission.OVERSEE_CASES)
    return Case.objects.visible_to(user).open().filter(centre__in=centres)


def months(cases, *, today):
    """The forecast of ``cases``, in one statement whose rows are months, not cases."""
    first = today.replace(day=1)
    grouped = (
        cases.filter(support_started_on__isnull=False)
        .annotate(
            initial=TruncMonth(MonthsAfter("support_started_on", F("months_initial"))),
            end=TruncMonth("planned_end_on"),
            most=TruncMonth(MonthsAfter("support_started_on", F("months_most"))),
        )
        .order_by()
        .values_list("initial", "end", "most")
        .annotate(count=Count("pk"))
    )
    initial, end, most = Counter(), Counter(), Counter()
    for in_initial, in_end, in_most, count in grouped:
        initial[in_initial] += count
        end[in_end] += count
        most[in_most] += count
    firsts = [months_after(first, number) for number in range(MONTHS)]
    return [Month(day, initial[day], end[day], most[day]) for day in firsts]
