"""Codes that come through a door: letters and figures that nobody takes for one another, kept only as keyed hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from alongside.ground.people.queries import hash_token

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1, I and L
LONG = 8  # 31 to the eighth: 39 bits
READ_AS = str.maketrans({"-": "", " ": "", "\xa0": "", ".": "", "–": "", "—": ""})


@dataclass(frozen=True)
class Batch:
    """Codes printed together, each beside the name it is for, if any. They can be read here once and never again."""

    name: str
    codes: tuple[tuple[str, str], ...]


def batch() -> str:
    """A name for a batch, to write on its box: "B-4M7Q"."""
    return f"B-{''.join(secrets.choice(LETTERS) for _n in range(4))}"


def fresh() -> str:
    """A code as it is printed, in two halves: "K7QM-3PXD"."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LONG))
    return f"{code[:4]}-{code[4:]}"


def plain(text: str) -> str:
    """A code as somebody typed it, as it is compared; empty where it cannot be one."""
    code = text[:40].upper().translate(READ_AS)
    return code if len(code) == LONG and set(code) <= set(LETTERS) else ""


def hashed(code: str) -> str:
    """What is kept of a code. Keyed, so that a copied database gives no code away."""
    return hash_token(f"door code|{plain(code)}")
