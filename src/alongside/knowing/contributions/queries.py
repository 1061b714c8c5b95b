"""Who does what for an outcome, what is asked of whom, and whether anybody is there to answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Login, Membership, Party
from alongside.ground.people.queries import kept_by, open_bases
from alongside.ground.records.models import State
from alongside.ground.records.queries import visible_to
from alongside.knowing.contributions.models import Asked, Contribution, ContributionState
from alongside.knowing.outcomes.models import Outcome

OVER = (ContributionState.ENDED,)
REST = timedelta(days=7)  # nobody is asked twice in this time


def contributions(viewer: Actor) -> QuerySet[Contribution]:
    return Contribution.objects.filter(record__in=visible_to(viewer)).select_related(
        "party", "asset", "outcome", "record__owner"
    )


def contribution(viewer: Actor, key: UUID | str) -> Contribution | None:
    return contributions(viewer).filter(record__key=key).first()


def for_outcome(viewer: Actor, outcome: Outcome) -> QuerySet[Contribution]:
    """Who does what for an outcome, the person themselves first; what is over is left out."""
    return contributions(viewer).filter(outcome=outcome).exclude(state__in=OVER).order_by("pk")


def asked_of(viewer: Actor) -> QuerySet[Contribution]:
    """What waits for this viewer's yes or no, for themselves or a group they look after."""
    return _to_me(viewer).filter(state=ContributionState.ASKED).order_by("asked_at")


def given_by(viewer: Actor) -> QuerySet[Contribution]:
    """What this viewer, or a group they look after, has said yes to for others."""
    said_yes = (ContributionState.ACCEPTED, ContributionState.PAUSED)
    me = viewer.party
    return _to_me(viewer).filter(state__in=said_yes).exclude(record__owner=me).order_by("pk")


def _to_me(viewer: Actor) -> QuerySet[Contribution]:
    me = viewer.party
    if me is None:
        return Contribution.objects.none()
    mine = Q(party=me) | Q(party__in=kept_by(viewer))
    return contributions(viewer).filter(mine).exclude(record__state=State.ENDED)


def can_be_reached(party: Party) -> bool:
    """Whether somebody would see a message: they sign in, someone helps them, or a group has such a keeper."""
    people = Membership.objects.filter(of=party, until=None, role="keeper").values("member")
    reachable = Q(pk=party.pk) | Q(pk__in=people)
    signs_in = Exists(Login.objects.filter(party=OuterRef("pk"), is_active=True))
    helped = Exists(open_bases().filter(person=OuterRef("pk")))
    return Party.objects.filter(reachable).filter(signs_in | helped).exists()


def needs_rest(contribution: Contribution) -> bool:
    """Whether asking means asking somebody for unpaid time: those are not asked twice in a week."""
    asset = contribution.asset
    if asset is None:
        return contribution.party.is_person
    return not asset.paid and (contribution.party.is_person or hasattr(asset, "offer"))


def asked_since(holder: Party, since: datetime) -> bool:
    """Whether they were asked for something, in a plan or in another way."""
    in_a_plan = Contribution.objects.filter(party=holder, asked_at__gte=since)
    return in_a_plan.exists() or Asked.objects.filter(party=holder, at__gte=since).exists()


def standing(outcomes: Iterable[Outcome] | QuerySet[Any, Any]) -> QuerySet[Contribution]:
    """All that is not over for these outcomes, for a caller to whom a look has opened them or who may write them."""
    found = Contribution.objects.filter(outcome__in=outcomes).exclude(state__in=OVER)
    return found.select_related("party", "asset__offer", "record__owner", "outcome").order_by("pk")


def what_for(records: Collection[int]) -> list[tuple[int, int | None]]:
    """The outcome and the asset of each of these contributions."""
    rows = Contribution.objects.filter(pk__in=records).order_by("pk")
    return list(rows.values_list("outcome", "asset"))


def coming_to(assets: Collection[int]) -> dict[int, int]:
    """For how many wishes each of these things is promised, of those for which it is promised at all."""
    given = Contribution.objects.filter(asset__in=assets, state=ContributionState.ACCEPTED)
    rows = given.values_list("asset").annotate(many=Count("outcome", distinct=True)).order_by("asset")
    return {asset: many for asset, many in rows if asset is not None}


def asked_lately(holders: Iterable[int]) -> frozenset[int]:
    """Which of these holders were asked something in the last seven days; by whom is nobody's business."""
    holders, since = list(holders), timezone.now() - REST
    in_plans = Contribution.objects.filter(party__in=holders, asked_at__gte=since).values_list("party", flat=True)
    elsewhere = Asked.objects.filter(party__in=holders, at__gte=since).values_list("party", flat=True)
    return frozenset([*in_plans, *elsewhere])


def givers_to(owner: Party) -> QuerySet[Contribution, Any]:
    """Ids of those who have said yes to something for this party."""
    said_yes = (ContributionState.ACCEPTED, ContributionState.PAUSED)
    return Contribution.objects.filter(record__owner=owner, state__in=said_yes).values("party")
