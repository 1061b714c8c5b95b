"""Keeps the secrets of authenticator apps locked in the database, so that a copied database opens nobody's page."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth

from alongside.ground.limits.actions import for_the_first_time
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


def unopened() -> list[Authenticator]:
    """The apps, and lists of spare codes, whose secrets no key of ours opens."""
    return [app for app in Authenticator.objects.order_by("pk") if not all(map(_opens, _locked_in(app.data)))]


def _locked_in(data: dict[str, Any]) -> list[str]:
    found = [data.get("secret"), data.get("seed"), *data.get("migrated_codes", ())]
    return [one for one in found if isinstance(one, str) and one.startswith(LOCKED)]


def _opens(locked: str) -> bool:
    try:
        locks(FOR).decrypt(locked.removeprefix(LOCKED))
    except Unopened:
        return False
    return True


def shown_once(who: str, secret: str, code: str) -> bool:
    """Whether a right code of an authenticator app is used for the first time (RFC 6238, 5.2), by whichever process.
    A code counts for three times 30 seconds; allauth remembers it for 30, and in one process."""
    if not secret:
        return True
    for turn in auth.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=auth.format_hotp_value(auth.hotp_value(secret, turn))):
            return for_the_first_time(what=f"app {who} {secret} {turn}", until=(turn + 4) * app_settings.TOTP_PERIOD)
    return False
