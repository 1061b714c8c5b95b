"""Who is who in the invented town, for the links that sign somebody in as one of them."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.site.demo.bank import load


@dataclass(frozen=True)
class Member:
    """One of the cast: what they are here, and the address by which they sign in, if they have one."""

    key: str
    name: str
    what: str
    email: str = ""


WITHOUT_A_SCREEN = "Dilys P."
CARD_WORD = "marmalade"  # Dilys is invented, so her word may stand here
CAST = [Member(one["key"], one["name"], one["what"], one.get("email", "")) for one in load("cast")["person"]]
