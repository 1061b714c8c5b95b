"""What some more of one kind, at one place and day, would let people do: found by solving again with them there.

Looked at are the kinds and neighbourhoods in which time is still wished for, on the day that suits most of it, with
holders like those of the kind that there are (as much time, as far a reach). What trained and paid people do is told
as that. How many people it would let do what they want leaves only through `methods/disclosure`, by the caller.
Serves table 7.2 of the book: local gaps, and how local assets could be brought to fill them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

import numpy as np

from alongside.methods.complement.again import labels_with, rules_pairs
from alongside.methods.complement.against import hours_of, wanting, words_of
from alongside.methods.complement.model import Source, Window
from alongside.methods.complement.piece import Labels, Piece, cut, labels_of, with_more
from alongside.methods.complement.problem import FAR, OPEN, Answer, Flags, Ints, Offers, Problem, Small, weeks
from alongside.methods.complement.rules import Rules
from alongside.methods.complement.run import solve
from alongside.methods.complement.safety import DAY_STARTS, NIGHT_STARTS
from alongside.methods.complement.watching import Cancel, Progress, never, unheard, unless

MOST = 3  # more people of one kind that are told together
SHOWN = 10
USUAL = 2  # steps of a week that somebody gives of whose like there is nobody yet
ALL_DAY = (0, 24 * 60)  # when somebody who is paid may come; who is not, by day


@dataclass(frozen=True)
class OneMore:
    """So many more `offers` of a kind, in a neighbourhood (`group`), on a weekday (None: any day), paid and trained or
    not, would let so many more people do the whole of something they wish for: less those who no longer would, and no
    more than the time gained is enough for, at what those who wait lack on average (a run that shares time out anew
    also finishes other wishes; that is not their doing). `steps` is how much more time is met. `needs` are access
    features that at least half of those wishes need that get more."""

    kind: str
    group: int
    day: int | None
    paid: bool
    offers: int
    people: int
    steps: int
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wanted:
    """Where time of one kind is wished for and not met: `lacking` steps of a wish, on average."""

    kind: int
    group: int
    paid: bool
    wishes: Ints
    day: int | None
    lacking: float


def one_more(
    problem: Problem,
    answer: Answer,
    group: Ints,
    *,
    most: int = MOST,
    shown: int = SHOWN,
    progress: Progress = unheard,
    cancelled: Cancel = never,
) -> tuple[OneMore, ...]:
    """The most helpful first: by people for each further holder, then by people. `group` is a label of neighbourhood
    for each wish (below 0: none). Up to `most` further holders are tried, and the more `most` and `shown`, the longer
    it takes. Figures under ten are hidden by `methods/disclosure`, so a page for everybody asks for more of them.
    `progress` and `cancelled` are as in `run.solve`. Raises Cancelled."""
    wanted = _wanted(problem, answer, group)[: 2 * shown]
    bigger = _with_offers(problem, [_like(problem, one) for one in wanted for _each in range(most)])
    rules, labels = Rules(bigger), labels_of(problem, answer.pairs)
    found: list[OneMore] = []
    for n, one in enumerate(wanted):
        rows = len(problem.offers) + n * most + np.arange(most)
        unless(cancelled)
        found += _tried(rules, answer, labels, one, rows, cancelled)
        progress((n + 1) / len(wanted))
    found.sort(key=lambda one: (-one.people / one.offers, -one.people, one.kind, one.group))
    return tuple(found[:shown])


def _wanted(problem: Problem, answer: Answer, group: Ints) -> list[_Wanted]:
    """Where most people wait, first first."""
    wishes, careful = problem.wishes, Rules(problem).careful
    short = np.asarray(wishes.steps > answer.met) & (group >= 0)
    found = []
    for kind in range(len(problem.words)):
        of_kind = short & (wishes.kinds >> np.uint64(kind) & np.uint64(1) != 0)
        for paid in (False, True):
            rows = np.flatnonzero(of_kind & (careful == paid))
            for place in np.unique(group[rows]).tolist():
                here = rows[group[rows] == place]
                lacking = float((wishes.steps[here] - answer.met[here]).mean())
                found.append(_Wanted(kind, place, paid, here, _best_day(problem, here), lacking))
    people = [len(np.unique(wishes.person[one.wishes])) for one in found]
    order = sorted(range(len(found)), key=lambda n: (-people[n], found[n].kind, found[n].group, found[n].paid))
    return [found[n] for n in order]


def _best_day(problem: Problem, rows: Ints) -> int | None:
    """The weekday that suits most of these wishes; None where every day suits as many."""
    days = np.array([hours_of(week).any(axis=1) for week in problem.wishes.week[rows]]).sum(axis=0)
    return None if (days == days[0]).all() else int(days.argmax())


def _like(problem: Problem, one: _Wanted) -> dict[str, Any]:
    """The columns of one more holder of this kind: in the middle of those who wait, and like the others there are."""
    wishes, offers = problem.wishes, problem.offers
    alike = (offers.kinds >> np.uint64(one.kind) & np.uint64(1) != 0) & (offers.paid == one.paid)
    limits = offers.limit[alike & (offers.limit < OPEN) & (offers.limit > 0)]
    reaches = offers.reach[alike & (offers.reach < FAR)]
    hours = ALL_DAY if one.paid else (DAY_STARTS, NIGHT_STARTS)
    return {
        "source": Source.UNIVERSAL if one.paid else Source.COMMUNITY,
        "paid": one.paid,
        "limit": max(int(np.median(limits)), 1) if len(limits) else USUAL,
        "most": OPEN,
        "kinds": 1 << one.kind,
        "week": weeks([() if one.day is None else (Window(one.day, *hours),)])[0],
        "lat": _middle(wishes.lat[one.wishes]),
        "lng": _middle(wishes.lng[one.wishes]),
        "reach": float(np.median(reaches)) if len(reaches) else FAR,
    }


def _middle(values: Any) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else np.nan


def _with_offers(problem: Problem, more: list[dict[str, Any]]) -> Problem:
    """The problem with further offers at the end, of holders who are nobody."""
    offers = problem.offers
    nobody = _unused({*problem.wishes.person.tolist(), *offers.holder.tolist()})
    for one, number, holder in zip(more, _unused(set(offers.id.tolist())), nobody, strict=False):
        one["id"], one["holder"] = number, holder
    columns: dict[str, Any] = {}
    for one_field in fields(Offers):
        old = getattr(offers, one_field.name)
        if isinstance(old, np.ndarray):
            new = np.array([one.get(one_field.name, 0) for one in more], old.dtype).reshape(-1, *old.shape[1:])
            columns[one_field.name] = np.concatenate([old, new])
        else:
            columns[one_field.name] = (*old, *(None for _one in more)) if old else ()
    return replace(problem, offers=Offers(**columns))


def _unused(known: set[int]) -> Iterator[int]:
    """Numbers below nought that stand for nobody yet, the nearest to it first."""
    return (number for number in count(-1, -1) if number not in known)


def _tried(rules: Rules, answer: Answer, labels: Labels, one: _Wanted, rows: Ints, cancelled: Cancel) -> list[OneMore]:
    """Solve again with so many more: the fewest that let most people do what they want, if they let any."""
    problem = rules.problem
    fits = wanting(rules, int(rows[0]))
    fits = fits[problem.wishes.steps[fits] > 0]
    fits = fits[rules.fine(fits, np.full(len(fits), rows[0]), without=("at_limit",))]
    fresh = rules_pairs(rules, [(fits, np.full(len(fits), row)) for row in rows.tolist()])
    room = np.full(len(problem.offers) - len(labels.offer), -1, np.int32)
    both = labels_with(Labels(labels.wish, np.concatenate([labels.offer, room])), fresh)
    piece = cut(problem, answer.pairs, np.isin(both.wish, both.offer[rows]), rows)
    here = replace(
        fresh,
        wish=np.searchsorted(piece.wishes, fresh.wish).astype(np.int32),
        offer=np.searchsorted(piece.offers, fresh.offer).astype(np.int32),
    )

    def with_so_many(many: int) -> OneMore:
        some = here.only(here.offer < np.searchsorted(piece.offers, rows[0]) + many)
        pairs, _none = with_more(piece.pairs, np.zeros(len(piece.pairs), np.int32), some)
        return _told(piece, one, many, answer.met[piece.wishes], solve(piece.problem, pairs, cancelled=cancelled).met)

    best, low = with_so_many(len(rows)), 1
    while best.people > 0 and low < best.offers:
        middle = with_so_many((low + best.offers) // 2)
        best, low = (middle, low) if middle.people >= best.people else (best, middle.offers + 1)
    return [best] if best.people > 0 else []


def _told(piece: Piece, one: _Wanted, many: int, then: Small, now: Small) -> OneMore:
    """What is gained, from the steps of each wish of the piece that were met then and are met now."""
    wishes = piece.problem.wishes
    person, at = np.unique(wishes.person, return_inverse=True)
    whole = (now >= wishes.steps).astype(np.int64) - (then >= wishes.steps)
    change = np.bincount(at, whole, len(person))
    net, gained = int((change > 0).sum() - (change < 0).sum()), int(now.sum()) - int(then.sum())
    enough = max(int(gained / one.lacking), 1) if gained > 0 else 0
    more = np.flatnonzero(now > then)
    needs = [word for word in words_of(piece.problem, _any(wishes.needs[more])) if _half(piece, word, more)]
    return OneMore(
        kind=piece.problem.words[one.kind],
        group=one.group,
        day=one.day,
        paid=one.paid,
        offers=many,
        people=min(net, enough),
        steps=gained,
        needs=tuple(needs),
    )


def _any(bits: Any) -> int:
    return int(np.bitwise_or.reduce(bits)) if len(bits) else 0


def _half(piece: Piece, word: str, rows: Ints) -> bool:
    bit = np.uint64(1 << piece.problem.words.index(word))
    need: Flags = piece.problem.wishes.needs[rows] & bit != 0
    return bool(2 * need.sum() >= len(rows))
