"""A whole place's wishes and offers as columns of numbers, so that a million of them can be looked at together.

The problem, stated once. Given are **wishes** (how much, when, whether several holders may share it, access needs,
sources ruled out, the person's own order of the rest), **offers** (how much the holder agreed, of which a share may
be taken; reach, times, access, group sizes, whom it is open to, what the holder refuses) and what is **fixed** and
never touched (assessments, budgets, paid support, carers' hours: they are no offers). Wanted is how much of each
offer could serve each wish. Two books are kept: what unpaid people and groups could give, and what paid offers
(businesses, services) could bring. What paid offers bring in all is what each would bring if there were no unpaid
offer at all, so that a neighbour's kindness never takes a service away. Among all answers that keep this and
everybody's limits, better is, in this order and never traded against each other:

1. most wished-for time met, and of that the least-served people's first;
2. each person's own order of sources, over what both books hold for them;
3. light and fair load: everyone a first chance to give, then rather two at half their limit than one at the whole;
4. give and take: rather two who could each do something for the other;
5. less travel.

What paid offers cost is not here: it is reported beside a run, and is no objective, weight, tie-break or benchmark.
Time is counted in steps of half an hour. Rows stand in the order of their ids, so that the order in which things
came in means nothing. Source: Field and Miller, table 9.1 and chapters 6, 7 and 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from alongside.methods.complement.model import BOOK_ORDER, Fixed, Offer, Source, Window, Wish
from alongside.methods.complement.safety import DAY_STARTS, NIGHT_STARTS, NOT_FOR_UNPAID

STEP = 30  # minutes; wishes are rounded up to it, offers down
OPEN = 1 << 30  # steps of an open door, where anyone may simply come: more than a nation could wish for there
FAR = 1_000_000.0  # kilometres; no limit to reach
HOURS = 168  # of a week, by which times are compared
RULED_OUT = 9  # the place in somebody's order of a source they do not want
MOST_WORDS = 64  # different kinds of help, access features and tasks that one problem may speak of

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Bytes = NDArray[np.int8]
Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Wishes:
    """One row for each wish, in the order of `id`.

    `steps` are still wanted after the person's own part; `whole` wants one holder for all of it; `band` says how
    little the person is served already, from 1 to 5 (the least served); `place_of[row, source - 1]` is the place of a
    source in the person's order from 0, or RULED_OUT; `kinds`, `tasks` and `needs` are sets of words (bits of
    `Problem.words`); `week[row]` three numbers whose bits are the hours of a week that suit (all of them: any time);
    `lat`, `lng` are NaN where no place is given; `reach` is in kilometres; `communities` are keys.
    """

    id: Ints
    person: Ints
    steps: Small
    whole: Flags
    band: Bytes
    place_of: Bytes
    kinds: Bits
    tasks: Bits
    needs: Bits
    week: Bits
    lat: Floats
    lng: Floats
    reach: Floats
    communities: tuple[frozenset[str], ...] = ()

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Offers:
    """One row for each offer, in the order of `id`.

    `source` is what it is to a stranger (1 to 5; one's own things are community to a neighbour); `limit` is the most
    steps that may be taken in a week, `taken` the steps promised already (OPEN for an open door); `least` and `most`
    are group sizes in wishes served (0 and OPEN where any number will do); `refuses` are kinds and tasks that the
    holder is not to be asked for; `open_to` None for everyone. The rest is as in `Wishes`.
    """

    id: Ints
    holder: Ints
    source: Bytes
    paid: Flags
    limit: Small
    taken: Small
    least: Small
    most: Small
    kinds: Bits
    tasks: Bits
    refuses: Bits
    has: Bits
    lacks: Bits
    week: Bits
    lat: Floats
    lng: Floats
    reach: Floats
    open_to: tuple[frozenset[str] | None, ...] = ()

    def __len__(self) -> int:
        return len(self.id)

    @property
    def spare(self) -> Small:
        """Steps that may still be taken."""
        return np.where(self.limit >= OPEN, OPEN, np.maximum(self.limit - self.taken, 0)).astype(np.int32)


@dataclass(frozen=True)
class Problem:
    """All of it: the columns, the words that the bits stand for, what is fixed, and what words beyond kinds fit
    (`meant`: rows of wish and offer that search found alike; sorted). `unpaid_words` are the bits of help that no
    unpaid person is asked for."""

    wishes: Wishes
    offers: Offers
    words: tuple[str, ...] = ()
    fixed: Fixed = field(default_factory=Fixed)
    meant: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 2), np.int32))

    @property
    def unpaid_words(self) -> int:
        return sum(1 << n for n, word in enumerate(self.words) if word in NOT_FOR_UNPAID)


@dataclass(frozen=True)
class Pairs:
    """Candidates: which offer could serve which wish at all, one row for each pair, ordered by wish, then place in
    the person's order, then metres, then offer. `wish` and `offer` are rows of the tables; `source` is what the offer
    is to this person; `place` its place in their order; `metres` the way (0 where no place is given); `mutual` says
    that the holder has a wish that something of this person's could serve."""

    wish: Small
    offer: Small
    source: Bytes
    place: Bytes
    metres: Small
    mutual: Flags

    def __len__(self) -> int:
        return len(self.wish)

    def only(self, which: Flags | Ints) -> Pairs:
        """Some of them, in the same order."""
        return Pairs(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Answer:
    """How many steps of each pair (rows of `pairs`) a run suggests, in both books together. `met[wish]` are the steps
    of a wish that are met: never more than it wants, though both books may hold something for it. `exact` says that
    the order of objectives holds without exception; `short` is how many more steps might be met at most (0 where
    exact), and `gap` the same as a share of what might be met."""

    pairs: Pairs
    steps: Small
    met: Small
    exact: bool = True
    short: int = 0

    @property
    def gap(self) -> float:
        return self.short / max(self.short + int(self.met.sum()), 1)


def problem_of(
    wishes: Iterable[Wish],
    offers: Iterable[Offer],
    fixed: Fixed | None = None,
    *,
    bands: Mapping[int, int] | None = None,
    meant: Iterable[tuple[int, int]] = (),
) -> Problem:
    """The columns of these wishes and offers. `bands[person]` from 1 to 5 says how little somebody is served (3 where
    nobody knows); `meant` are pairs of ids that search found alike. Raises ValueError where an id comes twice, a
    band is none, or there are more than 64 different words of kind, task and access."""
    those, these = sorted(wishes, key=lambda one: one.id), sorted(offers, key=lambda one: one.id)
    words = _words(those, these)
    bit = {word: 1 << n for n, word in enumerate(words)}
    columns = _wishes(those, bit, bands or {}), _offers(these, bit)
    for table in columns:
        if len(np.unique(table.id)) < len(table):
            raise ValueError("two of them have the same id")
    rows = tuple({int(pk): row for row, pk in enumerate(table.id)} for table in columns)
    known = sorted({(rows[0][one], rows[1][other]) for one, other in meant if one in rows[0] and other in rows[1]})
    return Problem(*columns, words, fixed or Fixed(), np.array(known, np.int32).reshape(-1, 2))


def _words(wishes: Sequence[Wish], offers: Sequence[Offer]) -> tuple[str, ...]:
    found = {word for one in wishes for word in one.kinds | one.tasks | one.needs}
    found |= {word for one in offers for word in one.kinds | one.tasks | one.refuses | one.has | one.lacks}
    if len(found) > MOST_WORDS:
        raise ValueError(f"{len(found)} different words of kind, task and access; {MOST_WORDS} are the most")
    return tuple(sorted(found))


def _wishes(those: Sequence[Wish], bit: Mapping[str, int], bands: Mapping[int, int]) -> Wishes:
    band = [bands.get(one.person, 3) for one in those]
    if any(one not in range(1, 6) for one in band):
        raise ValueError("a band is a whole number from 1 to 5")
    return Wishes(
        id=np.array([one.id for one in those], np.int64),
        person=np.array([one.person for one in those], np.int64),
        steps=np.array([max(-(-one.minutes // STEP), 0) for one in those], np.int32),
        whole=np.array([not one.divisible for one in those], np.bool_),
        band=np.array(band, np.int8),
        place_of=np.array([_places(one) for one in those], np.int8).reshape(-1, len(BOOK_ORDER)),
        kinds=_bits((one.kinds for one in those), bit),
        tasks=_bits((one.tasks for one in those), bit),
        needs=_bits((one.needs for one in those), bit),
        week=weeks([one.windows for one in those]),
        communities=tuple(one.communities for one in those),
        **_where(those),
    )


def _places(wish: Wish) -> list[int]:
    order = {source: place for place, source in enumerate(wish.sources())}
    return [order.get(source, RULED_OUT) for source in BOOK_ORDER]


def _offers(these: Sequence[Offer], bit: Mapping[str, int]) -> Offers:
    return Offers(
        id=np.array([one.id for one in these], np.int64),
        holder=np.array([one.holder for one in these], np.int64),
        source=np.array([max(one.source, Source.COMMUNITY) for one in these], np.int8),
        paid=np.array([one.paid for one in these], np.bool_),
        limit=np.array([_limit(one) for one in these], np.int32),
        taken=np.array([-(-one.promised // STEP) for one in these], np.int32),
        least=np.array([one.least for one in these], np.int32),
        most=np.array([OPEN if one.most is None else max(one.most, 0) for one in these], np.int32),
        kinds=_bits((one.kinds for one in these), bit),
        tasks=_bits((one.tasks for one in these), bit),
        refuses=_bits((one.refuses for one in these), bit),
        has=_bits((one.has for one in these), bit),
        lacks=_bits((one.lacks for one in these), bit),
        week=weeks([one.windows for one in these]),
        open_to=tuple(one.open_to for one in these),
        **_where(these),
    )


def _limit(offer: Offer) -> int:
    return OPEN if offer.minutes is None else offer.minutes * offer.limit_pct // 100 // STEP


def _bits(sets: Iterable[frozenset[str]], bit: Mapping[str, int]) -> Bits:
    return np.array([sum(bit[word] for word in words) for words in sets], np.uint64)


def _where(things: Sequence[Wish] | Sequence[Offer]) -> dict[str, Floats]:
    return {
        "lat": np.array([one.place.lat if one.place else np.nan for one in things], np.float64),
        "lng": np.array([one.place.lng if one.place else np.nan for one in things], np.float64),
        "reach": np.array([FAR if one.reach_km is None else one.reach_km for one in things], np.float64),
    }


def weeks(all_windows: Sequence[tuple[Window, ...]]) -> Bits:
    """For each, three numbers whose bits are the hours of a week that some window touches; all bits where there is
    none, which means any time."""
    found = np.zeros((len(all_windows), 3), np.uint64)
    for row, windows in enumerate(all_windows):
        hours = 0
        for window in windows:
            for hour in range(window.start // 60, -(-window.end // 60)):
                hours |= 1 << min(window.weekday * 24 + hour, HOURS - 1)
        hours = hours if windows else (1 << HOURS) - 1
        found[row] = [hours >> 64 * part & (1 << 64) - 1 for part in range(3)]
    return found


FULL_WEEK = weeks([()])[0]
DAYTIME = weeks([tuple(Window(day, DAY_STARTS, NIGHT_STARTS) for day in range(7))])[0]
