"""The say bar: who holds which part, in three fills, with the half mark. Figures for the picture and for its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from alongside.methods.percent import percent
from alongside.methods.say.model import MILLION
from alongside.planning.decisions.models import Decision, DecisionGroup, Side

GAP = Fraction(1, 4)  # of white between two parts, in per cent of the bar
HALF = 50


@dataclass(frozen=True)
class Part:
    """One part of a bar: whose, its share in words, and where it stands, in per cent of the bar's width."""

    kind: str  # person, community or organisation, as signs have it
    label: str
    share: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """A bar and the sentence that says what it shows. `us` is what people and communities hold together."""

    parts: tuple[Part, ...]
    us: str
    says: str


def side_kind(side: str) -> str:
    """The holder whose sign and fill a side has."""
    return {Side.PEOPLE: "person", Side.COMMUNITIES: "community"}.get(Side(side), "organisation")


def kind_labels() -> dict[str, str]:
    """What each kind of part of the bar is called."""
    return {"person": _("People"), "community": _("Communities"), "organisation": _("Organisations")}


def bar(shares: Iterable[tuple[str, int]]) -> Bar:
    """The bar of these sides with their parts of a million of the say, or of what was paid; sides with none are left
    out. Also for what came out in the end."""
    held: dict[str, int] = {"person": 0, "community": 0, "organisation": 0}
    for side, ppm in shares:
        held[side_kind(side)] += ppm
    labels, parts, at = kind_labels(), [], Fraction(0)
    for kind, ppm in held.items():
        width = Fraction(ppm * 100, MILLION)
        if ppm:
            shown = max(width - GAP, width / 2)
            parts.append(Part(kind, labels[kind], whole(ppm), _number(at), _number(shown)))
        at += width
    said = ", ".join(f"{part.label} {part.share}%" for part in parts)
    return Bar(tuple(parts), whole(held["person"] + held["community"]), said)


def bar_of(decision: Decision) -> Bar:
    """The bar of a decision as it was set up: who holds the say at the start."""
    return bar((group.side, group.weight_ppm) for group in decision.groups.all())


def whole(ppm: int) -> str:
    """A share in per cent, with one figure behind the point where it has one."""
    return percent(Fraction(ppm, MILLION))


def share_of(group: DecisionGroup) -> str:
    """The share of a group, in words."""
    return whole(group.weight_ppm)


def _number(value: Fraction) -> str:
    return f"{float(value):.2f}"
