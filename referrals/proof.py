"""Which e-mail address a one-time code has proven in a session."""

import time

from django.conf import settings

KEY = "referrer"
WRITTEN_EVERY = 60  # seconds: not each page writes the session


def prove(request, email):
    """From now on this session is ``email``'s; its key changes, so that nobody fixed it beforehand."""
    request.session.cycle_key()
    request.session[KEY] = {"email": email.lower(), "seen": time.time()}


def leave(request):
    """End the referrer's part of the session."""
    request.session.pop(KEY, None)


def held_by(session):
    """The proven address, and whether it still holds: not after an hour idle."""
    held = session.get(KEY) or {}
    is_fresh = time.time() - held.get("seen", 0) < settings.REFERRER_IDLE_MINUTES * 60
    return held.get("email"), is_fresh


def note_seen(session):
    held = session[KEY]
    if time.time() - held["seen"] > WRITTEN_EVERY:
        session[KEY] = held | {"seen": time.time()}
