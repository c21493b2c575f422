"""Who refers: the e-mail address that a one-time code has proven in this session, or nobody."""

import time

from django.conf import settings

KEY = "referrer"
WRITTEN_EVERY = 60  # seconds: not each page writes the session


def referrer(get_response):
    """Set ``request.referrer``, and ``request.lapsed_referrer`` for somebody idle too long.

    The lapsed may not read, but what they had typed when they came back is
    still put into their own draft before they are asked for a new code.
    """

    def middleware(request):
        held = request.session.get(KEY) or {}
        is_fresh = time.time() - held.get("seen", 0) < settings.REFERRER_IDLE_MINUTES * 60
        request.referrer = held.get("email") if is_fresh else None
        request.lapsed_referrer = None if is_fresh else held.get("email")
        if request.referrer:
            _note_seen(request.session, held)
        return get_response(request)

    return middleware


def _note_seen(session, held):
    if time.time() - held["seen"] > WRITTEN_EVERY:
        session[KEY] = held | {"seen": time.time()}


def prove(request, email):
    """From now on this session is ``email``'s; its key changes, so that nobody fixed it beforehand."""
    request.session.cycle_key()
    request.session[KEY] = {"email": email.lower(), "seen": time.time()}


def leave(request):
    """End the referrer's part of the session."""
    request.session.pop(KEY, None)
