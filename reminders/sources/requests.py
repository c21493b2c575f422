"""Requests for more time that wait for a decision: row 24."""

from django.utils import timezone

from cases.enums import OPEN
from cases.models import ExtensionRequest
from centres import working_days
from reminders.sources.places import of_case
from reminders.steps import Fact


def waiting():
    return ExtensionRequest.objects.undecided().filter(case__status__in=OPEN)


def facts(on):
    for request in waiting().select_related("case__offer"):
        asked_on = timezone.localdate(request.requested_at)
        yield Fact(
            of={"case": request.case_id, "request": request.pk},
            place=of_case(request.case),
            begins=asked_on,
            due=working_days.after(asked_on, request.case.offer.extension_working_days),
        )
