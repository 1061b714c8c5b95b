"""Candidates: which offer could serve which wish at all, for a whole place at once.

Nothing is a candidate that a rule forbids (`rules`). Of what is left, one's own things always are, and of each other
source the nearest few: more from the sources that the person wants looked at first, as many unpaid as paid, so that
a new neighbour never pushes a service out of sight. What has no place may be anywhere and has as many places of its
own. Work grows with wishes and offers, not with their product. Serves: Field and Miller, chapter 6 and table 9.1.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from alongside.methods.complement.model import BOOK_ORDER
from alongside.methods.complement.near import FARTHEST, rows_in_order, unrolled
from alongside.methods.complement.problem import RULED_OUT, Flags, Ints, Pairs, Problem
from alongside.methods.complement.rules import Rows, Rules, among
from alongside.methods.complement.shelves import BANDS, Anywhere, Found, Look, Near, Shelf, first_few
from alongside.methods.complement.watching import Cancel, Progress, never, unheard, unless

QUOTA = (15, 5, 2, 2)  # of the first source of others in a person's order, the second, and so on
ALL = (1 << 40,)
BLOCK = 40_000  # wishes looked at together


def candidates(
    problem: Problem,
    *,
    most: tuple[int, ...] | None = QUOTA,
    wishes: Ints | None = None,
    progress: Progress = unheard,
    cancelled: Cancel = never,
) -> Pairs:
    """All candidates, ordered as `Pairs` says. `most` is how many of each source at most, by the place of the source
    in the person's order (one's own apart), paid and unpaid each, with a known way and without each; None for all
    that the rules allow. `wishes` looks for these rows only. Offers with nothing left to give, or too little for a
    wish that needs one holder, are no candidates. Of equally near ones those come first whose drawn number follows
    the wish's own (see `near`): always the same, and not the same few for everybody. `progress` and `cancelled` are as
    in `run.solve`, for each block of wishes. Raises Cancelled."""
    unless(cancelled)
    search = _Search(problem, most or ALL)
    rows = np.arange(len(problem.wishes)) if wishes is None else np.unique(wishes)
    columns: dict[str, list[Any]] = {one.name: [] for one in fields(Pairs)}
    for start in range(0, max(len(rows), 1), BLOCK):
        unless(cancelled)
        some = search.pairs(rows[start : start + BLOCK])
        for name, column in columns.items():
            column.append(getattr(some, name))
        progress(min((start + BLOCK) / max(len(rows), 1), 1.0))
    return Pairs(*(np.concatenate(columns.pop(name)) for name in list(columns)))  # each let go as soon as it is joined


class _Search:
    """One search through a problem, block by block of wishes."""

    def __init__(self, problem: Problem, most: tuple[int, ...]) -> None:
        self.problem, self.wishes, self.offers = problem, problem.wishes, problem.offers
        self.rules = Rules(problem)
        self.look = Look(self.rules, most)
        self.near, self.anywhere, self.all = self._shelves()
        self.of_holder = np.argsort(self.rules.holder, kind="stable")
        self.of_person = np.argsort(self.rules.person, kind="stable")
        self.wants, self.gives = (np.zeros(len(self.rules.people), np.uint64) for _ in range(2))
        np.bitwise_or.at(self.wants, self.rules.person, self.wishes.kinds)
        np.bitwise_or.at(self.gives, self.rules.holder, self.offers.kinds)
        w, o = problem.meant.astype(np.int64).T
        self.meant_people = np.unique(self.rules.person[w] * len(self.rules.people) + self.rules.holder[o])

    def _shelves(self) -> tuple[list[Shelf], list[Shelf], list[Shelf]]:
        """Offers with a place, without one, and both: each by source and book."""
        offers, rules = self.offers, self.rules
        unpaid = ~offers.paid & ~rules.not_unpaid & ~rules.asked
        band = np.searchsorted(BANDS, offers.reach)
        kept: tuple[list[Shelf], list[Shelf], list[Shelf]] = [], [], []
        for source in BOOK_ORDER[1:]:
            for paid, may in ((False, unpaid), (True, offers.paid)):
                these = may & (rules.spare > 0) & (offers.source == source)
                there = these & self.look.there
                makes = [(Near, there & (band == n), kept[0]) for n in range(len(BANDS) + 1)]
                for make, which, shelf in [*makes, (Anywhere, these & ~there, kept[1]), (Anywhere, these, kept[2])]:
                    if which.any():
                        shelf.append(make(self.look, int(source), paid, np.flatnonzero(which)))
        return kept

    def pairs(self, rows: Ints) -> Pairs:
        """The candidates of these wishes (rows in rising order)."""
        there, nowhere = self._sorted_by_place(rows)
        found = [self._own(rows), self._meant(rows)]
        found += [one for shelf in (*self.near, *self.anywhere) for one in shelf.find(there)]
        found += [one for shelf in self.all for one in shelf.find(nowhere)]
        w, o = (np.concatenate(part) for part in zip(*found, strict=True))
        few = self._within_quota(w, o)
        w, o = w[few], o[few]
        place, metres = self.rules.place(w, o), self.rules.metres(w, o)
        order = rows_in_order(((w - rows[:1]) * RULED_OUT + place) * FARTHEST + metres, o)
        w, o = w[order], o[order]
        wish, offer, way = (one.astype(np.int32) for one in (w, o, metres[order]))
        return Pairs(wish, offer, self.rules.source(w, o), place[order], way, self._mutual(w, o))

    def _sorted_by_place(self, rows: Rows) -> Found:
        """Wishes with a place, neighbours beside each other (which makes looking up faster), and those without."""
        here = self.look.here[rows]
        there, nowhere = rows[here], rows[~here]
        band = np.floor(self.wishes.lat[there] * 50).astype(np.int64)
        return there[np.lexsort((self.wishes.lng[there], band))], nowhere

    def _own(self, rows: Rows) -> Found:
        """What people have themselves, and wish for."""
        whose, o = joined(self.rules.person[rows], self.rules.holder, self.of_holder)
        w = rows[whose]
        fits = np.flatnonzero(self.rules.wanted(w, o))
        fits = fits[self.rules.fine(w[fits], o[fits])]
        return w[fits], o[fits]

    def _meant(self, rows: Rows) -> Found:
        """What search found alike though no kind says so."""
        w, o = self.problem.meant.astype(np.int64).T
        only = np.isin(w, rows) & (self.wishes.kinds[w] & self.offers.kinds[o] == 0) & ~self.rules.own(w, o)
        some = np.flatnonzero(only)
        some = some[self.rules.fine(w[some], o[some])]
        return w[some], o[some]

    def _within_quota(self, w: Rows, o: Rows) -> Flags:
        """The nearest few of each source, book and whether the way is known; one's own are all kept."""
        others, many = np.flatnonzero(~self.rules.own(w, o)), len(w)
        w, o = w[others], o[others]
        source, known = self.offers.source[o].astype(np.int64), self.look.here[w] & self.look.there[o]
        key = ((w.astype(np.int64) * 8 + source) * 2 + self.offers.paid[o]) * 2 + known
        _, first, whose = np.unique(key, return_index=True, return_inverse=True)
        enough = self.look.enough(w[first], source[first])
        kept = np.ones(many, np.bool_)
        kept[others] = first_few(whose, self.rules.metres(w, o), self.look.turn(w, o), o, enough)
        return kept

    def _mutual(self, w: Rows, o: Rows) -> Flags:
        """Whether the holder has a wish that something of this person's could serve."""
        rules, many = self.rules, len(self.rules.people)
        person, holder = rules.person[w], rules.holder[o]
        alike = among(holder * many + person, self.meant_people)
        maybe = (person != holder) & (alike | (self.gives[person] & self.wants[holder] != 0))
        keys = np.unique(person[maybe] * many + holder[maybe])
        both: list[Ints] = [keys[:0]]
        for start in range(0, len(keys), BLOCK):
            some = keys[start : start + BLOCK]
            wish_of, their = joined(some % many, rules.person, self.of_person)
            offer_of, mine = joined(some[wish_of] // many, rules.holder, self.of_holder)
            key, their = some[wish_of[offer_of]], their[offer_of]
            fits = np.flatnonzero(rules.wanted(their, mine))
            both.append(np.unique(key[fits[rules.fine(their[fits], mine[fits])]]))
        return among(person * many + holder, np.concatenate(both))


def joined(asked: Ints, keys: Ints, order: Ints) -> tuple[Ints, Ints]:
    """For each key asked for all rows that have it (`order` sorts `keys`): which asker, and the row."""
    known = keys[order]
    low, high = (np.searchsorted(known, asked, side) for side in ("left", "right"))
    whose, at = unrolled(low[np.newaxis], (high - low)[np.newaxis])
    return whose, order[at]
