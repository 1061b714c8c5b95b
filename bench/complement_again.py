"""A change by day in a town of 100,000 wishes: only its piece is solved again, and every idea can say why it is there.

Claims: a no, a promise, a pause or a new limit takes at most 300 ms of CPU, in the largest piece too, where solving all
anew takes many times that; every promise is kept and every other piece stays as it was; every idea carries its reasons
(those of one person's wish within 50 ms). The town is made up (`_complement_recipe`). One line a figure.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from alongside.methods.complement.again import Changes, Standing, again, standing
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.reasons import ideas
from alongside.methods.complement.run import solve
from bench._complement_recipe import place

SIZE, CHANGES, ASKED = 100_000, 24, 400
LIMIT, A_WISH = 300.0, 50.0
Thing = TypeVar("Thing")


def timed(what: Callable[[], Thing]) -> tuple[Thing, float]:
    """What it gives, and the milliseconds of CPU it takes."""
    start = time.process_time()
    thing = what()
    return thing, (time.process_time() - start) * 1000


def main() -> int:
    problem = place(SIZE)
    pairs = candidates(problem)
    answer, whole = timed(lambda: solve(problem, pairs))
    now, keeping = timed(lambda: standing(problem, answer))
    took, kept = changed(now)
    worst = max(took)
    print(f"solving all {SIZE:,} wishes anew: {whole:,.0f} ms of CPU; what a day needs: {keeping:.0f} ms, once a night")
    print(f"a change by day, half of them: {statistics.median(took):.0f} ms of CPU")
    print(f"a change by day, the slowest of {len(took)}, in the largest piece: {worst:.0f} ms (limit {LIMIT:.0f})")
    print(f"the same beside solving all anew: 1 to {whole / worst:.0f}")
    print(f"promises kept, and all else as it was: {'yes' if kept else 'no'}")
    chance = np.random.default_rng(SIZE)
    told, explained = timed(lambda: ideas(problem, answer, chance.choice(SIZE, ASKED).tolist(), rules=now.rules))
    share = sum(bool(idea.reasons) for idea in told.ideas) / len(told.ideas)
    print(f"ideas that say why they are there: {share:.0%} of {len(told.ideas)} (limit 100%)")
    print(f"reasons of one wish: {explained / ASKED:.1f} ms of CPU (limit {A_WISH:.0f})")
    return 0 if worst <= LIMIT and kept and share == 1 and explained / ASKED <= A_WISH else 1


def changed(now: Standing) -> tuple[list[float], bool]:
    """Milliseconds of each change, one after the other, half of them in the largest piece; and whether each kept the
    promises and left every other piece alone."""
    chance = np.random.default_rng(1)
    sizes = np.bincount(now.labels.wish[now.labels.wish >= 0])
    took, kept = [], True
    for n in range(CHANGES):
        pairs, steps = now.answer.pairs, now.answer.steps
        inside = now.labels.wish[pairs.wish] == sizes.argmax() if n % 2 else np.ones(len(pairs), np.bool_)
        row = chance.choice(np.flatnonzero(inside & (steps > 0)))
        wish, offer = int(now.problem.wishes.id[pairs.wish[row]]), int(now.problem.offers.id[pairs.offer[row]])
        change = (
            Changes(declined=frozenset({(wish, offer)})),
            Changes(promised={(wish, offer): int(steps[row])}),
            Changes(limits={offer: 0}),
            Changes(limits={offer: int(now.problem.offers.limit[pairs.offer[row]]) + 2}),
        )[n // 2 % 4]
        before, piece = now, now.labels.wish[pairs.wish[row]]
        now, ms = timed(lambda change=change, before=before: again(before, change))
        took.append(ms)
        elsewhere = now.labels.wish != piece
        kept &= bool((now.answer.met[elsewhere] == before.answer.met[elsewhere]).all())
        kept &= all(now.promised[ids] >= steps for ids, steps in before.promised.items())
    return took, kept


if __name__ == "__main__":
    sys.exit(main())
