"""Clients of the people of ``tests.routes``."""

import re
import time

from django.test import Client


def referrer_client(email):
    """Somebody whose address a code has proven."""
    client = Client(raise_request_exception=False)
    session = client.session
    session["referrer"] = {"email": email, "seen": time.time()}
    session.save()
    return client


def staff_client(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def masked(content):
    """A page without what is drawn afresh for each answer: the token of its forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
