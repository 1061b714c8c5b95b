"""Parties come, join, leave and go; how they sign in and who supports them stands beside this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.people import policy
from alongside.ground.people.bulk import Newcomer as Newcomer
from alongside.ground.people.bulk import rename_many as rename_many
from alongside.ground.people.bulk import welcome_many as welcome_many
from alongside.ground.people.cards import CARD_LOCKED_FOR as CARD_LOCKED_FOR
from alongside.ground.people.cards import CARD_TRIES as CARD_TRIES
from alongside.ground.people.cards import end_card as end_card
from alongside.ground.people.cards import give_card as give_card
from alongside.ground.people.cards import plain_word as plain_word
from alongside.ground.people.cards import try_card as try_card
from alongside.ground.people.claiming import STAY_ON_MERGE as STAY_ON_MERGE
from alongside.ground.people.claiming import UNCLAIMED_FOR as UNCLAIMED_FOR
from alongside.ground.people.claiming import before_joining as before_joining
from alongside.ground.people.claiming import begin as begin
from alongside.ground.people.claiming import claim as claim
from alongside.ground.people.claiming import forget_device as forget_device
from alongside.ground.people.claiming import open_again as open_again
from alongside.ground.people.claiming import open_login as open_login
from alongside.ground.people.claiming import set_aside as set_aside
from alongside.ground.people.claiming import settle as settle
from alongside.ground.people.claiming import unclaimed_over as unclaimed_over
from alongside.ground.people.language import LANGUAGES, page_language
from alongside.ground.people.lost import forget_apps as forget_apps
from alongside.ground.people.models import (
    HELPER_ROLES,
    Basis,
    BasisKind,
    Block,
    Device,
    Group,
    Kind,
    Login,
    Membership,
    Party,
    PartyState,
    PersonFacts,
    Role,
    Sort,
)
from alongside.ground.people.parting import role_ended, shut_out
from alongside.ground.people.parting import when_a_role_ends as when_a_role_ends
from alongside.ground.people.parting import when_shut_out as when_shut_out
from alongside.ground.people.supporting import hold as hold
from alongside.ground.people.supporting import note_capacity as note_capacity
from alongside.ground.people.supporting import note_objection as note_objection
from alongside.ground.people.supporting import stop_support as stop_support
from alongside.ground.people.supporting import support as support
from alongside.ground.people.supporting import want_no_helper as want_no_helper

if TYPE_CHECKING:
    from alongside.ground.places.models import Area

GROUPS = {Sort.SPECIALIST: Group.SUPPLIERS, Sort.BUSINESS: Group.SUPPLIERS, Sort.VENTURE: Group.SUPPLIERS}


@action("people.welcome", may=policy.may_open)
def welcome(
    *,
    by: Actor,
    name: str,
    kind: str = Kind.PERSON,
    sort: str = Sort.PERSON,
    about: str = "",
    group: str = "",
    lang: str = "",
    website: str = "",
    area: Area | None = None,
) -> Party:
    """Open a party of any kind, in the language of the page unless `lang` says another. A person who opens a
    community or organisation looks after it.

    Raises Fault when the name is missing or longer than 200 letters.
    """
    name = one_line(name)
    if not name:
        raise Fault("name", _("Enter a name"))
    if len(name) > 200:
        raise Fault("name", _("Use 200 letters or fewer"))
    party = Party.objects.create(
        kind=kind,
        sort=sort,
        name=name,
        about=about,
        group=group or GROUPS.get(Sort(sort), Group.PEOPLE),
        lang=lang or page_language(),
        website=website,
        area=area,
    )
    if kind == Kind.PERSON:
        PersonFacts.objects.create(party=party)
    elif by.party is not None:
        Membership.objects.create(member=by.party, of=party, role=Role.KEEPER)
    return party


@action("people.join", may=policy.may_bring_in)
def join(*, by: Actor, member: Party, of: Party, role: str = Role.MEMBER, shown: bool = False) -> Membership:
    """A party joins a community or organisation. Joining twice changes nothing."""
    chosen = {"shown": shown}
    return Membership.objects.get_or_create(member=member, of=of, role=role, until=None, defaults=chosen)[0]


@action("people.show_membership", may=policy.may_show)
def show_membership(*, by: Actor, membership: Membership, shown: bool) -> Membership:
    """The member alone says whether others see that they belong."""
    Membership.objects.filter(pk=membership.pk).update(shown=shown)
    membership.refresh_from_db()
    return membership


@action("people.leave", may=policy.may_end_membership)
def leave(*, by: Actor, membership: Membership) -> Membership:
    """Leave. What was done together stays; what only members see closes at once."""
    ended = Membership.objects.filter(pk=membership.pk, until=None).update(until=timezone.now(), shown=False)
    if ended and membership.role in HELPER_ROLES:
        role_ended(membership.member)
    return membership


@action("people.block", may=policy.may_block)
def block(*, by: Actor, other: Party) -> Block:
    """Want nothing from another party: neither sees nor may ask the other. They are not told.

    Help between the two that one of them asked for ends at once; what rests on a paper ends as when the person says no
    to it, and a steward looks into it.
    """
    assert by.party is not None
    hold(by.party, other)
    shut_out(by.party, other)
    now = timezone.now()
    between = Q(person=by.party, supporter=other) | Q(person=other, supporter=by.party)
    help_ = Basis.objects.filter(between, ended_at=None)
    help_.filter(kind__in=(BasisKind.ASKED, BasisKind.NAMED_HELPER)).update(ended_at=now, ended_by=by.party)
    help_.filter(ended_at=None, objected_at=None).update(objected_at=now)
    return Block.objects.get_or_create(blocker=by.party, blocked=other)[0]


@action("people.unblock", may=policy.may_block)
def unblock(*, by: Actor, other: Party) -> None:
    Block.objects.filter(blocker=by.party, blocked=other).delete()


@action("people.pause", may=policy.may_change)
def pause(*, by: Actor, party: Party, on: bool) -> Party:
    """Take a break: nobody asks anything of a party that is paused, and it is in no list."""
    state = PartyState.PAUSED if on else PartyState.LIVE
    Party.objects.filter(pk=party.pk, state__in=(PartyState.LIVE, PartyState.PAUSED)).update(state=state)
    party.refresh_from_db()
    return party


@action("people.rename", may=policy.may_change)
def rename(*, by: Actor, party: Party, name: str, about: str | None = None) -> Party:
    party.name = one_line(name, 200)
    if about is not None:
        party.about = about
    party.save(update_fields=["name", "about"])
    return party


@action("people.live_in", may=policy.may_change)
def live_in(*, by: Actor, party: Party, area: Area) -> Party:
    """Say which area a party belongs to: where somebody lives, or the edge a community drew."""
    party.area = area
    party.save(update_fields=["area"])
    return party


@action("people.note_facts", may=policy.may_change)
def note_facts(*, by: Actor, party: Party, **facts: object) -> PersonFacts:
    """Keep how to reach a person and what they need: phone, address, contact_by, access_needs, large_print."""
    row, _made = PersonFacts.objects.get_or_create(party=party)
    row.party = party  # so that the party in hand knows the new facts too
    for name, value in facts.items():
        if name not in PersonFacts.privacy:
            raise Fault(name, _("There is no such fact"))
        setattr(row, name, value)
    row.save()
    return row


@action("people.choose_language", may=policy.may_choose_language)
def choose_language(*, by: Actor, lang: str) -> Party:
    """Somebody reads and writes in this language from now on: pages, letters and messages to them come in it. Whoever
    helps somebody chooses for themselves. Raises Fault for a language that the house does not speak.
    """
    assert by.person is not None
    if lang not in LANGUAGES:
        raise Fault("language", _("Choose one of these"))
    Party.objects.filter(pk=by.person.pk).update(lang=lang)
    by.person.refresh_from_db(fields=["lang"])
    return by.person


@action("people.blank", may=policy.may_blank)
def blank(*, by: Actor, party: Party) -> Party:
    """Empty a person's row for good, and end all that hangs on it: ways in, facts, memberships, help, messages.

    Called when everything they owned has been erased (`records.actions.leave_for_good`).
    """
    now = timezone.now()
    Login.objects.filter(party=party).delete()
    Device.objects.filter(party=party).delete()
    PersonFacts.objects.filter(party=party).delete()
    Block.objects.filter(Q(blocker=party) | Q(blocked=party)).delete()
    Membership.objects.filter(member=party, until=None).update(until=now, shown=False)
    role_ended(party, gone=True)
    Basis.objects.filter(Q(person=party) | Q(supporter=party), ended_at=None).update(ended_at=now)
    Basis.objects.filter(person=party).update(evidence_seen_by="")
    party.notices.all().delete()
    party.granted.filter(revoked_at=None).update(revoked_at=now)
    party.tokens.update(name="", ended_at=now)
    for places in (party.circle, party.circles):
        places.filter(until=None).update(until=now)
    Party.objects.filter(pk=party.pk).update(
        name="", about="", website="", area=None, state=PartyState.ERASED, lang="en"
    )
    party.refresh_from_db()
    return party
