"""A panel by lot where the sum is cut short or its solver fails: what is told stays true, and nothing is made up."""

from types import SimpleNamespace

import numpy as np
import pytest

from alongside.methods.lottery import choosing, master, maximin, relaxing, rounding
from alongside.methods.lottery.maximin import fairest
from alongside.methods.lottery.problem import Person, Problem, Quota, kinds_of
from alongside.methods.lottery.relaxing import why
from alongside.methods.lottery.rounding import equally_likely
from tests.methods.pools import members_keep, town

STOPPED = SimpleNamespace(status=1, x=None, mip_dual_bound=None, message="out of time")


@pytest.mark.parametrize(("where", "solver"), [(choosing, "milp"), (master, "linprog")])
def test_a_solver_that_stops_is_an_error_and_no_panel(
    monkeypatch: pytest.MonkeyPatch, where: object, solver: str
) -> None:
    monkeypatch.setattr(where, solver, lambda *given, **more: STOPPED)
    with pytest.raises(ArithmeticError, match="out of time"):
        fairest(kinds_of(town(40, 8, 1)))


def test_a_sum_that_is_cut_short_still_tells_how_much_fairer_it_could_be(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fairest(kinds_of(town(40, 8, 1)))
    monkeypatch.setattr(maximin, "MOST_ROUNDS", 1)
    short = fairest(kinds_of(town(40, 8, 1)))
    assert short.weights.sum() == pytest.approx(1) and short.rounds < whole.rounds
    assert short.least <= whole.least + 1e-9 <= short.bound + 1e-6, "what is proven holds for the fairest of all"
    assert all(np.isclose(short.panels.sum(axis=1), 8))


@pytest.mark.parametrize("most", [0, 1])
def test_a_list_of_panels_that_is_not_bettered_is_a_list_of_panels_all_the_same(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    problem = town(40, 8, 1)
    lottery = fairest(kinds_of(problem))
    monkeypatch.setattr(rounding, "MOST_EXCHANGES", most)
    found = equally_likely(lottery, 60)
    assert len(found) == 60 and all(members_keep(problem, panel) for panel in found.panels)


def test_no_more_ways_to_loosen_are_told_than_somebody_can_choose_from(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person(f"p{n}", {"a": "x" if n < 6 else "y", "b": "x" if n % 2 else "y"}) for n in range(12)]
    quotas = [Quota("a", "x", 4, 4), Quota("a", "y", 4, 4), Quota("b", "x", 5, 5), Quota("b", "y", 5, 5)]
    every = why(kinds_of(Problem(people, quotas, 9))).ways
    assert 1 < len(every) <= relaxing.WAYS
    monkeypatch.setattr(relaxing, "WAYS", 1)
    assert why(kinds_of(Problem(people, quotas, 9))).ways == every[:1]
