"""Two programs at the same moment: one revision is taken once, and one key makes one thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from alongside.knowing.assets.models import Asset
from tests.api.asking import Asker, token
from tests.cast import Cast
from tests.together import together

AT_ONCE = 4


def from_all(do: Callable[[int], Any]) -> list[Any]:
    """Do it from several programs at the same moment."""
    return together(*(partial(do, n) for n in range(AT_ONCE)))


def test_one_revision_is_taken_once(live_cast: Cast) -> None:
    secret = token(live_cast.resident)
    made = Asker(secret).post("/assets", {"kind": "skill", "title": "Mending gates"})
    here = f"/assets/{made.json()['id']}"

    def change(n: int) -> int:
        asker = Asker(secret, Client(raise_request_exception=False))
        return int(asker.patch(here, {"title": f"Mine {n}"}, If_Match=made["ETag"]).status_code)

    assert sorted(from_all(change)) == [200, *[412] * (AT_ONCE - 1)]
    assert Asset.objects.get().title.startswith("Mine")


def test_one_key_makes_one_thing(live_cast: Cast) -> None:
    secret = token(live_cast.resident)

    def offer(_n: int) -> str:
        asker = Asker(secret, Client(raise_request_exception=False))
        answer = asker.post("/assets", {"kind": "skill", "title": "Once"}, Idempotency_Key="the same")
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    assert len(set(from_all(offer))) == 1
    assert Asset.objects.count() == 1


@pytest.mark.parametrize("most", [12])
def test_together_they_ask_no_oftener_than_they_may(live_cast: Cast, settings: Any, most: int) -> None:
    settings.API_A_MINUTE = {"address": most, "token": 99, "writes": 99}
    from alongside.ground.limits.models import Allowance

    answers = from_all(lambda _n: [Asker().get("/areas").status_code for _try in range(6)])
    allowed = sum(status == 200 for many in answers for status in many)
    assert allowed <= most * Allowance.objects.count()
    assert {status for many in answers for status in many} <= {200, 429}
