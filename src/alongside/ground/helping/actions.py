"""Open a page with somebody who wants no screen, name a helper, and say no to help that is not wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ground.helping import policy
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor, Source
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.actions import give_card, note_facts, note_objection, stop_support, support, welcome
from alongside.ground.people.models import Basis, BasisKind, Card, Party, PartyState
from alongside.ground.people.queries import blocked_between, helped_by, stewards

WAYS = (Source.TELEPHONE, Source.VISIT, Source.PAPER)
MOST_ASKED = 10  # people, in a day
EVERYTHING = [("all", "see"), ("all", "write")]
OWN_WHY = {  # to the person themselves; elsewhere it is said of them
    BasisKind.ASKED: gettext_lazy("You asked for this help"),
    BasisKind.NAMED_HELPER: gettext_lazy("You asked somebody to keep your page with you"),
}


@dataclass(frozen=True)
class Opened:
    """A page that was opened with somebody: the person, why the helper may keep it, and the card to print."""

    person: Party
    basis: Basis
    card: Card


@action("helping.open_page_with", may=policy.may_open_page_with)
def open_page_with(*, by: Actor, name: str, word: str, agreed: bool, **facts: Any) -> Opened:
    """Open a page with somebody who asks for it by telephone, visit or post, and become their named helper.

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
    basis = support(by=theirs, person=person, supporter=by.person, kind=BasisKind.NAMED_HELPER, parts=EVERYTHING)
    card = give_card(by=theirs, party=person, word=word)
    confirm(by=by, basis=basis)
    return Opened(person, basis, card)


@action("helping.confirm")
def confirm(*, by: Actor, basis: Basis) -> None:
    """A message, or a letter where they want letters, that says who helps, why, and how to stop it."""
    words = message(
        "%(helper)s can now help you with your page. Why: %(why)s. It is still your page. You decide."
        " You can stop this help at any time. Tell %(helper)s, or ring us. We write down who did what and when.",
        helper=basis.supporter.name,
        why=OWN_WHY.get(BasisKind(basis.kind), BasisKind(basis.kind).label),
    )
    tell(by=by, to=basis.person, title=message("Somebody can help you with your page"), body=words)


@action("helping.name", may=None)
def name_helper(*, by: Actor, supporter: Party | None, parts: list[tuple[str, str]]) -> Basis:
    """Ask somebody to help with your page, with the parts you choose. Whoever helps you already helps with these parts
    from now on.

    Raises Fault for no parts, for nobody, and in the same words for somebody who wants nothing from you; and after ten
    people in a day, since each gets a message.
    """
    me = by.person
    if me is None or by.is_helping:
        raise Fault("who", _("Only you yourself can name a helper"))
    here = supporter is not None and supporter.is_person and supporter.state == PartyState.LIVE
    if supporter is None or not here or supporter.pk in (me.pk, *blocked_between(me)):
        raise Fault("who", _("Enter the address of another person's page"))
    if not parts:
        raise Fault("parts", _("Choose at least one part"))
    if not still_today(caller=f"helper {me.pk}", most=MOST_ASKED):
        raise Fault("who", _("You have asked many people today. Ask the others tomorrow."))
    for before in helped_by(me).filter(supporter=supporter, kind=BasisKind.ASKED):
        stop_support(by=by, basis=before)
    basis = support(by=by, person=me, supporter=supporter, kind=BasisKind.ASKED, parts=parts)
    body = message("%(person)s asks you to help with their page. You find it under People I help.", person=me.name)
    tell(by=by, to=supporter, title=message("Somebody asks for your help"), body=body, link="/helping/")
    return basis


@action("helping.record", may=None)
def record_basis(
    *,
    by: Actor,
    person: Party,
    supporter: Party,
    kind: str,
    parts: list[tuple[str, str]],
    evidence_seen_by: str = "",
) -> Basis:
    """A steward writes down that an attorney, deputy, appointee or parent may act, having seen the paper for it.

    The person is told, and can say no. Raises Fault without who saw the evidence.
    """
    if not evidence_seen_by.strip():
        raise Fault("evidence_seen_by", _("Say who saw the paper"))
    if not (person.is_person and supporter.is_person) or person.pk == supporter.pk:
        raise Fault("supporter", _("Enter two different people"))
    basis = support(
        by=by, person=person, supporter=supporter, kind=kind, parts=parts, evidence_seen_by=evidence_seen_by
    )
    confirm(by=by, basis=basis)
    return basis


@action("helping.object_to", may=None)
def object_to(*, by: Actor, basis: Basis) -> Basis:
    """The person says no to this help: it ends at once, the supporter hears it, and a steward looks into it."""
    note_objection(by=by, basis=basis)
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
