"""Sessions that did not take place because nobody knew where the young person was (domain.md 5.8, 5.10)."""

from django.db.models import Q

from sessions.enums import Attendance


def episode_of(session, attendance, *, at):
    """The time of being missing that a session belongs to: the one that goes on, else the one that it lay in."""
    if attendance != Attendance.MISSING_AT_TIME:
        return None
    found = session.case.missing_episodes.filter(Q(until_at__isnull=True) | Q(from_at__lte=at, until_at__gte=at))
    return session.missing_episode or found.order_by("-from_at").first()


def asks_since_when(session):
    """They were missing, and nobody has written down since when."""
    return session.attendance == Attendance.MISSING_AT_TIME and session.missing_episode_id is None
