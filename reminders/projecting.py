"""The clock's question: what should speak at this moment, and to whom? It may come late, again, or twice at once."""

from django.utils import timezone

from reminders import operations
from reminders.enums import SUBJECTS
from reminders.models import Reminder
from reminders.operations import KEY
from reminders.people import Listeners
from reminders.schedule import SCHEDULE

BATCH = 1000


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
        operations.speak(keys, by=by, now=now)
    for pks in _batches(sorted(pk for key, pk in live.items() if key not in wanted)):
        operations.silence(pks, by=by, now=now)
    return len(missing)


def _batches(values):
    return (values[first : first + BATCH] for first in range(0, len(values), BATCH))


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
