"""Attacks on a decision by somebody who wants more than their say, and by who looks after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Party, Sort
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.queries import barred
from alongside.planning.lotteries import actions as lotteries
from alongside.planning.papers import actions as papers
from alongside.planning.results import actions as results
from alongside.planning.rolls import actions as rolls
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.queries import standings
from tests.cast import MACHINE, Cast
from tests.planning.ballots.box import AFFECTED, COUNCILS, OURS, cast_for, closed, put, voting
from tests.planning.deciding import fresh, move
from tests.planning.lotteries.panels import ready
from tests.planning.thinking import NOW_LISTING

pytestmark = pytest.mark.django_db


# One organisation never above its cap, and no gain on its own idea: so it stands under its own name


def test_no_code_and_no_name_alone_puts_anybody_among_organisations(cast: Cast) -> None:
    """Nobody knows who holds a code: five of them would be five ballots of one council, each up to the cap."""
    decision, by = voting(cast, ways=["code"]), cast.commissioner.actor
    councils = decision.groups.get(key=COUNCILS)
    with pytest.raises(Fault, match="under its own name"):
        rolls.print_codes(by=by, decision=decision, group=councils, how_many=5)
    with pytest.raises(Fault, match="under its own name"):
        papers.print_sheets(by=by, decision=decision, group=councils, how_many=5)
    with pytest.raises(Fault, match="under its own name"):
        rolls.add_to_list(by=by, decision=decision, group=councils, people=[Named("Testford Council, 2nd desk")])
    assert not Seat.objects.exists()


def test_who_works_for_a_council_is_not_listed_beside_it(cast: Cast) -> None:
    decision, by = voting(cast), cast.commissioner.actor
    councils = decision.groups.get(key=COUNCILS)
    with pytest.raises(Fault, match="does not fit"):
        rolls.add_to_list(by=by, decision=decision, group=councils, people=[Named("", cast.coordinator.party)])


# A slip that comes back outside the vote


def test_no_slip_comes_back_before_the_vote_or_after_the_count(cast: Cast) -> None:
    decision, by = voting(cast, ways=["code"]), cast.commissioner.actor
    batch = rolls.print_codes(by=by, decision=decision, group=decision.groups.get(key=OURS), how_many=2)
    for when in (NOW_LISTING, None):
        moved = move(decision, when) if when else closed(decision, cast.commissioner)
        if when is None:
            results.count(by=MACHINE, decision=moved)
            moved = fresh(decision)
        with pytest.raises(Refused):
            rolls.receive_slip(by=by, decision=moved, code=batch.codes[0][0])
    assert not Roll.objects.exists()


# Who is directly affected is not for everybody to say of themselves


def test_nobody_calls_themselves_affected_alone(cast: Cast) -> None:
    """A group of few with a fifth of the say: in it one ballot holds most, and can hold up everything."""
    decision = voting(cast)
    assert [one.key for one in standings(cast.outsider.actor, decision)[0].groups] == [OURS]
    with pytest.raises(Fault, match="group"):
        cast_for(cast.outsider, decision, 1, group=AFFECTED)
    put(cast, decision, AFFECTED, cast.resident)
    assert cast_for(cast.resident, decision, 1, group="").receipt
    assert Seat.objects.get(party=cast.resident.party).group.key == AFFECTED


def test_a_code_for_the_town_makes_nobody_affected_and_one_for_the_street_does(cast: Cast) -> None:
    decision, by = voting(cast, ways=["code"]), cast.commissioner.actor
    for key, wrong, somebody in ((OURS, AFFECTED, cast.neighbour), (AFFECTED, OURS, cast.outsider)):
        group = decision.groups.get(key=key)
        code = rolls.print_codes(by=by, decision=decision, group=group, how_many=1).codes[0][0]
        rolls.use_code(by=somebody.actor, decision=decision, code=code)
        with pytest.raises(Fault, match="group"):
            cast_for(somebody, decision, 1, group=wrong)
        assert cast_for(somebody, decision, 1, group=key).receipt


def test_nobody_is_vouched_into_the_people_affected(cast: Cast) -> None:
    """That would be to confirm it once the vote is open."""
    decision = voting(cast)
    put(cast, decision, AFFECTED, cast.resident)
    code = rolls.vouch(by=cast.resident.actor, decision=decision, name="Iolo Rees", key="")
    somebody = cast.person("Iolo Rees")
    rolls.use_code(by=somebody.actor, decision=decision, code=code)
    assert cast_for(somebody, decision, 1, group="").receipt
    assert Seat.objects.get(party=somebody.party).group.key == OURS


# A panel by lot: one way to write the numbers that the public drew


@pytest.mark.parametrize(
    "typed",
    ["3 14 15 26 35 41", "03, 14, 15, 26, 35, 41", "41 35 26 15 14 3", "3-14-15-26-35-41", " 3  14 15 26 35 41."],
)
def test_numbers_of_the_public_draw_one_panel_however_they_are_typed(cast: Cast, typed: str) -> None:
    """The list's mark is open, so whoever types could try commas, noughts and orders until a friend is drawn."""
    lottery, _people = ready(cast, seed_way="public", seed_words="The six main numbers")
    lotteries.draw(by=cast.commissioner.actor, lottery=lottery, seed=typed)
    assert lottery.draws.get().seed == "3 14 15 26 35 41"


@pytest.mark.parametrize("typed", ["3 14 15 26 35 41 lucky", "٣ ١٤", "none", "1 " * 31, "1" * 31])
def test_nothing_but_numbers_is_taken_for_the_chance(cast: Cast, typed: str) -> None:
    lottery, _people = ready(cast, seed_way="public", seed_words="The six main numbers")
    with pytest.raises(Fault, match="Type in"):
        lotteries.draw(by=cast.commissioner.actor, lottery=lottery, seed=typed)
    assert lottery.draws.get().number is None


# Those who run it take nobody's vote away once people choose


def test_nobody_is_said_to_gain_by_others_once_the_vote_has_begun(cast: Cast) -> None:
    """Else whoever runs it could bar everybody they do not like on the last day; it cannot be taken out then."""
    decision = voting(cast)
    idea = decision.options.get(n=1).idea
    with pytest.raises(Fault, match="People are choosing"):
        ideas.declare(by=cast.commissioner.actor, idea=idea, party=cast.neighbour.party, kind="paid")
    assert not barred(decision, cast.neighbour.party)
    ideas.declare(by=cast.neighbour.actor, idea=idea, party=cast.neighbour.party, kind="paid")
    assert barred(decision, cast.neighbour.party)


# What somebody says of an organisation that they made is not what the register says


def test_nobody_makes_a_council_to_vote_among_councils(cast: Cast) -> None:
    """Anybody may open a page for a public service, long before: each would be a ballot among councils and the NHS, up
    to the cap, and hold up suppliers' part besides."""
    given = {"by": cast.outsider.actor, "kind": Kind.ORGANISATION, "sort": Sort.PUBLIC}
    made_up = people.welcome(name="Testford Health Council", **given)
    decision = voting(cast)
    Party.objects.filter(pk=made_up.pk).update(since=decision.declared_at - timedelta(days=9))
    assert not [one for one in standings(cast.outsider.actor, decision) if one.party == made_up]
    council = Party.objects.filter(pk=cast.council.pk)
    council.update(since=decision.declared_at - timedelta(days=9))
    assert [one.party for one in standings(cast.commissioner.actor, fresh(decision))].count(cast.council) <= 1
