"""What must never be set, said when the process starts."""

import base64
import binascii

from django.conf import settings
from django.core.checks import Error, Tags, register

ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
KINDS_OF_FACTOR = {"totp", "recovery_codes", "webauthn"}  # none that goes through a telephone network
KEY_BYTES = 32


@register(Tags.security)
def sign_in_is_safe(app_configs, **kwargs):
    wrong = [
        ("E001", bool(getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)),
         "MFA_TOTP_INSECURE_BYPASS_CODE is a second factor that everybody knows. Remove it."),
        ("E002", not set(settings.MFA_SUPPORTED_TYPES) <= KINDS_OF_FACTOR or _signs_in_by_phone(),
         "Codes by text message can be intercepted. Allow authenticator apps, passkeys and recovery codes only."),
        ("E003", settings.PASSWORD_HASHERS[0] != ARGON2, "Argon2 must be the first of PASSWORD_HASHERS."),
        ("E004", not settings.SECOND_FACTOR_REQUIRED and not settings.DEMONSTRATION,
         "Only the demonstration may do without the second factor."),
        ("E005", bool(settings.MFA_TRUST_ENABLED), "MFA_TRUST_ENABLED lets a browser skip the second factor."),
        ("E006", settings.MFA_TOTP_TOLERANCE != 0,
         "MFA_TOTP_TOLERANCE above 0 keeps a code valid for longer than its re-use is refused."),
        ("E007", not all(_is_key(key) for keys in settings.ENCRYPTION_KEYS.values() for key in keys or [""]),
         "Each of ENCRYPTION_KEYS must be 32 bytes in base64, and each purpose must have one."),
        ("E008", bool(getattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False)),
         "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN takes a passkey that was used at another address."),
        ("E009", settings.MFA_WEBAUTHN_USER_VERIFICATION != "required",
         "MFA_WEBAUTHN_USER_VERIFICATION must be required: else whoever holds a key is let in by it."),
    ]  # fmt: skip
    return [Error(sentence, id=f"accounts.{code}") for code, is_wrong, sentence in wrong if is_wrong]


def _signs_in_by_phone():
    fields = {field.rstrip("*") for field in settings.ACCOUNT_SIGNUP_FIELDS}
    return "phone" in fields | set(settings.ACCOUNT_LOGIN_METHODS)


def _is_key(text):
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
