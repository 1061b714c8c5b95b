"""What a decision's rows say as the set-up that `methods/say` judges, and their one written form, whose sum is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records.models import Audience
from alongside.methods import say
from alongside.methods.say.setup import LEAST_FLOOR, MAJORITY
from alongside.planning.decisions.models import Basis, Decision, DecisionGroup, Marking, Method, Rule, Terms

AS_MANY_AS_PASS = 10_000  # where every idea wins that has what was asked for
FORMS = {
    Marking.APPROVAL: say.Form.TICKS,
    Marking.POINTS: say.Form.POINTS,
    Marking.RANKING: say.Form.RANKS,
}
HAS_THRESHOLD = frozenset({Rule.APPROVAL, Rule.SCORE, Rule.RANKING})
HAS_WINNERS = frozenset({Rule.APPROVAL, Rule.SCORE, Rule.RANKING, Rule.CONSENT})
WRITTEN = (
    *("basis", "rule", "marking", "method", "utility", "completion", "step_ppm", "budget_pence", "points_each"),
    *("winners", "cap_pct", "quorum", "threshold_pct", "both_sides", "least_age", "secret"),
    *("suppliers_agreed_on", "suppliers_agreed_how", "lot_sha"),
)


@dataclass(frozen=True)
class GroupSaid:
    """A group as somebody sets it: `weight_ppm` of the say, in parts of a million; `floor_pct` in per cent."""

    name: str
    side: str
    weight_ppm: int = 0
    affected: bool = False
    floor_pct: int | None = None
    key: str = ""


def say_setup(decision: Decision) -> say.Setup:
    """The set-up of a decision as its rows stand, for `methods/say` to judge and to count by."""
    return setup_of(decision.terms, decision.groups.all())


def setup_of(terms: Terms, groups: Iterable[DecisionGroup]) -> say.Setup:
    """The same of rows in hand, which need not be stored. "Both sides" asks for a double majority: an idea that a
    ballot does not pick then counts as a no."""
    rows = tuple(say.Group(row.key, say.Side(row.side), row.weight_ppm, row.affected, row.floor_pct) for row in groups)
    money = terms.rule == Rule.BUDGET
    return say.Setup(
        basis=say.Basis(terms.basis),
        groups=rows,
        rule=rule_of(terms),
        cap_pct=terms.cap_pct,
        suppliers_agreed=terms.suppliers_agreed_on is not None,
        threshold_pct=terms.threshold_pct,
        quorum=terms.quorum,
        winners=1 if money else how_many_win(terms),
        halves=_halves(rows, terms.threshold_pct) if terms.both_sides else (),
        form=FORMS[Marking(terms.marking)] if money else say.Form.TICKS,
        most=terms.points_each if money and terms.marking == Marking.POINTS else None,
        budget_pence=terms.budget_pence,
        utility=say.Utility(terms.utility),
        completion=say.Completion(terms.completion),
        step_ppm=terms.step_ppm,
    )


def how_many_win(terms: Terms) -> int:
    """How many ideas may win: as many as was said. Else every one that has what is asked for; where nothing is asked
    for, the best one, as `explaining` says it: else whatever a single person picked would win."""
    asks = terms.threshold_pct or terms.rule not in HAS_THRESHOLD
    return terms.winners or (AS_MANY_AS_PASS if asks else 1)


def rule_of(terms: Terms) -> say.Rule:
    """The rule by the name that `methods/say` has for it."""
    if terms.rule == Rule.BUDGET:
        return say.Rule.EQUAL_SHARES if terms.method == Method.EQUAL_SHARES else say.Rule.GREEDY
    if terms.both_sides:
        return say.Rule.DOUBLE_MAJORITY
    return say.Rule(terms.rule)


def _halves(groups: tuple[say.Group, ...], floor: int) -> tuple[say.Half, ...]:
    """People and communities on one side and organisations on the other; where no organisation votes, people and
    communities apart."""
    voting = [group for group in groups if group.weight_ppm > 0]
    us = frozenset(group.key for group in voting if group.side.us)
    others = frozenset(group.key for group in voting) - us
    if others:
        return say.Half("us", us, floor), say.Half("organisations", others, floor)
    people = frozenset(group.key for group in voting if group.side is say.Side.PEOPLE)
    return say.Half("people", people, floor), say.Half("communities", us - people, floor)


def tidy(terms: Terms) -> Terms:
    """Leave no answer standing that the rule does not ask for: a threshold without votes, a sum without money."""
    if terms.basis == Basis.OWN_LIFE:
        terms.rule = Rule.SUPPORTED
    if terms.rule not in HAS_THRESHOLD:
        terms.threshold_pct = 0
    if terms.rule not in HAS_WINNERS:
        terms.winners = None
    if terms.rule != Rule.APPROVAL:
        terms.both_sides = False
    if terms.both_sides:
        terms.threshold_pct = max(terms.threshold_pct, MAJORITY)
    if terms.rule != Rule.BUDGET:
        terms.budget_pence = None
        terms.marking, terms.method, terms.step_ppm = Marking.APPROVAL, Method.EQUAL_SHARES, None
    return terms


def first_terms(decision: Decision, basis: str) -> Terms:
    """The terms that a decision starts from: fair as they stand."""
    terms = Terms(decision=decision, basis=basis)
    suggested = say.suggested(say.Basis(basis))
    terms.rule, terms.threshold_pct, terms.cap_pct = suggested.rule.value, suggested.threshold_pct, suggested.cap_pct
    return tidy(terms)


def first_groups(basis: str, names: dict[str, str]) -> list[GroupSaid]:
    """The groups that a decision starts from: more than the floor for people and communities."""
    return [
        GroupSaid(names[group.key], group.side.value, group.weight_ppm, group.affected, group.floor_pct, group.key)
        for group in say.suggested(say.Basis(basis)).groups
    ]


def open_to_of(owner: Party) -> tuple[str, ...]:
    """Who a decision of this owner may be open to; what is suggested comes first."""
    if owner.is_person:
        return Audience.CIRCLE, Audience.ME
    if owner.sort == Sort.HOUSEHOLD:
        return (Audience.COMMUNITY,)
    return (Audience.EVERYONE, Audience.COMMUNITY) if owner.kind == Kind.COMMUNITY else (Audience.EVERYONE,)


def least_floor(terms: Terms) -> int:
    """The lowest floor of people directly affected under this rule, in per cent."""
    return LEAST_FLOOR[rule_of(terms).of_money]


def as_declared(decision: Decision) -> str:
    """Everything that was settled before opening, a line each, in one order: what `terms_sha` is the sum of."""
    lines = ["alongside decision 1", f"question={_line(decision.question)}"]
    lines += [f"{name}={_line(getattr(decision.terms, name))}" for name in WRITTEN]
    lines += [f"way={way}" for way in sorted(decision.ways.values_list("way", flat=True))]
    for group in decision.groups.order_by("position", "key"):
        floor = "" if group.floor_pct is None else group.floor_pct
        affected = "affected" if group.affected else ""
        lines.append(f"group={group.key};{group.side};{group.weight_ppm};{affected};{floor};{_line(group.name)}")
    return "\n".join(lines) + "\n"


def sha(text: str) -> str:
    """The SHA-256 sum of a text, in hexadecimal figures."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
