"""Working with the others around a young person, supervision, and a change in safety."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.recording import record
from cases import operations, presenting, rules
from cases.forms.network import (
    ContributionForm,
    NoContributionForm,
    SafetyChangeForm,
    SupervisionForm,
    ToldBackForm,
)
from cases.managers import who_may_be_asked
from cases.models import Case
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, case_page, get_case
from cases.views.growing import grown
from cases.views.manage import manage_tabs


@require_GET
def network(request, reference):
    case = get_case(request, reference)
    context = {
        "contributions": list(case.contributions.select_related("by")),
        "reasons": list(case.no_contribution_reasons.select_related("by")),
        "safety_changes": [
            presenting.safety_change(row, case.centre.nation) for row in case.safety_changes.select_related("by")
        ],
        "period": case.offer.multi_agency_days,
        "may_write": rules.may_write(request.user, case),
        "reads_supervision": rules.reads_supervision(request.user, case),
    }
    return case_page(request, case, "cases/network.html", **context)


@require_http_methods(PAGE_AND_ACT)
def contribute(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    people, title = who_may_be_asked(case), _("Add a contribution")
    form = ContributionForm(request.POST or None, people=people)
    again = grown(request, form, lambda typed: ContributionForm(typed, people=people))
    if again is not None:
        return act_page(request, case, again, title)
    told, page = form.told if form.is_valid() else {}, reverse("cases:network", args=[case.reference])
    words = _("The contribution is kept, and what we promised stands with the tasks.")
    return act(request, case, form, title, words, operations.contribute, to_page=page, **told)


@require_GET
def contribution(request, reference, pk):
    case = get_case(request, reference)
    row = get_object_or_404(case.contributions.select_related("by", "fed_back_by"), pk=pk)
    may_write = rules.may_write(request.user, case)
    action = reverse("cases:told_back", args=[case.reference, row.pk])
    context = {
        "contribution": row,
        "rows": presenting.contribution_rows(row),
        "actions": list(row.actions.select_related("owner")),
        "told_form": ToldBackForm(action=action) if may_write and row.fed_back_on is None else None,
    }
    return case_page(request, case, "cases/contribution.html", **context)


@require_http_methods(PAGE_AND_ACT)
def told_back(request, reference, pk):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    row = get_object_or_404(case.contributions, pk=pk)
    form = ToldBackForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    page, words = reverse("cases:contribution", args=[case.reference, row.pk]), _("It is kept that they were told.")
    title = _("Tell the young person what came of it")
    return act(request, case, form, title, words, operations.feed_back, row, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def no_contribution(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = NoContributionForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    page, title = reverse("cases:network", args=[case.reference]), _("Why nothing could be contributed")
    words, explains = _("The reason is kept."), operations.explain_no_contribution
    return act(request, case, form, title, words, explains, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def safety_change(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = SafetyChangeForm(request.POST or None, nation=case.centre.nation)
    told, words = form.told if form.is_valid() else {}, _("It is kept. Who follows concerns sees what is worse now.")
    title, notes = _("Has safety changed?"), operations.note_safety_change
    return act(request, case, form, title, words, notes, **told)


@require_GET
def supervision(request, reference):
    """Who works on the case and managers read it; who sees the case for another reason does not."""
    case = get_case(request, reference)
    allowed(rules.reads_supervision(request.user, case))
    rows = list(case.supervisions.select_related("by", "with_whom").prefetch_related("actions__owner"))
    context = {
        "supervisions": [presenting.supervision(row) for row in rows],
        "may_supervise": rules.may_supervise(request.user, case),
    }
    return case_page(request, case, "cases/supervision.html", **context)


@require_http_methods(PAGE_AND_ACT)
def supervise(request, reference):
    case = get_case(request, reference)
    allowed(rules.oversees(request.user, case))
    people, title = who_may_be_asked(case), _("Add supervision")
    form = SupervisionForm(request.POST or None, people=people, user=request.user)
    again = grown(request, form, lambda typed: SupervisionForm(typed, people=people, user=request.user))
    if again is not None:
        return act_page(request, case, again, title)
    said, page = form.said if form.is_valid() else {}, reverse("cases:supervision", args=[case.reference])
    words = _("The supervision is kept, and what you agreed stands with the tasks.")
    return act(request, case, form, title, words, operations.supervise, to_page=page, **said)


@require_GET
def without_contribution(request):
    """Open cases whose network has heard nothing from us for longer than the offer says (R-wal-28)."""
    if not rules.works_with_cases(request.user):
        raise PermissionDenied
    found = Case.objects.visible_to(request.user).without_contribution().for_list()
    rows = [presenting.without_contribution_row(case, user=request.user) for case in found]
    record("cases.listed", "cases", by=request.user, shown=[row["pk"] for row in rows])
    tabs = manage_tabs(request) if rules.allocates(request.user) else []
    return render(request, "cases/without_contribution.html", {"rows": rows, "tabs": tabs})
