"""The vectors of a lexicon: what people say, what shows on offers, and offers made up, concept after concept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alongside.methods.phrases import Floats

# How much each sort of likeness of a statement counts: to the middle of the sayings, to the nearest sign, and to the
# nearest saying beyond what is usual.
MIDDLE_SAID, BEST_SHOWN, BEST_SAID = 1.5, 0.6, 1.0
USUAL = 0.4

Texts = Sequence[Sequence[str]]


class Meaning:
    """Sayings, signs and made-up offers of every concept by their unit vectors."""

    def __init__(self, said: Texts, shown: Texts, offered: Texts, vectors: Floats) -> None:
        """`vectors` are a row for each text: all that is said, then all that shows, then all offers."""
        spoken, signs = sum(map(len, said)), sum(map(len, shown))
        self._texts = said
        self._said, self._shown, self._offered = np.split(vectors, [spoken, spoken + signs])
        self._offered_at = np.cumsum([0, *map(len, offered)])
        self._said_at = np.cumsum([0, *map(len, said)])
        self._shown_at = np.cumsum([0, *map(len, shown)])
        self._middle_said = _middles(self._said, self._said_at)
        self._middle_shown = _middles(self._shown, self._shown_at)

    def of_statement(self, vector: Floats) -> Floats:
        """How like each concept a statement is."""
        best_said = np.maximum.reduceat(self._said @ vector, self._said_at[:-1])
        best_shown = np.maximum.reduceat(self._shown @ vector, self._shown_at[:-1])
        score = MIDDLE_SAID * (self._middle_said @ vector) + BEST_SHOWN * best_shown
        score = score + BEST_SAID * np.maximum(best_said - USUAL, 0)
        return np.asarray(score, dtype=np.float32)

    def of_offers(self, vectors: Floats) -> Floats:
        """How like the signs of each concept things on offer are: a row for each."""
        best = np.maximum.reduceat(vectors @ self._shown.T, self._shown_at[:-1], axis=1)
        return np.asarray(best + vectors @ self._middle_shown.T, dtype=np.float32)

    def offers(self, n: int) -> Floats:
        """The vectors of the offers made up for one concept."""
        return np.asarray(self._offered[self._offered_at[n] : self._offered_at[n + 1]])

    def nearest(self, n: int, vector: Floats) -> tuple[str, float]:
        """The saying of one concept that a statement is likest to, and its cosine."""
        near = self._said[self._said_at[n] : self._said_at[n + 1]] @ vector
        row = int(np.argmax(near))
        return self._texts[n][row], float(near[row])


def _middles(vectors: Floats, at: NDArray[np.int64]) -> Floats:
    """The middle of each group of unit vectors, of unit length."""
    sums = np.add.reduceat(vectors, at[:-1], axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)
