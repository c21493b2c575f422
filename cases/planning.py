"""Steps that acts on a plan share: the plan held with its case, what it lacks, its end. No acts of their own."""

from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import AGREED_NOW, STOPPED, EntryKind, PlanStatus
from cases.models import SupportPlan
from cases.steps import MoveNotAllowed, lock_open, tell


class PlanChanged(Exception):
    """Somebody wrote in this plan after the page was made."""


class PlanLacks(Exception):
    """A plan cannot be put to use without ``what``: "yes", "goals", "assessment" or "agreement"; nor after a "no"."""

    def __init__(self, plan, what):
        super().__init__(f"{plan} lacks {what}")
        self.what = what


def consent_lacks(case):
    """What stands between the young person and a plan that is put to use: their "no", a "yes" not said yet, nothing."""
    state = case.consent_state
    if state in STOPPED:
        return "no"
    return "" if state in AGREED_NOW else "yes"


def hold(plan, *, seen=None, being_written=False):
    """The plan as it is now, with its case, both held. Raises ``MoveNotAllowed``, or ``PlanChanged`` after ``seen``.

    The case is held first, in every act: so two acts wait for each other and never both.
    """
    case = lock_open(plan.case)
    plan = SupportPlan.objects.select_for_update(of=["self"]).get(pk=plan.pk)
    plan.case = case
    if being_written and not plan.is_being_written:
        raise MoveNotAllowed(f"{plan} is {plan.status}")
    if seen is not None and plan.edits != seen:
        raise PlanChanged(f"{plan} was written at {plan.edits}, seen at {seen}")
    return plan


def move_plan_locked(plan, to_status, *, by, **columns):
    """Move a plan that this act holds, with what is written down as it moves. Raises ``MoveNotAllowed``."""
    came_from = plan.status
    if not plan.can_move_to(to_status):
        raise MoveNotAllowed(f"{plan} cannot go from {came_from} to {to_status}")
    plan.status = to_status
    for name, value in columns.items():
        setattr(plan, name, value)
    plan.save(update_fields=["status", *columns])
    record("plan.moved", plan.case, by=by, plan=plan.pk, came_from=came_from, to=to_status)
    return plan


def end_plan_locked(case, to_status, *, on, by, because):
    """End the plan in use of a case that this act holds, also as a step of ending the case; or nothing."""
    plan = SupportPlan.objects.select_for_update(of=["self"]).in_use().filter(case=case).first()
    if plan is None:
        return None
    plan.case = case
    move_plan_locked(plan, to_status, by=by, ended_on=on, ended_by=by, ended_because=because)
    title = _("The plan is completed") if to_status == PlanStatus.COMPLETED else _("The plan ended early")
    tell(case, EntryKind.PLAN, title, by=by, words=because, path=plan.get_absolute_url())
    return plan
