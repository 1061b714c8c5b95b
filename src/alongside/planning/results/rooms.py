"""The sentences of a result that a room counted by hands or dots: sums that all saw, and nothing of single ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.percent import percent
from alongside.planning.ballots import queries as ballots
from alongside.planning.decisions.models import Decision, Rule, Terms
from alongside.planning.results import sentences
from alongside.planning.results.merging import exact
from alongside.planning.results.models import ResultOption


@dataclass(frozen=True)
class Room:
    """What a room counted: so many dots each, or hands (None); and whether more than one group chose."""

    dots: int | None
    several: bool


def room_of(decision: Decision) -> Room | None:
    """The room whose hands or dots were counted; None for a vote, for slips, and where consent was asked."""
    if decision.terms.secret or decision.terms.rule == Rule.CONSENT or not ballots.tallies(decision):
        return None
    present = ballots.present(decision)
    return Room(next((one.dots_each for one in present if one.dots_each), None), len(present) > 1)


def how(terms: Terms, room: Room) -> list[str]:
    """How the room came to it."""
    if room.dots:
        each = ngettext("Each had %(n)s dot.", "Each had %(n)s dots.", room.dots) % {"n": room.dots}
        said = f"{each} {_('The ideas with most dots go first.')}"
    elif terms.rule == Rule.BUDGET:
        said = _("Hands were counted for each idea. The one with most goes first, as long as there is money.")
    elif terms.winners:
        said = _("Each idea was counted by itself. Those with most go ahead.")
    else:
        said = _("Each idea was counted by itself. It goes ahead when more than half want it.")
    keeps = [_("Each group keeps its own share of the say, however many of it came.")] if room.several else []
    return [said, *keeps]


def of(option: ResultOption, terms: Terms, names: Mapping[str, str], room: Room, *, level: bool = False) -> str:
    """What one idea got, and why it is not there yet. `level`: it had as much as one that went first."""
    n = option.picked
    hands = ngettext("%(n)s hand.", "%(n)s hands.", n)
    got = (ngettext("%(n)s dot.", "%(n)s dots.", n) if room.dots else hands) % {"n": n}
    if room.several and exact(option.got) and terms.rule != Rule.BUDGET:
        got += " " + _("That is %(part)s%% of the say.") % {"part": percent(exact(option.got))}
    return got if option.place is not None else f"{got} {sentences.lost(option, terms, names, level=level)}"
