"""Writing a plan together, agreeing it, and following its goals."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases.enums import PLAN_ENDS, PUTS_NOTHING_TO_USE, CaseKind, CaseStatus, EntryKind, PlanAgreement, PlanStatus
from cases.models import Assessment, Goal, GoalRating, ScaleRating, Step, SupportPlan
from cases.planning import PlanLacks, consent_lacks, end_plan_locked, hold, move_plan_locked
from cases.starting import start_support_locked
from cases.steps import MoveNotAllowed, lock_open, tell

NARRATIVE = ("what_matters", "working_together", "information_sharing", "good_ending")
OF_A_GOAL = ("own_words", "practitioner_wording", "why_it_matters", "domain", "need", "target")
OF_A_STEP = ("what", "who", "whose_name", "due_on", "status", "note")


@transaction.atomic
def start_plan(case, *, by):
    """Begin the plan, or its next version: words, goals and steps come along from the one in use.

    Where one is being written already, that one. Raises ``MoveNotAllowed`` on
    a case that is ending or is about a carer alone.
    """
    case = lock_open(case)
    if case.status == CaseStatus.ENDING or case.kind == CaseKind.CARER_ONLY:
        raise MoveNotAllowed(f"{case} is {case.status}, {case.kind}")
    written = SupportPlan.objects.being_written().filter(case=case).first()
    if written is not None:
        return written
    before = SupportPlan.objects.filter(case=case).order_by("-version").first()
    words = {name: getattr(before, name) for name in NARRATIVE} if before else {}
    version = before.version + 1 if before else 1
    plan = SupportPlan.objects.create(case=case, version=version, begun_by=by, **words)
    for goal in before.goals.prefetch_related("steps") if before else ():
        _copy_forward(goal, plan)
    record("plan.started", case, by=by, plan=plan.pk, version=version)
    return plan


def _copy_forward(goal, plan):
    values = {name: getattr(goal, name) for name in OF_A_GOAL}
    copied = Goal.objects.create(plan=plan, continues_id=goal.first_id, **values)
    for step in goal.steps.all():
        Step.objects.create(goal=copied, **{name: getattr(step, name) for name in OF_A_STEP})


@transaction.atomic
def write_plan(plan, *, by, seen, **words):
    """The words of the plan that are no goal's. Raises ``PlanChanged`` where it was written in since ``seen``."""
    plan = hold(plan, seen=seen, being_written=True)
    changed = [name for name, value in words.items() if getattr(plan, name) != value]
    if changed:
        for name in changed:
            setattr(plan, name, words[name])
        _written(plan, by, "plan.written", changed, fields=changed)
    return plan


@transaction.atomic
def write_goal(plan, *, by, seen, steps, goal=None, **words):
    """A goal with its steps, new or again. Raises ``PlanChanged``, ``MoveNotAllowed``."""
    plan = hold(plan, seen=seen, being_written=True)
    if goal is None:
        goal = Goal.objects.create(plan=plan, **words)
    else:
        goal = Goal.objects.get(pk=goal.pk, plan=plan)
        for name, value in words.items():
            setattr(goal, name, value)
        goal.save(update_fields=[*words])
    _write_steps(goal, steps)
    _written(plan, by, "goal.written", goal=goal.pk, steps=len(steps))
    return goal


def _write_steps(goal, steps):
    """As the page has them: one that is still there keeps how it goes."""
    held = {step.pk: step for step in goal.steps.all()}
    for values in steps:
        step = held.pop(values.get("pk"), None) or Step(goal=goal)
        for name in set(OF_A_STEP) & set(values):
            setattr(step, name, values[name])
        step.save()
    Step.objects.filter(pk__in=held).delete()


@transaction.atomic
def remove_goal(goal, *, by, seen):
    """Leave a goal out of a plan that is being written; in the versions before, it stays."""
    plan = hold(goal.plan, seen=seen, being_written=True)
    goal = Goal.objects.get(pk=goal.pk, plan=plan)
    left_out = goal.pk
    goal.delete()
    _written(plan, by, "goal.left_out", goal=left_out)
    return plan


def _written(plan, by, verb, changed=(), **facts):
    plan.edits += 1
    plan.save(update_fields=["edits", *changed])
    record(verb, plan.case, by=by, plan=plan.pk, **facts)


@transaction.atomic
def share_plan(plan, *, by, on, seen):
    """The young person has seen it. It may still be changed with them. Raises ``MoveNotAllowed``."""
    plan = hold(plan, seen=seen, being_written=True)
    not_yet = plan.agreement == PlanAgreement.NOT_SHOWN_YET  # why not stays in the story
    said = {"agreement": "", "agreement_reason": ""} if not_yet else {}
    plan = move_plan_locked(plan, PlanStatus.SHARED, by=by, shared_on=on, **said)
    tell(plan.case, EntryKind.PLAN, _("The plan was shown to the young person"), by=by, path=plan.get_absolute_url())
    return plan


@transaction.atomic
def agree_plan(plan, *, by, on, seen, **how):
    """The plan is agreed on the day ``on`` and in use from now; the one before is superseded; support starts.

    ``how``: how they took part, what they say to it and why, what becomes of
    the copy. What they said no to, or have not seen, is kept as it was said
    and is not put to use. Nor is a plan of somebody who does not take part.
    The plan rests on the latest signed assessment (R-nat-21). Raises
    ``PlanLacks``, ``PlanChanged`` where somebody wrote in it since ``seen``,
    ``MoveNotAllowed`` where a colleague was first or the case is not being
    planned.
    """
    plan = hold(plan, seen=seen, being_written=True)
    if how["agreement"] in PUTS_NOTHING_TO_USE:
        return _keep_not_yet(plan, by, how)
    assessment = Assessment.objects.signed().filter(case=plan.case).order_by("-version").first()
    _refuse_what_is_lacking(plan, assessment, how)
    move_plan_locked(plan, PlanStatus.AGREED, by=by, agreed_on=on, agreed_by=by, assessment=assessment, **how)
    for older in SupportPlan.objects.select_for_update(of=["self"]).in_use().filter(case=plan.case):
        move_plan_locked(older, PlanStatus.SUPERSEDED, by=by)
    move_plan_locked(plan, PlanStatus.ACTIVE, by=by)
    words = {"version": plan.version}
    tell(plan.case, EntryKind.PLAN, _("The plan is agreed (version %(version)d)") % words, by=by,
         path=plan.get_absolute_url())  # fmt: skip
    start_support_locked(plan.case, on=on, by=by)
    return plan


def _refuse_what_is_lacking(plan, assessment, how):
    if lacks := consent_lacks(plan.case):
        raise PlanLacks(plan, lacks)
    if not plan.goals.exists():
        raise PlanLacks(plan, "goals")
    if assessment is None:
        raise PlanLacks(plan, "assessment")
    if not how["participation"] or not how["agreement"]:
        raise PlanLacks(plan, "agreement")


def _keep_not_yet(plan, by, how):
    """That they do not agree, or why they have not seen it: written down, and the plan goes on being written."""
    for name, value in how.items():
        setattr(plan, name, value)
    _written(plan, by, "plan.answered", how, agreement=how["agreement"])
    is_no = how["agreement"] == PlanAgreement.NOT_AGREED
    title = (
        _("The young person does not agree with the plan as it is")
        if is_no
        else _("The young person has not seen the plan yet")
    )
    tell(plan.case, EntryKind.PLAN, title, by=by, words=how["agreement_reason"], path=plan.get_absolute_url())
    return plan


@transaction.atomic
def end_plan(plan, *, by, on, status, because):
    """The plan in use is completed, or ends early with a reason. Raises ``MoveNotAllowed``."""
    if status not in PLAN_ENDS or not because.strip():
        raise ValueError("say how it ends, and why")
    plan = hold(plan)
    if not plan.is_in_use:
        raise MoveNotAllowed(f"{plan} is {plan.status}")
    return end_plan_locked(plan.case, status, on=on, by=by, because=because)


@transaction.atomic
def keep_copy(plan, *, by, copy_is_safe, copy_given_on=None):
    """Whether they can hold a copy, and when they got one: asked again whenever things change."""
    plan = hold(plan)
    plan.copy_is_safe, plan.copy_given_on = copy_is_safe, copy_given_on
    plan.save(update_fields=["copy_is_safe", "copy_given_on"])
    record("plan.copy_recorded", plan.case, by=by, plan=plan.pk, safe=copy_is_safe, given=copy_given_on is not None)
    return plan


@transaction.atomic
def move_step(step, *, by, status, note=""):
    """How a step of the plan in use goes. Raises ``MoveNotAllowed`` where that plan is in use no more."""
    plan = hold(step.goal.plan)
    if not plan.is_in_use:
        raise MoveNotAllowed(f"{plan} is {plan.status}")
    step = Step.objects.select_for_update(of=["self"]).get(pk=step.pk)
    step.status, step.note = status, note
    step.save(update_fields=["status", "note"])
    record("step.moved", plan.case, by=by, plan=plan.pk, step=step.pk, to=status)
    words = {"what": step.what[:150], "status": step.get_status_display()}
    tell(plan.case, EntryKind.PLAN, _("Step: %(what)s – %(status)s") % words, by=by, words=note,
         path=plan.get_absolute_url())  # fmt: skip
    return step


@transaction.atomic
def rate_goals(plan, *, by, on, voice, occasion, values):
    """How near each goal is, in one voice. ``values``: goal to number; who says nothing about a goal leaves it out."""
    plan = hold(plan)
    if not plan.is_in_use:
        raise MoveNotAllowed(f"{plan} is {plan.status}")
    said = {"voice": voice, "occasion": occasion, "rated_on": on, "by": by, "at": timezone.now()}
    goals = plan.goals.filter(pk__in=[goal.pk for goal in values])
    numbers = {goal.pk: value for goal, value in values.items()}
    ratings = [GoalRating.objects.create(goal=goal, value=numbers[goal.pk], **said) for goal in goals]
    record("goals.rated", plan.case, by=by, plan=plan.pk, ratings=[rating.pk for rating in ratings], voice=voice)
    path = plan.get_absolute_url()
    tell(plan.case, EntryKind.PLAN, _("We looked at how near the goals are"), by=by, path=path)
    return ratings


@transaction.atomic
def rate_scales(case, *, by, on, voice, occasion, values):
    """Answers to our own questions, in one voice. ``values``: question to number. Raises ``MoveNotAllowed``."""
    case = lock_open(case)
    said = {"case": case, "voice": voice, "occasion": occasion, "rated_on": on, "by": by, "at": timezone.now()}
    ratings = [ScaleRating.objects.create(question=name, value=value, **said) for name, value in values.items()]
    record("scales.rated", case, by=by, ratings=[rating.pk for rating in ratings], voice=voice)
    tell(case, EntryKind.PLAN, _("We asked how things are, from 0 to 10"), by=by)
    return ratings
