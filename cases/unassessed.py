"""Accepted young people without an assessment in the time of the offer (R-wal-03). It lists, and decides nothing."""

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.permissions import Permission, centres_with_permission
from cases.allocating import NO_CASE
from cases.days import WeeksAfter
from cases.enums import CaseKind, CaseStatus, StartRoute
from cases.models import Assessment
from referrals.enums import ACCEPTS, Outcome, ReferralStatus
from referrals.models import Decision, Referral

NO_ASSESSMENT = (*NO_CASE, Outcome.ACCEPTED_CARER_ONLY)  # a parent or carer has an assessment of their own


def without_assessment(user, *, on=None):
    """Whose time has passed with no assessment begun, at the centres ``user`` oversees: the longest first."""
    return _past_their_time(user, on).filter(~_has_assessment())


def not_signed(user, *, on=None):
    """Begun, and not signed in time."""
    return _past_their_time(user, on).filter(_has_assessment()).filter(~_has_assessment(signed_at__isnull=False))


def _has_assessment(**more):
    return Exists(Assessment.objects.filter(case__referral=OuterRef("pk"), **more))


def _past_their_time(user, on):
    centres = centres_with_permission(user, Permission.OVERSEE_CASES)
    found = to_assess(Referral.objects.visible_to(user).filter(centre__in=centres))
    found = found.filter(assess_by__lt=Value(on or timezone.localdate()))
    return found.select_related("young_person", "case").order_by("assess_by", "pk")


def not_signed_yet(referrals):
    """Those of ``to_assess`` of whom no assessment is signed."""
    return to_assess(referrals).filter(~_has_assessment(signed_at__isnull=False))


def to_assess(referrals):
    """Those accepted for work with a young person, each with ``assess_by``.

    Weeks are counted from acceptance; where time to build trust comes first there are more of them (R-wal-22).
    A case that has ended is left out: its ending says why.
    """
    accepted = Decision.objects.filter(referral=OuterRef("pk"), outcome__in=set(ACCEPTS) - set(NO_ASSESSMENT))
    weeks = Case(
        When(case__start_route=StartRoute.RELATIONSHIP_FIRST, then=F("offer__assessment_weeks_relationship_first")),
        default=F("offer__assessment_weeks"),
    )
    found = referrals.filter(
        Exists(accepted),
        Q(case__isnull=True) | (~Q(case__status=CaseStatus.CLOSED) & ~Q(case__kind=CaseKind.CARER_ONLY)),
        status=ReferralStatus.ACCEPTED,
    )
    return found.annotate(assess_by=WeeksAfter(TruncDate("decided_at"), weeks), begins=F("case__start_route"))
