"""Figures about people: only those who chose to be counted, never few enough to pick anybody out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record
from alongside.knowing.assessment.actions import publish, publish_if_due
from alongside.knowing.assessment.models import PublishedFigure, PublishedRow, PublishedTable
from alongside.knowing.assessment.queries import assess, place_facts
from alongside.knowing.assets.actions import offer, withdraw
from tests.knowing.two_wards import MACHINE, all_want, residents, two_wards

pytestmark = pytest.mark.django_db


@pytest.fixture
def wards():
    return two_wards()


def wanting(area: Area) -> dict[str, int | None]:
    return place_facts().area(area.kind, area.code).wanting


def test_enough_people_make_a_figure_and_it_is_rounded(wards):
    ashley, easton = wards
    all_want(residents(23, ashley), "people")
    all_want(residents(9, easton), "people")
    publish(by=MACHINE)
    assert wanting(ashley)["people"] == 25
    assert wanting(easton)["people"] is None, "nine is too few"
    assert wanting(ashley)["fun"] is None, "nobody is too few as well"


def test_nobody_counts_who_did_not_choose_to(wards):
    ashley, _easton = wards
    all_want(residents(30, ashley), "people", countable=False)
    publish(by=MACHINE)
    assert wanting(ashley)["people"] is None


def test_somebody_who_wants_three_things_counts_once(wards):
    ashley, _easton = wards
    owners = residents(12, ashley)
    for _ in range(3):
        all_want(owners, "fun")
    publish(by=MACHINE)
    assert wanting(ashley)["fun"] == 10


def test_people_stand_in_their_ward_by_their_street_or_by_what_they_placed(wards):
    _ashley, easton = wards
    street = Area.objects.get(code="S3")
    all_want(residents(11, street), "home")
    for somebody in residents(12, None):
        offer(
            by=Actor(person=somebody), holder=somebody, kind="skill", title="Sewing", countable=True, lat=51.5, lng=0.5
        )
    publish(by=MACHINE)
    assert wanting(easton)["home"] == 10
    assert place_facts().area("ward", "W1").offering["skill"] == 10


def test_a_household_counts_as_people_and_a_club_does_not(wards):
    ashley, _easton = wards
    for n in range(11):
        home = people.welcome(by=MACHINE, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name=f"Home {n}", area=ashley)
        club = people.welcome(by=MACHINE, kind=Kind.COMMUNITY, sort=Sort.GROUP, name=f"Club {n}", area=ashley)
        for holder, kind in ((home, "time"), (club, "space")):
            offer(by=MACHINE, holder=holder, kind=kind, title="A thing", countable=True, audience="everyone",
                  lat=51.5, lng=0.5)  # fmt: skip
    publish(by=MACHINE)
    facts = place_facts().area("ward", "W1")
    assert (facts.offering["time"], facts.offering["space"]) == (10, None)
    assert facts.supply.things["community"] == {"space": 11}


def test_a_figure_stays_until_twenty_people_differ(wards):
    ashley, _easton = wards
    all_want(residents(12, ashley), "people")
    publish(by=MACHINE)
    all_want(residents(19, ashley), "people")
    assert publish(by=MACHINE) == 0
    assert wanting(ashley)["people"] == 10
    all_want(residents(1, ashley), "people")
    assert publish(by=MACHINE) == 1
    assert wanting(ashley)["people"] == 30


def test_somebody_who_leaves_cannot_be_seen_to_leave(wards):
    ashley, _easton = wards
    all_want(residents(13, ashley), "people")
    publish(by=MACHINE)
    Record.objects.filter(pk=Record.objects.first().pk).update(countable=False)
    publish(by=MACHINE)
    assert wanting(ashley)["people"] == 15


def test_the_level_first_published_by_stays_when_other_areas_come(wards):
    ashley, _easton = wards
    all_want(residents(12, ashley), "people")
    publish(by=MACHINE)
    Area.objects.create(kind="ward", edition="2025", code="N1", name="New ward", boundary="")
    assert [one.area.edition for one in place_facts().areas] == ["2013", "2013"]
    publish(by=MACHINE)
    assert set(PublishedTable.objects.values_list("level", "edition")) == {("ward", "2013")}


def test_a_small_figure_cannot_even_be_stored(wards):
    publish(by=MACHINE)
    row = PublishedRow.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedFigure.objects.filter(row=row, category="fun").update(value=9)


def test_publishing_waits_a_day_and_needs_areas():
    assert publish_if_due() is False and publish(by=MACHINE) == 0
    two_wards()
    assert publish_if_due() is True
    assert publish_if_due() is False
    PublishedTable.objects.update(looked_at=timezone.now() - timedelta(days=1, minutes=1))
    assert publish_if_due() is True


def test_only_staff_and_the_machine_publish(cast, wards):
    with pytest.raises(Refused, match="work for this place"):
        publish(by=cast.outsider.actor)
    publish(by=cast.commissioner.actor)


def test_totals_are_given_only_where_every_ward_is_shown(wards):
    ashley, easton = wards
    all_want(residents(12, ashley), "people")
    publish(by=MACHINE)
    assert place_facts().wanting["people"] is None
    all_want(residents(31, easton), "people")
    publish(by=MACHINE)
    assert place_facts().wanting["people"] == 40


# What is not about people


def test_what_groups_and_organisations_share_counts_where_its_shown_place_is(cast, wards):
    give = {"holder": cast.lunch_club, "kind": "activity", "audience": "everyone"}
    offer(by=MACHINE, title="Lunch", lat=51.5, lng=0.7, **give)
    kept = offer(by=MACHINE, title="Bingo", lat=51.5, lng=0.7, **give)
    offer(by=MACHINE, holder=cast.council, kind="service", title="Library", audience="everyone", lat=51.5, lng=1.7)
    offer(by=MACHINE, holder=cast.council, kind="service", title="Staff room", audience="me", lat=51.5, lng=1.7)
    offer(by=MACHINE, holder=cast.council, kind="service", title="Ring us", audience="everyone")
    facts = place_facts()
    ashley, easton = facts.areas
    assert (ashley.on_offer, easton.on_offer) == (2, 1)
    assert facts.supply.things["organisation"]["service"] == 2, "the whole place knows what has no place"
    assert (len(ashley.supply.streets_known), len(ashley.supply.streets)) == (1, 2)
    withdraw(by=MACHINE, asset=kept)
    assert place_facts().areas[0].on_offer == 1


def test_what_a_person_shares_with_everyone_is_not_counted_as_a_groups(cast, wards):
    offer(by=cast.resident.actor, holder=cast.resident.party, kind="skill", title="Piano", audience="everyone",
          lat=51.5, lng=0.7)  # fmt: skip
    assert place_facts().areas[0].on_offer == 0


def test_population_and_deprivation_come_from_the_small_areas(wards):
    ashley, easton = (one.setting for one in place_facts().areas)
    assert (ashley.people, ashley.tight) == (2000, 50)
    assert (easton.people, easton.tight) == (2000, 0)


# The same as data


def test_the_figures_as_data_say_what_is_hidden(cast, wards):
    assert cast.place
    ashley, _easton = wards
    all_want(residents(12, ashley), "people")
    publish(by=MACHINE)
    figures = {(f["area"], f["measure"]): (f["value"], f["suppressed"]) for f in assess()["figures"]}
    assert figures["W1", "people_wanting.people"] == (10, False)
    assert figures["W2", "people_wanting.people"] == (None, True)
    assert figures["W1", "population"] == (2000, False)
    assert figures["Testford", "people_wanting.people"] == (None, True)
    assert figures["Testford", "population"] == (4000, False)


def test_one_area_by_name_or_code(cast, wards):
    for words in ("ashley", "W1", " Ashley "):
        assert {figure["area"] for figure in assess(words)["figures"]} == {"W1"}
    with pytest.raises(Fault, match="no area called"):
        assess("Atlantis")


def test_no_true_count_leaves(wards):
    ashley, _easton = wards
    all_want(residents(43, ashley), "people")
    publish(by=MACHINE)
    assert "43" not in str(assess()), "the true number"
    assert set(PublishedRow.objects.values_list("people", flat=True)) == {43, 0}, "kept, and never shown"


def test_a_day_apart_and_one_person_more_the_pages_are_the_same_letter_for_letter(client, cast, wards):
    """The attack in time: whoever reads the page before and after somebody joined learns nothing."""
    assert cast.place
    ashley, _easton = wards
    all_want(residents(42, ashley), "people")
    addresses = ("/place/figures.json", "/place/?map=want-people", "/place/ward/W1/")
    before = [client.get(address).content for address in addresses]
    all_want(residents(1, ashley), "people")
    PublishedTable.objects.update(looked_at=timezone.now() - timedelta(days=2))
    after = [client.get(address).content for address in addresses]
    assert before[0] == after[0]
    for earlier, later in zip(before[1:], after[1:], strict=True):
        assert _figures(earlier) == _figures(later)


def _figures(page: bytes) -> str:
    return page.decode().split("<main")[1].split("</main>")[0]
