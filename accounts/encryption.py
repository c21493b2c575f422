"""What is encrypted at rest: drafts and second factors. AES-256-GCM, one list of keys for each purpose."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """None of the keys for this purpose opens it: another key, another purpose, or changed bytes."""


def encrypt(plain: bytes, *, purpose: str) -> bytes:
    """``plain`` sealed with the newest key of ``purpose``, which is bound to it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_keys(purpose)[0]).encrypt(nonce, plain, purpose.encode())


def decrypt(sealed: bytes, *, purpose: str) -> bytes:
    """What ``encrypt`` sealed, with the newest or an older key. Raises ``CannotDecrypt``."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for key in _keys(purpose):
        try:
            return AESGCM(key).decrypt(nonce, body, purpose.encode())
        except (InvalidTag, ValueError):
            continue
    raise CannotDecrypt(purpose)


def _keys(purpose):
    return [base64.b64decode(key) for key in settings.ENCRYPTION_KEYS[purpose]]
