"""What was found with everybody's wishes in mind, on a plan's own page: with its reasons, or what is missing.

Another kit says what was found (`found_by`); here it is held against what the reader may see now, by the rules of
`methods/complement`. A reason speaks of nothing else, so what has been taken back is in no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alongside.ground.history.actor import Actor
from alongside.knowing.outcomes.models import Outcome
from alongside.methods import complement
from alongside.methods.complement.missing import unmet
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.problem import STEP, Answer, Problem, problem_of
from alongside.methods.complement.reasons import Told, ideas
from alongside.planning.plans.because import before_said, instead_said, missing_said, why_said

Finds = Callable[[Actor, Outcome], Mapping[int, int]]
Nothing = Callable[[Actor, Outcome], bool]
_FINDS: list[tuple[Finds, Nothing]] = []
SAID_ALREADY = frozenset({"yours", "kind", "words", "near", "access_met", "access_unknown", "open_door", "has_room"})


def found_by(finds: Finds, nothing: Nothing) -> None:
    """Let another kit say what it found for a wish, as minutes by asset, as far as this viewer may see it; and whether
    it looked and there was nothing. Called once at start-up."""
    if (finds, nothing) not in _FINDS:
        _FINDS.append((finds, nothing))


def found(viewer: Actor, outcome: Outcome) -> dict[int, int]:
    """Minutes of a week by asset."""
    return {asset: minutes for finds, _nothing in _FINDS for asset, minutes in finds(viewer, outcome).items()}


def looked_in_vain(viewer: Actor, outcome: Outcome) -> bool:
    """Whether it was looked for with everybody in mind, and nothing was found."""
    return any(nothing(viewer, outcome) for _finds, nothing in _FINDS)


@dataclass(frozen=True)
class Everybody:
    """Ideas for one wish, and what to say where there is none."""

    ideas: tuple[Told, ...]
    missing: tuple[str, ...]


def with_reasons(
    wish: complement.Wish,
    offers: Sequence[complement.Offer],
    fixed: complement.Fixed,
    meant: Sequence[int],
    minutes: Mapping[int, int],
) -> Everybody:
    """The ideas that still can be, each with its reasons, and what is missing for this wish. `meant` are the offers
    that could help at all; `minutes` what was found. What a rule forbids by now, or has no room, is left out."""
    problem = problem_of([wish], offers, fixed, meant=[(wish.id, offer) for offer in meant])
    answer = _answer(problem, minutes)
    gaps = unmet(problem, answer)
    return Everybody(
        tuple(one for one in ideas(problem, answer).ideas if isinstance(one, Told)),
        tuple(line for gap in gaps for line in missing_said(gap)),
    )


def _answer(problem: Problem, minutes: Mapping[int, int]) -> Answer:
    """What was found, as far as each offer still has time."""
    pairs = candidates(problem, most=None)
    wanted = np.array([minutes.get(pk, 0) // STEP for pk in problem.offers.id[pairs.offer].tolist()], np.int32)
    steps = np.minimum(wanted, problem.offers.spare[pairs.offer]).astype(np.int32)
    met = np.minimum(steps.sum(dtype=np.int32), problem.wishes.steps).astype(np.int32)
    return Answer(pairs, steps, met)


def also_said(idea: Told) -> list[str]:
    """What a card does not say of itself: days, give and take, that it is a part."""
    return why_said(one for one in idea.reasons if one.code not in SAID_ALREADY)


def way_said(idea: Told) -> list[str]:
    """How it came to this: where was looked before, and what would come next."""
    return [*before_said(idea.before), *instead_said(idea)]
