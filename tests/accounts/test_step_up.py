"""Grave acts ask again after five minutes (security.md A9), and what was sent before is not lost."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import step_up
from accounts.enums import Role
from accounts.models import Membership, Session, User
from people.models import Exclusion
from tests.accounts.steps import code_of
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory, factors_of, give_factor, give_passkey
from tests.factories.people import ExclusionFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db

AGAIN, GO_ON = reverse("account_reauthenticate"), reverse("step_up")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = 'They moved to another team.\r\nŴyn O\'Brien <b> & "so" on.'


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.fixture
def manager(clock, sign_in):
    return sign_in(Role.TEAM_MANAGER)


@pytest.fixture
def administrator(clock, sign_in):
    return sign_in(Role.SYSTEM_ADMIN)


@pytest.fixture
def exclusion(manager):
    referral = ReferralFactory(centre=manager.memberships.get().centre)
    return ExclusionFactory(subject=referral.subject)


def page_of(exclusion):
    return reverse("triage:kept_out", args=[exclusion.subject.referrals.get().reference])


def lift(client, exclusion):
    return client.post(page_of(exclusion), {"exclusion": exclusion.pk, "reason": WORDS})


def shown(client, response, **sent):
    """Show who is there, as the page asks, and do what the page does that comes then."""
    assert response.url.startswith(AGAIN)
    return client.post(response.url, sent or {"password": PASSWORD})


def go_on(client):
    """What our script sends, or a person who presses the button."""
    page = client.get(GO_ON).text
    [form] = re.findall(r"<form[^>]+data-go-on>.*?</form>", page, re.DOTALL)
    [action] = re.findall(r'action="([^"]+)"', form)
    pairs = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    data = {}
    for name, value in pairs:
        data.setdefault(html.unescape(name), []).append(html.unescape(value))
    return client.post(html.unescape(action), data)


@pytest.mark.parametrize(("seconds", "asks"), [(299, False), (300, True)])
def test_five_minutes_after_signing_in_it_asks(client, exclusion, clock, seconds, asks):
    clock.shift(timedelta(seconds=seconds))
    assert lift(client, exclusion).url.startswith(AGAIN) is asks
    assert Exclusion.objects.get().lifted_at is None or not asks


@pytest.mark.parametrize(("seconds", "asks"), [(299, False), (300, True)])
def test_five_minutes_after_showing_it_asks_again(client, exclusion, clock, seconds, asks):
    clock.shift(timedelta(minutes=6))
    shown(client, lift(client, exclusion))
    clock.shift(timedelta(seconds=seconds))
    assert lift(client, exclusion).url.startswith(AGAIN) is asks


def test_to_read_who_is_kept_out_asks_nothing(client, exclusion, clock):
    clock.shift(timedelta(minutes=15))
    assert client.get(page_of(exclusion)).status_code == 200


def test_what_was_sent_goes_on_word_for_word(client, manager, exclusion, clock):
    clock.shift(timedelta(minutes=6))
    asked = lift(client, exclusion)
    assert Exclusion.objects.get().lifted_at is None
    assert shown(client, asked).url == GO_ON

    assert go_on(client).url == page_of(exclusion)

    lifted = Exclusion.objects.get()
    assert (lifted.lifted_by, lifted.lifted_because) == (manager, WORDS.replace("\r\n", "\n"))
    assert client.get(GO_ON).url == reverse("home")


def test_what_waits_is_sealed_and_goes_with_the_session(client, exclusion, clock):
    clock.shift(timedelta(minutes=6))
    lift(client, exclusion)
    row = Session.objects.get(pk=client.session.session_key)
    assert step_up.SUSPENDED in client.session
    assert "another team" not in str(client.session.items())
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(pk=row.pk).exists()


def test_a_wrong_password_lets_nothing_go_on(client, exclusion, clock):
    clock.shift(timedelta(minutes=6))
    answer = shown(client, lift(client, exclusion), password="a guess")
    assert answer.status_code == 200
    assert "That password is not right" in answer.text
    assert go_on(client).url.startswith(AGAIN)  # it asks again, and keeps it still
    assert Exclusion.objects.get().lifted_at is None
    assert shown(client, client.post(page_of(exclusion), {})).status_code == 302


def test_passwords_are_guessed_five_times(client, exclusion, clock):
    clock.shift(timedelta(minutes=6))
    asked = lift(client, exclusion)
    answers = [client.post(asked.url, {"password": "a guess"}).status_code for _try in range(8)]
    assert answers == [200] * 5 + [429] * 3
    client.post(asked.url, {"password": PASSWORD})
    assert lift(client, exclusion).url.startswith(AGAIN)


def test_somebody_else_who_signs_in_sends_nothing_of_it(client, exclusion, clock, sign_in):
    clock.shift(timedelta(minutes=6))
    lift(client, exclusion)
    sign_in(Role.TEAM_MANAGER)
    assert client.get(GO_ON).url == reverse("home")


def test_a_code_shows_it_too(client, exclusion, clock, manager):
    manager.authenticator_set.all().delete()
    secret = give_factor(manager)
    clock.shift(timedelta(minutes=6))
    asked = lift(client, exclusion)
    by_code = asked.url.replace(AGAIN, reverse("mfa_reauthenticate"))
    assert "Use a code instead" in client.get(asked.url).text
    assert client.post(by_code, {"code": code_of(secret)}).url == GO_ON


def test_a_passkey_is_offered_to_who_has_one(client, exclusion, clock, manager):
    clock.shift(timedelta(minutes=6))
    asked = lift(client, exclusion).url
    assert "Use my passkey instead" not in client.get(asked).text
    give_passkey(manager)
    assert "Use my passkey instead" in client.get(asked).text


def test_a_page_that_was_only_opened_comes_back(client, manager, clock):
    clock.shift(timedelta(minutes=6))
    asked = client.get(reverse("mfa_view_recovery_codes"))
    assert shown(client, asked).url == reverse("mfa_view_recovery_codes")


def test_a_fragment_moves_the_whole_page(client, exclusion, clock):
    clock.shift(timedelta(minutes=6))
    answer = client.post(page_of(exclusion), {"reason": "x"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(AGAIN)


def test_there_and_not_there_ask_alike(client, exclusion, clock):
    """Whether a referral exists is not told to who has not shown that it is they."""
    clock.shift(timedelta(minutes=6))
    nowhere = reverse("triage:kept_out", args=["PR-2222-22"])
    assert client.post(nowhere, {}).url.startswith(AGAIN)
    assert client.get(nowhere).status_code == 404


def test_a_stranger_is_sent_to_sign_in(exclusion):
    assert Client().get(GO_ON).url.startswith(reverse("account_login"))
    assert Client().post(page_of(exclusion), {}).url.startswith(reverse("account_login"))


CHANGES = [
    ("get", "mfa_add_webauthn"), ("post", "mfa_add_webauthn"), ("post", "mfa_deactivate_totp"),
    ("post", "mfa_generate_recovery_codes"), ("get", "mfa_view_recovery_codes"),
    ("get", "mfa_download_recovery_codes"), ("post", "mfa_remove_webauthn"), ("post", "mfa_edit_webauthn"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name"), CHANGES)
def test_whoever_changes_a_factor_is_asked(client, manager, clock, method, name):
    passkey = give_passkey(manager)
    held = factors_of(manager)
    address = reverse(name, args=[passkey.pk] if name.startswith(("mfa_remove", "mfa_edit")) else [])
    clock.shift(timedelta(minutes=6))
    assert getattr(client, method)(address, {"name": "New"}).url.startswith(AGAIN)
    assert factors_of(manager) == held
    shown(client, client.get(reverse("mfa_view_recovery_codes")))
    assert not getattr(client, method)(address, {"name": "New"}).headers.get("Location", "").startswith(AGAIN)


def test_setting_up_the_first_one_asks_after_five_minutes_too(client, clock):
    client.force_login(UserFactory())
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    clock.shift(timedelta(minutes=6))
    asked = client.get(reverse("mfa_activate_totp"))
    assert shown(client, asked).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


class TestTheConfiguration:
    def test_whoever_gives_a_role_is_asked_and_gives_it_then(self, client, administrator, clock):
        colleague, centre = UserFactory(), administrator.memberships.get().centre
        clock.shift(timedelta(minutes=6))
        add = reverse("admin:accounts_membership_add")
        assert client.get(add).status_code == 200
        given = {"user": colleague.pk, "centre": centre.pk, "role": "duty_worker", "from_on": "23/11/2026"}
        asked = client.post(add, given | {"until_on": "", "_save": "Save"})
        assert not Membership.objects.filter(user=colleague).exists()

        assert shown(client, asked).url == GO_ON
        go_on(client)

        assert Membership.objects.get(user=colleague).role == "duty_worker"

    @pytest.mark.parametrize("act", ["invite", "close", "end a role", "reset"])
    def test_so_is_whoever_invites_closes_ends_or_resets(self, client, administrator, clock, act):
        other = MembershipFactory(user=UserFactory(with_factor=True))
        clock.shift(timedelta(minutes=6))
        address, sent = {
            "invite": (reverse("admin:accounts_user_add"), {"email": "x@service.example", "full_name": "X"}),
            "close": (reverse("admin:accounts_user_change", args=[other.user.pk]), {"full_name": "X"}),
            "end a role": (reverse("admin:accounts_membership_change", args=[other.pk]), {"until_on": "23/11/2026"}),
            "reset": (
                reverse("admin:accounts_user_changelist"),
                {"action": "reset_factors", "_selected_action": [other.user.pk]},
            ),
        }[act]
        users = User.objects.count()
        assert client.post(address, sent).url.startswith(AGAIN)
        assert User.objects.count() == users
        assert User.objects.get(pk=other.user.pk).is_active
        assert Membership.objects.get(pk=other.pk).until_on is None
        assert factors_of(other.user) == {"totp", "recovery_codes"}

    def test_what_gives_nobody_anything_asks_nothing(self, client, administrator, clock):
        clock.shift(timedelta(minutes=6))
        for name in ["accounts_user_changelist", "accounts_membership_changelist", "centres_servicecentre_changelist"]:
            assert client.get(reverse(f"admin:{name}")).status_code == 200
        assert client.post(reverse("admin:centres_serviceoffer_add"), {}).status_code == 200
