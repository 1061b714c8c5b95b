"""The list, one decision, and the steps of setting one up, as people meet them."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.planning.deciding import SHARED, draft, money, opened

pytestmark = pytest.mark.django_db
BEFORE = "question change answer fair whose rule details suppliers groups who days".split()


def test_anyone_reads_an_open_decision(cast: Cast) -> None:
    cast.place
    it = opened(cast, terms=money(), groups=SHARED)
    client = cast.outsider.client()
    for path in ("/decide/", f"/decide/{it.record.key}/", "/decide/how/", f"/decide/{it.record.key}/declared.txt"):
        response = client.get(path)
        assert response.status_code == 200, path


def test_steps(cast: Cast) -> None:
    cast.place
    it = draft(cast)
    client = cast.commissioner.client()
    base = f"/decide/new/{it.record.key}"
    for step in [
        "question",
        "change",
        "answer",
        "fair",
        "whose",
        "rule",
        "details",
        "suppliers",
        "groups",
        "who",
        "days",
        "check",
    ]:
        response = client.get(f"{base}/{step}/")
        assert response.status_code == 200, step
    assert client.get("/decide/new/").status_code == 200
