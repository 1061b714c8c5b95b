"""The vector file: one row of 384 small numbers for each record that everyone may see, read from where it lies.

A file is never changed: a new one is written beside it and put in its place, so that every process reads a
whole one, old or new, and notices the new one by its stamp. It holds nothing but record ids, a short digest
of the text each vector was made of, and the vectors. Whatever it proposes is checked again by whoever asks,
so an old file can propose too little but never show too much.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import onnxruntime  # noqa: F401  # before usearch: the other way round, loading it ends the process
from numpy.typing import NDArray
from usearch.index import MetricKind, search

from alongside.ground.meaning.model import SIZE, Vectors

MAGIC = b"ALONGVEC"
FORMAT = 1
HEAD = 64
SCALE = 400.0  # numbers of a unit vector of this model stay within 0.3; what is beyond is cut off
WHOLE = SCALE * SCALE

Small = NDArray[np.int8]


class Near(NamedTuple):
    """A record and the cosine of its text with what was asked."""

    record: int
    cosine: float


def small(vectors: Vectors) -> Small:
    """Unit vectors as whole numbers from -127 to 127."""
    whole: Small = np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)
    return whole


def cosines(some: Vectors, many: Small) -> Vectors:
    """The cosine of one unit vector, or of each row of some, with each of many small ones, by the same sum that
    `nearest` uses: a number for each of the many or, of some, a row of numbers."""
    return np.asarray(many.astype(np.int32) @ small(some).astype(np.int32).T / WHOLE, dtype=np.float32)


def digest(text: str) -> int:
    """A short fingerprint of a text, to tell whether a vector still belongs to what is said now."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Kept:
    """What one file holds: ids in rising order, and for each the digest of its text and its vector."""

    ids: NDArray[np.int64]
    digests: NDArray[np.uint64]
    vectors: Small

    def nearest(self, vector: Vectors, most: int) -> list[Near]:
        """The records whose vectors lie nearest, best first, ties by id. Looks at every one: exact."""
        if not len(self.ids) or most < 1:
            return []
        asked = small(vector)
        found = search(self.vectors, asked, min(most, len(self.ids)), MetricKind.IP, exact=True, threads=1)
        rows = np.sort(np.asarray(found.keys, dtype=np.int64))  # by id: ids rise with rows
        near = cosines(vector, self.vectors[rows])
        order = np.argsort(-near, kind="stable")
        return [Near(int(self.ids[rows[n]]), float(near[n])) for n in order]

    def of(self, records: Sequence[int], digests: Sequence[int]) -> list[int | None]:
        """The row of each record, where the file knows it and its text is still this one."""
        if not len(self.ids) or not records:
            return [None] * len(records)
        rows = np.searchsorted(self.ids, np.asarray(records, np.int64)).clip(max=len(self.ids) - 1)
        same = (self.ids[rows] == np.asarray(records, np.int64)) & (
            self.digests[rows] == np.asarray(digests, np.uint64)
        )
        return [int(row) if good else None for row, good in zip(rows, same, strict=True)]


NOTHING = Kept(np.empty(0, np.int64), np.empty(0, np.uint64), np.empty((0, SIZE), np.int8))


class File:
    """The file at one path: opened when it is new, kept open while it is the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._kept = NOTHING

    def read(self) -> Kept:
        """What stands there now; nothing where there is no file, or it is not one of ours, or it is broken."""
        try:
            with self.path.open("rb") as file:
                status = os.fstat(file.fileno())
                stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
                with self._lock:
                    if stamp != self._stamp:
                        self._kept, self._stamp = _opened(file, status.st_size), stamp
                    return self._kept
        except FileNotFoundError:
            return NOTHING

    def write(self, kept: Kept) -> None:
        """Put a new file in the place of the old one, whole or not at all. The caller holds `alone()`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.new")
        with beside.open("wb") as file:
            file.write((MAGIC + np.array([FORMAT, SIZE, len(kept.ids)], "<u8").tobytes()).ljust(HEAD, b"\0"))
            for part, kind in ((kept.ids, "<i8"), (kept.digests, "<u8"), (kept.vectors, "i1")):
                file.write(np.ascontiguousarray(part, dtype=kind).data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    @contextmanager
    def alone(self, what: str = "writing", wait: bool = True) -> Iterator[bool]:
        """One process at a time, of all that share the folder. False where another is at it and we do not `wait`.
        The lock goes with the process that holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(f".{what}").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


def _opened(file: BinaryIO, size: int) -> Kept:
    head = file.read(HEAD)
    if len(head) < HEAD or not head.startswith(MAGIC):
        return NOTHING
    form, wide, count = (int(one) for one in np.frombuffer(head, "<u8", 3, len(MAGIC)))
    if (form, wide) != (FORMAT, SIZE) or size != HEAD + count * (16 + SIZE) or not count:
        return NOTHING
    whole = np.asarray(np.memmap(file, np.uint8, "r"))  # the plain view is several times quicker to index
    ids, digests = whole[HEAD : HEAD + 8 * count], whole[HEAD + 8 * count : HEAD + 16 * count]
    vectors = whole[HEAD + 16 * count :].view(np.int8).reshape(count, SIZE)
    return Kept(ids.view("<i8"), digests.view("<u8"), vectors)
