"""One count for every rule but those of money: who may win, in what order, and why not.

The conditions come first and are the same for all rules; then the rule's own value; then ties. In a supported
decision the one ballot that counts is the person's whose life it is; an advocate, a circle or a family group advise,
and what they advise is shown beside it and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from alongside.methods.say.model import FIVE, Ballot, Option, Rule, Setup
from alongside.methods.say.outcome import Code, Outcome, Standing, Verdict, Why
from alongside.methods.say.rules.conditions import before_counting, objections, unmet
from alongside.methods.say.rules.ranking import beaten_by, one_against_one, strongest_paths
from alongside.methods.say.rules.support import behind, supports
from alongside.methods.say.shares import Shares, cast_of, shares_of
from alongside.methods.say.ties import levels, order

NOTHING_SAID: Mapping[str, int] = MappingProxyType({})


def choose(
    setup: Setup,
    options: Sequence[Option],
    ballots: Iterable[Ballot],
    *,
    seed: str = "",
    said: Mapping[str, int] = NOTHING_SAID,
) -> Outcome:
    """The outcome under the rule of `setup`, which must have no faults. `seed` draws the lot for ties. `said` is how
    many objections to each option were raised in the talk and still stand: by consent each stops it, as one on a
    ballot does; under every other rule they are advice.

    A vote by yes or no decides on each option by itself, so all that pass win; other rules choose the best `winners`.
    `ValueError` for a rule of money, for marks that the rule does not know, and where somebody else's ballot stands
    beside the person's in a decision about their own life.
    """
    cast = list(ballots)
    _refuse(setup, options, cast)
    shares = shares_of(setup, cast_of(setup, cast))
    stopped = before_counting(setup, cast, shares)
    if stopped or shares is None:
        return Outcome(Verdict.NOT_DECIDED, why=stopped, shares=shares)
    standings = {option.key: _standing(setup, shares, cast, option.key, said.get(option.key, 0)) for option in options}
    may_win = [option.key for option in options if not standings[option.key].why]
    against = one_against_one(((one.said, shares.of(one)) for one in cast), [option.key for option in options])
    if setup.rule is Rule.RANKING:
        beats = beaten_by(strongest_paths(against, may_win), may_win)
        standings |= {key: replace(standings[key], value=Fraction(beats[key])) for key in may_win}
    values = {key: standings[key].value for key in may_win}
    votes = {key: standing.votes for key, standing in standings.items()}
    ordered, ties = order(levels(values), {option.key: option for option in options}, votes, setup.ties, seed)
    winners = ordered if setup.rule is Rule.YES_NO else ordered[: setup.winners]
    lost = sorted(set(standings) - set(ordered), key=lambda key: (-standings[key].support, key))
    rows = _rows(standings, (*ordered, *lost), winners)
    verdict, why = _verdict(winners, rows)
    return Outcome(verdict, winners, rows, ties, why, shares, against if setup.rule is Rule.RANKING else {})


def _refuse(setup: Setup, options: Sequence[Option], ballots: Sequence[Ballot]) -> None:
    """`ValueError` for what cannot be counted."""
    if setup.rule.of_money:
        raise ValueError("A budget is counted by alongside.methods.say.money.")
    known = {option.key for option in options}
    low, high = ALLOWED.get(setup.rule, (0, 1))
    for ballot in ballots:
        for key, value in ballot.marks.items():
            if key not in known:
                raise ValueError(f"A ballot marks {key}, which is not among the options.")
            if value < low or (high is not None and value > high):
                raise ValueError(f"A ballot gives {value} to {key}; {setup.rule} knows no such mark.")
    voting = {group.key for group in setup.voting}
    if setup.rule is Rule.SUPPORTED and sum(ballot.group in voting for ballot in ballots) > 1:
        raise ValueError("In a decision about somebody's own life only that person's ballot counts.")


ALLOWED: Mapping[Rule, tuple[int, int | None]] = {
    Rule.CONSENT: (-1, 1),
    Rule.SCORE: (0, FIVE),
    Rule.RANKING: (1, None),
}


def _standing(setup: Setup, shares: Shares, ballots: Sequence[Ballot], option: str, said: int) -> Standing:
    """What the rule counts for one option, and every condition it does not meet. `said` are objections of the talk."""
    voting = {group.key for group in setup.voting}
    counted = [ballot for ballot in ballots if ballot.group in voting]
    advice = Counter(
        ballot.group
        for ballot in ballots
        if ballot.group not in voting and supports(setup.rule, ballot.said.get(option))
    )
    whole = behind(setup, shares, counted, option)
    value = whole.of_those_who_said if setup.rule.of_yes_and_no else whole.for_it
    if setup.rule is Rule.SCORE:
        value = sum((shares.of(one) * one.said.get(option, 0) for one in counted), Fraction(0))
    why, left = unmet(setup, shares, counted, option, whole), objections(setup, counted, option)
    if said and setup.rule is Rule.CONSENT:
        why, left = (*why, Why(Code.OBJECTION_SAID, have=Fraction(said), need=Fraction(0))), left + said
    return Standing(option, value, whole.votes, whole.for_it, left, dict(advice), why)


def _rows(standings: Mapping[str, Standing], keys: Sequence[str], winners: Sequence[str]) -> tuple[Standing, ...]:
    """All standings in order; those that might have won and did not say that others had more."""
    others = (Why(Code.OTHERS),)
    return tuple(
        standings[key] if key in winners or standings[key].why else replace(standings[key], why=others) for key in keys
    )


def _verdict(winners: Sequence[str], rows: Sequence[Standing]) -> tuple[Verdict, tuple[Why, ...]]:
    """Decided where something won. Otherwise back to talk where the most wanted idea was held back by a floor, a
    side or an objection, and not decided where too few were for it."""
    if winners:
        return Verdict.DECIDED, ()
    best = rows[0].why if rows else ()
    talk = any(why.code.for_talk for why in best)
    return (Verdict.BACK_TO_TALK if talk else Verdict.NOT_DECIDED), best
