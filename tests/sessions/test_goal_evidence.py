"""The golden thread with its sessions: what was needed, the goal, its steps, what was done, how near it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases import evidence, operations
from sessions.models import SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, NeedFactory
from tests.factories.cases import CaseFactory
from tests.factories.plans import GoalFactory, SupportPlanFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.sessions import GoalTouchedFactory, NeedMetFactory, SupportSessionFactory

pytestmark = pytest.mark.django_db

NOTHING = "No session has gone towards this goal yet."
HOW = {"participation": "co_wrote", "participation_reason": "", "agreement": "agreed", "agreement_reason": ""}


@pytest.fixture
def case():
    return CaseFactory(active=True, opened_at=timezone.now() - timedelta(days=30))


@pytest.fixture
def goal(case):
    return SupportPlanFactory(case=case, active=True).goals.get()


@pytest.fixture
def thread(client, case):
    return lambda: client.get(reverse("cases:golden_thread", args=[case.reference])).context["goals"]


def touched(goal, days_ago=1, *, is_signed=False, **said):
    """A session that took place and went towards a goal, so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    session = SupportSessionFactory(case=goal.plan.case, held=True, planned_at=at, **said)
    GoalTouchedFactory(goal=goal, session=session)
    if is_signed:
        SupportSession.objects.filter(pk=session.pk).update(signed_at=timezone.now(), signed_by=session.recorded_by)
    return session


def test_each_goal_shows_what_was_done_towards_it_the_latest_first(practitioner, goal, thread):
    touched(goal, days_ago=3, kind="review", towards_goals="Two nights off.", own_words="I slept.", is_signed=True)
    touched(goal, days_ago=1)
    SupportSessionFactory(case=goal.plan.case, held=True)
    GoalTouchedFactory(goal=goal, session=SupportSessionFactory(case=goal.plan.case))  # planned for it, and to come
    [shown] = thread()
    assert [(one["what"], one["waits"]) for one in shown["done"]] == [
        ("Getting to know each other", "Not signed yet"),
        ("Looking back together", ""),
    ]
    assert (shown["done"][1]["words"], shown["done"][1]["own_words"]) == ("Two nights off.", "I slept.")
    assert NOTHING not in shown["missing"]


def test_where_no_session_went_towards_a_goal_it_is_said(practitioner, goal, thread):
    SupportSessionFactory(case=goal.plan.case, held=True)
    [shown] = thread()
    assert (shown["done"], NOTHING in shown["missing"]) == ([], True)


def test_what_was_done_under_an_earlier_version_was_done_towards_the_same_goal(practitioner, goal, thread):
    session, by = touched(goal), UserFactory()
    new = operations.start_plan(goal.plan.case, by=by)
    operations.agree_plan(new, by=by, on=timezone.localdate(), seen=new.edits, **HOW)
    GoalTouchedFactory(goal=new.goals.get(), session=session)  # named under both, and still one session
    [shown] = thread()
    assert (shown["pk"], len(shown["done"])) == (new.goals.get().pk, 1)


@pytest.fixture
def answered(case):
    """A need of the signed assessment, the same as it was said anew, and the goal that answers it."""
    needs = []
    for version in (1, 2):
        draft = AssessmentFactory(case=case, version=version, whole=True, strengths=["Kind."])
        needs.append(NeedFactory(assessment=draft, came_from=needs[0] if needs else None))
        draft.signed_at, draft.signed_by = timezone.now(), draft.started_by
        draft.save()
    return [*needs, GoalFactory(plan=SupportPlanFactory(case=case), need=needs[0])]


def test_what_was_made_for_a_need_went_towards_the_goal_that_answers_it(practitioner, case, answered, thread):
    then, now, _goal = answered
    for need in (then, now):
        session = SupportSessionFactory(case=case, held=True)
        NeedMetFactory(session=session, need=need)
    [shown] = thread()
    assert (len(shown["done"]), NOTHING in shown["missing"]) == (2, False)


def test_what_is_further_back_is_folded(practitioner, goal, thread):
    for days_ago in range(1, 6):
        touched(goal, days_ago=days_ago)
    [shown] = thread()
    assert (len(shown["done"]), len(shown["done_earlier"])) == (3, 2)


def test_who_reads_the_case_for_a_concern_reads_no_words_of_sessions(client, stand_before, case, goal, thread):
    touched(goal, own_words="Canary.")
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    page = client.get(reverse("cases:golden_thread", args=[case.reference]))
    assert ("Canary." in page.text, NOTHING in page.text) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_evidence_of_all_goals_is_read_in_three_statements(case, count, django_assert_num_queries):
    plan = SupportPlanFactory(case=case)
    for goal in GoalFactory.create_batch(count, plan=plan):
        for days_ago in range(count):
            touched(goal, days_ago=days_ago + 1)
    with django_assert_num_queries(3):
        assert [len(done) for done in evidence.of_goals(case).values()] == [count] * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_golden_thread_asks_as_often_for_three_as_for_one(
    client, practitioner, case, count, django_assert_num_queries
):
    plan = SupportPlanFactory(case=case)
    for goal in GoalFactory.create_batch(count, plan=plan):
        touched(goal)
    with django_assert_num_queries(THREAD):
        client.get(reverse("cases:golden_thread", args=[case.reference]))


THREAD = 18
