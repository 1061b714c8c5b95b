"""How slips, papers, readings and ballots add up, for those who look after a decision; and that they do, for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ground.history.acting import Fault, demand
from alongside.ground.history.actor import Actor
from alongside.planning.ballots import queries as ballots
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.papers import policy
from alongside.planning.papers.models import Sheet
from alongside.planning.papers.policy import may_key as may_key
from alongside.planning.papers.reading import Reading, hashed, readings
from alongside.planning.papers.replacing import old_papers
from alongside.planning.rolls import queries as rolls


@dataclass(frozen=True)
class Reconciliation:
    """Papers printed, slips on the roll, and what became of the papers; what does not fit, in words."""

    printed: int
    slips: int
    once: int
    differ: int
    counted: int
    spoilt: int
    twice: int
    disputed: int
    fits: bool
    explained: tuple[str, ...]


def reconciliation(viewer: Actor, decision: Decision) -> Reconciliation:
    """The figures of the paper part, for those who may read papers. They say nothing of what was chosen."""
    demand(policy.may_key, by=viewer, decision=decision)
    found = dict(Sheet.objects.filter(decision=decision).values_list("state").annotate(n=Count("pk")))
    once, differ, counted, spoilt = (found.get(state, 0) for state in ("once", "differs", "counted", "spoilt"))
    slips = rolls.by_channel(decision).get("paper", 0)
    twice = rolls.twice(decision)
    disputed = rolls.disputed(decision) if decisions.may_run(viewer, decision) else 0
    words = (
        *_explained(slips, once + differ + counted + spoilt, once, differ, twice),
        *_old(*old_papers(decision)),
        *_unasked(disputed),
    )
    fits = slips == counted + spoilt and not once and not differ
    return Reconciliation(sum(found.values()), slips, once, differ, counted, spoilt, twice, disputed, fits, words)


def papers_over(decision: Decision) -> int:
    """How many papers were counted beyond the slips that came back, group by group: whoever sees the result reads it.
    An envelope without a slip is one; so is a paper that nobody sent."""
    counted = Sheet.objects.filter(decision=decision, state="counted").values_list("group").annotate(n=Count("pk"))
    slips = rolls.slips_by_group(decision)
    return sum(max(0, n - slips.get(group, 0)) for group, n in counted.order_by())


def _explained(slips: int, read: int, once: int, differ: int, twice: int) -> Iterator[str]:
    if read < slips:
        n = slips - read
        yield ngettext(
            "%(n)s paper is still to be read: its slip is on the roll. Or its envelope was empty.",
            "%(n)s papers are still to be read: their slips are on the roll. Or envelopes were empty.",
            n,
        ) % {"n": n}
    if read > slips:
        n = read - slips
        yield ngettext(
            "%(n)s paper more than slips: a slip is not on the roll yet, or an envelope had no slip.",
            "%(n)s papers more than slips: slips are not on the roll yet, or envelopes had no slip.",
            n,
        ) % {"n": n}
    if once:
        yield ngettext("%(n)s paper waits for a second reader.", "%(n)s papers wait for a second reader.", once) % {
            "n": once
        }
    if differ:
        yield ngettext("%(n)s paper waits for a third look.", "%(n)s papers wait for a third look.", differ) % {
            "n": differ
        }
    if twice:
        yield ngettext(
            "%(n)s person took part from two pages: two ballots, one person. Nobody can tell which, so both count.",
            "%(n)s people took part from two pages: two ballots each. Nobody can tell which, so all count.",
            twice,
        ) % {"n": twice}


def _old(unread: int, slips: int) -> Iterator[str]:
    if unread:
        yield ngettext(
            "%(n)s paper of an earlier print is not read. Of that print no more count than slips that came back"
            " before the new one: %(slips)s.",
            "%(n)s papers of earlier prints are not read. Of these prints no more count than slips that came back"
            " before the new ones: %(slips)s.",
            unread,
        ) % {"n": unread, "slips": slips}


def _unasked(disputed: int) -> Iterator[str]:
    if disputed:
        yield ngettext(
            "%(n)s person says that a helper chose for them unasked. Nobody can find that ballot, so it counts.",
            "%(n)s people say that a helper chose for them unasked. Nobody can find those ballots, so they count.",
            disputed,
        ) % {"n": disputed}


def differing(viewer: Actor, decision: Decision, number: str) -> list[Reading]:
    """The two readings of a paper that waits for a third look, for somebody who made neither; else nothing."""
    demand(policy.may_key, by=viewer, decision=decision)
    try:
        plain = ballots.plain(number)
    except Fault:
        return []
    sheet = Sheet.objects.filter(pk=hashed(decision, plain), state="differs").exclude(keyings__by=viewer.me).first()
    return readings(sheet) if sheet is not None else []


def ballots_add_up() -> Iterator[str]:
    """For `alongside check`: in every decision the box holds one ballot for each place that took part on a screen or
    by telephone, and one for each paper that was counted; and each person has one place."""
    by = Actor.system("check")
    for decision in decisions.decisions(by).filter(terms__secret=True):
        channels = rolls.by_channel(decision)
        others = sum(n for way, n in channels.items() if way != "paper")
        papers = Sheet.objects.filter(decision=decision, state="counted").count()
        box = ballots.how_many(decision)
        if box != others + papers:
            said = f"{box} ballots, {others} on the roll by screen or telephone, and {papers} papers counted"
            yield f"decision {decision.record.key} has {said}"
    yield from rolls.people_with_two_places()


def said_of(reading: Reading, titles: dict[int, str]) -> list[str]:
    """What somebody read, in words, for the third look."""
    if reading.spoilt:
        return [_("Nobody can tell what was meant")]
    return [f"{titles.get(n, n)}: {value}" for n, value in reading.marks.items()] or [_("Nothing is marked")]
