"""Print ballot papers with their slips; read each paper in twice, by two people; settle where they differ."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.planning.ballots import queries as ballots
from alongside.planning.ballots.actions import hold_box, put_in
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, DecisionGroup
from alongside.planning.decisions.way_models import Way
from alongside.planning.ideas import queries as ideas
from alongside.planning.papers import policy
from alongside.planning.papers.models import Keying, KeyingMark, Sheet
from alongside.planning.papers.reading import Reading, forget_marks, hashed, note, readings
from alongside.planning.papers.replacing import refuse_old, replace
from alongside.planning.rolls.actions import codes_for_list, demand_of_people, print_codes

OPEN = ("printed", "once")


@dataclass(frozen=True)
class Printed:
    """Slips and papers made together, each slip with the name it is for where people are counted by name. Neither list
    is in an order that says anything about the other, and both can be read here once and never again."""

    batch: str
    slips: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes on the slips."""
        return tuple(code for code, _name in self.slips)


@action("papers.print_sheets", may=policy.may_print)
def print_sheets(
    *, by: Actor, decision: Decision, group: DecisionGroup, how_many: int | None = None, anew: bool = False
) -> Printed:
    """Make ballot papers of a group, each with a number of its own, and as many slips with a code.

    Where people are counted by name there is one for everybody on the list of this group who has none yet, or with
    `anew` for all: slips from before stop working, and papers from before count only as far as slips had come back.
    Where people come in by codes there are so many as are asked for. Raises Fault for fewer than 1 or more than 5,000
    and where nobody is on the list, and Refused once the vote is over.
    """
    hold_box(decision)
    demand_of_people(group)
    if decisions.allows(decision, Way.CODE):
        slips = print_codes(by=by, decision=decision, group=group, how_many=how_many or 0)
    else:
        slips = codes_for_list(by=by, decision=decision, group=group, anew=anew)
        if anew:
            replace(group)
    numbers: set[str] = set()
    while len(numbers) < len(slips.codes):
        numbers.add(ballots.fresh(decision))
    rows = [
        Sheet(number_hash=hashed(decision, one), decision=decision, group=group, batch=slips.name) for one in numbers
    ]
    Sheet.objects.bulk_create(sorted(rows, key=lambda row: row.number_hash), batch_size=500)
    shuffled = list(numbers)
    secrets.SystemRandom().shuffle(shuffled)
    return Printed(slips.name, slips.codes, tuple(shuffled))


@action("papers.key_in", may=policy.may_key)
def key_in(*, by: Actor, decision: Decision, number: str, said: Mapping[int, str], spoilt: bool = False) -> Sheet:
    """Write down what stands on a ballot paper. The first reading waits; when another person reads the same, it counts.

    Where the two differ it waits for a third look (`settle`). A paper on which nobody can tell what was meant is
    spoilt if both say so. Raises Fault for a number that is on no paper of this decision, for one of an earlier print
    beyond the slips that came back before the new one, for marks that cannot be, and for whoever reads the same paper
    a second time; Refused before the vote, and once the box is closed.
    """
    sheet, reading, options = _read(by, decision, number, said, spoilt)
    if sheet.state not in OPEN:
        raise Fault("number", _waits(sheet))
    if sheet.state == "printed":
        refuse_old(sheet)
    before = readings(sheet)
    note(sheet, by.me.pk, reading, options)
    if not before:
        return _now(sheet, "once")
    if before[0] != reading:
        return _now(sheet, "differs")
    return _settled(decision, sheet, reading, number, options)


@action("papers.settle", may=policy.may_key)
def settle(*, by: Actor, decision: Decision, number: str, said: Mapping[int, str], spoilt: bool = False) -> Sheet:
    """The third look at a paper that two people read differently, by somebody who is neither of them: it counts.

    Raises Fault for a paper that does not wait for it.
    """
    sheet, reading, options = _read(by, decision, number, said, spoilt)
    if sheet.state != "differs":
        raise Fault("number", _("This paper does not wait for a third look"))
    note(sheet, by.me.pk, reading, options, settles=True)
    return _settled(decision, sheet, reading, number, options)


def _read(
    by: Actor, decision: Decision, number: str, said: Mapping[int, str], spoilt: bool
) -> tuple[Sheet, Reading, dict[int, int]]:
    hold_box(decision)
    vote = decisions.phase(decision, "vote")
    if vote is None or decisions.today() < vote.since:
        raise Refused(_("The vote has not begun."))
    sheet = sheet_of(decision, number)
    if Keying.objects.filter(sheet=sheet, by=by.me).exists():
        raise Fault("number", _("You have read this paper. Somebody else must read it too."))
    options = {option.n: option.pk for option in ideas.options(by, decision)}
    return sheet, Reading({} if spoilt else _in_order(ballots.read(decision.terms, options, (), said)), spoilt), options


def _in_order(marks: dict[int, int]) -> dict[int, int]:
    return dict(sorted(marks.items()))


def sheet_of(decision: Decision, number: str) -> Sheet:
    """The paper with this number, held until the action is done. Called inside an action. Raises Fault for none."""
    try:
        plain = ballots.plain(number)
    except Fault as fault:
        raise Fault("number", fault.message) from None
    sheet = Sheet.objects.select_for_update().filter(pk=hashed(decision, plain)).first()
    if sheet is None:
        raise Fault("number", _("No ballot paper of this decision has this number"))
    return sheet


def _waits(sheet: Sheet) -> str:
    if sheet.state == "differs":
        return _("Two people read this paper differently. It waits for a third look.")
    return _("This paper has been read by two people. It is done.")


def _settled(decision: Decision, sheet: Sheet, reading: Reading, number: str, options: dict[int, int]) -> Sheet:
    if reading.spoilt:
        forget_marks(sheet)
        return _now(sheet, "spoilt")
    key = ballots.key_of(decision, ballots.plain(number), paper=True)
    put_in(key=key, group=sheet.group, marks=reading.marks, options=options)
    forget_marks(sheet)
    return _now(sheet, "counted")


def _now(sheet: Sheet, state: str) -> Sheet:
    Sheet.objects.filter(pk=sheet.pk).update(state=state)
    sheet.state = state
    return sheet


def clear_up(decision: Decision) -> bool:
    """Before the box is closed: readings that came to nothing go. Whether every paper that was read was settled.
    Called inside the action that closes the box."""
    KeyingMark.objects.filter(keying__sheet__decision=decision).delete()
    return not Sheet.objects.filter(decision=decision, state__in=("once", "differs")).exists()
