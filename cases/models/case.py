"""A case: the work with one young person, from its allocation to its end."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases import addresses, clock, consenting
from cases.days import MonthsAfter
from cases.enums import (
    ALLOWED_MOVES,
    CARER_ONLY_MOVES,
    OPEN,
    STOPPED,
    CaseKind,
    CaseStatus,
    PathwayStage,
    StartRoute,
    WorkType,
)
from cases.models.kept import planned_within_what_was_agreed
from cases.models.triggers import closed_by_an_ending, stage_by_decision
from cases.querysets import CaseQuerySet
from centres.models import SUPPORT_MONTHS_MOST
from people.ages import age_on
from people.models.columns import choice, staff


@tracked
class Case(models.Model):
    """The status moves only through ``cases.operations``, which also write history, trail and timeline.

    ``support_started_on`` is the day on which the plan was agreed; the end is
    planned from it, never beyond twelve months (design.md 8). What the offer
    allowed on the day of acceptance is copied, so that a new offer changes no
    promise.
    """

    subject = models.ForeignKey("people.DataSubject", on_delete=models.PROTECT, related_name="cases")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="cases")
    referral = models.OneToOneField("referrals.Referral", on_delete=models.PROTECT, related_name="case")
    centre = models.ForeignKey("centres.ServiceCentre", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("centres.ServiceOffer", on_delete=models.PROTECT, related_name="+")
    status = choice(CaseStatus, default=CaseStatus.ENGAGING, editable=False)
    kind = choice(CaseKind, default=CaseKind.YP_ONLY, editable=False)
    work_type = choice(WorkType, _("work type"))
    start_route = choice(StartRoute, _("how we begin"), default=StartRoute.STANDARD)
    under_protocol = models.BooleanField(_("under an exploitation protocol"), default=False)
    pathway_stage = choice(
        PathwayStage, _("stage"), length=30, default=PathwayStage.STABILISE_AND_BUILD_TRUST, editable=False
    )
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = staff(editable=False)
    support_started_on = models.DateField(null=True, editable=False)
    planned_end_on = models.DateField(null=True, editable=False)
    months_initial = models.PositiveSmallIntegerField(editable=False)
    months_most = models.PositiveSmallIntegerField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_status_known", condition=Q(status__in=CaseStatus.values)),
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=CaseKind.values)),
            models.CheckConstraint(name="case_work_type_known", condition=Q(work_type__in=WorkType.values)),
            models.CheckConstraint(name="case_start_route_known", condition=Q(start_route__in=StartRoute.values)),
            models.CheckConstraint(name="case_pathway_stage_known", condition=Q(pathway_stage__in=PathwayStage.values)),
            models.CheckConstraint(
                name="case_has_a_planned_end_once_support_has_started",
                condition=Q(support_started_on__isnull=True, planned_end_on__isnull=True)
                | Q(
                    support_started_on__isnull=False,
                    planned_end_on__isnull=False,
                    planned_end_on__gt=F("support_started_on"),
                ),
            ),
            models.CheckConstraint(
                name="case_planned_for_twelve_months_at_most",
                condition=Q(planned_end_on__isnull=True)
                | Q(planned_end_on__lte=MonthsAfter("support_started_on", F("months_most"))),
                violation_error_message=_("Support is never planned for more than twelve months."),
            ),
            models.CheckConstraint(
                name="case_months_within_six_and_twelve",
                condition=Q(months_initial__lte=clock.SUPPORT_MONTHS_INITIAL, months_most__lte=SUPPORT_MONTHS_MOST)
                & Q(months_initial__lte=F("months_most")),
            ),
            models.CheckConstraint(
                name="case_closed_at_some_time",
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=CaseStatus.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_without_plan_or_clock_where_it_is_about_a_carer_alone",
                condition=~Q(kind=CaseKind.CARER_ONLY) | Q(support_started_on__isnull=True),
            ),
            models.CheckConstraint(
                name="case_with_a_carer_alone_waits_goes_on_ends_or_is_closed",
                condition=~Q(kind=CaseKind.CARER_ONLY) | Q(status__in=list(CARER_ONLY_MOVES)),
            ),
            models.UniqueConstraint(
                name="case_open_once_per_young_person",
                fields=["young_person"],
                condition=~Q(status=CaseStatus.CLOSED) & ~Q(kind=CaseKind.CARER_ONLY),
                violation_error_message=_("There is an open case with this young person already."),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "opened_at"], condition=~Q(status="closed"), name="case_open_by_centre"),
            models.Index(fields=["planned_end_on"], condition=~Q(status="closed"), name="case_open_by_planned_end"),
            models.Index(fields=["subject"], name="case_by_subject"),
        ]
        triggers = [planned_within_what_was_agreed(), stage_by_decision(), closed_by_an_ending()]

    def __str__(self):
        return f"case {self.pk}"

    def get_absolute_url(self):
        return addresses.of("cases:case", self.reference)

    @property
    def reference(self):
        """That of its referral: one name from the first page to the last."""
        return self.referral.reference

    @property
    def is_open(self):
        return self.status in OPEN

    def can_move_to(self, status):
        moves = ALLOWED_MOVES if self.kind != CaseKind.CARER_ONLY else CARER_ONLY_MOVES
        return status in moves.get(self.status, ())

    def is_worked_on_by(self, user):
        """Whether ``user`` is assigned to it now. From ``with_workers()``; else the assignments are asked."""
        if "worker_ids" in self.__dict__:
            return user.pk in self.worker_ids
        return self.assignments.current().filter(user=user).exists()

    @cached_property
    def age(self):
        """In whole years today, where the date of birth is known; else as it was estimated."""
        born = self.young_person.date_of_birth
        return age_on(born, timezone.localdate()) if born else self.young_person.estimated_age

    @property
    def most_end_on(self):
        """The day beyond which this support is never planned; nothing before it has begun."""
        started = self.support_started_on
        return None if started is None else clock.months_after(started, self.months_most)

    @property
    def consent_state(self):
        """What the young person says about taking part, today. From ``with_consent()``; else the ledger is asked."""
        if "consent_step" not in self.__dict__:
            found = Case.objects.with_consent().get(pk=self.pk)
            return found.consent_state
        return consenting.state_of(self.consent_step, self.consent_agreed, self.consent_review_on, timezone.localdate())

    @property
    def is_stopped(self):
        """They said no, or no longer agree: no direct work. Status and clock do not move (domain.md 5.1)."""
        return self.consent_state in STOPPED

    @property
    def asks_for_consent(self):
        """A case with a carer alone has no young person who takes part."""
        return self.kind != CaseKind.CARER_ONLY

    @property
    def is_past_planned_end(self):
        """It alerts and escalates; it closes nothing (R-nat-27)."""
        return self.is_open and self.planned_end_on is not None and timezone.localdate() > self.planned_end_on

    @property
    def is_past_most(self):
        started = self.support_started_on
        return self.is_open and started is not None and clock.is_past_most(started, timezone.localdate())


@tracked
class Pause(models.Model):
    """A time in which no work happens, with a day on which somebody looks again. The end stays where it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    reason = models.TextField(_("why the work rests"))
    from_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField(_("when does somebody look again?"))
    paused_by = staff(editable=False)
    resumed_by = staff(null=True, editable=False)
    resumed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="pause_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="pause_is_looked_at_after_it_begins", condition=Q(review_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="pause_resumed_by_someone_on_some_day",
                condition=Q(resumed_by__isnull=True, resumed_on__isnull=True)
                | Q(resumed_by__isnull=False, resumed_on__isnull=False, resumed_on__gte=F("from_on")),
            ),
            models.UniqueConstraint(
                name="pause_once_at_a_time_per_case", fields=["case"], condition=Q(resumed_on__isnull=True)
            ),
        ]

    def __str__(self):
        return f"pause {self.pk}"
