"""The lexicon as it stands: the data files and what the stewards of this place added, ready to be asked.

The vectors of the sayings are made once for each state of the data, in a few seconds, and kept as a file under
ALONGSIDE_HOME named by a digest of the texts; every process reads that one.
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
from alongside.ground.meaning.queries import available, embed
from alongside.knowing.lexicon.models import OwnConcept, Part, Phrase
from alongside.methods.lexicon import Concept, Floats, Lexicon, texts

FOLDER = "meaning"
METHOD = 1  # raise this when the method says something else of the same words, so that all is looked at again
KEPT = 3  # files of earlier states that are left


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
    parts = ("ways", "help", "says", "says_cy", "signs", "signs_cy", "near")
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
    """The lexicon with these additions, and the digest of its state."""
    concepts = merged(written(), rows)
    state = blake2b(repr((METHOD, concepts, available())).encode(), digest_size=8).hexdigest()
    return Lexicon(concepts, vectors(texts(concepts))), state


def merged(base: Iterable[Concept], rows: Iterable[Row]) -> list[Concept]:
    """The concepts with what stewards added."""
    found = {concept.key: concept for concept in base}
    for row in rows:  # "own" comes before "phrase"
        if row.what == "own":
            found.setdefault(row.key, Concept(row.key, row.second, row.third, row.fourth, urgent=bool(row.urgent)))
        elif row.key in found:
            field = _field(row.second, row.third)
            found[row.key] = replace(found[row.key], **{field: (*getattr(found[row.key], field), row.fourth)})
    return list(found.values())


def _field(part: str, lang: str) -> str:
    return {Part.SAYS.value: "says", Part.SIGNS.value: "signs"}[part] + ("_cy" if lang == "cy" else "")


def vectors(rows: list[str]) -> Floats | None:
    """Unit vectors of these texts; None where there is no model. Those of the data files come from their file, and
    only what stewards added is made anew."""
    if not available():
        return None
    place, base = _base()
    new = tuple(text for text in dict.fromkeys(rows) if text not in place)
    more, added = _more(new), {text: n for n, text in enumerate(new)}
    return np.stack([base[place[text]] if text in place else more[added[text]] for text in rows])


@cache
def _base() -> tuple[dict[str, int], Floats]:
    """The vectors of the data files, and where each text stands among them."""
    rows = list(dict.fromkeys(texts(written())))
    return {text: n for n, text in enumerate(rows)}, kept(rows)


@lru_cache(maxsize=4)
def _more(rows: tuple[str, ...]) -> Floats:
    return embed(rows)


def kept(rows: list[str]) -> Floats:
    """The vectors of these texts from their file, or made and kept where there is none or it is broken."""
    name = blake2b("\n".join(rows).encode(), digest_size=12).hexdigest()
    for folder in _folders():
        path = folder / f"sayings-{name}.npy"
        if path.exists():
            try:
                found = np.load(path)
            except (OSError, ValueError, EOFError):
                continue
            if found.shape[0] == len(rows):
                return np.asarray(found, dtype=np.float32)
    made = embed(rows)
    _keep(_folders()[0], name, made)
    return made


def _folders() -> list[Path]:
    """Where the file is kept, and, first, where one kept for several homes may be (tests share theirs)."""
    shared = os.environ.get("ALONGSIDE_SAYINGS", "")
    return [Path(shared), Path(settings.HOME) / FOLDER][0 if shared else 1 :]


def _keep(folder: Path, name: str, made: Floats) -> None:
    """Write the file whole and leave only a few earlier ones; a folder that cannot be written is no fault."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".new", delete=False) as file:
            np.save(file, made.astype(np.float16))
        Path(file.name).replace(folder / f"sayings-{name}.npy")
        old = sorted(folder.glob("sayings-*.npy"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]
        for path in old:
            path.unlink(missing_ok=True)
    except OSError:
        return
