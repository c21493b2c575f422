"""Beside the contacts with a parent or carer: what else there is for them, and what they think of us."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.base import PAGE_AND_ACT, allowed
from sessions import carer_rules, carer_words, feedback_words
from sessions.forms.feedback import CarerFeedbackForm, TakeBackForm
from sessions.forms.signposting import ToldForm
from sessions.models import Resource
from sessions.models.carers import CarerFeedback, CarerSignpost
from sessions.operations.carer_feedback import record_carer_feedback, take_back_carer_quote
from sessions.operations.carer_signposting import signpost_carer
from sessions.views.carers.base import act, get_strand, strand_page


def _for_who_works_beside(request, key):
    strand = get_strand(request, key)
    allowed(carer_rules.works_beside(request.user, strand))
    return strand


@require_GET
def signposts(request, key):
    """What they were told of, the newest first; and the library, with what somebody should check."""
    strand = get_strand(request, key)
    given = CarerSignpost.objects.visible_to(request.user).filter(strand=strand)
    context = {
        "given": list(given.for_page()),
        "library": list(Resource.objects.for_list(strand.case.centre_id)),
        "may_signpost": carer_rules.may_write_beside(request.user, strand),
    }
    return strand_page(request, strand, "sessions/carers/signposts.html", **context)


@require_http_methods(PAGE_AND_ACT)
def signpost(request, key):
    strand = _for_who_works_beside(request, key)
    form = ToldForm(request.POST or None, resources=Resource.objects.for_list(strand.case.centre_id))
    told, to_page = form.told if form.is_valid() else {}, carer_words.page(strand, "carer_signposts")
    title, words = _("Tell them of something else"), _("It is kept that they were told.")
    return act(request, strand, form, title, words, signpost_carer, to_page=to_page, **told)


@require_GET
def feedback(request, key):
    strand = get_strand(request, key)
    found = CarerFeedback.objects.visible_to(request.user).filter(strand=strand).select_related("by")
    works_beside = carer_rules.works_beside(request.user, strand)
    context = {
        "told": [_card(strand, row, works_beside) for row in found],
        "may_ask": carer_rules.may_write_beside(request.user, strand),
    }
    return strand_page(request, strand, "sessions/carers/feedback.html", **context)


def _card(strand, row, works_beside):
    url = carer_words.page(strand, "take_back_carer_quote", row.pk) if works_beside else ""
    return feedback_words.card(row, take_back_url=url)


@require_http_methods(PAGE_AND_ACT)
def ask(request, key):
    strand = _for_who_works_beside(request, key)
    form = CarerFeedbackForm(request.POST or None)
    said, to_page = form.said if form.is_valid() else {}, carer_words.page(strand, "carer_feedback")
    title, words = _("What do they think of us?"), _("What they said is kept.")
    return act(request, strand, form, title, words, record_carer_feedback, to_page=to_page, **said)


@require_http_methods(PAGE_AND_ACT)
def take_back(request, key, pk):
    """They do not want their words used any more: a link and a button, whatever has become of the support."""
    strand = _for_who_works_beside(request, key)
    found = CarerFeedback.objects.visible_to(request.user).quotable_ever()
    row, to_page = get_object_or_404(found, pk=pk, strand=strand), carer_words.page(strand, "carer_feedback")
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    title, words = _("They take their words back"), _("Their words are not used any more.")
    return act(request, strand, form, title, words, take_back_carer_quote, row, to_page=to_page)
