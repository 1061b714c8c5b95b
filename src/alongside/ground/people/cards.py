"""A printed card and a word: a way in for whoever has no e-mail."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people import policy
from alongside.ground.people.models import (
    Card,
    Login,
    Party,
    PartyState,
)

CARD_TRIES = 5
CARD_LOCKED_FOR = timedelta(minutes=15)


@action("people.give_card", may=policy.may_give_card)
def give_card(*, by: Actor, party: Party, word: str) -> Card:
    """A printed card and a word chosen together: a way in without e-mail. A new card ends the old one.

    Only a slow hash of the word is kept. Raises Fault for a word under 5 letters, or part of their name.
    """
    word = plain_word(word)
    if len(word) < 5:
        raise Fault("word", _("Choose a word of 5 letters or more"))
    if word in party.name.casefold():
        raise Fault("word", _("Choose a word that is not part of their name"))
    if not (party.is_person and party.state in (PartyState.LIVE, PartyState.PAUSED)):
        raise Fault("party", _("A card is for a person who is here"))
    login = Login.objects.get_or_create(party=party, defaults={"password": make_password(None)})[0]
    while Card.objects.filter(number=(number := f"{secrets.randbelow(10**8):08d}")).exists():
        continue
    fresh = {"number": number, "word": make_password(word), "tries": 0, "locked_until": None, "made": timezone.now()}
    return Card.objects.update_or_create(login=login, defaults=fresh)[0]


def end_card(person: Party) -> bool:
    """The card and its word open nothing any more, nor does a page that is open by them. Whether there was one.

    Called inside the action by which help ends from somebody who may know the word.
    """
    login = Login.objects.filter(party=person).exclude(card=None).first()
    if login is None:
        return False
    Card.objects.filter(login=login).delete()
    login.set_unusable_password()  # whoever is signed in as them is not any more
    login.save(update_fields=["password"])
    return True


@action("people.try_card", may=None)
def try_card(*, by: Actor, number: str, word: str) -> Login | None:
    """The login of a card, if number and word are right and it is not locked; else None, whatever was wrong.

    Each try is counted before the word is looked at, so tries at once win nothing. After 5 wrong ones the
    card rests for 15 minutes. An unknown number takes as long as a known one.
    """
    now = timezone.now()
    digits = "".join(letter for letter in number if letter.isdecimal())
    card = Card.objects.select_related("login__party").filter(number=digits, login__is_active=True).first()
    mine = Card.objects.filter(pk=card.pk) if card else Card.objects.none()
    mine.filter(locked_until__lte=now).update(tries=0, locked_until=None)
    counted = mine.filter(locked_until=None, tries__lt=CARD_TRIES).update(tries=F("tries") + 1)
    right = check_password(plain_word(word), card.word if card else _no_card())
    if card and counted and right:
        mine.update(tries=0)
        return card.login
    mine.filter(locked_until=None, tries__gte=CARD_TRIES).update(locked_until=now + CARD_LOCKED_FOR)
    return None


def plain_word(word: str) -> str:
    """The word as it is compared: capitals and spaces round it do not matter."""
    return " ".join(word.casefold().split())


@cache
def _no_card() -> str:
    return make_password(secrets.token_hex(8))
