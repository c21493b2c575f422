"""That a concern was opened again, and how it had ended."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.history import tracked
from people.models.columns import staff
from safeguarding.models.alert import append_only
from safeguarding.models.concern import Concern


@tracked
class Reopening(models.Model):
    """Why a closed concern waits for a human again, with who had acknowledged and closed it before, and the outcome.

    The concern itself holds its present turn only.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="reopenings", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = staff(editable=False)
    because = models.TextField()
    acknowledged_at = models.DateTimeField(editable=False)
    acknowledged_by = staff(editable=False)
    closed_at = models.DateTimeField(editable=False)
    closed_by = staff(editable=False)
    outcome = models.TextField(editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(name="concern_opens_again_once_at_a_time", fields=["concern", "at"]),
            models.CheckConstraint(name="concern_opens_again_for_a_reason", condition=~Q(because="")),
            models.CheckConstraint(name="concern_that_opens_again_had_an_outcome", condition=~Q(outcome="")),
        ]
        triggers = append_only("openings of a concern")

    def __str__(self):
        return f"reopening {self.pk}"
