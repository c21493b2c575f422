"""Who works with a young person, and how it is safe to reach them; what is owed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import contact_in_words, operations, rules
from cases.enums import AssignmentKind
from cases.forms.allocating import AssignForm, EndAssignmentForm, LeadForm, ReassignForm
from cases.forms.told import TaskForm
from cases.views.base import PAGE_AND_ACT, act, allowed, case_page, get_case


@require_GET
def people(request, reference):
    case = get_case(request, reference)
    assignments = list(case.assignments.select_related("user"))
    ways = list(case.subject.safe_contacts.select_related("confirmed_by"))
    works_on = rules.works_on(request.user, case)
    context = {
        "now": [row for row in assignments if row.until_at is None],
        "before": [row for row in assignments if row.until_at is not None],
        "ways": [contact_in_words.in_full(way, with_code_words=works_on) for way in ways],
        "must_not_know": contact_in_words.who_must_not_know(ways),
        "may_assign": rules.may_assign(request.user, case),
        "may_confirm": rules.may_write(request.user, case),
    }
    return case_page(request, case, "cases/people.html", **context)


def _for_who_assigns(request, reference):
    case = get_case(request, reference)
    allowed(rules.holds(request.user, rules.Permission.ALLOCATE_CASES, case))
    return case


@require_http_methods(PAGE_AND_ACT)
def reassign(request, reference):
    case = _for_who_assigns(request, reference)
    form = ReassignForm(request.POST or None, case=case)
    answers = form.cleaned_data if form.is_valid() else {}
    words = _("The practitioner has changed. Who worked on it before sees it no more.")
    if not answers.get("to"):
        words = _("The case waits for a practitioner. Who worked on it before sees it no more.")
    return act(request, case, form, _("Change the practitioner"), words, operations.reassign, **answers)


@require_http_methods(PAGE_AND_ACT)
def lead(request, reference):
    """A case that waits for a practitioner gets one."""
    case = _for_who_assigns(request, reference)
    form = LeadForm(request.POST or None, case=case)
    answers = form.chosen if form.is_valid() else {}
    words, title = _("The case has a practitioner."), _("Choose a practitioner")
    return act(request, case, form, title, words, operations.assign, **answers)


@require_http_methods(PAGE_AND_ACT)
def assign(request, reference):
    case = _for_who_assigns(request, reference)
    without = list(case.assignments.current().values_list("user", flat=True))
    form = AssignForm(request.POST or None, case=case, without=without)
    answers = form.chosen if form.is_valid() else {}
    page, words = reverse("cases:people", args=[case.reference]), _("They see the case now.")
    return act(request, case, form, _("Add a colleague"), words, operations.assign, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def end_assignment(request, reference, pk):
    case = _for_who_assigns(request, reference)
    assignment = get_object_or_404(case.assignments.exclude(kind=AssignmentKind.LEAD), pk=pk)
    form = EndAssignmentForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    page = reverse("cases:people", args=[case.reference])
    words, ends = _("It has ended. They see the case no more."), operations.end_assignment
    return act(request, case, form, _("End their part"), words, ends, assignment, to_page=page, **answers)


@require_http_methods(PAGE_AND_ACT)
def tasks(request, reference):
    case = get_case(request, reference)
    if request.method == "POST":
        allowed(rules.works_on(request.user, case))
    form = TaskForm(request.POST or None, case=case, user=request.user)
    page = reverse("cases:tasks", args=[case.reference])
    if form.is_valid():
        words, sets = _("The task is kept."), operations.set_task
        return act(request, case, form, _("Tasks"), words, sets, to_page=page, **form.cleaned_data)
    rows = list(case.tasks.select_related("owner", "done_by"))
    open_tasks = [row for row in rows if row.done_at is None]
    context = {
        "open_tasks": open_tasks,
        "may_finish": {row.pk for row in open_tasks if rules.may_finish_task(request.user, case, row)},
        "done_tasks": [row for row in rows if row.done_at is not None],
        "form": form,
        "may_write": rules.may_write(request.user, case),
    }
    return case_page(request, case, "cases/tasks.html", **context)


@require_POST
def finish_task(request, reference, pk):
    case = get_case(request, reference)
    task = get_object_or_404(case.tasks, pk=pk)
    allowed(rules.may_finish_task(request.user, case, task))
    operations.finish_task(task, by=request.user)
    messages.success(request, _("Done."))
    return redirect("cases:tasks", case.reference)
