"""A device that makes and uses passkeys, as the standard says it does; and lies where a test wants it to."""

import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """One passkey, made when asked. ``verifies`` says whether it asks for a finger, a face or a PIN."""

    def __init__(self, *, origin="http://localhost:8000", verifies=True):
        self.origin, self.verifies = origin, verifies
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)
        self.handle = b""

    def create(self, options, **changes):
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        told = self._told(asked["rp"]["id"], ATTESTED, bytes(public))
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": told})
        said = self._said("webauthn.create", asked["challenge"])
        return self._json({"attestationObject": attested, "clientDataJSON": said}, changes)

    def get(self, options, **changes):
        asked = options["publicKey"]
        told, said = self._told(asked["rpId"]), self._said("webauthn.get", asked["challenge"])
        signed = self.key.sign(told + sha256(said), ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": told, "clientDataJSON": said, "signature": signed, "userHandle": self.handle}
        return self._json(answer, changes)

    def _told(self, site, flags=0, more=b""):
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return bytes(AuthenticatorData.create(sha256(site.encode()), flags, 0, more))

    def _said(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _json(self, answer, changes):
        response = {name: websafe_encode(value) for name, value in answer.items()} | changes
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": response,
            }
        )
