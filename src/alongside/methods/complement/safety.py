"""Kinds of help that unpaid people are never asked for, and how to notice them in someone's own words.

The list is the product's rule of safety (personal care, medicines, money, transfers, nights). Noticing errs
on the side of care: a wish wrongly noticed still gets ideas from paid services and the person's own assets.
"""

import re

NOT_FOR_UNPAID = frozenset({"personal_care", "medicines", "handling_money", "transfers", "nights"})

DAY_STARTS, NIGHT_STARTS = 6 * 60, 23 * 60  # minutes after midnight

_WORDS: dict[str, tuple[str, ...]] = {
    "personal_care": (
        r"(?:personal|intimate|continence) care|catheter|toilet(?:ing)?\b",
        r"shower(?:ed|ing)?\b|bath(?:e|ed|ing)\b|feed(?:ing)? (?:me|him|her|tube)\b",
        r"wash(?:ed|ing)? (?:me|myself|my|him|her|and dress)|have a (?:bath|shower|wash)\b",
        r"(?:get|getting) (?:un)?dressed|(?:un)?dress(?:ed|ing)? (?:me|myself|him|her)\b",
    ),
    "medicines": (
        r"medicines?\b|medication|inject(?:ion|ions|ing)?\b|insulin|prescription|dosette",
        r"(?:my|his|her|their|take|taking|with) (?:\w+ )?(?:tablets|pills)\b",
    ),
    "handling_money": (
        r"my (?:money|bills?|bank|cash|pension|benefits|savings|pin)\b|(?:the|online) bank\b|banking|cash\b",
        r"pay(?:ing)? (?:the |my )?bills|pin number",
        r"(?:handl\w+|look\w* after) (?:\w+ )?money|collect\w* (?:\w+ )?pension",
    ),
    "transfers": (
        r"hoist|transfer(?:s|red|ring)?\b|lift(?:ed|ing)? (?:me|him|her)\b",
        r"(?:in and out|out|into) (?:of )?(?:a |the |my |his |her )?(?:bed|bath|chair|wheelchair)\b",
    ),
    "nights": (
        r"overnight|all night|at night|(?:through|during|in) the night|night[- ]?times?\b",
        r"night (?:care|cover|sitt\w+)|sleep(?:ing)?[- ]?(?:in|over)\b",
    ),
}
_FOUND = {task: re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE) for task, words in _WORDS.items()}


def tasks_in(words: str) -> frozenset[str]:
    """The kinds of help named in `words` (English) that unpaid people must not be asked for."""
    return frozenset(task for task, found in _FOUND.items() if found.search(words))
