"""Likely duplicates: which things on offer are probably one thing said twice, how sure that is, and why.

Pairs are proposed by what two things share that few others have, so that work grows near linearly with the list;
then each pair is weighed as evidence for and against (after Fellegi and Sunter, A Theory for Record Linkage,
1969): the title, who holds it, where it is, what it says and how to get in touch. It only proposes: people decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from alongside.methods.likeness_evidence import Known, Rarity, Reason, Thing, know, ways, weigh

LIKELY = 0.5  # from here on a pair is worth a person's look
BLOCK = 40  # things that share one key at most; more than that share something ordinary
RAREST = 5  # of a thing's words, this many of the rarest propose pairs


class Alike(NamedTuple):
    """Two things, the chance in 0..1 that they are one, and the evidence, the heaviest first."""

    one: int | str
    other: int | str
    score: float
    reasons: tuple[Reason, ...]


def alike(things: Sequence[Thing], least: float = LIKELY, only: Collection[int | str] | None = None) -> list[Alike]:
    """Pairs of `things` that are likely one, the likeliest first, ties by id; each pair once.

    `only` keeps pairs with at least one thing of those ids. The same things give the same answer in any order.
    """
    known = [know(thing) for thing in sorted(things, key=lambda one: str(one.id))]
    rarity = Rarity(known)
    wanted = None if only is None else set(only)
    found = []
    for first, second in _proposed(known, rarity, wanted):
        score, reasons = weigh(known[first], known[second], rarity)
        if score >= least:
            found.append(Alike(known[first].thing.id, known[second].thing.id, round(score, 3), reasons))
    return sorted(found, key=lambda pair: (-pair.score, str(pair.one), str(pair.other)))


def _proposed(known: Sequence[Known], rarity: Rarity, only: set[int | str] | None) -> Iterator[tuple[int, int]]:
    """Pairs that share something few others have, each once."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        for key in set(_keys(one, rarity)):
            blocks[key].append(at)
    seen: set[int] = set()
    size = len(known)
    for key in sorted(blocks):
        block = blocks[key]
        if len(block) > BLOCK:
            continue
        for n, first in enumerate(block):
            for second in block[n + 1 :]:
                pair = first * size + second
                if pair in seen:
                    continue
                seen.add(pair)
                if only is None or not only.isdisjoint((known[first].thing.id, known[second].thing.id)):
                    yield first, second


def _keys(one: Known, rarity: Rarity) -> Iterator[str]:
    """What proposes a pair: its rarest words, pairs of its words, its name's ends, and ways to get in touch."""
    names = sorted({word for word in {*one.title, *one.holder} if rarity.names[word] > 1}, key=rarity.names.__getitem__)
    yield from (f"n {word}" for word in names[:RAREST])
    title = sorted({word for word in one.title if rarity.names[word] > 1}, key=rarity.names.__getitem__)[:4]
    yield from (f"t {min(a, b)} {max(a, b)}" for n, a in enumerate(title) for b in title[n + 1 :])
    rare = sorted(one.holder, key=rarity.names.__getitem__)[:2]
    yield from (f"h {word} {part}" for word in title for part in rare)
    if one.whole:
        yield f"a {one.whole[:7]}"
        yield f"z {one.whole[-7:]}"
    yield from (f"c {way}" for way in ways(one))
    if one.point is not None and title:
        across, up = round(one.point.lng * 150), round(one.point.lat * 250)
        yield from (f"p {across + x} {up + y} {title[0]}" for x in (0, 1) for y in (0, 1))
    if one.words:
        told = sorted((word for word in one.words if rarity.words[word] > 1), key=rarity.words.__getitem__)
        yield from (f"w {word}" for word in told[:2])
