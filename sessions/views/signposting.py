"""What else there is for people: what they were told of, and telling them of more."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.base import PAGE_AND_ACT, act, allowed, case_page
from sessions import operations, rules
from sessions.forms.signposting import SignpostForm
from sessions.models import Resource
from sessions.views.base import get_case_with_sessions


@require_GET
def signposts(request, reference):
    """What they were told of, the newest first; and the library, with what somebody should check."""
    case = get_case_with_sessions(request, reference)
    context = {
        "given": list(case.signposts.for_page()),
        "library": list(Resource.objects.for_list(case.centre)),
        "may_write": rules.may_signpost(request.user, case),
    }
    return case_page(request, case, "sessions/signposts.html", **context)


@require_http_methods(PAGE_AND_ACT)
def signpost(request, reference):
    case = get_case_with_sessions(request, reference)
    allowed(rules.works_beside_sessions(request.user, case))
    form = SignpostForm(request.POST or None, resources=Resource.objects.for_list(case.centre))
    told, page = form.told if form.is_valid() else {}, reverse("sessions:signposts", args=[case.reference])
    title, words = _("Tell somebody of something else"), _("It is kept that they were told.")
    return act(request, case, form, title, words, operations.signpost, to_page=page, **told)
