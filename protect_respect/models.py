"""The clock, watched: when each of its tasks last ran. Nothing here is about a person."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Sweep(models.Model):
    """One of the clock's tasks. ``failure`` is the kind of error it last met; its words may quote a row."""

    task = models.CharField(max_length=100)
    since = models.DateTimeField(default=timezone.now, editable=False, help_text="When it was first begun.")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When it last came to its end.")
    failures = models.PositiveIntegerField(default=0, help_text="Since it last came to its end.")
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], name="sweep_is_watched_in_one_row"),
            models.CheckConstraint(
                name="sweep_failures_have_a_time_and_a_kind",
                condition=Q(failures=0) | Q(failed_at__isnull=False) & ~Q(failure=""),
            ),
        ]

    def __str__(self):
        return self.task
