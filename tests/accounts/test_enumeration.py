"""Nobody learns from an answer, or from how long it takes, who works here or who has referred (security.md B5)."""

import gc
from statistics import median
from time import perf_counter

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.accounts.steps import give_password
from tests.factories.accounts import UserFactory, give_factor
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.visitors import masked

pytestmark = pytest.mark.django_db

NOBODY = "nobody.at.all@service.example"
PAIRS = 100  # known and unknown by turns, so that what else the machine does falls on both
APART = 0.1


@pytest.fixture
def known(settings):
    """Somebody who works here, has a second factor and has referred."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(["login", "login_failed", "login_failed_from_address"])
    user = UserFactory()
    user.set_password("seven quiet lanterns by the harbour")
    user.save()
    give_factor(user)
    ReferralDraftFactory(email=user.email)
    ReferralFactory(referrer_email=user.email)
    return user.email


def guess_a_password(client, email):
    return give_password(client, email, "a guess")


def ask_for_a_link(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def ask_for_a_code(client, email):
    return client.post(reverse("refer:email"), {"email": email})


@pytest.mark.parametrize("ask", [guess_a_password, ask_for_a_link, ask_for_a_code], ids=lambda ask: ask.__name__)
@pytest.mark.deep
def test_an_answer_and_its_time_do_not_tell_who_is_known(known, ask):
    taken, answers = {known: [], NOBODY: []}, {known: set(), NOBODY: set()}
    gc.collect()
    for turn in range(PAIRS):
        for email in [known, NOBODY] if turn % 2 else [NOBODY, known]:
            cache.clear()  # what is limited after some is not what is asked here
            client = Client()
            client.get(reverse("account_login"))
            began = perf_counter()
            answer = ask(client, email)
            taken[email].append(perf_counter() - began)
            page = masked(answer.content).replace(email.encode(), b"somebody@service.example")
            answers[email].add((answer.status_code, answer.headers.get("Location", ""), page))

    assert answers[known] == answers[NOBODY]
    assert len(answers[known]) == 1
    of_known, of_nobody = (median(taken[email]) for email in (known, NOBODY))
    assert abs(of_known - of_nobody) / max(of_known, of_nobody) < APART, (of_known, of_nobody)
