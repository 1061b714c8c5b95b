"""What a hall counted, as ballots to be counted: so that one count serves a room of forty and a whole area.

Only sums are known of a room, so these are no person's ballots. They add up to what was counted: where hands went up,
the first so many of those present; where dots were put up, each dot by itself; where consent was asked, those with a
reason against it first. Whatever a count says about single ballots ("got nothing they picked") is not said of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alongside.planning.ballots.models import Present, Tally
from alongside.planning.decisions.models import Decision, Rule, Side


@dataclass(frozen=True)
class Counted:
    """One ballot as it is counted: the key of its group, and what it gives options, by their numbers on the paper."""

    key: str
    group: str
    marks: Mapping[int, int]
    organisation: bool = False


ORGANISED = frozenset({Side.COMMUNITIES, Side.COMMISSIONERS, Side.SUPPLIERS})


def in_room(decision: Decision) -> list[Counted]:
    """The ballots that a room's sums amount to, in the order of groups and numbers; empty where no sums were kept."""
    consent = decision.terms.rule == Rule.CONSENT
    sums: dict[int, dict[int, int]] = {}
    for tally in Tally.objects.filter(group__decision=decision).select_related("option").order_by("option__n"):
        sums.setdefault(tally.group_id, {})[tally.option.n] = tally.value
    if not sums:
        return []  # slips were collected, which are ballots of single people
    found: list[Counted] = []
    for present in Present.objects.filter(decision=decision).select_related("group").order_by("group__position"):
        counted = sums.get(present.group_id, {})
        marks = _dots(counted) if present.dots_each else _hands(counted, present.people, consent=consent)
        key, organised = present.group.key, present.group.side in ORGANISED
        found += [Counted(f"{key} {n}", key, one, organised) for n, one in enumerate(marks)]
    return found


def _hands(counted: dict[int, int], people: int, *, consent: bool) -> Iterator[dict[int, int]]:
    """One for each person present. An option that `counted` gives 7 is picked by the first seven of them; with
    consent the first seven have a reason against it, and the rest have none."""
    for n in range(people):
        if consent:
            yield {option: -1 if n < value else 1 for option, value in counted.items()}
        else:
            yield {option: 1 for option, value in counted.items() if n < value}


def _dots(counted: dict[int, int]) -> Iterator[dict[int, int]]:
    for option, value in counted.items():
        yield from ({option: 1} for _dot in range(value))
