"""How one value stands in a cell, and comes back as it was: no cell of ours is ever worked out as a formula.

A text that begins like a formula (OWASP: = + - @ tab, line ends, and their full-width sisters) gets an apostrophe in
front; a text that begins with an apostrophe and such a sign gets one too, so that reading takes away what was added
and nothing else. Signs that a spreadsheet file cannot hold are written as _xHHHH_, as its own standard does.
"""

from __future__ import annotations

import re

DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠→")  # the arrow marks the row of guidance in a template
ARROW = "→ "  # opens each cell of a template's row of guidance, which reading passes over
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,20})?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
ESCAPED = re.compile(r"_x([0-9a-fA-F]{4})_")


def safe(text: str) -> str:
    """The text as a cell may hold it."""
    if not text or NUMBER.fullmatch(text):
        return text
    if text[0] in DANGEROUS or (text[0] == "'" and len(text) > 1 and text[1] in DANGEROUS | {"'"}):
        return f"'{text}"
    return text


def unsafe(text: str) -> str:
    """What `safe` was given."""
    if len(text) > 1 and text[0] == "'" and text[1] in DANGEROUS | {"'"}:
        return text[1:]
    return text


def escaped(text: str) -> str:
    """Without signs that XML cannot hold; what looks like an escape already is escaped itself."""
    text = ESCAPED.sub(lambda found: f"_x005F_x{found[1]}_", text)
    return CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return ESCAPED.sub(lambda found: _letter(int(found[1], 16)), text)


def _letter(code: int) -> str:
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def folded(text: str) -> str:
    """On one line: line ends and backslashes written out, so that lines can carry lists."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def unfolded(text: str) -> str:
    """What `folded` was given."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), text, flags=re.DOTALL)
