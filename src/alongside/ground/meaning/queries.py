"""What the rest of the house asks of meaning: vectors of texts, and which public records are nearest to one.

The vector file lies in the home folder (`vectors.py`). What it proposes is only ever a proposal: whoever asks
checks it against what everyone may see now.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from alongside.ground.meaning.model import SIZE
from alongside.ground.meaning.model import Vectors as Vectors
from alongside.ground.meaning.model import model as _model
from alongside.ground.meaning.vectors import File, Small, cosines, small
from alongside.ground.meaning.vectors import digest as digest

REMEMBERED = 512
FRESH = 4_096  # vectors made on the fly that a process remembers, 400 bytes each
FOLDER = "meaning"
READ = 400  # letters of what is said of something; more takes twice the time and finds no better


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


def is_common(word: str) -> bool:
    """Whether a word in small letters is common English, and so no typing mistake. False where there is no model."""
    model = _model()
    return model is not None and model.is_common(word)


def text_of(title: str, words: str) -> str:
    """What the vector of something on offer is made of: what it is called, and the beginning of what is said of it."""
    return f"{title}. {words[:READ]}" if words else title


def embed_one(text: str) -> Vectors:
    """The vector of one text, remembered for the next time it is asked. Not to be written to."""
    return _one(text)


@lru_cache(REMEMBERED)
def _one(text: str) -> Vectors:
    vector: Vectors = embed([text])[0]
    vector.setflags(write=False)
    return vector


def nearest(vector: Vectors, most: int = 100) -> list[tuple[int, float]]:
    """The public records whose texts mean most nearly the same, as far as the file knows: (record, cosine), best
    first, ties by id. Exact, over all of them. To be checked again before anything is shown."""
    return [(one.record, one.cosine) for one in vector_file().read().nearest(vector, most)]


def likeness(vectors: Vectors, texts: Sequence[tuple[int, str]], most: int = 32) -> list[Vectors | None]:
    """The cosines of each record's text with each of some vectors (rows): from the file where it holds the vector of
    this very text, else made on the spot for the first `most` of those that are left; None for the rest."""
    kept = vector_file().read()
    prints = [digest(text) for _record, text in texts]
    rows = kept.of([record for record, _text in texts], prints)
    missing = [n for n, row in enumerate(rows) if row is None]
    tried = missing[:most] if available() else []
    made = dict(zip(tried, _fresh([(prints[n], texts[n][1]) for n in tried]), strict=True))
    there = [n for n, row in enumerate(rows) if row is not None]
    answer: list[Vectors | None] = [None] * len(texts)
    for places, known in (
        (there, kept.vectors[[row for row in rows if row is not None]]),
        (tried, np.stack(list(made.values())) if made else None),
    ):
        if places and known is not None:
            for n, each in zip(places, cosines(vectors, known), strict=True):
                answer[n] = each
    return answer


def vector_file() -> File:
    """The file of this installation; the same object each time, so that it is opened once."""
    return _file(Path(settings.HOME) / FOLDER / "vectors")


@lru_cache
def _file(path: Path) -> File:
    return File(path)


_fresh_ones: OrderedDict[int, Small] = OrderedDict()
_lock = threading.Lock()


def _fresh(texts: Sequence[tuple[int, str]]) -> list[Small]:
    """Small vectors of (digest, text), made together where this process does not remember them."""
    with _lock:
        there = {key: _fresh_ones[key] for key, _text in texts if key in _fresh_ones}
    new = {key: text for key, text in texts if key not in there}
    if new:
        there |= dict(zip(new, small(embed(list(new.values()))), strict=True))
    with _lock:
        for key, _text in texts:
            _fresh_ones[key] = there[key]
            _fresh_ones.move_to_end(key)
        while len(_fresh_ones) > FRESH:
            _fresh_ones.popitem(last=False)
    return [there[key] for key, _text in texts]
