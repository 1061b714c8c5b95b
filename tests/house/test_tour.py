"""The tour shows every method of the book and where it lives; what it says is there, is there."""

import re
from pathlib import Path

from django.apps import apps

from tests.house.code import HOUSE, ROOMS, ROOT

TOUR = ROOT / "docs" / "tour.md"
METHODS = [f"{letter}{n}" for letter, last in (("K", 15), ("P", 18), ("D", 11), ("R", 13)) for n in range(1, last + 1)]
ROW = re.compile(r"^\| ([KPDR]\d+) \| (.+?) \| `?([\w/]+)`? \| (.+?) \|$", re.M)

OURS = {*ROOMS, "methods", "frameworks", "api", "site", "docs", "src", "tests", "tools", "bench"}
FENCED, NAMED = re.compile(r"```.*?```", re.S), re.compile(r"`([^`\n]+)`")
PATH, DOTTED = re.compile(r"[\w.-]+(?:/[\w.*-]+)+/?"), re.compile(r"[a-z_]+(?:\.\w+)+")


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


def test_code_that_the_docs_name_is_there() -> None:
    """A path (`planning/ideas`), a dotted name (`ground.records.queries`) or a model (`ground.Record`)."""
    gone = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
        for code in NAMED.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
        for name in re.split(r"[\s,;]+", code)
        if not is_there(name.strip("().:…"))
    ]
    assert not gone


def is_there(name: str) -> bool:
    """Whether this leads to code, or is no name of any."""
    if PATH.fullmatch(name):
        ours = name.split("/")[0] in {
            *ROOMS,
            "methods",
            "frameworks",
            "api",
            "site",
            "docs",
            "src",
            "tests",
            "tools",
            "bench",
        }
        return not ours or any(_stands(base / name) for base in (ROOT, HOUSE))
    room, *rest = name.removeprefix("alongside.").split(".")
    if not DOTTED.fullmatch(name) or room not in {*ROOMS, "methods"} or rest[-1] in {"md", "py", "toml"}:
        return True
    if len(rest) == 1 and rest[0][0].isupper():
        return rest[0].lower() in apps.get_app_config(room).models
    place = HOUSE / room
    while rest and (place / rest[0]).is_dir():
        place /= rest.pop(0)
    if rest and (place / f"{rest[0]}.py").exists():
        place = place / f"{rest.pop(0)}.py"
    source = place.read_text(encoding="utf-8") if place.is_file() else ""
    return not rest or re.search(rf"\b{re.escape(rest[0])}\b", source) is not None


def _stands(path: Path) -> bool:
    if "*" in path.name:
        return any(path.parent.glob(path.name))
    return path.exists() or any(path.with_suffix(ending).exists() for ending in (".py", ".toml"))


def test_decision_records_are_numbered_and_short() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 60, path.name
        for part in ("## Why", "## So"):
            assert part in text, f"{path.name} has no “{part}”"
