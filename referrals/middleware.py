"""Who refers: the e-mail address that a one-time code has proven in this session, or nobody."""

from referrals import proof
from ui.session_end import BACKGROUND


def referrer(get_response):
    """Set ``request.referrer``, and ``request.lapsed_referrer`` for somebody idle too long.

    The lapsed may not read, but what they had typed when they came back is
    still put into their own draft before they are asked for a new code.
    """

    def middleware(request):
        email, is_fresh = proof.held_by(request.session)
        request.referrer = email if is_fresh else None
        request.lapsed_referrer = None if is_fresh else email
        if request.referrer and BACKGROUND not in request.headers:
            proof.note_seen(request.session)
        request.referrer_seconds = int(proof.seconds_left(request.session)[0]) if request.referrer else 0
        return get_response(request)

    return middleware
