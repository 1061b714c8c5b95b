"""Putting a question: who may, what is kept, what is refused, and what stands still once it is open."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.planning.deciding import OURS, SHARED, money, opened

pytestmark = pytest.mark.django_db


def test_a_decision_of_the_area_opens(cast: Cast) -> None:
    decision = opened(cast, terms=money(), groups=SHARED)
    assert decision.stage == "open"
    assert decision.terms_sha


def test_ours(cast: Cast) -> None:
    decision = opened(cast, cast.connector, cast.lunch_club, groups=OURS)
    assert decision.stage == "open"


def test_own(cast: Cast) -> None:
    decision = opened(cast, cast.resident)
    assert decision.stage == "open"
