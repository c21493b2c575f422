"""What every page of sessions begins with: the case and its session, or 404; and the page of an act on one."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cases.views.base import allowed, case_page, get_case
from sessions import recording_words, rules
from sessions.models import SupportSession


def get_case_with_sessions(request, reference):
    """The case, or 404; and 403 for who sees it and has no need of what was said in sessions."""
    case = get_case(request, reference)
    allowed(rules.reads_sessions(request.user, case))
    return case


def get_session(request, reference, pk, *, whole=False):
    """The case and one session of it, or 404 where the user has no reason to see it.

    ``whole``: with everything that stands in it.
    """
    case = get_case_with_sessions(request, reference)
    found = SupportSession.objects.visible_to(request.user).for_page()
    session = get_object_or_404(found.with_all() if whole else found, pk=pk, case=case)
    session.case = case
    return case, session


def act_page(request, case, form, title, session=None, *, status=200, **context):
    """The page of one act, also shown again: on a session, to which it leads back, or on all of them."""
    told = {"told": recording_words.title(session), "session": session} if session else {}
    told |= {"back": {"url": session.get_absolute_url(), "label": _("This session")}} if session else {}
    return case_page(request, case, "sessions/act.html", status=status, form=form, title=title, **told, **context)
