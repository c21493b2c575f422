"""What is due, and who must hear of it: one row for each thing, day, stage and person, made by the clock."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases.models import Case, ExtensionRequest, MissingEpisode, Review, Task
from centres.models import ContactPointOfCentre, PublicContact
from people.models.columns import choice, staff
from referrals.models import Referral
from reminders.enums import MOST_SNOOZE_DAYS, MOST_SNOOZES, OF_A_CASE, SUBJECT_OF, SUBJECTS, ReminderKind, Stage
from reminders.querysets import ReminderQuerySet, SnoozeQuerySet
from safeguarding.models import ConcernAction, Escalation
from sessions.models import SupportSession
from sessions.models.carers import CarerSession, CarerStrand


def about(model, *, may_go=False):
    """``may_go``: a draft of it may be thrown away, and whatever was said of it goes with it."""
    on_delete = models.CASCADE if may_go else models.PROTECT
    return models.ForeignKey(model, on_delete=on_delete, null=True, related_name="+")


def _is_about_what_its_kind_says():
    """One column for each kind, with the case beside it where it is of one; nothing in any other."""
    condition = Q()
    for column, kinds in SUBJECTS.items():
        filled = {column} | ({"case"} if column in OF_A_CASE else set())
        columns = {f"{name}__isnull": name not in filled for name in SUBJECTS}
        condition |= Q(kind__in=kinds, **columns)
    return condition


class Reminder(models.Model):
    """That a colleague hears of something. However often the clock asks, the row is there once.

    ``told_on`` is the day of the letter that counted it. Whether it still
    speaks is asked of what it is about (``speaking``); ``silent_at`` says when
    a sweep found that it is due no more, on another day, or for others.
    """

    kind = choice(ReminderKind)
    stage = choice(Stage, length=10)
    referral = about(Referral)
    case = about(Case)
    review = about(Review)
    request = about(ExtensionRequest)
    session = about(SupportSession, may_go=True)
    task = about(Task)
    missing = about(MissingEpisode)
    strand = about(CarerStrand)
    contact = about(CarerSession, may_go=True)
    escalation = about(Escalation)
    action = about(ConcernAction)
    contact_point = about(ContactPointOfCentre)
    public_contact = about(PublicContact)
    due_on = models.DateField()
    person = staff()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    told_on = models.DateField(null=True, editable=False)
    silent_at = models.DateTimeField(null=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="reminder_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="reminder_is_about_what_its_kind_says", condition=_is_about_what_its_kind_says()
            ),
            models.UniqueConstraint(
                name="reminder_once_per_subject_day_stage_and_person",
                fields=["kind", *SUBJECTS, "due_on", "stage", "person"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_on"], condition=Q(silent_at__isnull=True), name="reminder_by_person"),
            models.Index(
                fields=["person"], condition=Q(told_on__isnull=True, silent_at__isnull=True), name="reminder_untold"
            ),
            models.Index(
                fields=["kind"], condition=Q(stage=Stage.ESCALATED, silent_at__isnull=True), name="reminder_escalated"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_awake(self):
        """Whether it speaks although its person put it off (``with_put_off``), or did not."""
        return self.put_off_until is None or self.stage == Stage.ESCALATED

    @property
    def about_pk(self):
        return getattr(self, f"{SUBJECT_OF[self.kind]}_id")

    @property
    def subject(self):
        """What it is about, as a key: a thing of which several stages speak is shown and counted once."""
        return self.kind, *(getattr(self, f"{column}_id") for column in SUBJECTS)


@tracked
class Snooze(models.Model):
    """Somebody puts off one thing that they are reminded of, until a day, and says why.

    It is silent for them alone: what is late goes on to others. ``about`` is
    the row that reminders of this ``kind`` are about.
    """

    person = staff()
    kind = models.CharField(max_length=24)
    about = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    put_off_on = models.DateField(default=timezone.localdate, editable=False)
    until_on = models.DateField()
    reason = models.TextField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        ordering = ["put_off_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="snooze_at_most_twice",
                condition=Q(number__gte=1, number__lte=MOST_SNOOZES),
                violation_error_message=_("You have put this off twice. Please do it, or talk to your manager."),
            ),
            models.UniqueConstraint(name="snooze_once_by_its_number", fields=["person", "kind", "about", "number"]),
            models.CheckConstraint(
                name="snooze_for_a_week_at_most",
                condition=Q(
                    until_on__gt=F("put_off_on"), until_on__lte=F("put_off_on") + timedelta(days=MOST_SNOOZE_DAYS)
                ),
            ),
            models.CheckConstraint(name="snooze_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"snooze {self.pk}"

    @property
    def last_day(self):
        """Until which it may go, counted from when it was first put off."""
        return self.put_off_on + timedelta(days=MOST_SNOOZE_DAYS)
