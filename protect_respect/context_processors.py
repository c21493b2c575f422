"""What stands at the head of every page of staff: the ways on, and how much waits behind each."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

import referrals.visible
import safeguarding.visible
from accounts.permissions import Permission, has_permission_somewhere
from accounts.rules import may_configure, may_watch_operations
from cases.rules import allocates, works_with_cases
from referrals.rules import works_with_queue

MANAGING = ("cases:waiting", "cases:allocate", "cases:check_on_waiting", "cases:approvals", "cases:forecast")
MANAGING += ("cases:without_contribution", "cases:without_assessment")
DIARY = ("sessions:diary", "sessions:make_feed")


def frame(request):
    """``navigation`` for staff on their pages; nothing elsewhere: a public page asks the database for nobody."""
    match = getattr(request, "resolver_match", None)
    if match is None or not getattr(match.func, "login_required", True) or not request.user.is_authenticated:
        return {}
    return {"navigation": SimpleLazyObject(lambda: list(_items(request, match.view_name or "")))}


def _items(request, view_name):
    user = request.user
    yield _item(_("Home"), "home", view_name == "home")
    if works_with_queue(user) or works_with_cases(user):
        yield _item(_("My work"), "reminders:my_work", view_name.startswith("reminders:"))
    if works_with_queue(user):
        yield _item(_("Referrals"), "triage:queue", view_name.startswith("triage:"), _unread(request))
    if works_with_cases(user):
        is_here = view_name.startswith(("cases:", "sessions:")) and view_name not in (*MANAGING, *DIARY)
        yield _item(_("Cases"), "cases:caseload", is_here)
        yield _item(_("Diary"), "sessions:diary", view_name in DIARY)
    if allocates(user):
        yield _item(_("Manage"), "cases:waiting", view_name in MANAGING)
    if has_permission_somewhere(user, Permission.RAISE_CONCERNS):
        is_here = view_name.startswith("safeguarding:")
        yield _item(_("Concerns"), "safeguarding:concerns", is_here, _waiting_concerns(request))
    if may_configure(user):
        yield _item(_("Configuration"), "admin:index", view_name.startswith("admin:"))
    if may_watch_operations(user):
        yield _item(_("Operations"), "operations", view_name == "operations")


def _item(label, name, is_current, count=0):
    return {"label": label, "url": reverse(name), "count": count, "current": is_current}


def _unread(request):
    """What the page has counted already is not counted again."""
    if hasattr(request, "waiting_counts"):
        return request.waiting_counts["unread"]
    return referrals.visible.unread(request.user)


def _waiting_concerns(request):
    if hasattr(request, "waiting_concerns"):
        return request.waiting_concerns
    return safeguarding.visible.unacknowledged(request.user)
