"""Suggestions, as stories: Rosa and what she wants, her neighbours, groups, shops and services."""

from dataclasses import replace

import pytest

from alongside.methods.complement import NOT_FOR_UNPAID, Fixed, Offer, Reason, Source, Window, Wish, suggest, tasks_in
from alongside.methods.complement.safety_words import WORDS
from alongside.methods.distance import Point

ROSA, TOM, GROUP, SHOP, COUNCIL, CLINIC = range(1, 7)
MONDAY, TUESDAY = 0, 1
AFTERNOON = (13 * 60, 16 * 60)

gardening = frozenset({"gardening"})
wish = Wish(1, ROSA, kinds=gardening)
own = Offer(10, ROSA, Source.OWN, paid=False, kinds=gardening)
tom = Offer(11, TOM, Source.OWN, paid=False, kinds=gardening, minutes=200)
group = Offer(12, GROUP, Source.COMMUNITY, paid=False, kinds=gardening)
shop = Offer(13, SHOP, Source.BUSINESS, paid=True, kinds=gardening)
council = Offer(14, COUNCIL, Source.UNIVERSAL, paid=True, kinds=gardening)
clinic = Offer(15, CLINIC, Source.SPECIALIST, paid=True, kinds=gardening)
everyone = [own, tom, group, shop, council, clinic]


def offers_of(ideas) -> list[int]:
    return [idea.offer for idea in ideas.ideas]


def why_not(ideas, source: Source) -> dict[str, int]:
    return next(dict(looked.why_not) for looked in ideas.looked if looked.source is source)


def test_ideas_start_with_what_rosa_has_and_go_outward():
    found = suggest([wish], everyone).ideas
    assert [idea.source for idea in found] == [1, 2, 2, 3, 4, 5]
    assert found[0].reasons[0] == Reason("yours")
    assert found[-1].looked_before == (
        Source.OWN,
        Source.COMMUNITY,
        Source.BUSINESS,
        Source.UNIVERSAL,
    )


def test_rosas_own_order_comes_before_the_books():
    mine = replace(wish, order=(Source.SPECIALIST, Source.OWN))
    assert [idea.source for idea in suggest([mine], everyone).ideas] == [5, 1, 2, 2, 3, 4]


def test_a_source_she_rules_out_is_not_even_looked_at():
    mine = replace(wish, ruled_out=frozenset({Source.COMMUNITY, Source.SPECIALIST}))
    found = suggest([mine], everyone)
    assert offers_of(found) == [10, 13, 14]
    assert [looked.source for looked in found.looked] == [1, 3, 4]


def test_a_neighbours_own_asset_is_community_to_rosa_and_her_own_to_tom():
    assert tom.source_for(ROSA) is Source.COMMUNITY and tom.source_for(TOM) is Source.OWN


def test_tom_is_asked_for_sixty_in_a_hundred_of_what_he_offered_and_no_more():
    (idea,) = suggest([replace(wish, minutes=180)], [tom]).ideas
    assert idea.minutes == 120 and Reason("spare_after", 0) in idea.reasons
    assert suggest([wish], [replace(tom, promised=120)]).ideas == ()
    (raised,) = suggest([replace(wish, minutes=180)], [replace(tom, limit_pct=100)]).ideas
    assert raised.minutes == 180


def test_a_wish_that_cannot_be_shared_out_needs_one_holder_with_enough():
    found = suggest([replace(wish, minutes=121, divisible=False)], [tom])
    assert found.ideas == () and why_not(found, Source.COMMUNITY) == {"at_limit": 1}


def test_tom_is_asked_once_a_week_whatever_he_offers():
    cooking = replace(tom, id=16, kinds=frozenset({"cooking"}))
    two = [wish, replace(wish, id=2, kinds=frozenset({"cooking"}))]
    found = suggest(two, [tom, cooking])
    assert offers_of(found) == [11]
    asked = suggest([wish], [tom], Fixed(asked_this_week=frozenset({TOM})))
    assert why_not(asked, Source.COMMUNITY) == {"asked_this_week": 1}


def test_an_open_door_may_be_suggested_as_often_as_it_fits():
    assert offers_of(suggest([wish, replace(wish, id=2)], [group])) == [12, 12]


@pytest.mark.parametrize("task", ["personal_care", "medicines", "handling_money", "transfers", "nights"])
def test_some_help_is_never_asked_of_unpaid_people(task):
    for asking in (replace(wish, tasks=frozenset({task})), replace(wish, kinds=gardening | {task})):
        found = suggest([asking], everyone)
        assert [idea.source for idea in found.ideas] == [1, 3, 4, 5]
        assert why_not(found, Source.COMMUNITY) == {"not_for_unpaid": 2}
    offered = [replace(tom, tasks=frozenset({task}))]
    assert suggest([wish], offered).ideas == ()


def test_hours_of_the_night_are_not_asked_of_unpaid_people():
    night = replace(wish, windows=(Window(MONDAY, 23 * 60, 24 * 60),))
    assert [idea.source for idea in suggest([night], everyone).ideas] == [1, 3, 4, 5]
    late = replace(wish, windows=(Window(MONDAY, 22 * 60, 24 * 60),))
    assert len(suggest([late], everyone).ideas) == 6


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        ("someone to help me have a shower", {"personal_care"}),
        ("Getting dressed in the morning", {"personal_care"}),
        ("remember to take my tablets", {"medicines"}),
        ("help to pay my bills", {"handling_money"}),
        ("getting in and out of bed", {"transfers"}),
        ("someone with me through the night", {"nights"}),
        ("wash me and give me my insulin", {"personal_care", "medicines"}),
        ("walk along the river bank to Bath", set()),
        ("learn to use my tablet", set()),
        ("a quiz night with friends", set()),
        ("a lift to the shops", set()),
        ("rhywun i fy helpu i gael cawod", {"personal_care"}),
        ("Help i ymolchi ac i wisgo amdanaf yn y bore", {"personal_care"}),
        ("mynd i'r tŷ bach", {"personal_care"}),
        ("cofio cymryd fy nhabledi", {"medicines"}),
        ("rhywun i roi’r inswlin imi", {"medicines"}),
        ("nôl presgripsiwn", {"medicines"}),
        ("help i dalu fy miliau", {"handling_money"}),
        ("edrych ar ôl fy arian", {"handling_money"}),
        ("casglu fy mhensiwn", {"handling_money"}),
        ("mynd i mewn ac allan o'r gwely", {"transfers"}),
        ("codi o'r gadair", {"transfers"}),
        ("rhywun gyda mi drwy’r nos", {"nights"}),
        ("aros dros nos", {"nights"}),
        ("Someone at home dros nos i roi fy moddion", {"nights", "medicines"}),
        ("cerdded ar hyd yr afon", set()),
        ("dysgu defnyddio fy nhabled", set()),
        ("canu gyda'r nos, bob nos Fawrth", set()),
        ("noson gwis gyda ffrindiau", set()),
        ("lifft i'r siopau", set()),
        ("mynd â bwyd i'r banc bwyd", set()),
        ("golchi dillad a golchi llestri", set()),
        ("cysgod rhag cawod o law", set()),
        ("y fath hwyl a gawn ni", set()),
        ("gwisgo het goch", set()),
    ],
)
def test_such_help_is_noticed_in_someones_own_words(words, tasks):
    assert tasks_in(words) == tasks


def test_each_kind_of_it_has_its_words_in_both_languages():
    assert set(WORDS) == NOT_FOR_UNPAID
    assert all(set(words) == {"en", "cy"} and all(words.values()) for words in WORDS.values())


@pytest.mark.parametrize("words", ["", "\x00", "🎹" * 10_000, "\u202eton" * 1_000, "a" * 20_000, "codi o'r " * 3_000])
def test_noticing_is_quick_whatever_somebody_writes(words):
    assert tasks_in(words) == set()


def test_access_that_is_known_comes_first_and_access_that_is_missing_not_at_all():
    needs = replace(wish, needs=frozenset({"step_free"}))
    known = replace(shop, id=30, has=frozenset({"step_free"}))
    steps = replace(shop, id=31, lacks=frozenset({"step_free"}))
    found = suggest([needs], [shop, known, steps])
    assert offers_of(found) == [30, 13]
    assert Reason("access_met", "step_free") in found.ideas[0].reasons
    assert Reason("access_unknown", "step_free") in found.ideas[1].reasons
    assert why_not(found, Source.BUSINESS) == {"access_missing": 1}


def test_what_is_open_to_one_community_is_for_its_members():
    members = replace(group, open_to=frozenset({"somali-women"}))
    assert why_not(suggest([wish], [members]), Source.COMMUNITY) == {"not_open_to_you": 1}
    assert offers_of(suggest([replace(wish, communities=frozenset({"somali-women"}))], [members])) == [12]


def test_distance_counts_for_both_sides():
    here, there = Point(51.4545, -2.5879), Point(51.4816, -2.5879)  # 3.0 km apart
    at_home, near = replace(wish, place=here), replace(shop, place=there)
    (idea,) = suggest([at_home], [near]).ideas
    assert Reason("near", 3.0) in idea.reasons
    for asking, offer in [
        (replace(at_home, reach_km=2.9), near),
        (replace(at_home, reach_km=9), replace(near, reach_km=2.9)),
    ]:
        assert why_not(suggest([asking], [offer]), Source.BUSINESS) == {"out_of_reach": 1}


def test_times_must_meet_and_the_day_is_a_reason():
    monday = replace(wish, windows=(Window(MONDAY, *AFTERNOON),))
    tuesday_shop = replace(shop, windows=(Window(TUESDAY, *AFTERNOON),))
    assert why_not(suggest([monday], [tuesday_shop]), Source.BUSINESS) == {"times_differ": 1}
    (idea,) = suggest([monday], [replace(shop, windows=(Window(MONDAY, 15 * 60, 17 * 60),))]).ideas
    assert Reason("day", MONDAY) in idea.reasons


def test_people_who_are_kept_apart_are_not_brought_together():
    found = suggest([wish], [tom, group], Fixed(apart=frozenset({(ROSA, TOM)})))
    assert offers_of(found) == [12] and why_not(found, Source.COMMUNITY) == {"apart": 1}


def test_a_holder_is_not_asked_for_what_they_refuse():
    assert why_not(suggest([wish], [replace(tom, refuses=gardening)]), Source.COMMUNITY) == {"holder_refuses": 1}


def test_unpaid_work_in_place_of_a_paid_service_says_so_and_waits():
    found = suggest([wish], everyone, Fixed(paid_kinds=gardening)).ideas
    assert {idea.offer for idea in found if idea.waits} == {tom.id, group.id}
    assert all((Reason("paid_service_does_this") in idea.reasons) == idea.waits for idea in found)


def test_words_from_search_find_what_kinds_do_not_and_order_it():
    plain = Wish(1, ROSA)
    found = suggest([plain], [shop, council], relevance={(1, 13): 0.2, (1, 14): 0.9})
    assert [idea.reasons[0] for idea in found.ideas] == [Reason("words", 0.2), Reason("words", 0.9)]
    nothing = suggest([plain], [shop])
    assert nothing.ideas == () and why_not(nothing, Source.BUSINESS) == {"no_match": 1}


def test_a_few_ideas_a_source_and_the_account_says_how_many_more_there_were():
    shops = [replace(shop, id=100 + n) for n in range(7)]
    found = suggest([wish], shops)
    assert offers_of(found) == [100, 101, 102]
    assert why_not(found, Source.BUSINESS) == {"enough_shown": 4}


def test_the_same_id_twice_is_refused():
    with pytest.raises(ValueError, match="same offer id"):
        suggest([wish], [shop, shop])
    with pytest.raises(ValueError, match="same wish id"):
        suggest([wish, wish], [shop])


def test_a_wish_in_the_part_of_life_called_money_may_be_served_by_neighbours():
    advice = frozenset({"money"})
    found = suggest([replace(wish, kinds=advice)], [replace(group, kinds=advice)])
    assert offers_of(found) == [group.id]
