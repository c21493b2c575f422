"""How long a session of staff holds: marks in the session, and what they allow. Pure, but for the clock."""

import time

from django.conf import settings

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
NOTED_EVERY = 60  # seconds: a page that is only read does not write the session each time
CLOCKS_DIFFER = 60


def start(session):
    session[SIGNED_IN_AT] = session[SEEN_AT] = time.time()


def ended_why(session):
    """``"idle"``, ``"absolute"`` or nothing. A session without marks, or from the future, has ended."""
    since_seen, since_sign_in = _since(session, SEEN_AT), _since(session, SIGNED_IN_AT)
    if not -CLOCKS_DIFFER <= since_sign_in < settings.STAFF_SESSION_HOURS * 3600:
        return "absolute"
    if not -CLOCKS_DIFFER <= since_seen < settings.STAFF_IDLE_MINUTES * 60:
        return "idle"
    return None


def seconds_left(session):
    """Until it ends, if nothing more is done; and whether doing something would make it longer."""
    idle = settings.STAFF_IDLE_MINUTES * 60 - _since(session, SEEN_AT)
    absolute = settings.STAFF_SESSION_HOURS * 3600 - _since(session, SIGNED_IN_AT)
    return max(0, min(idle, absolute)), idle < absolute


def note_seen(session):
    if _since(session, SEEN_AT) >= NOTED_EVERY:
        session[SEEN_AT] = time.time()


def _since(session, mark):
    return time.time() - session.get(mark, 0)
