"""A diary in the calendar of a phone: an address of one's own, and what stands at it."""

import re

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.views.base import allowed
from sessions import diary, operations, rules
from sessions import feed as as_calendar
from sessions.models import CalendarFeed
from ui.views import too_many_requests

# No secret of this length is guessed: this keeps machines off, and an office has one address for all its phones.
PK = re.compile("[0-9]{1,9}")
LIMITS = {"feed_read": "120/m/ip"}


@require_POST
def make_feed(request):
    """Shown this once, as the answer itself: kept nowhere, not even for the page that a redirect would lead to.

    Reloaded, the page asks for it again beside an address that is not the same any more, and makes nothing.
    """
    allowed(rules.may_have_feed(request.user))
    before = request.POST.get("in_place_of", "")
    try:
        token = operations.make_feed(by=request.user, in_place_of=int(before) if PK.fullmatch(before) else 0)
    except operations.KeptAlready:
        messages.info(request, _("The address was made already, and works. If you have not copied it, make a new one."))
        return redirect("sessions:diary")
    path = reverse("sessions:feed", args=[token])
    return render(request, "sessions/feed_made.html", {"address": f"{settings.SITE_URL}{path}"})


@require_POST
def revoke_feed(request):
    try:
        operations.revoke_feed(by=request.user)
    except operations.NoFeedAlive:
        messages.info(request, _("There is no calendar address now."))
    else:
        messages.success(request, _("The calendar address has stopped working."))
    return redirect("sessions:diary")


@login_not_required
@transaction.non_atomic_requests
@require_safe
def feed(request, token):
    """By the secret in its address, and for its owner as of now: who has left, or lost their role, has none."""
    if not ratelimit.consume(request, app="sessions", action="feed_read", config=LIMITS, limit_get=True):
        return too_many_requests(request)
    with transaction.atomic():
        found = CalendarFeed.objects.of_token(token)
        if found is None or not rules.may_have_feed(found.user):
            raise Http404
        appointments = diary.appointments(found.user)
        operations.note_reading(found, by=found.user, shown=[one.key for one in appointments])
    return HttpResponse(as_calendar.written(appointments), content_type="text/calendar; charset=utf-8")
