"""What a browser sends of a passkey: read with care, because a stranger may have written it (docs/decisions/0045)."""

import json
import re

from fido2.webauthn import AuthenticationResponse, RegistrationResponse

LONGEST = 20_000  # characters; a passkey has about a thousand
WORD = re.compile(r"[A-Za-z0-9_-]+=*\Z")
ALGORITHMS = {-7, -8, -257}  # ES256, EdDSA, RS256: what we ask for and can verify


class NotAPasskey(ValueError):
    """Not the words, or not the bytes, of which a passkey consists."""


def registration(text):
    """A new passkey, of known parts only: what is kept with the account is nothing else."""
    sent = _object(text)
    answer = _part(sent, "response")
    made = _named(sent) | {
        "response": {name: _word(answer, name) for name in ["attestationObject", "clientDataJSON"]},
        "clientExtensionResults": {"credProps": {"rk": True}},  # we ask for no other kind
    }
    read = _read(RegistrationResponse, made).response
    key = getattr(read.attestation_object.auth_data.credential_data, "public_key", {})
    if key.get(3) not in ALGORITHMS or not isinstance(read.client_data.origin, str):
        raise NotAPasskey("key")
    return made


def assertion(text):
    """What a passkey has signed."""
    sent = _object(text)
    answer = _part(sent, "response")
    names = ["clientDataJSON", "authenticatorData", "signature", *(["userHandle"] if answer.get("userHandle") else [])]
    made = _named(sent) | {"response": {name: _word(answer, name) for name in names}}
    if not isinstance(_read(AuthenticationResponse, made).response.client_data.origin, str):
        raise NotAPasskey("origin")
    return made


def _object(text):
    if not isinstance(text, str) or len(text) > LONGEST:
        raise NotAPasskey("length")
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAPasskey("json") from error
    return _part({"": sent}, "")


def _part(sent, name):
    part = sent.get(name)
    if not isinstance(part, dict):
        raise NotAPasskey(name)
    return part


def _word(sent, name):
    word = sent.get(name)
    if not isinstance(word, str) or not WORD.match(word):
        raise NotAPasskey(name)
    return word


def _named(sent):
    return {"id": _word(sent, "rawId"), "rawId": _word(sent, "rawId"), "type": "public-key"}


def _read(kind, made):
    try:
        return kind.from_dict(made)
    except Exception as error:  # bytes of a stranger: what a reader of CBOR and JSON may raise, nobody has listed
        raise NotAPasskey("bytes") from error
