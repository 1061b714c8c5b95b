"""Who is making a plan happen: the stop that is worked out from it, beside where the person sees themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.knowing.contributions.models import ContributionState, Way
from alongside.methods.mix import Piece, stop
from alongside.planning.plans.models import Plan
from alongside.planning.plans.queries import Wanted


@dataclass(frozen=True)
class Mix:
    """Five stops with their words; where this plan stands, and where the person placed themselves, if they did."""

    here: int
    placed: int | None
    stops: list[tuple[int, str]]

    @property
    def words(self) -> str:
        return dict(self.stops)[self.here]

    @property
    def differs(self) -> str:
        """Where the person sees it otherwise: their words, to be asked about, never put right."""
        return dict(self.stops)[self.placed] if self.placed and self.placed != self.here else ""


def stops() -> list[tuple[int, str]]:
    """The five stops of the line, in residents' words."""
    return [
        (1, _("Services do it all")),
        (2, _("Services, with some help from people")),
        (3, _("Half and half")),
        (4, _("People, with some help from services")),
        (5, _("People do it all themselves")),
    ]


def mix_of(plan: Plan, wanted: Sequence[Wanted]) -> Mix | None:
    """From what is agreed and goes on; nothing where nobody does anything yet."""
    goes_on = [row.it for one in wanted for row in one.rows if row.it.state == ContributionState.ACCEPTED]
    here = stop(Piece(it.way == Way.SERVICE or it.party.kind == "organisation", it.critical) for it in goes_on)
    return None if here is None else Mix(here, plan.placed, stops())
