"""Sixty things that matter, said as residents say them, and how well services of one real directory answer them.

`statements.csv` and `judgements.csv` are ours; the directory's own words are not here (README.md beside this).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import log2
from pathlib import Path

HERE = Path(__file__).resolve().parent
FITS = 2  # a grade that helps clearly; a statement without one has no good answer in this directory


@dataclass(frozen=True)
class Statement:
    """What somebody said. `manner` is direct, sideways, worry, offer or nothing (that the directory meets)."""

    id: str
    manner: str
    about: str
    text: str


@cache
def statements() -> tuple[Statement, ...]:
    with (HERE / "statements.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Statement(row["id"], row["manner"], row["about"], row["text"]) for row in csv.DictReader(file))


@cache
def judgements() -> dict[str, dict[str, int]]:
    """For every statement the grade, 0 to 3, of every service judged, by the directory's own id."""
    return _grades("judgements.csv")


@cache
def second_reading() -> dict[str, dict[str, int]]:
    """The same from a second reader: pairs that the first had not read, and two hundred that they had."""
    return _grades("second_reading.csv")


@cache
def filled() -> dict[str, dict[str, int]]:
    """All grades of the first reader and, where they gave none, of the second."""
    return {key: {**second_reading().get(key, {}), **grades} for key, grades in judgements().items()}


@cache
def taps() -> list[dict[str, tuple[str, ...]]]:
    """For each of three people, by statement, what they tapped who saw it and the six things it may be about, or
    `none`, and nothing else: no result and no directory. Nothing where the page asks nothing."""
    with (HERE / "taps.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{row["statement"]: tuple(row[who].split()) for row in rows} for who in ("first", "second", "third")]


def _grades(name: str) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grades[row["statement"]][row["service"]] = int(row["grade"])
    return dict(grades)


def agreement() -> tuple[int, float]:
    """Of how many pairs both readers gave a grade, and Cohen's kappa of the two, weighted by squares."""
    again = second_reading()
    pairs = [
        (grade, again[key][one])
        for key, of in judgements().items()
        for one, grade in of.items()
        if one in again.get(key, {})
    ]
    apart = sum((one - other) ** 2 for one, other in pairs) / len(pairs)
    chance = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    return len(pairs), 1 - apart / chance


@cache
def halves() -> dict[str, str]:
    """`develop` or `test` for every statement: within each manner alternately, in the order of a hash."""
    by_manner: dict[str, list[str]] = defaultdict(list)
    for one in statements():
        by_manner[one.manner].append(one.id)
    found, turn = {}, 0
    for manner in sorted(by_manner):
        mixed = sorted(by_manner[manner], key=lambda key: sha256(f"whatmatters {key}".encode()).hexdigest())
        found |= {key: ("develop", "test")[(n + turn) % 2] for n, key in enumerate(mixed)}
        turn = (turn + len(mixed)) % 2
    return found


def answered(key: str) -> bool:
    """Whether the directory has anything that helps clearly."""
    return max(judgements()[key].values(), default=0) >= FITS


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], at: int) -> float:
    """Normalised discounted gain of the first `at`, with gains 2^grade - 1; what was never judged gains nothing."""
    best = sorted(grades.values(), reverse=True)[:at]
    full = sum((2**grade - 1) / log2(n + 2) for n, grade in enumerate(best))
    gained = sum((2 ** grades.get(key, 0) - 1) / log2(n + 2) for n, key in enumerate(ranked[:at]))
    return gained / full if full else 0.0


def hit(ranked: Sequence[str], grades: Mapping[str, int], at: int) -> bool:
    """Whether one of the first `at` helps clearly."""
    return any(grades.get(key, 0) >= FITS for key in ranked[:at])


def auc(yes: Iterable[float], no: Iterable[float]) -> float:
    """The chance that one of `yes` scores above one of `no`; a draw counts half (area under the curve)."""
    ups, downs = list(yes), list(no)
    pairs = [(up > down) + (up == down) / 2 for up in ups for down in downs]
    return sum(pairs) / len(pairs) if pairs else 0.0
