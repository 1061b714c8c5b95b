"""Turns facts about areas into rows that a template can show, with residents' words and no rules of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.knowing.assessment.counting import OTHER, kind_labels
from alongside.knowing.assessment.drawing import Drawing, draw, fill_of
from alongside.knowing.assessment.queries import AreaFacts, PlaceFacts
from alongside.knowing.assessment.ways import HOLDERS, Way, WayRow, holder_words
from alongside.knowing.assessment.whose import HOLDERS as KINDS
from alongside.knowing.outcomes.queries import domain_choices
from alongside.methods.richness import Fifth

FEW = 3  # lines that stand open; the rest is folded


@dataclass(frozen=True)
class Line:
    """One thing people share or want: its words, a figure where it may be shown, and in how many areas it is."""

    key: str
    words: str
    value: int | None
    shown_in: int = 0
    groups: int = 0
    organisations: int = 0

    @property
    def shared(self) -> int:
        """What groups and organisations share of it."""
        return self.groups + self.organisations

    @property
    def weight(self) -> int:
        """Roughly how much there is to show of it; nothing at all is nought."""
        return self.shared + (self.value or 10 * self.shown_in)


@dataclass(frozen=True)
class Lines:
    """What there is something to show of, most first, and the words for the rest."""

    shown: list[Line]
    rest: list[str]

    @property
    def most_shared(self) -> list[Line]:
        """The few that groups and organisations share most of."""
        return sorted((line for line in self.shown if line.shared), key=lambda line: -line.shared)[:FEW]

    @property
    def most(self) -> list[str]:
        """The words for the first few."""
        return [line.words for line in self.shown[:FEW]]


@dataclass(frozen=True)
class Picture:
    """What the map shows: which choice, in words, the drawing, and each area's value and swatch for the table."""

    choice: str
    words: str
    column: str
    drawing: Drawing | None
    rows: list[tuple[AreaFacts, int | None, str]]

    @property
    def is_people(self) -> bool:
        """Whether it shows figures about people, which may be hidden; official ones are known or not."""
        return self.choice.startswith("want-")


def domain_words() -> dict[str, str]:
    return {**dict(domain_choices()), OTHER: _("Something else")}


def _lines(lines: list[Line]) -> Lines:
    shown = sorted((line for line in lines if line.weight), key=lambda line: line.weight, reverse=True)
    return Lines(shown, [line.words for line in lines if not line.weight])


def kind_lines(facts: PlaceFacts) -> Lines:
    """What is here by kind: of groups, of organisations, and people where that may be shown."""
    things = facts.supply.things
    lines = [
        Line(
            key,
            words,
            facts.offering[key],
            sum(one.offering[key] is not None for one in facts.areas),
            things["community"][key],
            things["organisation"][key],
        )
        for key, words in kind_labels()
    ]
    return _lines(lines)


def want_lines(facts: PlaceFacts) -> Lines:
    """What people want, by part of life."""
    lines = [
        Line(key, words, facts.wanting[key], sum(one.wanting[key] is not None for one in facts.areas))
        for key, words in domain_words().items()
    ]
    return _lines(lines)


def area_lines(one: AreaFacts) -> tuple[Lines, Lines]:
    """What people share and want in one area."""
    things = one.supply.things
    offered = [
        Line(key, words, one.offering[key], 0, things["community"][key], things["organisation"][key])
        for key, words in kind_labels()
    ]
    wanted = [Line(key, words, one.wanting[key]) for key, words in domain_words().items()]
    return _lines(offered), _lines(wanted)


def choices(facts: PlaceFacts) -> list[tuple[str, str]]:
    """What the map can show: whatever there is something to show of, and in any case what is on offer."""
    found = []
    if any(one.on_offer for one in facts.areas):
        found.append(("things", _("What groups and organisations share")))
    if any(one.setting.tight is not None for one in facts.areas):
        found.append(("tight", _("Where money is tight")))
    if any(one.setting.people for one in facts.areas):
        found.append(("people", _("How many people live here")))
    wanted = {key for one in facts.areas for key, value in one.wanting.items() if value is not None}
    found += [(f"want-{key}", words) for key, words in domain_words().items() if key in wanted]
    return found or [("things", _("What groups and organisations share"))]


def picture(facts: PlaceFacts, asked: str) -> Picture:
    """The map that was asked for, or the first one; the table from the most to the least, what is hidden last."""
    known = dict(choices(facts))
    choice = asked if asked in known else next(iter(known))
    values = [(one, _value(one, choice)) for one in facts.areas]
    drawing = draw([(one.area, value) for one, value in values])
    bands = drawing.bands if drawing else []
    most = sorted(values, key=lambda row: (row[1] is None, -(row[1] or 0), row[0].area.name))
    rows = [(one, value, fill_of(value, bands) if bands or value is None else "") for one, value in most]
    column = _("Of 100 people, on streets where money is tight") if choice == "tight" else known[choice]
    return Picture(choice, known[choice], column, drawing, rows)


def _value(one: AreaFacts, choice: str) -> int | None:
    if choice == "things":
        return one.on_offer
    if choice == "tight":
        return one.setting.tight
    if choice == "people":
        return one.setting.people
    return one.wanting.get(choice.removeprefix("want-"))


def least(facts: PlaceFacts) -> list[tuple[AreaFacts, str]]:
    """Every area by name, with the words for what most people there want, where that may be shown."""
    words = domain_words()
    return [(one, words.get(one.most_wanted, "")) for one in facts.areas]


# A fill and a pattern each, so that nothing is told by colour alone.
FILLS = {"communities": "#17634E", "voluntary": "url(#dots)", "business": "url(#stripes)", "public": "url(#bricks)"}


@dataclass(frozen=True)
class Piece:
    """A part of a bar, from `x` to `x + width`, in hundredths of the longest bar."""

    x: float
    width: float
    fill: str


@dataclass(frozen=True)
class WayLine:
    """One way for the table: each column's key, words and number, and what else there is to say."""

    way: Way
    cells: list[tuple[str, str, int]]
    row: WayRow


def holder_columns() -> list[tuple[str, str, str]]:
    """Key, words and fill of each sort of holder."""
    return [(key, words, FILLS[key]) for key, words in holder_words().items()]


def way_lines(rows: list[WayRow]) -> list[WayLine]:
    words = holder_words()
    return [WayLine(row.way, [(key, words[key], row.things[key]) for key in HOLDERS], row) for row in rows]


def way_bars(rows: list[WayRow]) -> list[tuple[Way, int, list[Piece]]]:
    """A bar for each way, of what groups and organisations offer, as long as there is of it."""
    longest = max((row.total for row in rows), default=0) or 1
    bars = []
    for row in rows:
        x, pieces = 0.0, []
        for key in HOLDERS:
            width = round(100 * row.things[key] / longest, 2)
            pieces += [Piece(round(x, 2), width, FILLS[key])] if width else []
            x += width
        bars.append((row.way, row.total, pieces))
    return bars


def fifth_lines(found: list[Fifth]) -> list[tuple[str, Fifth, float | None, float | None]]:
    """Each fifth in words, with what there is for 1,000 people from groups and from organisations."""
    words = {
        1: _("The fifth where money is tightest"),
        2: _("The second fifth"),
        3: _("The middle fifth"),
        4: _("The fourth fifth"),
        5: _("The fifth that is best off"),
    }
    return [(words[one.fifth], one, *[one.rate_of(kind) for kind in KINDS]) for one in found]  # type: ignore[misc]
