"""Somebody who wishes, somebody who has it, and the two brought together."""

from __future__ import annotations

from alongside.doing.connecting import actions
from alongside.doing.connecting.models import Introduction, Side
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.models import Asked
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Wish
from tests.cast import Somebody

MACHINE = Actor.system("tests")
REACH = {"reach": "Ring 01632 960 111 after six", "meet": "public", "meet_words": "The library café"}
BACK = {"reach": "Knock at the bakery", "meet": "public", "meet_words": ""}


def wished(who: Somebody, words: str = "Somebody to sing with", audience: str = "me", **more: object) -> Wish:
    assert who.login.email
    return wish(by=who.actor, owner=who.party, words=words, domain="fun", audience=audience, **more)  # type: ignore[arg-type]


def shared(
    who: Somebody, title: str = "Singing at my kitchen table", holder: Party | None = None, **more: object
) -> Asset:
    assert who.login.email
    given = {"kind": "skill", "audience": "everyone", "words": "All the old songs"} | more
    return offer(by=who.actor, holder=holder or who.party, title=title, **given)  # type: ignore[arg-type]


def proposed(by: Somebody, wish: Wish, asset: Asset, words: str = "", **more: str) -> Side:
    """Whoever comes for one side says yes at once."""
    return actions.propose(by=by.actor, wish=wish, asset=asset, words=words, **{**REACH, **more})


def side_of(who: Somebody) -> Side:
    """Their newest side."""
    return Side.objects.filter(record__owner=who.party).latest("pk")


def rested() -> None:
    """A week goes by."""
    Asked.objects.all().delete()


def says_yes(who: Somebody, words: str = "") -> Side:
    return actions.answer(by=who.actor, side=side_of(who), yes=True, words=words, **BACK)


def met(wisher: Somebody, holder: Somebody, **more: object) -> Introduction:
    """Two who both said yes."""
    proposed(wisher, wished(wisher), shared(holder, **more))
    return says_yes(holder).introduction
