"""The golden thread and the outcomes: a goal followed through versions, first and last, in each voice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import charts, operations, plans_visible
from cases.golden_thread import needs_without_goal
from cases.models import Goal, GoalRating, ScaleRating
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, NeedFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import GoalFactory, GoalRatingFactory, ScaleRatingFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

HOW = {"participation": "co_wrote", "participation_reason": "", "agreement": "agreed", "agreement_reason": ""}


def days_ago(count):
    return timezone.localdate() - timedelta(days=count)


def next_version(plan):
    by = UserFactory()
    new = operations.start_plan(plan.case, by=by)
    return operations.agree_plan(new, by=by, on=timezone.localdate(), seen=new.edits, **HOW)


@pytest.fixture
def versions():
    """Two versions of one plan, and their one goal as it stands in each."""
    first = SupportPlanFactory(active=True, case__active=True)
    second = next_version(first)
    return first.goals.get(), second.goals.get()


def test_ratings_follow_a_goal_through_its_versions(versions):
    before, now = versions
    GoalRatingFactory(goal=before, value=2, rated_on=days_ago(40))
    GoalRatingFactory(goal=now, value=7)
    GoalRatingFactory(goal=before, value=4, rated_on=days_ago(20))
    GoalRatingFactory(value=9)  # of another case

    for goal in Goal.objects.with_thread().filter(pk__in=[before.pk, now.pk]):
        assert (goal.first_value, goal.first_on, goal.latest_value) == (2, days_ago(40), 7)
    assert [row.value for row in GoalRating.objects.of_thread(now)] == [2, 4, 7]
    assert list(GoalRating.objects.of_thread(before)) == list(GoalRating.objects.of_thread(now))


def test_two_voices_are_never_joined(versions):
    before, now = versions
    GoalRatingFactory(goal=before, value=2, voice="young_person")
    GoalRatingFactory(goal=now, value=6, voice="practitioner")
    goal = Goal.objects.with_thread().get(pk=now.pk)
    assert (goal.first_value, goal.latest_value) == (2, 2)
    assert (goal.practitioner_first_value, goal.practitioner_latest_value) == (6, 6)


def test_of_one_day_the_later_said_counts(versions):
    _before, now = versions
    first = GoalRatingFactory(goal=now, value=3)
    GoalRatingFactory(goal=now, value=5, at=first.at + timedelta(minutes=1))
    goal = Goal.objects.with_thread().get(pk=now.pk)
    assert (goal.first_value, goal.latest_value) == (3, 5)


def test_what_is_missing_is_said(versions):
    before, now = versions
    plan = SupportPlanFactory()
    bare = GoalFactory(plan=plan)
    assert list(Goal.objects.without_steps()) == [bare]
    assert set(Goal.objects.without_rating()) == {before, now, bare}
    GoalRatingFactory(goal=before)
    assert set(Goal.objects.without_rating()) == {bare}
    steps = {goal: goal.steps_count for goal in Goal.objects.with_thread()}
    assert (steps[now], steps[bare]) == (1, 0)


@pytest.fixture
def needs():
    """Two needs of a signed assessment, of which the goal of the plan answers one."""
    case = CaseFactory(planning=True)
    draft = AssessmentFactory(case=case, whole=True, strengths=["Kind."])
    answered, open_still = (NeedFactory(assessment=draft, words=words) for words in ("Sleep.", "Somebody at school."))
    draft.signed_at, draft.signed_by = timezone.now(), draft.started_by
    draft.save()
    plan = SupportPlanFactory(case=case)
    GoalFactory(plan=plan, need=answered)
    ConsentEventFactory(case=case)
    by = UserFactory()
    return operations.agree_plan(plan, by=by, on=timezone.localdate(), seen=0, **HOW), answered, open_still


def test_from_need_to_goal_to_step_to_rating(needs):
    plan, answered, open_still = needs
    goal = Goal.objects.with_thread().get(plan=plan)
    assert (goal.need, list(answered.goals.all())) == (answered, [goal])
    assert list(needs_without_goal(plan)) == [open_still]
    assert list(Goal.objects.without_need()) == []
    assert (list(Goal.objects.without_steps()), list(Goal.objects.without_rating())) == ([goal], [goal])


def test_a_goal_answers_its_need_in_the_next_version_too(needs):
    plan, answered, open_still = needs
    later = next_version(plan)
    assert (later.goals.get().need, list(needs_without_goal(later))) == (answered, [open_still])


def test_a_goal_may_begin_with_the_young_person_alone():
    bare = GoalFactory()
    assert list(Goal.objects.without_need()) == [bare]


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_is_read_in_as_many_statements_however_many_goals(count, django_assert_num_queries):
    plan = SupportPlanFactory()
    for goal in GoalFactory.create_batch(count, plan=plan):
        goal.steps.create(what="Ring.", who="practitioner")
    with django_assert_num_queries(3):
        [read] = plans_visible.versions(plan.case)
        assert [len(goal.steps.all()) for goal in read.goals.all()] == [1] * count


# Outcomes


@pytest.mark.requirement(
    "R-nat-23", part="first and latest of wellbeing and resilience; the summary at the end is the ending’s"
)
def test_first_and_latest_of_each_question_and_voice():
    case = CaseFactory(active=True)
    for value, day in ((3, 40), (8, 0), (5, 20)):
        ScaleRatingFactory(case=case, question="wellbeing", value=value, rated_on=days_ago(day))
    ScaleRatingFactory(case=case, question="wellbeing", value=1, voice="practitioner")
    ScaleRatingFactory(question="wellbeing", value=10)  # of another case

    assert ScaleRating.objects.filter(case=case).first_and_latest() == [
        {"question": "wellbeing", "voice": "practitioner", "first": 1, "first_on": days_ago(0), "latest": 1,
         "latest_on": days_ago(0), "count": 1},
        {"question": "wellbeing", "voice": "young_person", "first": 3, "first_on": days_ago(40), "latest": 8,
         "latest_on": days_ago(0), "count": 3},
    ]  # fmt: skip


@pytest.mark.requirement("R-nat-23")
def test_wellbeing_and_resilience_are_asked_twice_in_one_voice():
    case = CaseFactory(active=True)
    mine = ScaleRating.objects.filter(case=case)
    assert mine.outcomes_lacking() == ["wellbeing", "resilience"]
    ScaleRatingFactory(case=case, question="wellbeing")
    ScaleRatingFactory(case=case, question="wellbeing", voice="practitioner")
    ScaleRatingFactory(case=case, question="hope")
    assert mine.outcomes_lacking() == ["wellbeing", "resilience"]
    ScaleRatingFactory(case=case, question="wellbeing")
    assert mine.outcomes_lacking() == ["resilience"]
    ScaleRatingFactory.create_batch(2, case=case, question="resilience")
    assert mine.outcomes_lacking() == []


def test_first_and_latest_of_many_are_read_in_one_statement(django_assert_num_queries):
    case = CaseFactory(active=True)
    for question in ("safety", "hope", "confidence"):
        ScaleRatingFactory.create_batch(3, case=case, question=question)
    with django_assert_num_queries(1):
        assert [row["count"] for row in ScaleRating.objects.filter(case=case).first_and_latest()] == [3, 3, 3]


# The drawing


def test_the_drawing_keeps_the_calendar_and_every_number(versions):
    before, now = versions
    GoalRatingFactory(goal=before, value=0, rated_on=days_ago(40))
    GoalRatingFactory(goal=now, value=10, rated_on=days_ago(10))
    GoalRatingFactory(goal=now, value=5)
    GoalRatingFactory(goal=now, value=3, voice="practitioner")
    [ratings] = GoalRating.objects.by_thread().values()
    drawn = charts.of_ratings(ratings)
    own, other = drawn["lines"]
    assert [(point.x, point.y, point.value) for point in own["points"]] == [
        (22.0, 128.0, 0),
        (229.0, 22.0, 10),
        (298.0, 75.0, 5),
    ]
    assert (own["dashes"], bool(other["dashes"])) == ("", True)
    assert [row["value"] for row in drawn["rows"]] == [0, 10, 5, 3]


def test_one_number_alone_stands_in_the_middle_and_none_is_no_drawing(versions):
    drawn = charts.of_ratings([GoalRatingFactory(goal=versions[1], value=4)])
    assert [point.x for point in drawn["lines"][0]["points"]] == [160.0]
    assert charts.of_ratings([]) is charts.of_ratings(None) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_numbers_of_many_goals_are_read_in_one_statement(count, django_assert_num_queries):
    for _goal in range(count):
        GoalRatingFactory.create_batch(count)
    with django_assert_num_queries(1):
        GoalRating.objects.by_thread()
