"""The time of support itself, near its last day and past it: row 27, and a case past its planned end."""

from datetime import timedelta

from django.db.models import F

from cases.days import MonthsAfter
from cases.models import Case
from reminders.sources.places import of_case
from reminders.steps import Fact

WEEK = timedelta(weeks=1)
FIRST_HEARD = 6 * WEEK  # before the last day


def going_on():
    return Case.objects.open().filter(support_started_on__isnull=False)


def past_planned_end(on):
    found = going_on().filter(planned_end_on__lt=on).only("centre", "subject", "planned_end_on")
    return (Fact(of={"case": case.pk}, place=of_case(case), due=case.planned_end_on) for case in found)


def near_twelve_months(on):
    near = going_on().alias(last_day=MonthsAfter("support_started_on", F("months_most")))
    return (fact for case in near.filter(last_day__lte=on + FIRST_HEARD) for fact in of_the_last_day(case, on=on))


def of_the_last_day(case, *, on):
    """Coming near twelve months; then past them, every week again.

    Of the weeks that passed unheard only the last is said: nobody needs ten
    letters about one case.
    """
    last_day = case.most_end_on
    if last_day - FIRST_HEARD > on:
        return
    of, place = {"case": case.pk}, of_case(case)
    before = {f"{weeks}_weeks_before": last_day - weeks * WEEK for weeks in (6, 4, 2)}
    yield Fact(of=of, place=place, due=last_day, moments=before)
    again = last_day + max((on - last_day).days - 1, 0) // 7 * WEEK
    yield Fact(of=of, place=place, due=again, moments={"past_it": again + timedelta(days=1)})
