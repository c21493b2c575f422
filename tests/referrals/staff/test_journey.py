"""A referral's way through the hands of staff, from the queue to the second person."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from outbox.models import Message
from referrals.enums import Outcome, ReferralStatus
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db


def at(name, referral):
    return reverse(f"triage:{name}", args=[referral.reference])


def test_from_the_queue_to_the_second_person(client, sign_in):
    referral = ReferralFactory(current=True)
    sign_in(Role.DUTY_WORKER, at=referral.centre)

    assert referral.reference in client.get(reverse("triage:queue")).content.decode()
    assert client.get(at("referral", referral)).status_code == 200
    assert client.post(at("start_screening", referral)).url == referral.get_absolute_url()
    assert "exploitation is happening now" in client.get(at("decide", referral)).content.decode()
    client.post(at("decide", referral), {"outcome": Outcome.ACCEPTED_ALLOCATE})

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SCREENING
    assert "Waiting for a second person" in client.get(at("referral", referral)).content.decode()
    assert not Message.objects.exists()

    [waiting] = referral.decisions.all()
    sign_in(Role.TEAM_MANAGER, at=referral.centre)
    assert client.get(at("second_person", referral)).status_code == 200
    client.post(at("second_person", referral), {"decision": waiting.pk, "answer": "agree"})

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.ACCEPTED
    assert Message.objects.count() == 1
