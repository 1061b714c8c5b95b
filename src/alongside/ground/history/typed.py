"""Words that somebody typed, as they are kept: clean, and neither missing nor too long. For actions of any kit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault

LONGEST = 5_000  # letters
# Letters that turn the writing round until something stops them: at the end of a name they would turn round the rest of
# whatever sentence it stands in. What is written from right to left needs none of them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0])


def words_of(words: str, field: str = "words", missing: str = "", longest: int = LONGEST) -> str:
    """Somebody's words in as many lines as they wrote. Raises Fault, about `field`, where there are none and
    `missing` says what to write, and where they are more than `longest` letters. PostgreSQL keeps no NUL."""
    words = words.translate(TURNING).strip()
    if not words and missing:
        raise Fault(field, missing)
    if len(words) > longest:
        said = _("That is too long to keep here. Use %(most)s letters or fewer.")
        raise Fault(field, said % {"most": f"{longest:,}"})
    return words


def one_line(words: str, longest: int | None = None) -> str:
    """The same in one line, with single spaces; cut after `longest` letters."""
    return " ".join(words.translate(TURNING).split())[:longest]
