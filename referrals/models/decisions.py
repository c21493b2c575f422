"""What was decided on a referral, by whom, and with whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from centres.models import CentreOption
from people.models.columns import staff
from referrals.enums import DOES_NOT_ACCEPT, NotAcceptedMeaning, Outcome, SecondPersonReason
from referrals.models.kept import decided_once
from referrals.querysets import DecisionQuerySet


class NotAcceptedReason(CentreOption):
    """Why a referral is not accepted, in the words of the centre; the meaning is what the nation counts."""

    meaning = models.CharField(max_length=40, choices=NotAcceptedMeaning.choices)


@tracked
class Decision(models.Model):
    """What one person decided and, where it needs two, what a second said to it.

    While it waits for the second person nothing has changed and nobody was told.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    reason = models.ForeignKey(NotAcceptedReason, on_delete=models.PROTECT, null=True, related_name="+")
    explanation = models.TextField(_("the reason, in plain words for the referrer"), blank=True)
    suggestion = models.TextField(_("what we suggest instead"), blank=True)
    ready_for_support = models.TextField(
        _("what tells us that they are ready to use support"),
        blank=True,
        help_text=_("What we were told on route B, where the referral does not say it (R-wal-33)."),
    )
    decided_by = staff()
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    needs_second_person = ArrayField(
        models.CharField(max_length=24, choices=SecondPersonReason.choices), default=list, blank=True
    )
    countersigned_by = staff(null=True)
    countersigned_at = models.DateTimeField(null=True)
    sent_back_by = staff(null=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_reason = models.TextField(blank=True)
    overtaken_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="decision_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="decision_not_to_accept_has_a_reason_and_a_suggestion",
                condition=~Q(outcome__in=DOES_NOT_ACCEPT)
                | (Q(reason__isnull=False) & ~Q(explanation="") & ~Q(suggestion="")),
            ),
            models.CheckConstraint(
                name="decision_countersigned_by_someone_at_some_time",
                condition=Q(countersigned_by__isnull=True, countersigned_at__isnull=True)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_countersigned_by_a_second_person",
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="decision_sent_back_by_someone_at_some_time_with_a_reason",
                condition=Q(sent_back_by__isnull=True, sent_back_at__isnull=True, sent_back_reason="")
                | (Q(sent_back_by__isnull=False, sent_back_at__isnull=False) & ~Q(sent_back_reason="")),
            ),
            models.CheckConstraint(
                name="decision_is_countersigned_or_sent_back_or_overtaken",
                condition=Q(countersigned_at__isnull=True, sent_back_at__isnull=True)
                | Q(countersigned_at__isnull=True, overtaken_at__isnull=True)
                | Q(sent_back_at__isnull=True, overtaken_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="decision_waits_once_per_referral",
                fields=["referral"],
                condition=~Q(needs_second_person=[])
                & Q(countersigned_at__isnull=True, sent_back_at__isnull=True, overtaken_at__isnull=True),
            ),
        ]
        triggers = decided_once()

    def __str__(self):
        return f"{self.outcome} {self.pk}"

    @property
    def waits_for_second_person(self):
        answered = self.countersigned_at or self.sent_back_at or self.overtaken_at
        return bool(self.needs_second_person) and not answered
