"""What a card says becomes a thing or a wish of whoever it belongs to, and nothing of it is left on the card."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.actions import move_many
from alongside.ground.records.models import SHOWN, Audience, Record, State
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.maps.actions import put_on
from alongside.knowing.maps.queries import map_of
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.workshops.models import Card, CardState, Whose

BY = Actor.system("workshops")


def move(by: Actor, owner: Party, cards: Iterable[Card], audience: str) -> list[Record]:
    """Their words stand on the owner's page from now on, for those whom `audience` names."""
    state = CardState.KEPT if audience == Audience.ME else CardState.SHARED
    made = []
    for card in cards:
        made.append(become(by, owner, card, audience, title=card.words))
        done(card, made[-1], state)
    return made


def become(by: Actor, owner: Party, card: Card, audience: str, *, title: str, words: str = "") -> Record:
    """What a card says, as a thing or a wish of its owner; on the community's map if everyone may see it."""
    community = card.workshop.record.owner
    among = community if audience == Audience.COMMUNITY else None
    if card.wish:
        said = words or title
        wished: Record = wish(
            by=by, owner=owner, words=said, domain=card.domain, audience=audience, community=among
        ).record
        return wished
    record: Record = offer(
        by=by,
        holder=owner,
        kind=card.kind or AssetKind.SKILL,
        title=title,
        words=words if words != title else "",
        audience=audience,
        community=among,
        lang=card.workshop.record.lang,
    ).record
    found = map_of(BY, community)
    if found is not None and owner != community and audience == Audience.EVERYONE:
        put_on(by=BY, map=found, record=record)
    return record


def done(card: Card, record: Record, state: str) -> None:
    """The words stand where they belong now, and here no more. What a group or place is called stays while it waits
    to be wiped; whose it was stays as a key without a name, for as long as "this was not me" may be said. Called
    inside an action."""
    about = card.about if card.whose != Whose.PERSON else ""
    Card.objects.filter(pk=card.pk).update(state=state, became=record, words="", may_share=False, about=about)
    card.asks.all().delete()
    card.refresh_from_db()


def wipe(cards: Iterable[Card]) -> None:
    """Nothing that was said stays on these cards; their codes stay, so that nobody types them again. Called inside an
    action."""
    keys = [card.pk for card in cards]
    empty = {"words": "", "about": "", "kind": "", "domain": "", "may_share": False}
    Card.objects.filter(pk__in=keys).update(state=CardState.WIPED, **empty)


def hold(records: Iterable[Record]) -> int:
    """What others see of these waits until a steward has looked. How many; what only its owner sees stays."""
    shown = [one.pk for one in records if one.state in SHOWN and one.audience != Audience.ME]
    return move_many(by=BY, records=shown, state=State.HELD)
