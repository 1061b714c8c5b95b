"""One piece of work in a process of its own, so that its CPU seconds and its peak of memory are its own.

`run(task, …)` starts one and answers what it measured; `python -m bench._complement_tasks TASK FILE …` is one.
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from alongside.methods.complement.greedy import Turn, greedy
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.parts import Part
from alongside.methods.complement.problem import Answer, Pairs, Problem
from alongside.methods.complement.reasons import ideas
from alongside.methods.complement.run import solve
from bench._complement_peers import in_whole_parts, max_flow, placement, rides, simplex
from bench._complement_recipe import place

HERE = Path(__file__).resolve().parent
TOLD = 2_000  # wishes of which every idea is read
Measured = dict[str, Any]


def run(task: str, *words: object) -> Measured:
    """What a task measured, in a process of its own. Raises RuntimeError where it fails."""
    command = [sys.executable, "-m", "bench._complement_tasks", task, *map(str, words)]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{task} {words} ended with {done.returncode}")
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def timed(work: Callable[[], Any]) -> tuple[Any, Measured]:
    began = time.process_time()
    found = work()
    cpu = time.process_time() - began
    return found, {"cpu": cpu, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def make(file: str, n: str, seed: str, whole: str = "0", like: str = "towns") -> Measured:
    """A made-up place and its candidates, kept in a file."""
    problem = place(int(n), int(seed), whole=float(whole), like=like)
    pairs, measured = timed(lambda: candidates(problem))
    Path(file).write_bytes(pickle.dumps((problem, pairs), protocol=5))
    wanted = int(problem.wishes.steps.sum())
    return measured | {"pairs": len(pairs), "wanted": wanted, "spare": int(problem.offers.spare.sum())}


def load(file: str) -> tuple[Problem, Pairs]:
    with Path(file).open("rb") as kept:
        problem, pairs = pickle.load(kept)
    return problem, pairs


def answered(problem: Problem, answer: Answer) -> Measured:
    """What an answer comes to: steps met in all and of each band from 1, and offers over what was agreed."""
    taken = np.bincount(answer.pairs.offer, weights=answer.steps, minlength=len(problem.offers))
    met = np.bincount(problem.wishes.band, weights=answer.met, minlength=6)[1:]
    return {
        "met": int(answer.met.sum()),
        "bands": met.tolist(),
        "over": int((taken > problem.offers.spare).sum()),
        "exact": answer.exact,
        "gap": answer.gap,
    }


def solving(file: str) -> Measured:
    problem, pairs = load(file)
    answer, measured = timed(lambda: solve(problem, pairs))
    split = problem.wishes.whole[pairs.wish] & (answer.steps > 0)
    broken = answer.steps[split] != problem.wishes.steps[pairs.wish[split]]
    return measured | answered(problem, answer) | {"parted": int(broken.sum())}


def in_one_piece(file: str) -> Measured:
    """The same, but for not falling apart into pieces."""
    problem, pairs = load(file)

    def one_piece(pairs: Pairs, _n_wishes: int, _n_offers: int, among: Any = None) -> list[Part]:
        rows = np.arange(len(pairs)) if among is None else np.flatnonzero(among)
        return [Part(np.unique(pairs.wish[rows]), np.unique(pairs.offer[rows]), rows)] if len(rows) else []

    with patch("alongside.methods.complement.run.parts", one_piece):
        answer, measured = timed(lambda: solve(problem, pairs))
    return measured | answered(problem, answer)


def in_turn(file: str, turn: str) -> Measured:
    problem, pairs = load(file)
    answer, measured = timed(lambda: greedy(problem, pairs, Turn(turn)))
    return measured | answered(problem, answer)


def most(file: str) -> Measured:
    problem, pairs = load(file)
    if problem.wishes.whole.all():
        problem = in_whole_parts(problem)
    met, measured = timed(lambda: max_flow(problem, pairs))
    return measured | {"met": met}


def program(file: str) -> Measured:
    problem, pairs = load(file)
    (met, bands), measured = timed(lambda: simplex(problem, pairs))
    return measured | {"met": met, "bands": bands}


def telling(file: str) -> Measured:
    """Ideas for some wishes, and how many of them come without a reason."""
    problem, pairs = load(file)
    answer = solve(problem, pairs)
    found, measured = timed(lambda: ideas(problem, answer, range(min(TOLD, len(problem.wishes)))).ideas)
    return measured | {"ideas": len(found), "silent": sum(not one.reasons for one in found)}


def placing() -> Measured:
    problem, pairs, bound = placement()
    answer, measured = timed(lambda: solve(problem, pairs))
    by_turn = greedy(problem, pairs, Turn.BOOK_ORDER)
    return measured | answered(problem, answer) | {"bound": bound, "greedy": int(by_turn.met.sum())}


def riding() -> Measured:
    problem, pairs, saved = rides()
    answer, measured = timed(lambda: solve(problem, pairs))
    by_turn = greedy(problem, pairs, Turn.NEAREST)
    kilometres = [round(float((saved * one.steps).sum())) for one in (answer, by_turn)]
    found = {"bound": max_flow(problem, pairs), "greedy": int(by_turn.met.sum()), "saved": kilometres}
    return measured | answered(problem, answer) | found | {"pairs": len(pairs)}


TASKS = {one.__name__: one for one in (make, solving, in_one_piece, in_turn, most, program, telling, placing, riding)}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
