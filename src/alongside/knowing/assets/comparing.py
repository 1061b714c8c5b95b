"""Two versions of an asset set side by side, in the words of the page: what was taken out and what was put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from alongside.knowing.assets.models import Access, AssetKind, AssetWhen, Cost
from alongside.knowing.assets.wording import when_said
from alongside.knowing.outcomes.queries import domain_label

Body = dict[str, Any]
MOST_WORDS = 3_000  # beyond this, both texts stand whole


class Piece(NamedTuple):
    """Some words in a row: `same`, `out` or `in`."""

    how: str
    words: str


@dataclass(frozen=True)
class Changed:
    """One thing that is said otherwise than before."""

    label: str
    pieces: tuple[Piece, ...]


def compare(before: Body, after: Body) -> list[Changed]:
    """What is otherwise, in the order of the page; nothing where both say the same."""
    one, two = said(before), said(after)
    return [Changed(label, pieces(one[label], two[label])) for label in two if one[label] != two[label]]


def said(body: Body) -> dict[str, str]:
    """A version in words, by the label that each has on the page."""
    ages = [str(body.get(name)) for name in ("least_age", "most_age") if body.get(name) is not None]
    cost = [str(dict(Cost.choices).get(body["cost"], "")), body["cost_words"]]
    access = [words or str(dict(Access.choices).get(feature, feature)) for feature, words in body["access"]]
    return {
        _("What"): str(dict(AssetKind.choices).get(body["kind"], body["kind"])),
        _("Name"): body["title"],
        _("In your own words"): body["words"],
        _("When"): "; ".join(filter(None, map(_when, body["whens"]))),
        _("Cost"): ". ".join(filter(None, cost)),
        _("How many it takes"): str(body.get("least_people") or ""),
        _("Open to"): " ".join([body["open_to"], *ages]).strip(),
        _("Getting in"): ". ".join(access),
        _("Get in touch"): body["how"],
        _("Website"): body["website"],
        _("Part of life"): ", ".join(filter(None, map(domain_label, body["domains"]))),
    }


def _when(row: list[Any]) -> str:
    at, rule, minutes, words = row
    starts = datetime.fromisoformat(at) if at else None
    return when_said(AssetWhen(starts=starts, rrule=rule, minutes=minutes, words=words))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word what stayed, went and came."""
    one, two = before.split(), after.split()
    if not one or not two or len(one) + len(two) > MOST_WORDS:
        found = [("out", before), ("in", after)]
    else:
        found = []
        for how, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if how == "equal":
                found.append(("same", " ".join(one[a:b])))
            else:
                found += [("out", " ".join(one[a:b])), ("in", " ".join(two[c:d]))]
    return tuple(Piece(how, words) for how, words in found if words)
