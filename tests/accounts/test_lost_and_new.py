"""Invited, forgotten, lost (security.md B4): no way in goes past the second factor, and no administrator knows one."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import operations
from accounts.enums import Role
from accounts.models import User
from outbox.models import Message
from tests.accounts.steps import code_of, give_code, give_password, is_signed_in
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory, factors_of, give_factor, give_passkey

pytestmark = pytest.mark.django_db

NEW = "nine loud lanterns in the harbour"


@pytest.fixture
def user():
    user = MembershipFactory().user
    give_factor(user)
    give_passkey(user)
    return user


def last_link():
    return Message.objects.latest("pk").path


def set_password(link, password=NEW, client=None):
    client = client or Client()
    page = client.get(link)
    return client.post(page.url, {"password1": password, "password2": password}) if page.status_code == 302 else page


def test_an_invitation_is_used_once_and_leads_to_the_set_up(client):
    user = operations.invite("new@service.example", full_name="New", by=UserFactory())
    link = last_link()
    assert set_password(link).status_code == 302
    assert "This link does not work any more" in set_password(link, "another long password").text
    give_password(client, user.email, NEW)
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")


def test_a_newer_link_ends_the_older_ones_once_it_is_used(user):
    Client().post(reverse("account_reset_password"), {"email": user.email})
    first = last_link()
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert set_password(last_link()).status_code == 302
    assert "This link does not work any more" in set_password(first).text


def test_a_link_that_was_sent_before_signing_in_still_ends_with_the_password(user, client):
    Client().post(reverse("account_reset_password"), {"email": user.email})
    link = last_link()
    client.force_login(user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert "This link does not work any more" in set_password(link, "another long password").text


def test_a_reset_signs_nobody_in_and_asks_for_the_factor(user):
    Client().post(reverse("account_reset_password"), {"email": user.email})
    client = Client()
    set_password(last_link(), client=client)
    assert not is_signed_in(client)
    assert factors_of(user) == {"totp", "webauthn", "recovery_codes"}
    assert give_password(client, user.email, NEW).url == reverse("mfa_authenticate")
    assert client.get(reverse("home")).url.startswith(reverse("account_login"))


def test_a_reset_ends_every_session(user, client):
    client.force_login(user)
    Client().post(reverse("account_reset_password"), {"email": user.email})
    set_password(last_link())
    assert client.get(reverse("home")).url.startswith(reverse("account_login"))
    assert not user.sessions.exists()


def test_a_lost_factor_begins_from_the_mailbox_and_sets_both_anew(user, client):
    client.force_login(user)
    operations.reset_factors(user, by=UserFactory())
    assert factors_of(user) == set()
    assert client.get(reverse("home")).url.startswith(reverse("account_login"))
    finder = Client()
    give_password(finder, user.email)  # who holds the lost phone may know the password too
    assert not is_signed_in(finder)

    set_password(last_link())
    give_password(client, user.email, NEW)
    page = client.get(reverse("mfa_activate_totp"))
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")
    client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert factors_of(user) == {"totp", "recovery_codes"}


def test_a_factor_of_before_a_reset_signs_nobody_in(user):
    secret = give_factor_anew(user)
    operations.reset_factors(user, by=UserFactory())
    set_password(last_link())
    client = Client()
    give_password(client, user.email, NEW)
    assert client.get(reverse("mfa_authenticate")).status_code == 302
    give_code(client, code_of(secret))
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")


def give_factor_anew(user):
    user.authenticator_set.all().delete()
    return give_factor(user)


@pytest.mark.parametrize("field", ["password", "password1", "new_password", "raw_password"])
def test_an_administrator_sets_no_password(client, sign_in, user, field):
    sign_in(Role.SYSTEM_ADMIN)
    address = reverse("admin:accounts_user_change", args=[user.pk])
    assert 'type="password"' not in client.get(address).text
    sent = {"full_name": "Renamed", "is_active": "on", field: NEW}
    client.post(address, sent)
    kept = User.objects.get(pk=user.pk)
    assert (kept.full_name, kept.check_password(PASSWORD)) == ("Renamed", True)
    assert client.get(f"{address}password/").status_code in (302, 404)
    assert not User.objects.get(pk=user.pk).check_password(NEW)


def test_an_administrator_sees_no_secret_of_a_factor(client, sign_in, user):
    sign_in(Role.SYSTEM_ADMIN)
    for name, args in [("changelist", []), ("change", [user.pk])]:
        page = client.get(reverse(f"admin:accounts_user_{name}", args=args)).text
        for held in user.authenticator_set.all():
            assert not any(str(value) in page for value in held.data.values() if isinstance(value, str))
