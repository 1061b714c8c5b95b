"""Kinds of help that unpaid people are never asked for, and how to notice them in someone's own words.

The list is the product's rule of safety (personal care, medicines, money, transfers, nights). Noticing errs
on the side of care: a wish wrongly noticed still gets ideas from paid services and the person's own assets.
"""

import re
import unicodedata

from alongside.methods.complement.safety_words import WORDS

NOT_FOR_UNPAID = frozenset({"personal_care", "medicines", "handling_money", "transfers", "nights"})

DAY_STARTS, NIGHT_STARTS = 6 * 60, 23 * 60  # minutes after midnight

_PATTERNS = {task: "|".join(word for said in by_lang.values() for word in said) for task, by_lang in WORDS.items()}
_FOUND = {task: re.compile(rf"\b(?:{words})", re.IGNORECASE) for task, words in _PATTERNS.items()}


def tasks_in(words: str) -> frozenset[str]:
    """The kinds of help named in `words`, English or Welsh or both, that unpaid people must not be asked for."""
    plain = unicodedata.normalize("NFC", words).replace("’", "'")
    return frozenset(task for task, found in _FOUND.items() if found.search(plain))
