"""Who may do what with parties, memberships and support, in everyday words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import (
    HELPER_ROLES,
    STAFF_ROLES,
    Basis,
    BasisKind,
    Kind,
    Membership,
    Party,
    PartyState,
    Role,
    Sort,
)
from alongside.ground.people.queries import acts_as_steward, blocked_between, may_speak_for


@rule(_("Only you, or someone you asked to help, can change this."))
def may_change(*, by: Actor, party: Party, **_rest: Any) -> bool:
    return may_speak_for(by, party)


@rule(_("Only the people who look after this group, or you yourself, can do that."))
def may_bring_in(*, by: Actor, member: Party, of: Party, role: str = Role.MEMBER, **_rest: Any) -> bool:
    """Roles that open other people's things are given by a steward of the place, never by a group to itself."""
    if of.is_person or member.pk == of.pk:
        return False
    if by.is_system or acts_as_steward(by):
        return True
    if role in STAFF_ROLES or role in HELPER_ROLES:
        return False
    if role == Role.MEMBER and of.kind == Kind.COMMUNITY and of.sort != Sort.HOUSEHOLD and may_speak_for(by, member):
        return member.state != PartyState.PROVISIONAL
    shut_out = by.party is not None and not {by.party.pk, of.pk}.isdisjoint(blocked_between(member))
    return may_speak_for(by, of) and not shut_out


@rule(_("Only the member can say whether others see this."))
def may_show(*, by: Actor, membership: Membership, **_rest: Any) -> bool:
    return may_speak_for(by, membership.member)


@rule(_("Only the member, or the people who look after this group, can end this."))
def may_end_membership(*, by: Actor, membership: Membership, **_rest: Any) -> bool:
    return may_speak_for(by, membership.member) or may_speak_for(by, membership.of)


@rule(_("Start a page of your own first."))
def may_block(*, by: Actor, other: Party, **_rest: Any) -> bool:
    return by.party is not None and by.party.pk != other.pk and may_speak_for(by, by.party)


@rule(
    _("Only the person themselves can ask for this help. A steward records any other reason, but not for themselves.")
)
def may_support(*, by: Actor, person: Party, supporter: Party, kind: str, **_rest: Any) -> bool:
    if by.is_system:
        return True
    if kind in (BasisKind.ASKED, BasisKind.NAMED_HELPER):
        return by.person is not None and by.person.pk == person.pk
    return acts_as_steward(by) and by.person is not None and by.person.pk not in (supporter.pk, person.pk)


@rule(_("Only you, or someone you asked to help, can open this."))
def may_open(*, by: Actor, **_rest: Any) -> bool:
    """Whoever opens a group looks after it, so a helper opens one only where they keep the person's page."""
    return by.party is None or may_speak_for(by, by.party)


@rule(_("Only the person, or a helper they named, can choose a card and a word."))
def may_give_card(*, by: Actor, party: Party, **_rest: Any) -> bool:
    """A card opens the page as the person themselves, so no attorney or other recorded supporter makes one."""
    if by.is_helping and (by.basis is None or by.basis.kind != BasisKind.NAMED_HELPER):
        return False
    return may_speak_for(by, party, "page")


@rule(_("Only the person or their helper can stop this help."))
def may_stop_support(*, by: Actor, basis: Basis, **_rest: Any) -> bool:
    if by.is_system or acts_as_steward(by):
        return True
    return by.person is not None and by.person.pk in (basis.person_id, basis.supporter_id)


@rule(_("Only the person themselves can say that, or whoever writes it down for them."))
def may_want_no_helper(*, by: Actor, basis: Basis, **_rest: Any) -> bool:
    return by.is_system or (by.person is not None and by.person.pk == basis.person_id)


@rule(_("Only a steward of this place, who does not give this help, can record that."))
def may_note_capacity(*, by: Actor, basis: Basis, **_rest: Any) -> bool:
    return by.is_system or (acts_as_steward(by) and by.person is not None and by.person.pk != basis.supporter_id)


@rule(_("Start a page of your own first."))
def may_choose_language(*, by: Actor, **_rest: Any) -> bool:
    return by.person is not None and by.program is None


@rule(_("Only the person themselves can leave for good."))
def may_blank(*, by: Actor, party: Party, **_rest: Any) -> bool:
    return may_speak_for(by, party, "all")


@rule(_("Only whoever keeps the computer can do that."))
def may_forget_apps(*, by: Actor, **_rest: Any) -> bool:
    """From no page: whoever could take a second factor away by one would need none."""
    return by.is_system
