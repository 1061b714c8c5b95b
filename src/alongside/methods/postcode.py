"""What somebody may mean who types a postcode, or half of one: any case, any spacing, O for 0 and I for 1 forgiven.

The forms are those of the Royal Mail: an outward half (A9, A99, AA9, AA99, A9A, AA9A), then a digit and two letters.
Whether a postcode exists is for the table to say; here is only how one is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

OUTWARD = ("A9", "AA9", "A99", "AA99", "A9A", "AA9A")  # the commonest first, within one length
INWARD = "9AA"
LONGEST = 40  # letters that are looked at, with all the gaps somebody may leave
LETTER, DIGIT = {"0": "O", "1": "I"}, {"O": "0", "I": "1"}


class Reading(NamedTuple):
    """One way to read what was typed: how the code begins, how long a whole one of its kind is, and how it is written.

    `mended` letters were taken for digits, or digits for letters.
    """

    start: str
    length: int
    shown: str
    mended: int

    @property
    def whole(self) -> bool:
        return len(self.start) == self.length


def tidy(words: str) -> str:
    """Capitals without gaps, hyphens, full stops and marks that nobody sees; empty for what cannot be a postcode."""
    if len(words) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", words).upper()
    kept = "".join(sign for sign in plain if sign not in " -." and unicodedata.category(sign) not in ("Cf", "Cc", "Zs"))
    return kept if kept.isascii() and kept.isalnum() and len(kept) <= 7 else ""


def exact(words: str) -> str:
    """The code of a whole postcode that is written as it should be, in capitals without its space; else empty."""
    code = words.strip().replace(" ", "").upper() if len(words) <= LONGEST else ""
    if not (5 <= len(code) <= 7 and code.isascii()):
        return ""
    shape = "".join("9" if sign.isdigit() else "A" if sign.isalpha() else "?" for sign in code)
    return code if shape[-3:] == INWARD and shape[:-3] in OUTWARD else ""


def shown(code: str) -> str:
    """A whole code as people write it."""
    return f"{code[:-3]} {code[-3:]}"


def has_digit(words: str) -> bool:
    """Whether there is a digit in it: a word of letters alone may be a postcode, but is no sign of one."""
    return any(sign.isdigit() for sign in words)


def readings(words: str) -> list[Reading]:
    """Every way to read these words as a postcode or as half of one, the likeliest first; empty where there is none.

    Whole ones come before halves; then what needs least mending; then what the gap somebody left speaks for. A word
    of letters alone is never half of one.
    """
    code = tidy(words)
    halves = _half(code) if has_digit(code) else ()
    gap = {len(tidy(words[:at])) for at, sign in enumerate(words) if sign == " "}
    found = [*_whole(code), *halves]
    order = [(not one.whole, one.mended, len(one.shown.partition(" ")[0]) not in gap and bool(gap)) for one in found]
    ranked = [one for _rank, one in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]
    return list({(one.start, one.length): one for one in reversed(ranked)}.values())[::-1]


def _whole(code: str) -> Iterator[Reading]:
    last = _as(code[-3:], INWARD)
    for form in OUTWARD:
        first = _as(code[:-3], form)
        if first and last:
            start = first + last
            yield Reading(start, len(start), shown(start), _mended(code, start))


def _half(code: str) -> Iterator[Reading]:
    """The outward half alone, or with the first one or two of the inward half."""
    for rest in ("", "9", "9A"):
        cut = len(code) - len(rest)
        last = _as(code[cut:], rest)
        for form in OUTWARD:
            first = _as(code[:cut], form)
            if first and last is not None:
                said = f"{first} {last}".strip()
                yield Reading(first + last, len(first) + 3, said, _mended(code, first + last))


def _as(signs: str, form: str) -> str | None:
    """The signs as letters and digits of this form, with O and 0, I and 1 taken for each other; None if they do not."""
    if len(signs) != len(form):
        return None
    read = [_digit(sign) if want == "9" else _letter(sign) for sign, want in zip(signs, form, strict=True)]
    return "".join(read) if all(read) else None


def _digit(sign: str) -> str:
    return sign if sign.isdigit() else DIGIT.get(sign, "")


def _letter(sign: str) -> str:
    return sign if sign.isalpha() else LETTER.get(sign, "")


def _mended(code: str, read: str) -> int:
    return sum(one != other for one, other in zip(code, read, strict=True))
