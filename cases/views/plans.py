"""The plan of a case: written with the young person, agreed, followed."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.recording import record
from cases import operations, paper, plan_words, plans_visible, rules
from cases.enums import Occasion, PlanAgreement
from cases.forms.plans import AgreeForm, CopyForm, EndPlanForm, PlanWordsForm, SharedForm
from cases.planning import consent_lacks
from cases.views.base import PAGE_AND_ACT, act, allowed, case_page, get_case
from ui.times import time_of_day
from ui.typed import words_of

AUTOSAVE = "X-Autosave"
REFUSED = (operations.PlanChanged, operations.PlanLacks, operations.MoveNotAllowed)


def get_plan(case, pk):
    plan = plans_visible.version(case, pk)
    if plan is None:
        raise Http404
    return plan


def for_who_plans(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    return case


def why_not(error, case, plan):
    """Why nothing was saved, in a sentence: who was first, what has changed, what is missing."""
    if isinstance(error, operations.PlanLacks):
        return plan_words.LACKS[error.what]
    if isinstance(error, operations.PlanChanged):
        return _("Nothing was saved: somebody wrote in this plan after you opened the page. What you typed is below.")
    now = get_plan(case, plan.pk)
    if case.is_open and (who_was_first := plan_words.who_was_first(now)):
        return who_was_first
    stands = {"status": get_status(case), "plan": now.get_status_display()}
    return _("Nothing was saved. The case is “%(status)s” now, and this plan is “%(plan)s”.") % stands


def get_status(case):
    case.refresh_from_db(fields=["status"])
    return case.get_status_display()


def plan_act(request, case, plan, form, title, words, operation, *args, to_page=None, beside=None, **details):
    """Do what a valid form asks, once; a page that had gone stale is told why not, with every word kept.

    ``beside``: what else its page shows.
    """
    beside = beside or {}
    if not form.is_valid():
        return _act_page(request, case, form, title, **beside)
    try:
        operation(*(args or [plan]), by=request.user, **details)
    except REFUSED as error:
        messages.error(request, why_not(error, case, plan))
        if form.is_decision and isinstance(error, operations.MoveNotAllowed):
            return _as_decided(request, plan)
        return _act_page(request, case, form, title, status=409, **beside, **_as_it_is(case, plan, form, error))
    messages.success(request, words)
    return redirect(to_page or plan.get_absolute_url())


def _as_decided(request, plan):
    """Where a colleague was first: the plan as it is now, and no form; what was typed is given back, to be copied."""
    case = get_case(request, plan.case.reference)
    versions = plans_visible.versions(case)
    shown = next(one for one in versions if one.pk == plan.pk)
    return _plan_page(request, case, shown, versions, status=409, typed=words_of(request))


def _as_it_is(case, plan, form, error):
    """Where somebody wrote in between: the plan as it is saved, beside what was typed. Sent again, it has been seen."""
    if not isinstance(error, operations.PlanChanged):
        return {}
    now = get_plan(case, plan.pk)
    form.data = form.data.copy()
    form.data["seen"] = str(now.edits)
    return {"saved": plan_words.as_saved(now)}


def _act_page(request, case, form, title, *, status=200, **context):
    saves_itself = bool(form.helper.attrs.get("data_autosave")) and status == 200
    context |= {"form": form, "title": title, "saves_itself": saves_itself}
    return case_page(request, case, "cases/plan_act.html", status=status, **context)


# Reading


@require_GET
def plan(request, reference):
    """The plan in use, or the one being written; else how to begin."""
    case = get_case(request, reference)
    versions = plans_visible.versions(case)
    shown = next((one for one in versions if one.is_in_use), versions[0] if versions else None)
    return _plan_page(request, case, shown, versions)


@require_GET
def plan_version(request, reference, pk):
    case = get_case(request, reference)
    versions = plans_visible.versions(case)
    shown = next((one for one in versions if one.pk == pk), None)
    return _plan_page(request, case, shown or get_plan(case, pk), versions)


def _plan_page(request, case, shown, versions, *, status=200, typed=()):
    written = next((one for one in versions if one.is_being_written), None)
    context = {
        "plan": shown,
        "goals": [plan_words.goal(goal) for goal in shown.goals.all()] if shown else [],
        "versions": [plan_words.version(one, case) for one in versions if one != shown],
        "written": written if written != shown else None,
        "may": may(request.user, case, shown, written),
        "typed": typed,
    }
    return case_page(request, case, "cases/plan.html", status=status, **context)


def may(user, case, shown, written):
    """What the rules allow with this plan: the address of each act that the page offers."""
    named = {
        "start_plan": rules.may_begin_plan(user, case) and written is None,
        "scales": True,
        "golden_thread": shown is not None,
    }
    of_plan = {
        "write_plan": rules.may_write_plan(user, case, shown),
        "add_goal": rules.may_write_plan(user, case, shown),
        "share_plan": rules.may_write_plan(user, case, shown) and shown.status == "drafting",
        "agree_plan": rules.may_write_plan(user, case, shown),
        "rate_goals": rules.may_follow_plan(user, case, shown),
        "end_plan": rules.may_follow_plan(user, case, shown),
        "plan_copy": shown is not None and not shown.is_being_written and rules.may_write(user, case),
        "my_plan": shown is not None and shown.may_be_held,
    }
    addresses = {name: reverse(f"cases:{name}", args=[case.reference]) for name, holds in named.items() if holds}
    for name, holds in of_plan.items():
        if holds:
            addresses[name] = reverse(f"cases:{name}", args=[case.reference, shown.pk])
    return addresses


# Writing


@require_POST
def start_plan(request, reference):
    case = for_who_plans(request, reference)
    try:
        begun = operations.start_plan(case, by=request.user)
    except operations.MoveNotAllowed:
        messages.error(request, _("No plan was begun: the case is “%(status)s” now.") % {"status": get_status(case)})
        return redirect("cases:plan", case.reference)
    return redirect(begun)


@require_http_methods(PAGE_AND_ACT)
def write_plan(request, reference, pk):
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    form = PlanWordsForm(request.POST or None, plan=plan)
    if AUTOSAVE in request.headers:
        return _autosave(request, plan, form)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    words = form.written if form.is_valid() else {}
    saved = _("The words are saved.")
    form.helper.attrs["data_autosave"] = "1"
    return plan_act(
        request, case, plan, form, _("Write the plan"), saved, operations.write_plan, seen=seen, **words
    )  # fmt: skip


def _autosave(request, plan, form):
    """The page saves what is typed by itself; what was written elsewhere since is not overwritten."""
    if not form.is_valid():
        return _answer(400, _("This cannot be saved as it is. Choose “Save the words” to see why."))
    try:
        plan = operations.write_plan(plan, by=request.user, seen=form.cleaned_data["seen"], **form.written)
    except operations.PlanChanged:
        return _answer(409, _("This plan was saved in another window, so it is not saved from here."))
    except operations.MoveNotAllowed:
        return _answer(410, _("This plan is agreed or the case is closed. Copy what you typed if you need it."))
    return _answer(200, _("Saved at %(time)s.") % {"time": time_of_day(timezone.now())}, seen=plan.edits)


def _answer(status, words, **more):
    return JsonResponse({"words": words, **more}, status=status)


@require_POST
def share_plan(request, reference, pk):
    """They have seen it."""
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    form = SharedForm(request.POST, plan=plan)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    words, on = _("It is kept that the young person has seen the plan today."), timezone.localdate()
    return plan_act(
        request, case, plan, form, _("They have seen the plan"), words, operations.share_plan, on=on, seen=seen
    )  # fmt: skip


@require_http_methods(PAGE_AND_ACT)
def agree_plan(request, reference, pk):
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    earliest = max([timezone.localdate(case.opened_at), *_agreed_before(case)])
    form = AgreeForm(request.POST or None, plan=plan, earliest=earliest)
    how = form.how if form.is_valid() else {}
    words, to_page = _once_answered(case, plan, how.get("agreement"))
    lacks = plan_words.LACKS.get(consent_lacks(case), "")
    return plan_act(
        request, case, plan, form, _("Agree the plan"), words, operations.agree_plan,
        to_page=to_page, beside={"consent_lacks": lacks}, **how,
    )  # fmt: skip


def _once_answered(case, plan, agreement):
    """What is said when an answer is kept, and where one goes on: to the goals, where the plan is in use."""
    if agreement == PlanAgreement.NOT_AGREED:
        return _("Kept. A plan they do not agree with is not put to use: go on writing it together."), None
    if agreement == PlanAgreement.NOT_SHOWN_YET:
        return _("Kept. A plan they have not seen is not put to use: show it to them first."), None
    occasion = Occasion.OTHER if case.support_started_on else Occasion.START
    return _("The plan is agreed and in use. Ask how near each goal is today."), rating_page(case, plan, occasion)


def rating_page(case, plan, occasion):
    """Where it is asked how near each goal is."""
    return f"{reverse('cases:rate_goals', args=[case.reference, plan.pk])}?occasion={occasion}"


def _agreed_before(case):
    return case.plans.filter(agreed_on__isnull=False).values_list("agreed_on", flat=True)


# In use


@require_http_methods(PAGE_AND_ACT)
def plan_copy(request, reference, pk):
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    form = CopyForm(request.POST or None, plan=plan)
    answers = form.cleaned_data if form.is_valid() else {}
    return act(
        request, case, form, _("Their copy of the plan"), _("It is kept."), operations.keep_copy, plan,
        to_page=plan.get_absolute_url(), **answers,
    )  # fmt: skip


@require_GET
def my_plan(request, reference, pk):
    """The plan on paper, where it is safe for the young person to hold one. Made now, never stored."""
    case = get_case(request, reference)
    plan = get_plan(case, pk)
    if not plan.may_be_held:
        messages.error(request, _("No copy is made: say first that it is safe for the young person to hold one."))
        return redirect(plan)
    content = paper.my_plan(case, plan)
    record("case.viewed", case, by=request.user, page="my_plan")
    record("plan.printed", case, by=request.user, plan=plan.pk)
    headers = {"Content-Disposition": f'attachment; filename="{case.reference}-plan.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(PAGE_AND_ACT)
def end_plan(request, reference, pk):
    case = for_who_plans(request, reference)
    plan = get_plan(case, pk)
    form = EndPlanForm(request.POST or None, plan=plan)
    answers = form.cleaned_data if form.is_valid() else {}
    return plan_act(
        request, case, plan, form, _("End this plan"), _("The plan has ended."), operations.end_plan, **answers
    )  # fmt: skip
