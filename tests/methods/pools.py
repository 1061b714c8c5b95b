"""Small pools for lotteries, and what is found by looking at every panel there is."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from alongside.methods.lottery.problem import Person, Problem, Quota

POOL: Mapping[str, Mapping[str, float]] = {
    "gender": {"woman": 0.6, "man": 0.38, "other": 0.02},
    "age": {"16-29": 0.1, "30-44": 0.2, "45-64": 0.4, "65+": 0.3},
    "place": {"north": 0.3, "south": 0.2, "east": 0.4, "west": 0.1},
    "born": {"here": 0.8, "elsewhere": 0.2},
    "school": {"to 16": 0.2, "to 18": 0.3, "longer": 0.5},
}
TOWN: Mapping[str, Mapping[str, float]] = {
    "gender": {"woman": 0.5, "man": 0.48, "other": 0.02},
    "age": {"16-29": 0.22, "30-44": 0.25, "45-64": 0.3, "65+": 0.23},
    "place": {"north": 0.25, "south": 0.25, "east": 0.25, "west": 0.25},
    "born": {"here": 0.7, "elsewhere": 0.3},
    "school": {"to 16": 0.35, "to 18": 0.35, "longer": 0.3},
}


def town(pool: int = 150, size: int = 22, seed: int = 1) -> Problem:
    """Who comes forward in a town is not who lives there: five questions, sixteen quotas as the town is."""
    chance = random.Random(seed)
    people = [
        Person(f"p{n:04d}", {name: chance.choices(list(of), list(of.values()))[0] for name, of in POOL.items()})
        for n in range(pool)
    ]
    quotas = [
        Quota(name, answer, int(share * size), -int(-share * size // 1))
        for name, of in TOWN.items()
        for answer, share in of.items()
    ]
    return Problem(people, quotas, size)


@st.composite
def problems(draw: st.DrawFn, homes: bool = False) -> Problem:
    """Pools of a few people, with quotas that can be kept or not."""
    answers = st.sampled_from(["a", "b", ""])
    people = [
        Person(f"k{n}", {"one": draw(answers), "two": draw(answers)}, draw(st.sampled_from(["", "x", "y"])))
        for n in range(draw(st.integers(2, 8)))
    ]
    quotas = []
    for question in ("one", "two"):
        for answer in ("a", "b"):
            least = draw(st.integers(0, 2))
            quotas.append(Quota(question, answer, least, least + draw(st.integers(0, 3))))
    return Problem(people, quotas, draw(st.integers(1, 4)), one_a_home=homes or draw(st.booleans()))


def all_panels(problem: Problem) -> list[tuple[int, ...]]:
    """Every panel that keeps every rule, as places in the pool."""
    return [
        panel for panel in itertools.combinations(range(len(problem.people)), problem.size) if keeps(problem, panel)
    ]


def keeps(problem: Problem, panel: tuple[int, ...]) -> bool:
    members = [problem.people[n] for n in panel]
    homes = [one.home for one in members if one.home]
    if problem.one_a_home and len(homes) != len(set(homes)):
        return False
    if not problem.kept <= {one.key for one in members}:
        return False
    return len(members) == problem.size and all(
        quota.least <= sum(one.answers.get(quota.question) == quota.answer for one in members) <= quota.most
        for quota in problem.quotas
    )


def members_keep(problem: Problem, keys: tuple[str, ...]) -> bool:
    place = {person.key: n for n, person in enumerate(problem.people)}
    return keeps(problem, tuple(place[key] for key in keys))


def best_by_hand(problem: Problem) -> tuple[float, set[str]] | None:
    """The largest smallest chance over every panel there is, person by person, and who is on none; None where there
    is no panel."""
    panels = all_panels(problem)
    if not panels:
        return None
    on = np.zeros((len(problem.people), len(panels)))
    for n, panel in enumerate(panels):
        on[list(panel), n] = 1
    never = {problem.people[n].key for n in range(len(on)) if not on[n].any()}
    mine = on[[n for n, one in enumerate(problem.people) if one.key not in never | problem.kept]]
    if not len(mine):
        return 1.0, never
    rows = np.hstack([-mine, np.ones((len(mine), 1))])
    goal = np.append(np.zeros(len(panels)), -1.0)
    found = linprog(goal, rows, np.zeros(len(mine)), np.append(np.ones(len(panels)), 0.0)[None, :], [1.0])
    return float(-found.fun), never


def evenest_by_hand(problem: Problem, least: float) -> float:
    """The smallest largest chance over every panel there is, where nobody who can be chosen has less than `least`."""
    panels = all_panels(problem)
    on = np.zeros((len(problem.people), len(panels)))
    for n, panel in enumerate(panels):
        on[list(panel), n] = 1
    mine = on[[n for n, one in enumerate(problem.people) if on[n].any() and one.key not in problem.kept]]
    if not len(mine):
        return 0.0
    none, one = np.zeros((len(mine), 1)), np.ones((len(mine), 1))
    rows = np.vstack([np.hstack([-mine, none]), np.hstack([mine, -one])])
    most = np.concatenate([np.full(len(mine), 1e-7 - least), np.zeros(len(mine))])
    goal = np.append(np.zeros(len(panels)), 1.0)
    found = linprog(goal, rows, most, np.append(np.ones(len(panels)), 0.0)[None, :], [1.0])
    return float(found.fun)
