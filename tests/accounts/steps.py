"""The steps of signing in, as a browser takes them."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from tests.factories.accounts import PASSWORD

LOGIN = "/staff/login/"


STEP = 30  # seconds that a code stands in the app


def code_of(secret, *, later=0, stands_for=1):
    """What the app shows (later: seconds from now). A code about to go is let go, as a person lets it:
    the one returned stands for at least that many seconds more."""
    left = STEP - time.time() % STEP
    if left < stands_for:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time() + later) // STEP))


def give_password(client, email, password=PASSWORD, **kwargs):
    return client.post(LOGIN, {"login": email, "password": password}, **kwargs)


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def sign_in_with_factor(client, user, secret):
    give_password(client, user.email)
    return give_code(client, code_of(secret))


def is_signed_in(client):
    return "_auth_user_id" in client.session
