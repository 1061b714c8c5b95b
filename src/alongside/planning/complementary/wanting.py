"""Which wishes a run looks for: what people want in their plans, counted by their own word, and not settled yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from alongside.ground.consent.models import CirclePlace
from alongside.ground.people.models import Kind, Membership, PartyState
from alongside.ground.records.queries import SHOWN, counted
from alongside.knowing.contributions.models import ContributionState
from alongside.knowing.contributions.queries import standing
from alongside.knowing.outcomes.models import Outcome, Wish, WishState
from alongside.planning.plans.models import Choice, Plan, PlanChoice, PlanPart

USUAL = 60  # minutes of a week, where nobody has said
SAID_YES = (ContributionState.ACCEPTED, ContributionState.PAUSED)
MOST_BAND = 5
Pair = tuple[int, int]  # of an outcome and an asset


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
    parts = PlanPart.objects.filter(
        section="want",
        plan__record__state__in=SHOWN,
        outcome__record__in=counted(),
        outcome__record__owner__kind=Kind.PERSON,
        outcome__record__owner__state=PartyState.LIVE,
    )
    parts = parts if only is None else parts.filter(outcome__in=only)
    rows = parts.select_related("plan__record", "outcome__record__owner__area", "outcome__record__owner__facts")
    once = {
        row.outcome.pk: (row.plan, row.outcome)
        for row in rows.defer("outcome__record__owner__area__boundary").order_by("pk")
        if row.outcome is not None
    }
    asked, whole = _asked_for(once)
    minutes, settled = _settled(once)
    found = []
    for pk, (plan, outcome) in sorted(once.items()):
        left = asked.get(pk, USUAL) - minutes[pk]
        if left > 0:
            found.append(Open(plan, outcome, left, pk not in whole, frozenset(settled[pk])))
    return found


def _asked_for(outcomes: Collection[int]) -> tuple[Counter[int], set[int]]:
    """Minutes of a week that the counted wishes beside an outcome ask for; and outcomes that want one holder alone."""
    minutes: Counter[int] = Counter()
    whole = set()
    wishes = Wish.objects.filter(state=WishState.WAITING, record__in=counted(), minutes_week__gt=0)
    for outcome, many, divisible in wishes.values_list("outcome", "minutes_week", "divisible"):
        if outcome in outcomes:
            minutes[outcome] += many or 0
            if not divisible:
                whole.add(outcome)
    return minutes, whole


def _settled(outcomes: Collection[int]) -> tuple[Counter[int], dict[int, set[int]]]:
    """Minutes that are promised or waited for already, and what somebody has chosen or said no to, by outcome."""
    minutes: Counter[int] = Counter()
    settled: dict[int, set[int]] = defaultdict(set)
    rows = standing(Outcome.objects.filter(record__in=counted()))
    for outcome, asset, many, state in rows.values_list("outcome", "asset", "minutes_week", "state"):
        if outcome in outcomes:
            minutes[outcome] += many if state != ContributionState.DECLINED else 0
            settled[outcome].add(asset)
    for outcome, asset, choice in PlanChoice.objects.values_list("outcome", "asset", "choice"):
        if choice in (Choice.NO, Choice.YES):
            settled[outcome].add(asset)
    return minutes, settled


def bands(wishes: Collection[Open]) -> dict[int, int]:
    """How little each owner is served, from 1 to 5: by how many others do something for them already. Five where
    nobody does, and one where four or more do."""
    givers: dict[int, set[int]] = {one.owner: set() for one in wishes}
    rows = standing(Outcome.objects.filter(record__in=counted())).filter(state__in=SAID_YES)
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
