"""What every page of a concern begins with: the concern, or 404; and what a page that had gone stale is told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safeguarding.models import Concern

PAGE_AND_ACT = ["GET", "HEAD", "POST"]


def get_concern(request, key):
    """The concern, or 404 where the user has no reason to see it."""
    return get_object_or_404(Concern.objects.visible_to(request.user).for_list(), key=key)


def allowed(may):
    """403 where the rule says no."""
    if not may:
        raise PermissionDenied


def say_who_was_first(request, key):
    now = get_concern(request, key)
    by = now.closed_by or now.acknowledged_by
    if by is None:
        messages.error(request, _("Nothing was changed: somebody must acknowledge the concern first."))
        return
    words = _("Nothing was changed: %(name)s was first. The concern is now “%(status)s”.")
    messages.error(request, words % {"name": by, "status": now.get_status_display()})
