"""The cast: the people whom every test is about, as `cast.resident.party`, `.actor` and `.client()`.

Each comes on stage when first named, through the house's own actions.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import BasisKind, Kind, Login, Membership, Party, Role, Sort
from alongside.ground.people.queries import is_staff
from alongside.ground.places.actions import open_place
from alongside.ground.places.models import Installation
from tests.standing import begins_with

MACHINE = Actor.system("tests")


def app_code(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


class Somebody:
    """One person of the cast."""

    def __init__(self, party: Party) -> None:
        self.party = party

    @property
    def actor(self) -> Actor:
        return Actor(person=self.party)

    @cached_property
    def login(self) -> Login:
        return Login.objects.create_user(email=f"{self.party.key}@example.org", party=self.party)

    def client(self, *, second_factor: bool | None = None) -> Client:
        """A browser that is signed in; staff have used their authenticator app unless told otherwise."""
        client = Client()
        client.force_login(self.login, backend="django.contrib.auth.backends.ModelBackend")
        self.prove(client, is_staff(self.party) if second_factor is None else second_factor)
        return client

    def prove(self, client: Client, second_factor: bool) -> None:
        """Write in the session how they signed in, as the real sign-in does."""
        session = client.session
        methods = ["code", "mfa"] if second_factor else ["code"]
        session["account_authentication_methods"] = [{"method": method, "at": time.time()} for method in methods]
        session.save()

    def helps(self, person: Somebody) -> Actor:
        """The same person, acting for someone who asked them to, with every part of their page."""
        basis = people.support(
            by=person.actor,
            person=person.party,
            supporter=self.party,
            kind=BasisKind.NAMED_HELPER,
            parts=[("all", "see"), ("all", "write")],
        )
        return Actor(person=self.party, on_behalf_of=person.party, basis=basis)


class Cast:
    """Everybody, by what they do. Asking for one does not bring on the others, but for those they belong with."""

    def person(self, name: str) -> Somebody:
        """Somebody more, by name."""
        return Somebody(people.welcome(by=MACHINE, name=name))

    def staff(self, name: str, role: Role) -> Somebody:
        somebody = self.person(name)
        people.join(by=MACHINE, member=somebody.party, of=self.council, role=role)
        return somebody

    @cached_property
    def place(self) -> Installation:
        """The place that the site serves."""
        return open_place(
            by=MACHINE,
            name="Testford",
            phone="01632 960 001",
            paper="The library, Mill Street",
            worry_person=self.steward.party,
            worry_phone="01632 960 002",
            safeguarding="Ring the council's safeguarding team on 01632 960 003.",
        )

    # Organisations and communities
    @cached_property
    def council(self) -> Party:
        return people.welcome(by=MACHINE, kind=Kind.ORGANISATION, sort=Sort.PUBLIC, name="Testford Council")

    @cached_property
    def agency(self) -> Party:
        """The organisation that the supplier runs."""
        return people.welcome(
            by=self.supplier.actor, kind=Kind.ORGANISATION, sort=Sort.SPECIALIST, name="Brightside Support"
        )

    @cached_property
    def lunch_club(self) -> Party:
        """A community without legal form: the connector looks after it, the resident belongs to it."""
        club = people.welcome(
            by=self.connector.actor, kind=Kind.COMMUNITY, sort=Sort.GROUP, name="Mill Street lunch club"
        )
        people.join(by=self.resident.actor, member=self.resident.party, of=club)
        return club

    # People
    @cached_property
    def resident(self) -> Somebody:
        return self.person("Mair Pugh")

    @cached_property
    def neighbour(self) -> Somebody:
        return self.person("Joseph Okafor")

    @cached_property
    def carer(self) -> Somebody:
        """Looks after the resident; `cast.carer.helps(cast.resident)` is them acting for her."""
        return self.person("Tom Pugh")

    @cached_property
    def connector(self) -> Somebody:
        """Unpaid, knows everybody, is not staff."""
        return self.person("Denise Clarke")

    @cached_property
    def supplier(self) -> Somebody:
        return self.person("Ravi Menon")

    @cached_property
    def outsider(self) -> Somebody:
        """Has a page of their own and nothing to do with anybody here."""
        return self.person("Oscar Vane")

    @cached_property
    def builder(self) -> Somebody:
        return self.staff("Asha Rahman", Role.BUILDER)

    @cached_property
    def coordinator(self) -> Somebody:
        return self.staff("Lynne Hughes", Role.COORDINATOR)

    @cached_property
    def commissioner(self) -> Somebody:
        return self.staff("Grace Adeyemi", Role.COMMISSIONER)

    @cached_property
    def councillor(self) -> Somebody:
        return self.staff("Huw Bevan", Role.COUNCILLOR)

    @cached_property
    def steward(self) -> Somebody:
        return self.staff("Pauline Webb", Role.PLACE_STEWARD)

    @cached_property
    def passer_by(self) -> tuple[Somebody, str]:
        """Somebody with an unclaimed page on this device, and the token of its cookie."""
        party, token = people.begin(by=Actor.anyone())
        return Somebody(party), token

    @property
    def anyone(self) -> Actor:
        return Actor.anyone()

    def memberships(self, party: Party) -> list[Membership]:
        return list(Membership.objects.filter(member=party, until=None))

    def take(self, what: str) -> Any:
        """What is there already, for whoever asks first; nothing where the file begins with nobody."""
        return None


class CastAt(Cast):
    """The cast where something has been made already."""

    def __init__(self, what: str, make: Callable[[Cast], Any]) -> None:
        self.what, self.there = what, None
        self.there = make(self)

    def take(self, what: str) -> Any:
        if what != self.what:
            return None
        there, self.there = self.there, None
        return there


def at(what: str, make: Callable[[Cast], Any]) -> tuple[str, Callable[[], Cast]]:
    """For a file whose tests all begin with it: `BEGINS_WITH = at("a vote", voting)` (tests/standing.py); `voting`
    itself asks `cast.take("a vote")` first."""
    return what, lambda: CastAt(what, make)


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """Nobody yet, or whom the file begins with (tests/standing.py)."""
    begins = begins_with(request.node)
    if begins is None:
        return Cast()
    there: Cast = request.getfixturevalue("standing")(*begins)
    return there


@pytest.fixture
def nobody_yet() -> None:
    """For a test that begins with nothing, in a file whose others begin with something."""


@pytest.fixture
def live_cast(transactional_db: None) -> Cast:
    """The cast where things are really committed: journeys, and tests with several writers."""
    cast = Cast()
    assert cast.place.name
    return cast


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., None]:
    """`sign_in(context, cast.resident)` gives a browser the session of somebody who has signed in."""

    def sign_in(context: Any, somebody: Somebody, **options: bool) -> None:
        cookie = somebody.client(**options).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return sign_in
