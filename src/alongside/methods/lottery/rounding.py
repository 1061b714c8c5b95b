"""Makes of a lottery a list of equally likely panels, so that it can be drawn with three ten-sided dice in public.

Each panel is turned into people in such a way that those whom the rules cannot tell apart stand on equally many, give
or take one. After Flanigan, Kehne and Procaccia, "Fair sortition made transparent", NeurIPS 2021, whose roundings by
integer program this replaces by a search of exchanges, which is exact about what it ends with and fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from alongside.methods.lottery.maximin import Lottery
from alongside.methods.lottery.problem import Floats, Ints

PANELS = 1_000
MOST_EXCHANGES = 5_000
ROUND_UP, LITTLE = 1e-6, 1e-9  # a chance so near the next whole panel is that panel; a gain so small is none


@dataclass(frozen=True)
class Panels:
    """Equally likely panels, numbered from 0, each the keys of its members; `on[key]` is on how many each one stands.

    `fingerprint` is a mark of exactly this list, to be published before the draw.
    """

    panels: tuple[tuple[str, ...], ...]
    on: Mapping[str, int]
    fingerprint: str

    def __len__(self) -> int:
        return len(self.panels)

    def least(self, but: frozenset[str] = frozenset()) -> int:
        """On how many panels the least favoured stands, of all but these."""
        return min((many for key, many in self.on.items() if key not in but), default=0)


def equally_likely(lottery: Lottery, many: int = PANELS) -> Panels:
    """A list of so many panels, each as likely as any other, with everybody's chance near what it was.

    The same lottery gives the same list. Every panel keeps every rule. Two people of one kind are on as many panels,
    or one of them is on one more.
    """
    times = _times(lottery, many)
    order = np.repeat(np.arange(len(times)), times)
    salt = lottery.kinds.digest
    order = np.array(sorted(order.tolist(), key=_Shuffled(salt)), np.int64)
    on = {key: 0 for keys in lottery.kinds.keys for key in keys}
    panels = []
    for number, panel in enumerate(order.tolist()):
        members: list[str] = []
        for kind in np.flatnonzero(lottery.panels[panel]).tolist():
            members += _next(lottery.kinds.keys[kind], int(lottery.panels[panel, kind]), on, f"{salt} {number}")
        for key in members:
            on[key] += 1
        panels.append(tuple(sorted(members)))
    return Panels(tuple(panels), on, fingerprint(panels))


def fingerprint(panels: list[tuple[str, ...]]) -> str:
    """SHA-256 of the list as lines `number: key key key`, numbers from 0 and keys in order."""
    lines = [f"{number}: {' '.join(sorted(panel))}" for number, panel in enumerate(panels)]
    return sha256("\n".join(lines).encode()).hexdigest()


class _Shuffled:
    """A key to sort by that nobody chose: equal panels stand apart, and the order is always the same."""

    def __init__(self, salt: str) -> None:
        self.salt, self.seen = salt, dict[int, int]()

    def __call__(self, panel: int) -> bytes:
        self.seen[panel] = self.seen.get(panel, 0) + 1
        return sha256(f"{self.salt} panel {panel} {self.seen[panel]}".encode()).digest()


def _next(keys: tuple[str, ...], many: int, on: Mapping[str, int], salt: str) -> list[str]:
    """Those who were on fewest panels so far; among equals a hash decides, so that the same do not always meet."""
    if many == len(keys):
        return list(keys)
    return sorted(keys, key=lambda key: (on[key], sha256(f"{salt} {key}".encode()).digest()))[:many]


def _times(lottery: Lottery, many: int) -> Ints:
    """How often each panel stands in the list: near `many` times its chance. Exchanges of one panel for another bring
    people's chances as near as they can to what they were, and then lift those below the smallest chance."""
    wanted = lottery.weights * many
    times = np.floor(wanted + ROUND_UP).astype(np.int64)
    rest = many - int(times.sum())
    times[np.argsort(-(wanted - times), kind="stable")[:rest]] += 1
    _come_near(lottery, times, wanted)
    _lift(lottery, times, int(np.floor(lottery.least * many + ROUND_UP)))
    return times


def _come_near(lottery: Lottery, times: Ints, wanted: Floats) -> None:
    """Exchange panels while the sum over people of the squares of what their chances are off gets smaller."""
    shares = lottery.panels / lottery.kinds.many * np.sqrt(lottery.kinds.many)
    off = shares.T @ (times - wanted)
    alike = shares @ shares.T
    size = np.diag(alike)
    apart = size[:, None] + size[None, :] - 2 * alike
    for _exchange in range(MOST_EXCHANGES):
        pull = shares @ off
        gain = apart + 2 * (pull[None, :] - pull[:, None])
        gain[times == 0, :] = np.inf
        out, into = divmod(int(np.argmin(gain)), len(times))
        if gain[out, into] > -LITTLE:
            return
        times[out] -= 1
        times[into] += 1
        off += shares[into] - shares[out]


def _lift(lottery: Lottery, times: Ints, floor: int) -> None:
    """Exchange panels while people come nearer to standing on as many panels as the floor; those who lack most first.

    What a kind lacks weighs by its square, for each person of it.
    """
    kinds = lottery.kinds
    counts = ~kinds.kept
    counts[list(lottery.never)] = False
    many, panels = kinds.many[counts], lottery.panels[:, counts]
    need = many * floor - times @ panels
    for _exchange in range(MOST_EXCHANGES):
        short = need > 0
        if not short.any():
            return
        helpful = np.flatnonzero((panels[:, short] > 0).any(axis=1))
        used = np.flatnonzero(times)
        after = need - panels[helpful][None, :, :] + panels[used][:, None, :]
        lack = (np.maximum(after, 0) ** 2 / many).sum(axis=2)
        out, into = divmod(int(np.argmin(lack)), len(helpful))
        if lack[out, into] >= float((np.maximum(need, 0) ** 2 / many).sum()) - LITTLE:
            return
        times[used[out]] -= 1
        times[helpful[into]] += 1
        need += panels[used[out]] - panels[helpful[into]]
