"""Passkeys (security.md B3): made, named, used, removed. And everything that must not pass for one."""

import html
import json
import secrets

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from fido2.utils import websafe_encode
from hypothesis import given
from hypothesis import strategies as st

from accounts import passkeys
from audit.models import AuditEvent
from outbox.models import Message
from tests.accounts.device import Device
from tests.accounts.steps import LOGIN, code_of, give_code, give_password, is_signed_in
from tests.factories.accounts import MembershipFactory, UserFactory, factors_of, give_factor, give_passkey

pytestmark = pytest.mark.django_db

SIGN_IN, ADD, AGAIN = reverse("mfa_login_webauthn"), reverse("mfa_add_webauthn"), reverse("mfa_reauthenticate_webauthn")
CODE, ACCOUNT = reverse("mfa_authenticate"), reverse("mfa_index")
NOT_RIGHT = "That passkey did not work"


@pytest.fixture
def user():
    return MembershipFactory().user


@pytest.fixture
def device():
    return Device()


@pytest.fixture
def passkey(user, device):
    """A passkey on ``device`` beside the phone, whose codes have been seen."""
    give_factor(user)
    return give_passkey(user, device)


def asked_of(client):
    return client.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]


def options_on(page, form="form"):
    return json.loads(page.context[form].helper.attrs["data_options"])


def sign_in(client, device, **data):
    return client.post(SIGN_IN, {"credential": device.get(asked_of(client)), **data})


def make(client, device, name="Work laptop", **changes):
    page = client.get(ADD)
    return client.post(ADD, {"name": name, "credential": device.create(options_on(page), **changes)})


class TestMaking:
    def test_it_is_the_second_factor_of_somebody_new(self, client, user, device):
        client.force_login(user)
        assert client.get(reverse("home")).url == reverse("mfa_activate_totp")
        assert ADD in client.get(reverse("mfa_activate_totp")).text
        assert make(client, device).url == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("home")).url == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("mfa_view_recovery_codes")).content.count(b"<li><code>") == 10
        assert client.get(reverse("home")).status_code == 200
        assert factors_of(user) == {"webauthn", "recovery_codes"}

    def test_it_is_told_and_recorded(self, client, user, passkey):
        client.force_login(user)
        make(client, Device())
        assert Message.objects.get().template == "staff-sign-in-changed"
        assert AuditEvent.objects.get(verb="passkey.added").actor_id == user.pk

    def test_the_device_is_asked_for_a_finger_a_face_or_a_pin_and_to_keep_it(self, client, user, passkey, device):
        client.force_login(user)
        asked = options_on(client.get(ADD))["publicKey"]
        assert asked["authenticatorSelection"]["userVerification"] == "required"
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        assert len(asked["excludeCredentials"]) == 1
        assert asked["rp"] == {"id": "localhost", "name": "Protect and Respect"}

    def test_the_name_of_the_browser_is_offered(self, client, user, passkey):
        client.force_login(user)
        firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
        assert 'value="Firefox on Windows"' in client.get(ADD, headers={"User-Agent": firefox}).text
        assert 'value="My device"' in client.get(ADD).text

    def test_a_device_that_asks_nothing_is_refused(self, client, user):
        client.force_login(user)
        page = make(client, Device(verifies=False))
        assert NOT_RIGHT in page.text
        assert not factors_of(user)

    @pytest.mark.parametrize(
        "device", [Device(origin="https://localhost.evil.example"), Device(origin="http://127.0.0.1:8000")]
    )
    def test_one_made_at_another_address_is_refused(self, client, user, device):
        client.force_login(user)
        assert NOT_RIGHT in make(client, device).text
        assert not factors_of(user)

    def test_the_same_answer_makes_no_second_one(self, client, user, device, passkey):
        client.force_login(user)
        new = Device()
        sent = {"name": "Twice", "credential": new.create(options_on(client.get(ADD)))}
        client.post(ADD, sent)
        assert NOT_RIGHT in client.post(ADD, sent).text
        assert Authenticator.objects.filter(type="webauthn").count() == 2

    def test_nothing_is_kept_but_its_known_parts(self, client, user, device):
        client.force_login(user)
        make(client, device, extra="\0\ud800", transports=["usb"] * 1000)
        kept = Authenticator.objects.get(type="webauthn").data["credential"]
        assert set(kept) == {"id", "rawId", "type", "response", "clientExtensionResults"}
        assert set(kept["response"]) == {"attestationObject", "clientDataJSON"}

    def test_a_name_has_an_end(self, client, user, device):
        client.force_login(user)
        page = make(client, device, name="x" * 61)
        assert "Use 60 characters or fewer" in page.text
        assert not factors_of(user)


class TestSigningIn:
    def test_it_signs_in_by_itself(self, client, user, device, passkey):
        assert sign_in(client, device).url == reverse("home")
        assert is_signed_in(client)
        assert client.get(reverse("home")).status_code == 200
        assert AuditEvent.objects.filter(verb="sign_in.accepted", actor_id=user.pk).count() == 1

    def test_it_returns_to_the_page_that_asked_and_nowhere_else(self, client, device, passkey, django_test_client):
        assert 'name="next" value="/staff/sessions/"' in client.get(f"{LOGIN}?next=/staff/sessions/").text
        assert sign_in(client, device, next="/staff/sessions/").url == "/staff/sessions/"
        assert sign_in(django_test_client(), device, next="//evil.example/").url == reverse("home")

    def test_the_page_is_not_asked_for_without_a_script(self, client):
        assert client.get(SIGN_IN).url == LOGIN

    def test_what_it_signed_signs_in_once(self, client, device, passkey, django_test_client):
        """0 replays: not in the same browser, not in another, not in another after the same question."""
        signed = device.get(asked_of(client))
        client.post(SIGN_IN, {"credential": signed})
        client.post(reverse("account_logout"))
        other = django_test_client()
        asked_of(other)
        for browser in [client, other, django_test_client()]:
            assert browser.post(SIGN_IN, {"credential": signed}).url == LOGIN
            assert not is_signed_in(browser)

    def test_a_disabled_account_is_answered_like_a_wrong_passkey(self, client, user, device, passkey):
        user.is_active = False
        user.save()
        answer = client.post(SIGN_IN, {"credential": device.get(asked_of(client))}, follow=True)
        assert NOT_RIGHT in answer.text
        assert not is_signed_in(client)

    def test_a_removed_one_signs_nobody_in(self, client, device, passkey):
        passkey.delete()
        assert sign_in(client, device).url == LOGIN
        assert not is_signed_in(client)

    def test_a_device_that_asks_nothing_signs_nobody_in(self, client, device, passkey):
        device.verifies = False
        sign_in(client, device)
        assert not is_signed_in(client)

    def test_it_signs_nobody_else_in(self, client, device, passkey):
        """The device says whose it is; a lie is found out by the key."""
        other = UserFactory()
        give_passkey(other, Device())
        signer = Device()
        signer.key, signer.id, signer.handle = device.key, device.id, None
        victim = Device()
        give_passkey(other, victim)
        signer.handle = victim.handle
        sign_in(client, signer)
        assert not is_signed_in(client)

    @pytest.mark.parametrize("origin", ["https://localhost.evil.example", "http://evil.example", "null", ""])
    def test_what_was_signed_at_another_address_signs_nobody_in(self, client, device, passkey, origin):
        device.origin = origin
        sign_in(client, device)
        assert not is_signed_in(client)

    def test_a_refusal_is_written_down_and_keeps_the_way(self, client, passkey):
        answer = sign_in(client, Device(), next="/staff/sessions/")
        assert answer.url == f"{LOGIN}?next=%2Fstaff%2Fsessions%2F"
        event = AuditEvent.objects.get(verb="sign_in.refused")
        assert (event.subject_id, event.facts) == ("", {"why": "passkey"})

    def test_it_asks_for_no_address_and_tells_of_none(self, client, user, passkey):
        assert "allowCredentials" not in str(asked_of(client)) or not asked_of(client)["publicKey"]["allowCredentials"]

    def test_a_machine_is_stopped(self, client, passkey):
        answers = [client.post(SIGN_IN, {"credential": "x"}).status_code for _try in range(62)]
        assert answers == [302] * 60 + [429] * 2


class TestAfterThePassword:
    def test_it_stands_in_for_the_code(self, client, user, device, passkey):
        give_password(client, user.email)
        page = client.get(CODE)
        assert "With your passkey" in page.text
        done = client.post(CODE, {"credential": device.get(options_on(page, "webauthn_form"))})
        assert done.url == reverse("home")
        assert is_signed_in(client)

    def test_the_code_still_does(self, client, user, device):
        secret = give_factor(user)
        give_passkey(user, device)
        give_password(client, user.email)
        assert give_code(client, code_of(secret)).url == reverse("home")

    def test_a_password_alone_is_not_enough_for_somebody_with_a_passkey_only(self, client, user, device):
        give_passkey(user, device)
        assert give_password(client, user.email).url == CODE
        assert not is_signed_in(client)

    def test_another_persons_passkey_is_refused(self, client, user, device, passkey):
        thief = Device()
        give_passkey(UserFactory(), thief)
        give_password(client, user.email)
        page = client.get(CODE)
        again = client.post(CODE, {"credential": thief.get(options_on(page, "webauthn_form"))})
        assert NOT_RIGHT in again.text
        assert not is_signed_in(client)
        assert AuditEvent.objects.get(verb="sign_in.refused").subject_id == str(user.pk)

    def test_tries_are_counted_with_those_of_codes(self, client, user, device, passkey):
        give_password(client, user.email)
        for _try in range(5):
            client.post(CODE, {"credential": Device().get(options_on(client.get(CODE), "webauthn_form"))})
        right = device.get(options_on(client.get(CODE), "webauthn_form"))
        assert "There were too many tries" in client.post(CODE, {"credential": right}).text
        assert not is_signed_in(client)

    def test_who_has_none_is_not_offered_one(self, client, user):
        give_factor(user)
        give_password(client, user.email)
        assert "passkey" not in client.get(CODE).text
        assert client.post(CODE, {"credential": "{}"}).status_code == 200


class TestOnesOwn:
    @pytest.fixture(autouse=True)
    def here(self, client, user, passkey):
        client.force_login(user)

    def test_they_are_listed_by_name(self, client, passkey):
        assert "<strong>Work laptop</strong>" in client.get(ACCOUNT).text

    def test_one_gets_another_name(self, client, passkey):
        address = reverse("mfa_edit_webauthn", args=[passkey.pk])
        assert 'value="Work laptop"' in client.get(address).text
        assert client.post(address, {"name": "O'Brien's phône <b>"}).url == ACCOUNT
        assert "O'Brien's phône <b>" in html.unescape(client.get(ACCOUNT).text)
        assert "<b>" not in client.get(ACCOUNT).text
        assert AuditEvent.objects.filter(verb="passkey.renamed").count() == 1

    def test_one_is_removed_and_it_is_told(self, client, user, passkey):
        address = reverse("mfa_remove_webauthn", args=[passkey.pk])
        assert "Work laptop" in client.get(address).text
        assert client.post(address).url == ACCOUNT
        assert factors_of(user) == {"totp", "recovery_codes"}
        assert AuditEvent.objects.filter(verb="passkey.removed").count() == 1
        assert Message.objects.get().template == "staff-sign-in-changed"

    def test_without_the_last_factor_another_is_set_up(self, client, user, passkey):
        client.post(reverse("mfa_deactivate_totp"))
        assert factors_of(user) == {"webauthn", "recovery_codes"}
        client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
        assert factors_of(user) == set()
        assert client.get(ACCOUNT).url == reverse("mfa_activate_totp")

    @pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
    def test_somebody_elses_is_nothing(self, client, name):
        address = reverse(name, args=[give_passkey(UserFactory()).pk])
        assert client.get(address).status_code == client.post(address, {"name": "Mine"}).status_code == 404
        assert client.get(reverse(name, args=[0])).status_code == 404

    def test_it_shows_again_who_is_there(self, client, device):
        page = client.get(f"{AGAIN}?next=/staff/sessions/")
        answer = client.post(
            f"{AGAIN}?next=/staff/sessions/", {"credential": device.get(options_on(page)), "next": "/staff/sessions/"}
        )
        assert answer.url == "/staff/sessions/"

    def test_another_one_does_not_and_the_way_is_kept(self, client, user):
        page = client.get(f"{AGAIN}?next=/staff/sessions/")
        answer = client.post(f"{AGAIN}?next=/staff/sessions/", {"credential": Device().get(options_on(page))})
        assert answer.url == f"{AGAIN}?next=/staff/sessions/"
        assert NOT_RIGHT in client.get(answer.url).text
        assert AuditEvent.objects.filter(verb="sign_in.refused", subject_id=str(user.pk)).count() == 1


WORDS = st.sampled_from(["id", "rawId", "type", "response", "attestationObject", "clientDataJSON", "signature", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=12,
)
CORPUS = [
    "", "x", "null", "[]", "1", "1e999", '"x"', "{}", '{"response": []}', '{"response": {}}',
    "[" * 19_999, "{" * 25_000,
    '{"rawId": 5, "response": {}}', '{"rawId": "\\u0000", "response": {}}', '{"rawId": "\\ud800", "response": {}}',
    '{"rawId": "AA", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
    '{"rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "gYGBgYGB"}}',
    '{"rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "' + "gYGB" * 4_000 + '"}}',
    '{"rawId": "AA", "response": {"clientDataJSON": "bnVsbA", "authenticatorData": "AA", "signature": "AA"}}',
]  # fmt: skip


class TestWhatIsNoPasskey:
    @pytest.mark.parametrize("sent", CORPUS)
    def test_it_is_answered_in_words_at_every_form(self, client, user, passkey, sent):
        client.get(SIGN_IN, headers={"Accept": "application/json"})
        assert client.post(SIGN_IN, {"credential": sent}).status_code == 302
        give_password(client, user.email)
        client.get(CODE)
        assert client.post(CODE, {"credential": sent}).status_code == 200
        other = Client()
        other.force_login(user)
        for address in [ADD, AGAIN]:
            other.get(address)
            assert other.post(address, {"name": "x", "credential": sent}).status_code in (200, 302)
        assert Authenticator.objects.filter(type="webauthn").count() == 1

    @given(JSON)
    def test_any_json_is_read_or_refused(self, value):
        for read in [passkeys.registration, passkeys.assertion]:
            with pytest.raises(passkeys.NotAPasskey):
                read(json.dumps(value))

    @given(st.binary(max_size=400), st.data())
    def test_any_bytes_in_its_parts_are_read_or_refused(self, some, data):
        """A passkey of which one part was changed: never an error of ours."""
        asked = {"publicKey": {"rp": {"id": "localhost"}, "rpId": "localhost", "challenge": "", "user": {"id": "MQ"}}}
        device = Device()
        for act, read in [(device.create, passkeys.registration), (device.get, passkeys.assertion)]:
            parts = json.loads(act(asked))["response"]
            part = data.draw(st.sampled_from(sorted(parts)))
            try:
                read(act(asked, **{part: websafe_encode(some)}))
            except passkeys.NotAPasskey:
                continue

    def test_its_words_are_kept_as_they_are(self):
        asked = {"publicKey": {"rp": {"id": "localhost"}, "challenge": "", "user": {"id": "MQ"}}}
        made = passkeys.registration(Device().create(asked, extra=secrets.token_hex(4)))
        assert made["id"] == made["rawId"]
