"""Many tries at once (security.md B2, B3), and what a request claims about itself (B6, B7)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from audit.models import AuditEvent
from outbox.models import Message
from tests.accounts.steps import LOGIN, code_of, give_code, give_password, is_signed_in, sign_in_with_factor
from tests.factories.accounts import PASSWORD
from tests.figures import figure

pytestmark = pytest.mark.django_db

TRIES = figure(100, 1_000)
CODES = figure(100, 10_000)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC), tick=False) as clock:
        yield clock


def ip(n):
    return f"198.51.{n // 250}.{n % 250 + 1}"


def looked_at(why="password"):
    return AuditEvent.objects.filter(verb="sign_in.refused", facts__why=why).count()


def test_of_a_thousand_passwords_for_one_account_five_are_looked_at(user):
    for n in range(TRIES):
        give_password(Client(), user.email, f"guess {n}", REMOTE_ADDR=ip(n))
    assert looked_at() == 5
    assert looked_at("too_many_tries") == TRIES - 5


def test_of_a_thousand_accounts_from_one_address_ten_are_looked_at():
    for n in range(TRIES):
        give_password(Client(), f"worker.{n}@elsewhere.example", "the same password")
    assert looked_at() == 10


def test_who_works_here_signs_in_while_it_goes_on(user, secret, clock):
    """With a browser that has signed them in before: every time, from the very office that attacks."""
    own = Client()
    sign_in_with_factor(own, user, secret)
    came_in = 0
    for _morning in range(figure(3, 20)):
        own.post(reverse("account_logout"))
        for n in range(TRIES // 10):
            give_password(Client(), user.email, "a guess", REMOTE_ADDR=ip(n) if n % 2 else "127.0.0.1")
        clock.shift(timedelta(seconds=31))
        sign_in_with_factor(own, user, secret)
        came_in += is_signed_in(own)
    assert came_in == figure(3, 20)


def test_of_ten_thousand_codes_fewer_than_twenty_are_looked_at(user, secret):
    """By somebody who knows the password, begins again when refused, and changes the address each time."""
    client = Client()
    for n in range(CODES):
        if n % 100 == 0:
            client = Client(REMOTE_ADDR=ip(n // 100))
            give_password(client, user.email)
        give_code(client, f"{n:06}")
    assert 0 < looked_at("second_factor") < 20
    give_code(client, code_of(secret))
    assert not is_signed_in(client)


def test_codes_are_limited_for_the_person_wherever_they_are_typed(user, secret, clock):
    """Signing in, and showing once more who is there, count together."""
    inside = Client()
    sign_in_with_factor(inside, user, secret)
    outside = Client(REMOTE_ADDR=ip(1))
    give_password(outside, user.email)
    for n in range(5):
        give_code(outside, f"{n:06}")
    clock.shift(timedelta(seconds=31))
    answer = inside.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert answer.status_code == 200
    assert "There were too many tries" in answer.text


@pytest.mark.parametrize("step", range(-4, 5))
def test_a_code_holds_for_its_thirty_seconds_and_no_other(user, secret, client, step):
    give_password(client, user.email)
    give_code(client, code_of(secret, later=30 * step))
    assert is_signed_in(client) is (step == 0)


def test_a_recovery_code_is_used_once_by_two_at_the_same_time(user, secret):
    codes = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    clients = [Client(), Client(REMOTE_ADDR=ip(2))]
    for client in clients:
        give_password(client, user.email)
    for client in clients:
        give_code(client, codes[0])
    assert [is_signed_in(client) for client in clients] == [True, False]
    assert len(user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()) == 9


# What a request claims


FORGED = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example", "Forwarded": "host=evil.example"}


def test_a_link_in_a_letter_leads_here_whatever_host_was_claimed(user):
    page = reverse("account_reset_password")
    Client().post(page, {"email": user.email}, headers=FORGED)
    message = Message.objects.get()
    assert message.path.startswith("/staff/password/reset/key/")
    assert "evil" not in str(message.__dict__)
    refused = Client().post(page, {"email": user.email}, HTTP_HOST="evil.example")
    assert refused.status_code == 400
    assert Message.objects.count() == 1


def test_no_page_takes_a_claimed_host_for_its_own(user):
    page = Client().get(LOGIN, headers=FORGED).text
    assert "evil.example" not in page


def test_a_claimed_connection_is_not_a_safe_one(settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(LOGIN, headers={"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on"})
    assert answer.status_code == 301


def test_a_key_that_somebody_else_chose_is_never_taken(user, secret):
    """Fixation: neither one that was made up, nor one that a stranger's session really has."""
    stranger = Client()
    give_password(stranger, user.email)  # a session of nobody, whose key the stranger knows
    for key in ["chosenbyastrangerchosenbyastranger", stranger.session.session_key]:
        cache.clear()
        victim = Client()
        victim.cookies[django_settings.SESSION_COOKIE_NAME] = key
        victim.get(LOGIN)
        clock_safe_sign_in(victim, user, secret)
        assert is_signed_in(victim)
        assert victim.session.session_key != key
        thief = Client()
        thief.cookies[django_settings.SESSION_COOKIE_NAME] = key
        assert thief.get(reverse("mfa_index")).url.startswith(LOGIN)


def clock_safe_sign_in(client, user, secret):
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    give_code(client, code_of(secret))


def test_a_session_that_was_signed_out_opens_nothing_to_who_kept_its_key(client, user, secret):
    sign_in_with_factor(client, user, secret)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = key
    assert thief.get(reverse("mfa_index")).url.startswith(LOGIN)
    assert not Session.objects.filter(user=user).exists()
