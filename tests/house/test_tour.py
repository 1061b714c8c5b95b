"""The tour shows every method of the book and where it lives; what it says is there, is there."""

import re

from tests.house.code import HOUSE, ROOMS, ROOT

TOUR = ROOT / "docs" / "tour.md"
METHODS = [f"{letter}{n}" for letter, last in (("K", 15), ("P", 18), ("D", 11), ("R", 13)) for n in range(1, last + 1)]
ROW = re.compile(r"^\| ([KPDR]\d+) \| (.+?) \| `?([\w/]+)`? \| (.+?) \|$", re.M)


def rows() -> dict[str, tuple[str, str, str]]:
    return {number: (what, home, state) for number, what, home, state in ROW.findall(TOUR.read_text(encoding="utf-8"))}


def test_every_method_of_the_book_is_in_the_tour() -> None:
    assert sorted(rows()) == sorted(METHODS)


def test_every_home_lies_in_a_room_that_stands() -> None:
    for number, (_what, home, state) in rows().items():
        room = home.split("/")[0]
        assert room in {*ROOMS, "methods", "frameworks", "site"}, number
        if not state.startswith("later"):
            place = HOUSE / home
            assert place.is_dir() or place.with_suffix(".py").exists(), f"{number}: {home} is said to live"


def test_every_room_is_described() -> None:
    text = TOUR.read_text(encoding="utf-8")
    for path in HOUSE.iterdir():
        if (path / "__init__.py").exists():
            assert f"`{path.name}" in text, path.name


def test_links_in_the_docs_lead_somewhere() -> None:
    broken = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert not broken


def test_decision_records_are_numbered_and_short() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 60, path.name
        for part in ("## Why", "## So"):
            assert part in text, f"{path.name} has no “{part}”"
