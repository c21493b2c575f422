"""A colleague at the pages of staff, by whichever hands."""

from playwright.sync_api import expect

from tests.accounts.steps import code_of
from tests.factories.accounts import PASSWORD


def sign_in(page, hands, user, secret):
    page.goto("/triage/")
    hands.type("login", user.email)
    hands.type("password", PASSWORD)
    hands.send()
    hands.type("code", code_of(secret))
    hands.send()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referrals")
