"""Locks what is kept by a database or a browser, so that only this house can open it: one lock for each purpose.

Locks follow from SECRET_KEY; keys in SECRET_KEY_FALLBACKS still open what they locked.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Unopened = InvalidToken


@cache
def _lock(key: str, purpose: bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def locks(purpose: bytes) -> MultiFernet:
    """What locks and opens for one purpose: what was locked for another stays closed (`Unopened`)."""
    return MultiFernet([_lock(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])
