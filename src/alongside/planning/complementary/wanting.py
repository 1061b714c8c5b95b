"""Which wishes a run looks for: what people want in their plans, counted by their own word, and not settled yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.ground.consent.models import CirclePlace
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Membership, PartyState
from alongside.ground.records.queries import counted
from alongside.knowing.contributions.models import ContributionState
from alongside.knowing.contributions.queries import standing
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import asked_beside, outcomes
from alongside.planning.plans.models import Plan
from alongside.planning.plans.queries import settled, wanted_in_plans

MACHINE = Actor.system("complementary")
USUAL = 60  # minutes of a week, where nobody has said
SAID_YES = (ContributionState.ACCEPTED, ContributionState.PAUSED)
MOST_BAND = 5


@dataclass(frozen=True)
class Open:
    """A wish that is open: what its owner wants in which plan, how many minutes of a week are not settled yet, whether
    several may share it, and what somebody has said yes, maybe or no to for it already."""

    plan: Plan
    outcome: Outcome
    minutes: int
    divisible: bool
    settled: frozenset[int]

    @property
    def owner(self) -> int:
        return int(self.outcome.record.owner_id)


def open_wishes(only: Collection[int] | None = None) -> list[Open]:
    """Every open wish, or those of these outcomes, by id. Nothing of somebody on a break, and nothing without their
    word that it may be counted."""
    mine = _counted() if only is None else _counted().filter(pk__in=only)
    once = wanted_in_plans(mine)
    asked, whole = _asked_for(once)
    minutes, said = _settled(mine, once)
    found = []
    for pk, (plan, outcome) in once.items():
        left = asked.get(pk, USUAL) - minutes[pk]
        if left > 0:
            found.append(Open(plan, outcome, left, pk not in whole, frozenset(said[pk])))
    return found


def _counted() -> QuerySet[Outcome]:
    return outcomes(MACHINE).filter(
        record__in=counted(), record__owner__kind=Kind.PERSON, record__owner__state=PartyState.LIVE
    )


def _asked_for(those: Collection[int]) -> tuple[Counter[int], set[int]]:
    """Minutes of a week that the counted wishes beside an outcome ask for; and outcomes that want one holder alone."""
    minutes: Counter[int] = Counter()
    whole = set()
    for outcome, many, divisible in asked_beside(MACHINE, those):
        minutes[outcome] += many
        if not divisible:
            whole.add(outcome)
    return minutes, whole


def _settled(mine: QuerySet[Outcome], those: Collection[int]) -> tuple[Counter[int], dict[int, set[int]]]:
    """Minutes that are promised or waited for already, and what somebody has chosen or said no to, by outcome."""
    minutes: Counter[int] = Counter()
    said: dict[int, set[int]] = defaultdict(set)
    for outcome, asset, many, state in standing(mine).values_list("outcome", "asset", "minutes_week", "state"):
        minutes[outcome] += many if state != ContributionState.DECLINED else 0
        said[outcome].add(asset)
    for outcome, asset in settled(those):
        said[outcome].add(asset)
    return minutes, said


def bands(wishes: Collection[Open]) -> dict[int, int]:
    """How little each owner is served, from 1 to 5: by how many others do something for them already. Five where
    nobody does, and one where four or more do."""
    givers: dict[int, set[int]] = {one.owner: set() for one in wishes}
    rows = standing(_counted()).filter(state__in=SAID_YES)
    for owner, party in rows.values_list("record__owner", "party"):
        if owner in givers and party != owner:
            givers[owner].add(party)
    return {owner: max(MOST_BAND - len(others), 1) for owner, others in givers.items()}


def belongings(wishes: Collection[Open]) -> dict[int, frozenset[str]]:
    """Keys of the communities that each owner belongs to, and of the people in whose circle they are."""
    found: dict[int, set[str]] = {one.owner: set() for one in wishes}
    for member, of in Membership.objects.filter(until=None).values_list("member", "of"):
        if member in found:
            found[member].add(community_key(of))
    for member, owner in CirclePlace.objects.filter(until=None).values_list("member", "owner"):
        if member in found:
            found[member].add(circle_key(owner))
    return {owner: frozenset(keys) for owner, keys in found.items()}


def community_key(party: int) -> str:
    return f"community {party}"


def circle_key(owner: int) -> str:
    return f"circle of {owner}"
