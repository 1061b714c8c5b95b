"""Each ballot's part of the say, told as meetings in Larkmere: who came, who stayed away, who is large."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alongside.methods.say import Ballot, Basis, Group, Setup, Side, faults
from alongside.methods.say.model import MILLION
from alongside.methods.say.shares import Cast, cast_of, shares_of

TOWN = Setup(
    Basis.SHARED,
    (
        Group("people", Side.PEOPLE, 400_000),
        Group("groups", Side.COMMUNITIES, 200_000),
        Group("council", Side.COMMISSIONERS, 250_000),
        Group("care", Side.SUPPLIERS, 150_000),
        Group("councillors", Side.POLITICIANS),
    ),
    suppliers_agreed=True,
    cap_pct=25,
)


def held(setup, **cast):
    shares = shares_of(setup, {key: one if isinstance(one, Cast) else Cast(one) for key, one in cast.items()})
    return None if shares is None else dict(shares.held)


def test_a_groups_part_is_shared_equally_among_its_ballots():
    shares = shares_of(TOWN, {"people": Cast(200), "groups": Cast(8), "council": Cast(1), "care": Cast(3)})
    assert shares.each == {
        "people": Fraction(4, 10) / 200,
        "groups": Fraction(2, 10) / 8,
        "council": Fraction(1, 4),
        "care": Fraction(15, 100) / 3,
    }
    assert shares.us == Fraction(6, 10)
    assert shares.start == shares.held


def test_what_nobody_used_passes_to_people_and_communities():
    """No supplier came: their 15 parts go to people and communities, two to one as their own do."""
    assert held(TOWN, people=200, groups=8, council=1) == {
        "people": Fraction(1, 2),
        "groups": Fraction(1, 4),
        "council": Fraction(1, 4),
        "care": 0,
    }


def test_a_community_that_stays_away_strengthens_people_and_not_the_council():
    assert held(TOWN, people=200, council=1, care=3) == {
        "people": Fraction(6, 10),
        "groups": 0,
        "council": Fraction(1, 4),
        "care": Fraction(15, 100),
    }


def test_without_commissioners_suppliers_hold_nothing():
    assert held(TOWN, people=200, groups=8, care=3) == {
        "people": Fraction(2, 3),
        "groups": Fraction(1, 3),
        "council": 0,
        "care": 0,
    }


def test_what_one_organisation_would_hold_above_the_cap_passes_to_us():
    """One council with a quarter and a cap of a tenth: the rest goes to people and communities. Three suppliers, who
    would then hold more than the council, come down with it."""
    capped = held(replace(TOWN, cap_pct=10), people=200, groups=8, council=1, care=3)
    assert capped == {
        "people": Fraction(8, 10) * Fraction(2, 3),
        "groups": Fraction(8, 10) * Fraction(1, 3),
        "council": Fraction(1, 10),
        "care": Fraction(1, 10),
    }


def test_a_community_group_is_capped_too_and_people_take_what_is_above():
    setup = Setup(Basis.OURS, (Group("people", Side.PEOPLE, 500_000), Group("groups", Side.COMMUNITIES, 500_000)))
    shares = shares_of(setup, {"people": Cast(100), "groups": Cast(3, organisations=3)})
    assert shares.each_organisation["groups"] == Fraction(1, 10)
    assert shares.held == {"people": Fraction(7, 10), "groups": Fraction(3, 10)}


def test_neighbours_and_an_organisation_in_one_group():
    """Five in a group that holds all: four neighbours and a charity, which may hold a tenth."""
    setup = Setup(Basis.OURS, (Group("all", Side.COMMUNITIES, MILLION),))
    shares = shares_of(setup, {"all": Cast(5, organisations=1)})
    charity, neighbour = Ballot("c", "all", organisation=True), Ballot("n", "all")
    assert shares.of(charity) == Fraction(1, 10)
    assert shares.of(neighbour) == Fraction(9, 40)


def test_where_only_communities_vote_they_share_it_below_the_cap():
    """Twelve groups of one sort and two of another: what the two would hold above the cap goes to the twelve."""
    setup = Setup(Basis.OURS, (Group("many", Side.COMMUNITIES, 500_000), Group("few", Side.COMMUNITIES, 500_000)))
    shares = shares_of(setup, {"many": Cast(12, 12), "few": Cast(2, 2)})
    assert shares.held == {"many": Fraction(8, 10), "few": Fraction(2, 10)}
    assert shares_of(setup, {"many": Cast(3, 3), "few": Cast(2, 2)}) is None
    ten = shares_of(setup, {"many": Cast(8, 8), "few": Cast(2, 2)})
    assert set(ten.each_organisation.values()) == {Fraction(1, 10)}


@pytest.mark.parametrize("cast", [{}, {"council": 3}, {"council": 2, "care": 2}, {"people": 0, "groups": 0}])
def test_where_nobody_of_us_voted_there_is_no_say(cast):
    assert held(TOWN, **cast) is None


def test_who_only_advises_holds_nothing_however_many_come():
    shares = shares_of(TOWN, {"people": Cast(2), "councillors": Cast(900)})
    assert shares.of(Ballot("x", "councillors")) == 0
    assert "councillors" not in shares.held
    assert sum(shares.held.values()) == 1


def test_more_people_never_means_less_for_people():
    """Each ballot weighs less as more of its group come, and the group keeps its part."""
    small, large = (shares_of(TOWN, {"people": Cast(n), "council": Cast(1)}) for n in (3, 3000))
    assert small.held["people"] == large.held["people"]
    assert small.each["people"] == 1000 * large.each["people"]


def test_ballots_are_counted_by_group():
    ballots = [Ballot("1", "people"), Ballot("2", "groups", organisation=True), Ballot("3", "people")]
    cast = cast_of(TOWN, ballots)
    assert (cast["people"], cast["groups"], cast["care"]) == (Cast(2), Cast(1, 1), Cast(0))


def test_a_ballot_of_a_group_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="No such group in this decision: nobody, ‮oops"):
        cast_of(TOWN, [Ballot("1", "nobody"), Ballot("2", "‮oops")])


def test_the_floor_itself_is_kept_to_the_last_millionth():
    setup = Setup(
        Basis.SHARED,
        (Group("people", Side.PEOPLE, 500_000), Group("a", Side.COMMISSIONERS, 499_999), Group("b", Side.SUPPLIERS, 1)),
        suppliers_agreed=True,
        cap_pct=25,
    )
    assert not faults(setup)
    shares = shares_of(setup, {"people": Cast(7), "a": Cast(9), "b": Cast(1)})
    assert shares.us == Fraction(1, 2) and sum(shares.held.values()) == 1


def test_a_hundred_thousand_ballots_are_still_exactly_one():
    shares = shares_of(TOWN, {"people": Cast(99_991), "groups": Cast(97), "council": Cast(3), "care": Cast(7)})
    total = sum(shares.each[key] * n for key, n in (("people", 99_991), ("groups", 97), ("council", 3), ("care", 7)))
    assert total == 1
