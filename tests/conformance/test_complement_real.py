"""Two public files of real trips and real placements: what the engine finds there, against what could be found at all.

The files are read where they lie and nothing of them is kept (neither source states a licence). Sources: refugee
placement FY16 (nhhai196/Refugee-Resettlement); ride sharing in Melbourne, instance S_1 (davidrey123/Ridesharing).
"""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from alongside.methods.complement.greedy import Turn, greedy
from alongside.methods.complement.run import solve
from bench._complement_peers import shared_trips
from tests.conformance.bristol import shared_data
from tests.methods.small_places import Give, Want, brought, pairs_of, place


def rows(name):
    path = Path(shared_data()) / "matching_offers" / name
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_everybody_who_can_be_placed_is_placed():
    """A group is never parted, and places have just the room that was used: 10 groups have no place at all."""
    ages = ("children", "adults", "seniors")
    sizes = [sum(int(row[age]) for age in ages) for row in rows("placement_groups.csv")]
    room = [sum(int(row[f"actual_{age}"]) for age in ages) for row in rows("placement_places.csv")]
    found = rows("placement_candidates.csv")
    ways = [
        (int(row["group"]) - 1, int(row["place_index"]), 1, round((1 - float(row["score"])) * 30_000), False)
        for row in found
    ]
    problem, pairs = place([Want(size, whole=True) for size in sizes], [Give(one) for one in room], ways)
    answer, in_turn = solve(problem, pairs), greedy(problem, pairs, Turn.NEAREST)
    able = np.unique(pairs.wish)
    assert (len(sizes), sum(sizes), len(room), len(pairs)) == (499, 1304, 21, 6275)
    assert answer.met.sum() == sum(sizes[wish] for wish in able) == 1282
    assert answer.gap == 0 and in_turn.met.sum() == 1093
    assert (answer.steps[answer.steps > 0] == problem.wishes.steps[answer.pairs.wish[answer.steps > 0]]).all()
    assert (brought(problem, answer) <= problem.offers.spare).all()


def test_as_many_riders_are_met_as_could_be_met():
    """A driver may pick a rider up within 3 km straight line (the road is 1.3 times that, at 0.9 km a minute), both
    arrive in time and the shared trip saves kilometres."""
    names = ("km", "earliest", "latest", "o_lat", "o_lon", "d_lat", "d_lon")
    found = rows("rides.csv.gz")
    drivers, riders = (
        np.array([[float(row[name]) for name in names] for row in found if row["role"] == role]).T
        for role in ("offer", "wish")
    )
    wish, offer, saved = shared_trips(riders, drivers)
    problem, _ = place([Want(1)] * riders.shape[1], [Give(1)] * drivers.shape[1], [])
    metres = np.rint((200 - saved) * 100).astype(np.int64)
    zero = np.zeros(len(wish), np.int64)
    pairs = pairs_of(problem, np.stack([wish, offer, zero, metres, zero], axis=1))
    answer = solve(problem, pairs)
    assert (riders.shape[1], drivers.shape[1], len(pairs), len(np.unique(wish))) == (10_125, 12_750, 39_960, 8_423)
    assert answer.met.sum() == 7_877 and answer.exact
    assert greedy(problem, pairs, Turn.NEAREST).met.sum() == pytest.approx(7_059, abs=5)
