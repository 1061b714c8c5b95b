"""Exact parts as they are read: in per cent, with one figure behind the point where there is one. Never by a float."""

from __future__ import annotations

from fractions import Fraction


def tenths(number: int | Fraction) -> str:
    """A number of nought or more to the nearest tenth: "12.5", and "50" rather than "50.0". A half of a tenth goes to
    the even one."""
    whole, rest = divmod(round(number * 10), 10)
    return f"{whole}.{rest}" if rest else f"{whole}"


def percent(part: int | Fraction) -> str:
    """A part of one in per cent, without the sign: a third is "33.3"."""
    return tenths(part * 100)
