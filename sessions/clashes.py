"""Whether a colleague has something else at the same time. It is said, and forbids nothing."""

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.utils.translation import gettext as _

from sessions.models import SupportSession
from sessions.querysets import Minutes
from ui.times import moment

MOST_NAMED = 3


def words(planned):
    """A sentence where who holds these sessions has another then; nothing else. It says neither whose nor where.

    ``planned``: sessions of one practitioner that were just planned.
    """
    at = [session.planned_at for session in planned if _others(session, planned).exists()]
    if not at:
        return ""
    told = {"name": planned[0].practitioner, "when": "; ".join(moment(day) for day in at[:MOST_NAMED])}
    return _("%(name)s has another session at that time: %(when)s.") % told


def _others(session, planned):
    ends = ExpressionWrapper(F("planned_at") + Minutes("planned_minutes"), output_field=DateTimeField())
    at_that_time = Q(planned_at__lt=session.planned_end_at, ends_at__gt=session.planned_at)
    own = SupportSession.objects.planned().filter(practitioner=session.practitioner).alias(ends_at=ends)
    return own.filter(at_that_time).exclude(pk__in=[one.pk for one in planned])
