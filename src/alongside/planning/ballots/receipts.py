"""The receipt: two words with a number between them, which only the voter has and which is the way to their ballot.

2,048 words, a number from 10 to 99, 2,048 words: 377 million receipts, 28.5 bits (docs/decisions/0018).
"""

from __future__ import annotations

import re
import secrets
from functools import cache

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from alongside import frameworks
from alongside.ground.history.acting import Fault
from alongside.ground.people.queries import hash_token
from alongside.planning.ballots.models import Ballot
from alongside.planning.decisions.models import Decision

LEAST, MOST = 10, 99
PARTS = re.compile(r"[^\W\d_]+|\d+")


@cache
def words() -> tuple[str, ...]:
    """Our own words, each unlike the others by two letters at least."""
    return tuple(frameworks.load("receipt_words")["words"].split())


def draw() -> str:
    """A receipt by lot: "heron 42 plum"."""
    number = LEAST + secrets.randbelow(MOST - LEAST + 1)
    return f"{secrets.choice(words())} {number} {secrets.choice(words())}"


def fresh(decision: Decision) -> str:
    """A receipt that no ballot of this decision has."""
    while True:
        receipt = draw()
        if not Ballot.objects.filter(pk__in=keys_of(decision, receipt)).exists():
            return receipt


def plain(text: str) -> str:
    """A receipt as somebody typed it, in its one form. Raises Fault, and says which word it could have been."""
    parts = PARTS.findall(text[:200].casefold())
    if len(parts) != 3 or not parts[1].isascii() or not parts[1].isdigit() or len(parts[1]) != 2:
        raise Fault("receipt", _("A receipt is a word, a number of two figures and a word, such as heron 42 plum"))
    known = _known()
    for word in (parts[0], parts[2]):
        if word not in known:
            near = process.extractOne(word, words(), scorer=DamerauLevenshtein.distance, score_cutoff=2)
            if near is None:
                raise Fault("receipt", _("“%(word)s” is in no receipt. Look at it again.") % {"word": word})
            said = {"word": word, "near": near[0]}
            raise Fault("receipt", _("“%(word)s” is in no receipt. Could it be “%(near)s”?") % said)
    return " ".join(parts)


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def key_of(decision: Decision, receipt: str, *, paper: bool = False) -> str:
    """The key of the ballot that a receipt leads to: a keyed hash, so that a copied database leads nowhere.

    Looking it up takes as long whether or not there is one. The number of a paper ballot leads to another key than the
    same words on a screen, so that nobody who has seen the paper can change it.
    """
    return hash_token(f"{'paper' if paper else 'screen'} ballot|{decision.record.key}|{receipt}")


def keys_of(decision: Decision, receipt: str) -> tuple[str, str]:
    """Both keys that the words of a receipt could lead to."""
    return key_of(decision, receipt), key_of(decision, receipt, paper=True)
