"""What was planned ends with the case that it was planned for."""

import pytest

from cases import operations
from cases.enums import PlanStatus
from tests.cases.test_ending import proposed
from tests.factories.accounts import UserFactory
from tests.factories.plans import SupportPlanFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


def test_the_plan_and_its_reviews_end_with_the_case_and_the_six_month_decision_stays_as_it_stands():
    ending = proposed()
    plan = SupportPlanFactory(case=ending.case, active=True)
    review, decision = ReviewFactory(case=ending.case), ReviewFactory(case=ending.case, decision=True)

    operations.sign_off_ending(ending, seen=ending.version, by=UserFactory())

    for row in (plan, review, decision):
        row.refresh_from_db()
    assert plan.status in (PlanStatus.COMPLETED, PlanStatus.ENDED_EARLY)
    assert (review.cancelled_because, decision.cancelled_at) == (ending.get_reason_display(), None)
