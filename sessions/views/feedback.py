"""What young people think of us: the one page where their words stand."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.base import PAGE_AND_ACT, act, allowed, case_page
from sessions import feedback_words, operations, rules
from sessions.forms.feedback import FeedbackForm, TakeBackForm
from sessions.models import Feedback
from sessions.views.base import get_case_with_sessions


@require_GET
def feedback(request, reference):
    case = get_case_with_sessions(request, reference)
    may_write = rules.works_beside_sessions(request.user, case)
    found = Feedback.objects.visible_to(request.user).filter(case=case).select_related("by")
    context = {
        "told": [feedback_words.card(row, take_back_url=_take_back(case, row) if may_write else "") for row in found],
        "may_ask": rules.may_ask_for_feedback(request.user, case),
    }
    return case_page(request, case, "sessions/feedback.html", **context)


@require_http_methods(PAGE_AND_ACT)
def ask(request, reference):
    case = get_case_with_sessions(request, reference)
    allowed(rules.works_beside_sessions(request.user, case) and case.asks_for_consent)
    form = FeedbackForm(request.POST or None)
    said, words = form.said if form.is_valid() else {}, _("What they said is kept.")
    records, title = operations.record_feedback, _("What do they think of us?")
    return act(request, case, form, title, words, records, to_page=_page(case), **said)


@require_http_methods(PAGE_AND_ACT)
def take_back(request, reference, pk):
    """They do not want their words used any more: a link and a button, also once the case is closed."""
    case = get_case_with_sessions(request, reference)
    allowed(rules.works_beside_sessions(request.user, case))
    row = get_object_or_404(Feedback.objects.visible_to(request.user).quotable_ever(), pk=pk, case=case)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    words, title = _("Their words are not used any more."), _("They take their words back")
    takes = operations.take_back_quote
    return act(request, case, form, title, words, takes, row, to_page=_page(case), stays_open=True)


def _take_back(case, row):
    return reverse("sessions:take_back_quote", args=[case.reference, row.pk])


def _page(case):
    return reverse("sessions:feedback", args=[case.reference])
