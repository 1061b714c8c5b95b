"""When each part of a decision is: the days, which part it is in today, and the days that are suggested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside import frameworks
from alongside.ground.history.acting import Fault
from alongside.planning.decisions.models import Decision, Phase, PhaseKind, Stage

ORDER = list(PhaseKind.values)
LONGEST = timedelta(days=3 * 366)  # from the first day to the last


@dataclass(frozen=True)
class Days:
    """One part of a decision, from its first day to its last, both whole."""

    kind: str
    since: date
    until: date


def today() -> date:
    """The day it is where the place is, whatever the clock of whoever asks says."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def phase_of(decision: Decision, on: date | None = None) -> Phase | None:
    """The part that a decision is in on a day. Of two at once it is the one further on: talk may go on while the vote
    does. None before the first, between two, after the last, and for what is not open."""
    on = on or today()
    now = [phase for phase in decision.phases.all() if phase.since <= on <= phase.until]
    return max(now, key=lambda phase: ORDER.index(phase.kind), default=None) if is_running(decision) else None


def is_open_for(decision: Decision, kind: str, on: date | None = None) -> bool:
    """Whether a decision takes this kind of thing on a day (today, where the place is). Ideas, talk, the shortlist
    and votes need it to be open; answers and what came of it go on once it is decided."""
    on = on or today()
    late = kind in (PhaseKind.ANSWER, PhaseKind.FOLLOW_UP)
    if not is_running(decision) or (decision.stage != Stage.OPEN and not late):
        return False
    return any(phase.kind == kind and phase.since <= on <= phase.until for phase in decision.phases.all())


def is_running(decision: Decision) -> bool:
    """Declared, and not stopped."""
    return decision.stage in (Stage.OPEN, Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN)


def phase(decision: Decision, kind: str) -> Phase | None:
    """The days of one part, if the decision has it."""
    return next((one for one in decision.phases.all() if one.kind == kind), None)


def has_chosen(decision: Decision) -> bool:
    """Whether the last day of a secret vote is past, so that the count comes before anything else."""
    vote = phase(decision, PhaseKind.VOTE)
    return decision.terms.secret and decision.stage == Stage.OPEN and vote is not None and vote.until < today()


def next_phase(decision: Decision, on: date | None = None) -> Phase | None:
    """The part that begins next after a day."""
    on = on or today()
    return min((one for one in decision.phases.all() if one.since > on), key=lambda one: one.since, default=None)


def templates() -> list[dict[str, Any]]:
    """The suggested parts with their lengths: a hall in an evening, a few people, a neighbourhood, an area."""
    found: list[dict[str, Any]] = frameworks.load("decisions")["template"]
    return found


def suggested_days(template: str, first: date) -> list[Days]:
    """The parts of a template from a first day on, one after the other, whole days."""
    chosen = next(one for one in templates() if one["key"] == template)
    found = []
    for part in chosen["phase"]:
        since = first + timedelta(days=part["after"])
        found.append(Days(part["kind"], since, since + timedelta(days=part["days"] - 1)))
    return found


def check(days: Sequence[Days], *, secret: bool) -> None:
    """Raise Fault for days that cannot be: no vote, an end before its beginning, parts in the wrong order.

    What is voted on stands still: with a secret vote no idea comes, and none goes, on a day on which people vote.
    """
    by_kind = {one.kind: one for one in days}
    if len(by_kind) < len(days) or not set(by_kind) <= set(ORDER):
        raise Fault("vote_since", _("Give each part its days once"))
    for one in days:
        if one.until < one.since:
            raise Fault(f"{one.kind}_until", _("The last day cannot be before the first"))
    if PhaseKind.VOTE not in by_kind:
        raise Fault("vote_since", _("Say from which day to which day people can choose"))
    vote = by_kind[PhaseKind.VOTE]
    for kind in (PhaseKind.IDEAS, PhaseKind.SHORTLIST):
        before = by_kind.get(kind)
        if before and (before.until > vote.since or (secret and before.until == vote.since)):
            raise Fault("vote_since", _("People can choose only once the list of ideas is final"))
    for kind in (PhaseKind.ANSWER, PhaseKind.FOLLOW_UP):
        after = by_kind.get(kind)
        if after and after.since < vote.until:
            raise Fault(f"{kind}_since", _("That can only come after the last day for choosing"))
    _in_order(days)


def can_be(days: Sequence[Days], *, secret: bool) -> bool:
    """Whether a decision can have these days."""
    try:
        check(days, secret=secret)
    except Fault:
        return False
    return True


def _in_order(days: Iterable[Days]) -> None:
    ordered = sorted(days, key=lambda one: ORDER.index(one.kind))
    for one, following in pairwise(ordered):
        if following.since < one.since:
            raise Fault(f"{following.kind}_since", _("This cannot begin before the part above it"))
    if max(one.until for one in ordered) - ordered[0].since > LONGEST:
        raise Fault(f"{ordered[-1].kind}_until", _("That is longer than three years. Choose an earlier day."))
