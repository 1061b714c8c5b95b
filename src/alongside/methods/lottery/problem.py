"""What a lottery starts from: who said yes, how many are wanted of each group, and how many in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Unusable(ValueError):
    """A problem that cannot be read as one: a key twice, a quota twice, a least above its most."""


class Cancelled(Exception):
    """Somebody stopped the work. Nothing of it remains."""


@dataclass(frozen=True)
class Person:
    """Somebody in the pool. `key` says nothing about them; `home` is the same for people of one household."""

    key: str
    answers: Mapping[str, str]
    home: str = ""


@dataclass(frozen=True)
class Quota:
    """At least and at most so many panel members who gave this answer to this question."""

    question: str
    answer: str
    least: int
    most: int


@dataclass(frozen=True)
class Problem:
    """A pool, its quotas, and the size of the panel. `kept` are those who are on the panel already, by key."""

    people: Sequence[Person]
    quotas: Sequence[Quota]
    size: int
    one_a_home: bool = False
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kinds:
    """The pool as groups of people whom the rules cannot tell apart, in an order that does not hang on the pool's.

    `many[k]` people are of kind `k`, `keys[k]` are theirs; `within[q, k]` is 1 where kind `k` counts for quota `q`;
    of the kinds in one of `homes` at most one person may be chosen. Those of kinds in `kept` are always chosen.
    """

    many: Ints
    keys: tuple[tuple[str, ...], ...]
    within: Floats
    homes: tuple[tuple[int, ...], ...]
    kept: NDArray[np.bool_]
    quotas: tuple[Quota, ...]
    size: int
    digest: str = field(repr=False)

    def __len__(self) -> int:
        return len(self.many)


def kinds_of(problem: Problem) -> Kinds:
    """The kinds of a problem. Raises Unusable, saying why, for one that contradicts itself."""
    _refuse(problem)
    quotas = tuple(sorted(problem.quotas, key=lambda one: (one.question, one.answer)))
    questions = sorted({one.question for one in quotas})
    shared = _shared_homes(problem)
    groups: dict[tuple[tuple[str, ...], str, bool], list[str]] = {}
    for person in sorted(problem.people, key=lambda one: one.key):
        said = tuple(person.answers.get(name, "") for name in questions)
        home = person.home if person.home in shared else ""
        groups.setdefault((said, home, person.key in problem.kept), []).append(person.key)
    order = sorted(groups, key=lambda one: (one[0], groups[one][0]))
    place = {name: n for n, name in enumerate(questions)}
    within = np.array(
        [[float(kind[0][place[one.question]] == one.answer) for kind in order] for one in quotas], np.float64
    ).reshape(len(quotas), len(order))
    homes: dict[str, list[int]] = {}
    for n, (_said, home, _kept) in enumerate(order):
        if home:
            homes.setdefault(home, []).append(n)
    return Kinds(
        many=np.array([len(groups[kind]) for kind in order], np.int64),
        keys=tuple(tuple(groups[kind]) for kind in order),
        within=within,
        homes=tuple(sorted(tuple(one) for one in homes.values())),
        kept=np.array([kind[2] for kind in order], np.bool_),
        quotas=quotas,
        size=problem.size,
        digest=digest(problem),
    )


def digest(problem: Problem) -> str:
    """A mark, 64 letters long, of everything a lottery is worked out from; the same in whatever order it came."""
    shared = _shared_homes(problem)
    homes: dict[str, str] = {}  # a home's mark is the first key in it: what it is called makes no difference
    for person in sorted(problem.people, key=lambda one: one.key):
        homes.setdefault(person.home, person.key)
    lines = [f"size {problem.size} one_a_home {problem.one_a_home}"]
    lines += sorted(f"quota {_quoted(q.question, q.answer)} {q.least} {q.most}" for q in problem.quotas)
    for one in problem.people:
        said = _quoted(*(word for pair in sorted(one.answers.items()) for word in pair))
        home = homes[one.home] if one.home in shared else ""
        lines.append(f"person {_quoted(one.key, home)} {one.key in problem.kept} {said}")
    return sha256("\n".join([lines[0], *sorted(lines[1:])]).encode()).hexdigest()


def _quoted(*words: str) -> str:
    """Words that cannot run into one another."""
    return " ".join(f"{len(word.encode())}:{word}" for word in words)


def _shared_homes(problem: Problem) -> frozenset[str]:
    if not problem.one_a_home:
        return frozenset()
    many = Counter(person.home for person in problem.people if person.home)
    return frozenset(home for home, n in many.items() if n > 1)


def _refuse(problem: Problem) -> None:
    keys = [person.key for person in problem.people]
    if twice := _twice(keys):
        raise Unusable(f"Two people have the key {twice[0]!r}.")
    if twice := _twice([f"{one.question}: {one.answer}" for one in problem.quotas]):
        raise Unusable(f"There are two quotas for {twice[0]!r}.")
    for one in problem.quotas:
        if not 0 <= one.least <= one.most:
            raise Unusable(f"{one.question}: {one.answer} cannot be at least {one.least} and at most {one.most}.")
    if problem.size < 1:
        raise Unusable("A panel has at least one member.")
    if unknown := sorted(problem.kept - set(keys)):
        raise Unusable(f"Nobody in the pool has the key {unknown[0]!r}.")


def _twice(words: Iterable[str]) -> list[str]:
    return sorted(word for word, many in Counter(words).items() if many > 1)
