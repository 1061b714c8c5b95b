"""Who may open a page with somebody, ask for a helper, and answer for whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.helping.models import HelpAsked
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor, Source
from alongside.ground.people.models import HELPER_ROLES, STAFF_ROLES, Basis, BasisKind, Party
from alongside.ground.people.queries import acts_as_steward, acts_in, basis_allows

WAYS = (Source.TELEPHONE, Source.VISIT, Source.PAPER)
CARING = HELPER_ROLES & STAFF_ROLES  # who is told that somebody has no helper any more
ON_PAPER = tuple(kind for kind in BasisKind if kind not in (BasisKind.ASKED, BasisKind.NAMED_HELPER))


def keeps_page(by: Actor) -> bool:
    """Whether somebody writes down what the person says on every part of their page: a helper whom they named."""
    basis = by.basis
    named = basis is not None and basis.kind == BasisKind.NAMED_HELPER and by.on_behalf_of is not None
    return named and basis is not None and basis_allows(basis, "all", "write")


def acts_for(by: Actor, party: Party) -> bool:
    """The party themselves, or a helper whom they named, on their word; no program."""
    if by.program is not None or by.party is None or by.party.pk != party.pk:
        return False
    return not by.is_helping or keeps_page(by)


@rule(_("Only people who help others with their page here can open one with somebody."))
def may_open_page_with(*, by: Actor, **_rest: Any) -> bool:
    return acts_in(by, *HELPER_ROLES)


@rule(_("Only you yourself can name a helper"))
def may_name(*, by: Actor, **_rest: Any) -> bool:
    """Whoever keeps a page writes it down when the person says so by telephone, at a visit or on paper; on a screen the
    person names somebody themselves."""
    if by.person is None or by.program is not None or by.is_system:
        return False
    return not by.is_helping or (by.source in WAYS and keeps_page(by))


@rule(_("Only a steward of this place can write that down, and not for themselves."))
def may_record(*, by: Actor, person: Party, supporter: Party, kind: str, **_rest: Any) -> bool:
    itself = by.person is not None and by.person.pk in (person.pk, supporter.pk)
    return acts_as_steward(by) and not itself and kind in ON_PAPER


@rule(_("This question is for somebody else."))
def may_answer(*, by: Actor, asked: HelpAsked, **_rest: Any) -> bool:
    """Whoever is asked. A person without a screen says it to whoever offers to keep their page, who writes it down."""
    if acts_for(by, asked.person if asked.waits_for_person else asked.supporter):
        return True
    on_their_word = asked.waits_for_person and by.source in WAYS and acts_in(by, *CARING)
    return on_their_word and by.person is not None and by.person.pk == asked.supporter_id


@rule(_("Only whoever asked, or the person whose page it is, can take this back."))
def may_withdraw(*, by: Actor, asked: HelpAsked, **_rest: Any) -> bool:
    if acts_for(by, asked.person):
        return True
    return not by.is_helping and by.program is None and by.person is not None and by.person.pk == asked.asked_by_id


@rule(_("Only those whose work it is see who has no helper."))
def may_take_on(*, by: Actor, **_rest: Any) -> bool:
    return acts_in(by, *CARING)


@rule(_("Only the person or their helper can stop this help."))
def may_let_go(*, by: Actor, basis: Basis, **_rest: Any) -> bool:
    return by.person is not None and by.person.pk in (basis.person_id, basis.supporter_id)


@rule(_("Only the machine does this."))
def may_run_nightly(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
