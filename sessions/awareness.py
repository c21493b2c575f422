"""Cases whose awareness sessions are not finished when it is time to look back (domain.md 7, row 29)."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.enums import OPEN, ReviewKind
from cases.models import Case, Review
from sessions.enums import SessionKind
from sessions.models import SupportSession
from sessions.programme import WITH_AWARENESS

# After two weeks, or six, nobody is late with them.
LOOKS_AT_SESSIONS = (
    ReviewKind.THREE_MONTH,
    ReviewKind.SIX_MONTH_DECISION,
    ReviewKind.NINE_MONTH,
    ReviewKind.ENDING,
)


def unfinished(*, on=None):
    """Open cases with a review to be held, and fewer awareness sessions than the offer names.

    Each with ``review_opens_on`` and ``review_due_on``, of the first such review.
    """
    asked = Review.objects.asked_for(on=on).filter(case=OuterRef("pk"), kind__in=LOOKS_AT_SESSIONS)
    first = asked.order_by("due_on", "pk")
    found = Case.objects.filter(status__in=OPEN, work_type__in=WITH_AWARENESS).annotate(
        review_opens_on=Subquery(first.values("opens_on")[:1]), review_due_on=Subquery(first.values("due_on")[:1])
    )
    return found.filter(review_due_on__isnull=False, offer__awareness_sessions__gt=_held())


def _held():
    held = SupportSession.objects.that_took_place().filter(case=OuterRef("pk"), kind=SessionKind.AWARENESS_RAISING)
    counted = held.order_by().values("case").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
