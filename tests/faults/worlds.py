"""Invented worlds for the proof that nothing leaks: who holds what, for whom, for what and until when, all by chance.

Every word that could give something away is a marker of its own, so that a page that shows it can be told.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.actions import let_in, share
from alongside.ground.consent.models import Consent, Look
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import block, join, note_facts, welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record, Spot, State
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.barriers.actions import close, say
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.installed import DUE
from alongside.knowing.outcomes.actions import want, wish
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.planning.complementary.actions import look_through
from alongside.planning.plans import actions as plans
from tests.cast import Cast, Somebody
from tests.knowing.two_wards import two_wards

MACHINE = Actor.system("tests")
THINGS = 26
WORDS = ("kettle", "singing", "garden", "company", "ladder", "lift to the shops")
PURPOSES = ("found", "suggested", "contacted", "open_lists", "counted")
AUDIENCES = ("me", "circle", "community", "community", "everyone", "everyone", "everyone", "everyone")
STATES = (State.LIVE,) * 8 + (State.STALE, State.HELD, State.RESTING, State.ENDED)


@dataclass
class World:
    """A place full of things. `secrets` are the markers of each record by its id, `homes` those of its exact place."""

    cast: Cast
    rng: random.Random
    viewers: dict[str, Somebody | None] = field(default_factory=dict)
    people: list[Somebody] = field(default_factory=list)
    groups: list[Party] = field(default_factory=list)
    wards: tuple[Area, ...] = ()
    secrets: dict[int, list[str]] = field(default_factory=dict)
    homes: dict[int, list[str]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)  # addresses of what stands without a name
    plans: dict[int, str] = field(default_factory=dict)  # the page of ideas of each person, by their party

    def actor(self, name: str) -> Actor:
        viewer = self.viewers[name]
        return viewer.actor if viewer else Actor.anyone()

    def keys(self) -> list[str]:
        """The addresses of all things, as somebody might know them."""
        return self.addresses


def world(cast: Cast, seed: int) -> World:
    """The same seed makes the same world."""
    made = World(cast, random.Random(seed))
    assert cast.place.name
    made.wards = two_wards()
    made.people = [_person(made, n) for n in range(6)]
    _groups(made)
    for n in range(THINGS):
        _thing(made, n)
    for n in range(8):
        _wish(made, n)
    for n in range(5):
        _barrier(made, n)
    _ties(made)
    for n, somebody in enumerate(made.people):
        _plan(made, n, somebody)
    look_through(by=MACHINE)
    holder, member, close, shut = made.people[:4]
    made.viewers = {"anyone": None, "outsider": cast.outsider, "holder": holder, "member": member}
    made.viewers |= {"circle": close, "blocked": shut, "steward": cast.steward}
    things = Record.objects.filter(kind="asset").order_by("pk")
    made.addresses = [str(key) for key in things.values_list("key", flat=True)]
    for kind, path in (("wish", "/wish"), ("barrier", "/in-the-way")):
        keys = Record.objects.filter(kind=kind).order_by("pk").values_list("key", flat=True)
        made.unnamed += [f"{path}/{key}/" for key in keys]
    made.clients = {name: one.client() if one else Client() for name, one in made.viewers.items()}
    return made


def _person(world: World, n: int) -> Somebody:
    party = welcome(by=MACHINE, name=f"Zqname{n} Zqsurname{n}qz", area=world.rng.choice(world.wards))
    note_facts(by=Actor(person=party), party=party, phone=f"zqphone{n}qz", address=f"zqhome{n}qz")
    return Somebody(party)


def _groups(world: World) -> None:
    keeper = world.people[4]
    choices = ((Kind.COMMUNITY, Sort.GROUP), (Kind.COMMUNITY, Sort.INTEREST), (Kind.ORGANISATION, Sort.BUSINESS))
    for n, (kind, sort) in enumerate(choices):
        world.groups.append(welcome(by=keeper.actor, name=f"Group {n}", kind=kind, sort=sort))
    join(by=world.people[1].actor, member=world.people[1].party, of=world.groups[0])
    for somebody in world.rng.sample(world.people, 3):
        join(by=somebody.actor, member=somebody.party, of=world.groups[1])


def _thing(world: World, n: int) -> None:
    rng, now = world.rng, timezone.now()
    holder = rng.choice([one.party for one in world.people] + world.groups)
    lat, lng = round(51 + rng.random(), 7), round(2 * rng.random(), 7)
    said = [f"zqtitle{n}qz", f"zqwords{n}qz", f"zqplace{n}qz", f"zqhow{n}qz"]
    asset = offer(
        by=MACHINE,
        holder=holder,
        kind=rng.choice(AssetKind.values),
        title=f"{rng.choice(WORDS)} {said[0]}",
        words=f"{rng.choice(WORDS)} {said[1]}",
        place_words=said[2],
        how=said[3],
        audience=rng.choice(AUDIENCES),
        community=rng.choice(world.groups[:2]),
        countable=rng.random() < 0.5,
        cost=rng.choice(["free", "paid"]),
        access=rng.sample(["level", "quiet"], rng.randint(0, 2)),
        whens=[(None, "", None, "Tuesdays")],
        lat=lat,
        lng=lng,
        precision=rng.choice(["exact", "cell", "area"]),
        address=f"zqdoor{n}qz",
        area=rng.choice(world.wards),
        per_week=rng.choice([None, 120]),
    )
    pk = asset.pk
    world.secrets[pk] = said
    world.homes[pk] = [f"zqdoor{n}qz"]
    if asset.record.spot.precision != "exact":
        world.homes[pk] += [str(lat), str(lng)]
    if n % 4 == 0:
        world.secrets[pk] = [*said, f"zqwhy{n}qz"]
        reader = world.people[n % len(world.people)].party
        Look.objects.create(record_id=pk, reader=reader, part="asset", purpose=f"zqwhy{n}qz")
    until = rng.choice([None, None, now - timedelta(days=1), now + timedelta(days=9)])
    Record.objects.filter(pk=pk).update(state=rng.choice(STATES), audience_until=until)
    for purpose in rng.sample(PURPOSES, rng.randint(0, 3)):
        _word(rng, pk, purpose)


def _word(rng: random.Random, record: int, purpose: str) -> None:
    """Yes, yes until a day, yes until yesterday, or no."""
    now = timezone.now()
    until = rng.choice([None, now + timedelta(days=9), now - timedelta(days=1)])
    no = rng.random() < 0.4
    Consent.objects.create(
        record_id=record,
        purpose=purpose,
        since=now - timedelta(days=3),
        until=None if no else until,
        withdrawn_at=now if no else None,
    )


def _wish(world: World, n: int) -> None:
    rng, owner = world.rng, world.rng.choice(world.people)
    said, audience = f"zqwish{n}qz", rng.choice(AUDIENCES)
    made = wish(
        by=owner.actor,
        owner=owner.party,
        words=f"{rng.choice(WORDS)} {said}",
        audience=audience,
        community=rng.choice(world.groups[:2]),
        countable=rng.random() < 0.5,
    )
    world.secrets[made.pk] = [said]
    wanted = want(by=owner.actor, owner=owner.party, words=f"{rng.choice(WORDS)} zqwant{n}qz", domain="")
    world.secrets[wanted.pk] = [f"zqwant{n}qz"]


def _barrier(world: World, n: int) -> None:
    """What gets in the way, at no thing and with no group, so that nothing but its words stands there."""
    rng, owner = world.rng, world.rng.choice(world.people)
    place, words = f"Corner {n}", f"{rng.choice(WORDS)} zqbarrier{n}qz"
    made = say(by=owner.actor, owner=owner.party, words=words, place=place, named=n == 4)
    if n == 3:
        close(by=owner.actor, barrier=made, put_right=True)
    world.secrets[made.pk] = [f"zqbarrier{n}qz"]


def _plan(world: World, n: int, owner: Somebody) -> None:
    """Everybody wants something in a plan of their own; most let it be counted, so that a run looks for it."""
    plan = plans.start(by=owner.actor, owner=owner.party)
    words = f"{WORDS[n % len(WORDS)]} zqplan{n}qz"
    plans.say_wants(by=owner.actor, plan=plan, wants=[plans.Want(words, "fun")])
    wanted = Outcome.objects.get(words=words)
    Record.objects.filter(pk=wanted.pk).update(countable=n != 4)
    world.secrets[wanted.pk] = [f"zqplan{n}qz"]
    world.plans[owner.party.pk] = f"/my-page/plan/ideas/{wanted.record.key}/"


def _ties(world: World) -> None:
    holder, _member, close, shut = world.people[:4]
    let_in(by=close.actor, owner=holder.party, member=close.party)
    block(by=shut.actor, other=holder.party)
    block(by=world.people[5].actor, other=shut.party)
    mine = Record.objects.filter(owner=holder.party, kind="asset").first()
    if mine is not None:
        until = timezone.now() + timedelta(days=9)
        to = world.people[1].party
        share(by=holder.actor, record=mine, grantee=to, parts=["all"], purpose="to help", until=until)


def remove(records: QuerySet[Record]) -> None:
    """Take these out of the database as if nobody had ever written them, but for the bare row that history names."""
    gone = list(records.values_list("pk", flat=True))
    rows: list[Any] = [Asset, Wish, Outcome, Barrier]
    for model in rows:
        model._default_manager.filter(pk__in=gone).delete()
    Spot.objects.filter(pk__in=gone).delete()
    Consent.objects.filter(record__in=gone).delete()
    Record.objects.filter(pk__in=gone).update(state=State.ERASED, audience="me", community=None, audience_until=None)
    with connection.cursor() as cursor:  # nor is it noted anywhere that something came or went
        cursor.execute(f"DELETE FROM {DUE} WHERE record IN ({', '.join(map(str, gone)) or 0})")


def hidden_from(world: World, name: str) -> QuerySet[Record]:
    return Record.objects.exclude(pk__in=visible_to(world.actor(name)).values("pk")).exclude(state=State.ERASED)
