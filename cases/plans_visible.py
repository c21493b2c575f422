"""The versions of a plan as pages read them: with goals, what these were rated, and their steps, in three statements.

Prepared once (``accounts.prepared``): to put the statement of the ratings together takes longer than to ask it.
"""

from accounts.prepared import IsAmong, Place, Prepared, keep_beside
from cases.models import Goal, Step, SupportPlan


def versions(case):
    """All of them, the latest first."""
    return _with_goals(case, VERSIONS.found(case=case.pk))


def version(case, pk):
    """The one with this key, or nothing."""
    return next(iter(_with_goals(case, VERSION.found(case=case.pk, pk=pk))), None)


def _with_goals(case, plans):
    goals = GOALS.found(plans=[plan.pk for plan in plans]) if plans else []
    steps = STEPS.found(goals=[goal.pk for goal in goals]) if goals else []
    keep_beside(goals, "goal", "steps", steps)
    keep_beside(plans, "plan", "goals", goals)
    for plan in plans:
        plan.case = case
    return plans


VERSIONS = Prepared(lambda: SupportPlan.objects.for_page().filter(case=Place("case")))
VERSION = Prepared(lambda: SupportPlan.objects.for_page().filter(case=Place("case"), pk=Place("pk")))
GOALS = Prepared(lambda: Goal.objects.with_thread().select_related("need").filter(IsAmong("plan", Place("plans"))))
STEPS = Prepared(lambda: Step.objects.filter(IsAmong("goal", Place("goals"))))
