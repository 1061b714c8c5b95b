"""Keeps the secrets of authenticator apps locked in the database, so that a copied database opens nobody's page."""

from __future__ import annotations

import base64
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter

from alongside.ground.people.locking import Unopened, locks

LOCKED = "locked:"
FOR = b"alongside: secrets of authenticator apps"


class Secrets(DefaultMFAAdapter):
    """What allauth asks before it writes, and after it reads, a secret."""

    def encrypt(self, text: str) -> str:
        return LOCKED + locks(FOR).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. One from before there was a lock is read as it is; one that no key of ours opens becomes a
        secret that nobody knows, so that its app opens nothing and has to be added anew."""
        if not encrypted_text.startswith(LOCKED):
            return str(encrypted_text)
        try:
            return locks(FOR).decrypt(encrypted_text.removeprefix(LOCKED)).decode()
        except Unopened:
            return base64.b32encode(secrets.token_bytes(20)).decode()
