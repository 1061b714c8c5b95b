"""What the engine is measured against: the most that could be met at all, a linear program, and two public files.

The files are read where they lie (ALONGSIDE_SHARED_DATA, else ../shared/data); nothing of them is kept here.
"""

from __future__ import annotations

import csv
import gzip
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from alongside.methods.complement import Offer, Source, Wish
from alongside.methods.complement.levels import LOAD, costs, room
from alongside.methods.complement.problem import Floats, Ints, Pairs, Problem, problem_of

DATA = Path(os.environ.get("ALONGSIDE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
FILES = DATA / "matching_offers"
FAR, ROAD, SPEED = 3.0, 1.3, 0.9  # km to the pick-up, road over straight line, km a minute
KM_A_DEGREE = 111.0
FLAT = np.array([1.0, np.cos(np.radians(37.8))])  # Melbourne is at 37.8 degrees south
MINUTES = 30  # one step


def max_flow(problem: Problem, pairs: Pairs) -> int:
    """The most steps that could be met at all with these candidates, whoever they are (OR-tools' push-relabel)."""
    n, m = len(problem.wishes), len(problem.offers)
    want, spare = (one.astype(np.int64) for one in (problem.wishes.steps, problem.offers.spare))
    wish, offer = np.arange(n, dtype=np.int32), np.arange(n, n + m, dtype=np.int32)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(np.full(n, n + m, np.int32), wish, want)
    solver.add_arcs_with_capacity(pairs.wish, pairs.offer + np.int32(n), want[pairs.wish])
    solver.add_arcs_with_capacity(offer, np.full(m, n + m + 1, np.int32), spare)
    status = solver.solve(n + m, n + m + 1)
    assert status == solver.OPTIMAL, status
    return int(solver.optimal_flow())


def in_whole_parts(problem: Problem) -> Problem:
    """The same with limits rounded down to what wishes that are met whole can use of them: where all are for whole
    hours, a limit of an hour and a half serves as one of an hour."""
    part = np.gcd.reduce(problem.wishes.steps)
    return replace(problem, offers=replace(problem.offers, limit=problem.offers.spare // part * part))


def simplex(problem: Problem, pairs: Pairs) -> tuple[int, list[float]]:
    """The engine's problem by HiGHS' simplex, as two linear programs (what paid offers bring alone, then everything)
    with one weight for each level: steps met in all, and of each band from 1 to 5."""
    paid = problem.offers.paid[pairs.offer]
    alone = program(problem, pairs.only(paid), None)
    keep = np.bincount(pairs.offer[paid], weights=alone, minlength=len(problem.offers))
    steps = program(problem, pairs, np.rint(keep))
    held = np.bincount(pairs.wish, weights=steps, minlength=len(problem.wishes))
    met = np.minimum(held, problem.wishes.steps)
    return round(met.sum()), np.bincount(problem.wishes.band, weights=met, minlength=6)[1:].tolist()


def program(problem: Problem, pairs: Pairs, keep: Floats | None) -> Floats:
    """Steps of each pair. Columns: each pair, each offer's room under each cost of load, and what each wish has met.
    `keep` is what paid offers bring."""
    wishes, offers, (n, m) = problem.wishes, problem.offers, (len(problem.wishes), len(problem.offers))
    pair, load, wish = np.arange(len(pairs)), len(pairs) + np.arange(4 * m), len(pairs) + 4 * m + np.arange(n)
    columns = len(pairs) + 4 * m + n
    unpaid = ~offers.paid[pairs.offer]
    book = 2 * pairs.wish.astype(np.int64) + unpaid
    most = matrix([(book, pair, 1), (2 * n + pairs.wish, pair, -1), (2 * n + np.arange(n), wish, 1)], 3 * n, columns)
    same = matrix([(pairs.offer, pair, 1), (np.arange(4 * m) // 4, load, -1)], m, columns)
    free = room(offers, np.arange(m)).astype(np.float64)
    least = np.zeros_like(free)
    if keep is not None:
        free[offers.paid] = least[offers.paid] = 0
        free[offers.paid, 0] = least[offers.paid, 0] = keep[offers.paid]
    by_source, one_way, travel = costs(pairs, unpaid)
    cost = np.concatenate(
        [by_source + one_way * 5e-3 + travel * 1e-5 - 100, np.tile(np.array(LOAD) * 1e-2, m), -1e4 * wishes.band]
    )
    high = np.concatenate([np.full(len(pairs), np.inf), free.ravel(), wishes.steps])
    low = np.concatenate([np.zeros(len(pairs)), least.ravel(), np.zeros(n)])
    limits = np.concatenate([np.repeat(wishes.steps, 2), np.zeros(n)])
    found = linprog(cost, most, limits, same, np.zeros(m), np.column_stack([low, high]), method="highs-ds")
    assert found.status == 0, found.message
    steps: Floats = found.x[: len(pairs)]
    return steps


def matrix(entries: list[tuple[Ints, Ints, int]], rows: int, columns: int) -> csr_array:
    at = [np.concatenate([one[side] for one in entries]) for side in (0, 1)]
    return csr_array((np.concatenate([np.full(len(one[0]), one[2]) for one in entries]), at), shape=(rows, columns))


def rows_of(name: str) -> list[dict[str, str]]:
    path = FILES / name
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def ordered(wish: Ints, offer: Ints, metres: Ints) -> Pairs:
    """Candidates that a file gives, in the order of `Pairs`."""
    order = np.lexsort((offer, metres, wish))
    many = len(order)
    narrow = (one[order].astype(np.int32) for one in (wish, offer, metres))
    w, o, way = narrow
    return Pairs(w, o, np.full(many, 2, np.int8), np.ones(many, np.int8), way, np.zeros(many, np.bool_))


def placement() -> tuple[Problem, Pairs, int]:
    """Groups that must not be parted, places with so much room, and how many people have a compatible place. The
    better a place for a group, the nearer it counts."""
    size = [
        sum(int(row[name]) for name in ("children", "adults", "seniors")) for row in rows_of("placement_groups.csv")
    ]
    names = ("actual_children", "actual_adults", "actual_seniors")
    room = [sum(int(row[name]) for name in names) for row in rows_of("placement_places.csv")]
    wishes = [Wish(n, n, minutes=many * MINUTES, divisible=False) for n, many in enumerate(size)]
    offers = [stranger(n, many * MINUTES) for n, many in enumerate(room)]
    found = rows_of("placement_candidates.csv")
    wish = np.array([int(row["group"]) - 1 for row in found])
    offer = np.array([int(row["place_index"]) for row in found])
    metres = np.array([round((1 - float(row["score"])) * 30_000) for row in found])
    return problem_of(wishes, offers), ordered(wish, offer, metres), int(np.array(size)[np.unique(wish)].sum())


def stranger(n: int, minutes: int) -> Offer:
    return Offer(n, 1_000_000 + n, Source.COMMUNITY, paid=False, minutes=minutes, limit_pct=100)


def rides() -> tuple[Problem, Pairs, Floats]:
    """Riders who wish for a seat and drivers with one. A driver may pick a rider up within 3 km straight line (the
    road is 1.3 times as long, at 0.9 km a minute), both arrive in time, and together they drive fewer kilometres,
    which are given for each pair."""
    found = rows_of("rides.csv.gz")
    names = ("km", "earliest", "latest", "o_lat", "o_lon", "d_lat", "d_lon")
    drivers, riders = (
        np.array([[float(row[name]) for name in names] for row in found if (row["role"] == "offer") == gives]).T
        for gives in (True, False)
    )
    wish, offer, saved = shared_trips(riders, drivers)
    pairs = ordered(wish, offer, np.rint((200 - saved) * 100).astype(np.int64))
    wishes = [Wish(n, n, minutes=MINUTES) for n in range(riders.shape[1])]
    offers = [stranger(n, MINUTES) for n in range(drivers.shape[1])]
    return problem_of(wishes, offers), pairs, 200 - pairs.metres / 100


def shared_trips(riders: Floats, drivers: Floats) -> tuple[Ints, Ints, Floats]:
    """Which rider could ride with which driver, and the kilometres saved. Columns are trips; on the flat map of the
    files' own authors, at whose latitude a degree east is shorter."""
    near = cKDTree(drivers[3:5].T * FLAT).query_ball_point(riders[3:5].T * FLAT, FAR / KM_A_DEGREE)
    wish = np.repeat(np.arange(riders.shape[1]), [len(one) for one in near])
    offer = np.concatenate([np.array(one, np.int64) for one in near])
    rider, driver = riders[:, wish], drivers[:, offer]
    pick, drop = (
        ROAD * KM_A_DEGREE * np.hypot(*((rider[at : at + 2] - driver[at : at + 2]).T * FLAT).T) for at in (3, 5)
    )
    aboard = np.maximum(driver[1] + pick / SPEED, rider[1])
    there = aboard + rider[0] / SPEED
    saved = driver[0] - pick - drop
    fits = (there <= rider[2]) & (there + drop / SPEED <= driver[2]) & (saved > 0)
    return wish[fits], offer[fits], saved[fits]
