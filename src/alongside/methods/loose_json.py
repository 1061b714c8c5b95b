"""JSON as others write it: a key twice in one object, numbers of any length, `NaN`, and objects deep in objects."""

from __future__ import annotations

import json
import math
from typing import Any

LONGEST_NUMBER = 40  # digits; Python itself refuses to read very long ones
DEEPEST = 60  # deeper than any record of any standard goes


class Doubled(dict[str, Any]):
    """An object that wrote one of its keys twice; the last of each stands, `twice` names up to five such keys."""

    twice: tuple[str, ...] = ()


def parse(text: str) -> Any:
    """What the text says. Raises ValueError for what is no JSON, RecursionError for what is nested without end."""
    return json.loads(text, object_pairs_hook=_object, parse_int=_whole_number)


def too_deep(thing: object) -> bool:
    """Whether it goes more than 60 levels deep; said without going down by recursion."""
    level = [thing]
    for _depth in range(DEEPEST):
        below: list[object] = []
        for one in level:
            below.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        level = [one for one in below if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    doubled = Doubled(made)
    keys = [key for key, _value in pairs]
    doubled.twice = tuple(sorted({key for key in keys if keys.count(key) > 1}))[:5]
    return doubled


def _whole_number(digits: str) -> float:
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf
