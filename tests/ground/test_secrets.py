"""The secret of an authenticator app lies locked in the database. Only our own key opens it; others are told of."""

from __future__ import annotations

from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.keys.actions import accept, forget_app, learn
from alongside.ground.keys.models import KnownKey
from alongside.ground.keys.queries import strange, what_is_strange
from alongside.site import home, running
from alongside.site.commands import Told
from alongside.site.commands.run import COMMANDS
from tests.cast import MACHINE, Cast, app_code

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


# A backup that was put back beside other secrets


@pytest.fixture
def put_back(cast: Cast, settings: Any) -> TOTP:
    """Somebody's app, in a database that now lies beside another secret."""
    learn(by=MACHINE)
    app = TOTP.activate(cast.steward.login, SECRET)
    settings.SECRET_KEY = "the secret of another place, made anew"
    return app


@pytest.mark.django_db
def test_a_database_with_its_own_secrets_is_at_home(settings: Any) -> None:
    assert strange() == [], "nothing is known yet"
    learn(by=MACHINE)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a newer one"
    assert strange() == [] and list(what_is_strange()) == []
    assert settings.TOKEN_PEPPER not in str(list(KnownKey.objects.values()))


@pytest.mark.django_db
def test_other_secrets_are_told_with_what_to_do(put_back: TOTP, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(by=MACHINE)  # a later start does not make them the right ones
    assert strange() == ["secret-key"]
    told = list(what_is_strange())
    assert "put back the folder `secrets`" in told[0] and "1 app, or list" in told[1]
    monkeypatch.setattr(running, "migrate", lambda: None)
    monkeypatch.setattr(running, "is_free", lambda _port: True)
    with pytest.raises(Told, match=r"(?s)other secrets.*Put the folder `secrets` of that backup back.*keys accept"):
        COMMANDS["run"].run(Namespace(port=1, people=1, json=False))


@pytest.mark.django_db
def test_a_token_pepper_of_another_place_is_told_too(settings: Any) -> None:
    learn(by=MACHINE)
    settings.TOKEN_PEPPER = "another"
    assert strange() == ["token-pepper"]


@pytest.mark.django_db
def test_where_they_are_lost_for_good_staff_add_their_apps_anew(cast: Cast, put_back: TOTP) -> None:
    assert accept(by=MACHINE) == [cast.steward.party]
    assert strange() == [] and not Authenticator.objects.exists()
    assert accept(by=MACHINE) == [], "once is enough"


@pytest.mark.django_db
def test_whoever_lost_their_app_adds_one_anew_and_the_lost_one_opens_no_session(cast: Cast) -> None:
    TOTP.activate(cast.steward.login, SECRET)
    somewhere = cast.steward.client(second_factor=True)
    assert somewhere.get("/desk/").status_code == 200
    with pytest.raises(Refused):
        forget_app(by=cast.steward.actor, email=str(cast.steward.login.email))
    for nobody in ("nobody@example.org", str(cast.resident.login.email)):
        with pytest.raises(Fault):
            forget_app(by=MACHINE, email=nobody)
    assert forget_app(by=MACHINE, email=str(cast.steward.login.email).upper()) == cast.steward.party
    assert "/sign-in/" in somewhere.get("/desk/")["Location"]


def test_a_secret_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _n: home.secret(tmp_path, "a"), range(16)))
    [old] = made
    assert len(old) > 40
    assert [one.name for one in (tmp_path / "secrets").iterdir()] == ["a"]
    assert (tmp_path / "secrets" / "a").stat().st_mode & 0o777 == 0o600
    assert home.older(tmp_path, "a") == []
    (tmp_path / "secrets" / "a").rename(tmp_path / "secrets" / "a.older")
    assert home.older(tmp_path, "a") == [old] and home.secret(tmp_path, "a") != old
    (tmp_path / "secrets" / "b").touch()
    with pytest.raises(SystemExit, match="holds no secret"):
        home.secret(tmp_path, "b")
