"""A guest is asked about their cards and answers: then the words go to a page of their own, and none stay here."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.ground.helping.actions import Opened, open_page_with
from alongside.ground.history.acting import Fault, action, after_commit
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import note_facts, open_login, rename, settle, welcome
from alongside.ground.people.models import Party
from alongside.ground.records.actions import lock
from alongside.ground.records.models import Audience
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.becoming import BY, hold, move, wipe
from alongside.knowing.workshops.groups import ask_groups
from alongside.knowing.workshops.guests import ask_anew
from alongside.knowing.workshops.models import Card, Guest, Workshop
from alongside.knowing.workshops.tasks import send_question

LINK = Actor.system("a workshop card, by its link")
CHOICES = (Audience.EVERYONE, Audience.COMMUNITY, Audience.ME)


@action("workshops.ask", may=policy.may_lead)
def ask(*, by: Actor, workshop: Workshop) -> dict[str, int]:
    """Ask every guest who has cards waiting and was not asked yet: by e-mail, by text, or by a letter to print; and
    those who look after a group that a card speaks of. How many by each way; guests who gave no way stand under
    `nobody`, groups under `group`."""
    lock(workshop.record)
    many = {"email": 0, "text": 0, "letter": 0, "nobody": 0, "group": ask_groups(workshop)}
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
def answer(
    *, by: Actor, guest: Guest, yes: Collection[str], audience: str = Audience.EVERYONE, seen: str | None = None
) -> Guest:
    """The guest says which of their cards go to their own page, and who may see them there; the others are wiped.

    By the link alone they get the page of the e-mail address it was sent to. A letter proves nobody: what comes by
    its link waits for a steward's look. Once only: a second answer changes nothing. `seen` is the sum of the cards
    they read (`queries.sum_of`). Raises Fault where those are others by now, for a choice that is none, and where an
    answer needs a page and there is none.
    """
    held = _held(guest)
    if held is None:
        return guest
    cards = _as_seen(held, seen)
    if audience not in CHOICES:
        raise Fault("audience", _("Choose one of these"))
    chosen = [card for card in cards if str(card.key) in yes]
    if chosen:
        owner = by.party or _page_at(by, held)
        theirs = by if by.party is not None else Actor(person=owner)
        if owner.is_person and not owner.name:
            rename(by=theirs, party=owner, name=held.name)
        made = move(theirs, owner, chosen, audience)
        if held.asked_at is not None and queries.way_of(held) == "letter":
            hold(made)
    wipe([card for card in cards if card not in chosen])
    return let_go(held)


@action("workshops.not_me", may=policy.may_answer)
def not_me(*, by: Actor, guest: Guest) -> Guest:
    """The link came to somebody else: it works no more, also when they are asked again, and whoever typed the address
    can put it right."""
    if _held(guest) is not None:
        Guest.objects.filter(pk=guest.pk).update(reach="")
        ask_anew(guest)
    return guest


@action("workshops.say_for", may=policy.may_say_for)
def say_for(
    *,
    by: Actor,
    guest: Guest,
    yes: Collection[str],
    audience: str,
    word: str = "",
    agreed: bool = False,
    seen: str | None = None,
) -> Opened | None:
    """Write down what a guest says on the spot, by telephone or on paper (`by.source`): a page is opened with them, as
    the house does for anybody without a screen, and their cards go there. Returns it, for the card with their word;
    None where they say no to all, and nothing is opened.

    Raises Fault where they have not agreed, or their cards are others than those that were read to them (`seen`);
    Refused for whoever may keep no page with others.
    """
    held = _held(guest)
    if held is None:
        raise Fault("agreed", _("They have answered already"))
    cards = _as_seen(held, seen)
    if audience not in CHOICES:
        raise Fault("audience", _("Choose one of these"))
    chosen = [card for card in cards if str(card.key) in yes]
    opened = None
    if chosen:
        with override(held.lang):
            opened = open_page_with(by=by, name=held.name, word=word, agreed=agreed)
        assert by.person is not None
        theirs = Actor(by.person, opened.person, opened.basis, by.source, proved=by.proved)
        move(theirs, opened.person, chosen, audience)
    wipe([card for card in cards if card not in chosen])
    let_go(held)
    return opened


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


def let_go(guest: Guest) -> Guest:
    """They have answered: their name and how to reach them are not kept here any more. Called inside an action."""
    Guest.objects.filter(pk=guest.pk).update(name="", reach="", code="", answered_at=timezone.now())
    guest.refresh_from_db()
    return guest


def _held(guest: Guest) -> Guest | None:
    """The guest, held, unless they have answered: of two answers at once one is first."""
    lock(guest.workshop.record)
    rows = Guest.objects.filter(pk=guest.pk, answered_at=None, workshop__wiped_at=None)
    return rows.select_related("workshop__record__owner").first()


def _as_seen(guest: Guest, seen: str | None) -> Sequence[Card]:
    """Their cards; nobody says yes to words, or no to a card, that they have not read."""
    cards = queries.waiting(guest)
    if seen is not None and seen != queries.sum_of(cards):
        raise Fault("yes", _("Your cards have changed since you opened this page. Read them once more."))
    return cards


def _page_at(by: Actor, guest: Guest) -> Party:
    """The page of the address that the link was sent to: opening it proved whose it is."""
    if "@" not in guest.reach:
        raise Fault("audience", _("Sign in first, or give your answer to somebody who helps here"))
    with override(guest.lang):
        return settle(by=by, login=open_login(by=by, email=guest.reach))


def _code() -> str:
    """Six figures that no other guest was given."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        if not Guest.objects.filter(code=code).exists():
            return code
