"""Typing mistakes: words that nobody here uses are looked for under the nearest spelling that somebody does.

The list of words lies beside the vector file, made from what everyone may see, and is made anew when things
come or go. It proposes only: another spelling is told to somebody only where it found them something.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alongside.ground.meaning.queries import FOLDER, is_common
from alongside.knowing.search import due
from alongside.methods.scoring import stem_of

SHORTEST = 4  # letters; shorter words are as often names and short forms as mistakes
TWO_SLIPS = 8  # from so many letters on two mistakes are forgiven
OTHERS = 2  # spellings tried for one word
EVERY = 600  # seconds between two makings of the list, but for what must go at once
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},30}}")


@lru_cache(1)
def _read(path: Path, _stamp: tuple[int, int]) -> tuple[list[str], frozenset[str]]:
    words = path.read_text(encoding="utf-8").split()
    return words, frozenset(map(stem_of, words))


def spellings(terms: Sequence[str]) -> dict[str, list[str]]:
    """For each word that is no word, the one or two nearest that somebody here uses."""
    path = _path()
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    words, stems = _read(path, (status.st_mtime_ns, status.st_ino))
    found: dict[str, list[str]] = {}
    for term in terms:
        if len(term) < SHORTEST or not term.isalpha() or stem_of(term) in stems or is_common(term):
            continue  # it is used here, or is a word like any other that nobody happens to use
        slips = 2 if len(term) >= TWO_SLIPS else 1
        near = process.extract(term, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        best = sorted(near, key=lambda one: (one[1], one[0][0] != term[0], one[0]))
        if best:
            found[term] = [word for word, slip, _n in best if slip == best[0][1]][:OTHERS]
    return found


def renew(*, now: bool = False) -> None:
    """Make the list anew from all that everyone may see; not more often than every ten minutes, unless `now`."""
    path = _path()
    if not now and path.exists() and time.time() - path.stat().st_mtime < EVERY:
        return
    words: set[str] = set()
    for texts in due.all_texts():
        for text in texts.values():
            words.update(_WORD.findall(text.lower()))
    beside = path.with_name("words.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text("\n".join(sorted(words)), encoding="utf-8")
    beside.replace(path)


def _path() -> Path:
    return Path(settings.HOME) / FOLDER / "words"
