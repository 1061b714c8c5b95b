"""The book's frameworks and the house's words, as data files, and the one function that reads them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read `name`.toml of this folder once. Raises FileNotFoundError where there is none."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
