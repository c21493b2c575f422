"""The answers of the check before the form, kept in the referrer's own browser until an address is proven.

Nothing is stored with us before that: the answers travel in one cookie,
sealed so that neither another person at the computer nor a script reads them.
"""

import base64
import json
import time

from django.conf import settings

from accounts.encryption import CannotDecrypt, decrypt, encrypt

SECONDS = 60 * 60
PURPOSE = "check"


def cookie_name():
    return "__Host-check" if settings.SECURE_COOKIES else "check"


def read(request):
    """The answers given within the last hour, or none."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(cookie_name(), "").encode())
        held = json.loads(decrypt(sealed, purpose=PURPOSE))
    except (CannotDecrypt, ValueError):  # a cookie that was cut short, changed, or sealed with a retired key
        return {}
    is_check = isinstance(held, dict) and held.get("kind") == "check"
    return held["answers"] if is_check and time.time() - held["at"] < SECONDS else {}


def keep(response, answers):
    plain = json.dumps({"kind": "check", "at": time.time(), "answers": answers}).encode()
    response.set_cookie(
        cookie_name(),
        base64.urlsafe_b64encode(encrypt(plain, purpose=PURPOSE)).decode(),
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def forget(response):
    response.delete_cookie(cookie_name(), path="/", samesite="Lax")
    if settings.SECURE_COOKIES:
        response.cookies[cookie_name()]["secure"] = True
    return response
