"""The time of support on the case: its reviews, and more time."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import extending, operations, rules
from cases import time_in_words as in_words
from cases.enums import Occasion, ReviewKind
from cases.forms.reviews import CancelReviewForm, DecideExtensionForm, ExtensionForm, HoldReviewForm
from cases.views.base import PAGE_AND_ACT, act, act_page, allowed, case_page, get_case
from cases.views.plans import rating_page
from ui.typed import words_of

SAID = ("early", "said_no")  # what is not said elsewhere on the page


@require_GET
def reviews(request, reference):
    """What is to be held and what was; requests for more time, and what came of them."""
    case = get_case(request, reference)
    rows = list(case.reviews.select_related("held_by", "cancelled_by"))
    to_hold = [row for row in rows if row.is_open] if case.is_open else []
    asked = list(case.extension_requests.select_related("requested_by"))
    waits = any(not row.is_decided for row in asked)
    context = {
        "to_hold": [in_words.open_review(row, case=case, user=request.user) for row in to_hold],
        "held": [in_words.held_review(row) for row in reversed(rows) if row.held_at],
        "cancelled": [row for row in rows if row.cancelled_at],
        "requests": [in_words.extension_row(row, case=case) for row in asked],
        "may_write": rules.may_write(request.user, case),
        "may_ask": rules.may_ask_for_more_time(request.user, case) and not waits,
        "not_now": in_words.no_more_time(case, why if (why := extending.why_not_asked(case)) in SAID else ""),
    }
    return case_page(request, case, "cases/reviews.html", **context)


def _page(case):
    return reverse("cases:reviews", args=[case.reference])


@require_http_methods(PAGE_AND_ACT)
def new_review(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = HoldReviewForm(request.POST or None)
    return _keep(request, case, form, ReviewKind.UNSCHEDULED.label, operations.add_review)


@require_http_methods(PAGE_AND_ACT)
def hold_review(request, reference, pk):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    review = get_object_or_404(case.reviews, pk=pk)
    allowed(review.kind != ReviewKind.NINE_MONTH or rules.oversees(request.user, case))
    form = HoldReviewForm(request.POST or None, kind=review.kind)
    return _keep(request, case, form, review.get_kind_display(), operations.hold_review, review)


def _keep(request, case, form, title, operation, *args):
    """Keep what came of a review, and go on: to the goals, where a plan is in use."""
    if not form.is_valid():
        return act_page(request, case, form, title)
    words, page = _("The review is kept."), _page(case)
    if plan := case.plans.in_use().first():
        words, page = _("The review is kept. Ask how near each goal is now."), rating_page(case, plan, Occasion.REVIEW)
    return act(request, case, form, title, words, operation, *args, to_page=page, **form.cleaned_data)


@require_http_methods(PAGE_AND_ACT)
def cancel_review(request, reference, pk):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    review = get_object_or_404(case.reviews.exclude(kind=ReviewKind.SIX_MONTH_DECISION), pk=pk)
    allowed(review.kind != ReviewKind.NINE_MONTH or rules.oversees(request.user, case))
    form = CancelReviewForm(request.POST or None)
    answers = form.cleaned_data if form.is_valid() else {}
    title, words = _("Not needed: %(kind)s") % {"kind": review.get_kind_display()}, _("It is not asked for any more.")
    return act(request, case, form, title, words, operations.cancel_review, review, to_page=_page(case), **answers)


@require_http_methods(PAGE_AND_ACT)
def request_extension(request, reference):
    case = get_case(request, reference)
    allowed(rules.works_on(request.user, case))
    form = ExtensionForm(request.POST or None, case=case, before=case.extension_requests.first())
    if not form.is_valid():
        return _ask_page(request, case, form, why=extending.why_not_asked(case))
    try:
        operations.request_extension(case, by=request.user, **form.cleaned_data)
    except operations.NoMoreTime as refusal:
        messages.error(request, _("Nothing was saved."))
        return _ask_page(request, get_case(request, reference), form, why=refusal.why, status=409)
    except operations.MoveNotAllowed:
        messages.error(request, _("Nothing was saved."))
        return _ask_page(request, get_case(request, reference), form, why="not_running", status=409)
    messages.success(request, _("More time is asked for. A manager decides on it."))
    return redirect(_page(case))


def _ask_page(request, case, form, *, why, status=200):
    context = {"form": form, "title": _("Ask for more time"), "not_now": in_words.no_more_time(case, why)}
    return case_page(request, case, "cases/extension_ask.html", status=status, **context)


@require_http_methods(PAGE_AND_ACT)
def extension(request, reference, pk):
    """One request: who works on the case reads it; a manager who did not ask decides."""
    case = get_case(request, reference)
    asked = _asked(case, pk)
    if request.method == "POST":
        allowed(rules.oversees(request.user, case) and asked.requested_by_id != request.user.pk)
    form = DecideExtensionForm(request.POST or None, request_for_time=asked, case=case)
    if not form.is_valid():
        return _extension_page(request, case, asked, form)
    try:
        operations.decide_extension(asked, by=request.user, **form.cleaned_data)
    except operations.MoveNotAllowed as refusal:
        case, asked = get_case(request, reference), _asked(case, pk)
        messages.error(request, _why_not_decided(case, asked, refusal))
        return _extension_page(request, case, asked, form, status=409)
    messages.success(request, _("It is decided."))
    return redirect(_page(case))


def _asked(case, pk):
    return get_object_or_404(case.extension_requests.select_related("requested_by", "decided_by"), pk=pk)


def _why_not_decided(case, asked, refusal):
    """Who was first, and with what; else what stands against it."""
    if asked.is_decided:
        return in_words.decided_first(asked)
    return in_words.no_more_time(case, getattr(refusal, "why", "not_running"))


def _extension_page(request, case, asked, form, *, status=200):
    """The request as it stands. Where it is decided there is no form; what was typed is given back, to be copied."""
    context = {
        "typed": words_of(request) if asked.is_decided else [],
        "lines": in_words.extension_lines(asked),
        "form": form,
        "may_decide": rules.may_decide_extension(request.user, case, asked),
        "is_own": not asked.is_decided and asked.requested_by_id == request.user.pk,
        "is_decided": asked.is_decided,
    }
    return case_page(request, case, "cases/extension.html", status=status, **context)
