"""Whether what somebody agreed to covers a session. Pure functions over the events of the ledger."""

from django.utils import timezone

from cases import consenting
from referrals.enums import DeliveryMode
from sessions.enums import DELIVERED_AS


def is_covered(events, kind, mode, started_at):
    """Direct work of a ``kind`` needs a yes to it and to its ``mode`` on that day (R-nat-12).

    As it began, or by the end of that day: a yes that was said at the same
    meeting is often written down after it, and a no that came later on the
    day does not undo the morning. A letter is no meeting: any way will do.
    """
    ways = [DELIVERED_AS[mode]] if mode in DELIVERED_AS else list(DeliveryMode)
    moments = (started_at, timezone.localdate(started_at))
    return any(consenting.covers(events, kind, way, moment) for way in ways for moment in moments)
