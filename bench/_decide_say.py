"""Real ballots with twelve invented organisations beside them that hold half of the say, counted with an equal say.

The organisations want what the fewest people want, so that people's many small shares may not meet. Where people would
then have paid for less than half, everything is counted again while only their own shares grow.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from alongside.exchange.pabulib import read
from alongside.methods.equal_shares import Complete, run
from alongside.methods.equal_shares.run import step_of
from alongside.methods.say import Ballot, Basis, Group, Option, Rule, Setup, Side
from alongside.methods.say.money import MoneyOutcome, decide, problem_of, rule_of
from alongside.methods.say.shares import cast_of, shares_of

HALF = (Group("people", Side.PEOPLE, 500_000), Group("council", Side.COMMISSIONERS, 500_000))
ORGANISATIONS, WISHES, SAMPLE = 12, 8, 10
Vote = tuple[Setup, list[Option], list[Ballot]]
# Ballots, file, seconds of CPU that the whole count may take.
WEIGHED = (
    (84, "Netherlands_Assen_2024.pb", 1.0),
    (5_000, "Netherlands_Amsterdam_309.pb", 3.0),
    (50_000, "Poland_Lodz_2022.pb", 30.0),
)


def beside(path: Path, first: int, seed: int = 1) -> Vote:
    """The first ballots of a file, and the organisations."""
    file = read(path.read_bytes())
    costs = {
        key: int(Fraction(cost) * 100)
        for key, cost in zip(file.projects.column("project_id"), file.projects.column("cost"), strict=True)
    }
    said = [[key for key in vote.split(",") if key] for vote in file.votes.column("vote")[:first]]
    votes = Counter(key for keys in said for key in keys)
    least = sorted(costs, key=lambda key: votes[key])[: max(len(costs) // 2, 1)]
    chance = random.Random(seed)
    wishes = [chance.sample(least, min(WISHES, len(least))) for _ in range(ORGANISATIONS)]
    cast = [Ballot(f"p{n}", "people", dict.fromkeys(keys, 1)) for n, keys in enumerate(said)]
    cast += [Ballot(f"o{n}", "council", dict.fromkeys(keys, 1)) for n, keys in enumerate(wishes)]
    budget = int(Fraction(file.meta["budget"]) * 100)
    setup = Setup(Basis.SHARED, HALF, Rule.EQUAL_SHARES, budget_pence=budget)
    return setup, [Option(key, cost) for key, cost in costs.items()], cast


def weighed(folder: Path) -> bool:
    """Prints what each takes, beside one whole count for every step; and whether all keep their limits."""
    kept = True
    for first, name, limit in WEIGHED:
        vote = beside(folder / name, first)
        began = time.process_time()
        outcome = decide(*vote)
        took = time.process_time() - began
        kept &= took <= limit
        alone = _step_by_step(vote, outcome)
        print(
            f"{first:,} ballots of {Path(name).stem} and {ORGANISATIONS} organisations with half of the say:"
            f" {took:.2f} CPU s (limit {limit:g}; with a whole count for every step about {alone:.3g})",
            flush=True,
        )
    return kept


def _step_by_step(vote: Vote, outcome: MoneyOutcome) -> float:
    """Seconds of CPU for one whole count for each step up to the one that stands: a few of them, times their number."""
    setup, options, cast = vote
    shares = shares_of(setup, cast_of(setup, cast))
    assert shares is not None and outcome.us_raised is not None
    problem, rule = problem_of(setup, options, cast, shares), rule_of(setup, "")
    steps = outcome.us_raised / step_of(problem, rule)
    began = time.process_time()
    for n in range(SAMPLE):
        more = 1 + outcome.us_raised * n / SAMPLE
        ballots = tuple(
            one._replace(endowment=held * more if one.group == "people" else held)
            for one, held in zip(problem.ballots, problem.endowments, strict=True)
        )
        run(replace(problem, ballots=ballots), replace(rule, complete=Complete.NONE)).purses.by_group()
    return (time.process_time() - began) / SAMPLE * float(steps)
