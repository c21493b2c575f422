"""When more time may be asked for and approved, for operations, rules and pages alike. Reads a case, and its consent.

Requests open with the six-month decision: until then nobody can say what will remain (design.md 8).
"""

from django.utils import timezone

from cases import clock
from cases.enums import CaseStatus


def opens_on(case):
    """The day from which more time may be asked for; nothing before support has begun."""
    started = case.support_started_on
    return None if started is None else clock.decision_opens_on(started, case.months_initial)


def why_not_approved(case):
    """Why no more time is approved now: a name of a sentence in ``time_in_words.NO_MORE_TIME``, or nothing."""
    if case.status != CaseStatus.ACTIVE or case.planned_end_on is None:
        return "not_running"
    return "said_no" if case.is_stopped else ""


def why_not_asked(case):
    """The same for asking."""
    if why := why_not_approved(case):
        return why
    if case.planned_end_on >= case.most_end_on:
        return "most"
    return "early" if timezone.localdate() < opens_on(case) else ""
