"""Accepted young people without an assessment in the time of the offer."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from cases import unassessed
from cases.enums import StartRoute
from referrals.models import Referral
from tests.factories.accounts import MembershipFactory
from tests.factories.assessments import AssessmentFactory, signed_assessment
from tests.factories.cases import CaseFactory
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db

WEEKS, MORE_WEEKS = 6, 10


def accepted(weeks, days=0, **traits):
    """Accepted so long ago, at this hour by the clocks here: in the meantime they may have gone back."""
    referral = ReferralFactory(accepted=True, **traits)
    at = timezone.localtime() - timedelta(weeks=weeks, days=days)
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


@pytest.mark.requirement("R-wal-22")
@pytest.mark.parametrize(("weeks", "is_late"), [(WEEKS, False), (MORE_WEEKS - 1, False), (MORE_WEEKS, True)])
def test_where_time_to_build_trust_comes_first_there_are_more_weeks(user, centre, weeks, is_late):
    late = accepted(weeks, 1, centre=centre)
    case_of(late, start_route=StartRoute.RELATIONSHIP_FIRST)
    assert listed(user) == ([late.pk] if is_late else [])


@pytest.mark.requirement("R-wal-22")
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


@dataclass(frozen=True)
class Accepted:
    days: int
    is_welsh: bool = False
    route: str = ""  # none: nobody works with them yet
    status: str = "engaging"
    assessed: str = ""  # begun, or signed

    def belongs_on_the_list(self):
        """R-wal-03 in plain values: past its weeks, nothing begun, and the work not over."""
        weeks = MORE_WEEKS if self.route == StartRoute.RELATIONSHIP_FIRST else WEEKS
        is_over = bool(self.route) and self.status == "closed"
        return self.days > weeks * 7 and not is_over and not (self.route and self.assessed)


PEOPLE = st.builds(
    Accepted,
    days=st.sampled_from([0, 41, 42, 43, 69, 70, 71, 365]),
    is_welsh=st.booleans(),
    route=st.sampled_from(["", *StartRoute.values]),
    status=st.sampled_from(["engaging", "active", "closed"]),
    assessed=st.sampled_from(["", "begun", "signed"]),
)


def build(person, centre):
    referral = accepted(0, person.days, centre=centre, wal3=person.is_welsh)
    if person.route:
        traits = {} if person.status == "engaging" else {person.status: True}
        case = case_of(referral, start_route=person.route, **traits)
        if person.assessed:
            AssessmentFactory(case=case, whole=True, signed=person.assessed == "signed")
    return referral.pk


@pytest.mark.requirement("R-wal-03", part="of young people; a parent's own assessment is the carer's strand")
@settings(max_examples=figure(30, 1_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(PEOPLE, min_size=1, max_size=3))
def test_in_any_world_the_list_holds_who_has_none_in_time_and_nobody_else(people):
    """Invariant 14 of domain.md 10.1."""
    with transaction.atomic():
        user = MembershipFactory(role=Role.TEAM_MANAGER).user
        centre = user.memberships.get().centre
        made = {build(person, centre): person for person in people}
        assert set(listed(user)) == {pk for pk, person in made.items() if person.belongs_on_the_list()}
        transaction.set_rollback(True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, sign_in, centre, count, django_assert_num_queries):
    sign_in(Role.TEAM_MANAGER, at=centre)
    for _one in range(count):
        accepted(WEEKS, 1, centre=centre)
        AssessmentFactory(case=case_of(accepted(WEEKS, 1, centre=centre), assessing=True))
    with django_assert_num_queries(PAGE):
        page = client.get(reverse("cases:without_assessment"))
    assert [len(page.context[name]) for name in ("none", "not_signed")] == [count, count]


PAGE = 11
