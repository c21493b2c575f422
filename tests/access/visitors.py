"""Clients of the people of ``tests.routes``."""

import re

from django.test import Client

from referrals.proof import proven_now


def referrer_client(email):
    """Somebody whose address a code has proven."""
    client = Client(raise_request_exception=False)
    session = client.session
    session["referrer"] = proven_now(email)
    session.save()
    return client


def staff_client(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def masked(content):
    """A page without what is drawn afresh for each answer: the token of its forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
