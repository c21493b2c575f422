"""A young person is missing, on the phone of somebody worried: under a minute, then that they are back and heard."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from cases.models import MissingEpisode
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.browser.test_casework import PHONE
from tests.browser.test_logging import Fingers, meets_the_bars
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.cases import CaseFactory
from tests.factories.plans import SafetyPlanFactory

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 6  # taps from the case to what is to be done now; two boxes are typed beside them


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def at_work(visit):
    def signed_in():
        user = MembershipFactory(role=Role.PRACTITIONER).user
        centre = user.memberships.get().centre
        case = CaseFactory(referral__centre=centre, active=True, led_by=user)
        SafetyPlanFactory(case=case)
        page, hands = visit(Hands, **PHONE)
        sign_in(page, hands, user, give_factor(user), to="/home/")
        return page, hands, case

    return signed_in


def test_they_are_missing_come_back_and_somebody_talks_with_them(at_work):
    page, hands, case = at_work()
    fingers = Fingers(page)
    page.goto(case.get_absolute_url())
    fingers.tap(page.get_by_role("link", name="They are missing").first)
    hands.type("from_time", "00:00")
    fingers.pick("kind", "missing")
    hands.type("told_us_by", "Residential worker")
    fingers.pick("police_told", "no")
    expect(page.get_by_role("heading", name="Tell the police now")).to_be_visible()
    assert meets_the_bars(page) == []
    fingers.tap(page.get_by_role("button", name="Save it"))
    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    assert fingers.taps <= MOST, fingers.taps
    assert meets_the_bars(page) == []

    page.get_by_role("link", name="Tasks", exact=True).first.tap()
    expect(page.get_by_text("Look at the safety plan again").first).to_be_visible()
    page.get_by_role("link", name="What we know, and what to do").tap()
    page.get_by_role("link", name="They are back").tap()
    hands.type("until_time", f"{timezone.localtime():%H:%M}")
    hands.type("found_how", "Rang the bell of the home.")
    assert meets_the_bars(page) == []
    page.get_by_role("button", name="They are back").tap()
    expect(page.get_by_role("heading", name="Offer them somebody to talk to")).to_be_visible()
    assert meets_the_bars(page) == []

    page.get_by_role("link", name="Write down how far it has come").tap()
    fingers.pick("talk", "held")
    hands.type("talk_by", "Somebody from the council")
    today = timezone.localdate()
    for name in ("talk_offered_on", "talk_on"):
        for part in ("day", "month", "year"):
            hands.type(f"{name}_{part}", str(getattr(today, part)))
    page.get_by_role("button", name="Save it").tap()
    expect(page.get_by_text("It took place", exact=True)).to_be_visible()
    kept = MissingEpisode.objects.get()
    assert (kept.talk, kept.found_how) == ("held", "Rang the bell of the home.")
