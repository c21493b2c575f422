"""The clock's two acts: rows for what is due, and one letter a day to somebody who must hear of it.

Both may run late, again, or twice at once, and say everything once.
"""

from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.recording import record
from outbox.operations import owe
from reminders.enums import SUBJECTS
from reminders.models import Reminder
from reminders.people import Listeners
from reminders.schedule import SCHEDULE

BATCH = 1000
KEY = ("kind", "stage", "due_on", "person", *SUBJECTS)


def project_reminders(*, by, now=None):
    """Write a row for whatever has come due by ``now`` for whomever it concerns, and silence what is due no more.

    Returns how many are new, or speak again. Everything is read first; then
    each few of them are an act of their own, so that however much there is no
    act is long. The rows are unique: of two who project at once each row is
    written by one, and both write in one order, so that neither waits for the
    other for ever.
    """
    now = now or timezone.now()
    wanted = _wanted(now)
    live = {tuple(key): pk for pk, *key in _live().values_list("pk", *KEY).iterator(chunk_size=2000)}
    missing = sorted(wanted - live.keys(), key=_in_order)
    for keys in _batches(missing):
        _speak(keys, by=by, now=now)
    for pks in _batches(sorted(pk for key, pk in live.items() if key not in wanted)):
        _silence(pks, by=by, now=now)
    return len(missing)


def _batches(values):
    return (values[first : first + BATCH] for first in range(0, len(values), BATCH))


@transaction.atomic
def _speak(keys, *, by, now):
    rows = [_row(key, now) for key in keys]
    Reminder.objects.bulk_create(rows, update_conflicts=True, update_fields=["silent_at"], unique_fields=KEY)
    record("reminders.made", "reminders", by=by, count=len(rows))


@transaction.atomic
def _silence(pks, *, by, now):
    Reminder.objects.filter(pk__in=pks).update(silent_at=now)
    record("reminders.silenced", "reminders", by=by, count=len(pks))


def _in_order(key):
    return tuple(value or 0 for value in key)


def _wanted(now):
    """The keys of all that should speak at this moment."""
    due = [
        (row.kind, step, fact)
        for row in SCHEDULE
        for fact in row.facts(timezone.localdate(now))
        for step in row.steps
        if step.speaks(fact, now)
    ]
    listeners = Listeners({fact.place for _kind, _step, fact in due}, now=now)
    return {
        (kind, step.stage, fact.due_on, person, *map(fact.of.get, SUBJECTS))
        for kind, step, fact in due
        for whom in step.whom
        for person in listeners.of(fact.place, whom)
    }


def _live():
    return Reminder.objects.filter(silent_at__isnull=True).order_by()


def _row(key, now):
    kind, stage, due_on, person, *subject = key
    columns = {f"{column}_id": pk for column, pk in zip(SUBJECTS, subject, strict=True)}
    return Reminder(kind=kind, stage=stage, due_on=due_on, person_id=person, made_at=now, **columns)


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
    waiting = list(mine.visible_to(person).untold().speaking())
    if not waiting or not person.is_active:
        return False
    counts = Counter(kind for kind, *_rest in {reminder.subject for reminder in waiting})
    owe(
        "reminders",
        key=f"reminders:{person.pk}:{on.isoformat()}",
        to=person.email,
        language="en-gb",
        path=reverse("reminders:my_work"),
        counts={"all": counts.total(), **counts},
    )
    mine.filter(pk__in=[reminder.pk for reminder in waiting]).update(told_on=on)
    record("reminders.told", "reminders", by=by, to=person.pk, count=counts.total())
    return True
