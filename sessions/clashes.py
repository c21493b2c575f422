"""Whether somebody has something else at the same time. It is said, and forbids nothing."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, F, Q, Value
from django.utils.translation import gettext as _

from sessions.models import SupportSession
from sessions.models.carers import CarerSession
from sessions.querysets import PLANNED_END
from ui.times import moment

MOST_NAMED = 3


class _Other(NamedTuple):
    """What is there already; what somebody has with a parent or carer is of no case here."""

    case_id: int | None
    planned_at: datetime
    planned_end_at: datetime


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
    then, practitioner = {"planned_at__lt": ends, "ends_at__gt": begins}, planned[0].practitioner_id
    near = SupportSession.objects.planned().annotate(ends_at=PLANNED_END, of=F("case_id")).filter(**then)
    own = near.filter(Q(practitioner=practitioner) | Q(case=planned[0].case_id))
    own = own.exclude(pk__in=[one.pk for one in planned])
    nobodys = Value(None, output_field=BigIntegerField())
    carers = CarerSession.objects.planned().annotate(ends_at=PLANNED_END, of=nobodys).filter(**then)
    carers = carers.filter(practitioner=practitioner)
    rows = [found.order_by().values_list("of", "planned_at", "ends_at") for found in (own, carers)]
    return [_Other(*row) for row in rows[0].union(rows[1], all=True)]
