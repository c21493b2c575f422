"""The safety plan: a version is written once, the latest holds, and adults have their part in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import operations
from cases.models import SafetyPlan
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.plans import SafetyPlanFactory
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

WHAT = {
    "adults_do": "The school walks with them to the bus.",
    "look_again_on": timezone.localdate() + timedelta(days=28),
}


@pytest.mark.parametrize("state", ["awaiting_allocation", "engaging", "assessing", "planning", "active", "ending"])
def test_it_is_written_in_every_open_state(state):
    case, by = CaseFactory(**({} if state == "engaging" else {state: True})), UserFactory()
    with writes(SafetyPlan=1, SafetyPlanEvent=1, TimelineEntry=1, TimelineEntryEvent=1, AuditEvent=1):
        plan = operations.write_safety_plan(case, by=by, seen=0, **WHAT)
    assert (plan.version, plan.by, plan.adults_do) == (1, by, WHAT["adults_do"])


def test_the_latest_holds_and_the_one_before_stays():
    first, by = SafetyPlanFactory(), UserFactory()
    second = operations.write_safety_plan(first.case, by=by, seen=1, **WHAT)
    assert list(SafetyPlan.objects.filter(case=first.case).latest_first()) == [second, first]


def test_two_who_write_it_at_once_see_each_other():
    first, by = SafetyPlanFactory(), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.PlanChanged):
        operations.write_safety_plan(first.case, by=by, seen=0, **WHAT)


@pytest.mark.parametrize("traits", [{"closed": True}, {"kind": "carer_only"}])
def test_it_is_not_written_where_the_work_is_over_or_with_a_carer_alone(traits):
    case, by = CaseFactory(**traits), UserFactory()
    with leaves_no_trace(), pytest.raises(operations.MoveNotAllowed):
        operations.write_safety_plan(case, by=by, seen=0, **WHAT)
