"""The README's pictures, from the product as it runs: `make pictures`. Its conftest keeps it out of other runs."""

import pytest
from django.conf import settings

from accounts.models import User
from protect_respect.fictional.centres import SOUTH_WALES
from protect_respect.management.commands.demonstration_data import load
from referrals.models import Referral
from tests.factories.accounts import PASSWORD, give_factor
from tests.visitors import cookies_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = settings.BASE_DIR / "docs" / "pictures"
LARGEST = 150_000  # bytes: a README is read on a phone, too
SHRUNK = {"viewport": {"width": 1280, "height": 880}, "device_scale_factor": 0.625}  # 800 pixels wide


@pytest.fixture
def take(browser, browser_context_args, live_server, client):
    """``take(name, path, of=who)`` opens the page as the demonstration's ``who`` and keeps its picture."""
    load(PASSWORD)

    def taken(name, path, *, of=None, **options):
        context = browser.new_context(**browser_context_args | SHRUNK | options, base_url=live_server.url)
        if of:
            user = User.objects.get(email=f"{of}@demo.example")
            give_factor(user)
            sign_in(client, user)
            context.add_cookies(cookies_of(client, live_server.url))
        page = context.new_page()
        page.goto(path)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        context.close()

    return taken


def test_the_pictures_of_the_readme(take):
    take("start", "/")
    take("queue", "/triage/", of="duty")
    waiting = Referral.objects.waiting_for_second_person().filter(centre__code=SOUTH_WALES).first()
    take("referral", waiting.get_absolute_url(), of="manager")
    sizes = {picture.name: picture.stat().st_size for picture in FOLDER.glob("*.png")}
    assert set(sizes) == {"start.png", "queue.png", "referral.png"}
    assert max(sizes.values()) <= LARGEST
