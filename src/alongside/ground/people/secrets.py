"""Keeps the secrets of authenticator apps locked in the database, so that a copied database opens nobody's page.

The lock follows from SECRET_KEY; keys in SECRET_KEY_FALLBACKS still open what they locked.
"""

from __future__ import annotations

import base64
import secrets
from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LOCKED = "locked:"
FOR = b"alongside: secrets of authenticator apps"


@cache
def _lock(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=FOR).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _locks() -> MultiFernet:
    return MultiFernet([_lock(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class Secrets(DefaultMFAAdapter):
    """What allauth asks before it writes, and after it reads, a secret."""

    def encrypt(self, text: str) -> str:
        return LOCKED + _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. One from before there was a lock is read as it is; one that no key of ours opens becomes a
        secret that nobody knows, so that its app opens nothing and has to be added anew."""
        if not encrypted_text.startswith(LOCKED):
            return str(encrypted_text)
        try:
            return _locks().decrypt(encrypted_text.removeprefix(LOCKED)).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()
