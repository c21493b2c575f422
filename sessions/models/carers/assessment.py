"""The assessment of what a parent or carer needs: theirs, and by somebody who does not work with the young person."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases.models.added import AddedAfterSigning
from people.models.columns import staff, words
from sessions.carer_querysets import CarerAssessmentQuerySet
from sessions.models.carers.kept import (
    ASSESSMENT_STAYS,
    ASSESSMENT_STAYS_BECAUSE,
    by_a_different_worker,
    kept_once_signed,
    said_after_signing,
)
from sessions.models.carers.record import of_strand

NEEDED = ("what_matters", "how_done", "strengths", "analysis", "recommendation")  # before it can be signed


@tracked
class CarerAssessment(models.Model):
    """One version of ``parent_needs`` (R-wal-21). Strengths come before worries here too.

    A draft is open to who works with them; signed, it stays as it was.
    """

    strand = of_strand("carer_assessments")
    version = models.PositiveSmallIntegerField(editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = staff(editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = staff(null=True, editable=False)

    what_matters = words(_("What matters to them"))
    how_done = words(_("How we did this"))
    strengths = words(_("What they do well, and who stands by them"))
    understanding = words(_("How they understand what is happening"))
    feelings = words(_("What it has done to them"))
    keeping_safe = words(_("How they help to keep the young person safe, and what would make it easier"))
    family = words(_("Brothers, sisters and others at home"))
    identity = words(_("Who they are: language, culture, faith, health"))
    practical = words(_("Work, money, home and everyday things"))
    worries = words(_("What worries them"))
    analysis = words(_("What this means"))
    recommendation = words(_("What we recommend"))
    comments = words(_("What they say to it"))

    objects = CarerAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                name="carer_assessment_signed_by_someone_at_some_time",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, signed_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="carer_assessment_signed_with_every_part_that_is_needed",
                condition=Q(signed_at__isnull=True) | ~Q(*[Q(**{name: ""}) for name in NEEDED], _connector=Q.OR),
                violation_error_message=_("Say what matters to them, how you did this, strengths, and what it means."),
            ),
            models.UniqueConstraint(name="carer_assessment_version_once", fields=["strand", "version"]),
            models.UniqueConstraint(
                name="carer_assessment_one_draft", fields=["strand"], condition=Q(signed_at__isnull=True)
            ),
        ]
        triggers = [*kept_once_signed(ASSESSMENT_STAYS, ASSESSMENT_STAYS_BECAUSE), by_a_different_worker()]

    def __str__(self):
        return f"carer assessment {self.pk}"

    @property
    def is_signed(self):
        return self.signed_at is not None


@tracked
class CarerAssessmentAddendum(AddedAfterSigning):
    assessment = models.ForeignKey(CarerAssessment, on_delete=models.PROTECT, related_name="addenda")

    class Meta(AddedAfterSigning.Meta):
        verbose_name_plural = "carer assessment addenda"
        constraints = [models.CheckConstraint(name="carer_assessment_addendum_says_something", condition=~Q(words=""))]
        triggers = said_after_signing("support_sessions_carerassessment", "assessment")
