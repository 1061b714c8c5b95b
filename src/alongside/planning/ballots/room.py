"""What a hall counted, as ballots to be counted: so that one count serves a room of forty and a whole area.

Only sums are known of a room, so these are no person's ballots. They add up to what was counted: where hands went up,
the first so many of those present; where dots were put up, each dot by itself; where consent was asked, those with a
reason against it first. Whatever a count says about single ballots ("got nothing they picked") is not said of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Refused, action
from alongside.ground.history.actor import Actor
from alongside.planning.ballots import policy
from alongside.planning.ballots.models import Ballot, BallotMark, Present, Tally
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, DecisionGroup, Rule, Side
from alongside.planning.ideas import queries as ideas
from alongside.planning.ideas.models import Option


@dataclass(frozen=True)
class Counted:
    """One ballot as it is counted: the key of its group, and what it gives options, by their numbers on the paper.
    Where it is not `single` it is part of a room's sums, and nobody's own."""

    key: str
    group: str
    marks: Mapping[int, int]
    organisation: bool = False
    single: bool = True


ORGANISED = frozenset({Side.COMMUNITIES, Side.COMMISSIONERS, Side.SUPPLIERS})


@dataclass(frozen=True)
class GroupInRoom:
    """What one group did in a room: how many were there, and what they gave each option in the order of the list, or
    the numbers that each slip picks."""

    key: str
    people: int
    sums: Sequence[int] = ()
    slips: Sequence[Iterable[int]] = ()


@action("ballots.keep_room", may=policy.may_close)
def keep_room(*, by: Actor, decision: Decision, groups: Sequence[GroupInRoom], dots_each: int | None = None) -> None:
    """Keep what was counted in a room, group by group: sums as sums, and slips as ballots that no name is on.

    Raises Refused for a secret vote, for a decision that is not open, and where a room was kept before.
    """
    rows = {group.key: group for group in decision.groups.all()}
    before = Present.objects.filter(group__in=rows.values()).exists()
    if decision.terms.secret or before or not decisions.is_open_for(decision, "vote"):
        raise Refused(_("Only what one room decides is kept in this way, and once."))
    options = ideas.options(by, decision)
    for one in groups:
        group = rows[one.key]
        Present.objects.create(decision=decision, group=group, people=one.people, dots_each=dots_each)
        given = zip(options, one.sums, strict=bool(one.sums))
        Tally.objects.bulk_create(Tally(group=group, option=option, value=value) for option, value in given)
        _keep_slips(decision, group, one.slips, {option.n: option for option in options})


def _keep_slips(
    decision: Decision, group: DecisionGroup, slips: Iterable[Iterable[int]], options: Mapping[int, Option]
) -> None:
    for slip in slips:
        ballot = Ballot.objects.create(key=secrets.token_hex(32), decision=decision, group=group)
        BallotMark.objects.bulk_create(
            BallotMark(key=secrets.token_hex(32), ballot=ballot, option=options[n], value=1) for n in sorted(set(slip))
        )


def present(decision: Decision) -> list[Present]:
    """How many of each group were in the room, in the order of groups."""
    return list(Present.objects.filter(decision=decision).select_related("group").order_by("group__position"))


def tallies(decision: Decision) -> dict[int, list[tuple[str, int]]]:
    """By the row of an option, what each group in the room gave it, with the group's name; empty for slips."""
    found: dict[int, list[tuple[str, int]]] = {}
    for row in Tally.objects.filter(group__decision=decision).select_related("group").order_by("group__position"):
        found.setdefault(row.option_id, []).append((row.group.name, row.value))
    return found


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
        found += [Counted(f"{key} {n}", key, one, organised, single=False) for n, one in enumerate(marks)]
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
