"""What is planned ends where the work stops: at the young person's no, and with the case."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.enums import EntryKind
from cases.steps import lock, tell
from sessions.enums import FOR_SAFETY, Attendance
from sessions.models import SupportSession
from sessions.steps import cancel_locked


@transaction.atomic
def stop_for_their_no(case, *, by):
    """Cancel what is to come (R-nat-14, domain.md 2.6 (a)), in the act that records their no.

    What asks whether they are safe stays: nobody waits for a yes to that. What was to be before now keeps waiting for
    somebody to say what came of it.
    """
    to_come = _to_come(case).exclude(kind__in=FOR_SAFETY)
    return _cancel(case, to_come, by=by, attendance=Attendance.CONSENT_WITHDRAWN)


@transaction.atomic
def stop_with_the_case(case, *, by):
    """Cancel what is to come when the case closes: nobody is left to meet them. Counted as ours."""
    told = {"attendance": Attendance.CANCELLED_BY_PRACTITIONER, "why_not": _("The case was closed.")}
    return _cancel(case, _to_come(case), by=by, **told)


def _to_come(case):
    case = lock(case)  # both acts hold it already
    rows = SupportSession.objects.select_for_update(of=["self"]).planned().filter(case=case)
    return rows.filter(planned_at__gt=timezone.now())


def _cancel(case, rows, *, by, **told):
    cancelled = list(rows)
    for session in cancelled:
        session.case = case
        cancel_locked(session, by=by, **told)
    if cancelled:
        title = ngettext("Cancelled: %(count)d session", "Cancelled: %(count)d sessions", len(cancelled))
        path = reverse("sessions:sessions", args=[case.reference])
        words = told.get("why_not") or Attendance(told["attendance"]).label
        tell(case, EntryKind.SESSION, title % {"count": len(cancelled)}, by=by, words=words, path=path)
    return cancelled
