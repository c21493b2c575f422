"""Which e-mail address a one-time code has proven in a session."""

import time

from django.conf import settings

KEY = "referrer"
ASKED = "asked"  # the address that was typed, whether its code left, and this browser's secret
SENT = "sent"  # when each referral was sent from this session
HOURS = 10  # then the address is proven again, whatever was done in them
WRITTEN_EVERY = 60  # seconds: not each page writes the session


def prove(request, email):
    """From now on this session is ``email``'s; its key changes, so that nobody fixed it beforehand."""
    request.session.cycle_key()
    request.session[KEY] = proven_now(email)


def proven_now(email):
    return {"email": email.lower(), "proven": time.time(), "seen": time.time()}


def leave(request):
    """End the referrer's part of the session, all of it: the key that the browser held opens nothing any more."""
    if not request.user.is_authenticated:
        request.session.flush()
        return
    for key in (KEY, ASKED, SENT):
        request.session.pop(key, None)
    request.session.cycle_key()


def held_by(session):
    """The proven address, and whether it still holds: not after an hour idle. Neither after ten hours."""
    held = session.get(KEY) or {}
    if time.time() - held.get("proven", 0) > HOURS * 60 * 60:
        return None, False
    is_fresh = time.time() - held.get("seen", 0) < settings.REFERRER_IDLE_MINUTES * 60
    return held.get("email"), is_fresh


def seconds_left(session):
    """Until a new code is asked for, if nothing more is done; and whether doing something would make it longer."""
    held = session[KEY]
    idle = settings.REFERRER_IDLE_MINUTES * 60 - (time.time() - held["seen"])
    absolute = HOURS * 60 * 60 - (time.time() - held["proven"])
    return max(0, min(idle, absolute)), idle < absolute


def note_seen(session):
    held = session[KEY]
    if time.time() - held["seen"] > WRITTEN_EVERY:
        session[KEY] = held | {"seen": time.time()}
