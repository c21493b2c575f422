"""What is encrypted: drafts, second factors, the cookie of the check. AES-256-GCM, keys of its own for each purpose."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
MADE_FROM = {"check": "drafts"}


class CannotDecrypt(Exception):
    """None of the keys for this purpose opens it: another key, purpose or row, or changed bytes."""


def encrypt(plain: bytes, *, purpose: str, of: str = "") -> bytes:
    """``plain`` sealed with the newest key of ``purpose``; it opens for this purpose and this row (``of``) only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_keys(purpose)[0]).encrypt(nonce, plain, _bound(purpose, of))


def decrypt(sealed: bytes, *, purpose: str, of: str = "") -> bytes:
    """What ``encrypt`` sealed, with the newest or an older key. Raises ``CannotDecrypt``."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for key in _keys(purpose):
        try:
            return AESGCM(key).decrypt(nonce, body, _bound(purpose, of))
        except (InvalidTag, ValueError):
            continue
    raise CannotDecrypt(purpose)


def _bound(purpose, of):
    return f"{purpose}:{of}".encode() if of else purpose.encode()


def _keys(purpose):
    """Those that are set for a purpose, or keys of its own made from those of another."""
    keys = [base64.b64decode(key) for key in settings.ENCRYPTION_KEYS[MADE_FROM.get(purpose, purpose)]]
    return [_made_for(purpose, key) for key in keys] if purpose in MADE_FROM else keys


def _made_for(purpose, key):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
