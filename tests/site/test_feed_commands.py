"""At a terminal: a feed judged, and what leaves written as pages."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.exchange.services.actions import load
from alongside.ground.history.actor import Actor
from tests.exchange.feeds import as_bytes, messy, nested

pytestmark = pytest.mark.django_db


class TestAtATerminal:
    """`alongside services validate` and `alongside services export`."""

    def test_a_file_is_judged_and_the_status_says_how(self, alongside: Any, tmp_path: Any) -> None:
        file = tmp_path / "feed.json"
        file.write_bytes(as_bytes(messy()))
        said = alongside("services", "validate", file, "--json")
        assert said.status == 1 and said.data["valid"] is False
        assert {"record", "field", "value", "reason", "mend"} <= said.data["errors"][0].keys()
        told = alongside("services", "validate", file, "--strict")
        assert "Not valid as HSDS-UK-3.0. 30 records" in told.out
        assert alongside("services", "validate", tmp_path / "nothing.json").status == 2
        assert alongside("services", "validate", "http://example.invalid/").status == 2

    def test_what_leaves_is_written_as_pages_and_comes_in_again(self, alongside: Any, cast: Any, tmp_path: Any) -> None:
        machine = Actor.system("tests")
        contacts = [{"id": "c", "name": "Ann Persona"}]
        load(by=machine, source="County", data=as_bytes([nested(n, contacts=contacts) for n in range(5)]))
        out = tmp_path / "pages"
        said = alongside("services", "export", out, "--per-page", "2", "--json")
        assert (said.status, said.data["services"], said.data["pages"]) == (0, 5, 3)
        assert alongside("services", "validate", out, "--json").data["valid"] is True
        again = alongside("services", "load", out, "--source", "Again", "--json")
        assert again.data["created"] == 5
        assert alongside("services", "export", out).status == 2, "nothing old may stand among the new"
        alongside("services", "export", tmp_path / "public", "--public")
        texts = ["".join(page.read_text() for page in folder.iterdir()) for folder in (out, tmp_path / "public")]
        assert ["Ann Persona" in text for text in texts] == [True, False]
