"""Keeps the vector file and the list of words in step with what everyone may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.meaning.actions import rebuild
from alongside.ground.meaning.queries import available, digest, vector_file
from alongside.knowing.installed import EVERYTHING
from alongside.knowing.search import due, policy, spelling
from alongside.knowing.search.due import Due


@dataclass(frozen=True)
class Learnt:
    """How many vectors were made or found right, and whether more is left for the next time."""

    known: int = 0
    more: bool = False


def catch_up(
    *,
    by: Actor,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    whole: bool = False,
    wait: bool = False,
) -> Learnt:
    """Bring the vector file up to date: vectors for what is new, and out with what is not for everyone any more.

    `whole` compares with the whole table, as after a start and once a night. After `seconds` it leaves the rest
    for the next time; what is to go out goes first. Where another process is at it, it waits or leaves it to that.
    """
    with vector_file().alone("learning", wait=wait) as mine:
        if not mine:
            return Learnt()
        changes = due.waiting()
        lost = available() and not vector_file().path.exists()
        whole = whole or lost or any(change.record == EVERYTHING for change in changes)
        if not changes and not whole:
            return Learnt()
        known, left, went = _compare(seconds, progress) if whole else _follow(changes, seconds, progress)
        dealt = [change for change in changes if change.record not in left and (change.record or not left)]
        if dealt:
            settle(by=by, changes=dealt)
        spelling.renew(now=went)
        return Learnt(known, bool(left) or len(changes) == due.AT_MOST)


@action("search.settle", may=policy.may_learn)
def settle(*, by: Actor, changes: Sequence[Due]) -> None:
    """Note that the vector file knows these changes by now."""
    due.strike(changes)


def _follow(
    changes: Sequence[Due], seconds: float | None, progress: Callable[[int, int], None] | None
) -> tuple[int, set[int], bool]:
    """Do again what was changed. How many vectors stand, the records that are left, and whether any went."""
    records = sorted({change.record for change in changes})
    texts = due.texts_of(records)
    done = rebuild(texts=texts, gone=set(records) - set(texts), seconds=seconds, progress=progress)
    return len(done), _left(texts, done), len(texts) < len(records)


def _compare(seconds: float | None, progress: Callable[[int, int], None] | None) -> tuple[int, set[int], bool]:
    """Compare all. How many vectors stand, the records that are left, and that any may have gone."""
    kept, there, texts = vector_file().read(), set[int](), dict[int, str]()
    for some in due.all_texts():
        there |= set(some)
        right = kept.of(list(some), [digest(text) for text in some.values()])
        texts |= {pk: text for (pk, text), row in zip(some.items(), right, strict=True) if row is None}
    done = rebuild(texts=texts, only=there, seconds=seconds, progress=progress)
    return len(there) - len(texts) + len(done), _left(texts, done), True


def _left(texts: Mapping[int, str], done: set[int]) -> set[int]:
    """Without a model nothing is left: words alone find it, and the next start compares all again."""
    return set(texts) - done if available() else set()
