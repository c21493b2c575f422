"""That people were told of a concern which waits: once for each step, and for ever."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from safeguarding.escalation import level_of
from safeguarding.models.concern import Concern


def append_only(what):
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"RAISE EXCEPTION '{what} are append-only';",
        ),
    ]


class ConcernAlert(models.Model):
    """Who was told of a concern at one step of its waiting (``safeguarding.escalation``).

    ``waits_since`` names the waiting: a concern that is opened again is told
    of from the beginning. ``people`` are ids of colleagues, as the trail has
    them; nobody is among them where there was nobody to tell.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="alerts", editable=False)
    waits_since = models.DateTimeField(editable=False)
    step = models.PositiveSmallIntegerField(editable=False)
    people = ArrayField(models.BigIntegerField(), editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="concern_is_told_of_once_at_each_step", fields=["concern", "waits_since", "step"]
            ),
            models.CheckConstraint(name="concern_is_told_of_while_it_waits", condition=Q(at__gte=F("waits_since"))),
        ]
        triggers = append_only("alerts")

    def __str__(self):
        return f"alert {self.pk}"

    @property
    def level(self):
        return level_of(self.step)
