"""Two duty workers at once, through their own pages, each on a connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from outbox.models import Message
from referrals.enums import Outcome, ReferralStatus
from referrals.models import Decision, Note
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import NotAcceptedReasonFactory, ReferralFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, TRIALS = 4, figure(2, 25)
WORDS = "Another service works with what you describe."


def colleagues(referral):
    """Clients of several duty workers, each signed in."""
    for _number in range(PEOPLE):
        user = UserFactory(with_factor=True)
        MembershipFactory(user=user, centre=referral.centre, role=Role.DUTY_WORKER)
        client = Client()
        client.force_login(user)
        yield client


def all_at_once(acts):
    """Run the acts from behind one barrier; each thread closes its own connection."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("trial", range(TRIALS))
def test_one_decision_wins_and_the_others_keep_their_words(trial):
    referral = ReferralFactory(screening=True)
    reason = NotAcceptedReasonFactory()
    answers = {"outcome": Outcome.SIGNPOSTED_OTHER_SERVICE, "reason": reason.pk}
    answers |= {"explanation": WORDS, "suggestion": "Please ring the early help team."}
    address = reverse("triage:decide", args=[referral.reference])

    def decide(client):
        return lambda: client.post(address, answers)

    responses = all_at_once([decide(client) for client in colleagues(referral)])

    assert sorted(response.status_code for response in responses) == [302] + [409] * (PEOPLE - 1)
    losers = [response.content.decode() for response in responses if response.status_code == 409]
    winner = Decision.objects.get().decided_by.full_name
    assert [(WORDS in page, f"What {winner} decided" in page) for page in losers] == [(True, True)] * (PEOPLE - 1)
    referral.refresh_from_db()
    assert (referral.status, Message.objects.count()) == (ReferralStatus.NOT_ACCEPTED, 1)


@pytest.mark.parametrize("trial", range(TRIALS))
def test_one_takes_it_and_the_others_read_who(trial):
    referral = ReferralFactory()
    address = reverse("triage:take", args=[referral.reference])

    def take(client):
        return lambda: client.post(address, {"owner": ""}, headers={"HX-Request": "true"})

    rows = [response.content.decode() for response in all_at_once([take(client) for client in colleagues(referral)])]

    referral.refresh_from_db()
    assert sum("With you" in row for row in rows) == 1
    assert sum(f"{referral.owner.full_name} took this before you." in row for row in rows) == PEOPLE - 1
    assert Note.objects.count() == 1
