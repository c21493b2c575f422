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

    assert concern.what in client.get(referral.get_absolute_url()).content.decode()
    assert "Not to accept: a safeguarding concern is open." in client.get(at("decide", referral)).context["by_two"]
