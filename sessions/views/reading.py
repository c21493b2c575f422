"""What was said is shown to a manager once they have said why: once a day for each case, until they sign out."""

from django.utils import timezone

KEY = "sessions_read"


def has_said_why(request, case):
    return request.session.get(KEY, {}).get(str(case.pk)) == timezone.localdate().isoformat()


def keep_that_why_was_said(request, case):
    """Only which cases, and today: the reason stands on the trail."""
    today = timezone.localdate().isoformat()
    told = {pk: day for pk, day in request.session.get(KEY, {}).items() if day == today}
    request.session[KEY] = told | {str(case.pk): today}
