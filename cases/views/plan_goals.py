"""The goals of a plan, their steps, and how near they come."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import charts, evidence, operations, plan_words, plans_visible, rules
from cases.forms.plan_goals import GoalForm, RateGoalsForm, RateScalesForm, RemoveGoalForm, StepForm
from cases.golden_thread import needs_without_goal
from cases.models import Goal, GoalRating, Step
from cases.views.base import PAGE_AND_ACT, act, allowed, case_page, get_case
from cases.views.plans import for_who_plans, get_plan, plan_act
from ui.rows import entry_named, with_another, without


def get_goal(case, pk):
    return get_object_or_404(Goal.objects.filter(plan__case=case).prefetch_related("steps"), pk=pk)


@require_http_methods(PAGE_AND_ACT)
def add_goal(request, reference, pk):
    case = for_who_plans(request, reference)
    return _goal_page(request, case, get_plan(case, pk), _("Add a goal"))


@require_http_methods(PAGE_AND_ACT)
def goal(request, reference, pk):
    case = for_who_plans(request, reference)
    goal = get_goal(case, pk)
    return _goal_page(request, case, get_plan(case, goal.plan_id), _("Change the goal"), goal)


def _goal_page(request, case, plan, title, goal=None):
    form = GoalForm(request.POST or None, plan=plan, goal=goal)
    if request.method == "POST" and (typed := _with_rows_changed(request, form)) is not None:
        form = GoalForm(typed, plan=plan, goal=goal).without_errors()
        for row in form.rows["steps"]:
            row.without_errors()
        return case_page(request, case, "cases/act.html", form=form, title=title)
    written = form.written if form.is_valid() else {}
    words = _("The goal is kept.")
    return plan_act(request, case, plan, form, title, words, operations.write_goal, plan, goal=goal, **written)


def _with_rows_changed(request, form):
    """What was typed, with one step more or fewer where that was asked for; nothing is saved or complained of."""
    everything = dict(request.POST.lists())
    entry = entry_named(request.POST.get("remove"), form.rows)
    if request.POST.get("add") in form.rows:
        return _as_sent(with_another(everything, form.rows["steps"]))
    return _as_sent(without(everything, *entry)) if entry is not None else None


def _as_sent(typed):
    sent = QueryDict(mutable=True)
    for name, values in typed.items():
        sent.setlist(name, values)
    return sent


@require_http_methods(PAGE_AND_ACT)
def remove_goal(request, reference, pk):
    """Their own words, so it is asked once: what is left out, and where it stays."""
    case = for_who_plans(request, reference)
    goal = get_goal(case, pk)
    plan = get_plan(case, goal.plan_id)
    form = RemoveGoalForm(request.POST if request.method == "POST" else None, plan=plan)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    return plan_act(
        request, case, plan, form, _("Leave this goal out?"), _("The goal is left out of this version."),
        operations.remove_goal, goal, to_page=plan.get_absolute_url(), beside={"to_leave_out": goal}, seen=seen,
    )  # fmt: skip


@require_http_methods(PAGE_AND_ACT)
def step(request, reference, pk):
    """How a step of the plan in use goes."""
    case = for_who_plans(request, reference)
    step = get_object_or_404(Step.objects.filter(goal__plan__case=case).select_related("goal__plan"), pk=pk)
    plan = get_plan(case, step.goal.plan_id)
    form = StepForm(request.POST or None, step=step)
    answers = form.cleaned_data if form.is_valid() else {}
    words = _("The step is kept.")
    return plan_act(request, case, plan, form, _("How a step goes"), words, operations.move_step, step, **answers)


@require_http_methods(PAGE_AND_ACT)
def rate_goals(request, reference, pk):
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    form = RateGoalsForm(request.POST or None, plan=plan, occasion=request.GET.get("occasion"))
    rated = form.rated if form.is_valid() else {}
    words = _("The numbers are kept.")
    title = _("How near is each goal?")
    return plan_act(request, case, plan, form, title, words, operations.rate_goals, **rated)


@require_http_methods(PAGE_AND_ACT)
def scales(request, reference):
    """Our own questions from 0 to 10: the first answer and the latest, in each voice."""
    case = get_case(request, reference)
    if request.method == "POST":
        allowed(rules.may_write(request.user, case))
    form = RateScalesForm(request.POST or None)
    rows = case.scale_ratings.first_and_latest()
    page = reverse("cases:scales", args=[case.reference])
    if form.is_valid():
        words, asks = _("The numbers are kept."), operations.rate_scales
        return act(request, case, form, _("How are things?"), words, asks, to_page=page, **form.rated)
    context = {
        "rows": [plan_words.scale(row) for row in rows],
        "lacking": [plan_words.question(name) for name in case.scale_ratings.outcomes_lacking()],
        "form": form,
        "may_ask": rules.may_write(request.user, case),
    }
    return case_page(request, case, "cases/plan_scales.html", **context)


@require_GET
def golden_thread(request, reference):
    """What is needed, the goal, its steps, what was done towards it, how near it is; and plainly what is missing."""
    case = get_case(request, reference)
    plan = plans_visible.in_use(case)
    rated = GoalRating.objects.filter(goal__plan__case=case).by_thread() if plan else {}
    goals = list(plan.goals.all()) if plan else []
    done = _done_towards(goals, case) if rules.reads_work(request.user, case) else {}
    goals = [
        plan_words.thread(goal, done.get(goal.pk)) | {"chart": charts.of_ratings(rated.get(goal.first_id))}
        for goal in goals
    ]
    unanswered = list(needs_without_goal(plan)) if plan else []
    return case_page(request, case, "cases/plan_thread.html", plan=plan, goals=goals, unanswered=unanswered)


def _done_towards(goals, case):
    """For each of these goals: what was done towards it under any version; an empty list where nothing was."""
    done = evidence.of_goals(case) if goals else {}
    return {goal.pk: done.get(goal.first_id, []) for goal in goals}
