"""The lexicon as it stands: the data files and what the stewards of this place added, ready to be asked.

The vectors of the sayings are made once for each state of the data, in a minute, at set-up (tools/sayings.py),
and kept as a file named by a digest of the texts; every process reads that one. Where set-up made none, the worker
does, under ALONGSIDE_HOME (`get_ready`). No page waits: until they are there, words alone say what is meant.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.db.models import BooleanField, Value

from alongside import frameworks
from alongside.ground.meaning.queries import available, embed, vector_file
from alongside.knowing.lexicon.models import OwnConcept, Part, Phrase
from alongside.methods.lexicon import Concept, Lexicon, texts
from alongside.methods.phrases import Floats

FOLDER = "meaning"
BUILT = Path(__file__).resolve().parent / "built"  # made at set-up (tools/sayings.py)
METHOD = 3  # raise this when the method says something else of the same words, so that all is looked at again
KEPT = 3  # files of earlier states that are left
AT_ONCE = 32  # vectors of what stewards added that a page makes, in about a tenth of a second


class Row(NamedTuple):
    """A concept of their own (key, domain, label, Welsh label), or a phrase (concept, part, language, words)."""

    what: str
    key: str
    second: str
    third: str
    fourth: str
    urgent: bool


@cache
def written() -> tuple[Concept, ...]:
    """Every concept of the data files, in the order of the files."""
    return tuple(_concept(one, file["domain"]) for file in _files() for one in file["concept"])


def _files() -> list[dict[str, Any]]:
    return list(frameworks.load_all("what_matters").values())


def _concept(one: dict[str, Any], domain: str) -> Concept:
    parts = ("ways", "help", "says", "says_cy", "words", "signs", "signs_cy", "offers", "near")
    return Concept(
        key=one["key"],
        domain=domain,
        label=one["label"]["en"],
        label_cy=one["label"].get("cy", ""),
        urgent=bool(one.get("urgent", False)),
        **{part: tuple(one.get(part, ())) for part in parts},
    )


def added() -> tuple[Row, ...]:
    """What stewards added, in one statement: the state of it decides whether anything has to be made anew."""
    own = OwnConcept.objects.filter(gone=False).annotate(what=Value("own"))
    said = Phrase.objects.filter(gone_at=None).annotate(what=Value("phrase"), none=Value(False, BooleanField()))
    both = own.values_list("what", "key", "domain", "label", "label_cy", "urgent").union(
        said.values_list("what", "concept", "part", "lang", "words", "none"), all=True
    )
    return tuple(sorted(Row(*row) for row in both))


@lru_cache(maxsize=4)
def lexicon_of(rows: tuple[Row, ...]) -> tuple[Lexicon, str]:
    """The lexicon with these additions, and the digest of its state. Makes all the vectors that are missing."""
    concepts = merged(written(), rows)
    state = blake2b(repr((METHOD, concepts, available())).encode(), digest_size=8).hexdigest()
    return Lexicon(concepts, vectors(texts(concepts))), state


def lexicon_now(rows: tuple[Row, ...]) -> Lexicon:
    """The lexicon with these additions as it can be had at once: by words alone, and not kept, where making its
    vectors would keep somebody waiting."""
    return lexicon_of(rows)[0] if _is_near(rows) else _by_words(rows)


@lru_cache(maxsize=2)
def _by_words(rows: tuple[Row, ...]) -> Lexicon:
    return Lexicon(merged(written(), rows))


def _is_near(rows: tuple[Row, ...]) -> bool:
    """Whether the vectors are there but for a few. Makes some of those, so that the next one has fewer to wait for."""
    if not available():
        return True
    if not _is_kept():
        return False
    missing = [text for text in _more(rows) if text not in _made]
    _make(missing[:AT_ONCE])
    return len(missing) <= AT_ONCE


def get_ready() -> None:
    """Make and keep the vectors of the data files where they are not kept yet: a minute of CPU, once for each
    state of them. Two who come at once make them once."""
    if available() and not _is_kept():
        with vector_file().alone("sayings"):
            _base()


def _is_kept() -> bool:
    return bool(_base.cache_info().currsize) or _read(_rows()) is not None


def merged(base: Iterable[Concept], rows: Iterable[Row]) -> list[Concept]:
    """The concepts with what stewards added."""
    found = {concept.key: concept for concept in base}
    for row in rows:  # "own" comes before "phrase"
        if row.what == "own":
            found.setdefault(row.key, Concept(row.key, row.second, row.third, row.fourth, urgent=bool(row.urgent)))
        elif row.key in found:
            field = _field(row.second, row.third)
            longer: dict[str, Any] = {field: (*getattr(found[row.key], field), row.fourth)}
            found[row.key] = replace(found[row.key], **longer)
    return list(found.values())


def _field(part: str, lang: str) -> str:
    return {Part.SAYS.value: "says", Part.SIGNS.value: "signs"}[part] + ("_cy" if lang == "cy" else "")


def vectors(rows: list[str]) -> Floats | None:
    """Unit vectors of these texts; None where there is no model. Those of the data files come from their file, and
    only what stewards added is made anew."""
    if not available():
        return None
    place, base = _base()
    _make([text for text in dict.fromkeys(rows) if text not in place and text not in _made])
    return np.stack([base[place[text]] if text in place else _made[text] for text in rows])


@lru_cache(maxsize=4)
def _more(rows: tuple[Row, ...]) -> list[str]:
    """The texts that these additions bring."""
    place, _vectors = _base()
    return [text for text in dict.fromkeys(texts(merged(written(), rows))) if text not in place]


@cache
def _rows() -> list[str]:
    return list(dict.fromkeys(texts(written())))


@cache
def _base() -> tuple[dict[str, int], Floats]:
    """The vectors of the data files, and where each text stands among them."""
    return {text: n for n, text in enumerate(_rows())}, kept(_rows())


_made: dict[str, Floats] = {}  # of what stewards added, for as long as this process runs


def _make(rows: list[str]) -> None:
    _made.update(zip(rows, embed(rows), strict=True))


def kept(rows: list[str]) -> Floats:
    """The vectors of these texts from their file, or made and kept where there is none or it is broken."""
    found = _read(rows)
    if found is None:
        found = embed(rows)
        _keep(_folders()[0] / _name(rows), found)
    return found


def _read(rows: list[str]) -> Floats | None:
    for folder in _folders():
        try:
            found = np.load(folder / _name(rows))
        except (OSError, ValueError, EOFError):
            continue
        if found.shape[0] == len(rows):
            return np.asarray(found, dtype=np.float32)
    return None


def _name(rows: list[str]) -> str:
    return f"sayings-{blake2b(chr(10).join(rows).encode(), digest_size=12).hexdigest()}.npy"


def _folders() -> list[Path]:
    """Where the file may be: one shared by several homes (tests), this home's own, and the one that set-up made.
    The first of them is where a new one is kept."""
    shared = os.environ.get("ALONGSIDE_SAYINGS", "")
    return [*([Path(shared)] if shared else []), Path(settings.HOME) / FOLDER, BUILT]


def rows() -> list[str]:
    """Every text of the data files whose vector is wanted, each once."""
    return list(_rows())


def keep_built(folder: Path, said: list[str], made: Floats) -> None:
    """Keep what set-up made, in place of what an earlier state of the files left there."""
    for old in folder.glob("sayings-*.npy"):
        old.unlink(missing_ok=True)
    _keep(folder / _name(said), made)


def _keep(path: Path, made: Floats) -> None:
    """Write the file whole and leave only a few earlier ones; a folder that cannot be written is no fault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
            np.save(file, made.astype(np.float16))
        Path(file.name).replace(path)
        old = sorted(path.parent.glob("sayings-*.npy"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]
        for one in old:
            one.unlink(missing_ok=True)
    except OSError:
        return
