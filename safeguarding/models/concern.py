"""A concern, from what was seen or said to what came of it."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from safeguarding.enums import OPEN, ConcernStatus, Severity, acknowledge_by
from safeguarding.models.kept import closed_when_all_is_seen_to
from safeguarding.querysets import NEVER, ConcernQuerySet


def by_whom(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        **more,
    )


@tracked
class Concern(models.Model):
    """What somebody saw or was told that makes them fear for a person, and what was done about it.

    Raised by a colleague, or by the referrer's own answers (``raised_by``
    empty). Only ``safeguarding.operations`` moves it.
    """

    # In addresses, where a number would tell how many there are.
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    subject = models.ForeignKey("people.DataSubject", on_delete=models.PROTECT, related_name="concerns")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    what = models.TextField(_("what was seen or said"))
    done_now = models.TextField(_("what was done right now"), blank=True)
    status = models.CharField(
        max_length=12, choices=ConcernStatus.choices, default=ConcernStatus.RAISED, editable=False
    )
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    raised_by = by_whom()
    # About somebody who works with children: for the leads of safeguarding and the service managers alone.
    about_colleague = models.BooleanField(default=False, db_default=False, editable=False)
    colleague = by_whom()  # never sees it; empty where nobody of ours was named
    # The last time. How it had ended before stands in ``Reopening``.
    reopened_at = models.DateTimeField(null=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    acknowledged_by = by_whom()
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = by_whom()
    outcome = models.TextField(blank=True, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="concern_key_once"),
            models.CheckConstraint(name="concern_severity_known", condition=Q(severity__in=Severity.values)),
            models.CheckConstraint(name="concern_status_known", condition=Q(status__in=ConcernStatus.values)),
            models.CheckConstraint(name="concern_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="concern_acknowledged_by_someone_at_some_time",
                condition=Q(status=ConcernStatus.RAISED, acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | (~Q(status=ConcernStatus.RAISED) & Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="concern_closed_by_someone_at_some_time_with_an_outcome",
                condition=(
                    Q(status=ConcernStatus.CLOSED, closed_by__isnull=False, closed_at__isnull=False) & ~Q(outcome="")
                )
                | (~Q(status=ConcernStatus.CLOSED) & Q(closed_by__isnull=True, closed_at__isnull=True, outcome="")),
            ),
            models.CheckConstraint(
                name="concern_names_a_colleague_only_where_it_is_about_one",
                condition=Q(colleague__isnull=True) | Q(about_colleague=True),
            ),
            models.CheckConstraint(
                name="concern_opens_again_after_it_was_raised",
                condition=Q(reopened_at__isnull=True) | Q(reopened_at__gt=F("raised_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], condition=~Q(status="closed"), name="concern_open_by_subject"),
            models.Index(fields=["raised_at"], condition=Q(status="raised"), name="concern_to_acknowledge"),
        ]
        triggers = [closed_when_all_is_seen_to()]

    def __str__(self):
        return f"concern {self.pk}"

    def get_absolute_url(self):
        return reverse("safeguarding:concern", args=[self.key])

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def waits_since(self):
        """From when its clock runs: since it was raised, or opened again."""
        return self.reopened_at or self.raised_at

    @property
    def acknowledge_by(self):
        """When somebody must have acknowledged it."""
        return acknowledge_by(self.severity, self.waits_since)

    @property
    def is_overdue(self):
        return self.status == ConcernStatus.RAISED and timezone.now() > self.acknowledge_by

    def is_young_person_told(self):
        """Whether the latest answer is yes; what they were told before it was opened again was of that time."""
        since = self.tellings.filter(at__gte=self.waits_since)
        return since.order_by("at", "pk").values_list("was_told", flat=True).last() or False

    def last_step(self):
        """The latest step that was said since it waits, asked now."""
        said = self.alerts.filter(waits_since=self.waits_since)
        return said.aggregate(last=Max("step", default=NEVER))["last"]
