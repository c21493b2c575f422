"""Whoever sees a referral knows of the concerns about the person."""

from datetime import time

import pytest
from django.utils import timezone

from accounts.enums import Role
from safeguarding.models import Concern
from tests.factories.accounts import DutyShiftFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db


def test_the_duty_worker_it_is_with_knows_of_its_concerns_also_off_duty(client, stand_before, at):
    """They decide it (docs/decisions/0041): what they must know of cannot be hidden from them."""
    referral = ReferralFactory(screening=True)
    concern = ConcernFactory(subject=referral.subject, what="Seen with a stranger.")
    user = stand_before(Role.DUTY_WORKER, referral)
    DutyShiftFactory(
        membership__centre=referral.centre, weekday=None, on=timezone.localdate(), starts_at=time.min, ends_at=time.max
    )
    referral.owner = user
    referral.save()
    assert not Concern.objects.visible_to(user).exists()

    page = client.get(referral.get_absolute_url()).text
    assert concern.what in page
    assert concern.get_absolute_url() not in page
    assert (
        "Not to accept, or to join: a safeguarding concern is open."
        in client.get(at("decide", referral)).context["by_two"]
    )


def joining(other):
    return {"outcome": "duplicate_merged", "joined_to": other.reference, "confirmed": other.reference}


def test_a_referral_with_an_open_concern_is_joined_by_two(client, stand_before, at):
    referral = ReferralFactory(screening=True)
    ConcernFactory(subject=referral.subject)
    stand_before(Role.TEAM_MANAGER, referral)
    other = ReferralFactory(centre=referral.centre)

    client.post(at("decide", referral), joining(other))

    assert referral.decisions.get().needs_second_person == ["open_concern"]
    referral.refresh_from_db()
    assert referral.status == "screening"


@pytest.mark.parametrize(
    ("state", "is_joined"), [("screening", 1), ("accepted", 1), ("not_accepted", 0), ("withdrawn", 0)]
)
def test_a_referral_is_joined_only_to_one_that_somebody_goes_on_with(client, stand_before, at, state, is_joined):
    referral = ReferralFactory(screening=True)
    stand_before(Role.TEAM_MANAGER, referral)
    other = ReferralFactory(centre=referral.centre, **{state: True})

    client.post(at("decide", referral), joining(other))

    assert referral.decisions.count() == is_joined
