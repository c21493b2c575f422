"""Guessing is slow, and nobody is locked out by somebody else's guesses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from outbox.models import Message
from tests.accounts.steps import code_of, give_code, give_password, is_signed_in, sign_in_with_factor
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WAIT = "There were too many tries"


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC), tick=False) as clock:
        yield clock


def guess(email, *, ip="192.0.2.1", client=None, **headers):
    return give_password(client or Client(), email, "a guess", REMOTE_ADDR=ip, headers=headers)


def was_tried(response):
    return WAIT not in response.content.decode()


def test_five_guesses_at_one_account_from_any_number_of_addresses(user, clock):
    tried = [was_tried(guess(user.email, ip=f"192.0.2.{n}")) for n in range(1, 60)]
    assert tried == [True] * 5 + [False] * 54


def test_ten_guesses_a_minute_from_one_address(clock):
    tried = [was_tried(guess(f"worker.{n}@service.example")) for n in range(30)]
    assert tried == [True] * 10 + [False] * 20


def test_the_right_password_beyond_the_limit_is_not_looked_at(user, secret, client, clock):
    for n in range(5):
        guess(user.email, ip=f"192.0.2.{n + 1}")
    response = give_password(client, user.email)
    assert not was_tried(response)
    assert not is_signed_in(client)


def test_after_five_minutes_it_goes_on(user, secret, client, clock):
    for n in range(6):
        guess(user.email, ip=f"192.0.2.{n + 1}")
    clock.shift(timedelta(minutes=5, seconds=1))
    assert give_password(client, user.email).url == reverse("mfa_authenticate")


def test_guessing_elsewhere_does_not_lock_a_known_browser_out(user, secret, client, clock):
    sign_in_with_factor(client, user, secret)
    client.post(reverse("account_logout"))
    for n in range(50):
        guess(user.email, ip=f"192.0.2.{n + 1}")

    clock.shift(timedelta(seconds=31))
    give_password(client, user.email)
    give_code(client, code_of(secret))

    assert is_signed_in(client)


def test_guessing_from_the_same_office_does_not_either(user, secret, client, clock):
    sign_in_with_factor(client, user, secret)
    client.post(reverse("account_logout"))
    for n in range(12):
        guess(f"stranger.{n}@service.example", ip="127.0.0.1")
    clock.shift(timedelta(seconds=31))
    give_password(client, user.email)
    give_code(client, code_of(secret))
    assert is_signed_in(client)


def test_a_known_browser_is_limited_too(user, secret, client, clock):
    sign_in_with_factor(client, user, secret)
    client.post(reverse("account_logout"))
    tried = [was_tried(guess(user.email, client=client)) for _try in range(8)]
    assert tried == [True] * 5 + [False] * 3


def test_the_cookie_of_a_browser_helps_no_other_account_and_cannot_be_made(user, secret, client, clock):
    sign_in_with_factor(client, user, secret)
    client.post(reverse("account_logout"))
    other = UserFactory()
    for n in range(5):
        guess(other.email, ip=f"192.0.2.{n + 1}")
    assert not was_tried(guess(other.email, client=client))

    for n in range(5):
        guess(user.email, ip=f"192.0.2.{n + 1}")
    forged = Client()
    forged.cookies["device"] = client.cookies["device"].value[:-3] + "abc"
    assert not was_tried(guess(user.email, client=forged))


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"])
def test_a_forged_address_does_not_change_whose_tries_they_are(clock, header):
    guesses = [guess(f"worker.{n}@service.example", **{header: f"198.51.100.{n}"}) for n in range(15)]
    assert sum(map(was_tried, guesses)) == 10


def test_a_forged_host_does_not_change_it_either(user, clock):
    hosts = ["testserver", "localhost", "127.0.0.1"] * 3
    guesses = [
        give_password(Client(), user.email, "a guess", REMOTE_ADDR=f"192.0.2.{n}", HTTP_HOST=host)
        for n, host in enumerate(hosts, start=1)
    ]
    assert sum(map(was_tried, guesses)) == 5


def test_behind_the_proxy_only_its_own_word_counts(clock, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    tried = [
        was_tried(guess(f"worker.{n}@service.example", **{"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"}))
        for n in range(15)
    ]
    assert sum(tried) == 10


def test_codes_are_guessed_five_times(user, secret, client, clock):
    give_password(client, user.email)
    for n in range(12):
        give_code(client, f"{n:06}")
    give_code(client, code_of(secret))

    assert not is_signed_in(client)
    assert AuditEvent.objects.filter(verb="sign_in.refused", facts__why="second_factor").count() == 5


def test_every_refusal_is_written_down(user, clock):
    for n in range(7):
        guess(user.email, ip=f"192.0.2.{n + 1}")
    reasons = AuditEvent.objects.filter(subject_id=str(user.pk)).values_list("facts__why", flat=True)
    assert list(reasons.order_by("pk")) == ["password"] * 5 + ["too_many_tries"] * 2


class TestANewPassword:
    def ask(self, email, **kwargs):
        return Client().post(reverse("account_reset_password"), {"email": email}, **kwargs)

    def test_a_link_is_owed_to_who_works_here_and_to_nobody_else(self, user):
        assert self.ask(user.email).url == reverse("account_reset_password_done")
        assert self.ask("nobody@service.example").url == reverse("account_reset_password_done")
        [message] = Message.objects.all()
        assert (message.template, message.to) == ("staff-password-reset", user.email)

    def test_a_disabled_account_gets_none(self):
        self.ask(UserFactory(is_active=False).email)
        assert not Message.objects.exists()

    def test_the_link_works_once_and_does_not_skip_the_factor(self, user, secret, client):
        self.ask(user.email)
        link = Message.objects.get().path
        form = client.get(link).url
        assert client.get(form).status_code == 200
        new = "nine loud lanterns in the harbour"
        done = client.post(form, {"password1": new, "password2": new})
        assert done.url == reverse("account_reset_password_from_key_done")
        assert client.get(done.url).status_code == 200
        assert not is_signed_in(client)

        again = Client().get(link)
        assert again.status_code == 200
        assert "This link does not work any more" in again.content.decode()
        assert give_password(client, user.email, new).url == reverse("mfa_authenticate")

    def test_the_link_ends_after_a_day(self, user, client):
        with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
            self.ask(user.email)
            clock.shift(timedelta(hours=24, seconds=1))
            page = client.get(Message.objects.get().path)
        assert "This link does not work any more" in page.content.decode()

    def test_a_mail_scanner_that_opens_the_link_changes_nothing(self, user, client):
        self.ask(user.email)
        link = Message.objects.get().path
        for _visit in range(20):
            Client().get(link)
        assert client.get(link).url.endswith("-set-password/")

    @pytest.mark.parametrize("key", ["0-abc", "zzzzzzzzzzzzz-abc-def", "1-set-password", "1-" + "a" * 90])
    def test_a_made_up_link_is_answered_in_words(self, client, key):
        uid, _dash, token = key.partition("-")
        address = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        assert "This link does not work any more" in client.get(address).content.decode()

    @pytest.mark.parametrize(("password", "fits"), [("a" * 7 + "bcdefgh", False), ("a" * 7 + "bcdefghi", True)])
    def test_fifteen_characters_are_the_least(self, user, client, password, fits):
        self.ask(user.email)
        form = client.get(Message.objects.get().path).url
        assert (client.post(form, {"password1": password, "password2": password}).status_code == 302) is fits

    def test_the_address_is_limited(self, user, clock):
        answers = [self.ask(user.email, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(1, 9)]
        assert answers == [302] * 5 + [429] * 3
        assert Message.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_like_others():
    user = UserFactory()
    together = Barrier(8)

    def try_once(n):
        together.wait()
        try:
            return was_tried(guess(user.email, ip=f"192.0.2.{n}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_once, range(1, 9))) <= 5
