"""The versions of a plan as pages read them: with goals, what these were rated, and their steps, in three statements.

Prepared once (``accounts.prepared``): to put the statement of the ratings together takes longer than to ask it.
"""

from django.db.models import Case, When

from accounts.prepared import IsAmong, Place, Prepared, keep_beside
from cases.enums import PlanStatus
from cases.models import Goal, Step, SupportPlan


def versions(case):
    """All of them, the latest first."""
    return _with_goals(case, VERSIONS.found(case=case.pk))


def version(case, pk):
    """The one with this key, or nothing."""
    return next(iter(_with_goals(case, VERSION.found(case=case.pk, pk=pk))), None)


def in_use(case):
    """The one in use; where none is, the latest; or nothing."""
    return next(iter(_with_goals(case, IN_USE.found(case=case.pk))), None)


def _with_goals(case, plans):
    goals = GOALS.found(plans=[plan.pk for plan in plans]) if plans else []
    steps = STEPS.found(goals=[goal.pk for goal in goals]) if goals else []
    keep_beside(goals, "goal", "steps", steps)
    keep_beside(plans, "plan", "goals", goals)
    for plan in plans:
        plan.case = case
    return plans


def _of_case(**more):
    return SupportPlan.objects.for_page().filter(case=Place("case"), **more)


VERSIONS = Prepared(_of_case)
VERSION = Prepared(lambda: _of_case(pk=Place("pk")))
IN_USE = Prepared(lambda: _of_case().order_by(Case(When(status=PlanStatus.ACTIVE, then=0), default=1), "-version")[:1])
GOALS = Prepared(lambda: Goal.objects.with_thread().select_related("need").filter(IsAmong("plan", Place("plans"))))
STEPS = Prepared(lambda: Step.objects.filter(IsAmong("goal", Place("goals"))))
