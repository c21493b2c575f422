"""Reviews, which name their own days (``cases.reviewing``): rows 17, 19, 21, 23, 25 and 26."""

from cases.clock import months_after
from cases.enums import OPEN
from cases.models import Review
from reminders.sources.places import of_case
from reminders.steps import Fact

OF_THE_CASE = ("centre", "subject", "support_started_on", "months_initial")
READ = ("opens_on", "due_on", *(f"case__{column}" for column in OF_THE_CASE))


def of(*kinds):
    """The two questions that a row asks, for reviews of these kinds."""

    def waits():
        return Review.objects.open().filter(kind__in=kinds, case__status__in=OPEN)

    def facts(on):
        asked = waits().asked_for(on=on).filter(case__support_started_on__isnull=False)
        return map(_fact, asked.select_related("case").only(*READ))

    return waits, facts


def _fact(review):
    case = review.case
    return Fact(
        of={"case": case.pk, "review": review.pk},
        place=of_case(case),
        begins=review.opens_on,
        due=review.due_on,
        moments={
            "opens": review.opens_on,
            "first_months_are_over": months_after(case.support_started_on, case.months_initial),
        },
    )
