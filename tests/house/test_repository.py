"""What the repository holds: no machine's own paths or hosts, only locked packages, nothing that is built."""

import json
import re

from tests.house.code import ROOT, short, text_of, tracked

LARGEST = 3_000_000
LARGE: dict[str, str] = {}
# Written apart so that this file does not hold what it looks for.
REGISTRIES = ["py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian", "npm" + "js.com"]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|farm|root|opt/wheels)/[\w.]")
BUILT = re.compile(r"(^|/)(node_modules|\.venv|var|__pycache__|static/built|[\w.]+\.egg-info)(/|$)")


def test_no_registry_is_named() -> None:
    """A lock file that names a host works for whoever wrote it and for nobody behind a mirror."""
    found = [(short(path), host) for path in tracked() for host in REGISTRIES if host in text_of(path)]
    assert not found


def test_no_path_of_one_machine_is_named() -> None:
    found = [(short(path), match.group()) for path in tracked() if (match := MACHINE_PATHS.search(text_of(path)))]
    assert not found


def test_locks_hold_hashes_and_no_addresses() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = text_of(path)
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][\w.-]*==[^\n]*(?:\n    --hash=\S+[ \\]*)*", text, flags=re.M | re.I)
        assert len(pinned) > 20
        assert all("--hash=sha256:" in one for one in pinned)


def test_base_is_part_of_all() -> None:
    """What is tested is what is served."""

    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==[^\s;\\]+)", text_of(ROOT / "requirements" / name), flags=re.M))

    assert pins("base.txt") <= pins("all.txt")


def test_npm_lock_holds_integrity_and_no_registry() -> None:
    lock = json.loads(text_of(ROOT / "package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry]
    assert "omit-lockfile-registry-resolved=true" in text_of(ROOT / ".npmrc")


def test_nothing_built_is_kept() -> None:
    assert not [short(path) for path in tracked() if BUILT.search(short(path))]


def test_nothing_is_heavy() -> None:
    heavy = {short(path): path.stat().st_size for path in tracked() if path.stat().st_size > LARGEST}
    assert not {name: size for name, size in heavy.items() if name not in LARGE}


def test_borrowed_style_without_borrowed_brand() -> None:
    """GOV.UK's components may be used; its typeface, crown and crest may not."""
    places = [ROOT / "src/alongside/site/static", ROOT / "src/alongside/site/styles"]
    files = [path for place in places if place.exists() for path in place.rglob("*") if path.is_file()]
    named = [short(path) for path in files if re.search(r"govuk-crest|govuk-opengraph|GDSTransport", path.name, re.I)]
    spoken = [
        short(path) for path in files if path.suffix in {".css", ".scss"} and "GDS " + "Transport" in text_of(path)
    ]
    assert not named + spoken


def test_the_licence_is_here() -> None:
    assert "Apache License" in text_of(ROOT / "LICENSE")
