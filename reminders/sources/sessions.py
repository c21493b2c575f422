"""Sessions with a young person: rows 29 and 31 to 33."""

from datetime import date, datetime

from cases.enums import OPEN
from cases.models import Task
from centres import working_days
from reminders.sources.places import of_case
from reminders.steps import Fact, day_of
from sessions import awareness
from sessions.models import SupportSession

SIGNED_WITHIN = 2  # working days after it was over


def finish_within(over_at: datetime) -> date:
    """By when it is written down and signed."""
    return working_days.after(day_of(over_at), SIGNED_WITHIN)


def unfinished():
    return SupportSession.objects.unfinished().filter(case__status__in=OPEN)


def to_finish(_on):
    """By whom it was held; where they have left the case, by who works on it now."""
    for session in unfinished().with_whose().select_related("case").only("case__centre", "case__subject"):
        place = of_case(session.case, owner=session.whose)
        over_at = session.over_at
        yield Fact(of=_of(session.case_id, session=session.pk), place=place, begins=over_at, due=finish_within(over_at))


def to_follow_up(_on):
    return map(_task, _read(Task.objects.following_up()))


def missed_in_a_row(_on):
    return map(_task, _read(Task.objects.after_missed_in_a_row()))


def _read(tasks):
    return tasks.select_related("case").only("owner", "due_on", "set_at", "case__centre", "case__subject")


def _task(task):
    place = of_case(task.case, owner=task.owner_id)
    return Fact(of=_of(task.case_id, task=task.pk), place=place, begins=task.set_at, due=task.due_on)


def awareness_unfinished(on):
    """From when the review may be held, so that both are looked at together."""
    for case in awareness.unfinished(on=on).only("centre", "subject"):
        moments = {"review": case.review_opens_on}
        yield Fact(of=_of(case.pk), place=of_case(case), due=case.review_due_on, moments=moments)


def _of(case, **subject):
    return {"case": case, **subject}
