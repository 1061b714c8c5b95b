"""What the pages about the API show is run: every curl line and every piece of Python, against a real server."""

from __future__ import annotations

import re
import shlex
from typing import Any
from urllib.request import Request, urlopen

import pytest

from alongside.api.app import description
from alongside.api.problems import SORTS
from alongside.ground.places.models import Area
from alongside.ground.tokens.models import Scope
from tests.api.asking import token
from tests.cast import Cast
from tests.house.code import ROOT

HOW_TO = (ROOT / "docs/how-to/use-the-api.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")


def curl(words: list[str]) -> Any:
    """What curl would ask, asked here, for not every machine has curl."""
    method, headers, data, url = "", {}, None, ""
    rest = iter(words)
    for word in rest:
        match word:
            case "-X":
                method = next(rest)
            case "-H":
                name, _colon, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                data = next(rest).encode()
            case _:
                assert not word.startswith("-"), f"teach this test what {word} is"
                url = word
    return urlopen(Request(url, data, headers, method=method or None))


def test_every_example_works(live_cast: Cast, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Area.objects.create(kind="ward", edition="2023", code="E05000001", name="Mill Ward", boundary="")
    known = {"ALONGSIDE": live_server.url, "TOKEN": token(live_cast.resident)}
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    space: dict[str, Any] = {}
    blocks = re.findall(r"```(sh|python)\n(.*?)```", HOW_TO, re.S)
    assert len(blocks) >= 8
    for language, text in blocks:
        if language == "python":
            exec(compile(text, "use-the-api.md", "exec"), space)
            continue
        for name, value in known.items():
            text = text.replace(f"${name}", value)
        command, *words = shlex.split(text.replace("\\\n", " "))
        assert command == "curl"
        with curl(words) as answer:
            assert answer.status in (200, 201), text
    assert space["changed"]["cost"]["words"] == "Free, and tea is 50p"


def test_the_reference_lists_every_operation_with_its_scope() -> None:
    rows = set(re.findall(r"^\| `(\w+) (\S+)` \| (?:`(\w+)`|anyone|any token) \|", REFERENCE, re.M))
    found = {
        (method.upper(), path, one["x-scope"] or "")
        for path, methods in description()["paths"].items()  # type: ignore[attr-defined]
        for method, one in methods.items()
    }
    assert rows == found


def test_the_pages_name_every_scope_and_problem() -> None:
    assert all(f"| `{scope}` |" in HOW_TO for scope in Scope.values)
    assert all(f"| {sort.status} | `{slug}` |" in REFERENCE for slug, sort in SORTS.items())
