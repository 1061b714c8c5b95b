"""What the rest of the house asks of meaning: vectors of texts, and whether they can be had at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from alongside.ground.meaning.model import SIZE, Vectors
from alongside.ground.meaning.model import model as _model

REMEMBERED = 512


class NoModel(RuntimeError):
    """The meaning model cannot be had here; ask `available()` first."""


def available() -> bool:
    """Whether texts can be turned into vectors. Loads the model the first time, which takes about a second."""
    return _model() is not None


def embed(texts: Sequence[str]) -> Vectors:
    """A row of 384 numbers of unit length for each text; their dot product is the cosine.

    Raises NoModel where there is none.
    """
    model = _model()
    if model is None:
        raise NoModel
    return model.embed(texts) if texts else np.empty((0, SIZE), np.float32)


def embed_one(text: str) -> Vectors:
    """The vector of one text, remembered for the next time it is asked. Not to be written to."""
    return _one(text)


@lru_cache(REMEMBERED)
def _one(text: str) -> Vectors:
    vector: Vectors = embed([text])[0]
    vector.setflags(write=False)
    return vector
