"""The way of the work: the menu, the focus, and the stage."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission
from cases import operations, rules
from cases.forms.pathway import FocusForm, MenuForm, StageForm, stages_open_to
from cases.models import SupportOption
from cases.views.base import PAGE_AND_ACT, act, allowed, case_page, get_case
from referrals.forms.triage import colleagues_of


@require_GET
def pathway(request, reference):
    case = get_case(request, reference)
    context = {
        "answers": sorted(_held(case).values(), key=lambda row: (row.option.position, str(row.option))),
        "focus": case.focuses.select_related("by").first(),
        "decisions": list(case.stage_decisions.select_related("decided_by", "discussed_with")),
        "may_write": rules.may_write(request.user, case),
        "may_decide": rules.may_write(request.user, case) and bool(stages_open_to(case)),
        "is_therapeutic_offered": case.offer.therapeutic_available,
    }
    return case_page(request, case, "cases/pathway.html", **context)


def _held(case):
    return {row.option_id: row for row in case.options_offered.latest().select_related("option", "by")}


@require_http_methods(PAGE_AND_ACT)
def menu(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    options = list(SupportOption.objects.offered_by(case.centre).filter(scheme__in=["", case.offer.scheme]))
    form = MenuForm(request.POST or None, options=options, held=_held(case))
    answers = {"answers": form.answers} if form.is_valid() else {}
    words, page = _("The answers are kept."), reverse("cases:pathway", args=[case.reference])
    title = _("What we can do together")
    return act(request, case, form, title, words, operations.answer_menu, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def focus(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = FocusForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    words, page = _("The focus is kept."), reverse("cases:pathway", args=[case.reference])
    return act(
        request, case, form, _("What the work is about"), words, operations.choose_focus, to_page=page, **answers
    )


@require_http_methods(PAGE_AND_ACT)
def stage(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    people = colleagues_of(case, Permission.WORK_ON_CASES, Permission.OVERSEE_CASES).exclude(pk=request.user.pk)
    form = StageForm(request.POST or None, case=case, people=people)
    answers = form.cleaned_data if form.is_valid() else {}
    words, page = _("The decision is kept."), reverse("cases:pathway", args=[case.reference])
    return act(request, case, form, _("Next stage"), words, operations.decide_stage, to_page=page, **answers)
