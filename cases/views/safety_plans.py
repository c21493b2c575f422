"""The safety plan of a case and its history."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import missing_words, operations, plan_words, rules
from cases.enums import TaskKind
from cases.forms.safety_plans import SafetyPlanForm
from cases.views.base import PAGE_AND_ACT, act_page, case_page, get_case
from cases.views.plans import for_who_plans


@require_GET
def safety(request, reference):
    """What keeps them safer now, what was agreed before, and when they were missing."""
    case = get_case(request, reference)
    versions = list(case.safety_plans.latest_first())
    return _page(request, case, versions[0] if versions else None, versions[1:])


@require_GET
def safety_plan(request, reference, pk):
    case = get_case(request, reference)
    return _page(request, case, get_object_or_404(case.safety_plans.latest_first(), pk=pk), [])


def _page(request, case, plan, before):
    is_all = request.resolver_match.url_name == "safety"
    addresses = [(one, reverse("cases:safety_plan", args=[case.reference, one.pk])) for one in before]
    context = {
        "plan": plan,
        "rows": plan_words.safety_rows(plan) if plan else [],
        "is_due": plan is not None and plan_words.is_due(plan),
        "before": addresses,
        "is_latest": plan is None or is_all,
        "may_write": rules.may_plan(request.user, case),
        "asked": list(case.tasks.open().filter(kind=TaskKind.SAFETY_PLAN).select_related("owner")),
        "missing": [missing_words.row(one, case) for one in case.missing_episodes.all()] if is_all else [],
        "is_all": is_all,
        "may_report": rules.may_plan(request.user, case) and case.missing_id is None,
    }
    return case_page(request, case, "cases/plan_safety.html", **context)


@require_http_methods(PAGE_AND_ACT)
def write_safety_plan(request, reference):
    case = for_who_plans(request, reference)
    latest = case.safety_plans.latest_first().first()
    form = SafetyPlanForm(request.POST or None, latest=latest)
    title = _("Write the safety plan")
    if not form.is_valid():
        return act_page(request, case, form, title)
    try:
        operations.write_safety_plan(case, by=request.user, **form.cleaned_data)
    except operations.PlanChanged:
        words = _("Nothing was saved: %(name)s wrote version %(version)d first. What you typed is below.")
        messages.error(request, words % {"name": latest.by, "version": latest.version})
        return act_page(request, case, form, title, status=409)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved: the case has changed. Read it again before you write."))
        return act_page(request, case, form, title, status=409)
    messages.success(request, _("The safety plan is kept."))
    return redirect("cases:safety", case.reference)
