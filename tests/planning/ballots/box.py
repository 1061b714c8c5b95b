"""A decision in its days of voting, with a list to choose from, for tests of ballots."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

from alongside.planning.ballots import actions, receipts
from alongside.planning.ballots.actions import Done
from alongside.planning.decisions.models import Decision
from alongside.planning.rolls import actions as rolls
from alongside.planning.rolls.actions import Named
from tests.cast import Cast, Somebody, at
from tests.planning.deciding import SHARED, fresh, money, move, opened
from tests.planning.thinking import NOW_ANSWERING, NOW_IDEAS, NOW_LISTING, NOW_VOTE, idea_of, listed

IDEAS = {"Shared lifts": 520_000, "Benches to rest on": 480_000, "Bus buddies": 390_000, "A travel app": 1_150_000}
OURS, AFFECTED, COUNCILS = "people", "people-who-cannot-get-ou", "council-and-nhs"


def voting(cast: Cast, **given: Any) -> Decision:
    """The council's question with four ideas on the list, open for choosing now."""
    ready = None if given else cast.take("a vote")
    return fresh(ready) if ready else _opened_for_voting(cast, **given)


A_VOTE = at("a vote", voting)  # for files whose tests begin with it


def _opened_for_voting(cast: Cast, **given: Any) -> Decision:
    terms = given.pop("terms", money())
    floor = 20 if terms.get("rule", "budget") == "budget" else 50
    usual = [replace(one, floor_pct=floor if one.affected else None) for one in SHARED]
    decision = opened(cast, when=NOW_IDEAS, terms=terms, groups=given.pop("groups", usual), **given)
    ideas = [idea_of(cast.connector, decision, title, cost_pence=pence) for title, pence in IDEAS.items()]
    move(decision, NOW_LISTING)
    listed(cast.commissioner, decision, *ideas)
    return move(decision, NOW_VOTE)


def names(n: int) -> list[Named]:
    """So many people without a page, no two of whom have a name like another's."""
    return [Named(f"{one}{two.lower()}a {two}{one.lower()}en") for one in string.ascii_uppercase for two in "MRST"][:n]


def put(cast: Cast, decision: Decision, key: str, *somebody: Somebody) -> None:
    """Those who look after it put people with a page into a group."""
    people = [Named("", one.party) for one in somebody]
    group = decision.groups.get(key=key)
    rolls.add_to_list(by=cast.commissioner.actor, decision=decision, group=group, people=people)


def over(decision: Decision) -> Decision:
    """The days of the vote are over."""
    return move(decision, NOW_ANSWERING)


def closed(decision: Decision, by: Somebody) -> Decision:
    decision = over(decision)
    actions.close(by=by.actor, decision=decision)
    return decision


def picks(*numbers: int) -> dict[int, str]:
    return dict.fromkeys(numbers, "1")


def cast_for(somebody: Somebody, decision: Decision, *numbers: int, **given: Any) -> Done:
    """Somebody picks these ideas, by their numbers on the paper."""
    given = {
        "voter": somebody.party,
        "group": OURS,
        "said": picks(*numbers),
        "receipt": receipts.fresh(decision),
        "of_age": True,
    } | given
    return actions.cast(by=given.pop("by", somebody.actor), decision=decision, **given)
