"""A colleague at the pages of staff, by whichever hands."""

import re

from playwright.sync_api import expect

from tests.accounts.steps import code_of
from tests.factories.accounts import PASSWORD


def sign_in(page, hands, user, secret, *, to="/triage/"):
    page.goto(to)
    hands.type("login", user.email)
    hands.type("password", PASSWORD)
    hands.send()
    hands.type("code", code_of(secret, stands_for=5))
    hands.send()
    expect(page).to_have_url(re.compile(to))
