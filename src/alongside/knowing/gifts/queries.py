"""The pages of ticks, and which of them somebody has ticked: something of one's own with the words of the label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.models import Audience
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import held_by
from alongside.knowing.gifts import policy
from alongside.knowing.outcomes.queries import said

SLOWEST_READS = 100  # words a minute: half as fast as most people
TICK, TURN = 2.0, 8.0  # seconds to make up one's mind about a line, and to turn a page


@dataclass(frozen=True)
class Gift:
    """One line to tick: its kind in the register, and its words in each language."""

    key: str
    kind: str
    label: dict[str, str]

    @property
    def words(self) -> str:
        return said(self.label)

    def is_it(self, asset: Asset) -> bool:
        return asset.kind == self.kind and asset.title in self.label.values()


@dataclass(frozen=True)
class Part:
    """One page: a question and the lines to tick."""

    key: str
    kind: str
    label: dict[str, str]
    gifts: tuple[Gift, ...]

    @property
    def words(self) -> str:
        return said(self.label)


@dataclass
class Had:
    """What somebody has of one page; `open` are keys of what is shared with others and is not unticked here."""

    part: Part
    things: list[tuple[Gift, Asset]] = field(default_factory=list)

    @property
    def open(self) -> list[tuple[Gift, Asset]]:
        return [(gift, asset) for gift, asset in self.things if is_shared(asset)]

    @property
    def ticked(self) -> list[str]:
        return [gift.key for gift, asset in self.things if not is_shared(asset)]


def parts() -> list[Part]:
    """Every page, in the order of the file."""
    return [_part(row) for row in frameworks.load("gifts")["part"]]


def _part(row: dict[str, object]) -> Part:
    kind, gifts = str(row["kind"]), row["gift"]
    made = tuple(Gift(one["key"], one.get("kind", kind), one["label"]) for one in gifts)  # type: ignore[attr-defined]
    return Part(str(row["key"]), kind, row["label"], made)  # type: ignore[arg-type]


def is_shared(asset: Asset) -> bool:
    """Whether others may see it; then it is taken back on its own page, never by a tick that is missing."""
    return asset.record.audience != Audience.ME


def had(viewer: Actor, owner: Party | None) -> tuple[list[Had], list[Asset]]:
    """What somebody has, page by page, and whatever else they hold. Nothing for anybody who may not speak for them."""
    if owner is None or not policy.may_tick(by=viewer, owner=owner):
        return [Had(part) for part in parts()], []
    rest = list(held_by(viewer, owner))
    return [_had(part, rest) for part in parts()], rest


def _had(part: Part, rest: list[Asset]) -> Had:
    """What is of this page; it is taken out of the rest."""
    found = Had(part)
    for gift in part.gifts:
        asset = next((one for one in rest if gift.is_it(one)), None)
        if asset is not None:
            rest.remove(asset)
            found.things.append((gift, asset))
    return found


def minutes(pages: Sequence[Part]) -> float:
    """How long it takes somebody who reads slowly to go through every page. Worked out, not timed with people."""
    lines = [gift.words for page in pages for gift in page.gifts]
    words = sum(len(text.split()) for text in [*lines, *(page.words for page in pages)])
    return words / SLOWEST_READS + (TICK * len(lines) + TURN * len(pages)) / 60
