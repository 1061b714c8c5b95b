"""The book's frameworks and the house's words, as data files, and the one function that reads them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read `name`.toml of this folder once. Raises FileNotFoundError where there is none."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_all(folder: str) -> dict[str, dict[str, Any]]:
    """Read every data file of one folder here once, by file name, in the order of their names."""
    found = sorted(entry.name for entry in files(__name__).joinpath(folder).iterdir() if entry.name.endswith(".toml"))
    return {name.removesuffix(".toml"): load(f"{folder}/{name.removesuffix('.toml')}") for name in found}
