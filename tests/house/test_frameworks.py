"""Every framework is data that loads, names its source and speaks both languages."""

import tomllib
from typing import Any

import pytest

from alongside import frameworks
from tests.house.code import HOUSE

# The house's own words for its own things; the rest are frameworks of the book.
NOT_FRAMEWORKS = {"words"}
FILES = sorted(path for path in (HOUSE / "frameworks").glob("*.toml") if path.stem not in NOT_FRAMEWORKS)
LANGUAGES = {"en", "cy"}


def texts(value: Any, path: str = "") -> list[tuple[str, dict[str, str]]]:
    """Every `{en, cy}` in a framework, with where it stands."""
    if isinstance(value, dict):
        if "en" in value and isinstance(value["en"], str):
            return [(path, value)]
        return [found for key, inner in value.items() for found in texts(inner, f"{path}.{key}")]
    if isinstance(value, list):
        return [found for n, inner in enumerate(value) for found in texts(inner, f"{path}[{n}]")]
    return []


def test_there_are_frameworks() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_framework_loads_and_names_its_source(path: Any) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert frameworks.load(path.stem) == content
    assert content["name"] == path.stem
    assert isinstance(content["version"], int)
    assert len(content["source"]) > 20, "say where it comes from: work, year, page, licence"
    assert set(content["title"]) == LANGUAGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_there_in_both_languages(path: Any) -> None:
    missing = [
        where
        for where, text in texts(tomllib.loads(path.read_text(encoding="utf-8")))
        if not set(text) >= LANGUAGES or not all(str(text[language]).strip() for language in LANGUAGES)
    ]
    assert not missing


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_keys_are_not_used_twice_beside_each_other(path: Any) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict) and "key" in value[0]:
            keys = [one["key"] for one in value]
            assert len(keys) == len(set(keys)), name
