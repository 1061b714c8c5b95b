"""What the invented town decides together: a vote that is open, one that is over, ideas for the next, and a hall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Membership, Party, Role, Sort
from alongside.methods.say.model import MILLION
from alongside.planning.answers.actions import follow_up, reply
from alongside.planning.answers.models import Reply
from alongside.planning.ballots.actions import cast, close, fresh
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.actions import Days, GroupSaid
from alongside.planning.decisions.models import Decision, Phase, Rule
from alongside.planning.decisions.models import Side as DecisionSide
from alongside.planning.halls.actions import Counted, Evening, How, Wall, hold
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea
from alongside.planning.results.actions import count
from alongside.planning.results.models import Result
from alongside.planning.rolls.actions import Named, add_to_list
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

PENCE = 100
WEIGHT = MILLION // 100
CHANCE = 100  # in how many
LONG_AGO = 500  # days
FEWEST, ONE_IN, FEW_GROUPS = 9, 6, 5  # of those who choose: at least, of the town, and groups
ON_THE_WALL = ("question", "can_change", "answers_for")
ASKED = ("why", "can_change", "cannot_change", "answers_for", "fairness", "question_side", "question_from")


def decide(rng: Random, folk: Folk) -> int:
    """Ask, put ideas forward, talk, choose and answer, each in its time. How many decisions."""
    bank = load("decisions")
    _were_here()
    for spec in bank["decision"]:
        _one(rng, folk, spec)
    for spec in bank["hall"]:
        _evening(rng, folk, spec)
    return len(bank["decision"]) + len(bank["hall"])


def _were_here() -> None:
    """The town was there long before: whoever came after a vote opened would have no place in it by membership."""
    long_ago = timezone.now() - timedelta(days=LONG_AGO)
    Party.objects.filter(since__gt=long_ago).update(since=long_ago)
    Membership.objects.filter(since__gt=long_ago).update(since=long_ago)


def _one(rng: Random, folk: Folk, spec: dict[str, Any]) -> None:
    by = Actor(person=folk.cast[spec["by"]])
    made = decisions.ask(by=by, owner=folk.cast[spec["owner"]], question=spec["question"])
    rekey(rng, made.record)
    _set_up(by, made, folk, spec)
    put = [(one, _idea(rng, folk, made, one)) for one in spec["idea"]]
    if spec["days"]["vote"][0] <= 0:
        _now_is(made, spec, "shortlist")
        ideas.shortlist(by=by, decision=_again(made), ideas=[idea for _one, idea in put], left_out={})
        _now_is(made, spec, "vote")
        _vote(rng, folk, _again(made), spec)
    _set_days(made, spec, 0)
    if spec.get("done"):
        close(by=Actor.system("demo"), decision=_again(made))
        count(by=Actor.system("demo"), decision=_again(made))
        over = _day(spec["days"]["vote"][1] + 1)
        Result.objects.filter(decision=made).update(counted_on=over)
        Decision.objects.filter(pk=made.pk).update(stage_on=over)
        for one, idea in put:
            _answer(by, idea, one.get("replies", []))


def _set_up(by: Actor, made: Decision, folk: Folk, spec: dict[str, Any]) -> None:
    said = decisions.Said(**{name: spec[name] for name in ASKED})  # type: ignore[typeddict-item]
    if not spec.get("binds", True):
        named = folk.cast[spec["answered_by"]]
        said |= decisions.Said(binds=False, answered_by=named, answer_by=_day(spec["answer_in"]))
    decisions.write(by=by, decision=made, **said)
    terms = decisions.TermsSaid(rule=Rule.APPROVAL, winners=spec.get("winners"))
    if "budget" in spec:
        terms = decisions.TermsSaid(rule=Rule.BUDGET, budget_pence=spec["budget"] * PENCE, quorum=spec.get("quorum", 0))
    decisions.set_terms(by=by, decision=made, **terms)
    decisions.set_groups(by=by, decision=made, groups=[_group(one) for one in spec["groups"]])
    decisions.set_ways(by=by, decision=made, ways=["member", "vouched"])
    first = min(since for since, _until in spec["days"].values())
    days = [Days(kind, _day(since - first), _day(until - first)) for kind, (since, until) in spec["days"].items()]
    decisions.plan_phases(by=by, decision=made, days=days)
    decisions.declare(by=by, decision=made)


def _group(one: dict[str, Any]) -> GroupSaid:
    floor = one.get("floor")
    return GroupSaid(
        one["name"], one["side"], one["weight"] * WEIGHT, floor is not None, floor, one.get("key", one["side"])
    )


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _again(made: Decision) -> Decision:
    return Decision.objects.select_related("record__owner", "terms").get(pk=made.pk)


def _now_is(made: Decision, spec: dict[str, Any], kind: str) -> None:
    """Let so much time go by that the first day of this part is today."""
    _set_days(made, spec, -spec["days"][kind][0])


def _set_days(made: Decision, spec: dict[str, Any], later: int) -> None:
    for kind, (since, until) in spec["days"].items():
        Phase.objects.filter(decision=made, kind=kind).update(since=_day(since + later), until=_day(until + later))


def _idea(rng: Random, folk: Folk, made: Decision, one: dict[str, Any]) -> Idea:
    owner, decision = folk.cast[one["owner"]], _again(made)
    idea = ideas.put_forward(
        by=Actor.system("demo"),
        decision=decision,
        owner=owner,
        title=one["title"],
        words=one["words"],
        cost_pence=one["cost"] * PENCE if "cost" in one else None,
        cost_how=one.get("cost_how", ""),
        brings=[_brought(said) for said in one.get("brings", [])],
        named=True,
    )
    rekey(rng, idea.record)
    for said in one.get("points", []):
        _point(rng, folk, decision, idea, said)
    return idea


def _brought(said: dict[str, Any]) -> ideas.Brings:
    return ideas.Brings(said["kind"], said["words"], said["side"], None, said.get("minutes"))


def _point(rng: Random, folk: Folk, decision: Decision, idea: Idea, said: dict[str, Any]) -> None:
    by = Actor.system("demo")
    point = ideas.say(
        by=by, decision=decision, owner=folk.cast[said["by"]], idea=idea, kind=said["kind"], words=said["words"]
    )
    rekey(rng, point.record)
    if "answer" in said:
        ideas.answer_point(by=by, point=point, words=said["answer"])


def _vote(rng: Random, folk: Folk, decision: Decision, spec: dict[str, Any]) -> None:
    """So many people choose, and groups through those who look after them; each by their group's likings."""
    likes = [one["likes"] for one in spec["idea"]]
    cast_of_town = set(folk.cast.values())
    ward = spec.get("ward")
    people = [one for one in folk.people if one not in cast_of_town and ward in (None, one.area and one.area.name)]
    keys = [one.get("key", one["side"]) for one in spec["groups"] if one["side"] == "people"]
    voters = min(spec["voters"], max(FEWEST, len(folk.people) // ONE_IN))  # a small town has fewer of everything
    chosen = rng.sample(people, min(voters, len(people)))
    keepers = _keepers(spec.get("ward") is None)[: max(FEW_GROUPS, voters // 5)]
    if len(keys) > 1:  # nobody is directly affected on their own word
        _list(decision, keys[1], [one for n, one in enumerate(chosen) if n % 3 == 2])
    if ward is not None:
        _list(decision, DecisionSide.PEOPLE, chosen)
        _list(decision, DecisionSide.COMMUNITIES, [row.of for row in keepers])
    bodies = [row.of for row in keepers if row.of.kind == Kind.ORGANISATION]
    if bodies and "commissioners" in likes[0]:
        _list(decision, DecisionSide.COMMISSIONERS, bodies)
    for n, person in enumerate(chosen):
        group = keys[n % 3 == 2] if len(keys) > 1 else keys[0]
        _choose(rng, decision, Actor(person=person), person, group, likes)
    for membership in keepers:
        side = "commissioners" if membership.of.kind == Kind.ORGANISATION else "communities"
        if side in likes[0]:
            _choose(rng, decision, Actor(person=membership.member), membership.of, side, likes)


def _keepers(bodies: bool) -> list[Membership]:
    """Those who choose for a group, or for a public body too."""
    rows = Membership.objects.filter(role=Role.KEEPER, until=None).select_related("member", "of").order_by("pk")
    groups = rows.filter(of__kind=Kind.COMMUNITY).exclude(of__sort=Sort.HOUSEHOLD)
    return list(groups | rows.filter(of__sort=Sort.PUBLIC) if bodies else groups)


def _list(decision: Decision, group: str, parties: list[Party]) -> None:
    people = [Named(one.name, one) for one in parties]
    add_to_list(by=Actor.system("demo"), decision=decision, group=decision.groups.get(key=group), people=people)


def _choose(
    rng: Random, decision: Decision, by: Actor, voter: Party, group: str, likes: list[Mapping[str, int]]
) -> None:
    said = {n: "1" for n, one in enumerate(likes, start=1) if rng.randrange(CHANCE) < one[group]}
    cast(by=by, decision=decision, voter=voter, group=group, said=said, receipt=fresh(decision), of_age=True)


def _answer(by: Actor, idea: Idea, replies: list[dict[str, Any]]) -> None:
    for n, one in enumerate(replies):
        given: dict[str, Any] = {"by": by, "idea": idea, "words": one["words"], "evidence": one.get("evidence", "")}
        if n:
            follow_up(percent=one["percent"], **given)
        else:
            reply(saying=one["saying"], by_day=_day(one["by_day"]) if "by_day" in one else None, **given)
        Reply.objects.filter(idea=idea, n=Reply.objects.filter(idea=idea).count()).update(on=_day(one["days"]))


def _evening(rng: Random, folk: Folk, spec: dict[str, Any]) -> None:
    wall = tuple(Wall(one["title"], None, one["dots"]) for one in spec["ideas"])
    counted = Counted(How.DOTS, spec["people"], 0, wall, spec["dots_each"])
    asked = Evening(**{name: spec[name] for name in ON_THE_WALL}, winners=spec["winners"])
    made = hold(by=Actor.system("demo"), owner=folk.cast[spec["owner"]], evening=asked, counted=counted)
    rekey(rng, made.record)
