"""Browsers that have signed an account in before, by a signed cookie that names nobody."""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "accounts.known_devices"
KEPT_FOR = 180 * 24 * 60 * 60
ACCOUNTS_IN_ONE_BROWSER = 6


def cookie_name():
    return "__Host-device" if settings.SECURE_COOKIES else "device"


def device_of(request, email):
    """The id of this browser for the account ``email``; nothing where it never signed in fully here."""
    return _devices(request).get(_account(email))


def remember(request, response, email):
    """Let the browser show next time that it has signed ``email`` in."""
    devices = _devices(request)
    device = devices.pop(_account(email), None) or secrets.token_urlsafe(12)
    recent = dict(list(devices.items())[-(ACCOUNTS_IN_ONE_BROWSER - 1) :])
    response.set_cookie(
        cookie_name(),
        signing.dumps(recent | {_account(email): device}, salt=SALT),
        max_age=KEPT_FOR,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def _account(email):
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:24]


def _devices(request):
    try:
        return signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
