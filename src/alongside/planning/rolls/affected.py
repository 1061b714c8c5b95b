"""Who is directly affected: whoever says so themselves counts as one once somebody else has confirmed it, before the
vote opens. Their word alone does not do: a crowd could say it, and outvote the few or hold up what these need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Basis, Decision, DecisionGroup, Stage
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import alike, policy
from alongside.planning.rolls.belonging import belongs
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.standing import Standing, groups_for, is_put, standing_of

FEW = 5  # fewer people than that are not counted out in public
CONFIRMS = 3  # for as many neighbours one of the group may confirm it


@action("rolls.say_affected", may=policy.may_take_part)
def say_affected(*, by: Actor, decision: Decision, group: DecisionGroup | None) -> Seat:
    """Say of oneself that one of these groups of people directly affected is one's own, or with none take that back.

    It counts once somebody has confirmed it; until then they stand where they stood. Raises Refused once the vote is
    open and without a place; Fault for a group that is not one of these, and where a list or a code says it.
    """
    _demand_before(decision)
    decisions.hold(decision)  # of a list that comes in at the same moment one waits for the other
    if group is not None and group not in affected_groups(decision, by.me):
        raise Fault("group", _("Choose one of the groups of people directly affected"))
    mine = standing_of(by, decision, by.me)
    if mine is None and (group is None or not _only_there(decision, by)):
        raise Refused(_("You need a place first: by belonging here, by a code, or by somebody who vouches for you."))
    if mine is not None and mine.seat is not None and is_put(mine.seat) and mine.seat.confirmed_by_id is None:
        raise Fault("group", _("A list or a code has said in which group you are"))
    first = _first_group(decision, by.me)
    given = {"group": first or group, "way": Way.MEMBER}
    seat = Seat.objects.get_or_create(decision=decision, party=by.me, defaults=given)[0]
    if seat.confirmed_by_id is not None:
        seat.group = first or seat.group
    seat.says, seat.confirmed_by, seat.by_keeper = group, None, False
    seat.save(update_fields=["says", "confirmed_by", "by_keeper", "group"])
    return seat


@action("rolls.confirm", may=policy.may_confirm)
def confirm(*, by: Actor, decision: Decision, name: str = "", seat: Seat | None = None) -> Seat:
    """Confirm that somebody who said so is directly affected: whoever keeps the roll, who sees who waits; or one who
    was put into the same group, by the name of somebody they know, at most three each.

    Who confirmed it is on the roll. Raises Refused once the vote is open, and for whoever may not; Fault for a name
    under which nobody waits.
    """
    _demand_before(decision)
    keeps, mine = policy.may_keep_roll(by=by, decision=decision), confirms_for(by, decision)
    if not keeps and mine is None:
        raise Refused(_("Only those who look after this decision, or one of the same group, can confirm that."))
    Party.objects.select_for_update().get(pk=by.me.pk)  # of several presses at once, one after the other
    rows = waiting_rows(decision).exclude(party=by.me).select_for_update(of=("self",))
    if not keeps and mine is not None:
        rows = rows.filter(says=mine.group)
        if _confirmed_by(decision, by.me).count() >= CONFIRMS:
            raise Fault("name", _("You can confirm it for 3 people. You have done that."))
    words = alike.plain(name)
    if keeps and seat is not None:
        found = list(rows.filter(pk=seat.pk))
    else:
        found = [one for one in rows if words and alike.plain(_of(one)) == words]
    if len(found) != 1:
        raise Fault("name", _("Nobody of this name has said that they are one of you. Ask them to say it first."))
    one = found[0]
    assert one.says is not None
    one.group, one.confirmed_by, one.by_keeper = one.says, by.me, keeps
    one.save(update_fields=["group", "confirmed_by", "by_keeper"])
    return one


def is_before(decision: Decision) -> bool:
    """Whether it is open and its vote has not begun: so long somebody may say it, and others confirm it."""
    vote = decisions.phase(decision, "vote")
    return decision.stage == Stage.OPEN and vote is not None and decisions.today() < vote.since


def affected_groups(decision: Decision, party: Party) -> list[DecisionGroup]:
    """The groups of people directly affected among which this person could be; none about somebody's own life."""
    if decision.terms.basis == Basis.OWN_LIFE or not party.is_person:
        return []
    return [group for group in groups_for(decision, party) if group.affected]


def confirms_for(viewer: Actor, decision: Decision) -> Standing | None:
    """As whom somebody may confirm it for others: one of that group, whom no neighbour but a list, a code or those who
    keep the roll put there, so that nobody pulls in the next."""
    mine = standing_of(viewer, decision, viewer.party) if viewer.party is not None else None
    if mine is None or mine.seat is None or not mine.group.affected or not is_put(mine.seat):
        return None
    return mine if mine.seat.confirmed_by_id is None or mine.seat.by_keeper else None


def waiting_rows(decision: Decision) -> QuerySet[Seat]:
    """Who said that they are directly affected, and whom nobody has confirmed."""
    rows = Seat.objects.filter(decision=decision, confirmed_by=None, ended=False)
    return rows.exclude(says=None).exclude(party=None).select_related("party", "says")


@dataclass(frozen=True)
class Put:
    """How people came into a group of people directly affected: by those who keep the roll, or confirmed by others."""

    name: str
    by_keeper: int
    by_others: int

    @property
    def words(self) -> str:
        """The numbers as anybody reads them; small ones are not told."""
        said = {"a": told(self.by_keeper), "b": told(self.by_others)}
        return _("put there by those who look after this decision: %(a)s; confirmed by others: %(b)s") % said


def told(n: int) -> str:
    """A number of people for a page that everybody reads."""
    return _("fewer than 5") if 0 < n < FEW else str(n)


def numbers(decision: Decision) -> list[Put]:
    """For each group of people directly affected, how many of those who took part were put there and by whom."""
    if decision.terms.basis == Basis.OWN_LIFE:
        return []
    rows = Roll.objects.filter(decision=decision, seat__group__affected=True)
    seats = list(rows.values_list("seat__group", "seat__confirmed_by", "seat__by_keeper"))
    found = []
    for group in decision.groups.all():
        if group.affected and group.weight_ppm:
            mine = [bool(who and not keeper) for key, who, keeper in seats if key == group.pk]
            found.append(Put(group.name, len(mine) - sum(mine), sum(mine)))
    return found


def how_put(standing: Standing) -> str:
    """In which group somebody is counted and who said so, for the page on which they check their choice; empty where
    nobody is directly affected, or they say themselves which group is theirs."""
    seat = standing.seat
    if seat is None or (seat.says_id is None and not seat.group.affected):
        return ""
    said: dict[str, Any] = {"group": seat.says.name if seat.says else seat.group.name}
    if not is_put(seat):
        return _("You said that you are one of “%(group)s”. Nobody confirmed it before the vote opened, so your choice"
                 " counts in another group.") % said  # fmt: skip
    if seat.confirmed_by is not None:
        return _("You are counted as one of “%(group)s”: you said so, and somebody confirmed it.") % said
    return _("You are counted as one of “%(group)s”: those who look after this decision put you there.") % said


def _demand_before(decision: Decision) -> None:
    if not is_before(decision):
        raise Refused(_("The vote has begun, or it is not open yet. Nobody can say or confirm that now."))


def _only_there(decision: Decision, by: Actor) -> bool:
    """Whether they belong here but have no group besides those of people directly affected."""
    return _first_group(decision, by.me) is None and belongs(decision, by.me)


def _first_group(decision: Decision, party: Party) -> DecisionGroup | None:
    return next((group for group in groups_for(decision, party) if not group.affected), None)


def _confirmed_by(decision: Decision, party: Party) -> QuerySet[Seat]:
    return Seat.objects.filter(decision=decision, confirmed_by=party, by_keeper=False)


def _of(seat: Seat) -> str:
    return seat.party.name if seat.party is not None else ""
