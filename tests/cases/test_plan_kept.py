"""What the database keeps of a plan, by going round our code: as it was agreed, and what its goals were rated."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import Assessment, Goal, GoalRating, Step, SupportPlan
from tests.factories.assessments import AssessmentFactory, NeedFactory, signed_assessment
from tests.factories.cases import CaseFactory
from tests.factories.plans import (
    GoalFactory,
    GoalRatingFactory,
    SafetyPlanFactory,
    ScaleRatingFactory,
    StepFactory,
    SupportPlanFactory,
)

pytestmark = pytest.mark.django_db

KEPT = ["active", "superseded", "completed", "ended_early"]


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.requirement("R-nat-02")
@pytest.mark.parametrize("status", ["agreed", "active"])
def test_a_plan_without_a_goal_is_not_put_to_use(status):
    plan, like = SupportPlanFactory(), SupportPlanFactory(active=True)
    how = {"participation": "co_wrote", "agreement": "agreed", "agreed_on": like.agreed_on, "agreed_by": like.agreed_by}
    with refused("plan_agreed_has_a_goal"), transaction.atomic():
        SupportPlan.objects.filter(pk=plan.pk).update(status=status, **how)


@pytest.mark.parametrize("state", KEPT)
@pytest.mark.parametrize(
    "change", [{"what_matters": "x"}, {"agreement": "agreed_in_part", "agreement_reason": "x"}, {"status": "drafting"}]
)
def test_what_was_agreed_is_not_rewritten(state, change):
    plan = SupportPlanFactory(**{state: True})
    with refused("plan_stays_as_agreed"), transaction.atomic():
        SupportPlan.objects.filter(pk=plan.pk).update(**change)


@pytest.mark.parametrize("state", ["shared", *KEPT])
def test_no_version_is_deleted(state):
    plan = SupportPlanFactory(**{state: True})
    with refused("plan_stays_as_agreed"), transaction.atomic():
        SupportPlan.objects.filter(pk=plan.pk)._raw_delete("default")


@pytest.mark.parametrize("state", KEPT)
def test_its_goals_stay_as_they_were_agreed(state):
    plan = SupportPlanFactory(**{state: True})
    goals = Goal.objects.filter(plan=plan)
    with refused("goal_stays_as_agreed"), transaction.atomic():
        goals.update(own_words="x")
    with refused("goal_stays_as_agreed"), transaction.atomic():
        GoalFactory(plan=plan)
    with refused("goal_stays_as_agreed"), transaction.atomic():
        Step.objects.filter(goal__plan=SupportPlanFactory(with_goal=True)).delete()
        goals._raw_delete("default")


def test_a_goal_is_not_moved_into_or_out_of_an_agreed_plan():
    agreed, written = SupportPlanFactory(active=True), SupportPlanFactory(with_goal=True)
    with refused("goal_stays_as_agreed"), transaction.atomic():
        Goal.objects.filter(plan=written).update(plan=agreed)
    with refused("goal_stays_as_agreed"), transaction.atomic():
        Goal.objects.filter(plan=agreed).update(plan=written)


def test_how_a_step_goes_is_told_while_its_plan_is_in_use_and_what_it_is_stays():
    steps = Step.objects.filter(goal__plan=SupportPlanFactory(active=True))
    assert steps.update(status="done", note="She did it herself.") == 1
    with refused("step_stays_as_agreed"), transaction.atomic():
        steps.update(what="x")
    with refused("step_stays_as_agreed"), transaction.atomic():
        steps.delete()
    with refused("step_stays_as_agreed"), transaction.atomic():
        StepFactory(goal=Goal.objects.get(steps__in=steps))


@pytest.mark.parametrize("state", ["superseded", "completed", "ended_early"])
def test_a_step_of_a_plan_that_is_over_stays_as_it_was(state):
    steps = Step.objects.filter(goal__plan=SupportPlanFactory(**{state: True}))
    with refused("step_stays_as_agreed"), transaction.atomic():
        steps.update(status="done")


def test_the_work_with_a_carer_alone_has_no_plan():
    case = CaseFactory(kind="carer_only")
    with refused("plan_is_not_of_a_carer_alone"), transaction.atomic():
        SupportPlanFactory(case=case)


def test_a_goal_goes_on_from_the_first_of_its_own_case():
    before = SupportPlanFactory(active=True)
    plan, elsewhere = SupportPlanFactory(case=before.case), SupportPlanFactory(active=True)
    first = before.goals.get()
    second = GoalFactory(plan=plan, continues=first)
    for wrong in (elsewhere.goals.get(), second):
        with refused("goal_continues_the_first_of_its_case"), transaction.atomic():
            GoalFactory(plan=plan, continues=wrong)


@pytest.mark.requirement("R-nat-21")
def test_a_plan_rests_on_a_signed_assessment_of_its_own_case():
    plan, draft, elsewhere = SupportPlanFactory(with_goal=True), AssessmentFactory(), signed_assessment()
    draft_of_its_own = AssessmentFactory(case=plan.case, version=2)
    for wrong in (draft, elsewhere, draft_of_its_own):
        with refused("plan_rests_on_a_signed_assessment_of_its_case"), transaction.atomic():
            SupportPlan.objects.filter(pk=plan.pk).update(assessment=wrong)


def test_a_goal_answers_a_need_of_its_own_case():
    plan = SupportPlanFactory(with_goal=True)
    assessment = plan.case.assessments.get()
    own = NeedFactory(assessment=AssessmentFactory(case=plan.case, version=2))
    elsewhere = NeedFactory(assessment=AssessmentFactory(whole=True))
    elsewhere.assessment.strengths.create(words="Kind.", voice="young_person")
    Assessment.objects.filter(pk=elsewhere.assessment_id).update(
        signed_at=assessment.signed_at, signed_by=assessment.signed_by, started_at=assessment.started_at
    )
    for wrong in (own, elsewhere):  # not signed yet; of another case
        with refused("goal_answers_a_need_of_its_case"), transaction.atomic():
            Goal.objects.filter(plan=plan).update(need=wrong)


def test_a_goal_is_rated_once_its_plan_is_agreed():
    with refused("goal_is_rated_once_its_plan_is_agreed"), transaction.atomic():
        GoalRatingFactory(goal=GoalFactory())
    assert GoalRating.objects.count() == 0


@pytest.mark.parametrize(
    ("factory", "change", "rule"),
    [
        (GoalRatingFactory, {"value": 9}, "goal_rating_is_written_once"),
        (ScaleRatingFactory, {"value": 9}, "scale_rating_is_written_once"),
        (SafetyPlanFactory, {"adults_do": "x"}, "safety_plan_is_written_once"),
    ],
)
def test_what_was_rated_or_kept_safe_is_neither_changed_nor_deleted(factory, change, rule):
    row = factory()
    rows = type(row).objects.filter(pk=row.pk)
    with refused(rule), transaction.atomic():
        rows.update(**change)
    with refused(rule), transaction.atomic():
        rows.delete()
