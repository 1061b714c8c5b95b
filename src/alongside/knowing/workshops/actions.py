"""Hold a mapping workshop: open it, let people type, close it (book, box 7.2). What becomes of its cards stands beside
this, each subject by itself, and is entered from here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.consent.actions import share, take_back
from alongside.ground.consent.queries import open_grants
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import forget, message, tell
from alongside.ground.people.models import Party
from alongside.ground.records.actions import open_record
from alongside.ground.records.models import Level
from alongside.knowing.workshops import policy, queries
from alongside.knowing.workshops.answering import LINK as LINK
from alongside.knowing.workshops.answering import answer as answer
from alongside.knowing.workshops.answering import ask as ask
from alongside.knowing.workshops.answering import by_text as by_text
from alongside.knowing.workshops.answering import not_me as not_me
from alongside.knowing.workshops.answering import say_for as say_for
from alongside.knowing.workshops.becoming import BY
from alongside.knowing.workshops.disputing import dispute as dispute
from alongside.knowing.workshops.groups import MOST
from alongside.knowing.workshops.groups import answer_for_group as answer_for_group
from alongside.knowing.workshops.groups import name_group as name_group
from alongside.knowing.workshops.groups import put_on_map as put_on_map
from alongside.knowing.workshops.models import LONGEST, Workshop
from alongside.knowing.workshops.steps import drop_step as drop_step
from alongside.knowing.workshops.steps import write_step as write_step
from alongside.knowing.workshops.typing_in import mend as mend
from alongside.knowing.workshops.typing_in import take_out as take_out
from alongside.knowing.workshops.typing_in import type_card as type_card
from alongside.knowing.workshops.wiping import forget_guest as forget_guest
from alongside.knowing.workshops.wiping import wipe_due as wipe_due


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
    nobody. They are told. Every look is written down."""
    if party is None or not party.is_person:
        raise Fault("who", _("Enter the address of another person’s page"))
    if party not in queries.typists(workshop):
        _grant(workshop, party)
        if party != by.person:
            _tell_typist(workshop, party)
    return workshop


def _tell_typist(workshop: Workshop, party: Party) -> None:
    """They hear of it with the way there: the community's page may lead others to it, and not them."""
    link = _typed_at(workshop)
    title = message("You can type in cards of “%(title)s”", title=workshop.title[:120])
    said = message("People wrote them at a table. You read them, and show them to nobody. Each look is written down.")
    if still_today(caller=f"workshop typist {party.pk}", most=MOST):
        forget(by=BY, to=party, link=link)  # one message stands, however often they are let in
        tell(by=BY, to=party, title=title, body=said, link=link)


def _typed_at(workshop: Workshop) -> str:
    return f"/workshop/{workshop.record.key}/"


@action("workshops.end_typing", may=policy.may_lead)
def end_typing(*, by: Actor, workshop: Workshop, party: Party) -> Workshop:
    """From the next request on they read and type nothing here."""
    for grant in open_grants(workshop.record).filter(grantee=party):
        take_back(by=BY, grant=grant)
    forget(by=BY, to=party, link=_typed_at(workshop))
    return workshop


@action("workshops.close", may=policy.may_lead, returns=Workshop)
def close(*, by: Actor, workshop: Workshop, again: bool = False) -> Workshop:
    """All cards are typed in; with `again`, a forgotten pile has turned up. What waits, waits on."""
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=None if again else timezone.now())
    workshop.refresh_from_db()
    return workshop


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
