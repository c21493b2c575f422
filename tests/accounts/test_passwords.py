"""Which passwords are taken (security.md B1): long ones, whatever they are made of, that nobody guesses first."""

from unicodedata import normalize

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.steps import give_password
from tests.factories.accounts import PASSWORD, UserFactory, give_factor
from tests.figures import figure

pytestmark = pytest.mark.django_db

PAGE = reverse("account_change_password")
COMMON = sorted(word for word in CommonPasswordValidator().passwords if len(word) >= 15)
WELSH = "tŷ bach ŵyn y môr"


@pytest.fixture
def user(client):
    user = UserFactory(full_name="Angharad Llewellyn", email="angharad.llewellyn@service.example")
    give_factor(user)
    client.force_login(user)
    return user


def choose(client, password, again=None):
    return client.post(PAGE, {"oldpassword": PASSWORD, "password1": password, "password2": again or password})


def is_taken(client, user, password):
    answer = choose(client, password)
    user.refresh_from_db()
    return answer.status_code == 302 and user.check_password(normalize("NFKC", password))


@pytest.mark.parametrize(
    "password",
    [
        "abcdefghi jklmn",  # 15
        "x7" + "q" * 126,  # 128
        "   spaces around   ",
        "no number no capital no sign",
        "949283746510293",
        "üßÄ日本語のパスワード一二三四五",
        "🦊🐻🐼🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆🦅🦉",
        "<script>'\"; DROP TABLE--",
        WELSH,
    ],
)
def test_long_enough_is_good_enough(client, user, password):
    assert is_taken(client, user, password)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("abcdefghi jklm", "15 characters"),  # 14
        ("x7" + "q" * 127, "Use 128 characters or fewer"),  # 129
        ("q" * 100_000, "Use 128 characters or fewer"),
        ("angharad.llewellyn", "too similar"),
        ("Angharad Llewellyn", "too similar"),
    ],
)
def test_what_is_not_taken_and_why(client, user, password, says):
    answer = choose(client, password)
    assert answer.status_code == 200
    assert says in answer.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_passwords_that_are_tried_first_are_refused(client, user):
    """All that the list has of this length or, every day, the ends and the middle of it; whatever their case."""
    assert len(COMMON) >= 5
    for word in COMMON[:: figure(max(1, len(COMMON) // 20), 1)]:
        cache.clear()
        assert "too common" in choose(client, word.title()).text


def test_the_two_must_be_the_same(client, user):
    assert choose(client, PASSWORD + "x", PASSWORD + "y").status_code == 200


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_same_word_from_another_keyboard_signs_in(client, user, form, django_test_client):
    assert is_taken(client, user, normalize("NFC", WELSH))
    assert give_password(django_test_client(), user.email, normalize(form, WELSH)).url == reverse("mfa_authenticate")


def test_two_characters_of_one_letter_are_one(client, user):
    assert choose(client, normalize("NFD", "ŵ" * 14)).status_code == 200


def test_a_space_or_a_capital_more_is_another_password(client, user, django_test_client):
    for other in [f"{PASSWORD} ", f" {PASSWORD}", PASSWORD.title()]:
        assert give_password(django_test_client(), user.email, other).status_code == 200


def test_a_password_can_be_pasted_and_a_manager_of_passwords_finds_its_way(client, user, django_test_client):
    change, sign_in = client.get(PAGE).text, django_test_client().get(reverse("account_login")).text
    assert change.count('autocomplete="new-password"') == 2
    assert change.count('autocomplete="current-password"') == sign_in.count('autocomplete="current-password"') == 1
    for page in [change, sign_in]:
        assert not any(stop in page.lower() for stop in ["onpaste", " maxlength", 'autocomplete="off"'])


def test_what_was_typed_is_never_shown_again(client, user):
    assert "ninetynine locomotives" not in choose(client, "ninetynine locomotives", "other").text
