"""What is locked for one purpose opens for that one alone, and only with a key of this house."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ground.people.locking import Unopened, locks

CHOICES, APPS = b"test: choices", b"test: apps"


def test_a_lock_opens_what_it_locked_and_nothing_of_another_purpose() -> None:
    locked = locks(CHOICES).encrypt(b"heron")
    assert locks(CHOICES).decrypt(locked) == b"heron" and b"heron" not in locked
    with pytest.raises(Unopened):
        locks(APPS).decrypt(locked)


def test_after_a_change_of_key_the_old_one_opens_until_it_is_let_go(settings: Any) -> None:
    locked = locks(CHOICES).encrypt(b"heron")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key of this place"
    assert locks(CHOICES).decrypt(locked) == b"heron"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unopened):
        locks(CHOICES).decrypt(locked)


@pytest.mark.parametrize("strange", [b"", b"heron", b"\x00" * 90, "🧡".encode()])
def test_what_was_never_locked_opens_nothing(strange: bytes) -> None:
    with pytest.raises(Unopened):
        locks(CHOICES).decrypt(strange)
