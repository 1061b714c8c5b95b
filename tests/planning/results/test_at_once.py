"""Several who count in one moment: one count, one result, nothing torn."""

import pytest

from alongside.planning.decisions.models import Stage
from alongside.planning.results import actions, queries
from alongside.planning.results.models import Result, ResultOption
from tests.cast import Cast
from tests.planning.ballots.box import over, voting
from tests.planning.deciding import fresh
from tests.planning.results.counted import LARKMERE, MACHINE, fill, voted
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_who_count_at_once_count_once(live_cast: Cast) -> None:
    decision = voted(live_cast)
    keys: list[int] = []
    assert at_once(lambda _n: keys.append(actions.count(by=MACHINE, decision=fresh(decision)).pk)) == []
    assert set(keys) == {decision.pk} and Result.objects.count() == 1 and ResultOption.objects.count() == 4
    assert fresh(decision).stage == Stage.DECIDED and list(queries.broken()) == []


def test_the_worker_and_a_button_at_once_close_and_count_once(live_cast: Cast) -> None:
    decision = voting(live_cast)
    fill(decision, LARKMERE)
    decision = over(decision)
    by = live_cast.commissioner.actor

    def press(n: int) -> None:
        if n % 2:
            actions.close_and_count(by=by, decision=fresh(decision))
        else:
            actions.count_due(by=MACHINE)

    assert at_once(press) == []
    assert Result.objects.count() == 1 and list(queries.broken()) == []
