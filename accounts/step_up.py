"""Grave acts ask once more who is there: a page left open is not enough for them. What was sent is not lost."""

import json
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import QueryDict

from accounts.encryption import CannotDecrypt, decrypt, encrypt
from accounts.redirects import send_to

SUSPENDED = "suspended"
READING = ("GET", "HEAD")


def asks_again(view):
    """Whoever opens this, or sends it, has shown within five minutes that it is they."""
    return _guarded(view, free=())


def asks_again_to_write(view):
    """To read is free; to send asks again where that was longer ago."""
    return _guarded(view, free=READING)


def _guarded(view, *, free):
    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.method not in free and is_reauthentication_required(request, app="accounts"):
            return _suspend(request)
        if request.method not in READING:
            request.session.pop(SUSPENDED, None)
        return view(request, *args, **kwargs)

    return asked


def _suspend(request):
    """Keep what was sent, sealed, in the session of who sent it, and ask."""
    request.session.pop(SUSPENDED, None)
    if request.method not in READING:
        act = {"path": request.get_full_path(), "sent": list(request.POST.lists())}
        request.session[SUSPENDED] = encrypt(json.dumps(act).encode(), purpose="drafts", of=SUSPENDED).hex()
    query = QueryDict(mutable=True)
    query["next"] = request.get_full_path()
    way = get_adapter().get_reauthentication_methods(request.user)[0]
    return send_to(request, f"{way['url']}?{query.urlencode(safe='/')}")


def suspended(request):
    """What waits to be sent on: the address, and pairs of names and values. Nothing where nothing waits."""
    try:
        act = json.loads(decrypt(bytes.fromhex(request.session[SUSPENDED]), purpose="drafts", of=SUSPENDED))
    except (KeyError, CannotDecrypt):
        return None
    pairs = [(name, value) for name, values in act["sent"] for value in values if name != "csrfmiddlewaretoken"]
    return {"path": act["path"], "pairs": pairs}
