"""What can be chosen, for one voter: in an order drawn by lot for them, with what they may not choose."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from django.conf import settings

from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import queries as ideas
from alongside.planning.ideas.models import Option


def barred_for(decision: Decision, voter: Party, options: Mapping[int, int]) -> frozenset[int]:
    """The numbers of the options on which this voter has no choice, because they would gain money by them. `options`
    are rows by their numbers."""
    barred = ideas.barred(decision, voter)
    return frozenset(n for n, pk in options.items() if pk in barred)


def in_their_order(options: Sequence[Option], decision: Decision, voter: Party) -> list[Option]:
    """The options in an order drawn by lot for this voter: no idea gains by standing first. Always the same for the
    same person, on any page and without anything being kept."""
    seed = f"order|{decision.record.key}|{voter.key}".encode()
    return sorted(options, key=lambda option: _lot(seed, option.n))


def _lot(seed: bytes, n: int) -> bytes:
    return hmac.new(settings.TOKEN_PEPPER.encode(), b"%b|%d" % (seed, n), hashlib.sha256).digest()
