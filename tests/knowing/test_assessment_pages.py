"""The page of the place and of a ward, as anybody sees them."""

import re
from types import SimpleNamespace

import pytest

from alongside.ground.history.actor import Actor
from alongside.knowing.assessment import showing
from alongside.knowing.assessment.actions import publish
from alongside.knowing.assessment.drawing import STRIPES, bands_of, draw, fill_of
from alongside.knowing.assets.actions import offer
from alongside.knowing.outcomes.actions import wish
from tests.knowing.two_wards import MACHINE, all_want, residents, two_wards

pytestmark = pytest.mark.django_db


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_a_place_without_areas_says_so(client, cast):
    assert cast.place
    page = words(client.get("/place/"))
    assert "Testford: what we have, and what we want" in page and "not on the map yet" in page


def test_the_place_shows_what_it_has_and_wants(client, cast):
    assert cast.place
    ashley, easton = two_wards()
    for ward in (ashley, easton):
        all_want(residents(14, ward), "people")
    offer(by=MACHINE, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone", lat=51.5, lng=0.7)
    page = words(client.get("/place/"))
    assert "4,000 people live here." in page
    assert "Something to join in 1 0 hidden" in page
    assert "People and company 30" in page
    assert "comes from" not in page and "come from: ONS" in page
    assert page.index("Ashley") < page.index("Easton")
    assert "Ashley 10 or more People and company 1 1 of 2" in page


def test_what_a_resident_wants_stands_open_and_the_rest_is_a_tap_away(client, cast):
    assert cast.place
    ashley, _easton = two_wards()
    all_want(residents(14, ashley), "people")
    offer(by=MACHINE, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone", lat=51.5, lng=0.7)
    page = client.get("/place/").content.decode()
    open_parts = re.sub(r"<details(?![^>]* open).*?</details>", "", page, flags=re.DOTALL)
    said = " ".join(re.sub(r"<[^>]*>", " ", open_parts).split())
    assert "What we have Something to join in 1" in said and "Most of all: People and company." in said
    assert "Who looks after it They keep this in order:" in said and "<table" not in open_parts
    assert 'id="by-area" open' not in page and 'id="by-area" open' in client.get("/place/?map=people").content.decode()


def test_whoever_looks_after_the_place_is_named_as_strangers_see_them(client, cast):
    cast.steward.party.name = "Sunita Rao"
    cast.steward.party.save()
    said = words(client.get("/place/"))
    assert f"They keep this in order: {cast.steward.party.shown_name}" in said and "Sunita Rao" not in said


def test_one_ward_of_two_is_told_in_words(client, cast):
    assert cast.place
    ashley, _easton = two_wards()
    all_want(residents(14, ashley), "people")
    assert "People and company 10 or more in 1 of 2 areas" in words(client.get("/place/"))


def test_the_map_and_its_table_hold_the_same(client, cast):
    assert cast.place
    ashley, _easton = two_wards()
    all_want(residents(14, ashley), "people")
    page = client.get("/place/?map=want-people").content.decode()
    drawn = page[page.index('class="choropleth"') :]
    assert drawn.count("<title>") == 2 and f'fill="{STRIPES}"' in page
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Ashley 15" in text and "Easton hidden" in text
    for odd in ("", "nothing", "want-fun", "want-"):
        assert "Where money is tight" in words(client.get(f"/place/?map={odd}"))


def test_the_table_goes_from_the_most_to_the_least_and_what_is_hidden_comes_last(monkeypatch):
    values = {"Ash": 3, "Beech": None, "Cedar": 9, "Dogwood": 3}
    there = [SimpleNamespace(area=SimpleNamespace(name=name), value=value) for name, value in values.items()]
    monkeypatch.setattr(showing, "choices", lambda facts: [("things", "Things")])
    monkeypatch.setattr(showing, "_value", lambda one, choice: one.value)
    monkeypatch.setattr(showing, "draw", lambda areas: None)
    shown = showing.picture(SimpleNamespace(areas=there), "things")
    assert [one.area.name for one, _value, _fill in shown.rows] == ["Cedar", "Ash", "Dogwood", "Beech"]


def test_what_has_no_place_is_said_to_have_none(client, cast):
    assert cast.place
    two_wards()
    offer(by=MACHINE, holder=cast.council, kind="service", title="Ring us", audience="everyone")
    assert "1 of them has no place given" in words(client.get("/place/"))


def test_a_ward_says_what_people_do_want_and_wait_for(client, cast):
    assert cast.place
    ashley, easton = two_wards()
    people = residents(12, ashley)
    all_want(people, "fun")
    wish(by=Actor(person=people[0]), owner=people[0], words="A bench by the bus stop", audience="everyone",
         waits_for=cast.council)  # fmt: skip
    wish(by=Actor(person=people[1]), owner=people[1], words="My own secret", audience="me")
    offer(by=MACHINE, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone", lat=51.5, lng=0.7)
    page = words(client.get("/place/ward/W1/"))
    assert "Fun, music and making 10" in page
    assert "A bench by the bus stop waits to hear from Testford Council" in page
    assert "My own secret" not in page and "Somebody" not in page
    assert "Lunch Mill Street lunch club" in page
    other = words(client.get("/place/ward/W2/"))
    assert "Too few people have said yet" in other and "bench by" not in other
    assert easton.name in other


def test_streets_lead_to_their_ward_and_nowhere_leads_nowhere(client, cast):
    assert cast.place
    two_wards()
    assert client.get("/place/lsoa/S3/").headers["Location"] == "/place/ward/W2/"
    assert client.get("/place/ward/W9/").status_code == 404
    assert client.get("/place/planet/x/").status_code == 404


def test_the_same_figures_as_data(client, cast):
    assert cast.place
    two_wards()
    figures = client.get("/place/figures.json").json()["figures"]
    assert {"area": "W1", "measure": "population", "value": 2000, "suppressed": False} in figures


def test_the_page_takes_few_statements_however_much_is_there(client, cast, django_assert_max_num_queries):
    assert cast.place
    ashley, _easton = two_wards()
    all_want(residents(15, ashley), "people")
    publish(by=MACHINE)
    client.get("/place/")
    with django_assert_max_num_queries(14):
        client.get("/place/")
    with django_assert_max_num_queries(14):
        client.get("/place/ward/W1/")


# The drawing


def test_classes_hold_about_as_many_areas_each_and_equal_values_stand_together():
    bands = bands_of([*range(1, 11)])
    assert [(band.low, band.high) for band in bands] == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    assert [(band.low, band.high) for band in bands_of([7, 7, 7])] == [(7, 7)]
    assert bands_of([]) == []
    assert fill_of(4, bands) == bands[1].fill and fill_of(None, bands) == STRIPES


def test_areas_without_an_edge_are_not_drawn():
    ashley, easton = two_wards()
    assert draw([]) is None
    drawing = draw([(ashley, 3), (easton, None)])
    assert drawing.some_hidden and drawing.named and drawing.width == 520
    first, second = drawing.shapes
    assert first.path.startswith("M") and first.path.endswith("Z") and first.x < second.x
    ashley.name = "Hartcliffe and Withywood"
    assert draw([(ashley, 3)]).shapes[0].name == ("Hartcliffe", "and Withywood")
    ashley.boundary = ""
    assert len(draw([(ashley, 3), (easton, None)]).shapes) == 1


def test_a_place_without_areas_has_data_all_the_same(client, cast):
    assert cast.place
    offer(by=MACHINE, holder=cast.council, kind="service", title="Ring us", audience="everyone")
    figures = client.get("/place/figures.json").json()["figures"]
    assert {"area": "Testford", "measure": "organisation.service", "value": 1, "suppressed": False} in figures


def test_a_long_list_leads_on_to_look_around(client, cast):
    assert cast.place
    two_wards()
    for n in range(26):
        offer(by=MACHINE, holder=cast.lunch_club, kind="activity", title=f"Lunch {n:02}", audience="everyone",
              lat=51.5, lng=0.7)  # fmt: skip
    page = client.get("/place/ward/W1/")
    assert "And 2 more." in words(page) and "/look-around/?near=Ashley" in page.content.decode()
    assert "Lunch 23" in words(page) and "Lunch 24" not in words(page)
