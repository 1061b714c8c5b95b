"""The secret of an authenticator app lies locked in the database, and only our own key opens it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, app_code

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@given(st.text(max_size=80))
def test_what_is_locked_opens_again_and_never_looks_the_same(text: str) -> None:
    locked = encrypt(text)
    assert decrypt(locked) == text and locked != encrypt(text)
    assert len(text) < 4 or text not in locked


@pytest.mark.django_db
def test_the_database_holds_no_secret_and_the_app_works(cast: Cast) -> None:
    app = TOTP.activate(cast.steward.login, SECRET)
    kept = Authenticator.objects.get(pk=app.instance.pk)
    assert SECRET not in str(kept.data)
    assert TOTP(kept).validate_code(app_code(SECRET))


@pytest.mark.django_db
def test_codes_on_paper_lie_locked_too(cast: Cast) -> None:
    codes = RecoveryCodes.activate(cast.steward.login)
    kept = RecoveryCodes(Authenticator.objects.get(pk=codes.instance.pk))
    [first, *_rest] = kept.get_unused_codes()
    assert kept.instance.data["seed"].startswith("locked:") and kept.validate_code(first)


@pytest.mark.django_db
def test_an_app_from_before_the_lock_still_works(cast: Cast) -> None:
    old = Authenticator.objects.create(user=cast.steward.login, type="totp", data={"secret": SECRET})
    assert TOTP(old).validate_code(app_code(SECRET))


def test_an_older_key_opens_and_a_strange_one_opens_nothing(settings: Any) -> None:
    locked = encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key of this place"
    assert decrypt(locked) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    strange = {decrypt(locked) for _turn in range(3)}
    assert len(strange) == 3 and SECRET not in strange, "never an empty or a guessable secret"
