"""Accepted young people without an assessment in the time of the offer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases import unassessed
from cases.enums import StartRoute
from referrals.models import Referral
from tests.factories.accounts import MembershipFactory
from tests.factories.assessments import AssessmentFactory, signed_assessment
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db

WEEKS, MORE_WEEKS = 6, 10


def accepted(weeks, days=0, **traits):
    """Accepted so long ago."""
    referral = ReferralFactory(accepted=True, **traits)
    at = timezone.now() - timedelta(weeks=weeks, days=days)
    Referral.objects.filter(pk=referral.pk).update(decided_at=at)
    return referral


def case_of(referral, **traits):
    return CaseFactory(referral=referral, **traits)


@pytest.fixture
def user():
    return MembershipFactory(role=Role.TEAM_MANAGER).user


@pytest.fixture
def centre(user):
    return user.memberships.get().centre


def listed(user):
    return [row.pk for row in unassessed.without_assessment(user)]


def begun(user):
    return [row.pk for row in unassessed.not_signed(user)]


@pytest.mark.requirement("R-wal-03", part="of young people; a parent's own assessment is the carer's strand")
def test_who_was_accepted_and_has_none_in_time_is_on_the_list_with_a_case_or_without(user, centre):
    longest, waits, worked_with = (accepted(weeks, 1, centre=centre) for weeks in (WEEKS + 2, WEEKS + 1, WEEKS))
    case_of(worked_with)
    case_of(longest)
    accepted(WEEKS, centre=centre)  # today is still in time
    assert listed(user) == [longest.pk, waits.pk, worked_with.pk]


@pytest.mark.requirement("R-wal-03", part="of young people; a parent's own assessment is the carer's strand")
def test_in_wales_too(user, centre):
    late = accepted(WEEKS, 1, centre=centre, wal3=True)
    assert listed(user) == [late.pk]


def test_one_that_was_begun_leaves_the_list_and_one_that_is_signed_leaves_both(user, centre):
    late = accepted(WEEKS, 1, centre=centre)
    AssessmentFactory(case=case_of(late, assessing=True))
    assert (listed(user), begun(user)) == ([], [late.pk])
    other = accepted(WEEKS, 1, centre=centre)
    signed_assessment(case=case_of(other, planning=True))
    assert (listed(user), begun(user)) == ([], [late.pk])


@pytest.mark.requirement("R-wal-22", part="the longer time; sessions come with them")
@pytest.mark.parametrize(("weeks", "is_late"), [(WEEKS, False), (MORE_WEEKS - 1, False), (MORE_WEEKS, True)])
def test_where_time_to_build_trust_comes_first_there_are_more_weeks(user, centre, weeks, is_late):
    late = accepted(weeks, 1, centre=centre)
    case_of(late, start_route=StartRoute.RELATIONSHIP_FIRST)
    assert listed(user) == ([late.pk] if is_late else [])


@pytest.mark.requirement("R-wal-22", part="the longer time; sessions come with them")
def test_a_relationship_building_start_is_called_so(client, sign_in, centre):
    sign_in(Role.TEAM_MANAGER, at=centre)
    case_of(accepted(MORE_WEEKS, 1, centre=centre), start_route=StartRoute.RELATIONSHIP_FIRST)
    page = client.get(reverse("cases:without_assessment"))
    assert "Relationship-building start" in page.text
    assert "reach" not in page.text.partition("<main")[2].partition("</main")[0].lower()


def test_the_weeks_are_those_of_the_offer_it_was_accepted_under(user, centre):
    late = accepted(4, 1, centre=centre)
    assert listed(user) == []
    late.offer.assessment_weeks = 4
    late.offer.save()
    assert listed(user) == [late.pk]


def test_who_is_not_for_the_list(user, centre):
    accepted(WEEKS, 1)  # of another centre
    ReferralFactory(centre=centre, not_accepted=True, decided_at=timezone.now() - timedelta(weeks=20))
    case_of(accepted(WEEKS, 1, centre=centre), closed=True)
    case_of(accepted(WEEKS, 1, centre=centre), kind="carer_only")
    closed_to = accepted(WEEKS, 1, centre=centre)
    ExclusionFactory(subject=closed_to.subject, user=user)
    for outcome in ("accepted_carer_only", "accepted_consultation_only"):
        other = ReferralFactory(centre=centre, accepted=True, decision__outcome=outcome)
        Referral.objects.filter(pk=other.pk).update(decided_at=timezone.now() - timedelta(weeks=20))
    assert (listed(user), begun(user)) == ([], [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, sign_in, centre, count, django_assert_num_queries):
    sign_in(Role.TEAM_MANAGER, at=centre)
    for _one in range(count):
        accepted(WEEKS, 1, centre=centre)
        AssessmentFactory(case=case_of(accepted(WEEKS, 1, centre=centre), assessing=True))
    with django_assert_num_queries(PAGE):
        page = client.get(reverse("cases:without_assessment"))
    assert [len(page.context[name]) for name in ("none", "not_signed")] == [count, count]


PAGE = 12
