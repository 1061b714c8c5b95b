"""`alongside decide`: the outcome of a ballot file, with every tie, what each group paid, and how short the rest were.

With no options it counts as the file itself declares, so that anybody can recount a decision that was published.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from alongside.exchange import pabulib
from alongside.methods.equal_shares import Complete, Method, Result, Ties, Why
from alongside.site.commands import Command, Done, Progress, Told, Wrong

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
WHY = {
    Why.DEARER: "costs more than the whole budget",
    Why.NOBODY: "nobody with a share chose it",
    Why.SHORT: "{short} short of what it costs",
    Why.ROOM: "too little of the budget was left",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a ballot file (.pb), or - for standard input")
    own = "; without it, as the file declares"
    parser.add_argument("--rule", choices=list(map(str, Method)), default="", help=f"how to count{own}")
    worth = "what a funded project is worth to those who chose it"
    parser.add_argument("--utility", choices=pabulib.WORTHS, default="", help=f"{worth}{own}")
    rest = "what is done with money that is left"
    parser.add_argument("--complete", choices=list(map(str, Complete)), default="", help=f"{rest}{own}")
    parser.add_argument(
        "--ties", choices=list(map(str, Ties)), default="", help="declared: cost, votes, lot; id: by id"
    )
    parser.add_argument("--seed", default="", help="what the lot is drawn from")
    parser.add_argument("--groups", type=Path, help="a CSV or JSON file: each voter's group, and what groups weigh")


def decide(options: argparse.Namespace) -> Done:
    progress = Progress()
    asked = {name: getattr(options, name) for name in ("rule", "utility", "complete", "ties", "seed")}
    try:
        file = pabulib.read(_bytes(options.file))
        how = pabulib.declared(file.meta, asked)
        groups = None
        if options.groups:
            grouped = pabulib.read_groups(_bytes(options.groups))
            groups = grouped.shares(file.votes.column("voter_id"))
            how = replace(how, us=how.us or grouped.us)
        progress(f"{len(file.votes.rows):,} ballots read")
        result = pabulib.count(file, how, groups)
    except pabulib.Unreadable as error:
        raise Told(str(error)) from error
    progress(f"counted {result.completion.runs:,} times")
    return Done(_data(result, how), _lines(result, how, file.meta), well=how.kept)


def _bytes(name: str | Path) -> bytes:
    if str(name) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Wrong(f"{name} cannot be read: {error.strerror}.") from error


def _data(result: Result, how: pabulib.Declared) -> dict[str, Any]:
    unit, rule, completion = result.problem.unit, result.rule, result.completion
    return {
        "winners": sorted(result.winners),
        "spent": _number(result.spent, unit),
        "rounds": len(result.rounds),
        "ties": [{"round": t.round, "tied": list(t.tied), "chosen": t.chosen, "by": t.by} for t in result.ties],
        "effect": {"groups": _groups(result, how)},
        "bought": _bought(result),
        "lost": [
            {
                "project": lost.project,
                "cost": _number(lost.cost, unit),
                "votes": lost.votes,
                "had": _number(lost.had, unit),
                "short": _number(lost.short, unit),
                "why": lost.why.value,
            }
            for lost in result.lost
        ],
        "completion": {"runs": completion.runs, "raised": str(completion.raised), "full": completion.full},
        "rule": {
            "rule": rule.method.value,
            "utility": how.worth,
            "complete": rule.complete.value,
            "ties": rule.ties.value,
            "seed": rule.seed,
            "seed_as_promised": how.kept,
        },
        "budget": _number(result.problem.budget, unit),
        "ballots": result.problem.voters,
    }


def _bought(result: Result) -> list[dict[str, Any]]:
    unit = result.problem.unit
    return [
        {
            "round": round.number,
            "project": round.project,
            "cost": _number(round.cost, unit),
            "by": round.stage.value,
            "supporters": round.supporters,
            "payers": round.payers,
            "emptied": round.emptied,
            "each": None if round.each is None else _number(round.each, unit),
            "each_exactly": None if round.each is None else str(round.each / unit),
        }
        for round in result.rounds
    ]


def _groups(result: Result, how: pabulib.Declared) -> list[dict[str, Any]]:
    return [
        {
            "groups": list(row.groups),
            "ballots": row.ballots,
            "held": _number(row.held),
            "paid": None if row.hidden else _number(row.paid, result.problem.unit),
            "of_spent": None if row.hidden else _number(row.of_spent),
            "nothing": None if row.hidden else row.nothing,
            "support": None if row.hidden else {id: _number(part) for id, part in sorted(row.support.items())},
        }
        for row in pabulib.effect(result, how.us)
    ]


def _number(exact: Fraction | int, unit: int = 1) -> float | int:
    """Whole where it is whole; of money, in units of currency."""
    whole = Fraction(exact) / unit
    return int(whole) if whole.denominator == 1 else float(whole)


def _lines(result: Result, how: pabulib.Declared, meta: dict[str, str]) -> list[str]:
    sign, unit = SIGNS.get(meta.get("currency", ""), ""), result.problem.unit

    def money(amount: Fraction | int) -> str:
        exact = Fraction(amount) / unit
        return f"{sign}{float(exact):,.0f}" if exact.denominator == 1 else f"{sign}{float(exact):,.2f}"

    of = f"{money(result.spent)} of {money(result.problem.budget)} spent by {result.problem.voters:,} ballots"
    lines = [f"{len(result.rounds)} funded, {of}", ""]
    for round in result.rounds:
        each = f", {money(round.each)} each" if round.each is not None else ""
        lines.append(f"{round.number:4}  {round.project}  {money(round.cost)}: {round.supporters:,} chose it{each}")
    if result.lost:
        lines += ["", "Not funded:"]
    for lost in result.lost:
        why = WHY[lost.why].format(short=money(lost.short))
        lines.append(f"      {lost.project}  {money(lost.cost)}: {lost.votes:,} chose it; {why}")
    lines += ["", *(f"Round {t.round}: {', '.join(t.tied)} were level; {t.chosen} by {t.by}." for t in result.ties)]
    for row in pabulib.effect(result, how.us):
        name = ", ".join(filter(None, row.groups)) or "everybody"
        said = "too few to say more" if row.hidden else f"paid {money(row.paid)} ({float(row.of_spent):.1%})"
        nothing = "" if row.hidden else f"; for {row.nothing:,} nothing that they chose was funded"
        lines.append(f"{name}: {row.ballots:,} ballots held {float(row.held):.1%} of the money, {said}{nothing}")
    if not how.kept:
        lines.append("The seed of the lot is not the one that was promised before opening.")
    return lines


COMMANDS = {
    "decide": Command(
        decide,
        arguments,
        (
            "alongside decide FILE.pb",
            "alongside decide FILE.pb --rule equal-shares --utility cost --complete add1 --ties id --json",
        ),
    )
}
