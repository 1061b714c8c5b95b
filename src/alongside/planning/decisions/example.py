"""Each way of deciding with an example: an invented street of ten neighbours, counted by the real rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods import say
from alongside.methods.pence import pounds
from alongside.methods.say.money import decide
from alongside.methods.say.rules import choose
from alongside.planning.decisions.models import Rule

SUM = 100_000  # pence
COSTS = {"path": 60_000, "lights": 40_000, "benches": 30_000, "urn": 10_000}
SIX, FOUR = ("path", "lights"), ("benches", "urn")  # six neighbours pick the first two, four the others
SCORES = ({"path": 5, "lights": 4, "benches": 1}, {"path": 0, "lights": 2, "benches": 5, "urn": 4})
PLACES = (("path", "lights", "benches", "urn"), ("benches", "urn", "lights", "path"))


@dataclass(frozen=True)
class Row:
    """One idea of the example: its price, what it got, and whether it won under each rule shown."""

    idea: str
    price: str
    got: str
    wins: tuple[bool, ...]


@dataclass(frozen=True)
class Example:
    """A rule tried on the street: what everybody did, each idea, and what came of it in a sentence."""

    did: str
    rules: tuple[str, ...]
    rows: tuple[Row, ...]
    came: tuple[str, ...]


def names() -> dict[str, str]:
    """What the ideas of the street are called, in the language of the page."""
    return {
        "path": _("A smooth path"),
        "lights": _("Lights on the steps"),
        "benches": _("Benches"),
        "urn": _("A tea urn"),
    }


def example(rule: str) -> Example | None:
    """The example of a rule; None for the two that count nothing."""
    if rule == Rule.BUDGET:
        return of_money()
    if rule in (Rule.APPROVAL, Rule.SCORE, Rule.RANKING):
        return _of_choice(Rule(rule))
    return None


def of_money() -> Example:
    """Fair-share voting and most votes first, side by side, on the same ten ballots."""
    found = {rule: _won(rule) for rule in (say.Rule.EQUAL_SHARES, say.Rule.GREEDY)}
    fair, most = found.values()
    rows = tuple(
        Row(name, pounds(COSTS[key]), _picked(6 if key in SIX else 4), (key in fair, key in most))
        for key, name in names().items()
    )
    came = tuple(
        _("%(n)s of the 10 get something they picked.")
        % {"n": sum(many for picks, many in ((SIX, 6), (FOUR, 4)) if set(picks) & set(won))}
        for won in (fair, most)
    )
    did = _(
        "Ten neighbours share out %(sum)s. Six of them pick the path and the lights. Four pick the benches and the tea"
        " urn. Each one’s fair share is %(share)s."
    ) % {"sum": pounds(SUM), "share": pounds(SUM // 10)}
    return Example(did, (_("Fair-share voting"), _("Most votes first")), rows, came)


def _won(rule: say.Rule) -> tuple[str, ...]:
    setup = say.suggested(say.Basis.OURS, rule, budget_pence=SUM)
    setup = say.Setup(basis=setup.basis, groups=(PEOPLE,), rule=rule, budget_pence=SUM)
    ballots = [say.Ballot(f"{n}", "people", dict.fromkeys(SIX if n < 6 else FOUR, 1)) for n in range(10)]
    return decide(setup, [say.Option(key, cost) for key, cost in COSTS.items()], ballots, seed="example").winners


def _of_choice(rule: Rule) -> Example:
    setup = say.Setup(basis=say.Basis.OURS, groups=(PEOPLE,), rule=say.Rule(rule.value))
    marks = {
        Rule.APPROVAL: tuple(dict.fromkeys(picks, 1) for picks in (("path", "lights"), ("benches", "lights"))),
        Rule.SCORE: SCORES,
        Rule.RANKING: tuple({key: n for n, key in enumerate(order, 1)} for order in PLACES),
    }[rule]
    ballots = [say.Ballot(f"{n}", "people", marks[0 if n < 6 else 1]) for n in range(10)]
    outcome = choose(setup, [say.Option(key) for key in COSTS], ballots, seed="example")
    called = names()
    got = {one.option: one for one in outcome.standings}
    rows = tuple(
        Row(name, "", _got(rule, key, marks), (key in outcome.winners,)) for key, name in called.items() if key in got
    )
    came = _("“%(idea)s” wins.") % {"idea": called[outcome.winners[0]]}
    return Example(_did(rule), (_("Result"),), rows, (came,))


def _did(rule: Rule) -> str:
    return {
        Rule.APPROVAL: _(
            "Ten neighbours pick. Six pick the path and the lights. Four pick the benches and the lights."
        ),
        Rule.SCORE: _("Ten neighbours give points. Six of them want the path most, four of them the benches."),
        Rule.RANKING: _(
            "Ten neighbours put the ideas in order. Six begin with the path and the lights, four with the benches and"
            " the tea urn."
        ),
    }[rule]


def _got(rule: Rule, key: str, marks: tuple[dict[str, int], ...]) -> str:
    first, second = (one.get(key, 0) for one in marks)
    if rule == Rule.APPROVAL:
        return _picked(6 * first + 4 * second)
    if rule == Rule.SCORE:
        points = 6 * first + 4 * second
        return ngettext("%(n)s point", "%(n)s points", points) % {"n": points}
    return _("place %(first)s for six, place %(second)s for four") % {"first": first, "second": second}


def _picked(many: int) -> str:
    return _("%(n)s picked it") % {"n": many} if many else _("nobody picked it")


PEOPLE = say.Group("people", say.Side.PEOPLE, 1_000_000)
