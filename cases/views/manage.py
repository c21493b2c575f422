"""What waits for a manager, and what lies ahead."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from audit.recording import record
from cases import allocating, ending_in_words, forecasting, presenting, rules, unassessed
from cases import time_in_words as in_words
from cases.models import Ending, ExtensionRequest
from cases.views.base import allowed

MANAGE_TABS = [
    ("waiting", gettext_noop("Allocate")),
    ("approvals", gettext_noop("Approvals")),
    ("forecast", gettext_noop("Forecast")),
    ("without_contribution", gettext_noop("Working with others")),
    ("without_assessment", gettext_noop("Without an assessment")),
]
MOST_ROWS = 50


def manage_tabs(request):
    """The pages of a manager, beside each other."""
    name = request.resolver_match.url_name
    return [
        {"label": _(label), "url": reverse(f"cases:{tab}"), "current": tab == name, "count": 0}
        for tab, label in MANAGE_TABS
    ]


@require_GET
def approvals(request):
    """Requests for more time and endings that wait for somebody else than who asked."""
    allowed(rules.decides_on_more_time(request.user))
    cases = forecasting.overseen(request.user)
    asked = ExtensionRequest.objects.undecided().filter(case__in=cases).order_by("requested_at", "pk")
    ended = Ending.objects.proposed().filter(case__in=cases).order_by("proposed_at", "pk")
    of_case, user = ("case__referral", "case__young_person"), request.user
    asked = list(asked.select_related("requested_by")[:MOST_ROWS])
    found = cases.with_consent().select_related("referral", "young_person").in_bulk([row.case_id for row in asked])
    rows = [
        in_words.waiting_extension_row(row, case=found[row.case_id])
        | _whose(found[row.case_id], is_own=row.requested_by_id == user.pk)
        for row in asked
        if row.case_id in found
    ]
    endings = [
        ending_in_words.proposed_row(row) | _whose(row.case, is_own=row.is_own_work)
        for row in ended.with_own_work(user).select_related(*of_case, "proposed_by")[:MOST_ROWS]
    ]
    shown = {"shown": [row["pk"] for row in rows], "endings": [row["pk"] for row in endings]}
    record("approvals.listed", "approvals", by=user, **shown)
    context = {"rows": rows, "endings": endings, "tabs": manage_tabs(request)}
    return render(request, "cases/approvals.html", context)


def _whose(case, *, is_own):
    return {"who": presenting.who_words(case.young_person, timezone.localdate()), "is_own": is_own}


@require_GET
def forecast(request):
    """Who reaches six and twelve months, month by month, beside who waits; and who is past their end now."""
    allowed(rules.decides_on_more_time(request.user))
    today, cases = timezone.localdate(), forecasting.overseen(request.user)
    late = list(cases.past_planned_end().for_list()[:MOST_ROWS])
    record("forecast.viewed", "forecast", by=request.user, shown=[case.pk for case in late])
    rows = [(case.is_past_most, presenting.row(case, user=request.user)) for case in late]
    context = {
        "months": forecasting.months(cases, today=today),
        "waiting": allocating.accepted_without_case(request.user).count(),
        "past_most": [row for is_past_most, row in rows if is_past_most],
        "past_end": [row for is_past_most, row in rows if not is_past_most],
        "tabs": manage_tabs(request),
    }
    return render(request, "cases/forecast.html", context)


@require_GET
def without_assessment(request):
    """Accepted young people whose time for an assessment has passed: none begun, or not signed yet (R-wal-03)."""
    allowed(rules.sees_who_has_no_assessment(request.user))
    lists = {
        "none": [presenting.unassessed_row(row) for row in unassessed.without_assessment(request.user)],
        "not_signed": [presenting.unassessed_row(row) for row in unassessed.not_signed(request.user)],
    }
    shown = {name: [row["pk"] for row in rows] for name, rows in lists.items()}
    record("unassessed.listed", "unassessed", by=request.user, **shown)
    return render(request, "cases/without_assessment.html", lists | {"tabs": manage_tabs(request)})
