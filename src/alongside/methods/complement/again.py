"""Between two nights: somebody says no, pauses, changes their limit or promises, and only their own piece is solved
again, while a page waits. A promise is taken off the wish and the offer before anything is solved, so nothing breaks
it; every other piece stays as it is, to the last step.

What is needed to be quick is kept beside the answer (`Standing`). New wishes and offers come in with the nightly run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from alongside.methods.complement.against import wanting
from alongside.methods.complement.by_day import SECONDS, by_day
from alongside.methods.complement.nearby import room_left
from alongside.methods.complement.piece import Labels, cut, labels_of, put_back, with_more
from alongside.methods.complement.problem import OPEN, Answer, Ints, Pairs, Problem, Small
from alongside.methods.complement.rules import Rules

Ids = tuple[int, int]  # of a wish and an offer


@dataclass(frozen=True)
class Standing:
    """An answer as it stands by day: the problem without what is promised, suggestions for the rest of it, which
    piece everything belongs to, the promises themselves (steps by ids of wish and offer) and who said no to what."""

    problem: Problem
    answer: Answer
    labels: Labels
    rules: Rules
    promised: Mapping[Ids, int] = field(default_factory=dict)
    declined: frozenset[Ids] = frozenset()


@dataclass(frozen=True)
class Changes:
    """What happened, by ids: who said no to what (either of the two); the most steps a holder now agrees to in a week
    for an offer (0 while it is paused); steps promised; wishes that are wished no more."""

    declined: frozenset[Ids] = frozenset()
    limits: Mapping[int, int] = field(default_factory=dict)
    promised: Mapping[Ids, int] = field(default_factory=dict)
    withdrawn: frozenset[int] = frozenset()


def standing(problem: Problem, answer: Answer) -> Standing:
    """What is kept of a nightly run, so that any piece is found at once."""
    return Standing(problem, answer, labels_of(problem, answer.pairs), Rules(problem))


def again(before: Standing, changes: Changes, *, seconds: float = SECONDS) -> Standing:
    """The same place after these changes. `seconds` is the longest that choices which are yes or no (one holder for
    all of it, groups) may be searched for, since a page waits. Raises KeyError where an id is not known and
    ValueError where a promise is for more than is wished for or than the holder has left; then nothing is changed."""
    wishes, offers = _touched(before, changes)
    problem = _changed(before, changes)
    declined = before.declined | changes.declined
    fresh = _fresh(before, problem, changes, declined)
    pairs, steps = _without(before, changes.declined)
    pairs, steps = with_more(pairs, steps, fresh)
    labels = labels_with(before.labels, fresh)
    numbers = np.unique(np.concatenate([labels.wish[wishes], labels.offer[offers]]))
    piece = cut(problem, pairs, np.isin(labels.wish, numbers[numbers >= 0]))
    touched = np.isin(piece.wishes, wishes), np.isin(piece.offers, offers)
    solved = by_day(piece.problem, piece.pairs, steps[piece.rows], touched, seconds)
    answer = put_back(replace(before.answer, pairs=pairs, steps=steps), pairs, piece, solved)
    promised = Counter(before.promised)
    promised.update(changes.promised)
    return Standing(problem, answer, labels, before.rules, promised, declined)


def _touched(before: Standing, changes: Changes) -> tuple[Ints, Ints]:
    """The rows of wishes and of offers that the changes speak of."""
    both = [*changes.declined, *changes.promised]
    wishes = {wish for wish, _offer in both} | changes.withdrawn
    offers = {offer for _wish, offer in both} | set(changes.limits)
    return rows_of(before.problem.wishes.id, wishes), rows_of(before.problem.offers.id, offers)


def rows_of(known: Ints, ids: Iterable[int]) -> Ints:
    """The rows of these ids in a table, in the order of the ids. Raises KeyError for one that is not there."""
    wanted = np.array(sorted(ids), np.int64)
    rows = np.searchsorted(known, wanted)
    for row, one in zip(rows.tolist(), wanted.tolist(), strict=True):
        if row >= len(known) or known[row] != one:
            raise KeyError(one)
    return rows


def _changed(before: Standing, changes: Changes) -> Problem:
    """The problem with promises taken off both sides, and with new limits. A promise also counts towards a group."""
    wishes, offers = before.problem.wishes, before.problem.offers
    wanted, limit, taken = wishes.steps.copy(), offers.limit.copy(), offers.taken.copy()
    least, most = offers.least.copy(), offers.most.copy()
    for pk, steps in changes.limits.items():
        limit[rows_of(offers.id, [pk])] = steps
    for (wish_id, offer_id), steps in changes.promised.items():
        (wish,), (offer,) = rows_of(wishes.id, [wish_id]), rows_of(offers.id, [offer_id])
        room = OPEN if limit[offer] >= OPEN else limit[offer] - taken[offer]
        if not 0 < steps <= min(wanted[wish], room):
            raise ValueError(f"{steps} steps are promised; {wanted[wish]} are wished for and {room} are left to give")
        wanted[wish] -= steps
        taken[offer] += 0 if limit[offer] >= OPEN else steps
        if (wish_id, offer_id) not in before.promised:
            least[offer], most[offer] = max(least[offer] - 1, 0), room_left(most[offer], 1)
    wanted[rows_of(wishes.id, changes.withdrawn)] = 0
    offers = replace(offers, limit=limit, taken=taken, least=least, most=most)
    return replace(before.problem, wishes=replace(wishes, steps=wanted), offers=offers)


def _without(before: Standing, declined: frozenset[Ids]) -> tuple[Pairs, Small]:
    """The candidates without those that somebody has said no to, and their steps."""
    pairs, steps = before.answer.pairs, before.answer.steps
    if not declined:
        return pairs, steps
    keep = np.ones(len(pairs), np.bool_)
    for wish, offer in declined:
        (row,), (other,) = rows_of(before.problem.wishes.id, [wish]), rows_of(before.problem.offers.id, [offer])
        first, last = np.searchsorted(pairs.wish, np.array([row, row + 1], pairs.wish.dtype))
        keep[first:last] &= pairs.offer[first:last] != other
    return pairs.only(keep), steps[keep]


def _fresh(before: Standing, problem: Problem, changes: Changes, declined: frozenset[Ids]) -> Pairs:
    """Candidates that an offer lacked because it had too little left. Give and take is looked for at night."""
    rules, known = before.rules, before.answer.pairs
    wishes = problem.wishes
    found: list[tuple[Ints, Ints]] = []
    for offer in rows_of(problem.offers.id, changes.limits).tolist():
        had, has = before.problem.offers.spare[offer], problem.offers.spare[offer]
        rows = wanting(rules, offer) if has > had else np.zeros(0, np.int64)
        needed = np.where(wishes.whole[rows], wishes.steps[rows], 1)
        rows = rows[(needed > had) & (needed <= has) & (wishes.steps[rows] > 0)]
        rows = rows[~np.isin(rows, known.wish[known.offer == offer])]
        rows = rows[rules.fine(rows, np.full(len(rows), offer), without=("at_limit",))]
        no = {wish for wish, one in declined if one == int(problem.offers.id[offer])}
        rows = rows[~np.isin(wishes.id[rows], list(no))]
        found.append((rows, np.full(len(rows), offer)))
    return rules_pairs(rules, found)


def rules_pairs(rules: Rules, found: list[tuple[Ints, Ints]]) -> Pairs:
    """Candidates out of rows of wishes and offers that no rule keeps apart."""
    wish = np.concatenate([np.zeros(0, np.int64), *(rows for rows, _offers in found)])
    offer = np.concatenate([np.zeros(0, np.int64), *(offers for _rows, offers in found)])
    return Pairs(
        wish.astype(np.int32),
        offer.astype(np.int32),
        rules.source(wish, offer),
        rules.place(wish, offer),
        rules.metres(wish, offer).astype(np.int32),
        np.zeros(len(wish), np.bool_),
    )


def labels_with(labels: Labels, fresh: Pairs) -> Labels:
    """The pieces after new candidates have joined some of them."""
    if not len(fresh):
        return labels
    of_wish, of_offer = labels.wish.copy(), labels.offer.copy()
    for offer in np.unique(fresh.offer).tolist():
        theirs = fresh.wish[fresh.offer == offer]
        number = of_offer[offer] if of_offer[offer] >= 0 else max(of_wish.max(), of_offer.max()) + 1
        joined = np.setdiff1d(of_wish[theirs], [-1])
        of_wish[np.isin(of_wish, joined)] = number
        of_offer[np.isin(of_offer, joined)] = number
        of_wish[theirs], of_offer[offer] = number, number
    return Labels(of_wish, of_offer)
