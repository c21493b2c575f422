"""How long a session of staff holds: marks in the session, and what they allow. Pure, but for the clock."""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from accounts import browsers

SIGNED_IN_AT, SEEN_AT, BROWSER = "signed_in_at", "seen_at", "browser"
NOTED_EVERY = 60  # seconds: a page that is only read does not write the session each time
CLOCKS_DIFFER = 60


def start(session, *, user_agent=""):
    session[SIGNED_IN_AT] = session[SEEN_AT] = time.time()
    session[BROWSER] = browsers.named(user_agent)


def columns(data):
    """What ``accounts.Session`` says of a session with this content. One of nobody says nothing."""
    if SESSION_KEY not in data:
        return {}
    browser, system = data.get(BROWSER, ("", ""))
    return {
        "user_id": int(data[SESSION_KEY]),
        "browser": browser,
        "system": system,
        "began_at": _moment(data, SIGNED_IN_AT),
        "seen_at": _moment(data, SEEN_AT),
    }


def _moment(data, mark):
    return datetime.fromtimestamp(data.get(mark, 0), UTC)


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
