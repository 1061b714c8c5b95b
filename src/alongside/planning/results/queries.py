"""What came of a decision, for whoever may see it; and the proof that what is kept is what the ballots say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from django.db.models import Case, When

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.methods.say.outcome import Verdict
from alongside.methods.say.shares import Shares, cast_of, shares_of
from alongside.planning.ballots import queries as ballots
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, Rule, Stage
from alongside.planning.results.counting import COUNTER, Counting, Voted, count_of, voted_in
from alongside.planning.results.models import Result, ResultGroup, ResultOption, ResultPaid
from alongside.planning.results.rows import STAGES, Fate, GroupRow, Head, PaidRow, Rows, TieRow, rows_of
from alongside.planning.results.ties import ties_told as ties_told
from alongside.planning.rolls import queries as rolls


def result(viewer: Actor, decision: Decision) -> Result | None:
    """What came of a decision, if it was counted and this viewer may see it."""
    if not decisions.seen(viewer, decision):
        return None
    found = Result.objects.filter(decision=decision)
    return found.prefetch_related("options__option__idea__record", "options__paid__group", "groups__group").first()


def last_of_money(viewer: Actor, owner: Party) -> Result | None:
    """The newest decision about money that was counted and decided, as far as this viewer may see it: of this owner, or
    else of anybody here."""
    seen = decisions.decisions(viewer).filter(terms__rule=Rule.BUDGET, stage=Stage.DECIDED)
    theirs = Case(When(decision__record__owner=owner, then=0), default=1)
    newest = Result.objects.filter(decision__in=seen.order_by().values("pk")).order_by(theirs, "-counted_on", "-pk")
    found = seen.filter(pk__in=newest.values_list("pk", flat=True)[:1]).first()
    return result(viewer, found) if found is not None else None


def stored(result: Result) -> Rows:
    """What is kept of a count, in the form in which a count made anew can be held against it."""
    options = list(ResultOption.objects.filter(result=result).select_related("option"))
    groups = ResultGroup.objects.filter(result=result).select_related("group")
    paid = ResultPaid.objects.filter(fate__result=result).select_related("fate__option", "group")
    return Rows(
        _as(Head, result),
        {str(row.option.n): _as(Fate, row) for row in options},
        {row.group.key: _as(GroupRow, row) for row in groups},
        {(str(row.fate.option.n), row.group.key): _as(PaidRow, row) for row in paid},
        tuple(
            TieRow(tie.among, str(tie.chosen.n), tie.broken_by)
            for tie in result.ties.select_related("chosen").order_by("n")
        ),
    )


def _as(kind: type[Any], row: Any) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


@dataclass(frozen=True)
class Published:
    """Ballots that anybody may count again, each with its share, and what was published of them: which ideas won,
    which could not win and why (a code), and by which part only people's and communities' shares grew."""

    voted: Voted
    shares: Shares
    verdict: Verdict
    winners: frozenset[str]
    out: Mapping[str, str]
    us_raised: Fraction


def are_open(viewer: Actor, decision: Decision) -> bool | None:
    """Whether the choices of what was counted are there to be taken: None where nothing was counted or nobody held a
    say, and for whoever may not see the decision."""
    held = ResultGroup.objects.filter(result=decision.pk).exclude(held="")
    if not decisions.seen(viewer, decision) or not held.exists():
        return None
    return not ballots.stay_closed(decision)


def sum_now(result: Result) -> str:
    """The sum of what lies in the box now: that of the day of the count, where nobody changed anything since."""
    return voted_in(result.decision).sum(result.salt)


def to_recount(result: Result) -> Published | None:
    """The ballots of a decision that was counted, without anything of whose they are, and what is kept of the count;
    nothing is counted anew. Ask `are_open` before any of it goes to a page. None where nobody held a say."""
    voted = voted_in(result.decision)
    shares = shares_of(voted.setup, cast_of(voted.setup, voted.ballots))
    if shares is None:
        return None
    fates = stored(result).options
    return Published(
        voted,
        shares,
        next(verdict for verdict, stage in STAGES.items() if stage == result.state),
        frozenset(key for key, fate in fates.items() if fate.place is not None),
        {key: fate.why_not for key, fate in fates.items() if fate.why},
        Fraction(result.us_grown or 0),
    )


def broken() -> Iterator[str]:
    """What is wrong with any decision that was counted: a recount gives something else, a floor was not kept, or more
    ballots were counted than people took part. Whether its terms are fair, and still those that were declared, is
    looked at for every decision (`decisions.proving`)."""
    for one in Result.objects.select_related("decision__record", "decision__terms").order_by("pk"):
        key = one.decision.record.key
        for fault in _faults(one, one.decision):
            yield f"decision {key}: {fault}"
    over = (Stage.DECIDED, Stage.NOT_DECIDED, Stage.TALK_AGAIN)
    said = decisions.decisions(COUNTER).filter(stage__in=(Stage.DECIDED, Stage.NOT_DECIDED))
    for decision in said.exclude(pk__in=Result.objects.values("decision")):
        yield f"decision {decision.record.key}: it is said to be over, and nothing was counted"
    for one in Result.objects.exclude(decision__stage__in=(*over, Stage.STOPPED)).select_related("decision__record"):
        yield f"decision {one.decision.record.key}: it was counted, and is still open"


def _faults(result: Result, decision: Decision) -> Iterator[str]:
    try:
        counting = count_of(decision)
    except (Refused, ValueError) as error:
        yield f"it cannot be counted again ({type(error).__name__})"
        return
    again, kept = rows_of(counting, result.salt), stored(result)
    if again != kept:
        yield f"counting again gives something else ({', '.join(_differing(again, kept))})"
    yield from _unfair(counting, kept)
    if decision.terms.secret:
        took, slips = rolls.took_part(decision), rolls.by_channel(decision).get("paper", 0)
        if not took - slips <= len(counting.ballots) <= took:
            yield f"{len(counting.ballots)} ballots were counted, and {took} took part"


def _differing(one: Rows, other: Rows) -> list[str]:
    return [field.name for field in fields(Rows) if getattr(one, field.name) != getattr(other, field.name)]


def _unfair(counting: Counting, kept: Rows) -> Iterator[str]:
    """The floors and the caps of what is kept, looked at by themselves."""
    setup = counting.setup
    held = {key: Fraction(row.held or 0) for key, row in kept.groups.items()}
    us = sum((held[group.key] for group in setup.voting if group.side.us), Fraction(0))
    floor = Fraction(setup.floor_pct, 100)
    if any(held.values()) and us < floor:
        yield "people and communities held less than their floor of the say"
    if kept.head.state == Stage.DECIDED and kept.head.of_us and Fraction(kept.head.of_us) < floor:
        yield "people and communities paid for less than their floor"
    for group in setup.voting:
        ballots = kept.groups[group.key].ballots
        if not group.side.us and ballots and held[group.key] / ballots > Fraction(setup.cap_pct, 100):
            yield f"an organisation of {group.key} held more than the cap"
    for group in setup.voting:
        if group.floor_pct is not None:
            yield from _below(kept, group.key, Fraction(group.floor_pct, 100))


def _below(kept: Rows, group: str, floor: Fraction) -> Iterator[str]:
    ballots = kept.groups[group].ballots
    for key, fate in kept.options.items():
        picked = kept.paid[key, group].picked if (key, group) in kept.paid else 0
        if fate.place is not None and (not ballots or Fraction(picked, ballots) < floor):
            yield f"option {key} won below the floor of {group}"
