"""No file from outside, however broken, makes us fall over, and every record in it is accounted for.

2,000 broken files of every format under `make prove`, a tenth of them in `make test`; always the same ones.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from alongside.ground.history.models import Event
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish
from tests.api.asking import Asker, token
from tests.cast import Cast
from tests.conftest import PROVING
from tests.faults import mutating
from tests.faults.formats import FORMATS, Format, check_all

FULL = 2_000


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_sound_files_are_read(one: Format) -> None:
    for seed in one.seeds():
        one.check(seed)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_broken_files_are_accounted_for(one: Format, rounds: Callable[[int], int]) -> None:
    check_all(one, one.seeds(), random.Random(f"{one.name} 1"), rounds(FULL))


BODIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/assets", {
        "kind": "activity", "title": "Singing", "words": "Come", "lang": "en", "audience": "everyone", "cost": "free",
        "matters": ["people"], "access": ["level"], "per_week": 60, "unit": "minutes", "website": "https://example.org",
        "when": [{"starts": "2027-01-06T14:00:00+00:00", "rule": "FREQ=WEEKLY;BYDAY=WE", "minutes": 90, "words": "x"}],
        "where": {"lat": 51.45, "lng": -2.59, "precision": "cell", "words": "Mill Hall"},
    }),
    ("PATCH", "/assets/{id}", {"title": "Sung", "cost": "paid", "cost_words": "£2", "when": [], "access": ["home"]}),
    ("POST", "/assets/{id}/pause", {"paused": True, "back_on": "2027-01-06"}),
    ("POST", "/assets/{id}/room", {"room_for": 3, "until": "2027-01-06"}),
    ("POST", "/me/wishes", {"words": "A lift", "matters": "people", "minutes_week": 60, "audience": "everyone"}),
)  # fmt: skip


@pytest.fixture
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_broken_bodies_are_taken_whole_or_refused_with_a_reason(
    cast: Cast, rounds: Callable[[int], int], quiet: None
) -> None:
    """Each is answered; what is refused leaves nothing behind, and what is taken is one event and one thing."""
    assert cast.place.name
    asker, draw = Asker(token(cast.resident), Client(raise_request_exception=False)), random.Random("bodies 1")
    made = asker.post("/assets", {"kind": "skill", "title": "Mine"}).json()
    for number in range(min(rounds(FULL), FULL if PROVING else 60)):  # each is a whole request
        method, path, body = draw.choice(BODIES)
        data = mutating.json_broken(json.dumps(body).encode(), draw)
        data = mutating.bytes_broken(data, draw) if draw.random() < 0.3 else data
        with transaction.atomic():
            before = (Asset.objects.count(), Wish.objects.count(), Event.objects.count())
            answer = asker.client.generic(
                method, "/api/v1" + path.format(id=made["id"]), data, content_type="application/json",
                headers={**asker.headers, "If-Match": f'"{made["rev"]}"'},
            )  # fmt: skip
            after = (Asset.objects.count(), Wish.objects.count(), Event.objects.count())
            transaction.set_rollback(True)
        told = f"number {number}: {method} {path} {answer.status_code} {answer.content[:300]!r}\n{data[:2000]!r}"
        assert answer.status_code in (200, 201, 400, 413, 415, 422), told
        if answer.status_code >= 400:
            assert before == after and answer.json()["mend"], told
        else:
            assert after[2] > before[2] and sum(after[:2]) - sum(before[:2]) == (answer.status_code == 201), told
