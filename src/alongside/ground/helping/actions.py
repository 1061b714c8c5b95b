"""Open a page with somebody who wants no screen, and say no to help that is not wanted; asking for help and handing it
over stand beside this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.ground.helping import asking, policy
from alongside.ground.helping.asking import MOST_ASKED as MOST_ASKED
from alongside.ground.helping.asking import MOST_ONE as MOST_ONE
from alongside.ground.helping.asking import answer as answer
from alongside.ground.helping.asking import confirm as confirm
from alongside.ground.helping.asking import lapse as lapse
from alongside.ground.helping.asking import name_helper as name_helper
from alongside.ground.helping.asking import record_basis as record_basis
from alongside.ground.helping.asking import withdraw as withdraw
from alongside.ground.helping.handing_over import EVERYTHING, tell_of_card
from alongside.ground.helping.handing_over import end_with_roles as end_with_roles
from alongside.ground.helping.handing_over import let_go as let_go
from alongside.ground.helping.handing_over import role_ended as role_ended
from alongside.ground.helping.handing_over import shut_out as shut_out
from alongside.ground.helping.handing_over import take_on as take_on
from alongside.ground.helping.policy import WAYS as WAYS
from alongside.ground.helping.queries import card_of
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.actions import give_card, note_facts, note_objection, support, welcome
from alongside.ground.people.models import Basis, BasisKind, Card, Party
from alongside.ground.people.queries import stewards


@dataclass(frozen=True)
class Opened:
    """A page that was opened with somebody: the person, why the helper may keep it, and the card to print."""

    person: Party
    basis: Basis
    card: Card


@action("helping.open_page_with", may=policy.may_open_page_with)
def open_page_with(*, by: Actor, name: str, word: str, agreed: bool, **facts: Any) -> Opened:
    """Open a page with somebody who asks for it by telephone, visit or post, and become their named helper, for as long
    as this is a part of one's work here. Whoever opens it says yes to helping by doing so.

    The person decides; the helper writes it down, and `by.source` says how it was asked. A card with the word
    they chose together is their own way in, and a letter confirms it all. Raises Fault when they have not
    agreed, and for a name or word that cannot be taken.
    """
    assert by.person is not None
    if by.source not in WAYS:
        raise Fault("source", _("Choose how you spoke"))
    if not agreed:
        raise Fault("agreed", _("Ask them first. A page is opened only when they say yes"))
    person = welcome(by=by, name=name)
    theirs = Actor(person=person, source=by.source)
    note_facts(by=theirs, party=person, **facts)
    basis = support(
        by=theirs,
        person=person,
        supporter=by.person,
        kind=BasisKind.NAMED_HELPER,
        parts=EVERYTHING,
        role=asking.role_of(by.person),
    )
    card = give_card(by=theirs, party=person, word=word)
    confirm(by=by, basis=basis)
    return Opened(person, basis, card)


@action("helping.object_to", may=None)
def object_to(*, by: Actor, basis: Basis) -> Basis:
    """The person says no to this help: it ends at once, the supporter hears it, and a steward looks into it."""
    with_card = card_of(basis) is not None
    note_objection(by=by, basis=basis)
    if with_card and card_of(basis) is None:
        tell_of_card(basis)
    system = Actor.system("helping")
    title = message("Help that is not wanted has ended")
    body = message(
        "%(person)s said no to help from %(helper)s. It ended at once.",
        person=basis.person.name,
        helper=basis.supporter.name,
    )
    for party in {basis.supporter, *stewards()[:1]}:
        tell(by=system, to=party, title=title, body=body)
    return basis
