"""A professional refers: from the check to the receipt, and back to read the outcome."""

import pytest
from django.urls import reverse

from outbox.models import Message
from referrals.models import Referral, ReferralDraft
from tests.referrals.public import steps


def test_a_professional_refers(client, english_area):
    draft = steps.begin_by_hand(client, english_area)
    steps.fill_in_by_hand(client, draft, english_area)
    receipt = steps.send(client, draft)

    referral = Referral.objects.get()
    assert receipt.url == reverse("refer:sent", args=[draft.pk])
    page = client.get(receipt.url)
    assert referral.reference in page.text
    assert referral.centre == english_area.centre
    assert referral.referrer_email == steps.EMAIL
    assert referral.young_person.postcode == "CF10 3AT"
    assert not ReferralDraft.objects.exists()
    assert Message.objects.filter(template="referral-received", reference=referral.reference).count() == 1


@pytest.mark.requirement("R-wal-34")
def test_a_professional_refers_by_route_c(client, welsh_area):
    draft = steps.begin_by_hand(client, welsh_area, category="wal_c_high_or_current", route_c_follow_up="current")
    route_c = {
        "category": "wal_c_high_or_current",
        "route_c_follow_up": "current",
        "police_know": "yes",
        "police_reference": "123",
    }
    steps.fill_in_by_hand(client, draft, welsh_area, **route_c)
    steps.send(client, draft)

    referral = Referral.objects.get()
    assert referral.scheme == "WAL3"
    assert referral.is_current_exploitation
    assert referral.social_care_told == "told"
