"""The sentences of a result. No number about fewer than five people, and never "rejected": an idea is not yet there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.pence import pounds
from alongside.methods.percent import percent, tenths
from alongside.methods.say.model import SMALL
from alongside.methods.say.outcome import Code, Why
from alongside.planning.decisions.models import Completion, Marking, Method, Rule, Stage, Terms
from alongside.planning.results.merging import exact
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
        return _how_money(terms, result)
    said = [
        {
            Rule.CONSENT: _("An idea goes ahead when nobody has a reason against it left."),
            Rule.SCORE: _("Each gave points from 0 to 5. We added them up by how much of the say each held."),
            Rule.APPROVAL: _("Each picked the ideas they would be glad to see. We added up the say behind each idea."),
            Rule.RANKING: _("We took two ideas at a time and asked which one more of the say put first."),
            Rule.SUPPORTED: _(
                "It is one person’s own life. That person’s yes decides, and what others said is advice."
            ),
        }[Rule(terms.rule)]
    ]
    weighed = terms.rule in (Rule.SCORE, Rule.APPROVAL, Rule.RANKING) and len(result.groups.all()) > 1
    return [*said, _("Each group keeps its own share of the say, however many of it came.")] if weighed else said


def _how_money(terms: Terms, result: Result) -> list[str]:
    if terms.method == Method.GREEDY:
        return [
            _("The idea with the most of the say behind it went first. Then the next one, until the money was spent."),
        ]
    said = [
        _(
            "Everyone started with a share. Each round, the idea whose cost is shared most widely wins. Those who"
            " picked it pay for it from their shares. Then we look again."
        )
    ]
    if terms.completion == Completion.ADD1 and exact(result.grown):
        said.append(
            _("We made all shares bigger, by the same part, until no more ideas would fit in %(sum)s.")
            % {"sum": pounds(terms.budget_pence or 0)}
        )
    if result.us_grown:
        said.append(
            _(
                "People and communities would have paid for too little, because their many shares did not meet. So we"
                " made only theirs bigger."
            )
        )
    if terms.completion == Completion.GREEDY and any(option.by_votes for option in result.options.all()):
        said.append(_("With the money that was left, ideas with the most votes that still fit went next."))
    return said


def of(option: ResultOption, terms: Terms, names: Mapping[str, str], *, leads: bool = False, sums: bool = True) -> str:
    """Why one idea won, or is not there yet; without `sums` no part of the say or of the price is told."""
    if not sums:
        return _without_sums(option, terms, names)
    if option.place is not None:
        return _won_money(option, terms, leads) if terms.rule == Rule.BUDGET else _won(option, terms)
    if option.why:
        reasons = " ".join(why(one, names) for one in read(option.why) if one.code is not Code.OTHERS)
        return reasons or _others(option, terms)
    return _lost_money(option, terms) if terms.rule == Rule.BUDGET else _others(option, terms)


def _without_sums(option: ResultOption, terms: Terms, names: Mapping[str, str]) -> str:
    """The same where a group is so small that sums would tell what some of it chose."""
    reasons = [one for one in read(option.why) if one.code is not Code.OTHERS]
    if option.place is None and reasons:
        return " ".join(why(one, names, sums=False) for one in reasons)
    if terms.rule == Rule.APPROVAL:
        return picked(option.picked) + ("" if option.place or not option.picked else " " + _("Others had more."))
    if terms.rule != Rule.BUDGET:
        return _won(option, terms) if option.place is not None else _others(option, terms)
    if option.place is None:
        left = option.picked and option.why_not not in ("nobody", "dearer")
        return (
            picked(option.picked) + " " + _("Too little of the money was left for it.")
            if left
            else _lost_money(option, terms)
        )
    votes = option.by_votes or terms.method == Method.GREEDY
    enough = _("Their shares were enough to pay for it.")
    return _won_money(option, terms, leads=False) if votes else f"{picked(option.picked)} {enough}"


def picked(many: int) -> str:
    """How many picked it, where that many may be told."""
    if not many:
        return _("Nobody picked it.")
    if many < SMALL:
        return _("Fewer than 5 picked it.")
    return _("%(many)s picked it.") % {"many": f"{many:,}"}


def _won_money(option: ResultOption, terms: Terms, leads: bool) -> str:
    if option.by_votes or terms.method == Method.GREEDY:
        return picked(option.picked) + " " + _("It had the most of the say behind it of those that still fit.")
    if option.picked < SMALL:
        return picked(option.picked) + " " + _("Their shares were enough to pay for it.")
    each = pounds(exact(option.each_paid))
    first = picked(option.picked)
    if leads:
        first = _("%(many)s picked it, more than any other idea.") % {"many": f"{option.picked:,}"}
    if option.all_alike:
        words = _("Each put in %(each)s from their share.")
    elif terms.marking == Marking.APPROVAL:
        words = _("Some had little left, so they put in what they had. The rest put in up to %(each)s.")
    else:
        words = _("Those who wanted it more put in more, up to %(each)s.")
    said = f"{first} {words % {'each': each}}"
    return said + " " + _("So it went first.") if leads else said


def _lost_money(option: ResultOption, terms: Terms) -> str:
    had = option.picked >= SMALL and option.left_pence is not None
    if option.why_not == "nobody" or not option.picked:
        return picked(0)
    if option.why_not == "dearer":
        return picked(option.picked) + " " + _("It costs more than all the money there is.")
    if terms.method == Method.GREEDY or option.why_not == "room":
        return picked(option.picked) + " " + _("Too little of the money was left for it.")
    if not had:
        return picked(option.picked) + " " + _("It was %(short)s short.") % {"short": pounds(option.short_pence or 0)}
    return _("The %(many)s who picked it had %(left)s left between them. It was %(short)s short.") % {
        "many": f"{option.picked:,}",
        "left": pounds(option.left_pence or 0),
        "short": pounds(option.short_pence or 0),
    }


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
            "One against one it beats %(many)s other idea.", "One against one it beats %(many)s other ideas.", int(got)
        ) % {"many": int(got)}
    if terms.rule == Rule.RANKING:
        return picked(option.picked)
    return picked(option.picked) + " " + _("Together they hold %(part)s%% of the say.") % {"part": percent(got)}


def _others(option: ResultOption, terms: Terms) -> str:
    if not option.picked:
        return picked(0)
    return _standing(option, terms) + " " + _("Others had more.")


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
    return _WHY[reason.code]() % said


_WHY = {
    Code.NOBODY_OF_US: lambda: _("No people and no communities took part."),
    Code.QUORUM: lambda: _("%(asked)s people and communities were needed, and %(many)s took part."),
    Code.THRESHOLD: lambda: _("It needed more than %(need)s%% of the say, and had %(have)s%%."),
    Code.FLOOR: lambda: _(
        "%(group)s are directly affected. At least %(need)s in a hundred of them must be for what wins, and fewer were."
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
