"""What must never be set is said at the start; what is sealed opens with its own key only."""

import base64
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from accounts.adapters import FactorAdapter
from accounts.checks import sign_in_is_safe
from accounts.encryption import NONCE_BYTES, CannotDecrypt, decrypt, encrypt
from accounts.templatetags.factors import in_fours, qr_code

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture(autouse=True)
def safe(settings):
    settings.PASSWORD_HASHERS = ARGON2
    settings.DEMONSTRATION = False


def wrong():
    return [error.id for error in sign_in_is_safe(None)]


def test_nothing_is_wrong_as_it_stands():
    assert wrong() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MFA_TOTP_INSECURE_BYPASS_CODE", "000000", "E001"),
        ("MFA_SUPPORTED_TYPES", ["totp", "sms"], "E002"),
        ("ACCOUNT_LOGIN_METHODS", {"phone"}, "E002"),
        ("ACCOUNT_SIGNUP_FIELDS", ["email*", "phone*"], "E002"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *ARGON2], "E003"),
        ("SECOND_FACTOR_REQUIRED", False, "E004"),
        ("MFA_TRUST_ENABLED", True, "E005"),
        ("MFA_TOTP_TOLERANCE", 1, "E006"),
        ("ENCRYPTION_KEYS", {"factors": ["c2hvcnQ="]}, "E007"),
        ("ENCRYPTION_KEYS", {"factors": []}, "E007"),
        ("ENCRYPTION_KEYS", {"factors": ["not base64"]}, "E007"),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", True, "E008"),
        ("MFA_WEBAUTHN_USER_VERIFICATION", "preferred", "E009"),
    ],
)
def test_what_is_unsafe_stops_the_start(settings, name, value, code):
    setattr(settings, name, value)
    assert wrong() == [f"accounts.{code}"]


def test_only_the_demonstration_does_without_the_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED, settings.DEMONSTRATION = False, True
    assert wrong() == []


def new_key():
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_what_is_sealed_opens_again():
    assert decrypt(encrypt("cwtsh ŵ ŷ".encode(), purpose="drafts"), purpose="drafts").decode() == "cwtsh ŵ ŷ"


def test_the_same_text_is_sealed_differently_each_time():
    assert encrypt(b"x", purpose="drafts") != encrypt(b"x", purpose="drafts")


def test_an_older_key_still_opens_and_the_newest_seals(settings):
    old, new = new_key(), new_key()
    settings.ENCRYPTION_KEYS = {"drafts": [old]}
    sealed = encrypt(b"x", purpose="drafts")
    settings.ENCRYPTION_KEYS = {"drafts": [new, old]}
    assert decrypt(sealed, purpose="drafts") == b"x"
    resealed = encrypt(b"x", purpose="drafts")
    settings.ENCRYPTION_KEYS = {"drafts": [new]}
    assert decrypt(resealed, purpose="drafts") == b"x"


@pytest.mark.parametrize("spoil", [lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda s: s[:5], lambda s: b""])
def test_changed_bytes_do_not_open(spoil):
    with pytest.raises(CannotDecrypt):
        decrypt(spoil(encrypt(b"x", purpose="drafts")), purpose="drafts")


def test_one_purpose_does_not_open_another_even_under_one_key(settings):
    key = new_key()
    settings.ENCRYPTION_KEYS = {"drafts": [key], "factors": [key]}
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt(b"x", purpose="drafts"), purpose="factors")


@pytest.mark.parametrize("of", ["", "another row"])
def test_what_is_sealed_for_one_row_does_not_open_in_another(of):
    sealed = encrypt(b"x", purpose="drafts", of="a row")
    assert decrypt(sealed, purpose="drafts", of="a row") == b"x"
    with pytest.raises(CannotDecrypt):
        decrypt(sealed, purpose="drafts", of=of)


def test_the_cookie_of_the_check_has_keys_of_its_own_made_from_those_of_drafts(settings):
    old, new = new_key(), new_key()
    settings.ENCRYPTION_KEYS = {"drafts": [old]}
    sealed = encrypt(b"x", purpose="check")
    settings.ENCRYPTION_KEYS = {"drafts": [new, old]}
    assert decrypt(sealed, purpose="check") == b"x"
    with pytest.raises(InvalidTag):
        AESGCM(base64.b64decode(old)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], b"check")


def test_factors_lie_sealed_as_text():
    sealed = FactorAdapter().encrypt("SECRET")
    assert "SECRET" not in sealed
    assert FactorAdapter().decrypt(sealed) == "SECRET"


def test_the_key_of_a_factor_is_shown_in_fours():
    assert in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_square_code_has_a_dark_corner_and_a_light_border():
    picture = qr_code("otpauth://totp/x?secret=ABC")
    assert picture["size"] > 21
    assert picture["path"].startswith("M4 4h7v1h-7z")
