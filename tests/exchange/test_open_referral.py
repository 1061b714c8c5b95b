"""Our feed: what leaves and what never does, every parameter, its pages, and what has gone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.exchange.openreferral import queries, terms
from alongside.exchange.openreferral.actions import note_published
from alongside.exchange.openreferral.asking import NotUnderstood, read
from alongside.exchange.services.actions import load, pass_contacts_on, point, switch
from alongside.exchange.services.models import Feed, KeptDocument
from alongside.exchange.validating.queries import validate
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Kind, Sort
from alongside.ground.postcodes.actions import begin, keep
from alongside.ground.records.actions import erase
from alongside.ground.records.models import Record
from alongside.knowing.assets.actions import change, offer, pause_offer, withdraw
from alongside.knowing.assets.models import Asset
from tests.exchange.feeds import as_bytes, messy, nested

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
ANYONE = Actor.anyone()
TUESDAY = datetime(2026, 1, 6, 12, tzinfo=UTC)


def offered(holder: Any, title: str, **more: Any) -> Asset:
    return offer(by=MACHINE, holder=holder, kind="activity", title=title, **{"audience": "everyone", **more})


@pytest.fixture
def lunch(cast: Any) -> Asset:
    return offered(
        cast.lunch_club,
        "Lunch on Tuesdays",
        words="A hot meal & company.",
        whens=[(TUESDAY, "FREQ=WEEKLY;BYDAY=TU", 120, "")],
        domains=["people"],
        access=["level", ("loop", "At the front two tables")],
        cost="free",
        lat=52.0,
        lng=-3.0,
        precision="exact",
        place_words="Mill Hall, Testford ZZ9 9ZZ",
    )


def get(path: str, status: int = 200, **headers: str) -> Any:
    response = Client().get(f"/open-referral/{path}", headers=headers)
    assert response.status_code == status, response.content
    return json.loads(response.content) if response.content else None


def names(path: str) -> list[str]:
    return [one["name"] for one in get(path)["contents"]]


class TestWhatLeaves:
    """Communities and organisations; never what a person has."""

    def test_what_a_group_offers_is_a_whole_service(self, lunch: Asset) -> None:
        one = get(f"services/{lunch.record.key}")
        assert (one["name"], one["description"], one["status"]) == (lunch.title, lunch.words, "active")
        [schedule] = one["schedules"]
        assert (schedule["freq"], schedule["byday"], schedule["opens_at"], schedule["closes_at"]) == (
            "WEEKLY",
            "TU",
            "12:00",
            "14:00",
        )
        location = one["service_at_locations"][0]["location"]
        assert (location["latitude"], location["longitude"]) == (52.0, -3.0)
        assert "At the front two tables" in json.dumps(location["accessibility"])
        assert one["cost_options"][0]["amount"] == 0
        assert one["organization"]["name"] == "Mill Street lunch club" and one["organization"]["description"]
        assert {term["taxonomy_term"]["code"] for term in one["attributes"]} == {"activity", "people"}

    def test_a_paused_offer_is_closed_for_now(self, lunch: Asset) -> None:
        pause_offer(by=MACHINE, asset=lunch)
        assert get(f"services/{lunch.record.key}")["status"] == "temporarily closed"

    def test_nothing_of_a_person_or_a_household_leaves(self, cast: Any, lunch: Asset) -> None:
        home = welcome(by=MACHINE, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Pughs")
        kept = [offered(cast.resident.party, "I can bake"), offered(home, "Our ladder")]
        assert names("services") == [lunch.title]
        for one in kept:
            get(f"services/{one.record.key}", 404)
        assert [one["name"] for one in queries.publish(MACHINE, kept)] == []

    @pytest.mark.parametrize("audience", ["me", "community"])
    def test_what_is_not_for_everyone_stays(self, cast: Any, audience: str) -> None:
        offered(cast.lunch_club, "Ours alone", audience=audience, community=cast.lunch_club)
        assert get("services")["empty"] is True

    def test_what_is_taken_back_is_gone_from_the_next_answer(self, lunch: Asset) -> None:
        assert names("services") == [lunch.title]
        withdraw(by=MACHINE, asset=lunch)
        assert names("services") == []
        get(f"services/{lunch.record.key}", 404)

    def test_only_the_shown_place_leaves(self, cast: Any) -> None:
        blurred = offered(
            cast.lunch_club, "Knitting", lat=52.123456, lng=-3.654321, precision="cell", address="1 Secret Lane"
        )
        text = json.dumps(get(f"services/{blurred.record.key}"))
        assert "52.123456" not in text and "Secret Lane" not in text and '"latitude"' in text
        area_only = offered(cast.lunch_club, "Chess", lat=52.5, lng=-3.5, precision="area", place_words="Old Town")
        location = get(f"services/{area_only.record.key}")["service_at_locations"][0]["location"]
        assert location["name"] == "Old Town" and "latitude" not in location

    def test_the_words_of_ours_are_the_same_in_every_language(self, lunch: Asset) -> None:
        path = f"services/{lunch.record.key}"
        assert get(path) == get(path, accept_language="cy")

    def test_everything_that_leaves_is_sound(self, cast: Any, lunch: Asset) -> None:
        for n, rule in enumerate(("FREQ=DAILY", "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=DAILY;INTERVAL=3", "")):
            offered(cast.lunch_club, f"Thing {n}", whens=[(TUESDAY, rule, None, "in the hall")])
        offered(cast.lunch_club, "\u202e\U0001f9c1" * 90, words="x\x00y" * 3000, website="https://e.org/a b")
        load(by=MACHINE, source="Messy", data=as_bytes(messy()))
        load(by=MACHINE, source="Nested", data=as_bytes([nested(n) for n in range(3)]))
        for path in ("services?full=true&per_page=500", "service_at_locations?full=true", "organizations?full=true"):
            verdict = validate(json.dumps(get(path)).encode())
            assert verdict.valid and verdict.records, verdict.errors[:3]


class TestWhatFeedsSaid:
    """Passed on as it came, with what was changed here laid over it."""

    def brought(self, **more: Any) -> Record:
        contact = {
            "id": "c1",
            "name": "Ann Persona",
            "email": "ann@example.org",
            "phones": [{"id": "p", "number": "1"}],
        }
        extra = {"contacts": [contact, {"id": "c2", "title": "Cook"}], "assurer_email": "bob@example.org", "x_own": "Z"}
        load(by=MACHINE, source="County", data=as_bytes([nested(1, **extra, **more)]))
        return Asset.objects.get().record

    def test_nobody_named_as_a_contact_is_passed_on_until_a_steward_says_so(self, cast: Any) -> None:
        self.brought()
        text = json.dumps(get("services?full=true"))
        for name in ("Ann Persona", "ann@example.org", "bob@example.org", "A. Person", "x_own"):
            assert name not in text
        assert "Cook" in text, "what a place calls its cook is not somebody's name"
        point(by=cast.steward.actor, name="County", address="https://example.org/feed.json")
        with pytest.raises(Refused):
            pass_contacts_on(by=cast.resident.actor, feed=Feed.objects.get(), on=True)
        pass_contacts_on(by=cast.steward.actor, feed=Feed.objects.get(), on=True)
        assert "Ann Persona" in json.dumps(get("services?full=true"))

    def test_ids_that_are_no_uuid_become_uuids_that_stay(self) -> None:
        self.brought()
        first = get("services?full=true")["contents"][0]
        load(by=MACHINE, source="County", data=as_bytes([nested(1, name="New name")]))
        again = get("services?full=true")["contents"][0]
        assert (first["id"], first["service_at_locations"][0]["id"]) == (
            again["id"],
            again["service_at_locations"][0]["id"],
        )
        assert get(f"services/{first['id']}")["name"] == "New name"
        assert get(f"service_at_locations/{first['service_at_locations'][0]['id']}")["service"]["name"] == "New name"
        assert get(f"organizations/{first['organization']['id']}")["name"] == "Lunch Together"

    def test_what_was_changed_here_is_laid_over_and_the_rest_stays(self) -> None:
        record = self.brought()
        change(by=MACHINE, asset=Asset.objects.get(pk=record.pk), title="Our lunch", cost_words="£4")
        [one] = queries.everything(MACHINE)
        assert (one["name"], one["fees"]) == ("Our lunch", "£4")
        assert one["description"] == "A warm meal in good company." and one["schedules"][0]["interval"] == 2
        assert one["contacts"][0]["name"] == "Ann Persona" and one["x_own"] == "Z"
        assert one["service_at_locations"][0]["location"]["addresses"][0]["attention"] == "A. Person"

    def test_one_id_in_two_feeds_goes_out_once(self) -> None:
        own = "7e5984c9-1ca7-4ecf-8b0c-78059741625e"
        for source in ("County", "Town"):
            load(by=MACHINE, source=source, data=as_bytes([nested(1, id=own, name=f"Lunch in {source}")]))
        ids = [one["id"] for one in get("services")["contents"]]
        assert len(set(ids)) == 2 and own in ids
        assert get(f"services/{own}")["name"] == "Lunch in County"

    def test_a_feed_that_is_off_is_not_in_ours(self, cast: Any) -> None:
        self.brought()
        switch(by=cast.steward.actor, feed=Feed.objects.get(), on=False)
        assert get("services")["total_items"] == 0

    def test_what_is_erased_takes_the_feeds_document_with_it(self) -> None:
        record = self.brought()
        erase(by=MACHINE, record=record)
        assert not KeptDocument.objects.exists()

    @pytest.mark.parametrize("body", ['{"id": 5, "name": null, "contacts": "?", "organization": []}', "[]", "not JSON"])
    def test_a_document_that_cannot_be_read_falls_back_on_ours(self, body: str) -> None:
        record = self.brought()
        KeptDocument.objects.update(body=body)
        [one] = get("services?full=true")["contents"]
        assert one["name"] == Asset.objects.get(pk=record.pk).title
        assert validate(json.dumps(one).encode()).valid


class TestAsking:
    """Every parameter, each narrowing the answer further."""

    @pytest.fixture
    def three(self, cast: Any, lunch: Asset) -> None:
        load(
            by=MACHINE,
            source="County",
            data=as_bytes(
                [nested(1, minimum_age=18, maximum_age=30), nested(2, minimum_age=50, name="Walking & talking")]
            ),
        )

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("search=lunch", 3),
            ("search=LUNCH+tuesdays", 1),
            ("search=lunch+club+mill", 1),
            ("search=Together", 2),
            ("minimum_age=18", 2),
            ("minimum_age=40", 1),
            ("maximum_age=30", 1),
            ("minimum_age=18&maximum_age=99", 1),
            ("day=TU", 3),
            ("day=tuesday&start_time=12:00&end_time=14:00", 1),
            ("day=TH", 2),
            ("day=SU", 0),
            ("start_time=13:00", 0),
            ("search=lunch&day=TH", 2),
            ("modified_after=2100-01-01", 0),
            ("modified_after=2020-01-01T00:00:00Z", 3),
            ("modified_after=2020-01-01T00:00:00%2B01:00", 3),
            ("organization_id=nobody", 0),
            (f"taxonomy_term_id={terms.made_id(terms.DOMAINS, 'people')}&search=tuesdays", 1),
            (f"taxonomy_term_id={terms.made_id(terms.KINDS, 'activity')}", 1),
            (f"taxonomy_id={terms.taxonomies()[terms.KINDS]['id']}", 1),
            ("taxonomy_term_id=unknown", 0),
            ("postcode=zz1 1aa&proximity=200", 2),
            ("search=%00", 3),
            ("unheard_of=1", 3),
        ],
    )
    def test_a_parameter_narrows(self, three: None, asked: str, found: int) -> None:
        assert get(f"services?{asked}")["total_items"] == found

    def test_a_postcode_is_looked_up_in_the_table_first(self, three: None) -> None:
        """Then half of one will do; without the table only a postcode in somebody's own words is known."""
        told = get("services?postcode=ZZ9 8", 400)["error"]
        assert told == "postcode: Nobody here knows where ZZ9 8 is, so nothing can be near it."
        file = begin(by=MACHINE, publisher="own", name="Ours", dated=date(2026, 1, 1))
        keep(by=MACHINE, file=file, rows=[("ZZ99ZA", 52.0, -3.0), ("ZZ99ZB", 52.002, -3.0), ("ZZ11AA", 52.0, -3.0)])
        for typed in ("ZZ9 9ZA", "zz99za", "ZZ9 9", "zz9", "zz1 1aa"):
            assert names(f"services?postcode={typed}&proximity=200") == ["Lunch on Tuesdays"], typed
        assert names("services?postcode=zz9 9zz&proximity=200") == ["Lunch on Tuesdays"], "by its own words, as before"
        assert get("services?postcode=QQ1 1AA", 400)["parameter"] == "postcode"

    def test_a_feeds_own_terms_can_be_asked_for(self) -> None:
        term = {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Food", "description": "Food"}
        attributes = [{"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e", "taxonomy_term": term}]
        load(by=MACHINE, source="County", data=as_bytes([nested(1, attributes=attributes), nested(2)]))
        assert names(f"services?taxonomy_term_id={term['id']}") == ["Lunch club 1"]

    def test_an_organisation_s_services(self, three: None) -> None:
        held = {one["name"]: one["id"] for one in get("organizations")["contents"]}
        assert get(f"services?organization_id={held['Lunch Together']}")["total_items"] == 2
        assert names(f"services?organization_id={held['Mill Street lunch club']}") == ["Lunch on Tuesdays"]

    @pytest.mark.parametrize(
        ("asked", "parameter"),
        [
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=x", "page"),
            ("page=99999999999999999999", "page"),
            ("per_page=0", "per_page"),
            ("per_page=%E2%91%A0", "per_page"),
            ("format=xml", "format"),
            ("full=perhaps", "full"),
            ("modified_after=lately", "modified_after"),
            ("modified_after=9999-99-99", "modified_after"),
            ("minimum_age=old", "minimum_age"),
            ("minimum_age=nan", "minimum_age"),
            ("start_time=noon", "start_time"),
            ("day=someday", "day"),
            ("proximity=100", "proximity"),
            ("postcode=AB1 2CD", "postcode"),
        ],
    )
    def test_what_cannot_be_taken_is_told_in_words(self, lunch: Asset, asked: str, parameter: str) -> None:
        told = get(f"services?{asked}", 400)
        assert told["parameter"] == parameter and told["error"].startswith(f"{parameter}: ")

    def test_parameters_are_read_without_a_database(self) -> None:
        asked = read({"search": "a  b", "per_page": "9999", "minimal": "TRUE"})
        assert (asked.search, asked.per_page, asked.minimal) == (("a", "b"), 9999, True)
        assert read({"per_page": "9999"}).per_page == 500
        with pytest.raises(NotUnderstood):
            read({"parent_id": "x", "top_only": "?"})

    def test_terms_are_narrowed_by_list_parent_and_top(self) -> None:
        life = terms.taxonomies()[terms.DOMAINS]["id"]
        people = terms.made_id(terms.DOMAINS, "people")
        assert {one["taxonomy_id"] for one in get(f"taxonomy_terms?taxonomy_id={life}&per_page=500")["contents"]} == {
            life
        }
        below = get(f"taxonomy_terms?parent_id={people}&per_page=500")["contents"]
        assert below and all(one["parent_id"] == people for one in below)
        assert not any(one.get("parent_id") for one in get("taxonomy_terms?top_only=true&per_page=500")["contents"])
        assert get(f"taxonomy_terms/{people}")["code"] == "people"
        assert get(f"taxonomies/{life}")["name"] == "Parts of life"
        get("taxonomies/nothing", 404)


class TestAnswering:
    """Pages, forms and marks of an answer."""

    def test_pages_say_of_themselves_what_is_so(self, cast: Any) -> None:
        for n in range(7):
            offered(cast.lunch_club, f"Thing {n}")
        pages = [get(f"services?per_page=3&page={number}") for number in (1, 2, 3, 4)]
        assert [(p["size"], p["first_page"], p["last_page"], p["empty"]) for p in pages] == [
            (3, True, False, False),
            (3, False, False, False),
            (1, False, True, False),
            (0, False, True, True),
        ]
        assert {(p["total_items"], p["total_pages"]) for p in pages} == {(7, 3)}
        seen = [one["id"] for page in pages for one in page["contents"]]
        assert len(seen) == len(set(seen)) == 7

    def test_an_empty_feed_is_one_empty_page(self) -> None:
        page = get("services")
        assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"], page["empty"]) == (
            0,
            1,
            True,
            True,
            True,
        )

    def test_a_list_holds_one_to_one_fields_and_full_holds_all(self, lunch: Asset) -> None:
        thin, whole = get("services")["contents"][0], get("services?full=true")["contents"][0]
        assert "schedules" not in thin and thin["organization"]["name"] and "schedules" in whole
        least = get("services?minimal=true")["contents"][0]
        assert least.keys() == {"id", "modified_date", "last_modified"}

    def test_services_at_their_places(self, lunch: Asset) -> None:
        load(by=MACHINE, source="County", data=as_bytes([nested(1)]))
        page = get("service_at_locations?per_page=1&page=2&full=true")
        assert page["total_items"] == 2 and page["contents"][0]["service"]["name"] == "Lunch club 1"
        one = get("service_at_locations")["contents"][0]
        assert one["location"]["name"].startswith("Mill Hall") and one["service"]["name"] == lunch.title
        assert get(f"service_at_locations/{one['id']}")["service"]["name"] == lunch.title
        get("service_at_locations/x", 404)

    def test_organisations_with_their_services(self, lunch: Asset) -> None:
        one = get("organizations?full_service=true")["contents"][0]
        assert [held["name"] for held in one["services"]] == [lunch.title]
        assert "services" not in get("organizations")["contents"][0]
        assert get(f"organizations/{one['id']}?full_service=true")["services"][0]["schedules"]

    @pytest.mark.parametrize(
        "path", ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]
    )
    def test_everything_at_once_one_record_a_line(self, lunch: Asset, path: str) -> None:
        response = Client().get(f"/open-referral/{path}?format=ndjson")
        assert response["Content-Type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
        assert [one["id"] for one in lines] == [one["id"] for one in get(f"{path}?per_page=500")["contents"]]

    def test_any_page_may_read_it_and_nobody_gets_a_cookie(self, lunch: Asset) -> None:
        for response in (Client().get("/open-referral/services"), Client().options("/open-referral/services")):
            assert response["Access-Control-Allow-Origin"] == "*"
            assert not response.cookies
        assert Client().post("/open-referral/services").status_code == 405

    def test_who_has_it_already_is_told_so(self, lunch: Asset) -> None:
        first = Client().get("/open-referral/services")
        assert first["Last-Modified"]
        assert Client().get("/open-referral/services", headers={"if-none-match": first["ETag"]}).status_code == 304
        change(by=MACHINE, asset=lunch, title="Supper")
        assert Client().get("/open-referral/services", headers={"if-none-match": first["ETag"]}).status_code == 200

    def test_the_front_page_and_the_description_hang_together(self) -> None:
        front = get("")
        assert front.keys() == {"version", "profile", "openapi_url"}
        described = get("openapi.json")
        for path, operations in described["paths"].items():
            if "{id}" not in path:
                get(path.strip("/"))
            for parameter in operations["get"]["parameters"]:
                assert (
                    "$ref" not in parameter
                    or parameter["$ref"].rpartition("/")[2] in described["components"]["parameters"]
                )

    def test_statements_do_not_grow_with_the_page(self, cast: Any) -> None:
        def spent(path: str) -> int:
            with CaptureQueriesContext(connection) as statements:
                get(path)
            return len(statements)

        load(by=MACHINE, source="County", data=as_bytes([nested(n) for n in range(4)]))
        paths = ("services?full=true&per_page=500", "service_at_locations?full=true", "organizations?full_service=true")
        before = [spent(path) for path in paths]
        load(by=MACHINE, source="County", data=as_bytes([nested(n) for n in range(60)]))
        assert [spent(path) for path in paths] == before
        assert max(before) <= 14


class TestWhatIsGone:
    """A list of our own: ids that were in the feed."""

    def test_what_left_is_named_by_its_id_alone(self, cast: Any, lunch: Asset) -> None:
        offered(cast.resident.party, "I can bake")
        assert note_published(by=MACHINE) == 1
        assert get("gone")["empty"] is True
        key = str(lunch.record.key)
        withdraw(by=MACHINE, asset=lunch)
        assert [one["id"] for one in get("gone")["contents"]] == [key], "at once, before the next count"
        note_published(by=MACHINE)
        [one] = get("gone?since=2020-01-01")["contents"]
        assert one.keys() == {"id", "gone"}
        tomorrow = (timezone.now() + timedelta(days=1)).date()
        assert get(f"gone?since={tomorrow}")["contents"] == []

    def test_what_is_erased_is_still_told_gone_and_what_returns_is_not(self, lunch: Asset) -> None:
        load(by=MACHINE, source="County", data=as_bytes([nested(1), nested(2)]))
        note_published(by=MACHINE)
        erase(by=MACHINE, record=lunch.record)
        load(by=MACHINE, source="County", data=as_bytes([nested(2)]))
        note_published(by=MACHINE)
        assert get("gone")["total_items"] == 2
        load(by=MACHINE, source="County", data=as_bytes([nested(1), nested(2)]))
        note_published(by=MACHINE)
        assert get("gone")["total_items"] == 1

    def test_only_the_machine_counts(self, cast: Any) -> None:
        with pytest.raises(Refused):
            note_published(by=cast.steward.actor)
