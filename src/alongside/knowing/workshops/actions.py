"""Hold a mapping workshop: open it, type cards in, mend them, and let go of what lapsed (book, box 7.2)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent.actions import share, take_back
from alongside.ground.consent.queries import open_grants
from alongside.ground.history.acting import Fault, action, demand
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.people.models import Party
from alongside.ground.records.actions import lock, open_record
from alongside.ground.records.models import Level
from alongside.knowing.assets.actions import guess
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.answering import LINK as LINK
from alongside.knowing.workshops.answering import answer as answer
from alongside.knowing.workshops.answering import ask as ask
from alongside.knowing.workshops.answering import by_text as by_text
from alongside.knowing.workshops.answering import not_me as not_me
from alongside.knowing.workshops.answering import put_on_map as put_on_map
from alongside.knowing.workshops.answering import say_for as say_for
from alongside.knowing.workshops.answering import wipe as wipe
from alongside.knowing.workshops.guessing import MOST, OWN, is_wish, kind_of, plain_code
from alongside.knowing.workshops.models import LONGEST, Card, CardState, Guest, Step, Who, Whose, Workshop

BY = Actor.system("workshops")
MOST_STEPS = 60


@action("workshops.open", may=policy.may_hold, returns=Workshop)
def open_workshop(
    *, by: Actor, community: Party, title: str, day: date, place: str = "", tables: int = 1, in_room: int = 0
) -> Workshop:
    """Open a workshop of a community; whoever opens it may type its cards, until 90 days after its day. Nobody else
    sees it but those who look after the community.

    Raises Fault without a title, for a day more than 90 days ago, and for numbers that cannot be.
    """
    given = _about(title=title, place=place, tables=tables, in_room=in_room)
    if day <= timezone.localdate() - queries.LIFE:
        raise Fault("day", _("Choose a day in the last three months, or one to come"))
    record = open_record(by=by, kind="workshop", owner=community, level=Level.COMMUNITY)
    workshop = Workshop.objects.create(record=record, day=day, **given)
    if by.person is not None:
        _grant(workshop, by.person)
    return workshop


@action("workshops.note", may=policy.may_lead, returns=Workshop)
def note(*, by: Actor, workshop: Workshop, in_room: int, tables: int) -> Workshop:
    """Write down how many were in the room: a number, with no names. Raises Fault for numbers that cannot be."""
    given = _about(title=workshop.title, place=workshop.place, tables=tables, in_room=in_room)
    Workshop.objects.filter(pk=workshop.pk).update(**given)
    workshop.refresh_from_db()
    return workshop


@action("workshops.let_type", may=policy.may_lead)
def let_type(*, by: Actor, workshop: Workshop, party: Party | None) -> Workshop:
    """Let somebody type in cards, and read those that are typed in, until 90 days after the workshop. Raises Fault for
    nobody. Every look is written down."""
    if party is None or not party.is_person:
        raise Fault("who", _("Enter the address of another person’s page"))
    if party not in queries.typists(workshop):
        _grant(workshop, party)
    return workshop


@action("workshops.end_typing", may=policy.may_lead)
def end_typing(*, by: Actor, workshop: Workshop, party: Party) -> Workshop:
    """From the next request on they read and type nothing here."""
    for grant in open_grants(workshop.record).filter(grantee=party):
        take_back(by=BY, grant=grant)
    return workshop


@action("workshops.close", may=policy.may_lead, returns=Workshop)
def close(*, by: Actor, workshop: Workshop, again: bool = False) -> Workshop:
    """All cards are typed in; with `again`, a forgotten pile has turned up. What waits, waits on."""
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=None if again else timezone.now())
    workshop.refresh_from_db()
    return workshop


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
    given = _sorted_out(plain, said["words"], wish, kind)
    who = _guest(workshop, said["name"], reach) if whose == Whose.PERSON else None
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
    *, by: Actor, card: Card, words: str, wish: bool, kind: str, may_share: bool, name: str = "", reach: str = ""
) -> Card:
    """Put right what was typed wrong, as long as nobody has answered for it. Raises Fault as `type_card` does, and for
    a card that was answered for."""
    lock(card.workshop.record)
    card.refresh_from_db()
    if card.state != CardState.TYPED:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    named = name or (card.guest.name if card.guest else card.about)
    said = _said(
        code=card.code, words=words, whose=card.whose, name=named, table=None, kind=kind, workshop=card.workshop
    )
    card.words, card.may_share = said["words"], may_share
    for field, value in _sorted_out(card.code, card.words, wish, kind).items():
        setattr(card, field, value)
    if card.whose == Whose.PERSON:
        card.guest = _same_guest(card, said["name"], reach) or _guest(card.workshop, said["name"], reach)
    else:
        card.about = said["name"] if card.whose != Whose.NOBODY else ""
    card.save()
    return card


@action("workshops.take_out", may=policy.may_mend)
def take_out(*, by: Actor, card: Card) -> Card:
    """Somebody says no, or it was typed by mistake: its words are wiped at once, and its code may be typed again."""
    lock(card.workshop.record)
    if Card.objects.filter(pk=card.pk, state=CardState.TYPED).delete()[0] == 0:
        raise Fault("words", _("This card has been answered for. It is not ours to change any more."))
    return card


@action("workshops.forget_guest", may=policy.may_say_for)
def forget_guest(*, by: Actor, guest: Guest) -> Guest:
    """A person asks not to be kept here: their name, how to reach them and all that waits of theirs is wiped."""
    lock(guest.workshop.record)
    wipe(queries.waiting(guest))
    Guest.objects.filter(pk=guest.pk).update(name="", reach="", code="", answered_at=timezone.now())
    return guest


@action("workshops.write_step", may=policy.may_read)
def write_step(*, by: Actor, workshop: Workshop, who: str, words: str) -> Step:
    """Write a line under one of the three questions. Raises Fault without words, for too many, and after 60 lines."""
    words = one_line(words)
    if who not in Who.values:
        raise Fault("who", _("Choose one of these"))
    if not words:
        raise Fault("words", _("Write what you will do"))
    if len(words) > LONGEST:
        raise Fault("words", _("Use %(most)d letters or fewer") % {"most": LONGEST})
    lock(workshop.record)
    if workshop.steps.count() >= MOST_STEPS:
        raise Fault("words", _("There is room for 60 lines. Take one out first."))
    return Step.objects.create(workshop=workshop, who=who, words=words)


@action("workshops.drop_step", may=policy.may_read)
def drop_step(*, by: Actor, workshop: Workshop, step: str) -> None:
    """Take a line out again."""
    workshop.steps.filter(key=step).delete()


@action("workshops.wipe_due", may=policy.may_wipe)
def wipe_due(*, by: Actor) -> int:
    """At night: 90 days after a workshop all that nobody answered for is wiped, with every name. How many workshops."""
    due = queries.to_wipe()
    for workshop in due:
        lock(workshop.record)
        wipe(workshop.cards.filter(state=CardState.TYPED))
        workshop.cards.exclude(about="").update(about="")
        workshop.guests.update(name="", reach="", code="")
        Workshop.objects.filter(pk=workshop.pk).update(wiped_at=timezone.now())
    return len(due)


def _grant(workshop: Workshop, party: Party) -> None:
    last = max(workshop.day, timezone.localdate()) + queries.LIFE + timedelta(days=1)
    until = timezone.make_aware(datetime.combine(last, time()))
    purpose = _("Typing in the cards of a workshop")
    share(by=BY, record=workshop.record, grantee=party, parts=[queries.CARDS], purpose=purpose, until=until)


def _about(*, title: str, place: str, tables: int, in_room: int) -> dict[str, Any]:
    title, place = one_line(title), one_line(place)
    if not title:
        raise Fault("title", _("Enter a name for the workshop"))
    for name, text in (("title", title), ("place", place)):
        if len(text) > LONGEST:
            raise Fault(name, _("Use %(most)d letters or fewer") % {"most": LONGEST})
    if not 1 <= tables <= 99:
        raise Fault("tables", _("Enter a number from 1 to 99"))
    if not 0 <= in_room <= 9999:
        raise Fault("in_room", _("Enter a number, like 24"))
    return {"title": title, "place": place, "tables": tables, "in_room": in_room}


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


def _sorted_out(code: str, words: str, wish: bool | None, kind: str) -> dict[str, Any]:
    wishes = is_wish(code) if wish is None else wish
    domain = next(iter(guess(words)), "")
    return {"wish": wishes, "kind": "" if wishes else kind or kind_of(code, words), "domain": domain}


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


def _same_guest(card: Card, name: str, reach: str) -> Guest | None:
    """The card's own guest, to be reached in another way from now on; None where it is another person's after all."""
    there = card.guest
    if there is None or there.name.casefold() != name.casefold() or len(one_line(reach)) > 300:
        return None
    there.reach = one_line(reach)
    there.save(update_fields=["reach"])
    return there


def _guest(workshop: Workshop, name: str, reach: str) -> Guest:
    """The one of this name who has not answered; somebody else where another way to reach them is given."""
    reach = one_line(reach)
    if len(reach) > 300:
        raise Fault("reach", _("Use %(most)d letters or fewer") % {"most": 300})
    for there in workshop.guests.filter(answered_at=None).order_by("pk"):
        if there.name.casefold() == name.casefold() and (not reach or there.reach in ("", reach)):
            if reach and not there.reach:
                Guest.objects.filter(pk=there.pk).update(reach=reach)
            return there
    return Guest.objects.create(workshop=workshop, name=name, reach=reach, lang=workshop.record.lang)
