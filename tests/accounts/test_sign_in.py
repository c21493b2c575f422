"""Signing in, as staff do it: password, code, home. And everything that must not get that far."""

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse

from audit.models import AuditEvent
from outbox.models import Message
from tests.accounts.steps import LOGIN, code_of, give_code, give_password, is_signed_in, sign_in_with_factor
from tests.factories.accounts import PASSWORD, UserFactory, factors_of

pytestmark = pytest.mark.django_db


def test_password_and_code_lead_home(client, user, secret):
    assert client.get(LOGIN).status_code == 200

    asked = give_password(client, user.email)
    assert asked.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    assert client.get(asked.url).status_code == 200
    assert give_code(client, code_of(secret)).url == reverse("home")
    assert is_signed_in(client)
    assert AuditEvent.objects.filter(verb="sign_in.accepted", actor_id=user.pk).count() == 1


def test_the_address_is_read_whatever_its_case(client, user, secret):
    assert give_password(client, user.email.upper()).url == reverse("mfa_authenticate")


def test_sign_in_returns_to_the_page_that_asked(client, user, secret):
    client.post(f"{LOGIN}?next=/staff/password/change/", {"login": user.email, "password": PASSWORD})
    assert give_code(client, code_of(secret)).url == "/staff/password/change/"


def test_a_visitor_to_a_staff_page_is_sent_to_sign_in(client):
    assert client.get(reverse("mfa_index")).url == f"{LOGIN}?next={reverse('mfa_index')}"


def test_a_code_signs_in_once(client, user, secret, django_test_client):
    sign_in_with_factor(client, user, secret)
    other = django_test_client()
    give_password(other, user.email)

    assert give_code(other, code_of(secret)).status_code == 200
    assert not is_signed_in(other)


def test_a_code_of_the_step_before_is_refused(client, user, secret):
    give_password(client, user.email)
    give_code(client, code_of(secret, later=-30))
    give_code(client, code_of(secret, later=30))
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once_and_is_told(client, user, secret, django_test_client):
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    give_password(client, user.email)
    assert give_code(client, codes[0]).url == reverse("home")
    assert Message.objects.get().template == "staff-sign-in-changed"

    other = django_test_client()
    give_password(other, user.email)
    give_code(other, codes[0])
    assert not is_signed_in(other)


def test_a_post_without_a_code_is_answered_in_words(client, user, secret):
    give_password(client, user.email)
    response = client.post(reverse("mfa_authenticate"), {})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_wrong_password_says_one_sentence_and_leaves_a_trace(client, user):
    response = give_password(client, user.email, "not the password")
    assert "The e-mail address or the password is not right" in html.unescape(response.content.decode())
    [event] = AuditEvent.objects.all()
    assert (event.verb, event.subject_id, event.facts) == ("sign_in.refused", str(user.pk), {"why": "password"})


def test_an_unknown_address_is_answered_alike_and_not_written_down(client, user):
    known = give_password(client, user.email, "not the password")
    unknown = give_password(client, "nobody@service.example", "not the password")

    assert without_typed(known, user.email) == without_typed(unknown, "nobody@service.example")
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.subject_id) == ("sign_in.refused", "")
    assert "nobody" not in str(event.__dict__)


def test_a_disabled_account_is_answered_like_a_wrong_password(client, django_test_client):
    user = UserFactory(is_active=False)
    right = give_password(client, user.email)
    wrong = give_password(django_test_client(), user.email, "not the password")
    assert without_typed(right, user.email) == without_typed(wrong, user.email)


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_inactive", "account_request_login_code", "account_set_password"],
)
def test_pages_we_do_not_want_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "email/", "inactive/", "login/code/", "confirm-email/", "password/set/"])
def test_their_usual_addresses_are_nothing(client, path):
    assert client.get(f"/staff/{path}").status_code == 404
    assert client.post(f"/staff/{path}", {}).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_reset_password", "mfa_authenticate"])
def test_other_methods_are_refused(client, name, method):
    assert client.generic(method.upper(), reverse(name)).status_code == 405


def test_the_session_gets_a_new_key(client, user, secret):
    give_password(client, user.email)
    before = client.session.session_key
    give_code(client, code_of(secret))
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_empties_the_cache(client, user, secret):
    sign_in_with_factor(client, user, secret)
    key = client.session.session_key
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.session.session_key == key

    response = client.post(reverse("account_logout"))

    assert response.url == LOGIN
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.session.exists(key)
    assert AuditEvent.objects.latest("pk").verb == "sign_out.accepted"


class TestTheSecondFactorIsForced:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True

    @pytest.mark.parametrize("name", ["home", "mfa_index", "account_change_password", "staff", "admin:index"])
    def test_without_one_every_page_leads_to_the_set_up(self, client, user, name):
        client.force_login(user)
        assert client.get(reverse(name)).url == reverse("mfa_activate_totp")

    def test_a_fragment_moves_the_whole_page(self, client, user):
        client.force_login(user)
        response = client.get(reverse("home"), headers={"HX-Request": "true"})
        assert response["HX-Redirect"] == reverse("mfa_activate_totp")

    def test_signing_out_is_always_possible(self, client, user):
        client.force_login(user)
        client.post(reverse("account_logout"))
        assert not is_signed_in(client)

    def test_the_set_up_ends_with_the_recovery_codes_seen(self, client, user, django_capture_on_commit_callbacks):
        give_password(client, user.email)
        page = client.get(reverse("mfa_activate_totp"))
        assert page.status_code == 200
        secret = page.context["form"].secret

        with django_capture_on_commit_callbacks(execute=True):
            done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

        assert done.url == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("home")).url == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("mfa_view_recovery_codes")).content.count(b"<li><code>") == 10
        assert client.get(reverse("mfa_index")).status_code == 200
        assert factors_of(user) == {"totp", "recovery_codes"}
        assert AuditEvent.objects.filter(verb="factor.added", actor_id=user.pk).count() == 1

    def test_a_wrong_code_sets_nothing_up(self, client, user):
        client.force_login(user)
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret, later=90)})
        assert factors_of(user) == set()

    def test_removing_the_phone_leads_back_to_the_set_up(self, client, user, secret):
        client.force_login(user)
        assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))
        assert factors_of(user) == set()
        assert client.get(reverse("mfa_index")).url == reverse("mfa_activate_totp")
        assert AuditEvent.objects.filter(verb="factor.removed").count() == 1

    def test_only_the_demonstration_does_without(self, client, user, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        client.force_login(user)
        assert client.get(reverse("mfa_index")).status_code == 200


class TestTheWayTheFactorIsKept:
    def test_the_secret_is_not_in_the_database(self, user, secret):
        stored = str(Authenticator.objects.get(user=user, type="totp").data)
        assert secret not in stored

    def test_the_square_code_is_drawn_in_the_page(self, client, user):
        client.force_login(user)
        page = client.get(reverse("mfa_activate_totp")).content.decode()
        assert "<svg" in page
        assert "data:image" not in page
        assert "style=" not in page

    def test_recovery_codes_come_as_a_file_too(self, client, user, secret):
        client.force_login(user)
        response = client.get(reverse("mfa_download_recovery_codes"))
        assert response["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'

    def test_new_recovery_codes_replace_the_old(self, client, user, secret):
        client.force_login(user)
        old = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        client.post(reverse("mfa_generate_recovery_codes"))
        new = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
        assert not set(old) & set(new)


ELSEWHERE = [
    f"{start}evil.example{end}"
    for start in ["//", "///", "////", "https://", "http://", "https:", "http:///", "\\\\", "/\\", "\\/", "https:\\\\"]
    for end in ["", "/home/", "?x=1", "#x"]
] + [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "https://localhost/home/",
    "ftp://testserver/",
    "\thttps://evil.example",
    " //evil.example",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_next_leads_elsewhere(client, user, secret, address):
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": address})
    assert give_code(client, code_of(secret)).url == reverse("home")


def without_typed(response, email):
    assert response.status_code == 200
    page = response.content.decode().replace(email, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
