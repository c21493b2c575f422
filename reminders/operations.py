"""The clock's two acts: rows for what is due, and one letter a day to somebody who must hear of it.

Both may run late, again, or twice at once, and say everything once.
"""

from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.recording import record
from cases.models import Case, ExtensionRequest, Review
from outbox.operations import owe
from reminders import schedule
from reminders.models import Reminder
from reminders.people import Listeners

KEY = ("kind", "stage", "case_id", "review_id", "request_id", "due_on", "person_id")


@transaction.atomic
def project_reminders(*, by, on=None):
    """Write a row for whatever has come due by the day ``on`` for whomever it concerns. Returns how many are new.

    The rows are unique: of two who project at once each row is written by
    one, and both write in one order, so that neither waits for the other for
    ever.
    """
    on, now = on or timezone.localdate(), timezone.now()
    due = [*_of_reviews(on), *_of_requests(on), *_of_time(on)]
    listeners = Listeners(list({case.pk: case for _point, case, _of in due}.values()))
    wanted = {
        (point.kind, point.stage, case.pk, of.get("review"), of.get("request"), point.due_on, person)
        for point, case, of in due
        for whom in point.whom
        for person in listeners.of(case, whom)
    }
    wanted -= set(Reminder.objects.filter(case__in={key[2] for key in wanted}).values_list(*KEY))
    rows = [Reminder(**dict(zip(KEY, key, strict=True)), made_at=now) for key in sorted(wanted, key=str)]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if rows:
        record("reminders.made", "reminders", by=by, count=len(rows))
    return len(rows)


def _of_reviews(on):
    """Every point that has come of the reviews that are asked for and still open."""
    waiting = Review.objects.asked_for(on=on).filter(case__in=Case.objects.open()).select_related("case")
    for review in waiting.filter(case__support_started_on__isnull=False):
        case = review.case
        points = schedule.of_review(
            review.kind,
            opens_on=review.opens_on,
            due_on=review.due_on,
            started_on=case.support_started_on,
            months_initial=case.months_initial,
        )
        yield from ((point, case, {"review": review.pk}) for point in points if point.on <= on)


def _of_requests(on):
    waiting = ExtensionRequest.objects.undecided().select_related("case__offer")
    for request in waiting:
        points = schedule.of_request(
            requested_on=timezone.localdate(request.requested_at),
            working_days_to_decide=request.case.offer.extension_working_days,
        )
        yield from ((point, request.case, {"request": request.pk}) for point in points if point.on <= on)


def _of_time(on):
    for case in Case.objects.open().filter(support_started_on__isnull=False):
        points = schedule.of_time(planned_end_on=case.planned_end_on, most_end_on=case.most_end_on, today=on)
        yield from ((point, case, {}) for point in points if point.on <= on)


@transaction.atomic
def send_digest(person_id, *, by, on):
    """Owe one letter with counts and a link, and no name (design.md 2.9). Whether it was owed.

    The person is held, so that nobody else writes to them meanwhile. What
    comes due later that day is counted by tomorrow's letter.
    """
    person = User.objects.select_for_update(of=["self"], no_key=True).get(pk=person_id)
    mine = Reminder.objects.filter(person=person)
    if mine.filter(told_on=on).exists():
        return False
    waiting = list(mine.visible_to(person).speaking().untold())
    if not waiting or not person.is_active:
        return False
    counts = Counter(kind for kind, *_rest in {reminder.subject for reminder in waiting})
    owe(
        "reminders",
        key=f"reminders:{person.pk}:{on.isoformat()}",
        to=person.email,
        language="en-gb",
        path=reverse("home"),
        counts={"all": counts.total(), **counts},
    )
    mine.filter(pk__in=[reminder.pk for reminder in waiting]).update(told_on=on)
    record("reminders.told", "reminders", by=by, to=person.pk, count=counts.total())
    return True
