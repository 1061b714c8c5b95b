"""The draw: a number below the number of panels, from a seed that was committed to, or given by the public.

Anybody can do it again: SHA-256 of `seed|fingerprint`, read as one large number, and what is left of it when it is
divided by the number of panels. The fingerprint stands in it so that no seed can be looked for beforehand.
"""

from __future__ import annotations

from hashlib import sha256


def commitment(seed: str) -> str:
    """What to publish before, so that the seed cannot be exchanged: the SHA-256 of its UTF-8 letters."""
    return sha256(seed.encode()).hexdigest()


def keeps_word(seed: str, committed: str) -> bool:
    """Whether this is the seed that was committed to."""
    return commitment(seed) == committed


def number(seed: str, fingerprint: str, panels: int) -> int:
    """Which panel is drawn, from 0. Not quite every number is equally likely, but the difference is under 1 in
    10 to the 70th. Raises ValueError where there is no panel."""
    if panels < 1:
        raise ValueError("There is no panel to draw.")
    return int(sha256(f"{seed}|{fingerprint}".encode()).hexdigest(), 16) % panels
