"""Writing down when the clock's tasks ran, and saying which of them come no more."""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from protect_respect.models import Sweep

MISSED = 3  # periods without one that came to its end: then it is late


def begin(task):
    row = Sweep(task=task, began_at=timezone.now())
    Sweep.objects.bulk_create([row], update_conflicts=True, update_fields=["began_at"], unique_fields=["task"])


def end(task):
    Sweep.objects.filter(task=task).update(ended_at=timezone.now(), failures=0)


def fail(task, error):
    """Its kind only. Where the database is away this cannot be told there either; the log has it."""
    told = {"failed_at": timezone.now(), "failure": type(error).__name__[:60], "failures": F("failures") + 1}
    with suppress(DatabaseError):
        Sweep.objects.filter(task=task).update(**told)


class Watch:
    """What is known of each task of the schedule at one moment, in one statement."""

    def __init__(self, now=None):
        self.now = now or timezone.now()
        self.rows = {row.task: row for row in Sweep.objects.all()}
        self.since = min((row.since for row in self.rows.values()), default=None)
        self.periods = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    def last_end(self, task):
        row = self.rows.get(task)
        return row.ended_at if row else None

    def is_late(self, task):
        """Not ended for three periods; one that never did counts from when the clock first ran at all."""
        last = self.last_end(task) or self.since
        return last is None or self.now - last > MISSED * self.periods[task]

    def entries(self):
        """Name, task and period of each line of the schedule, the most frequent first."""
        lines = ((name, entry["task"], entry["schedule"]) for name, entry in settings.CELERY_BEAT_SCHEDULE.items())
        return sorted(lines, key=lambda line: line[2])

    def late(self):
        return [task for task in self.periods if self.is_late(task)]

    def ages(self):
        """Seconds since each last came to its end."""
        ends = {task: self.last_end(task) for task in self.periods}
        return {task: int((self.now - end).total_seconds()) for task, end in ends.items() if end}
