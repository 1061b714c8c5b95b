"""What tests of knowing share: two people with something to share, and a home for what is learnt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Party
from tests.cast import MACHINE


@pytest.fixture
def joyce(db: None) -> Party:
    return welcome(by=MACHINE, name="Joyce Abara")


@pytest.fixture
def samir(db: None) -> Party:
    return welcome(by=MACHINE, name="Samir Khan")


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Path:
    """A home of its own for each test, so that no vector file outlives the things it is about."""
    settings.HOME = tmp_path
    return tmp_path
