"""Who is around me: drawn by the person alone or with a helper they chose, seen by nobody in it and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import support
from alongside.ground.people.models import BasisKind
from alongside.ground.records.actions import leave_for_good
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import offer
from alongside.knowing.networks import actions, queries
from alongside.knowing.networks.models import Knows, Near, Network
from alongside.planning.plans import actions as plans
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
AROUND, ADD = "/my-page/around/", "/my-page/around/add/"
RTL = "\u202eمرحبا😀" * 2_000


def put(person: Somebody, name: str, ring: int = 1, **more: Any) -> Near:
    network = actions.put(by=person.actor, owner=person.party, name=name, ring=ring, **more)
    return network.people.latest("pk")


def seen(person: Somebody, by: Actor | None = None) -> queries.Picture:
    viewer = by or person.actor
    network = queries.network_of(viewer, person.party)
    assert network is not None
    return queries.picture(actions.read(by=viewer, network=network), network)


def test_she_puts_people_on_rings_and_says_who_knows_whom(cast: Cast) -> None:
    ann, choir, nurse = put(cast.resident, " Ann "), put(cast.resident, "Choir", 2, kind="community"), None
    nurse = put(cast.resident, "Nneka", 3, words="Mondays")
    now = {"name": "Ann", "ring": 1, "kind": "person"}
    actions.change(by=cast.resident.actor, near=ann, knows=[choir.key, nurse.key, ann.key], **now)
    picture = seen(cast.resident)
    assert [(one.number, one.near.name, one.knows) for one in picture.people] == [
        (1, "Ann", ["Choir", "Nneka"]),
        (2, "Choir", ["Ann"]),
        (3, "Nneka", ["Ann"]),
    ]
    assert len(picture.arcs) == 2
    actions.change(by=cast.resident.actor, near=nurse, name="Nneka", ring=2, kind="person", knows=[ann.key])
    assert Knows.objects.count() == 2, "said from either side it is the same"
    actions.take_out(by=cast.resident.actor, near=ann)
    assert not Knows.objects.exists()
    assert [one.near.name for one in seen(cast.resident).people] == ["Choir", "Nneka"]
    assert Event.objects.filter(verb__startswith="networks.").count() == 6
    assert "Ann" not in "".join(Event.objects.values_list("fields", flat=True))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " \x00 "}, "Write a name"),
        ({"name": "x" * 81}, "80 letters"),
        ({"ring": 0}, "how close"),
        ({"kind": "pet"}, "person, a group"),
        ({"words": RTL}, "200 letters"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Fault, match=words):
        actions.put(by=cast.resident.actor, owner=cast.resident.party, **{"name": "Ann", "ring": 1} | given)
    assert not Network.objects.exists()


def test_there_is_room_for_forty(cast: Cast) -> None:
    first = put(cast.resident, "Ann")
    Near.objects.bulk_create(Near(network=first.network, name=f"Ann {n}", ring=3) for n in range(39))
    with pytest.raises(Fault, match="room for 40"):
        put(cast.resident, "One more")


def test_nobody_else_sees_draws_or_changes_it(cast: Cast) -> None:
    ann = put(cast.resident, "Ann")
    for other in (cast.outsider, cast.carer, cast.coordinator, cast.commissioner, cast.steward):
        assert queries.network_of(other.actor, cast.resident.party) is None
        for forbidden in (
            lambda by=other.actor: actions.read(by=by, network=ann.network),
            lambda by=other.actor: actions.put(by=by, owner=cast.resident.party, name="X", ring=1),
            lambda by=other.actor: actions.take_out(by=by, near=ann),
        ):
            with pytest.raises(Refused):
                forbidden()
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    ("kind", "parts", "sees"),
    [
        (BasisKind.ASKED, ["network"], True),
        (BasisKind.ASKED, ["all"], True),
        (BasisKind.ASKED, ["plan"], False),
        (BasisKind.ATTORNEY, ["all"], False),
    ],
    ids=["asked for this", "asked for everything", "asked for the plan", "a paper says everything"],
)
def test_a_helper_sees_it_only_where_she_said_so_herself(
    cast: Cast, kind: BasisKind, parts: list[str], sees: bool
) -> None:
    put(cast.resident, "Ann")
    both = [(part, act) for part in parts for act in ("see", "write")]
    who = {"person": cast.resident.party, "supporter": cast.carer.party}
    basis = support(by=Actor.system("tests"), kind=kind, parts=both, evidence_seen_by="A steward", **who)
    by = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    if sees:
        assert [one.near.name for one in seen(cast.resident, by).people] == ["Ann"]
        assert Look.objects.get().part == "network", "she sees that it was looked at"
        return
    network = queries.network_of(cast.resident.actor, cast.resident.party)
    assert network is not None
    with pytest.raises(Refused):
        actions.read(by=by, network=network)
    with pytest.raises(Refused):
        actions.put(by=by, owner=cast.resident.party, name="Tom", ring=1)


def test_she_takes_it_away_and_it_goes_when_she_goes(cast: Cast) -> None:
    put(cast.resident, "Ann", words="Rings on Sundays")
    assert "Rings on Sundays" in str(export(cast.resident.actor, cast.resident.party))
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert not Near.objects.exists()


def test_without_an_account_and_without_scripts(client: Client, cast: Cast) -> None:
    assert cast.place.name
    assert "Nobody here yet" in client.get(AROUND).content.decode()
    refused = client.post(ADD, {"name": "", "ring": "2"}).content.decode()
    assert "Error:" in refused
    assert "A first name or a made-up one will do" in refused
    assert client.post(ADD, {"name": "Ann", "ring": "1"}).headers["Location"] == AROUND
    client.post(ADD, {"name": "<b>Choir</b>", "ring": "3", "kind": "community"})
    page = client.get(AROUND).content.decode()
    assert "One person stands close to you: Ann." in page
    assert "&lt;b&gt;Choir" in page
    near = Near.objects.get(name="Ann")
    other = Near.objects.exclude(pk=near.pk).get()
    given = {"name": "Ann", "ring": "1", "kind": "person", "words": "Sundays", "knows": [str(other.key)]}
    assert client.post(f"{AROUND}{near.key}/", given).status_code == 302
    assert "Sundays" in client.get(AROUND).content.decode()
    assert Client().get(f"{AROUND}{near.key}/").status_code != 200
    client.post(f"{AROUND}{near.key}/take-out/")
    assert "Ann is out of your picture." in client.get(AROUND).content.decode()


def test_from_the_picture_to_something_to_join_and_it_changes_the_picture(cast: Cast) -> None:
    assert cast.place.name
    soon = timezone.localtime() + timedelta(days=2)
    for who, title, audience in (
        (cast.builder, "Choir", "everyone"),
        (cast.connector, "Choir", "everyone"),
        (cast.neighbour, "Kept back", "me"),
        (cast.resident, "My own walk", "everyone"),
    ):
        given = {"kind": "activity", "title": title, "audience": audience, "whens": [(soon, "FREQ=WEEKLY", 60, "")]}
        offer(by=who.actor, holder=who.party, **given)
    client = cast.resident.client()
    page = client.get(AROUND).content.decode()
    assert page.count('name="name" value="Choir"') == 1 and "Kept back" not in page and "My own walk" not in page
    assert client.post(ADD, {"name": "Choir", "kind": "person", "ring": "3"}).headers["Location"] == AROUND
    page = client.get(AROUND).content.decode()
    assert 'name="name" value="Choir"' not in page, "what is in the picture is not offered again"
    assert Near.objects.get().ring == 3
    assert 'name="name" value="Choir"' in cast.outsider.client().get(AROUND).content.decode()


def test_names_written_in_a_plan_are_offered_and_the_plan_goes_on_from_there(cast: Cast) -> None:
    assert cast.place.name
    joan = cast.resident
    client = joan.client()
    plan = plans.start(by=joan.actor, owner=joan.party)
    plans.answer(by=joan.actor, plan=plan, words={"people": "My daughter"})
    page = client.get(AROUND).content.decode()
    assert "You wrote these names before" in page
    assert "Go on: what I want" in page
    client.post(ADD, {"name": "My daughter", "ring": "1"})
    page = client.get(AROUND).content.decode()
    assert "You wrote these names before" not in page
    plans.say_wants(by=joan.actor, plan=plan, wants=[plans.Want("To sing")])
    assert "Go on to my plan" in client.get(AROUND).content.decode()
    assert 'class="rings rings--small"' in client.get("/my-page/plan/").content.decode()
