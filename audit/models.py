"""The trail for investigators: who did and who saw what. Append-only; the database refuses change."""

import pgtrigger
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One act, view or refusal.

    No foreign keys: the trail outlives what it speaks of, and this floor
    knows no other. ``facts`` holds codes, ids and field names; never free
    text about a person.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    system_actor = models.CharField(max_length=60, blank=True)
    route = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_event_has_exactly_one_actor",
                condition=models.Q(actor_id__isnull=False, system_actor="")
                | (models.Q(actor_id__isnull=True) & ~models.Q(system_actor="")),
            ),
            models.CheckConstraint(
                name="audit_event_verb_is_noun_dot_past_participle",
                condition=models.Q(verb__regex=r"^[a-z_]+\.[a-z_]+$"),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_who_looked"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            # Protect cannot guard TRUNCATE, which fires once for the statement and not for a row.
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'audit events are append-only';",
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_type} {self.subject_id}"
