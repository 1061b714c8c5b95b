"""What tests of the site and its commands share: a terminal, and the invented town in its smallest size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from alongside import cli
from alongside.site.demo.fill import LEAST
from tests.site.towns import to_stay
from tests.standing import Standing


@dataclass
class Said:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one object on standard output; fails if there is anything else."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def alongside(capsys: pytest.CaptureFixture[str]) -> Any:
    """Type a command at a terminal where nobody answers questions."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        heard = capsys.readouterr()
        return Said(status, heard.out, heard.err)

    return run


@pytest.fixture
def town(standing: Standing) -> dict[str, int]:
    """The invented town, before a test's own transaction is opened."""
    return standing("larkmere", lambda: to_stay(LEAST, seed=3))


@pytest.fixture
def larkmere(town: dict[str, int], db: None) -> dict[str, int]:
    """The invented town with as few people as it can have."""
    return town
