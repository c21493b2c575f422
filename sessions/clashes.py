"""Whether somebody has something else at the same time. It is said, and forbids nothing."""

from django.db.models import Q
from django.utils.translation import gettext as _

from sessions.models import SupportSession
from sessions.querysets import PLANNED_END
from ui.times import moment

MOST_NAMED = 3


def words(planned):
    """Sentences where who holds these sessions, or the young person, has another then: neither whose nor where.

    ``planned``: sessions of one case and practitioner that were just planned.
    """
    first, others = planned[0], _others(planned)
    theirs = [row for row in others if row.case_id == first.case_id]
    elsewhere = [row for row in others if row.case_id != first.case_id]
    told = []
    if when := _when(planned, theirs):
        told.append(_("The young person has another session at that time: %(when)s.") % {"when": when})
    if when := _when(planned, elsewhere):
        words = {"name": first.practitioner, "when": when}
        told.append(_("%(name)s has another session at that time: %(when)s.") % words)
    return told


def _when(planned, others):
    at = [one.planned_at for one in planned if any(_overlap(one, other) for other in others)]
    return "; ".join(moment(day) for day in at[:MOST_NAMED])


def _overlap(one, other):
    return one.planned_at < other.planned_end_at and one.planned_end_at > other.planned_at


def _others(planned):
    """All that may be at the time of one of them, in one statement."""
    begins, ends = min(one.planned_at for one in planned), max(one.planned_end_at for one in planned)
    near = SupportSession.objects.planned().alias(ends_at=PLANNED_END).filter(planned_at__lt=ends, ends_at__gt=begins)
    own = near.filter(Q(practitioner=planned[0].practitioner_id) | Q(case=planned[0].case_id))
    return list(own.exclude(pk__in=[one.pk for one in planned]).only("case", "planned_at", "planned_minutes"))
