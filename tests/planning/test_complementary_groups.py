"""Groups that start with a least number, in what is found for everybody: filled, or left; never with too few."""

from __future__ import annotations

import pytest

from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.contributions.models import Contribution
from alongside.planning.complementary.actions import mend
from alongside.planning.complementary.gathering import gather
from alongside.planning.complementary.models import Found
from alongside.planning.plans import actions as plans
from alongside.planning.plans.ideas import board
from tests.cast import Cast
from tests.planning.everybody import MACHINE, plan_of, run, shares, wants

pytestmark = pytest.mark.django_db


def choir(cast: Cast, least: int = 3) -> Asset:
    return shares(cast.neighbour, "Singing together", per_week=None, least_people=least)


def test_a_group_meets_only_when_enough_want_to_come(cast: Cast) -> None:
    group, people = choir(cast), [cast.resident, cast.carer, cast.outsider]
    outcomes = [wants(one) for one in people[:2]]
    assert gather().problem.offers.least.tolist() == [3]
    run()
    assert not Found.objects.exists(), "two are too few"
    outcomes.append(wants(people[2]))
    run()
    assert {row.sought.outcome_id for row in Found.objects.filter(asset=group)} == {one.pk for one in outcomes}


def test_when_one_stays_away_the_others_are_not_sent_to_a_group_that_does_not_start(cast: Cast) -> None:
    group = choir(cast)
    outcomes = {one: wants(one) for one in (cast.resident, cast.carer, cast.outsider)}
    run()
    assert Found.objects.count() == 3
    mair = outcomes[cast.resident]
    plans.choose(by=cast.resident.actor, plan=plan_of(mair), outcome=mair, asset=group, choice="no")
    mend(by=MACHINE)
    assert not Found.objects.exists()


def test_who_comes_already_counts_towards_the_group(cast: Cast) -> None:
    group = choir(cast)
    wants(cast.resident)
    wants(cast.carer)
    other = wants(cast.outsider)
    assert cast.outsider.login and cast.neighbour.login
    plan = plan_of(other)
    plans.choose(by=cast.outsider.actor, plan=plan, outcome=other, asset=group, choice="yes")
    plans.send(by=cast.outsider.actor, plan=plan)
    asked = Contribution.objects.get()
    contributions.answer(by=cast.neighbour.actor, contribution=asked, yes=True)
    run()
    assert Found.objects.filter(asset=group).count() == 2, "with the one who comes they are three"


def test_a_plan_says_from_how_many_it_starts_and_what_is_missing(cast: Cast) -> None:
    choir(cast, 4)
    outcome = wants(cast.resident)
    run()
    seen = board(cast.resident.actor, plan_of(outcome), outcome)
    (card,) = [card for rung in seen.rungs for card in rung.cards]
    assert "Starts when 4 people want to come." in card.reasons and not card.everybody
