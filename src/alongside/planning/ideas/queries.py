"""Ideas for a decision and what can be voted on, as far as a viewer may see them; and where the list came from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, When

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party, PartyState, Role, Sort
from alongside.ground.people.queries import kept_by, open_memberships
from alongside.ground.records.models import SHOWN, State
from alongside.ground.records.queries import reached_by, shown_like, visible_to
from alongside.planning.decisions.models import Decision, Rule, Side, Stage
from alongside.planning.decisions.queries import decisions, seen, voting
from alongside.planning.ideas import policy
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState, Interest, Option, Point, PointAnswer, PointKind
from alongside.planning.ideas.sides import side_of as side_of
from alongside.planning.ideas.standing import first_day_of_vote
from alongside.planning.ideas.standing import is_in_talk as is_in_talk
from alongside.planning.ideas.standing import is_over as is_over
from alongside.planning.ideas.standing import is_still as is_still
from alongside.planning.ideas.standing import is_taking_ideas as is_taking_ideas
from alongside.planning.ideas.standing import may_list_now as may_list_now

NONE = Q(pk__in=())  # what was joined with it is not told
HIDDEN = (State.ENDED, State.ERASED)


def ideas(viewer: Actor, decision: Decision) -> QuerySet[Idea]:
    """Ideas of a decision that this viewer may see, in the order in which they came; none that were taken back.

    What stands without a name is the same for all, also for whoever blocked its writer: what vanished for them
    alone would tell who wrote it.
    """
    if not seen(viewer, decision):
        return Idea.objects.none()
    found = Idea.objects.filter(_seen(viewer), decision=decision).exclude(record__state__in=HIDDEN)
    return _whole(found.exclude(state=IdeaState.WITHDRAWN), joined=_seen(viewer)).order_by("pk")


def idea(viewer: Actor, decision: Decision, key: UUID | str) -> Idea | None:
    """One idea, with the decision in hand, so that what is known of that is asked once."""
    found = ideas(viewer, decision).filter(record__key=key).first()
    if found is not None:
        found.decision = decision
    return found


def into(viewer: Actor, one: Idea) -> Idea | None:
    """What an idea was joined with, if this viewer may see that too."""
    return ideas(viewer, one.decision).filter(pk=one.merged_into_id).first() if one.merged_into_id else None


def options(viewer: Actor, decision: Decision) -> list[Option]:
    """What can be voted on, in the order of the paper. The same for everyone who sees the decision, whoever has blocked
    whom: a ballot on which something is missing would not be the same ballot."""
    if not seen(viewer, decision):
        return []
    whole = Prefetch("idea", _whole(Idea.objects.all()))
    return list(Option.objects.filter(decision=decision).prefetch_related(whole).order_by("n"))


def barred(decision: Decision, party: Party) -> frozenset[int]:
    """The options on which a party has no vote: they, or an organisation for which they work, would be paid for them.

    Whoever has a role in a group or organisation beyond belonging to it works for it. An idea carries the interests
    of the ideas that were joined with it. Who would do an idea unpaid is not barred, unless they said they are paid.
    """
    us = {party.pk} | set(
        open_memberships().filter(member=party).exclude(role=Role.MEMBER).values_list("of", flat=True)
    )
    paid = set(
        Interest.objects.filter(idea__decision=decision, kind="paid", party__in=us).values_list("idea", flat=True)
    )
    runs = Idea.objects.filter(decision=decision, run_by__in=us, run_unpaid=False)
    paid |= set(runs.values_list("pk", flat=True))
    if not paid:
        return frozenset()
    into = _joins(decision)
    roots = {_root(pk, into) for pk in paid}
    return frozenset(Option.objects.filter(decision=decision, idea__in=roots).values_list("pk", flat=True))


def _joins(decision: Decision) -> dict[int, int | None]:
    return dict(Idea.objects.filter(decision=decision, state=IdeaState.MERGED).values_list("pk", "merged_into"))


def _root(pk: int, into: dict[int, int | None]) -> int:
    while (above := into.get(pk)) is not None:
        pk = above
    return pk


@dataclass(frozen=True)
class Rounds:
    """The same idea in the round before and in the next one, where a decision went back for talk."""

    before: Idea | None = None
    after: Idea | None = None
    said: int = 0  # how much was said about it before


def rounds(viewer: Actor, idea: Idea) -> Rounds:
    """Where else this idea stands, as far as the viewer may see it. One statement for an idea of one round."""
    here, there = idea.record_id, idea.decision_id
    first = Q(record__links_on__dst=here, decision__record__links_on__dst=there)
    then = Q(record__links_back__src=here, decision__record__links_back__src=there)
    other = Idea.objects.filter(first | then).exclude(decision__stage=Stage.DRAFT)
    found = {one.pk: one for one in other.select_related("record__owner", "decision__record").order_by("pk")}
    seen = [one for one in found.values() if ideas(viewer, one.decision).filter(pk=one.pk).exists()]
    before = next((one for one in seen if one.pk < idea.pk), None)
    after = next((one for one in seen if one.pk > idea.pk), None)
    return Rounds(before, after, points(viewer, before.decision, before).count() if before is not None else 0)


def carried(draft: Decision) -> dict[str, int]:
    """How many ideas lie beside a draft that came from the round before, by their state. For those who look after
    it."""
    return Counter(Idea.objects.filter(decision=draft).values_list("state", flat=True))


@dataclass
class SideTold:
    """What one side wrote for a decision and what became of it: counts of ideas."""

    side: Side
    put_forward: int = 0
    on_list: int = 0
    joined: int = 0
    dropped: int = 0
    dropped_by: dict[Side, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name of the side."""
        return str(self.side.label)

    @property
    def droppers(self) -> list[tuple[str, int]]:
        """Which side dropped how many of theirs."""
        return [(str(side.label), many) for side, many in self.dropped_by.items()]


@dataclass(frozen=True)
class Provenance:
    """Where what is voted on came from: who set the question, and each side's ideas."""

    set_by: Side
    set_from: str
    sides: list[SideTold]


def provenance(decision: Decision) -> Provenance:
    """Who set the question, how many ideas on the list each side wrote, and how many of each side's were dropped, by
    which side. Counts of ideas that everyone who sees the decision may read, so they are plain."""
    told: dict[str, SideTold] = {}
    rows = Idea.objects.filter(decision=decision, record__in=shown_like(decision.record))
    rows = rows.exclude(state=IdeaState.WITHDRAWN)
    for side, state, by in rows.order_by("pk").values_list("side", "state", "state_side"):
        one = told.setdefault(side, SideTold(Side(side)))
        one.put_forward += 1
        one.on_list += state == IdeaState.LISTED
        one.joined += state == IdeaState.MERGED
        if state == IdeaState.DROPPED:
            one.dropped += 1
            one.dropped_by[Side(by)] = one.dropped_by.get(Side(by), 0) + 1
    return Provenance(Side(decision.question_side), decision.question_from, [told[s] for s in Side.values if s in told])


def points(viewer: Actor, decision: Decision, idea: Idea | None = None) -> QuerySet[Point]:
    """What was said about an idea, or about the whole decision, in the order of days and not of likes."""
    if not seen(viewer, decision):
        return Point.objects.none()
    found = Point.objects.filter(_seen(viewer), decision=decision, idea=idea).exclude(record__state__in=HIDDEN)
    answers = Prefetch("answers", PointAnswer.objects.select_related("by").order_by("n"))
    return (
        found.select_related("record__owner", "decision__record", "idea__record__owner")
        .prefetch_related(answers)
        .order_by("on", "pk")
    )


def said(viewer: Actor, decision: Decision, idea: Idea | None = None) -> list[Point]:
    """The same to be shown, each with the decision and the idea in hand."""
    found = list(points(viewer, decision, idea))
    for one in found:
        one.decision, one.idea = decision, idea
    return found


def point(viewer: Actor, decision: Decision, key: UUID | str) -> Point | None:
    """One thing that was said, if this viewer may see it and what it is about."""
    found = Point.objects.filter(decision=decision, record__key=key).select_related("idea").first()
    if found is None or (found.idea is not None and not ideas(viewer, decision).filter(pk=found.idea_id).exists()):
        return None
    return points(viewer, decision, found.idea).filter(pk=found.pk).first()


def objections_left(decision: Decision) -> dict[int, int]:
    """By idea, how many objections are not put right yet, with those to what was joined with it.

    What waits for a look, or was not shown after one, is not counted. Where consent decides, only those that bind
    are: said before people began to choose, by a side that holds a part of the say. Others are read as advice.
    """
    found = Point.objects.filter(decision=decision, kind=PointKind.OBJECTION, settled=False, idea__isnull=False)
    found = found.filter(Q(record__in=shown_like(decision.record)) | Q(record__state=State.RESTING))
    if decision.terms.rule == Rule.CONSENT:
        found = found.filter(on__lt=first_day_of_vote(decision), side__in={one.side for one in voting(decision)})
    about = list(found.values_list("idea", flat=True))
    into = _joins(decision) if about else {}
    return dict(Counter(_root(pk or 0, into) for pk in about))


def names_for(viewer: Actor) -> list[Party]:
    """In whose names this viewer may speak: their own, and those of the groups they look after."""
    me = viewer.party
    if me is None:
        return []
    kept = Party.objects.filter(pk__in=kept_by(viewer), state=PartyState.LIVE).order_by("name", "pk")
    return [me] if viewer.is_helping or viewer.program is not None else [me, *kept]


def group_called(name: str, *, organisations: bool = False) -> Party | None:
    """A group or organisation of exactly this name, or only an organisation. People are never found by name."""
    plain = _plain(name)
    return _groups(organisations).filter(name__iexact=plain).order_by("pk").first() if plain else None


def groups_like(part: str, most: int, *, organisations: bool = False) -> list[Party]:
    """Groups and organisations whose names hold all these words or parts of words, by name; those that are public
    services first, where there are more. Their names are open to all, as their pages are."""
    found = _groups(organisations)
    for word in _plain(part).split()[:6]:
        found = found.filter(name__icontains=word)
    public = Case(When(sort=Sort.PUBLIC, then=0), default=1)
    return sorted(found.order_by(public, "name", "pk")[:most], key=lambda one: one.name.casefold())


def _groups(organisations: bool) -> QuerySet[Party]:
    found = Party.objects.filter(state=PartyState.LIVE).exclude(kind=Kind.PERSON).exclude(sort=Sort.HOUSEHOLD)
    return found.filter(kind=Kind.ORGANISATION) if organisations else found


def _plain(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())


def put_forward_by(viewer: Actor, owner: Party, most: int = 20) -> list[Idea]:
    """What somebody put forward, newest first, named or not; for them and whoever helps them with it."""
    if not policy.speaks_for(viewer, owner):
        return []
    found = Idea.objects.filter(record__owner=owner, said_by="").exclude(record__state__in=HIDDEN)
    found = found.filter(decision__in=decisions(viewer).order_by().values("pk"))
    return list(found.select_related("record", "decision__record").order_by("-pk")[:most])


def to_answer(decisions_: Iterable[int]) -> list[Idea]:
    """Ideas of decisions that are owed an answer of their own: all that others have seen, but what was joined with
    another or taken back. They are read by whoever sees the decision."""
    found = Idea.objects.filter(decision__in=decisions_).exclude(state__in=(IdeaState.MERGED, IdeaState.WITHDRAWN))
    shown = found.filter(record__state__in=SHOWN).select_related("record", "decision__record")
    return [one for one in shown.order_by("pk") if one.record.audience == one.decision.record.audience]


def hold(idea: Idea) -> Idea:
    """The idea, whose row stays locked until the action around this is done."""
    return Idea.objects.select_for_update().get(pk=idea.pk)


def by_state(found: Iterable[Idea]) -> dict[str, list[Idea]]:
    """Ideas under the name of their state."""
    sorted_: dict[str, list[Idea]] = defaultdict(list)
    for one in found:
        sorted_[one.state].append(one)
    return dict(sorted_)


def _seen(viewer: Actor) -> Q:
    return Q(record__in=visible_to(viewer)) | Q(named=False, record__in=reached_by(viewer))


def _whole(found: QuerySet[Idea], joined: Q = NONE) -> QuerySet[Idea]:
    assets = Prefetch("assets", IdeaAsset.objects.select_related("party").order_by("pk"))
    interests = Prefetch("interests", Interest.objects.select_related("party").order_by("pk"))
    told = Idea.objects.filter(joined, state=IdeaState.MERGED).select_related("record__owner").order_by("pk")
    near = ("record__owner", "decision__record__owner", "run_by", "state_by", "merged_into__record")
    return found.select_related(*near).prefetch_related(assets, interests, Prefetch("merged", told))
