"""The complementary-use engine against the most that could be met, a linear program, greedy ways and two real files.

Made-up places of 1,000, 10,000 (five of them) and 100,000 wishes, and of a million where ALONGSIDE_BENCH_LONG is set
(`_complement_recipe`: at most 60 in 100 of what people offered is taken; band 5 is the least served). Every way has
the same candidates, limits and rules, and a process of its own. What paid offers cost is not looked at. Seconds are of
CPU. The real files are read where they lie, and skipped where they are not.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench._complement_peers import FILES
from bench._complement_tasks import Measured, run

SEEDS = (1, 2, 3, 4, 5)
SMALL, MIDDLE, LARGE, HUGE = 1_000, 10_000, 100_000, 1_000_000
LONG = bool(os.environ.get("ALONGSIDE_BENCH_LONG"))
TURNS = {"M4": "least_served", "M5": "book_order", "M6": "nearest"}
HARDER = {"city": "in one city", "shown": "with blurred places and times"}
GAINS = {
    "M4": ("met, over the least served first", 1.0, 1.02),
    "M5": ("met, over the book's order", 1.0, 1.02),
    "M6": ("of the least served, over the nearest first", 1.0, 1.08),
}


class Claims:
    """What is claimed, said as it is measured, and whether all of it holds."""

    def __init__(self) -> None:
        self.holds = True

    def say(self, words: str, value: float, limit: float, *, least: bool = False, aim: float | None = None) -> None:
        """One figure beside its limit: the most it may be, or the least."""
        holds = value >= limit if least else value <= limit
        self.holds &= holds
        wanted = f"limit {'at least ' if least else ''}{limit:g}" + (f", aim {aim:g}" if aim is not None else "")
        print(f"{words}: {value:.4g} ({wanted}){'' if holds else ' NOT KEPT'}", flush=True)

    def same(self, words: str, one: float, other: float) -> None:
        """Two figures that must be the same."""
        self.holds &= one == other
        print(f"{words}: {one:,} and {other:,} (limit the same){'' if one == other else ' NOT KEPT'}", flush=True)


@dataclass(frozen=True)
class Measures:
    """One made-up place, measured: making candidates, solving, the most that could be met, and each greedy way."""

    n: int
    seed: int
    making: Measured
    ours: Measured
    most: Measured
    turns: dict[str, Measured]

    @classmethod
    def of(cls, file: Path, n: int, seed: int) -> Measures:
        making, ours, most = run("make", file, n, seed), run("solving", file), run("most", file)
        return cls(n, seed, making, ours, most, {name: run("in_turn", file, turn) for name, turn in TURNS.items()})

    def better(self, name: str) -> float:
        """How many times as much as a greedy way: met in all, or (M6) met of the least served."""
        one, other = self.ours, self.turns[name]
        return one["bands"][4] / max(other["bands"][4], 1) if name == "M6" else one["met"] / other["met"]


def main() -> int:
    claims = Claims()
    smaller: Measures | None = None
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        file = Path(home) / "place"
        for n in (SMALL, MIDDLE, LARGE, *([HUGE] if LONG else [])):
            first = Measures.of(file, n, 1)
            what_it_took(claims, first, smaller)
            if n < LARGE:
                program(claims, first, run("program", file))
            if n == MIDDLE:
                found = run("telling", file)
                claims.say(f"M9 ideas without a reason, of {found['ideas']:,}", found["silent"], 0)
            if n == LARGE:
                in_pieces(claims, first, run("in_one_piece", file))
                harder(claims, file, first)
            places = [first] + [Measures.of(file, n, seed) for seed in SEEDS[1:] if n == MIDDLE]
            how_good(claims, places)
            speed(claims, first)
            smaller = first
        one_holder(claims, file)
    real_files(claims)
    return 0 if claims.holds else 1


def what_it_took(claims: Claims, one: Measures, smaller: Measures | None) -> None:
    """Seconds and memory of making candidates and of solving, and how they grow."""
    wished, making, ours = one.making["wanted"], one.making, one.ours
    print(
        f"{one.n:,} wishes for {wished / 2:,.0f} hours, {making['spare'] / 2:,.0f} hours to give, "
        f"{making['pairs']:,} candidates: {ours['met'] / wished:.1%} met with {ours['met'] / making['spare']:.1%} given"
    )
    print(f"hours met at {one.n:,} by band from 1: {halves(ours)}; the nearest first: {halves(one.turns['M6'])}")
    for name, each in (("making candidates", making), ("solving", ours)):
        print(f"{name} at {one.n:,}: {each['cpu']:.2f} s, at most {each['peak']:.0f} MB")
    if one.n > SMALL:
        claims.say(f"making candidates over solving at {one.n:,}", making["cpu"] / ours["cpu"], 1)
    if smaller and one.n > MIDDLE:
        grown = [each["cpu"] / before["cpu"] for each, before in ((making, smaller.making), (ours, smaller.ours))]
        claims.say(f"making candidates, {one.n:,} over {smaller.n:,}", grown[0], 20)
        print(f"solving, {one.n:,} over {smaller.n:,}: {grown[1]:.1f} times")


def halves(measured: Measured) -> str:
    return ", ".join(f"{steps / 2:,.0f}" for steps in measured["bands"])


def how_good(claims: Claims, places: list[Measures]) -> None:
    """M1, M4, M5, M6 and M8."""
    n = places[0].n
    for one in places:
        claims.same(
            f"M1 half hours met at {n:,} ({one.seed}), and the most there can be", one.ours["met"], one.most["met"]
        )
        claims.say(f"M8 offers over what was agreed at {n:,} ({one.seed})", one.ours["over"], 0)
    for name, (words, limit, aim) in GAINS.items():
        gains = [one.better(name) for one in places]
        claims.say(f"{name} {words} at {n:,}, the least of {len(gains)}", min(gains), limit, least=True)
        if n > SMALL:
            claims.say(f"{name} {words} at {n:,}, on average", mean(gains), limit, least=True, aim=aim)


def program(claims: Claims, one: Measures, peer: Measured) -> None:
    """M2 and T1: HiGHS' simplex on one linear program of the same candidates."""
    claims.same(f"M2 half hours met at {one.n:,}, and by the linear program", one.ours["met"], peer["met"])
    apart = max(abs(mine - theirs) for mine, theirs in zip(one.ours["bands"], peer["bands"], strict=True))
    claims.say(f"M2 most that a band differs by from the linear program at {one.n:,}", round(apart, 6), 0)
    if one.n == MIDDLE:
        claims.say(
            f"T1 solving over the simplex ({peer['cpu']:.1f} s)", one.ours["cpu"] / peer["cpu"], 1 / 20, aim=1 / 40
        )


def in_pieces(claims: Claims, one: Measures, whole: Measured) -> None:
    """T3: solving piece by piece against solving all at once."""
    claims.same(f"T3 half hours met at {one.n:,} in pieces and in one", one.ours["met"], whole["met"])
    took = one.ours["cpu"] / whole["cpu"]
    claims.say(f"T3 in pieces over in one ({whole['cpu']:.1f} s, {whole['peak']:.0f} MB)", took, 1 / 2, aim=1 / 4)


def harder(claims: Claims, file: Path, plain: Measures) -> None:
    """The same claims where all live in one city, and where places are blurred and times matter."""
    for like, words in HARDER.items():
        making, ours, most = run("make", file, plain.n, 1, 0, like), run("solving", file), run("most", file)
        claims.same(f"M1 half hours met {words}, and the most there can be", ours["met"], most["met"])
        claims.say(f"M8 offers over what was agreed {words}", ours["over"], 0)
        claims.say(f"making candidates {words}, over solving", making["cpu"] / ours["cpu"], 1)
        claims.say(f"making candidates {words}, seconds", making["cpu"], 10)
        times = ours["cpu"] / plain.ours["cpu"]
        print(f"solving {words}: {ours['cpu']:.1f} s, {times:.1f} times as long as in towns")


def speed(claims: Claims, one: Measures) -> None:
    """T2, T4, T5 and T6."""
    took, greedy = one.ours["cpu"], one.turns
    if one.n in (MIDDLE, LARGE):
        words = f"{'T2' if one.n == MIDDLE else 'T4'} solving over the least served first at {one.n:,}"
        claims.say(words, took / greedy["M4"]["cpu"], 30, aim=20)
    if one.n == LARGE:
        claims.say("T4 seconds for solving", took, 10, aim=5)
    if one.n == HUGE:
        claims.say("T5 solving over the book's order", took / greedy["M5"]["cpu"], 40, aim=25)
        claims.say("T5 solving over the most there can be", took / one.most["cpu"], 20, aim=12)
        claims.say("T6 MB at most for solving", one.ours["peak"], 1_500)
        claims.say("T6 MB at most for making candidates", one.making["peak"], 1_500)
        claims.say("T6 memory over the book's order", one.ours["peak"] / greedy["M5"]["peak"], 1.5, aim=1)


def one_holder(claims: Claims, file: Path) -> None:
    """M3: every wish wants one holder for all of it. The bound: the same shared, with every limit in whole hours, as
    all wishes are."""
    run("make", file, MIDDLE, 1, 1)
    ours, bound, turn = run("solving", file), run("most", file), run("in_turn", file, TURNS["M4"])
    claims.say("M3 met over the bound, one holder each", ours["met"] / bound["met"], 0.99, least=True, aim=0.999)
    claims.say("M3 met over the least served first", ours["met"] / turn["met"], 1, least=True)
    claims.say("M3 wishes parted between holders, and offers over what was agreed", ours["parted"] + ours["over"], 0)
    print(f"M3 took {ours['cpu']:.1f} s, at most {ours['peak']:.0f} MB; its own word: {ours['gap']:.3%} may be missing")


def real_files(claims: Claims) -> None:
    """M10 and M11."""
    if not FILES.exists():
        print(f"M10 and M11 left out: there is no {FILES.name}")
        return
    placed = run("placing")
    words = f"M10 people placed of {placed['bound']:,} (greedy {placed['greedy']:,})"
    claims.say(words, placed["met"] / placed["bound"], 0.99, least=True, aim=1)
    ridden = run("riding")
    claims.same("M11 rides, and the most there can be", ridden["met"], ridden["bound"])
    print(
        f"M11 greedy: {ridden['greedy']:,} rides of {ridden['pairs']:,} pairs; kilometres saved "
        f"{ridden['saved'][0]:,} and {ridden['saved'][1]:,}; {ridden['cpu']:.1f} s"
    )
    claims.say("M8 drivers and places over what they have", placed["over"] + ridden["over"], 0)


if __name__ == "__main__":
    sys.exit(main())
