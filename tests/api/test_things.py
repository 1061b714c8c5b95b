"""Programs read what is here, and offer and change things for whoever let them in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alongside.ground.consent.models import Look
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import block
from alongside.ground.postcodes.actions import begin, keep
from alongside.ground.tokens.models import Scope
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.assets.models import Asset
from tests.api.asking import Asker, token
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")


@pytest.fixture
def choir(cast: Cast) -> Asset:
    """Something that anyone may find and copy."""
    assert cast.place.name
    return offer(
        by=cast.connector.actor,
        holder=cast.lunch_club,
        kind="activity",
        title="Sing by the canal",
        words="Cana gyda ni",
        lang="cy",
        audience="everyone",
        access=["level"],
        domains=["people"],
        whens=[(None, "FREQ=WEEKLY;BYDAY=WE", 90, "Wednesdays")],
        lat=51.4512345,
        lng=-2.5912345,
    )


def test_anyone_reads_one_thing_as_its_page_shows_it(choir: Asset) -> None:
    answer = Asker().get(f"/assets/{choir.record.key}")
    said = answer.json()
    assert (answer.status_code, said["title"], said["lang"]) == (200, "Sing by the canal", "cy")
    assert said["holder"]["name"] == "Mill Street lunch club"
    assert said["when"] == [
        {"starts": None, "rule": "FREQ=WEEKLY;BYDAY=WE", "zone": "Europe/London", "minutes": 90, "words": "Wednesdays"}
    ]
    assert answer["ETag"] == '"1"' and "mine" not in said
    assert "51.4512345" not in answer.content.decode()


def test_lists_go_by_key_and_hold_what_may_go_out(cast: Cast, choir: Asset) -> None:
    me = cast.resident
    given = {"kind": "skill", "audience": "everyone"}
    for n in range(4):
        offer(by=me.actor, holder=me.party, title=f"Seen, not copied {n}", **given)
        offer(by=cast.connector.actor, holder=cast.lunch_club, title=f"Copied {n}", **given)
    seen, next_ = [], "/assets?most=2"
    while next_:
        page = Asker().get(next_).json()
        seen += [one["title"] for one in page["items"]]
        next_ = page["next"]
    assert sorted(seen) == ["Copied 0", "Copied 1", "Copied 2", "Copied 3", "Sing by the canal"]
    assert [one["title"] for one in Asker().get("/assets?kind=activity&matters=people").json()["items"]] == [
        choir.title
    ]
    assert Asker().get("/assets?confirmed_since=2999-01-01").json() == {"items": [], "next": None}


def test_search_answers_as_the_page_does(cast: Cast, choir: Asset) -> None:
    found = Asker().get("/search?words=canal").json()
    assert [one["asset"]["title"] for one in found["items"]] == [choir.title]
    assert found["items"][0]["why"] and found["items"][0]["why_said"]
    assert found["by_holder"] == {"community": 1} and found["order"] == "best"
    assert Asker().get("/search?words=canal&by=person").json()["items"] == []
    me = cast.resident
    kept = offer(by=me.actor, holder=me.party, kind="skill", title="Canal songs", audience="everyone")
    assert kept.title not in str(Asker().get("/search?words=canal").json()), "seen on the page, kept out of open lists"
    assert Asker().get("/search?day=9&cost=free&words=canal").status_code in (200, 422)
    assert (found["near"], found["postcode"], found["thanks"]) == (None, None, [])
    file = begin(by=MACHINE, publisher="own", name="Our own list", dated=date(2026, 1, 1))
    keep(by=MACHINE, file=file, rows=[("LM12AB", 51.45, -2.6)])
    near = Asker().get("/search?words=canal&near=lm12ab").json()
    assert (near["near"], near["postcode"], near["thanks"]) == (None, "LM1 2AB", ["Our own list"])


def test_what_is_unchanged_is_not_sent_again(choir: Asset) -> None:
    for path in (f"/assets/{choir.record.key}", "/assets"):
        first = Asker().get(path)
        again = Asker().get(path, If_None_Match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")


def test_other_sites_read_what_is_public_and_send_no_token(cast: Cast, choir: Asset) -> None:
    assert Asker().get("/assets")["Access-Control-Allow-Origin"] == "*"
    asked = Asker().ask("OPTIONS", "/assets")
    assert asked.status_code == 204 and "Authorization" not in asked["Access-Control-Allow-Headers"]
    with_token = Asker(token(cast.resident)).get("/me/assets")
    assert not with_token.has_header("Access-Control-Allow-Origin")
    assert with_token["Cache-Control"] == "private, no-store"
    assert not Asker().post("/assets", {}).has_header("Access-Control-Allow-Origin")


def test_a_program_offers_reads_changes_and_withdraws(cast: Cast) -> None:
    assert cast.place.name
    program = Asker(token(cast.resident, Scope.OFFER, Scope.PAGE))
    given = {"kind": "skill", "title": "Mending gates", "lang": "en", "access": ["home"], "per_week": 120}
    given |= {"when": [{"starts": "2027-03-03T14:00:00+00:00", "minutes": 60}], "where": {"lat": 51.45, "lng": -2.59}}
    made = program.post("/assets", given)
    assert made.status_code == 201, made.content
    said = made.json()
    assert said["mine"] == {
        "audience": "me",
        "countable": False,
        "offer": {"unit": "minutes", "per_week": 120, "promised": 0},
    }
    assert said["when"][0]["starts"].startswith("2027-03-03T14:00:00")
    here = f"/assets/{said['id']}"
    assert Asker().get(here).status_code == 404
    changed = program.patch(here, {"title": "Gates mended", "audience": "everyone"}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["title"]) == (200, "Gates mended")
    assert changed.json()["access"] == said["access"]
    assert Asker().get(here).json()["title"] == "Gates mended"
    assert program.post(f"{here}/pause", {"paused": True}).json()["paused"]
    assert program.post(f"{here}/room", {"room_for": 3}).json()["room_for"] == 3
    before = program.get(here)
    assert before.json()["least_people"] is None
    grouped = program.patch(here, {"least_people": 4}, If_Match=before["ETag"])
    assert (grouped.status_code, grouped.json()["least_people"]) == (200, 4)
    assert program.post(f"{here}/confirm").status_code == 200
    assert program.post(f"{here}/withdraw", If_Match=program.get(here)["ETag"]).json()["state"] == "ended"
    assert Asker().get(here).status_code == 404
    assert [one["id"] for one in program.get("/me/assets").json()["items"]] == [said["id"]]
    assert set(Event.objects.filter(verb__startswith="assets.").values_list("source", flat=True)) == {"api"}


def test_what_was_said_before_can_be_said_again(cast: Cast) -> None:
    program = Asker(token(cast.resident, Scope.OFFER))
    made = program.post("/assets", {"kind": "skill", "title": "Mending gates"})
    here = f"/assets/{made.json()['id']}"
    program.patch(here, {"title": "Mending hinges"}, If_Match=made["ETag"])
    listed = program.get(f"{here}/versions").json()["items"]
    assert [(one["n"], one["title"], one["by_program"]) for one in listed] == [
        (2, "Mending hinges", True),
        (1, "Mending gates", True),
    ]
    assert program.post(f"{here}/versions/1/restore").json()["title"] == "Mending gates"
    assert program.post(f"{here}/versions/9/restore").status_code == 404
    assert Asker(token(cast.neighbour)).get(f"{here}/versions").status_code == 404


def test_of_two_changes_to_one_reading_one_is_told(cast: Cast) -> None:
    program = Asker(token(cast.resident, Scope.OFFER))
    made = program.post("/assets", {"kind": "skill", "title": "Mending gates"})
    here = f"/assets/{made.json()['id']}"
    answers = [program.patch(here, {"title": f"Mine {n}"}, If_Match=made["ETag"]) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert answers[1]["Content-Type"] == "application/problem+json"
    assert answers[1].json()["mend"].startswith("Read it again")
    assert program.patch(here, {"title": "Blind"}).status_code == 428
    assert program.patch(here, {"title": "Wild"}, If_Match='"seven"').status_code == 412


def test_sent_twice_with_one_key_it_happens_once(cast: Cast) -> None:
    program = Asker(token(cast.resident, Scope.OFFER, Scope.WISH))
    for path, body in (("/assets", {"kind": "skill", "title": "Mending gates"}), ("/me/wishes", {"words": "A lift"})):
        first, second = (program.post(path, body, Idempotency_Key="k-1") for _try in range(2))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["id"] == second.json()["id"]
        assert program.post(path, body, Idempotency_Key="k-2").json()["id"] != first.json()["id"]
    assert Asset.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"kind": "skill"}, "body.title"),
        ({"kind": "spell", "title": "A"}, "body.kind"),
        ({"kind": "skill", "title": "   "}, "title"),
        ({"kind": "skill", "title": "A", "matters": ["money", "no-such"]}, "matters"),
        ({"kind": "skill", "title": "A", "website": "javascript:alert(1)"}, "website"),
        ({"kind": "skill", "title": "A", "when": [{"rule": "FREQ=SECONDLY"}]}, "when"),
        ({"kind": "skill", "title": "A", "when": [{"starts": "2027-03-03T14:00:00"}]}, "body.when.0.starts"),
        ({"kind": "skill", "title": "A", "where": {"lat": 51}}, "where"),
        ({"kind": "skill", "title": "A\x00B"}, "body.title"),
        ({"kind": "skill", "title": "A", "colour": "red"}, "body.colour"),
    ],
)
def test_what_cannot_be_taken_says_where_and_how_to_mend_it(cast: Cast, body: dict[str, Any], where: str) -> None:
    answer = Asker(token(cast.resident, Scope.OFFER)).post("/assets", body)
    said = answer.json()
    assert (answer.status_code, said["status"], said["type"]) == (422, 422, "/api/#not-taken"), said
    assert where in [one["where"] for one in said["errors"]] and said["mend"]
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b'{"title": "\\ud800"}', "application/json", 400),
        (b'{"title": NaN}', "application/json", 400),
        (b'{"title": "a", "title": "b"}', "application/json", 400),
        (b"[" * 30_000, "application/json", 400),
        (b'{"title": "' + b"x" * 70_000 + b'"}', "application/json", 413),
        (b"title=a", "application/x-www-form-urlencoded", 415),
        (b"[]", "application/json", 422),
    ],
)
def test_what_is_no_body_of_ours_is_refused_plainly(cast: Cast, body: bytes, kind: str, status: int) -> None:
    program = Asker(token(cast.resident, Scope.OFFER))
    answer = program.client.generic("POST", "/api/v1/assets", body, content_type=kind, headers=program.headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content


def test_long_words_from_right_to_left_are_kept_whole(cast: Cast) -> None:
    words = "\u202e🏳️‍🌈שלום " * 900
    made = Asker(token(cast.resident, Scope.OFFER)).post(
        "/assets", {"kind": "story", "title": "🙂" * 200, "words": words}
    )
    assert made.status_code == 201 and made.json()["words"] == words.strip()


def test_a_program_sees_none_of_somebody_else_s(cast: Cast, choir: Asset) -> None:
    hidden = offer(by=cast.neighbour.actor, holder=cast.neighbour.party, kind="skill", title="Hidden")
    program = Asker(token(cast.resident))
    for method, path, body in (
        ("GET", f"/assets/{hidden.record.key}", None),
        ("PATCH", f"/assets/{hidden.record.key}", {"title": "Mine now"}),
        ("PATCH", f"/assets/{choir.record.key}", {"title": "Mine now"}),
        ("POST", f"/assets/{choir.record.key}/withdraw", None),
    ):
        answer = program.ask(method, path, body, If_Match='"1"')
        assert answer.status_code == 404, (method, path, answer.content)


def test_nobody_reads_through_a_block(cast: Cast) -> None:
    """With a token one is somebody, and what lies between two people lies between them here too."""
    theirs = offer(
        by=cast.neighbour.actor, holder=cast.neighbour.party, kind="skill", title="Hers", audience="everyone"
    )
    here, them = f"/assets/{theirs.record.key}", f"/parties/{cast.neighbour.party.key}"
    program = Asker(token(cast.resident))
    assert [program.get(path).status_code for path in (here, them)] == [200, 200]
    block(by=cast.neighbour.actor, other=cast.resident.party)
    assert [program.get(path).status_code for path in (here, them)] == [404, 404]
    assert program.get("/search?words=Hers").json()["items"] == []
    assert [Asker().get(path).status_code for path in (here, them)] == [200, 200]


def test_private_reading_is_written_down_and_public_reading_is_not(cast: Cast, choir: Asset) -> None:
    mine = offer(by=cast.resident.actor, holder=cast.resident.party, kind="skill", title="Mine")
    program = Asker(token(cast.resident, Scope.PAGE))
    program.get(f"/assets/{choir.record.key}")
    assert not Look.objects.exists()
    for _n in range(3):
        assert program.get(f"/assets/{mine.record.key}").status_code == 200
    program.get("/me/assets")
    rows = Look.objects.filter(record=mine.record)
    assert rows.count() == 4 and {row.token and row.token.name for row in rows} == {"The bus planner"}


def test_nothing_is_read_where_the_look_cannot_be_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(by=cast.resident.actor, holder=cast.resident.party, kind="skill", title="Mine")
    program = Asker(token(cast.resident, Scope.PAGE))

    def full(*_given: Any, **_more: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Look.objects, "bulk_create", full)
    answer = program.get("/me/assets")
    assert answer.status_code == 500 and answer.json()["type"] == "/api/#broken"
    assert "Mine" not in answer.content.decode() and "disk" not in answer.content.decode()


def test_a_withdrawal_counts_for_the_next_request(cast: Cast, choir: Asset) -> None:
    assert Asker().get(f"/assets/{choir.record.key}").status_code == 200
    withdraw(by=cast.connector.actor, asset=choir)
    assert Asker().get(f"/assets/{choir.record.key}").status_code == 404
    assert Asker().get("/assets").json()["items"] == []


@pytest.mark.parametrize("day", ["0", "0.0", "1700000000", "-1"])
def test_a_day_is_written_out_and_no_number(client, day):
    found = client.get(f"/api/v1/assets?confirmed_since={day}")
    assert found.status_code == 422 and "2027-04-30" in found.content.decode()
    assert client.get("/api/v1/assets?confirmed_since=2026-01-31").status_code == 200
