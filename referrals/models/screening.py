"""How a referral is looked at: held against the criteria, questions to its referrer, views that colleagues keep."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from people.models.columns import choice, known, several, staff, words
from referrals.enums import Criterion, CriterionAnswer, MissingFact
from referrals.models.kept import answered_once
from referrals.querysets import QuestionQuerySet


@tracked
class CriterionCheck(models.Model):
    """Whether one criterion is met, as far as we know today. It prompts a person; it decides nothing."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="criteria")
    criterion = choice(Criterion, length=16)
    answer = choice(CriterionAnswer, length=10)
    note = models.CharField(max_length=500, blank=True)
    by = staff()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="criterion_checked_once_per_referral", fields=["referral", "criterion"]),
            known("criterion_check_known", criterion=Criterion, answer=CriterionAnswer),
        ]

    def __str__(self):
        return f"{self.criterion} of {self.referral_id}"


@tracked
class Question(models.Model):
    """What we ask the referrer, in one message; the decision clock stands still while it is open, and only then."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="questions")
    facts = several(MissingFact, _("what is missing"))
    text = words(_("in our words"))
    due_on = models.DateField(_("please answer by"))
    asked_by = staff()
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = words(_("their answer"))
    answered_at = models.DateTimeField(null=True, editable=False)
    closed_by = staff(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_because = words(_("why we stopped waiting"))

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="question_asks_something", condition=~Q(facts=[]) | ~Q(text="")),
            models.CheckConstraint(name="question_facts_known", condition=Q(facts__contained_by=MissingFact.values)),
            models.CheckConstraint(
                name="question_answered_at_some_time_with_words",
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="question_closed_by_someone_at_some_time_with_a_reason",
                condition=Q(closed_by__isnull=True, closed_at__isnull=True, closed_because="")
                | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closed_because="")),
            ),
            models.CheckConstraint(
                name="question_is_answered_or_closed",
                condition=Q(answered_at__isnull=True) | Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="question_answered_after_it_was_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
            ),
            models.UniqueConstraint(
                name="question_open_once_per_referral",
                fields=["referral"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
            ),
        ]
        triggers = answered_once()

    def __str__(self):
        return f"question {self.pk}"

    @property
    def is_open(self):
        return self.answered_at is None and self.closed_at is None

    @property
    def is_late(self):
        """The day by which we asked for an answer is over, and there is none."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def asks_for(self):
        """The ticked facts as sentences, in the language of the page."""
        return [str(MissingFact(fact).label) for fact in self.facts]


class SavedView(models.Model):
    """Filters of the queue under a name of one's own. Filters only: what is searched for is never kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="saved_view_name_once_per_person", fields=["user", "name"]),
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return f"view {self.pk}"
