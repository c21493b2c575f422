"""The versions of a plan as pages read them: with goals, what these were rated, and their steps, in three statements.

Prepared once (``accounts.prepared``): to put the statement of the ratings together takes longer than to ask it.
"""

from collections import defaultdict

from accounts.prepared import IsAmong, Place, Prepared
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
    _keep_beside(goals, "goal", "steps", steps)
    _keep_beside(plans, "plan", "goals", goals)
    for plan in plans:
        plan.case = case
    return plans


def _keep_beside(owners, owner_of, name, rows):
    """As ``prefetch_related`` leaves it."""
    of = defaultdict(list)
    for row in rows:
        of[getattr(row, f"{owner_of}_id")].append(row)
    for owner in owners:
        kept = getattr(owner, name).all()
        kept._result_cache, kept._prefetch_done = of[owner.pk], True
        for row in of[owner.pk]:
            setattr(row, owner_of, owner)
        owner._prefetched_objects_cache = {name: kept}


VERSIONS = Prepared(lambda: SupportPlan.objects.for_page().filter(case=Place("case")))
VERSION = Prepared(lambda: SupportPlan.objects.for_page().filter(case=Place("case"), pk=Place("pk")))
GOALS = Prepared(lambda: Goal.objects.with_thread().select_related("need").filter(IsAmong("plan", Place("plans"))))
STEPS = Prepared(lambda: Step.objects.filter(IsAmong("goal", Place("goals"))))
