"""A result in sentences that a neighbour could repeat: why each idea won or is not yet there, and who paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.pence import pounds
from alongside.methods.say.model import SMALL
from alongside.planning.decisions.models import OUR_SIDES, Basis, Decision, Marking, Method, Rule, Terms
from alongside.planning.decisions.picture import Bar, bar, bar_of, whole
from alongside.planning.ideas.models import Idea
from alongside.planning.results import merging, rooms, sentences
from alongside.planning.results.merging import GroupShown, Sides, exact
from alongside.planning.results.models import Result, ResultOption
from alongside.planning.results.money import parted
from alongside.planning.results.rows import read
from alongside.planning.results.ties import ties_told

MILLION = 1_000_000


@dataclass(frozen=True)
class Row:
    """One idea: its place in the rounds, a sentence, who paid for it, its price."""

    n: int
    number: int  # on the paper
    idea: Idea
    won: bool
    words: str
    price: str
    bar: Bar | None = None
    paid: str = ""
    other: bool = False  # whether it would win under the rule that was not chosen


@dataclass(frozen=True)
class Shown:
    """Everything on the page of a result."""

    title: str
    lead: str
    figures: Sequence[tuple[str, str, bool]]  # a number, what it is of, and whether those it counts could use a hand
    how: Sequence[str]
    rows: Sequence[Row]
    start: Bar
    alone: str  # who held all of the say, where a bar would show nothing
    end: Bar | None
    end_words: str
    difference: str
    table: Sequence[GroupShown]
    ties: Sequence[str]
    reasons: Sequence[str]
    other: str = ""
    differs: bool = False  # whether something else would win under the rule that was not chosen
    money: bool = False
    ordered: bool = False  # whether ballots say what comes first, and something won
    names: Mapping[str, str] = field(default_factory=dict)


def shown(decision: Decision, result: Result) -> Shown:
    """The page of a result. Nothing on it tells what fewer than five people chose."""
    terms, sides = decision.terms, merging.sides(result)
    names = {group.key: group.name for group in decision.groups.all()} | {
        "us": _("people and communities"),
        "organisations": _("organisations"),
        "people": next((g.name for g in decision.groups.all() if g.key == "people"), _("people")),
    }
    options = sorted(result.options.all(), key=_order)
    money = terms.rule == Rule.BUDGET
    room = rooms.room_of(decision)
    rows = [_row(n, option, result, terms, sides, names, room) for n, option in enumerate(options, 1)]
    won = sum(row.won for row in rows)
    start, end = bar_of(decision), _end(result, sides, money)
    return Shown(
        title=sentences.title(result, won, len(rows)),
        lead=sentences.lead(result, single=bool(decision.terms.secret), few=not sides.shown),
        figures=_figures(decision, result, won) if money and won else [],
        how=rooms.how(terms, room) if room else sentences.how(terms, result),
        rows=rows,
        start=start,
        alone=_alone(decision, start),
        end=end if end and len(start.parts) > 1 and end.says != start.says else None,
        end_words=_end_words(terms),
        difference=_difference(decision, result, money) if end else "",
        table=merging.rows(result),
        ties=ties_told(result),
        reasons=[sentences.why(why, names, sums=sides.sums) for why in read(result.why)],
        other=_other(terms, rows) if money and any(row.other for row in rows) else "",
        differs=any(row.other != row.won for row in rows),
        money=money,
        ordered=bool(won) and terms.secret and _says_first(terms),
        names=names,
    )


def _order(option: ResultOption) -> tuple[int, int, int, int]:
    """Those that won in their order; of the others those that were nearest, then those that most picked."""
    short = option.short_pence if option.short_pence is not None else 1 << 50
    return (0 if option.place else 1, option.place or short, -option.picked, option.option.n)


def _row(
    n: int,
    option: ResultOption,
    result: Result,
    terms: Terms,
    sides: Sides,
    names: Mapping[str, str],
    room: rooms.Room | None,
) -> Row:
    won = option.place is not None
    most = max((one.picked for one in result.options.all() if one.pk != option.pk), default=0)
    fewer = any(one.place is not None and one.picked < option.picked for one in result.options.all())
    leads = option.picked > most and option.place == 1
    level = not won and any(one.place is not None and one.got == option.got for one in result.options.all())
    words = sentences.of(option, terms, names, leads=leads, sums=sides.sums, fewer=fewer, level=level)
    words = rooms.of(option, terms, names, room, level=level) if room else words
    price = pounds(option.option.cost_pence) if option.option.cost_pence else ""
    other = option.other_place is not None
    row = Row(n, option.option.n, option.option.idea, won, words, price, other=other)
    paid = merging.by_side(list(option.paid.all()))
    if not paid or not sides.shown or not sides.sums:
        return row
    cost = Fraction(option.option.cost_pence or 1)
    us = sum((amount for side, amount in paid if side in OUR_SIDES), Fraction(0))
    mine, theirs = parted(us, cost)
    said = {"us": mine, "them": theirs}
    if not won:
        words = _("People and communities would have paid %(us)s, organisations %(them)s.")
    elif terms.method == Method.GREEDY or option.by_votes:
        words = _("People and communities stand behind %(us)s of its price, organisations behind %(them)s.")
        words = _("Only people and communities stand behind it.") if us == cost else words
        words = words if us else _("Only organisations stand behind it.")
    else:
        words = _("People and communities paid %(us)s. Organisations paid %(them)s.")
        words = _("People and communities paid all of it.") if us == cost else words
        words = words if us else _("Organisations paid all of it.")
    return replace(row, bar=_named(bar(sides.parts(paid, cost)), sides), paid=words % said)


def _named(drawn: Bar, sides: Sides) -> Bar:
    """Where people and communities are not told apart, their part says so."""
    if sides.apart:
        return drawn
    label = _("People and communities")
    parts = tuple(replace(part, label=label) if part.kind == "person" else part for part in drawn.parts)
    return replace(drawn, parts=parts, says=", ".join(f"{part.label} {part.share}%" for part in parts))


def _end(result: Result, sides: Sides, money: bool) -> Bar | None:
    """Who paid for what was bought; where no money is decided, who held the say of those who took part."""
    if not sides.shown or (money and not result.spent_pence):
        return None
    rows = [(row.group.side, exact(row.paid) if money else exact(row.held)) for row in result.groups.all()]
    everything = sum((amount for _side, amount in rows), Fraction(0))
    return _named(bar(sides.parts(rows, everything)), sides) if everything else None


def _alone(decision: Decision, start: Bar) -> str:
    """Where one side held all of the say, that it did; empty where there is something to compare."""
    if len(start.parts) > 1:
        return ""
    own = decision.terms.basis == Basis.OWN_LIFE
    return _("One person held all of the say.") if own else _("People and communities held all of the say.")


def _end_words(terms: Terms) -> str:
    if terms.rule != Rule.BUDGET:
        return _("Who took part held")
    return _("Who stands behind it in the end") if terms.method == Method.GREEDY else _("Who paid for it in the end")


def _says_first(terms: Terms) -> bool:
    """Whether a ballot says which idea comes first; ticks do not."""
    if terms.rule == Rule.BUDGET:
        return terms.marking != Marking.APPROVAL
    return terms.rule in (Rule.SCORE, Rule.RANKING)


def _figures(decision: Decision, result: Result, won: int) -> list[tuple[str, str, bool]]:
    """Three figures: what is spent, how many got something, how many got nothing and what they can do about it."""
    rest = (decision.terms.budget_pence or 0) - result.spent_pence
    spent = ngettext("to spend on %(won)s idea.", "to spend on %(won)s ideas.", won) % {"won": won}
    if rest > 0:
        spent += " " + _("%(rest)s is kept for next time.") % {"rest": pounds(rest)}
    figures = [(pounds(result.spent_pence), spent, False)]
    if not decision.terms.secret or result.ballots < SMALL:
        return figures
    none, many = result.with_nothing, result.ballots
    few = 0 < none < SMALL or 0 < many - none < SMALL
    got = f"{many - none:,}" if not few else _("Nearly all") if none < SMALL else _("A few")
    got_some = _("%(got)s of %(many)s") % {"got": got, "many": f"{many:,}"}
    figures.append((got_some, _("got at least one idea they picked."), False))
    if none:
        told = f"{none:,}" if not few else _("Fewer than 5") if none < SMALL else _("Nearly all")
        figures.append((told, _("got none."), True))
    return figures


def _difference(decision: Decision, result: Result, money: bool) -> str:
    """One plain sentence on what the two bars differ in."""
    start = Fraction(sum(g.weight_ppm for g in decision.groups.all() if g.side in OUR_SIDES), MILLION)
    end = exact(result.of_us)
    if not money and all(exact(row.share) == exact(row.held) for row in result.groups.all()):
        return _("Every group came, so all is as it was at the start.")
    if not money:
        return _("What nobody used, and what was above the limit for one organisation, went to people and communities.")
    if start == 1:
        return _("All of the say was with people and communities, and so was all that was paid.")
    parts = {"theirs": whole(round((1 - start) * MILLION)), "paid": whole(round((1 - end) * MILLION))}
    if parts["theirs"] == parts["paid"]:
        return _("Organisations held %(theirs)s%% at the start, and that is what they paid.") % parts
    said = _("Organisations held %(theirs)s%% at the start, and paid %(paid)s%% in the end.") % parts
    if end > start:
        return said
    return said + " " + _("They are few and picked the same ideas. People’s shares lay on many.")


def _other(terms: Terms, rows: Sequence[Row]) -> str:
    same = all(row.other == row.won for row in rows)
    if terms.method == Method.GREEDY:
        if same:
            return _("Had we shared the money fairly among all who took part, the same ideas would have won.")
        return _("Had we shared the money fairly among all who took part, these would have won:")
    if same:
        return _("Had we only counted votes, most votes first, the same ideas would have won.")
    return _("Had we only counted votes, most votes first, these would have won:")


def paid_for(page: Shown, marks: Mapping[int, int] | None) -> list[Row] | None:
    """What came of the choice that this device keeps: of the ideas it picked, those that won. None where it keeps
    none. Nothing of it is written anywhere."""
    if marks is None:
        return None
    return [row for row in page.rows if row.won and marks.get(row.number, 0) > 0]
