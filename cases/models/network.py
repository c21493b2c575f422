"""Working with the others around a young person, and the thinking of practitioner and manager together."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from audit.kept import same_but, written_once
from cases.enums import ContributionType, MeetingType, SharingBasis, SupervisionKind, WasSaid
from cases.models.case import Case
from people.models.columns import DayOf, answer, choice, line, staff, words


@tracked
class Contribution(models.Model):
    """What we brought to the people around a young person: at a meeting, in a report, between meetings (R-wal-28).

    What the young person wanted said stands first, with whether it was said.
    Written once; only that it was told back to them comes later. What others
    must not read (names of other children) has no place here.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contributions")
    meeting = choice(MeetingType, _("which meeting or contact"), length=40)
    how = choice(ContributionType, _("how we took part"), length=40)
    held_on = models.DateField(_("when was it?"))
    purpose = models.TextField(_("what it was for"))
    wanted_said = words(_("what the young person wanted said"))
    was_said = answer(WasSaid, _("was it said?"), length=10)
    chair = line(_("who led it"), length=120)
    present = words(_("who was there"))
    instead = words(_("what we did instead"))
    shared = words(_("what we shared"))
    sharing_basis = answer(SharingBasis, _("why we may share it"), length=30)
    sharing_reason = words(_("why it was shared without their agreement"))
    decisions = words(_("what was decided"))
    disagreement = words(_("what we did not agree with, and what we did about it"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    fed_back_on = models.DateField(_("when the young person was told"), null=True, blank=True)
    fed_back_by = staff(null=True, editable=False)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="contribution_meeting_known", condition=Q(meeting__in=MeetingType.values)),
            models.CheckConstraint(name="contribution_type_known", condition=Q(how__in=ContributionType.values)),
            models.CheckConstraint(name="contribution_says_what_for", condition=~Q(purpose="")),
            models.CheckConstraint(name="contribution_has_happened", condition=Q(held_on__lte=DayOf("at"))),
            models.CheckConstraint(
                name="contribution_says_whether_it_was_said",
                condition=Q(wanted_said="", was_said="") | (~Q(wanted_said="") & Q(was_said__in=WasSaid.values)),
            ),
            models.CheckConstraint(
                name="contribution_says_what_was_done_instead",
                condition=~Q(how=ContributionType.INVITED_NOT_ABLE) | ~Q(instead=""),
                violation_error_message=_("Say what we did instead of being there."),
            ),
            models.CheckConstraint(
                name="contribution_shares_on_a_basis",
                condition=Q(shared="", sharing_basis="") | (~Q(shared="") & Q(sharing_basis__in=SharingBasis.values)),
            ),
            models.CheckConstraint(
                name="contribution_without_agreement_says_why",
                condition=~Q(sharing_basis=SharingBasis.WITHOUT_AGREEMENT) | ~Q(sharing_reason=""),
            ),
            models.CheckConstraint(
                name="contribution_fed_back_by_someone_on_some_day",
                condition=Q(fed_back_on__isnull=True, fed_back_by__isnull=True)
                | Q(fed_back_on__isnull=False, fed_back_by__isnull=False, fed_back_on__gte=F("held_on")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-held_on"], name="contribution_by_case")]
        triggers = written_once(
            "contribution_is_written_once",
            "What we contributed stays as it was written. Add a note to correct it.",
            unless=f"OLD.fed_back_on IS NULL AND {same_but('fed_back_on', 'fed_back_by_id')}",
        )

    def __str__(self):
        return f"contribution {self.pk}"


@tracked
class NoContributionReason(models.Model):
    """Why nothing could be contributed in a period: it stands in its place (R-wal-28)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="no_contribution_reasons")
    reason = models.TextField(_("why nothing could be contributed"))
    given_on = models.DateField(default=timezone.localdate, editable=False)
    by = staff(editable=False)

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [models.CheckConstraint(name="no_contribution_says_why", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["case", "-given_on"], name="no_contribution_by_case")]
        triggers = written_once("no_contribution_is_written_once", "The reason stays as it was given. Add another.")

    def __str__(self):
        return f"reason {self.pk}"


@tracked
class Supervision(models.Model):
    """A manager and a practitioner think about one case; or a manager's note of oversight (domain.md 5.14).

    It is part of the young person's record, and so holds nothing about how the
    practitioner is: that has a place of its own, outside this product.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervisions")
    kind = choice(SupervisionKind)
    held_on = models.DateField(_("when was it?"))
    with_whom = staff(verbose_name=_("with whom"), null=True, blank=True)
    working = words(_("what is working"))
    worries = words(_("what we worry about"))
    not_known = words(_("what we do not know"))
    assumptions = words(_("what we take for granted, and what may bias us"))
    young_persons_voice = words(_("what the young person says"))
    identity_and_culture = words(_("identity and culture"))
    risk_changes = words(_("what has changed in their safety"))
    drift = words(_("whether we still do what the plan says"))
    oversight = models.TextField(_("what the manager says"))
    next_on = models.DateField(_("when is the next?"), null=True, blank=True)
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="supervision_kind_known", condition=Q(kind__in=SupervisionKind.values)),
            models.CheckConstraint(name="supervision_says_what_the_manager_says", condition=~Q(oversight="")),
            models.CheckConstraint(name="supervision_has_happened", condition=Q(held_on__lte=DayOf("at"))),
            models.CheckConstraint(
                name="supervision_is_with_a_colleague_and_looks_for_drift",
                condition=~Q(kind=SupervisionKind.CASE_SUPERVISION)
                | (Q(with_whom__isnull=False) & ~Q(with_whom=F("by")) & ~Q(drift="")),
            ),
            models.CheckConstraint(
                name="supervision_is_followed_by_a_later_one",
                condition=Q(next_on__isnull=True) | Q(next_on__isnull=False, next_on__gt=F("held_on")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-held_on"], name="supervision_by_case")]
        triggers = written_once(
            "supervision_is_written_once", "What was said in supervision stays as it was written. Add another."
        )

    def __str__(self):
        return f"supervision {self.pk}"
