"""Beside the contacts with a parent or carer: what else there is for them."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.base import PAGE_AND_ACT, allowed
from sessions import carer_rules, carer_words
from sessions.forms.signposting import ToldForm
from sessions.models import Resource
from sessions.models.carers import CarerSignpost
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
        "may_signpost": carer_rules.may_signpost(request.user, strand),
    }
    return strand_page(request, strand, "sessions/carers/signposts.html", **context)


@require_http_methods(PAGE_AND_ACT)
def signpost(request, key):
    strand = _for_who_works_beside(request, key)
    form = ToldForm(request.POST or None, resources=Resource.objects.for_list(strand.case.centre_id))
    told, to_page = form.told if form.is_valid() else {}, carer_words.page(strand, "carer_signposts")
    title, words = _("Tell them of something else"), _("It is kept that they were told.")
    return act(request, strand, form, title, words, signpost_carer, to_page=to_page, **told)
