"""Write the vector file. Writes no row: the file is made from what stands in the database, and can be made anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

import numpy as np

from alongside.ground.meaning.model import SIZE
from alongside.ground.meaning.queries import available, embed, vector_file
from alongside.ground.meaning.vectors import Kept, Small, digest, small

AT_ONCE = 64
A_WRITING = 2_048  # vectors made between two writings of the file


def rebuild(
    *,
    texts: Mapping[int, str],
    gone: Collection[int] = (),
    only: Collection[int] | None = None,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> set[int]:
    """Give public records the vectors of these texts, and take out those `gone`, or all that are not among `only`.

    Returns the records that now stand with this very text; after `seconds` of making vectors the rest is left
    for the next time. What is taken out goes first, and also where there is no model. Each new file takes the
    place of the old one whole; two who write at once both get their changes in. `progress` hears how many of
    how many were made.
    """
    _put({}, gone, only)
    kept, prints = vector_file().read(), {record: digest(text) for record, text in texts.items()}
    rows = kept.of(list(prints), list(prints.values()))
    done = {record for record, row in zip(prints, rows, strict=True) if row is not None}
    order = sorted(set(texts) - done)
    if not order or not available():
        return done
    began = time.monotonic()
    made: dict[int, tuple[int, Small]] = {}
    for start in range(0, len(order), AT_ONCE):
        if start and seconds is not None and time.monotonic() - began > seconds:
            break
        batch = order[start : start + AT_ONCE]
        vectors = small(embed([texts[record] for record in batch]))
        made |= {record: (prints[record], vector) for record, vector in zip(batch, vectors, strict=True)}
        if len(made) >= A_WRITING:
            done, made = done | _put(made), {}
        if progress:
            progress(start + len(batch), len(order))
    return done | _put(made)


def _put(
    made: Mapping[int, tuple[int, Small]], gone: Collection[int] = (), only: Collection[int] | None = None
) -> set[int]:
    """Write the file anew with these changes, if they change it."""
    file = vector_file()
    with file.alone():
        before = file.read()
        after = _merged(before, made, gone, only)
        if after is not before or not file.path.exists():
            file.write(after)
    return set(made)


def _merged(
    kept: Kept, made: Mapping[int, tuple[int, Small]], gone: Collection[int], only: Collection[int] | None
) -> Kept:
    """What is kept, without what goes and with what is made; the very same where nothing changes."""
    stays = ~np.isin(kept.ids, np.fromiter({*gone, *made}, np.int64))
    if only is not None:
        stays &= np.isin(kept.ids, np.fromiter(only, np.int64))
    if stays.all() and not made:
        return kept
    order = sorted(made)
    vectors = np.stack([made[record][1] for record in order]) if order else np.empty((0, SIZE), np.int8)
    ids = np.concatenate([kept.ids[stays], np.array(order, np.int64)])
    digests = np.concatenate([kept.digests[stays], np.array([made[record][0] for record in order], np.uint64)])
    rising = np.argsort(ids, kind="stable")
    return Kept(ids[rising], digests[rising], np.concatenate([kept.vectors[stays], vectors])[rising])
