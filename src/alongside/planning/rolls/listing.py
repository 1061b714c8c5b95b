"""The list: everybody on it has one place, with their page or with their name, and can have a code for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.people.queries import belongs_to, blocked_between
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Decision, DecisionGroup, Stage
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import alike, codes, policy
from alongside.planning.rolls.entering import hold_open_roll, hold_roll
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.standing import fits

MOST_NAMES = 5_000  # in one list


@dataclass(frozen=True)
class Named:
    """Somebody on a list: a name, and their page where they have one."""

    name: str
    party: Party | None = None


@action("rolls.add_to_list", may=policy.may_keep_roll)
def add_to_list(*, by: Actor, decision: Decision, group: DecisionGroup, people: Sequence[Named]) -> int:
    """Give everybody on a list a place in a group. Who has one already, by page or by the same name, gets no second.

    A name alone that is likely somebody's who has a place is refused: whoever keeps the roll writes something in
    brackets behind it to say that they are two people. A page whose name stands there alone takes over that place, and
    what was printed for it. How many are new. Raises Fault for an empty list, for more than 5,000, for who does not
    fit into the group, and for people where they come in by codes.
    """
    refuse_when_over(decision)
    if not people or len(people) > MOST_NAMES:
        raise Fault("names", _("Write from 1 to 5,000 names, each on its own line"))
    hold_roll(decision)
    asking = {decision.record.owner_id} | ({by.party.pk} if by.party else set())
    for one in people:
        _demand_fits(decision, group, one, asking)
        if not by.is_system:
            _demand_known(decision, one)
    return write_down(decision, group, people)


def write_down(decision: Decision, group: DecisionGroup, people: Iterable[Named]) -> int:
    """A place for each who has none, by page or by name; how many are new. Called inside an action, with the roll
    held and once it is sure that they fit. Raises Fault for a name alone that is likely somebody's who has a place."""
    seats = list(Seat.objects.filter(decision=decision).select_related("party"))
    used = set(Roll.objects.filter(decision=decision).values_list("seat", flat=True))
    known = _Known(seats, used)
    fresh = [seat for one in people if (seat := known.seat_for(decision, group, one)) is not None]
    Seat.objects.bulk_create(sorted(fresh, key=lambda seat: seat.pk), batch_size=500)
    return len(fresh)


class _Known:
    """Who has a place by now: pages, names, and names by their letters to look for those that are alike."""

    def __init__(self, seats: Iterable[Seat], used: set[UUID]) -> None:
        self.parties = {seat.party_id for seat in seats if seat.party_id is not None}
        self.names = {seat.name.casefold() for seat in seats if seat.name}
        self.like: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self.alone = {
            alike.plain(seat.name): seat.pk
            for seat in seats
            if seat.name and seat.party_id is None and not seat.ended and not seat.apart and seat.pk not in used
        }
        for seat in seats:  # of members' places none is told before the vote is over
            if seat.way != Way.MEMBER and not seat.ended and not seat.apart:
                self._note(alike.name_of(seat), alike.shown(seat))

    def _note(self, name: str, shown: str) -> None:
        self.like.setdefault(alike.letters(name), []).append((name, shown))

    def _like(self, name: str) -> str:
        found = self.like.get(alike.letters(name), ())
        return next((shown for other, shown in found if alike.is_like(name, other)), "")

    def seat_for(self, decision: Decision, group: DecisionGroup, one: Named) -> Seat | None:
        """A place for whoever has none; nothing where they have one, which a page then takes over."""
        if one.party is not None:
            return self._for_page(decision, group, one.party)
        name = one.name[:120]
        if name.casefold() in self.names:
            return None
        told_apart = alike.apart(name)
        if not told_apart and (other := self._like(name)):
            raise Fault(
                "names",
                _("%(name)s is like %(other)s, who has a place. If they are one person, leave this line out. If they"
                  " are two, write something in brackets behind the name, like (Mill Road).")
                % {"name": name, "other": other},
            )  # fmt: skip
        self.names.add(name.casefold())
        if not told_apart:
            self._note(name, name)
        return Seat(decision=decision, group=group, way=Way.LIST, name=name, apart=told_apart)

    def _for_page(self, decision: Decision, group: DecisionGroup, party: Party) -> Seat | None:
        if party.pk in self.parties:
            return None
        self.parties.add(party.pk)
        alone = self.alone.pop(alike.plain(party.name), None)
        if alone is not None:
            Seat.objects.filter(pk=alone, party=None).update(party=party)
            return None
        self._note(party.name, party.shown_name)
        return Seat(decision=decision, group=group, way=Way.LIST, party=party)


def _demand_fits(decision: Decision, group: DecisionGroup, one: Named, asking: set[int]) -> None:
    who = one.party.shown_name if one.party is not None else one.name
    if one.party is None:
        demand_of_people(group, "names")
    elif asking & set(blocked_between(one.party)):  # as everywhere, they are not found
        raise Fault("names", _("Nobody here has the page of %(who)s") % {"who": one.party.key})
    elif not fits(decision, one.party, group):
        raise Fault("names", _("%(who)s does not fit into this group") % {"who": who})
    is_person = one.party is None or one.party.is_person
    if is_person and decisions.counted_by(decision) == Way.CODE:
        raise Fault("names", _("People come in by a code here. Give %(who)s a code instead.") % {"who": who})


def _demand_known(decision: Decision, one: Named) -> None:
    """Names on a list are held against those of pages, which others do not read whole. Anybody can open a group and put
    a page on its list; so there only those who came to it themselves. Raises Fault for anybody else's page."""
    owner = decision.record.owner
    if owner.kind != Kind.COMMUNITY or one.party is None or not one.party.is_person:
        return
    if not belongs_to(one.party).filter(of=owner).exists():
        raise Fault(
            "names", _("Only members can be put here by their page. Write a name instead, or ask them to join first.")
        )


@action("rolls.codes_for_list", may=policy.may_keep_roll)
def codes_for_list(
    *, by: Actor, decision: Decision, group: DecisionGroup | None = None, anew: bool = False
) -> codes.Batch:
    """Make a code for every person on the list (of a group, if named) who has none yet, with a page or without: it is
    bound to their one place. Nothing tells who has taken part.

    `anew` makes one for everybody, and those from before stop working: nobody can read them again. Raises Fault where
    there is nobody to make one for.
    """
    refuse_when_over(decision)
    rows = Seat.objects.filter(decision=decision, way=Way.LIST, ended=False, twice=False).select_related("party")
    rows = rows if group is None else rows.filter(group=group)
    rows = rows if anew else rows.filter(code_hash=None)
    batch, made = codes.batch(), []
    for seat in sorted(rows, key=lambda seat: (alike.shown(seat).casefold(), seat.pk)):
        if seat.party is None or seat.party.is_person:
            code = codes.fresh()
            Seat.objects.filter(pk=seat.pk).update(code_hash=codes.hashed(code), batch=batch)
            made.append((code, alike.shown(seat)))
    if not made:
        raise Fault("group", _("Everybody on the list has a code. Put people on the list first, or print all anew."))
    return codes.Batch(batch, tuple(made))


@action("rolls.tell_apart", may=policy.may_keep_roll)
def tell_apart(*, by: Actor, decision: Decision, name: str) -> int:
    """Say that whoever has a place by this name is not the other person of the same name. Both then count, and it is
    written down who said so. How many places by this name there are. Raises Fault for a name that no place has, and
    Refused once the box is closed."""
    hold_open_roll(decision)
    rows = Seat.objects.filter(decision=decision, ended=False).exclude(name="").values_list("pk", "name")
    found = [pk for pk, known in rows if alike.is_same(known, name)]
    if not found:
        raise Fault("name", _("Nobody has a place by this name. Write it as it stands on the list."))
    return Seat.objects.filter(pk__in=found).update(apart=True)


def refuse_when_over(decision: Decision) -> None:
    """Raises Refused once the last day of the vote is past."""
    vote = decisions.phase(decision, "vote")
    if decision.stage not in (Stage.DRAFT, Stage.OPEN) or (vote is not None and vote.until < decisions.today()):
        raise Refused(_("The vote is over. Nobody gets a place any more."))


def demand_of_people(group: DecisionGroup, field: str = "group") -> None:
    """Nobody knows who is behind a code or a name without a page: five of them could be one council, each up to the
    cap, or whoever is paid for an idea. Raises Fault for a group of organisations."""
    if group.side not in OUR_SIDES:
        raise Fault(field, _("An organisation takes part under its own name: add its page to the list"))
