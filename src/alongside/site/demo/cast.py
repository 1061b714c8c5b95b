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
    first: str = "plans:my_page"  # the page they would open first


WITHOUT_A_SCREEN = "Dilys P."
CARD_WORD = "marmalade"  # Dilys is invented, so her word may stand here
FIELDS = ("key", "name", "what", "email", "first")
CAST = [Member(**{name: one[name] for name in FIELDS if name in one}) for one in load("cast")["person"]]
