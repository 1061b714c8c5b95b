"""What goes on here by the five ways to feel well and by who holds it; people are counted with care."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.knowing.assessment import showing, ways
from alongside.knowing.assessment.actions import publish
from alongside.knowing.assessment.models import PublishedFigure
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.lexicon.models import AssetConcept
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.queries import life_domains
from tests.cast import Cast
from tests.knowing.two_wards import MACHINE, residents, two_wards

pytestmark = pytest.mark.django_db
PAGE = "/place/five-ways/"


def holder(sort: str, name: str) -> Party:
    kind = Kind.COMMUNITY if sort in (Sort.PLACE, Sort.INTEREST, Sort.GROUP) else Kind.ORGANISATION
    return welcome(by=MACHINE, kind=kind, sort=sort, name=name)


def shares(owner: Party, title: str, domains: tuple[str, ...] = (), **given: Any) -> Any:
    given = {"kind": "activity", "audience": "everyone"} | given
    return offer(by=MACHINE, holder=owner, title=title, domains=list(domains), **given)


def serves(asset: Any, *concepts: str, weight: int = 80) -> None:
    AssetConcept.objects.filter(asset=asset).delete()
    for concept in concepts:
        AssetConcept.objects.create(asset=asset, concept=concept, weight=weight, how="words")


def row(key: str) -> ways.WayRow:
    return next(one for one in ways.rows() if one.way.key == key)


def test_the_five_have_their_concepts_and_every_part_of_life_they_lean_on_is_known() -> None:
    five = ways.ways()
    assert [one.key for one in five] == ["connect", "be_active", "take_notice", "keep_learning", "give"]
    assert all(len(one.concepts) >= 20 for one in five)
    known = {domain["key"] for domain in life_domains()}
    assert all(set(one.domains) <= known and one.domains for one in five)
    assert "volunteer_find" in next(one for one in five if one.key == "give").concepts


def test_what_it_serves_says_which_way_and_the_sort_of_holder_which_column() -> None:
    for sort, column in (
        ("group", "communities"),
        ("voluntary", "voluntary"),
        ("business", "business"),
        ("public", "public"),
    ):
        serves(shares(holder(sort, f"Some {sort}"), "Thursday"), "company_most_days")
        assert row("connect").things[column] == 1
    assert row("connect").total == 4
    assert row("keep_learning").total == 0


def test_two_concepts_of_one_way_count_a_thing_once_and_two_ways_count_it_in_both() -> None:
    thing = shares(holder("voluntary", "Walkers"), "Walk and talk")
    serves(thing, "walking_group", "company_most_days", "make_friends")
    assert row("connect").total == 1
    assert row("be_active").total == 1


def test_what_is_not_sure_does_not_count_and_the_part_of_life_speaks_instead() -> None:
    thing = shares(holder("public", "Library"), "Evenings", ("learning",))
    serves(thing, "company_most_days", weight=ways.SURE - 1)
    assert row("connect").total == 0
    assert row("keep_learning").total == 1
    serves(thing, "company_most_days", weight=ways.SURE)
    assert row("keep_learning").total == 0, "what it is found to serve comes before the part of life"


def test_what_is_not_for_everyone_or_was_taken_back_is_in_no_column(cast: Cast) -> None:
    club = cast.lunch_club
    kept = shares(club, "For members", ("people",), audience="me")
    serves(kept, "company_most_days")
    gone = shares(club, "Gone", ("people",))
    serves(gone, "company_most_days")
    withdraw(by=MACHINE, asset=gone)
    assert row("connect").total == 0


def test_people_are_counted_only_where_they_chose_and_never_when_few() -> None:
    ashley, _easton = two_wards()
    for number, countable in ((11, True), (12, False)):
        for owner in residents(number, ashley):
            serves(shares(owner, "A chat", ("people",), kind="time", countable=countable), "keep_company_offer")
    few = residents(9, ashley)
    for owner in few:
        serves(shares(owner, "Maths", ("learning",), kind="skill", countable=True), "learn_for_fun")
    publish(by=MACHINE)
    kept = PublishedFigure.objects.filter(row__table__measure=ways.SHARING_WAYS, row__area=ashley)
    values = dict(kept.values_list("category", "value"))
    assert values["connect"] in (10, 20), "eleven, or twenty with those who teach in company"
    assert values["be_active"] is None
    assert row("be_active").people is None
    assert all(one.things[column] == 0 for one in ways.rows() for column in one.things), "a person is in no column"


def test_a_total_of_people_is_given_only_where_every_area_shows_one() -> None:
    ashley, easton = two_wards()
    for area, many in ((ashley, 12), (easton, 3)):
        for owner in residents(many, area):
            serves(shares(owner, "A chat", ("people",), kind="time", countable=True), "keep_company_offer")
    publish(by=MACHINE)
    connect = row("connect")
    assert connect.people is None
    assert connect.shown_in == 1


def test_wishes_that_everyone_may_read_stand_beside_and_private_ones_do_not(cast: Cast) -> None:
    mair = cast.resident
    for audience in ("everyone", "me"):
        wish(by=mair.actor, owner=mair.party, words="Somebody to talk to", domain="people", audience=audience)
    assert row("connect").waiting == 1
    assert row("give").waiting == 0


def test_bars_are_as_long_as_there_is_of_it() -> None:
    for n in range(4):
        serves(shares(holder("group", f"Group {n}"), "Tea"), "company_most_days")
    serves(shares(holder("public", "Pool"), "Swimming"), "swimming")
    bars = {way.label: (total, pieces) for way, total, pieces in showing.way_bars(ways.rows())}
    connect, move = bars["Be with people"], bars["Move"]
    assert connect[0] == 4
    assert sum(piece.width for piece in connect[1]) == 100
    assert sum(piece.width for piece in move[1]) == 25
    assert showing.way_bars([]) == []


def test_the_page_has_picture_table_and_ways_on(client: Any, cast: Cast) -> None:
    assert cast.place.name
    thing = shares(cast.lunch_club, "Thursday lunch", ("people",))
    serves(thing, "eat_together")
    page = client.get(PAGE).content.decode()
    for words in ("Five ways to feel well", "Be with people", "<table", "<svg", "none yet", "hidden"):
        assert words in page
    assert f"{PAGE}connect/communities/" in page
    assert "/look-around/?way=connect" in page
    listed = client.get(f"{PAGE}connect/communities/").content.decode()
    assert "Thursday lunch" in listed
    assert "Mill Street lunch club" in listed
    assert PAGE in client.get("/place/").content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("connect/nobody/", 404),
        ("nothing/public/", 404),
        ("connect/public/?after=x", 200),
        ("connect/public/?after=99999999999999999999", 200),
        ("connect/public/?after=-1", 200),
    ],
)
def test_broken_addresses_are_no_faults(client: Any, cast: Cast, address: str, status: int) -> None:
    assert cast.place.name
    assert client.get(PAGE + address).status_code == status


def test_a_long_list_goes_on_and_misses_none(cast: Cast) -> None:
    club = cast.lunch_club
    for n in range(ways.PAGE + 3):
        serves(shares(club, f"Tea {n:02}"), "eat_together")
    connect = ways.way("connect")
    assert connect is not None
    first = ways.listed(connect, "communities")
    rest = ways.listed(connect, "communities", first[-1].pk)
    assert [len(first), len(rest)] == [ways.PAGE, 3]
