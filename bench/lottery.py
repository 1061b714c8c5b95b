"""Panels by lot: the smallest chance beside sortition-algorithms' maximin and a proven bound, and seconds of CPU.

Pools of 150 for panels of 22, five questions and sixteen quotas, made up so that who comes forward is not who lives
there (`tests/methods/pools.py`). sortition-algorithms (GPL-3) is put into an environment of its own for the time of
the run, or found in the one that ALONGSIDE_SORTITION names; where neither can be, its figures are left out with a
word. Larger pools are timed without it, where ALONGSIDE_BENCH_LONG is set also with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

from alongside.methods.lottery.maximin import fairest
from alongside.methods.lottery.problem import Problem, kinds_of
from alongside.methods.lottery.rounding import equally_likely
from tests.methods.pools import town

SEEDS = (1, 2, 3)
LARGER = ((300, 45), (500, 75), (1_500, 100))
LOSS, MOVES = 0.002, 0.01  # of a chance, in the list of a thousand panels
NEAR = 1e-6  # of a chance: what two solvers may differ by
PEER = Path(__file__).with_name("_lottery_peer.py")
WAIT = 900  # seconds for one run of the peer


class Claims:
    def __init__(self) -> None:
        self.holds = True

    def say(self, words: str, value: float, limit: float, *, least: bool = False) -> None:
        holds = value >= limit if least else value <= limit
        self.holds &= holds
        bound = f"limit {'at least ' if least else ''}{limit:.6g}"
        print(f"{words}: {value:.6g} ({bound}){'' if holds else ' NOT KEPT'}", flush=True)


def measured(problem: Problem) -> dict[str, float]:
    """The fairest lottery and its list of a thousand panels, with seconds of CPU for both together."""
    began = time.process_time()
    kinds = kinds_of(problem)
    lottery = fairest(kinds)
    panels = equally_likely(lottery)
    seconds = time.process_time() - began
    off = max(
        abs(panels.on[key] / len(panels) - float(lottery.chances[n]))
        for n, keys in enumerate(kinds.keys)
        for key in keys
    )
    return {
        "least": lottery.least,
        "gap": lottery.gap,
        "listed": panels.least() / len(panels),
        "off": off,
        "seconds": seconds,
    }


def peer_python(home: Path) -> str | None:
    """The Python of an environment that holds sortition-algorithms; None, with a word, where there can be none."""
    if named := os.environ.get("ALONGSIDE_SORTITION"):
        return named
    venv.create(home, with_pip=True)
    python = str(home / "bin" / "python")
    put = [python, "-m", "pip", "install", "--quiet", "sortition-algorithms"]
    try:
        subprocess.run(put, check=True, capture_output=True, timeout=WAIT)
    except (subprocess.SubprocessError, OSError):
        print("sortition-algorithms could not be installed here, so that it is not measured", flush=True)
        return None
    return python


def peer(python: str, problem: Problem) -> dict[str, float] | None:
    given: dict[str, Any] = {
        "people": [{"key": one.key, "answers": dict(one.answers)} for one in problem.people],
        "quotas": [[one.question, one.answer, one.least, one.most] for one in problem.quotas],
        "size": problem.size,
    }
    try:
        run = subprocess.run([python, str(PEER)], input=json.dumps(given), capture_output=True, text=True, timeout=WAIT)
    except subprocess.TimeoutExpired:
        print(f"sortition-algorithms took more than {WAIT} s", flush=True)
        return None
    if run.returncode:
        print(f"sortition-algorithms stopped: {run.stderr.strip().splitlines()[-1:]}", flush=True)
        return None
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def compare(claims: Claims, python: str | None, pool: int, size: int, seed: int) -> None:
    problem = town(pool, size, seed)
    ours, name = measured(problem), f"{pool} people for {size} ({seed})"
    claims.say(f"{name}, gap between the smallest chance {ours['least']:.6f} and its bound", ours["gap"], NEAR)
    # Whole panels of a thousand: the smallest chance may lose less than two of them.
    listed, floor = ours["listed"], ours["least"] - LOSS
    claims.say(f"{name}, smallest chance in the list of 1,000 panels", listed, floor, least=True)
    claims.say(f"{name}, most that anybody's chance moves in that list", ours["off"], MOVES)
    theirs = peer(python, problem) if python else None
    if theirs is None:
        print(f"{name}, seconds of CPU: {ours['seconds']:.2f}", flush=True)
        return
    claims.say(f"{name}, smallest chance, theirs beside it", ours["least"], theirs["least"] - NEAR, least=True)
    words = f"{name}, seconds of CPU over theirs ({ours['seconds']:.2f} and {theirs['seconds']:.2f})"
    claims.say(words, ours["seconds"] / theirs["seconds"], 1.0)


def main() -> int:
    claims = Claims()
    long = bool(os.environ.get("ALONGSIDE_BENCH_LONG"))
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as home:
        python = peer_python(Path(home))
        for seed in SEEDS:
            compare(claims, python, 150, 22, seed)
        for pool, size in LARGER:
            compare(claims, python if long else None, pool, size, 1)
    return 0 if claims.holds else 1


if __name__ == "__main__":
    sys.exit(main())
