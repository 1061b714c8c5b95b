"""Sums of money as whole pence: read from what somebody typed, and written for people to read. Never a float."""

from __future__ import annotations

import re
from fractions import Fraction

MOST = 10**13  # pence: more than any decision here is about
TYPED = re.compile(r"(?P<pounds>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<pence>\d{2}))?")


def pence_of(typed: str) -> int:
    """The pence in "5200", "£5,200", "£ 5,200.00" or "12.50".

    `ValueError` for anything else: a sum below nothing, one of more than a hundred thousand million pounds, and what
    could be read in two ways, like "1.5" or "5,2".
    """
    text = typed.strip().removeprefix("£").strip()
    found = TYPED.fullmatch(text) if text.isascii() else None
    if found is None:
        raise ValueError(f"{typed!r} is no sum of money.")
    pence = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)
    if pence > MOST:
        raise ValueError(f"{typed!r} is too large.")
    return pence


def pounds(pence: int | Fraction) -> str:
    """A sum to read: "£5,200", and "£12.50" where there are pence; one below nothing has a minus in front.

    Parts of a penny are rounded, a half to the even penny.
    """
    whole = round(pence)
    sign, whole = ("−", -whole) if whole < 0 else ("", whole)
    rest = f".{whole % 100:02}" if whole % 100 else ""
    return f"{sign}£{whole // 100:,}{rest}"
