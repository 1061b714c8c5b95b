"""A count as a ballot file: what was declared, what was voted on, and every ballot without anything of whose it is.

Ballots stand in an order by what they say, so that their place tells nothing. A budget becomes a Pabulib file, which
`alongside decide FILE.pb` counts again with no other word; the other rules a plain sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction

from alongside.exchange import pabulib
from alongside.methods import say
from alongside.methods.equal_shares import Rule
from alongside.methods.say.money import problem_of, rule_of
from alongside.methods.say.shares import Shares
from alongside.planning.results.queries import Published

TYPES = {say.Form.TICKS: "approval", say.Form.POINTS: "cumulative", say.Form.RANKS: "ordinal"}


def ballot_file(given: Published, about: Mapping[str, str], titles: Mapping[str, str]) -> bytes:
    """A budget as a Pabulib file, with what was published of its count. `about` goes into META as it is; `titles` are
    the options' names by their keys."""
    voted, setup, options = given.voted, given.voted.setup, given.voted.listed
    may_win = [option for option in options if option.key not in given.out]
    problem = problem_of(setup, may_win, voted.ballots, given.shares)
    rule = rule_of(setup, voted.seed)
    meta = {
        **about,
        "num_projects": len(options),
        "num_votes": 0,
        "budget": _pounds(setup.budget_pence or 0),
        "vote_type": TYPES[setup.form],
        **pabulib.stated(_declared(given, rule), problem),
        "alongside_verdict": given.verdict.value,
    }
    projects = [_project(option, given, problem.votes, titles) for option in options]
    votes = [_vote(setup, ballot, given.shares.of(ballot)) for ballot in _mixed(voted.ballots, given.shares)]
    counted = [vote for vote in votes if vote["share"] != "0"]
    numbered = [{"voter_id": n, **vote} for n, vote in enumerate(counted, 1)]
    return pabulib.write(pabulib.BallotFile.of(meta, projects, numbered))


def _declared(given: Published, rule: Rule) -> pabulib.Declared:
    setup = given.voted.setup
    worth = {say.Form.POINTS: "points", say.Form.RANKS: "places"}.get(setup.form, setup.utility.value)
    us = frozenset(group.key for group in setup.voting if group.side.us)
    return pabulib.Declared(rule, worth, us, given.us_raised)


def _project(
    option: say.Option, given: Published, votes: Mapping[str, int], titles: Mapping[str, str]
) -> dict[str, object]:
    return {
        "project_id": option.key,
        "cost": _pounds(option.cost),
        "votes": votes.get(option.key, ""),
        "name": titles.get(option.key, ""),
        "selected": int(option.key in given.winners),
        "out": given.out.get(option.key, ""),
    }


def _vote(setup: say.Setup, ballot: say.Ballot, share: Fraction) -> dict[str, object]:
    said = {key: value for key, value in ballot.said.items() if value > 0}
    row: dict[str, object] = {"vote": ",".join(_ordered(setup.form, said))}
    if setup.form is say.Form.POINTS:
        row["points"] = ",".join(str(said[key]) for key in _ordered(setup.form, said))
    return {**row, "group": ballot.group, "share": str(share)}


def _ordered(form: say.Form, said: Mapping[str, int]) -> list[str]:
    """Places best first; points and ticks by number."""
    if form is say.Form.RANKS:
        return sorted(said, key=lambda key: (said[key], int(key)))
    return sorted(said, key=int)


def _mixed(ballots: Sequence[say.Ballot], shares: Shares) -> list[say.Ballot]:
    """Ballots by what stands in their line, and not by when or from whom they came: neither by a person's or not."""
    return sorted(ballots, key=lambda one: (one.group, shares.of(one), sorted(one.marks.items())))


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}" if pence % 100 else str(pence // 100)


def plain_sheet(given: Published, titles: Mapping[str, str]) -> bytes:
    """The choices of any other rule: a line for each ballot, with its group, its share of the say and its marks. Where
    consent decides, first how many objections of the talk still stand."""
    keys = [option.key for option in given.voted.listed]
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["ballot", "group", "share", *(f"{key} {titles.get(key, '')}".strip() for key in keys)])
    if given.voted.said:
        lines.writerow(["objections of the talk", "", "", *(given.voted.said.get(key, "") for key in keys)])
    for n, ballot in enumerate(_mixed(given.voted.ballots, given.shares), 1):
        marks = (ballot.marks.get(key, "") for key in keys)
        lines.writerow([n, ballot.group, str(given.shares.of(ballot)), *marks])
    return out.getvalue().encode("utf-8-sig")
