"""Which of those that stand level is taken: by an order that everybody knew before.

Declared: lowest cost, then most votes, then the lot. The lot of a project is the SHA-256 of the seed, a colon and its
id, lowest first: anyone can draw it again (`printf '%s' 'seed:id' | sha256sum`). The seed must be fixed (its hash
published) before opening and shown after closing.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from alongside.methods.equal_shares.problem import Problem, Rule, Ties
from alongside.methods.equal_shares.result import Tie


def lot(seed: str, id: str) -> str:
    """The lot of one project, as 64 hexadecimal figures; the lowest goes first."""
    return sha256(f"{seed}:{id}".encode()).hexdigest()


class Order:
    """The order of all projects of a problem, for where they are level."""

    def __init__(self, problem: Problem, rule: Rule) -> None:
        self.names = ("id",) if rule.ties is Ties.ID else ("cost", "votes", "lot", "id")
        self.keys: dict[str, tuple[Any, ...]] = {
            id: (id,) if rule.ties is Ties.ID else (cost, -problem.votes[id], lot(rule.seed, id), id)
            for id, cost in problem.projects
        }

    def choose(self, round: int, tied: Sequence[str]) -> Tie:
        """The one to be taken, and by what it differs from the next."""
        first, second = sorted(tied, key=self.keys.__getitem__)[:2]
        pairs = zip(self.names, self.keys[first], self.keys[second], strict=True)
        by = next(name for name, one, other in pairs if one != other)
        return Tie(round, tuple(sorted(tied)), first, by)
