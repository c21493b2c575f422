"""Who works with whom."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from cases.enums import AssignmentKind
from cases.models.case import Case
from cases.models.kept import with_a_young_person
from cases.querysets import AssignmentQuerySet
from people.models import AccessGrant
from people.models.columns import choice, staff, words


@tracked
class Assignment(models.Model):
    """A colleague works on a case from one moment to another; the grant it owns begins and ends with it.

    ``handover`` is what the next practitioner must know, in the words of who
    goes; ``ended_because`` is said to the young person too.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    user = staff()
    kind = choice(AssignmentKind, length=10)
    grant = models.OneToOneField(AccessGrant, on_delete=models.PROTECT, related_name="assignment", editable=False)
    from_at = models.DateTimeField(default=timezone.now, editable=False)
    until_at = models.DateTimeField(null=True, editable=False)
    assigned_by = staff(editable=False)
    ended_by = staff(null=True, editable=False)
    reason = words(_("why this colleague"))
    ended_because = words(_("why it ends"))
    handover = words(_("what the next practitioner must know"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(name="assignment_kind_known", condition=Q(kind__in=AssignmentKind.values)),
            models.CheckConstraint(
                name="assignment_ended_by_someone_at_some_time_with_a_reason",
                condition=Q(ended_by__isnull=True, until_at__isnull=True, ended_because="")
                | (
                    Q(ended_by__isnull=False, until_at__isnull=False, until_at__gte=F("from_at")) & ~Q(ended_because="")
                ),
            ),
            models.UniqueConstraint(
                name="assignment_one_lead_per_case",
                fields=["case"],
                condition=Q(kind=AssignmentKind.LEAD, until_at__isnull=True),
                violation_error_message=_("This case has a lead practitioner already."),
            ),
            models.UniqueConstraint(
                name="assignment_once_per_colleague_and_case",
                fields=["case", "user"],
                condition=Q(until_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(until_at__isnull=True), name="assignment_now_by_user")]

        triggers = [with_a_young_person()]

    def __str__(self):
        return f"{self.kind} {self.pk}"


@tracked
class WaitingCheck(models.Model):
    """Somebody rang while an accepted young person waits for a practitioner: are they safe? Due every 14 days."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="waiting_checks")
    text = models.TextField(_("how they are"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="waiting_check_says_how_they_are", condition=~Q(text=""))]

    def __str__(self):
        return f"waiting check {self.pk}"
