"""What is written down while a case is open: notes, contacts, tasks, and the timeline that tells all of it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import same_but, written_once
from cases.enums import OWED_ONCE, Channel, ContactOutcome, EntryKind, Strand, TaskKind
from cases.models.case import Case
from cases.querysets import ContactAttemptQuerySet, TaskQuerySet, TimelineEntryQuerySet
from people.models.columns import choice, line, staff, words
from safeguarding.models import Concern


def agreed_at(model):
    """Where a task was agreed, if it was: its page lists what came of it."""
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, editable=False, related_name="actions")


KEPT = _("What was written stays as it was. Add a note to correct it.")


@tracked
class CaseNote(models.Model):
    """Written once; a correction is another note. Possible in every state of an open case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    happened_at = models.DateTimeField(_("when was it?"), default=timezone.now)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="case_note_says_something", condition=~Q(text=""))]
        triggers = written_once(
            "case_note_is_written_once", "A note stays as it was written. Add another to correct it."
        )

    def __str__(self):
        return f"note {self.pk}"


@tracked
class ContactAttempt(models.Model):
    """One try to reach somebody: how, when, what came of it, and when to try again."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contact_attempts")
    with_whom = line(_("whom did you try to reach?"), length=120)
    is_young_person = models.BooleanField(_("it was the young person"), default=True)
    channel = choice(Channel, _("how"))
    outcome = choice(ContactOutcome, _("what came of it"), length=30)
    what = words(_("what was said"))
    happened_at = models.DateTimeField(_("when was it?"), default=timezone.now)
    next_try_on = models.DateField(_("when do you try again?"), null=True, blank=True)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ContactAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(name="contact_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="contact_outcome_known", condition=Q(outcome__in=ContactOutcome.values)),
            models.CheckConstraint(name="contact_says_with_whom", condition=Q(is_young_person=True) | ~Q(with_whom="")),
        ]
        triggers = written_once(
            "contact_is_written_once", "A contact stays as it was written. Add a note to correct it."
        )

    def __str__(self):
        return f"contact {self.pk}"


@tracked
class Task(models.Model):
    """Something that somebody owes on a case, until a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    kind = choice(TaskKind, default=TaskKind.GENERAL, editable=False)
    what = models.CharField(_("what is to be done"), max_length=300)
    owner = staff(verbose_name=_("who does it"))
    due_on = models.DateField(_("by when"))
    set_by = staff(editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by = staff(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    contribution = agreed_at("cases.Contribution")
    supervision = agreed_at("cases.Supervision")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="task_kind_known", condition=Q(kind__in=TaskKind.values)),
            models.CheckConstraint(name="task_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="task_done_by_someone_at_some_time",
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False, done_at__gte=F("set_at")),
            ),
            models.UniqueConstraint(
                name="task_of_this_kind_open_once_per_case",
                fields=["case", "kind"],
                condition=Q(kind__in=OWED_ONCE, done_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_owner"),
            models.Index(fields=["kind", "case"], condition=Q(done_at__isnull=True), name="task_open_by_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


@tracked
class TimelineEntry(models.Model):
    """One line of the story of a case, written by the act it tells of, also by acts of the floors above.

    ``path`` leads to the whole; ``words`` say what happened, in one line or in
    the words of a note. ``strand`` says whose side it belongs to. ``concern``
    was raised of what it says, later.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    kind = choice(EntryKind, length=12)
    strand = choice(Strand, length=12, default=Strand.YOUNG_PERSON)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = staff(null=True)
    pinned_by = staff(null=True, editable=False)
    pinned_at = models.DateTimeField(null=True, editable=False)
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )

    objects = TimelineEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "timeline entries"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(name="entry_strand_known", condition=Q(strand__in=Strand.values)),
            models.CheckConstraint(
                name="entry_pinned_by_someone_at_some_time",
                condition=Q(pinned_by__isnull=True, pinned_at__isnull=True)
                | Q(pinned_by__isnull=False, pinned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_of_which_a_concern_is_raised_says_something",
                condition=Q(concern__isnull=True) | ~Q(words=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="entry_by_case"),
            models.Index(fields=["case"], condition=Q(pinned_at__isnull=False), name="entry_pinned"),
            models.Index(fields=["concern"], condition=Q(concern__isnull=False), name="entry_by_concern"),
        ]
        triggers = written_once(
            "entry_is_written_once",
            "The timeline stays as it was written.",
            unless=f"{same_but('pinned_by_id', 'pinned_at', 'concern_id')}"
            " AND (OLD.concern_id IS NULL OR NEW.concern_id = OLD.concern_id)",
        )

    def __str__(self):
        return f"{self.kind} {self.pk}"
