"""The end of a session is told before it comes: to a referrer here, to staff in accounts. Asking does not move it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.referrals import ReferralDraftFactory
from tests.referrals.public import steps

SESSION = reverse("refer:session")
BACKGROUND = {"X-Background": "1"}
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock(client):
    with time_machine.travel(NINE, tick=False) as clock:
        steps.prove_at_once(client)
        yield clock


def asked(client):
    return client.get(SESSION, headers=BACKGROUND)


def test_it_says_how_long_is_left_and_when_that_is(client, clock):
    clock.shift(timedelta(minutes=58, seconds=10))
    answer = asked(client).json()
    assert (answer["seconds"], answer["can_stay"]) == (110, True)
    assert "At 10am you will need a new code" in answer["words"]


def test_asking_moves_nothing(client, clock):
    for _poll in range(59):
        clock.shift(timedelta(minutes=1))
        assert asked(client).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert asked(client).status_code == 302


def test_to_stay_is_to_begin_the_hour_again(client, clock):
    clock.shift(timedelta(minutes=59))
    assert client.post(SESSION).json()["seconds"] == 60 * 60
    clock.shift(timedelta(minutes=59))
    assert asked(client).json()["seconds"] == 60


def test_after_ten_hours_nobody_can_stay_and_it_says_so(client, clock):
    for _visit in range(11):
        clock.shift(timedelta(minutes=54))
        client.post(SESSION)
    answer = client.post(SESSION).json()
    assert (answer["seconds"], answer["can_stay"]) == (6 * 60, False)
    assert "A code opens your referrals for ten hours. At 7pm" in answer["words"]
    clock.shift(timedelta(minutes=6, seconds=1))
    assert client.post(SESSION).status_code == 302


def test_a_page_of_a_referrer_carries_the_time_and_one_of_a_stranger_none(client, clock, client_factory):
    ReferralDraftFactory(email=steps.EMAIL)
    clock.shift(timedelta(minutes=10))
    assert 'data-seconds="3600"' in client.get(reverse("refer:mine")).text
    assert "<dialog" not in client_factory().get(reverse("refer:start_page")).text
    assert "<dialog" not in client.get("/refer/nowhere/").text
