"""A guest is asked about their cards and answers: then the words go to a page of their own, and none stay here."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.ground.helping.actions import Opened, open_page_with
from alongside.ground.history.acting import Fault, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import note_facts, open_login, rename, settle, welcome
from alongside.ground.people.models import Party
from alongside.ground.records.actions import lock
from alongside.ground.records.models import Audience, Record
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.maps.actions import put_on
from alongside.knowing.maps.queries import map_of
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.models import Card, CardState, Guest, Whose, Workshop
from alongside.knowing.workshops.tasks import send_question

LINK = Actor.system("a workshop card, by its link")
BY = Actor.system("workshops")
CHOICES = (Audience.EVERYONE, Audience.COMMUNITY, Audience.ME)


@action("workshops.ask", may=policy.may_lead)
def ask(*, by: Actor, workshop: Workshop) -> dict[str, int]:
    """Ask every guest who has cards waiting and was not asked yet: by e-mail, by text, or by a letter to print. How
    many by each way; those who gave no way stand under `nobody`."""
    lock(workshop.record)
    many = {"email": 0, "text": 0, "letter": 0, "nobody": 0}
    for guest in workshop.guests.filter(answered_at=None, asked_at=None).exclude(name=""):
        if not queries.waiting(guest):
            continue
        if not guest.reach:
            many["nobody"] += 1
            continue
        Guest.objects.filter(pk=guest.pk).update(code=_code(), asked_at=timezone.now())
        way = queries.way_of(guest)
        many[way] += 1
        if way != "letter":
            after_commit(send_question.enqueue, guest.pk)
    return many


@action("workshops.answer", may=policy.may_answer)
def answer(*, by: Actor, guest: Guest, yes: Collection[str], audience: str = Audience.EVERYONE) -> Guest:
    """The guest says which of their cards go to their own page, and who may see them there; the others are wiped.

    By the link alone they get the page of the e-mail address it was sent to. Once only: a second answer changes
    nothing. Raises Fault for a choice that is none, and where an answer needs a page and there is none.
    """
    held = _held(guest)
    if held is None:
        return guest
    if audience not in CHOICES:
        raise Fault("audience", _("Choose one of these"))
    cards = queries.waiting(held)
    chosen = [card for card in cards if str(card.key) in yes]
    if chosen:
        owner = by.party or _page_at(by, held)
        theirs = by if by.party is not None else Actor(person=owner)
        if owner.is_person and not owner.name:
            rename(by=theirs, party=owner, name=held.name)
        _move(theirs, owner, chosen, audience)
    wipe([card for card in cards if card not in chosen])
    return _let_go(held)


@action("workshops.not_me", may=policy.may_answer)
def not_me(*, by: Actor, guest: Guest) -> Guest:
    """The link came to somebody else: it works no more, and whoever typed the address can put it right."""
    if _held(guest) is not None:
        Guest.objects.filter(pk=guest.pk).update(reach="", code="", asked_at=None)
    return guest


@action("workshops.say_for", may=policy.may_say_for)
def say_for(
    *, by: Actor, guest: Guest, yes: Collection[str], audience: str, word: str = "", agreed: bool = False
) -> Opened | None:
    """Write down what a guest says on the spot, by telephone or on paper (`by.source`): a page is opened with them, as
    the house does for anybody without a screen, and their cards go there. Returns it, for the card with their word;
    None where they say no to all, and nothing is opened.

    Raises Fault where they have not agreed, and Refused for whoever may keep no page with others.
    """
    held = _held(guest)
    if held is None:
        raise Fault("agreed", _("They have answered already"))
    if audience not in CHOICES:
        raise Fault("audience", _("Choose one of these"))
    cards = queries.waiting(held)
    chosen = [card for card in cards if str(card.key) in yes]
    opened = None
    if chosen:
        with override(held.lang):
            opened = open_page_with(by=by, name=held.name, word=word, agreed=agreed)
        assert by.person is not None
        theirs = Actor(by.person, opened.person, opened.basis, by.source, proved=by.proved)
        _move(theirs, opened.person, chosen, audience)
    wipe([card for card in cards if card not in chosen])
    _let_go(held)
    return opened


@action("workshops.put_on_map", may=policy.may_put)
def put_on_map(*, by: Actor, card: Card) -> Card:
    """A place for everyone, or what a group is known for, goes on the community's map as something the community
    knows; whoever looks after the group can take it over there. Raises Fault for a card that is not waiting."""
    lock(card.workshop.record)
    card.refresh_from_db()
    if card.state != CardState.TYPED:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    community = card.workshop.record.owner
    about, words = card.about, card.words
    made = _become(BY, community, card, Audience.EVERYONE, title=about if about else words, words=words)
    _done(card, made, CardState.SHARED)
    return card


def by_text(code: str, number: str) -> Guest | None:
    """A text says yes to what its code asks: those cards of which the box was ticked go on the map, or all where none
    was. The number they gave in the room is how they are reached from then on."""
    asked = queries.asked_with(code, number)
    held = None if asked is None else _held(asked.guest)
    if held is None:  # of one text that comes twice at once, the second opens no page
        return None
    cards = queries.waiting(held)
    ticked = {str(card.key) for card in cards if card.may_share}
    owner = welcome(by=BY, name=held.name, lang=held.lang)
    theirs = Actor(person=owner, source="api", purpose="a text")
    note_facts(by=theirs, party=owner, phone=held.reach, contact_by="text")
    return answer(by=theirs, guest=held, yes=ticked or {str(card.key) for card in cards})


def wipe(cards: Iterable[Card]) -> None:
    """Nothing that was said stays on these cards; their codes stay, so that nobody types them again. Called inside an
    action."""
    keys = [card.pk for card in cards]
    empty = {"words": "", "about": "", "kind": "", "domain": "", "may_share": False, "guest": None}
    Card.objects.filter(pk__in=keys).update(state=CardState.WIPED, **empty)


def _held(guest: Guest) -> Guest | None:
    """The guest, held, unless they have answered: of two answers at once one is first."""
    lock(guest.workshop.record)
    rows = Guest.objects.filter(pk=guest.pk, answered_at=None, workshop__wiped_at=None)
    return rows.select_related("workshop__record__owner").first()


def _let_go(guest: Guest) -> Guest:
    Guest.objects.filter(pk=guest.pk).update(name="", reach="", code="", answered_at=timezone.now())
    guest.refresh_from_db()
    return guest


def _page_at(by: Actor, guest: Guest) -> Party:
    """The page of the address that the link was sent to: opening it proved whose it is."""
    if "@" not in guest.reach:
        raise Fault("audience", _("Sign in first, or give your answer to somebody who helps here"))
    with override(guest.lang):
        return settle(by=by, login=open_login(by=by, email=guest.reach))


def _move(by: Actor, owner: Party, cards: Iterable[Card], audience: str) -> None:
    state = CardState.KEPT if audience == Audience.ME else CardState.SHARED
    for card in cards:
        _done(card, _become(by, owner, card, audience, title=card.words), state)


def _become(by: Actor, owner: Party, card: Card, audience: str, *, title: str, words: str = "") -> Record:
    """What a card says, as a thing or a wish of its owner; on the community's map if everyone may see it."""
    community = card.workshop.record.owner
    among = community if audience == Audience.COMMUNITY else None
    if card.wish:
        said = words or title
        wished: Record = wish(
            by=by, owner=owner, words=said, domain=card.domain, audience=audience, community=among
        ).record
        return wished
    kind = card.kind or AssetKind.SKILL
    thing = offer(
        by=by,
        holder=owner,
        kind=kind,
        title=title,
        words=words if words != title else "",
        audience=audience,
        community=among,
        lang=card.workshop.record.lang,
    )
    found = map_of(BY, community)
    if found is not None and owner != community and audience == Audience.EVERYONE:
        put_on(by=BY, map=found, record=thing.record)
    record: Record = thing.record
    return record


def _done(card: Card, record: Record, state: str) -> None:
    """The words stand where they belong now, and here no more. What a group or place is called stays while it waits
    to be wiped."""
    kept = {"words": "", "guest": None, "may_share": False, "about": card.about if card.whose != Whose.PERSON else ""}
    Card.objects.filter(pk=card.pk).update(state=state, became=record, **kept)
    card.refresh_from_db()


def _code() -> str:
    """Six figures that no other guest was given."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        if not Guest.objects.filter(code=code).exists():
            return code


def letter_address(guest: Guest) -> str:
    """The whole address behind the square on a letter."""
    return settings.PUBLIC_URL + queries.link_of(guest)
