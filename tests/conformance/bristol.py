"""Where the real geography of Bristol is, and how to load it; tests that need it are skipped where it is not."""

import os
from functools import cache
from pathlib import Path

import pytest

from alongside.exchange.areas.actions import load_file

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = {"msoa": ("msoa11", "2011"), "ward": ("wd13", "2013"), "lsoa": ("lsoa11", "2011")}
FILES = {"msoa": "bristol-msoa11", "ward": "bristol-ward13", "lsoa": "bristol-lsoa11"}


@cache
def shared_data() -> Path:
    """The folder of others' data, beside the repository or where ALONGSIDE_SHARED_DATA says."""
    folder = Path(os.environ.get("ALONGSIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("CI"):
            raise FileNotFoundError(f"Others' data must be at {folder}: set ALONGSIDE_SHARED_DATA.")
        pytest.skip(f"Others' data is not at {folder}")
    return folder


def load_bristol(*kinds: str) -> dict[str, dict]:
    """Load the areas of Bristol, with deprivation and population for the small ones."""
    folder = shared_data() / "geography"
    done = {}
    for kind in kinds or KINDS:
        field, edition = KINDS[kind]
        done[kind] = load_file(
            folder / f"{FILES[kind]}.geojson",
            kind=kind,
            edition=edition,
            code_field=f"{field}cd",
            name_field=f"{field}nm",
            figures=folder / "bristol-lsoa11-imd2019-pop2019.csv" if kind == "lsoa" else None,
            period="2019" if kind == "lsoa" else "",
            source="ONS, English indices of deprivation 2019 (OGL v3.0)" if kind == "lsoa" else "",
        )
    return done
