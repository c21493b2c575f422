"""The safety plan: each version is written once, and the latest holds."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import CaseKind, EntryKind, TaskKind
from cases.models import SafetyPlan
from cases.operations.notes import finish_task_locked
from cases.planning import PlanChanged
from cases.steps import MoveNotAllowed, lock_open, tell


@transaction.atomic
def write_safety_plan(case, *, by, seen, **what):
    """The first safety plan, or the next version. ``seen``: the version the page showed, 0 where there was none.

    Whoever owes a look at it has done so. Possible in every open state, whatever was agreed or withdrawn. Raises
    ``PlanChanged`` where a colleague has written another, ``MoveNotAllowed``.
    """
    case = lock_open(case)
    if case.kind == CaseKind.CARER_ONLY:
        raise MoveNotAllowed(f"{case} is about a carer alone")
    latest = SafetyPlan.objects.filter(case=case).order_by("-version").first()
    version = latest.version if latest else 0
    if version != seen:
        raise PlanChanged(f"{case} has safety plan {version}, seen {seen}")
    plan = SafetyPlan.objects.create(case=case, version=version + 1, by=by, **what)
    record("safety_plan.written", case, by=by, plan=plan.pk, version=plan.version)
    for task in case.tasks.open().filter(kind=TaskKind.SAFETY_PLAN):
        finish_task_locked(case, task, by=by)
    words = {"version": plan.version}
    path = reverse("cases:safety", args=[case.reference])
    tell(case, EntryKind.SAFETY, _("Safety plan (version %(version)d)") % words, by=by, path=path)
    return plan
