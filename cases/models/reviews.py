"""Reviews that are planned from the day support starts, and more time than the first six months."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import refuse, same_but, written_once
from cases.enums import (
    APPROVALS,
    OTHER_OUTCOMES,
    SIX_MONTH_OUTCOMES,
    ConsentCheck,
    ExtensionDecision,
    ReviewKind,
    ReviewOutcome,
    ViewOfMoreTime,
)
from cases.models.case import Case
from cases.querysets import ExtensionRequestQuerySet, ReviewQuerySet
from people.models.columns import answer, choice, line, staff, words

K, E = ReviewKind, ExtensionDecision
NOT_HELD = Q(held_on__isnull=True, held_by__isnull=True, held_at__isnull=True, outcome="", consent_check="")
HELD = Q(held_on__isnull=False, held_by__isnull=False, held_at__isnull=False, consent_check__in=ConsentCheck.values)


@tracked
class Review(models.Model):
    """Planned when support starts, planned anew when the end moves; held once, by a human, and then kept as written.

    It is asked for from ``opens_on``. One that is not needed any more is
    cancelled and stays. What was agreed stands in the plan and in the ledger
    of consent; here stands that it was talked about, and in which words.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    kind = choice(ReviewKind, _("kind"), editable=False)
    opens_on = models.DateField(editable=False)
    due_on = models.DateField(editable=False)
    held_on = models.DateField(_("when was it?"), null=True)
    held_by = staff(null=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    present = line(_("who took part"))
    what_changed = words(_("what has changed"))
    safety = words(_("safety"))
    consent_check = answer(ConsentCheck, _("consent"))
    own_words = words(_("in the young person’s words"))
    outcome = answer(ReviewOutcome, _("what was decided"))
    because = words(_("why"))
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = staff(null=True, editable=False)
    cancelled_because = words(_("why it is not needed"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="review_kind_known", condition=Q(kind__in=ReviewKind.values)),
            models.CheckConstraint(name="review_is_due_once_it_is_asked_for", condition=Q(opens_on__lte=F("due_on"))),
            models.CheckConstraint(
                name="review_held_by_someone_on_some_day_with_an_outcome",
                condition=NOT_HELD | (HELD & ~Q(outcome="") & ~Q(what_changed="") & ~Q(safety="") & ~Q(because="")),
            ),
            models.CheckConstraint(
                name="review_decides_what_its_kind_decides",
                condition=Q(outcome="")
                | Q(kind=K.SIX_MONTH_DECISION, outcome__in=SIX_MONTH_OUTCOMES)
                | (~Q(kind=K.SIX_MONTH_DECISION) & Q(outcome__in=OTHER_OUTCOMES)),
            ),
            models.CheckConstraint(
                name="review_cancelled_by_someone_at_some_time_with_a_reason",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_because="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False, held_at__isnull=True)
                    & ~Q(cancelled_because="")
                ),
            ),
            models.CheckConstraint(
                name="review_in_between_is_held_when_it_is_written",
                condition=~Q(kind=K.UNSCHEDULED) | Q(held_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="review_planned_once_for_a_day",
                fields=["case", "kind", "due_on"],
                condition=Q(cancelled_at__isnull=True) & ~Q(kind=K.UNSCHEDULED),
            ),
            models.UniqueConstraint(
                name="review_one_six_month_decision_per_case",
                fields=["case"],
                condition=Q(cancelled_at__isnull=True, kind=K.SIX_MONTH_DECISION),
            ),
        ]
        indexes = [
            models.Index(
                fields=["opens_on"],
                condition=Q(held_at__isnull=True, cancelled_at__isnull=True),
                name="review_open_by_day",
            ),
        ]
        triggers = written_once(
            "review_is_held_once",
            "A review stays as it was written. Hold another, or add a note.",
            unless="OLD.held_at IS NULL AND OLD.cancelled_at IS NULL",
        )

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self):
        return self.held_at is None and self.cancelled_at is None

    @property
    def is_asked_for(self):
        return self.is_open and self.opens_on <= timezone.localdate()

    @property
    def is_overdue(self):
        return self.is_open and self.due_on < timezone.localdate()


UNDECIDED = Q(decision="", decided_by__isnull=True, decided_at__isnull=True, reasons="")
DECIDED = Q(decision__in=E.values, decided_by__isnull=False, decided_at__isnull=False) & ~Q(reasons="")


@tracked
class ExtensionRequest(models.Model):
    """More time, asked for with what still needs doing and what the young person says; decided once, by another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extension_requests")
    needs = models.TextField(_("which needs remain"))
    what_will_differ = models.TextField(_("what will be different"))
    view = choice(ViewOfMoreTime, _("what the young person says"))
    own_words = models.TextField(_("in the young person’s words"))
    safety = models.TextField(_("safety"))
    alternatives = models.TextField(_("what else was thought of"))
    until_on = models.DateField(_("until when"))
    requested_by = staff(editable=False)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    decision = answer(ExtensionDecision, _("decision"))
    reasons = words(_("reasons"))
    approved_until_on = models.DateField(_("approved until"), null=True)
    decided_by = staff(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_says_why",
                condition=~Q(needs="")
                & ~Q(what_will_differ="")
                & ~Q(own_words="")
                & ~Q(safety="")
                & ~Q(alternatives=""),
            ),
            models.CheckConstraint(name="extension_view_known", condition=Q(view__in=ViewOfMoreTime.values)),
            models.CheckConstraint(
                name="extension_decided_by_someone_at_some_time_with_reasons", condition=UNDECIDED | DECIDED
            ),
            models.CheckConstraint(
                name="extension_decided_by_another_than_who_asked",
                condition=Q(decided_by__isnull=True) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                violation_error_message=_("Somebody else decides: it is your own request."),
            ),
            models.CheckConstraint(
                name="extension_approved_until_a_day_no_later_than_asked",
                condition=Q(decision=E.APPROVED, approved_until_on__isnull=False, approved_until_on=F("until_on"))
                | Q(
                    decision=E.APPROVED_SHORTER,
                    approved_until_on__isnull=False,
                    approved_until_on__lt=F("until_on"),
                )
                | (~Q(decision__in=APPROVALS) & Q(approved_until_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="extension_one_at_a_time_per_case",
                fields=["case"],
                condition=Q(decided_at__isnull=True),
                violation_error_message=_("A request for more time waits for a decision already."),
            ),
        ]
        triggers = [
            *written_once(
                "extension_is_decided_once",
                "A request stays as it was written, and is decided once. Ask again.",
                unless="OLD.decided_at IS NULL AND "
                + same_but("decision", "reasons", "approved_until_on", "decided_by_id", "decided_at"),
            ),
            pgtrigger.Trigger(
                name="extension_reaches_twelve_months_at_most",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("until_on"),
                when=pgtrigger.Before,
                func=f"""
                    PERFORM FROM cases_case WHERE id = NEW.case_id FOR UPDATE;
                    IF NOT EXISTS (
                        SELECT FROM cases_case AS asked WHERE asked.id = NEW.case_id
                        AND NEW.until_on > asked.planned_end_on
                        AND NEW.until_on <= asked.support_started_on + make_interval(months => asked.months_most)
                    ) THEN
                        {
                    refuse(
                        "extension_reaches_twelve_months_at_most",
                        "More time ends after the planned end, and within twelve months of the start.",
                    )
                }
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 -- made of our own constants
            ),
        ]

    def __str__(self):
        return f"extension {self.pk}"

    @property
    def is_decided(self):
        return self.decided_at is not None

    @property
    def is_approved(self):
        return self.decision in APPROVALS
