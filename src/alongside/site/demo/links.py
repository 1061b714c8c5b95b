"""Makes and uses the one-use links by which a visitor becomes one of the cast for a while."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from alongside.ground.history.acting import Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Card, Login, Party
from alongside.ground.people.queries import hash_token, is_staff
from alongside.ground.places.models import Installation
from alongside.site.demo.cast import CARD_WORD, CAST, WITHOUT_A_SCREEN, Member
from alongside.site.demo.models import DemoLink

GOOD_FOR = timedelta(days=1)
NO_LINK = "This link does not work. It may have been used, or be more than a day old. Run `alongside run` for new ones."


def is_demo() -> bool:
    """Asked of the database each time: a real place never has demo sign-ins, whatever a cache says."""
    return Installation.objects.filter(demo=True).exists()


@action("demo.make_links")
def make(*, by: Actor) -> list[tuple[Member, str]]:
    """A fresh link for each of the cast who has a way in. Older links stop working."""
    if not (by.is_system and is_demo()):
        raise Refused("Links like these exist only in the invented place.")
    DemoLink.objects.all().delete()
    made = [(member, party, secrets.token_urlsafe(24)) for member, party in cast()]
    expires = timezone.now() + GOOD_FOR
    DemoLink.objects.bulk_create(
        DemoLink(token_hash=hash_token(token), party=party, expires=expires) for _member, party, token in made
    )
    return [(member, token) for member, _party, token in made]


@action("demo.use_link")
def use(*, by: Actor, token: str) -> Login:
    """Use a link up: the second time it is refused, also when two come at once."""
    now = timezone.now()
    live = DemoLink.objects.filter(token_hash=hash_token(token), used_at=None, expires__gt=now)
    if not is_demo() or live.update(used_at=now) != 1:
        raise Refused(NO_LINK)
    party = DemoLink.objects.get(token_hash=hash_token(token)).party_id
    return Login.objects.select_related("party").get(party=party)


def needs_second_factor(login: Login) -> bool:
    return is_staff(login.party)


def first_page(login: Login) -> str:
    """The name of the page that this one of the cast would open first."""
    return next((member.first for member in CAST if member.email == login.email), "front")


def cast() -> list[tuple[Member, Party]]:
    """Those of the cast who can sign in, in the order of the play."""
    logins = Login.objects.filter(email__in=[member.email for member in CAST]).select_related("party")
    found = {login.email: login.party for login in logins}
    return [(member, party) for member in CAST if (party := found.get(member.email)) is not None]


def letter(address: str) -> list[str]:
    """What `alongside run` prints: a link for each kind of user, and how the one without a screen comes in."""
    if not is_demo():
        return []
    lines = ["", "Come in as somebody. Each link works once, on this machine, until tomorrow:"]
    for member, token in make(by=Actor.system("demo links")):
        lines.append(f"  {member.name + ', ' + member.what:<54} {address}/demo/{token}/")
    card = Card.objects.filter(login__party__name=WITHOUT_A_SCREEN).first()
    if card is not None:
        lines.append(f"  {WITHOUT_A_SCREEN} has a printed card instead: number {card.number}, word “{CARD_WORD}”")
    return lines
