"""Cards are typed in, mended and taken out, by several people at once and each once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.records.actions import lock
from alongside.knowing.assets.actions import guess
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.workshops import policy
from alongside.knowing.workshops.guessing import MOST, OWN, is_wish, kind_of, plain_code
from alongside.knowing.workshops.guests import drop_empty, guest_of, put_right
from alongside.knowing.workshops.models import LONGEST, Card, CardState, Whose, Workshop


@action("workshops.type_card", may=policy.may_type)
def type_card(
    *,
    by: Actor,
    workshop: Workshop,
    words: str,
    code: str = "",
    table: int | None = None,
    whose: str = Whose.NOBODY,
    name: str = "",
    reach: str = "",
    may_share: bool = False,
    wish: bool | None = None,
    kind: str = "",
) -> Card:
    """Type in one card, for nobody but the typists to read. Offer or wish, and the kind, are guessed from its code and
    words where they are not given; a card without a code is given the next one of its own.

    Raises Fault for a card that was typed in before, and says by whom and what; without words, or with too many; for
    a person's, group's or place's card without its name; and for what is no code, table or kind.
    """
    lock(workshop.record)
    workshop.refresh_from_db(fields=["closed_at", "wiped_at", "tables"])
    demand(policy.may_type, by=by, workshop=workshop)  # it may have been closed since it was read
    said = _said(code=code, words=words, whose=whose, name=name, table=table, kind=kind, workshop=workshop)
    plain = said["code"] or _own_code(workshop)
    _refuse_twice(workshop, plain, said["words"])
    given = _sorted_out(plain, said["words"], wish, kind, whose)
    who = guest_of(workshop, said["name"], reach, table) if whose == Whose.PERSON else None
    return Card.objects.create(
        workshop=workshop,
        code=plain,
        table=table,
        whose=whose,
        guest=who,
        about=said["name"] if whose in (Whose.GROUP, Whose.PLACE) else "",
        words=said["words"],
        may_share=may_share,
        typed_by=by.person,
        **given,
    )


@action("workshops.mend", may=policy.may_mend)
def mend(
    *,
    by: Actor,
    card: Card,
    words: str,
    wish: bool,
    kind: str,
    may_share: bool,
    name: str = "",
    reach: str = "",
    was: str | None = None,
) -> Card:
    """Put right what was typed wrong, as long as nobody has answered for it. A guest who is to be reached in another
    way, or a group that is another, is asked again.

    `was` are the words as whoever mends read them. Raises Fault as `type_card` does, where somebody else has changed
    them since, and for a card that was answered for; Refused for another's card, or one that was asked about.
    """
    lock(card.workshop.record)
    if not Card.objects.filter(pk=card.pk).exists():
        raise Fault("words", _("This card has been taken out."))
    card.refresh_from_db()
    demand(policy.may_mend, by=by, card=card)  # somebody may have been asked since it was read
    if card.state != CardState.TYPED:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    if was is not None and was != card.words:
        said_now = {"words": card.words}
        raise Fault("words", _("Somebody has changed this card meanwhile. It says “%(words)s” now.") % said_now)
    named = name or (card.guest.name if card.guest else card.about)
    said = _said(
        code=card.code, words=words, whose=card.whose, name=named, table=None, kind=kind, workshop=card.workshop
    )
    card.words, card.may_share = said["words"], may_share
    for field, value in _sorted_out(card.code, card.words, wish, kind, card.whose).items():
        setattr(card, field, value)
    before = card.guest
    if card.whose == Whose.PERSON:
        card.guest = put_right(card, said["name"], reach)
    else:
        about = said["name"] if card.whose != Whose.NOBODY else ""
        if about != card.about:
            card.asks.all().delete()
        card.about = about
    card.save()
    if before != card.guest:
        drop_empty(before)
    return card


@action("workshops.take_out", may=policy.may_mend)
def take_out(*, by: Actor, card: Card) -> Card:
    """It was typed by mistake, or its writer wants it out: its words are wiped at once, with the name of a guest who
    has no other card, and its code may be typed again. Raises Fault for a card that was answered for."""
    lock(card.workshop.record)
    now = Card.objects.filter(pk=card.pk, state=CardState.TYPED).select_related("guest").first()
    if now is None:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    demand(policy.may_mend, by=by, card=now)
    now.delete()
    drop_empty(now.guest)
    return card


def _said(
    *, code: str, words: str, whose: str, name: str, table: int | None, kind: str, workshop: Workshop
) -> dict[str, str]:
    said = {"code": plain_code(code), "words": one_line(words), "name": one_line(name)}
    if code.strip() and not said["code"]:
        raise Fault("code", _("Write the code on the card, like C7. A card without one needs none."))
    if not said["words"]:
        raise Fault("words", _("Write what stands on the card"))
    if whose not in Whose.values:
        raise Fault("whose", _("Choose one of these"))
    if whose != Whose.NOBODY and not said["name"]:
        raise Fault("name", _("Write whose it is, or choose that nobody’s name is on it"))
    for field in ("words", "name"):
        if len(said[field]) > LONGEST:
            raise Fault(field, _("Use %(most)d letters or fewer") % {"most": LONGEST})
    if table is not None and not 1 <= table <= workshop.tables:
        raise Fault("table", _("There is no such table"))
    if kind and kind not in AssetKind.values:
        raise Fault("kind", _("Choose one of these"))
    return said


def _sorted_out(code: str, words: str, wish: bool | None, kind: str, whose: str) -> dict[str, Any]:
    wishes = is_wish(code) if wish is None else wish
    domain = next(iter(guess(words)), "")
    return {
        "wish": wishes,
        "kind": "" if wishes else kind or kind_of(code, words, whose == Whose.GROUP),
        "domain": domain,
    }


def _refuse_twice(workshop: Workshop, code: str, words: str) -> None:
    first = workshop.cards.filter(code=code).select_related("typed_by").first()
    if first is None:
        return
    who = first.typed_by.shown_name if first.typed_by else _("Somebody")
    if first.state != CardState.TYPED:
        raise Fault("code", _("Card %(code)s was typed in, and has been answered for.") % {"code": code})
    said = {"code": code, "who": who, "words": first.words}
    if first.words.casefold() == words.casefold():
        raise Fault("code", _("Card %(code)s is in already, typed by %(who)s: “%(words)s”") % said)
    raise Fault(
        "code",
        _("Card %(code)s is in already, with other words, typed by %(who)s: “%(words)s” Look at the code again.")
        % said,
    )


def _own_code(workshop: Workshop) -> str:
    taken = {int(code[1:]) for code in workshop.cards.filter(code__startswith=OWN).values_list("code", flat=True)}
    free = next((number for number in range(1, MOST + 1) if number not in taken), None)
    if free is None:
        raise Fault("code", _("Write the code on the card, like C7"))
    return f"{OWN}{free}"
