"""The invented town: the same again for the same seed, whole, with its cast; and `check` finds what is planted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from alongside.ground.consent.models import CirclePlace
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.meaning import model
from alongside.ground.people.actions import try_card
from alongside.ground.people.models import Basis, Kind, Login, Membership, Party, PartyState, PersonFacts, Role
from alongside.ground.people.queries import is_staff
from alongside.ground.places.models import Area, AreaWithin, Installation
from alongside.ground.places.queries import area_at
from alongside.ground.postcodes.models import Postcode
from alongside.ground.postcodes.queries import meant, thanks
from alongside.ground.records.models import Audience, Precision, Record, Spot, State
from alongside.ground.records.queries import held, visible_to
from alongside.knowing.assets.models import Asset, Offer
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.networks.models import Knows
from alongside.knowing.networks.queries import network_of
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.methods.distance import Point, km_between
from alongside.planning.plans.models import Plan
from alongside.site.demo import links
from alongside.site.demo.cast import CARD_WORD, CAST
from alongside.site.demo.fill import LEAST, fill, make
from tests.site.towns import afresh, once


def test_the_same_seed_makes_the_same_town_without_learning_any_words(db: None, monkeypatch: Any) -> None:
    """What words mean is for the worker to learn: the first place that anybody makes is there in seconds."""

    def embed(*_args: Any) -> None:
        raise AssertionError("the model was asked")

    first, other = once(LEAST, 3), once(LEAST, 4)
    monkeypatch.setattr(model.Model, "embed", embed)
    assert first == afresh(LEAST, 3)
    assert first.things != other.things
    assert first.wishes != other.wishes


def test_a_larger_town_has_more_of_everything_and_as_much_going_on(db: None) -> None:
    small, large = once(LEAST, 3), afresh(4 * LEAST + 7, 3)
    more = ("people", "communities", "organisations", "assets", "plans")
    assert all(large.counts[name] > small.counts[name] for name in more)
    assert [title for _key, title in small.maps] == [title for _key, title in large.maps]
    assert small.introductions == large.introductions, "the cast meets whoever else lives there"


def test_no_town_where_somebody_lives(cast: Any) -> None:
    assert cast.resident
    with pytest.raises(Refused):
        fill(people=LEAST, seed=1)
    with pytest.raises(Refused):
        make(by=cast.resident.actor, people=LEAST, seed=1, tell=lambda _words: None)


def test_the_town_is_whole(larkmere: dict[str, int], alongside: Any) -> None:
    assert alongside("check", "--json").data["broken"] == []
    assert larkmere["people"] == LEAST == Party.objects.filter(kind=Kind.PERSON, state=PartyState.LIVE).count()
    assert larkmere["assets"] == Asset.objects.count()
    assert larkmere["plans"] == Plan.objects.count()
    assert larkmere["communities"] == Party.objects.filter(kind=Kind.COMMUNITY).count()
    assert Wish.objects.exclude(waits_for=None).exists()


def test_its_wards_fill_the_town_and_nothing_nests_by_force(larkmere: dict[str, int]) -> None:
    wards = Area.objects.filter(kind="ward")
    assert wards.count() == 14
    assert {"Old Quay", "Hob Hill", "Priory Walk"} <= set(wards.values_list("name", flat=True))
    across = AreaWithin.objects.filter(part__kind="msoa", whole__kind="ward", share__lt=0.99)
    assert across.exists(), "neighbourhoods cut across wards"
    town = Area.objects.get(kind="district")
    assert sum(AreaWithin.objects.filter(part__in=wards, whole=town).values_list("share", flat=True)) == 14
    people = [area.figures.get(measure="population").value for area in Area.objects.filter(kind="lsoa")]
    assert sum(people) == pytest.approx(61_400, abs=50)


def test_dilys_has_no_screen_and_a_named_helper(larkmere: dict[str, int]) -> None:
    dilys = Party.objects.get(name="Dilys P.")
    facts = PersonFacts.objects.get(party=dilys)
    assert (facts.phone, facts.contact_by, facts.large_print) == ("", "telephone", True)
    login = Login.objects.get(party=dilys)
    assert login.email is None
    assert Basis.objects.get(person=dilys).supporter.name == "Tariq H."
    assert try_card(by=Actor.anyone(), number=login.card.number, word=CARD_WORD) == login


def test_dilys_sings_because_people_said_yes(larkmere: dict[str, int]) -> None:
    dilys = Party.objects.get(name="Dilys P.")
    sing = Outcome.objects.get(record__owner=dilys, domain="fun")
    agreed = Contribution.objects.filter(outcome=sing, state="accepted").values_list("party__name", flat=True)
    assert set(agreed) == {"Dilys P.", "Joyce A.", "Larkmere Voices"}
    around = network_of(Actor(person=dilys), dilys)
    assert around is not None
    assert [one.name for one in around.people.filter(ring=1)] == ["Megan", "Tariq", "Joyce"]
    assert Knows.objects.filter(one__network=around).count() == 3
    assert around.kept.count() == around.people.count() == 9, "Ray is new, and Bethan moved away"
    assert CirclePlace.objects.filter(owner=dilys, member__name="Joyce A.").exists()
    joyce = Actor(person=Party.objects.get(name="Joyce A."))
    plan = Plan.objects.get(record__owner=dilys)
    assert "chapel songs" in plan.answers.get(question="skills").words
    assert sing.record in visible_to(joyce), "it is shared with her circle"
    assert sing.record not in visible_to(Actor(person=Party.objects.get(name="Robin G.")))


PARTS = {
    "Sunita R.": Role.PLACE_STEWARD,
    "Priya M.": Role.COORDINATOR,
    "Leila F.": Role.BUILDER,
    "Bea O.": Role.CONNECTOR,
    "Ingrid V.": Role.COMMISSIONER,
    "Idris B.": Role.COUNCILLOR,
    "Owen P.": Role.SUPPLIER,
}


def test_everybody_has_their_part(larkmere: dict[str, int]) -> None:
    held = set(Membership.objects.filter(until=None).values_list("member__name", "role"))
    assert set(PARTS.items()) <= held


def test_each_kind_of_person_can_be_tried(larkmere: dict[str, int]) -> None:
    told = " ".join(member.what for member in CAST)
    for kind in ("coordinator", "community builder", "connector", "commissioner", "councillor", "supplier"):
        assert kind in told
    assert "carer" in told
    assert "employs" in told
    assert "outsider" in told
    robin = Party.objects.get(name="Robin G.")
    assert not robin.memberships.exists()
    assert not is_staff(robin)


def test_homes_are_blurred_and_open_places_are_exact(larkmere: dict[str, int]) -> None:
    people = Spot.objects.filter(record__owner__kind=Kind.PERSON, precision=Precision.EXACT)
    assert {one.shown_words.split(", LM")[0] for one in people} <= {
        "The Old Rope Works",
        "Quay House",
        "Priory Walk Family Centre",
    }
    assert Spot.objects.get(record=Asset.objects.get(title="The Tuesday Table: eat together").pk).precision == "exact"


def test_its_places_carry_postcodes_that_lead_back_to_them(larkmere: dict[str, int]) -> None:
    """They are invented, of an area that is nowhere in these islands, and agree with the streets."""
    said = Spot.objects.filter(shown_words__contains=", LM")
    assert {"Quay House", "Larkmere Library"} <= {one.shown_words.split(",")[0] for one in said}
    assert not Spot.objects.exclude(precision=Precision.EXACT).filter(shown_words__contains=", LM").exists(), "homes"
    for spot in said:
        found = meant(spot.shown_words.rpartition(", ")[2])
        assert found and found.whole and found.point
        assert km_between(found.point, Point(spot.shown_lat, spot.shown_lng)) < 0.4
    wards = {area.name: area for area in Area.objects.filter(kind="ward")}
    for code, lat, lng in Postcode.objects.values_list("code", "lat", "lng"):
        assert area_at(lat, lng).code.startswith(f"LM-W{int(code[2:-3]):02}-S"), "on a street of its ward"
    half = meant("LM9")
    assert half and not half.whole and area_at(*half.point) == wards["Old Quay"]
    assert thanks() == ["The postcodes of Larkmere are invented"]


def test_words_of_strangers_wait_for_a_look(larkmere: dict[str, int]) -> None:
    waiting = Record.objects.filter(owner__state=PartyState.PROVISIONAL)
    assert {record.state for record in waiting} == {State.HELD}
    assert waiting[0] in held(Actor(person=Party.objects.get(name="Sunita R.")))
    assert waiting[0] not in visible_to(Actor.anyone())


def test_people_choose_different_things(larkmere: dict[str, int]) -> None:
    theirs = Record.objects.filter(kind="asset", owner__kind=Kind.PERSON)
    assert set(theirs.values_list("audience", flat=True)) == set(Audience.values)
    assert set(theirs.values_list("countable", flat=True)) == {True, False}


def plant_no_kit_row() -> None:
    Record.objects.create(kind="asset", owner=Party.objects.get(name="Robin G."))


def plant_unknown_kind() -> None:
    Record.objects.create(kind="riddle", owner=Party.objects.get(name="Robin G."))


def plant_promise() -> None:
    Offer.objects.filter(promised=0, unit="minutes", per_week__gte=30).update(promised=F("promised") + 1)


def plant_circle_of_outcomes() -> None:
    one, two = Outcome.objects.order_by("pk")[:2]
    Outcome.objects.filter(pk=one.pk).update(serves=two)
    Outcome.objects.filter(pk=two.pk).update(serves=one)


def plant_circle_of_mergers() -> None:
    one, two = Party.objects.filter(kind=Kind.COMMUNITY).order_by("pk")[:2]
    Party.objects.filter(pk=one.pk).update(merged_into=two)
    Party.objects.filter(pk=two.pk).update(merged_into=one)


def plant_upside_down_areas() -> None:
    AreaWithin.objects.create(
        part=Area.objects.get(kind="district"), whole=Area.objects.filter(kind="street").first(), share=0.1
    )


def plant_exact_home() -> None:
    spot = Spot.objects.filter(precision=Precision.CELL).exclude(shown_lat=None).first()
    Spot.objects.filter(pk=spot.pk).update(shown_lat=F("shown_lat") + 0.001)


def plant_gone_owner() -> None:
    Party.objects.filter(name="Joyce A.").update(state=PartyState.ERASED)


def plant_plan_of_a_group() -> None:
    Record.objects.filter(pk=Plan.objects.first().pk).update(owner=Party.objects.get(name="The Tuesday Table"))


def plant_unseen_stranger() -> None:
    party = Party.objects.create(kind=Kind.PERSON, sort="person", state=PartyState.PROVISIONAL)
    Record.objects.filter(pk=Asset.objects.get(title="A piano you can use").pk).update(owner=party)


def plant_lost_trigger() -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON ground_event"
        cursor.execute(f"DROP TRIGGER ground_event_append_only{on}")


def plant_hole_in_search() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM knowing_assetsearch WHERE record = (SELECT min(record) FROM knowing_assetsearch)")


def plant_demo_link_beside_real_people() -> None:
    links.make(by=Actor.system("tests"))
    Installation.objects.update(demo=False)


PLANTED = [
    (plant_no_kit_row, "one kit row for each record"),
    (plant_unknown_kind, "one kit row for each record"),
    (plant_promise, "promises add up"),
    (plant_circle_of_outcomes, "nothing leads back to itself"),
    (plant_circle_of_mergers, "nothing leads back to itself"),
    (plant_upside_down_areas, "areas lie in larger areas"),
    (plant_exact_home, "blurred places stay blurred"),
    (plant_gone_owner, "owners fit what they own"),
    (plant_plan_of_a_group, "owners fit what they own"),
    (plant_unseen_stranger, "owners fit what they own"),
    (plant_lost_trigger, "triggers and search tables"),
    (plant_hole_in_search, "search holds what everyone may see"),
    (plant_demo_link_beside_real_people, "real and invented stay apart"),
]


def test_check_finds_what_is_planted(larkmere: dict[str, int], alongside: Any) -> None:
    for plant, check in PLANTED:
        with transaction.atomic():
            plant()
            said = alongside("check", "--json")
            transaction.set_rollback(True)
        assert said.status == 1, plant
        assert check in {one["check"] for one in said.data["broken"]}, plant
        assert "Dilys" not in said.out, "faults are told by key, never by name"
    assert alongside("check").status == 0, "nothing of it stayed"
