"""What is written down in the carer's own record. None of it stands in the young person's."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import written_once
from cases.enums import ConsentMethod, Strand, WordingLanguage
from people.models.columns import answer, choice, known, line, several, staff, words
from referrals.enums import DeliveryMode
from sessions.carer_enums import (
    CARER_AGREES,
    CarerConsentStep,
    CarerExplained,
    SharedKind,
    StrandEntryKind,
)
from sessions.carer_querysets import CarerTaskQuerySet, OfStrandQuerySet, SharedItemQuerySet
from sessions.models.carers.strand import CarerStrand

YES = Q(event__in=CARER_AGREES)


def of_strand(related_name):
    return models.ForeignKey(CarerStrand, on_delete=models.PROTECT, related_name=related_name)


@tracked
class CarerConsent(models.Model):
    """One thing a carer said about taking part themselves. It says nothing of the young person's taking part."""

    strand = of_strand("consents")
    event = choice(CarerConsentStep, _("what they say"))
    method = answer(ConsentMethod, _("how"), length=20)
    explained = several(CarerExplained, _("what was explained"))
    own_words = words(_("what they said"))
    limits = words(_("what they agreed to, and what not"))
    modes = several(DeliveryMode, _("ways to meet that they agreed to"))
    review_on = models.DateField(_("when you talk about it again"), null=True, blank=True)
    wording_version = line(_("which wording"), length=12)
    language = choice(WordingLanguage, length=5, default=WordingLanguage.ENGLISH)
    at = models.DateTimeField(default=timezone.now)
    recorded_by = staff(editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfStrandQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="carer_consent_known",
                condition=Q(event__in=CarerConsentStep.values, language__in=WordingLanguage.values),
            ),
            known(
                "carer_consent_answers_known",
                method=ConsentMethod,
                several_explained=CarerExplained,
                several_modes=DeliveryMode,
            ),
            models.CheckConstraint(name="carer_consent_happened_first", condition=Q(at__lte=F("recorded_at"))),
            models.CheckConstraint(
                name="carer_consent_given_after_everything_was_explained",
                condition=~YES | Q(explained__contains=CarerExplained.values),
                violation_error_message=_("Yes counts once everything has been explained."),
            ),
            models.CheckConstraint(
                name="carer_consent_given_in_some_way_to_meet",
                condition=~YES | (~Q(method="") & ~Q(modes=[]) & ~Q(wording_version="")),
                violation_error_message=_("Say how they said yes, and how they agreed to meet."),
            ),
            models.CheckConstraint(
                name="carer_consent_in_part_says_its_limits",
                condition=~Q(event=CarerConsentStep.GIVEN_PARTIAL) | ~Q(limits=""),
                violation_error_message=_("Say what they agreed to, and what not."),
            ),
            models.CheckConstraint(
                name="carer_consent_given_is_talked_about_again",
                condition=~(YES | Q(event=CarerConsentStep.REVIEWED_UNCHANGED)) | Q(review_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["strand", "at"], name="carer_consent_by_strand")]
        triggers = written_once(
            "carer_consent_is_written_once", "What was said stays as it was said. Add what they say now."
        )

    def __str__(self):
        return f"carer consent {self.pk}"


@tracked
class CarerNote(models.Model):
    """Written once; a correction is another note."""

    strand = of_strand("carer_notes")
    text = models.TextField(_("note"))
    happened_at = models.DateTimeField(_("when was it?"), default=timezone.now)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfStrandQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="carer_note_says_something", condition=~Q(text=""))]
        triggers = written_once(
            "carer_note_is_written_once", "A note stays as it was written. Add another to correct it."
        )

    def __str__(self):
        return f"carer note {self.pk}"


@tracked
class CarerTask(models.Model):
    """Something that is owed on this side. Tasks of a case are read by whoever works with the young person."""

    strand = of_strand("carer_tasks")
    what = models.CharField(_("what is to be done"), max_length=300)
    owner = staff(verbose_name=_("who does it"))
    due_on = models.DateField(_("by when"))
    set_by = staff(editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by = staff(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    objects = CarerTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="carer_task_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="carer_task_done_by_someone_at_some_time",
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False, done_at__gte=F("set_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="carer_task_by_owner")
        ]

    def __str__(self):
        return f"carer task {self.pk}"


@tracked
class StrandEntry(models.Model):
    """One line of the story of a strand. It has its own, so that no act here writes a line in the young person's."""

    strand = of_strand("story")
    kind = choice(StrandEntryKind, length=12)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = staff()

    objects = OfStrandQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "strand entries"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="strand_entry_kind_known", condition=Q(kind__in=StrandEntryKind.values)),
        ]
        indexes = [models.Index(fields=["strand", "-at", "-id"], name="strand_entry_by_strand")]
        triggers = written_once("strand_entry_is_written_once", "The story stays as it was written.")

    def __str__(self):
        return f"strand entry {self.pk}"


@tracked
class SharedItem(models.Model):
    """What one side told the other, on purpose: a copy, with where it comes from, who gave it and why.

    It opens nothing: whoever reads it sees these words and no more of the other side (security.md 5.3).
    """

    strand = of_strand("shared")
    from_side = choice(Strand, length=12, editable=False)
    kind = choice(SharedKind, _("what it was"), length=12)
    said_on = models.DateField(_("when it was said or written"), default=timezone.localdate)
    text = models.TextField(_("what the other side is told"))
    reason = models.TextField(_("why they need to know"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SharedItemQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="shared_item_known", condition=Q(from_side__in=Strand.values, kind__in=SharedKind.values)
            ),
            models.CheckConstraint(
                name="shared_item_says_what_and_why",
                condition=~Q(text="") & ~Q(reason=""),
                violation_error_message=_("Say what the other side is told, and why."),
            ),
        ]
        triggers = written_once("shared_item_is_written_once", "What was shared stays as it was. Share what is so now.")

    def __str__(self):
        return f"shared item {self.pk}"
