"""The parties of the invented town: the cast, then people, communities and organisations up to the size asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from alongside.ground.people.actions import GROUPS
from alongside.ground.people.models import Group, Kind, Login, Membership, Party, PersonFacts, Role, Sort
from alongside.site.demo.bank import load
from alongside.site.demo.geography import Town
from alongside.site.demo.writing import BATCH, key

COMMUNITIES = {Sort.HOUSEHOLD, Sort.PLACE, Sort.INTEREST, Sort.GROUP}
Spot = tuple[float, float]


@dataclass
class Folk:
    """Everybody in town, and where each of them is."""

    cast: dict[str, Party] = field(default_factory=dict)
    people: list[Party] = field(default_factory=list)
    communities: list[Party] = field(default_factory=list)
    organisations: list[Party] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)
    streets: dict[int, str] = field(default_factory=dict)
    doors: dict[int, str] = field(default_factory=dict)  # of groups and organisations: the street and its postcode
    bank: dict[int, dict[str, Any]] = field(default_factory=dict)  # the entry a group or organisation came from
    belongs: dict[int, list[Party]] = field(default_factory=dict)  # communities of a person


def settle(rng: Random, town: Town, people: int) -> Folk:
    """Make them all. Groups grow with the town, slower than its people do."""
    folk = Folk()
    cast = load("cast")
    _groups_of_the_cast(rng, town, folk, cast["party"])
    _people_of_the_cast(rng, town, folk, cast["person"])
    _others(rng, town, folk, people - len(cast["person"]))
    _more_groups(rng, town, folk, "communities", 20 + people // 30)
    _more_groups(rng, town, folk, "organisations", 24 + people // 40)
    _belong(rng, folk)
    return folk


def _party(rng: Random, town: Town, one: dict[str, Any], ward: str, name: str) -> Party:
    sort = Sort(one.get("sort", Sort.PERSON))
    kind = Kind.PERSON if sort == Sort.PERSON else Kind.COMMUNITY if sort in COMMUNITIES else Kind.ORGANISATION
    return Party(
        key=key(rng),
        kind=kind,
        sort=sort,
        name=name,
        about=one.get("about", ""),
        group=one.get("group") or GROUPS.get(sort, Group.PEOPLE),
        area=town.wards[ward],
        lang=one.get("lang", "en"),
    )


def _keep(rng: Random, town: Town, folk: Folk, parties: Iterable[Party]) -> list[Party]:
    made = Party.objects.bulk_create(parties, batch_size=BATCH)
    for party in made:
        assert party.area is not None
        street, lat, lng = town.somewhere(rng, party.area.name)
        folk.spots[party.pk], folk.streets[party.pk] = (lat, lng), street.name
        if party.kind != Kind.PERSON:
            folk.doors[party.pk] = town.with_postcode(street.name, street.name, lat, lng)
        if party.kind == Kind.COMMUNITY:
            folk.communities.append(party)
        elif party.kind == Kind.ORGANISATION:
            folk.organisations.append(party)
        else:
            folk.people.append(party)
    return made


def _groups_of_the_cast(rng: Random, town: Town, folk: Folk, bank: list[dict[str, Any]]) -> None:
    made = _keep(rng, town, folk, [_party(rng, town, one, one["ward"], one["name"]) for one in bank])
    folk.cast = {one["key"]: party for one, party in zip(bank, made, strict=True)}


def _people_of_the_cast(rng: Random, town: Town, folk: Folk, bank: list[dict[str, Any]]) -> None:
    made = _keep(rng, town, folk, [_party(rng, town, one, one["ward"], one["name"]) for one in bank])
    folk.cast |= {one["key"]: party for one, party in zip(bank, made, strict=True)}
    for one, party in zip(bank, made, strict=True):
        PersonFacts.objects.create(
            party=party,
            access_needs=one.get("needs", ""),
            contact_by=one.get("contact", "page"),
            large_print=one.get("large_print", False),
            address=one.get("address", ""),
        )
        if one.get("email"):
            Login.objects.create_user(email=one["email"], party=party)
        for role, of in (words.split() for words in one.get("roles", [])):
            Membership.objects.create(member=party, of=folk.cast[of], role=role, shown=role != Role.MEMBER)
            folk.belongs.setdefault(party.pk, []).append(folk.cast[of])


def _others(rng: Random, town: Town, folk: Folk, count: int) -> None:
    names, wards = load("names"), load("town")["ward"]
    where = rng.choices([ward["name"] for ward in wards], [ward["heard"] for ward in wards], k=max(count, 0))
    peoples = ("english",) * 6 + ("welsh",) * 2 + ("wider",) * 2
    parties = []
    for ward in where:
        origin = rng.choice(peoples)
        name = f"{rng.choice(names[origin])} {rng.choice(names['initials'])}."
        lang = "cy" if origin == "welsh" and rng.random() < 0.5 else "en"
        parties.append(_party(rng, town, {"lang": lang}, ward, name))
    made = _keep(rng, town, folk, parties)
    facts, logins = [], []
    for party in made:
        facts.append(PersonFacts(party=party, large_print=rng.random() < 0.06))
        if rng.random() < 0.4:
            email = f"{party.name.split()[0].lower()}.{party.key.hex[:8]}@larkmere.example"
            logins.append(Login(party=party, email=email, password=make_password(None)))
    PersonFacts.objects.bulk_create(facts, batch_size=BATCH)
    Login.objects.bulk_create(logins, batch_size=BATCH)


def _more_groups(rng: Random, town: Town, folk: Folk, bank: str, count: int) -> None:
    """Each kind of group stands in several wards; the name says in which."""
    pairs = [(one, ward) for one in load(bank)["party"] for ward in town.wards]
    rng.shuffle(pairs)
    chosen: list[tuple[dict[str, Any], Party]] = []
    seen = {party.name for party in folk.communities + folk.organisations}
    for one, ward in pairs:
        name = one["name"].format(ward=ward, street=rng.choice(town.streets[ward]).name)
        if name not in seen and len(chosen) < count:
            seen.add(name)
            chosen.append((one, _party(rng, town, one, ward, name)))
    made = _keep(rng, town, folk, [party for _one, party in chosen])
    folk.bank |= {party.pk: one for (one, _asked), party in zip(chosen, made, strict=True)}


def _belong(rng: Random, folk: Folk) -> None:
    """Every group is looked after by somebody, and has members, most of whom keep that to themselves."""
    cast = {party.pk for party in folk.cast.values()}
    residents = [party for party in folk.people if party.pk not in cast]
    by_ward: dict[int | None, list[Party]] = {}
    for party in residents:
        by_ward.setdefault(party.area_id, []).append(party)
    since = timezone.now()
    rows = []
    for group in folk.communities + folk.organisations:
        near = by_ward.get(group.area_id, residents)
        size = rng.randint(4, 18) if group.kind == Kind.COMMUNITY else rng.randint(1, 3)
        if group.sort == Sort.HOUSEHOLD:
            size = rng.randint(2, 4)
        if group.pk in cast:
            size = 0 if group.sort == Sort.HOUSEHOLD else size
        for number, member in enumerate(rng.sample(near, min(size, len(near)))):
            role = Role.KEEPER if number == 0 and group.pk not in cast else Role.MEMBER
            rows.append(Membership(member=member, of=group, role=role, since=since, shown=rng.random() < 0.3))
            if group.kind == Kind.COMMUNITY:
                folk.belongs.setdefault(member.pk, []).append(group)
    for row in rows:
        row.key = key(rng)
    Membership.objects.bulk_create(rows, batch_size=BATCH)
