"""The time of support: when it begins, and until when it is planned (design.md 8)."""

from django.utils.translation import gettext as _

from audit.recording import record
from cases import clock
from cases.enums import CaseStatus, EntryKind
from cases.reviewing import plan_reviews_locked
from cases.steps import MoveNotAllowed, move_locked, tell
from ui.times import long_date


def start_support_locked(case, *, on, by):
    """The plan is agreed on the day ``on``: support begins, its end and reviews are planned. For a case this act holds.

    A later plan moves no clock; in a case that was opened again the support goes on.
    Raises ``MoveNotAllowed`` where the case is not being planned.
    """
    if case.support_started_on is not None:
        return move_locked(case, CaseStatus.ACTIVE, by=by) if case.status == CaseStatus.PLANNING else case
    if case.status != CaseStatus.PLANNING:
        raise MoveNotAllowed(f"{case} is {case.status}")
    move_locked(case, CaseStatus.ACTIVE, by=by)
    case.support_started_on, case.planned_end_on = on, clock.months_after(on, case.months_initial)
    case.save(update_fields=["support_started_on", "planned_end_on"])
    record("support.started", case, by=by, on=on.isoformat(), until=case.planned_end_on.isoformat())
    words = {"day": long_date(case.planned_end_on)}
    tell(case, EntryKind.EXTENSION, _("Support began; it is planned to %(day)s") % words, by=by)
    plan_reviews_locked(case, by=by)
    return case
