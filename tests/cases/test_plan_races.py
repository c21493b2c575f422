"""Two colleagues at one plan, on real connections: one wins, the other is told, and nothing is left half done."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases import operations
from cases.models import Case, Goal, SafetyPlan, SupportPlan, TimelineEntry
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.plans import SupportPlanFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4
TRIALS = figure(3, 50)
REFUSED = "refused"
TURNED_DOWN = (operations.PlanChanged, operations.PlanLacks, operations.MoveNotAllowed)
HOW = {"participation": "co_wrote", "participation_reason": "", "agreement": "agreed", "agreement_reason": ""}


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except TURNED_DOWN:
            return REFUSED
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def agree(plan, by):
    return operations.agree_plan(plan, by=by, on=timezone.localdate(), seen=0, **HOW)


def test_of_several_who_agree_one_plan_at_once_one_wins():
    people = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        plan = SupportPlanFactory(case=CaseFactory(planning=True), with_goal=True)
        answers = at_once([lambda by=by, plan=plan: agree(plan, by) for by in people])

        [won] = [answer for answer in answers if answer != REFUSED]
        plan.refresh_from_db()
        assert (plan.status, plan.agreed_by) == ("active", won.agreed_by)
        assert Case.objects.get(pk=plan.case_id).support_started_on == timezone.localdate()
        assert TimelineEntry.objects.filter(case=plan.case).count() == 2


def test_who_agrees_while_another_takes_the_last_goal_away_never_agrees_an_empty_plan():
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        plan = SupportPlanFactory(case=CaseFactory(planning=True), with_goal=True)
        goal = plan.goals.get()
        answers = at_once(
            [
                lambda plan=plan: agree(plan, people[0]),
                lambda goal=goal: operations.remove_goal(goal, by=people[1], seen=0),
            ]
        )
        plan.refresh_from_db()
        assert answers.count(REFUSED) == 1
        assert (plan.status == "active") == Goal.objects.filter(plan=plan).exists()


def test_several_who_begin_a_plan_at_once_write_one():
    people = UserFactory.create_batch(THREADS)
    for _trial in range(TRIALS):
        case = CaseFactory(planning=True)
        at_once([lambda by=by, case=case: operations.start_plan(case, by=by) for by in people])
        assert SupportPlan.objects.filter(case=case).count() == 1


def test_of_several_who_write_a_safety_plan_at_once_one_wins():
    people = UserFactory.create_batch(THREADS)
    what = {"adults_do": "Walk with them.", "look_again_on": timezone.localdate() + timedelta(days=7)}
    for _trial in range(TRIALS):
        case = CaseFactory()
        answers = at_once(
            [lambda by=by, case=case: operations.write_safety_plan(case, by=by, seen=0, **what) for by in people]
        )
        assert answers.count(REFUSED) == THREADS - 1
        assert SafetyPlan.objects.filter(case=case).count() == 1
