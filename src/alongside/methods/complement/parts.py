"""Falling apart: the pieces of a whole place's candidates that have nothing to do with one another.

What one piece decides leaves every other piece as it is, so each is solved alone, and when somebody declines only
their own piece is solved again. Serves the best complementary use of all assets (Field and Miller, table 9.1).
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from alongside.methods.complement.problem import Flags, Ints, Pairs, Small


class Part(NamedTuple):
    """One piece: rows of wishes, of offers and of pairs, each in rising order."""

    wishes: Ints
    offers: Ints
    pairs: Ints


def parts(pairs: Pairs, n_wishes: int, n_offers: int, among: Flags | None = None) -> list[Part]:
    """The connected pieces of these candidates (of those `among` them, if given), in the order of their first wish.
    Wishes and offers without any pair are in none. `pairs` are ordered by wish; the same pairs give the same pieces.
    Source: a breadth-first search of the graph of wishes and offers (SciPy)."""
    rows = None if among is None or among.all() else np.flatnonzero(among)
    wish, offer = (pairs.wish, pairs.offer) if rows is None else (pairs.wish[rows], pairs.offer[rows])
    if not len(wish):
        return []
    label = _labels(wish, offer, n_wishes, n_offers)
    known = np.flatnonzero(np.bincount(wish, minlength=n_wishes))
    found, first = np.unique(label[known], return_index=True)
    piece = np.full(int(label.max()) + 1, -1, np.int32)
    piece[found[np.argsort(first)]] = np.arange(len(found))
    of_wish, of_offer = piece[label[:n_wishes]], piece[label[n_wishes:]]
    split = [_split(each, len(found)) for each in (of_wish, of_offer, of_wish[wish])]
    back = split[2] if rows is None else [rows[each] for each in split[2]]
    return [Part(*each) for each in zip(split[0], split[1], back, strict=True)]


def _labels(wish: Small, offer: Small, n_wishes: int, n_offers: int) -> Small:
    """A number for each wish and, after them, each offer: the same where a way leads from one to the other."""
    ends = np.full(n_wishes + n_offers + 1, len(wish), np.int32)
    ends[0] = 0
    ends[1 : n_wishes + 1] = np.cumsum(np.bincount(wish, minlength=n_wishes))
    graph = csr_array((np.ones(len(wish), np.int8), offer + np.int32(n_wishes), ends), shape=(len(ends) - 1,) * 2)
    label: Small = connected_components(graph, directed=False)[1]
    return label


def _split(piece: Small, pieces: int) -> list[Ints]:
    """The rows of each piece, rising; rows of no piece (-1) are left out."""
    order = np.argsort(piece, kind="stable")
    ends = np.searchsorted(piece, np.arange(pieces + 1), sorter=order)
    return [order[start:end] for start, end in pairwise(ends)]
