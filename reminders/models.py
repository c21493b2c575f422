"""What is due, and who must hear of it: one row for each thing, day, stage and person, made by the clock."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case, ExtensionRequest, Review
from people.models.columns import choice, staff
from reminders.enums import OF_A_REQUEST, OF_A_REVIEW, OF_THE_TIME, ReminderKind, Stage
from reminders.querysets import ReminderQuerySet


class Reminder(models.Model):
    """That a colleague hears of something on a case. However often the clock asks, the row is there once.

    ``told_on`` is the day of the letter that counted it. Whether it still
    speaks is asked of the review or request itself (``speaking``).
    """

    kind = choice(ReminderKind)
    stage = choice(Stage, length=10)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey(ExtensionRequest, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    person = staff()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    told_on = models.DateField(null=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="reminder_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="reminder_is_of_a_review_a_request_or_the_time",
                condition=Q(kind__in=OF_A_REVIEW, review__isnull=False, request__isnull=True)
                | Q(kind__in=OF_A_REQUEST, review__isnull=True, request__isnull=False)
                | Q(kind__in=OF_THE_TIME, review__isnull=True, request__isnull=True),
            ),
            models.UniqueConstraint(
                name="reminder_once_per_subject_day_stage_and_person",
                fields=["kind", "case", "review", "request", "due_on", "stage", "person"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_on"], name="reminder_by_person"),
            models.Index(fields=["person"], condition=Q(told_on__isnull=True), name="reminder_untold"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def subject(self):
        """What it is about, as a key: a thing of which several stages speak is shown and counted once."""
        return self.kind, self.case_id, self.review_id, self.request_id
