"""What enters a run, and how it is worked out for the figures: each rule by itself."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, pause, welcome
from alongside.ground.people.models import Kind, Sort
from alongside.knowing.assets.actions import offer, say_room
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.models import Asked, Contribution
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Wish
from alongside.methods.complement.problem import OPEN
from alongside.methods.complement.watching import never
from alongside.methods.disclosure import HIDDEN_BELOW
from alongside.methods.scoring import Hit, Why
from alongside.planning.complementary import figures, further, gathering
from alongside.planning.complementary.gathering import Taken, gather
from alongside.planning.complementary.looking import candidates, solve
from alongside.planning.complementary.queries import Line, MoreLine, last_run, touched
from alongside.planning.complementary.showing import domain_rows, missing_rows, more_rows
from alongside.planning.complementary.wanting import bands, belongings, open_wishes
from alongside.planning.plans import actions as plans
from tests.cast import Cast
from tests.knowing.two_wards import two_wards
from tests.planning.everybody import MACHINE, plan_of, run, shares, wants

pytestmark = pytest.mark.django_db


def ids() -> list[int]:
    return [one.outcome.pk for one in open_wishes()]


def test_only_people_who_are_here_and_whose_plan_stands(cast: Cast) -> None:
    mair, tom = wants(cast.resident), wants(cast.carer)
    assert ids() == [mair.pk, tom.pk]
    pause(by=cast.carer.actor, party=cast.carer.party, on=True)
    assert ids() == [mair.pk], "nobody on a break"
    plans.drop(by=cast.resident.actor, plan=plan_of(mair))
    assert ids() == [], "nothing of a plan that was put away"


def test_some_outcomes_alone_can_be_looked_for(cast: Cast) -> None:
    wants(cast.resident)
    tom = wants(cast.carer)
    assert [one.outcome for one in open_wishes([tom.pk])] == [tom]
    assert open_wishes([]) == []


def test_one_wish_that_wants_one_holder_makes_the_whole_of_it_so(cast: Cast) -> None:
    outcome = wants(cast.resident)
    beside = wish(by=cast.resident.actor, owner=cast.resident.party, words="The same person, please", minutes_week=90,
                  outcome=outcome, countable=True)  # fmt: skip
    Wish.objects.filter(pk=beside.pk).update(divisible=False)
    assert [(one.minutes, one.divisible) for one in open_wishes()] == [(90, False)]
    gathered = gather()
    assert gathered.problem.wishes.whole.tolist() == [True] and gathered.problem.wishes.steps.tolist() == [3]


@pytest.mark.parametrize(("helpers", "band"), [(0, 5), (1, 4), (3, 2), (4, 1), (6, 1)])
def test_the_more_others_help_the_later_one_comes(cast: Cast, helpers: int, band: int) -> None:
    outcome = wants(cast.resident)
    for n in range(helpers):
        somebody = cast.person(f"Helper {n}").party
        given = plans.contributions.propose(by=cast.resident.actor, outcome=outcome, party=somebody, words="A lift")
        Contribution.objects.filter(pk=given.pk).update(state="accepted")
    mine = plans.contributions.propose(by=cast.resident.actor, outcome=outcome, party=cast.resident.party, words="Me")
    assert mine.agreed
    assert bands(open_wishes()) == {cast.resident.party.pk: band}, "oneself is no other"


def test_communities_and_circles_are_told_apart(cast: Cast) -> None:
    wants(cast.resident)
    wants(cast.outsider)
    assert cast.lunch_club
    keys = belongings(open_wishes())
    assert keys == {cast.resident.party.pk: {f"community {cast.lunch_club.pk}"}, cast.outsider.party.pk: frozenset()}


def offers(cast: Cast) -> dict[str, tuple[int, int, int]]:
    """Limit, taken and most of each offer, by its title."""
    columns = gather().problem.offers
    titles = dict(Asset.objects.values_list("pk", "title"))
    rows = zip(columns.id.tolist(), columns.limit.tolist(), columns.taken.tolist(), columns.most.tolist(), strict=True)
    return {titles[pk]: (limit, taken, most) for pk, limit, taken, most in rows}


def test_limits_are_those_that_the_holder_set(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour, "Singing for an hour")
    shares(cast.connector, "Singing with room for two", per_week=None)
    say_room(by=cast.connector.actor, asset=Asset.objects.get(title__contains="two"), room_for=2)
    places = shares(cast.supplier, "Singing in ten places")
    type(places.offer).objects.filter(pk=places.pk).update(unit="places", per_week=10, promised=4)
    assert offers(cast) == {
        "Singing for an hour": (2, 0, OPEN),
        "Singing with room for two": (OPEN, 0, 2),
        "Singing in ten places": (OPEN, 0, 2),
    }
    say_room(by=cast.connector.actor, asset=Asset.objects.get(title__contains="two"), room_for=0)
    assert "Singing with room for two" not in offers(cast), "what is full is not looked at"


def test_what_others_are_to_have_is_taken_while_a_part_is_mended(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour, per_week=200)
    columns = gather(only=[outcome.pk], taken={kitchen.pk: Taken(60, 1)}).problem.offers
    assert columns.spare.tolist() == [2] and columns.most.tolist() == [OPEN]


def test_a_place_that_others_are_to_have_is_not_found_for_one_more(cast: Cast) -> None:
    outcome, choir = wants(cast.resident), shares(cast.connector, per_week=None)
    say_room(by=cast.connector.actor, asset=choir, room_for=2)
    for taken, left in ((1, 1), (2, 0), (3, 0)):
        columns = gather(only=[outcome.pk], taken={choir.pk: Taken(60, taken)}).problem.offers
        assert columns.most.tolist() == [left]


def test_whoever_was_asked_this_week_is_not_asked_again(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    Asked.objects.create(party=cast.neighbour.party)
    problem = gather().problem
    assert problem.fixed.asked_this_week == {cast.neighbour.party.pk} and not len(candidates(problem))
    Asked.objects.update(at=timezone.now() - timedelta(days=8))
    assert len(candidates(gather().problem)) == 1


def test_a_block_counts_both_ways(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    block(by=cast.resident.actor, other=cast.neighbour.party)
    me, them = cast.resident.party.pk, cast.neighbour.party.pk
    problem = gather().problem
    assert problem.fixed.apart == {(me, them), (them, me)} and not len(candidates(problem))


def test_a_special_service_must_be_meant_by_its_word(cast: Cast) -> None:
    """What only comes near in meaning, or is for the same part of life, is no reason to send somebody there."""
    wants(cast.resident, "I want to feel less low", domain="health")
    clinic = welcome(by=MACHINE, kind=Kind.ORGANISATION, sort=Sort.SPECIALIST, name="The clinic")
    offer(by=MACHINE, holder=clinic, kind="service", title="Counselling for depression", audience="everyone",
          domains=["health"])  # fmt: skip
    assert not len(gather().problem.meant)


@pytest.mark.parametrize(
    ("why", "counts"),
    [
        ([("title", "house"), ("words", "house")], False),
        ([("title", "house"), ("domain", "home")], True),
        ([("means", "Debt")], False),
        ([("means", "Debt"), ("like", "0.4")], True),
        ([("near", "2")], False),
    ],
)
def test_one_stray_word_is_not_enough(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, why: list[tuple[str, str]], counts: bool
) -> None:
    wants(cast.resident)
    kitchen = shares(cast.neighbour)
    hit = Hit(kitchen.pk, 0.9, tuple(Why(*one) for one in why), 0.9)
    monkeypatch.setattr(gathering, "ideas_for", lambda *_asked, **_more: [hit])
    assert bool(len(gather().problem.meant)) == counts


def test_what_fits_much_less_than_the_best_is_left_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(cast.resident)
    best, other, odd = shares(cast.neighbour), shares(cast.connector, "Songs"), shares(cast.supplier, "A shed")
    signs = (Why("title", "sing"), Why("domain", "fun"))
    hits = [Hit(best.pk, 0.8, signs, 0.8), Hit(other.pk, 0.62, signs, 0.62), Hit(odd.pk, 0.5, signs, 0.5)]
    monkeypatch.setattr(gathering, "ideas_for", lambda *_asked, **_more: hits)
    assert gather().problem.offers.id.tolist() == [best.pk, other.pk]
    weak = [Hit(best.pk, 0.3, signs, 0.3)]
    monkeypatch.setattr(gathering, "ideas_for", lambda *_asked, **_more: weak)
    assert not len(gather().problem.offers), "what only comes near fits nothing"


def test_the_wish_counts_by_its_part_of_life_and_offers_by_what_was_found(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    problem = gather().problem
    assert [word for n, word in enumerate(problem.words) if int(problem.wishes.kinds[0]) >> n & 1] == ["fun"]
    assert problem.offers.kinds.tolist() == [0] and problem.meant.tolist() == [[0, 0]]


def test_a_table_says_distinct_people_and_where(cast: Cast) -> None:
    ashley, _easton = two_wards()
    cast.resident.party.area = ashley
    cast.resident.party.save()
    wants(cast.resident)
    wants(cast.resident, "I want to dance", domain="fun")
    wants(cast.carer)
    shares(cast.neighbour)
    gathered = gather()
    answer = solve(gathered.problem, candidates(gathered.problem))
    tables = {table.measure: table for table, _areas in figures.work_out(gathered, answer).tables}
    assert set(tables) == {figures.BY_AREA, figures.FOUND_BY_AREA}, "the place has no district of its own"
    assert tables[figures.BY_AREA].counts["W1"][figures.ALL] == 1, "two wishes, one person; he lives nowhere we know"
    assert tables[figures.BY_AREA].people == {"W1": 1, "W2": 0}
    assert sum(row[figures.ALL] for row in tables[figures.FOUND_BY_AREA].counts.values()) <= 1


def test_too_few_who_wait_are_not_even_tried(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(further, "one_more", lambda *_given, **_named: pytest.fail("nobody may know"))
    assert HIDDEN_BELOW > 1
    ashley, _easton = two_wards()
    wants(cast.resident)
    gathered = gather()
    answer = solve(gathered.problem, candidates(gathered.problem))
    assert np.all(answer.met == 0)
    assert further.further_of(gathered, answer, ashley, never) == (dict.fromkeys(figures.domains(), 0), [])


def test_what_has_been_touched_is_known_from_history(cast: Cast) -> None:
    mair, tom = wants(cast.resident), wants(cast.carer)
    kitchen = shares(cast.neighbour, per_week=400)
    first = run()
    assert touched(first, 10).all_wishes == set()
    say_room(by=cast.neighbour.actor, asset=kitchen, room_for=1)
    found = touched(first, 10)
    assert found.wishes == {mair.pk, tom.pk}, "both were found it"
    assert kitchen.pk in found.assets
    assert touched(first, 10, after=10**9).all_wishes == set()
    again = run()
    beside = wish(by=cast.carer.actor, owner=cast.carer.party, words="More of it", outcome=tom, countable=True)
    assert beside.pk and touched(again, 10).wishes == {tom.pk} and last_run() == again
    assert touched(again, 10).besides == set(), "all of hers is met"


def test_rows_stand_by_how_many_people_and_hidden_ones_are_left_out() -> None:
    lines = [
        Line(figures.WISHING, "fun", 20, 1),
        Line(figures.FINDING, "fun", None),
        Line(figures.WISHING, "people", 40, 1),
        Line(figures.FINDING, "people", 30, 1),
        Line(figures.WISHING, "home", None),
        Line(figures.MISSING, "reach", 10, 1),
        Line(figures.MISSING, "holder", 25, 1, before=30),
        Line(figures.MISSING, "time", None),
    ]
    rows = domain_rows(lines)
    assert [(row.words, row.wide, row.filled) for row in rows] == [
        ("People and company", 100.0, 75.0),
        ("Fun, music and making", 50.0, 0.0),
    ]
    assert [words for words, _line in missing_rows(lines)] == ["Anyone who offers it", "A way to get there"]


def test_what_some_more_would_do_is_one_sentence() -> None:
    said = more_rows([MoreLine("fun", "Larkmere", 6, 10, False)])
    assert said[0][0] == "6 more people for fun, music and making in Larkmere would let 10 people do what they want."


def test_nothing_is_gathered_for_a_program_or_a_passer_by(cast: Cast) -> None:
    """Whoever has no page has no wish here; gathering is the machine's alone and gives nobody anything."""
    someone, _token = cast.passer_by
    plan = plans.start(by=someone.actor, owner=someone.party)
    plans.say_wants(by=someone.actor, plan=plan, wants=[plans.Want("I want to sing", "fun")])
    assert open_wishes() == [] and Actor.anyone().party is None
