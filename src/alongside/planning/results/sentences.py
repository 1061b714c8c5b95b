"""The sentences of a result. No number about fewer than five people, and never "rejected": an idea is not yet there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.percent import percent, tenths
from alongside.methods.say.model import SMALL
from alongside.methods.say.outcome import Code, Why
from alongside.planning.decisions.models import Method, Rule, Stage, Terms
from alongside.planning.results import money
from alongside.planning.results.merging import exact, picked
from alongside.planning.results.models import Result, ResultOption
from alongside.planning.results.rows import read


def title(result: Result, won: int, many: int) -> str:
    """What came out, in one line."""
    if result.state == Stage.TALK_AGAIN:
        return _("This goes back for talk")
    if result.state != Stage.DECIDED:
        return _("Nothing is decided yet")
    said = ngettext("We are doing %(won)s of the %(many)s ideas", "We are doing %(won)s of the %(many)s ideas", won)
    return _("We go ahead") if many == won == 1 else said % {"won": won, "many": many}


def lead(result: Result, *, single: bool, few: bool = False) -> str:
    """How many took part, and how many of them got something. `few`: fewer than five of people and communities."""
    if few and result.ballots >= SMALL:
        return _("Fewer than 5 people and communities took part.")
    if result.ballots < SMALL:
        return _("Fewer than 5 people and groups took part.")
    many = f"{result.ballots:,}"
    took = _("%(many)s people and groups took part.") % {"many": many}
    if not single or result.state != Stage.DECIDED:
        return took
    none = result.with_nothing
    if not none:
        return took + " " + _("Everyone got something they picked.")
    if none * 10 <= result.ballots:
        return took + " " + _("Nearly everyone got something they picked.")
    return took if none * 2 > result.ballots else took + " " + _("Most got something they picked.")


def how(terms: Terms, result: Result) -> list[str]:
    """The rule as it was used, step by step."""
    if terms.rule == Rule.BUDGET:
        return money.how(terms, result)
    said = [
        {
            Rule.CONSENT: _("An idea goes ahead when nobody has a reason against it left."),
            Rule.SCORE: _("Each gave points from 0 to 5. We added them up by how much of the say each held."),
            Rule.APPROVAL: _("Each picked the ideas they would be glad to see. We added up the say behind each idea."),
            Rule.RANKING: _("We took two ideas at a time and asked which of them more of the say put first."),
            Rule.SUPPORTED: _(
                "It is one person’s own life. That person’s yes decides, and what others said is advice."
            ),
        }[Rule(terms.rule)]
    ]
    weighed = terms.rule in (Rule.SCORE, Rule.APPROVAL, Rule.RANKING) and len(result.groups.all()) > 1
    return [*said, _("Each group keeps its own share of the say, however many of it came.")] if weighed else said


def of(
    option: ResultOption,
    terms: Terms,
    names: Mapping[str, str],
    *,
    leads: bool = False,
    sums: bool = True,
    fewer: bool = False,
    level: bool = False,
) -> str:
    """Why one idea won, or is not there yet; without `sums` no part of the say or of the price is told. `leads`: more
    picked it than any other. `fewer`: it lost, and an idea that fewer picked won. `level`: it lost, and had as much as
    one that won."""
    if not sums:
        return _without_sums(option, terms, names, level)
    if option.place is not None:
        return money.won(option, terms, leads) if terms.rule == Rule.BUDGET else _won(option, terms)
    reasons = _reasons(option)
    if reasons:
        return " ".join(why(one, names) for one in reasons)
    if terms.rule == Rule.BUDGET:
        return money.lost(option, terms)
    lost = _others(option, terms, level)
    more = _("An idea that fewer picked had more of the say behind it: each group keeps its share.")
    return f"{lost} {more}" if fewer and terms.rule == Rule.APPROVAL else lost


def _reasons(option: ResultOption) -> list[Why]:
    """Why it could not win, whatever others had; that nobody picked it says it all."""
    found = [one for one in read(option.why) if one.code is not Code.OTHERS]
    nobody = [one for one in found if one.code is Code.NOBODY_PICKED]
    return nobody or found


def lost(option: ResultOption, terms: Terms, names: Mapping[str, str], *, level: bool = False) -> str:
    """Why an idea is not there yet, without how many picked it."""
    reasons = _reasons(option)
    if reasons:
        return " ".join(why(one, names) for one in reasons)
    return money.short_of(option, terms) if terms.rule == Rule.BUDGET else _more(level)


def _more(level: bool) -> str:
    return _("Another had as much, and went first.") if level else _("Others had more.")


def _without_sums(option: ResultOption, terms: Terms, names: Mapping[str, str], level: bool) -> str:
    """The same where a group is so small that sums would tell what some of it chose."""
    reasons = _reasons(option)
    if option.place is None and reasons:
        return " ".join(why(one, names, sums=False) for one in reasons)
    if terms.rule == Rule.APPROVAL:
        return picked(option.picked) + ("" if option.place or not option.picked else " " + _more(level))
    if terms.rule != Rule.BUDGET:
        return _won(option, terms) if option.place is not None else _others(option, terms, level)
    if option.place is None:
        left = option.picked and option.why_not not in ("nobody", "dearer")
        return (
            picked(option.picked) + " " + _("Too little of the money was left for it.")
            if left
            else money.lost(option, terms)
        )
    votes = option.by_votes or terms.method == Method.GREEDY
    enough = _("Their shares were enough to pay for it.")
    return money.won(option, terms, leads=False) if votes else f"{picked(option.picked)} {enough}"


def _won(option: ResultOption, terms: Terms) -> str:
    if terms.rule == Rule.CONSENT:
        return _("Nobody has a reason against it left.")
    if terms.rule == Rule.SUPPORTED:
        return _("The person said yes to it.")
    return _standing(option, terms)


def _standing(option: ResultOption, terms: Terms) -> str:
    got = exact(option.got)
    if terms.rule == Rule.SCORE:
        return _("It got %(points)s of 5 points.") % {"points": tenths(got)}
    if terms.rule == Rule.RANKING and got:
        return ngettext(
            "Set beside the others one by one, it came before %(many)s of them.",
            "Set beside the others one by one, it came before %(many)s of them.",
            int(got),
        ) % {"many": int(got)}
    if terms.rule == Rule.RANKING:
        lost = _("Set beside the others one by one, it came before none of them.")
        return lost if option.place is None else picked(option.picked)
    return picked(option.picked) + " " + _("Together they hold %(part)s%% of the say.") % {"part": percent(got)}


def _others(option: ResultOption, terms: Terms, level: bool) -> str:
    if not option.picked:
        return picked(0)
    words = _standing(option, terms)
    return words if terms.rule == Rule.RANKING and not exact(option.got) else words + " " + _more(level)


def why(reason: Why, names: Mapping[str, str], *, sums: bool = True) -> str:
    """Why something did not win, or nothing was decided: what there was, and what it needed."""
    if not sums and reason.code in (Code.THRESHOLD, Code.HALF):
        return _("Too little of the say was for it.")
    have, need = reason.have or Fraction(0), reason.need or Fraction(0)
    said = {
        "group": names.get(reason.group, reason.group),
        "have": percent(have),
        "need": percent(need),
        "many": int(have) if have >= SMALL else _("fewer than 5"),
        "asked": int(need),
    }
    if reason.code is Code.THRESHOLD and said["have"] == said["need"]:
        return _("It had %(have)s%% of the say, and needed more than that.") % said
    return _WHY[reason.code]() % said


_WHY = {
    Code.NOBODY_OF_US: lambda: _("No people and no communities took part."),
    Code.QUORUM: lambda: _("%(asked)s people and communities were needed, and %(many)s took part."),
    Code.THRESHOLD: lambda: _("It had %(have)s%% of the say, and needed more than %(need)s%%."),
    Code.FLOOR: lambda: _(
        "%(group)s are directly affected. An idea wins only if at least %(need)s in every 100 of them want it. Fewer"
        " did."
    ),
    Code.HALF: lambda: _("On the side of %(group)s it needed %(need)s%% and had %(have)s%%."),
    Code.OBJECTION: lambda: _("Somebody still has a reason against it."),
    Code.OBJECTION_SAID: lambda: _("What somebody objected to in the talk is not put right."),
    Code.NOBODY_PICKED: lambda: _("Nobody picked it."),
    Code.NO_YES: lambda: _("The person has not said yes to it."),
    Code.OTHERS: lambda: _("Others had more."),
    Code.US_PAID_TOO_LITTLE: lambda: _(
        "People and communities would have paid for %(have)s%% of what was bought. It must be %(need)s%% or more."
    ),
}
