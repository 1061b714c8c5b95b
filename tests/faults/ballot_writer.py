"""Casts the ballots of a whole list of people and says each that is safe, until somebody kills it; then, asked to,
closes the box and says what was counted."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"


def presses(people: list[int], seed: int) -> Iterator[tuple[int, str, int]]:
    """Who presses, with which receipt, for which idea: everybody once in an order by lot, some twice with the same
    receipt, some again later with another idea. Always the same for the same seed."""
    from alongside.planning.ballots import receipts

    lots = random.Random(seed)
    words = receipts.words()
    taken: set[str] = set()
    later: list[tuple[int, str, int]] = []
    for person in lots.sample(people, len(people)):
        receipt = ""
        while not receipt or receipt in taken:
            receipt = f"{lots.choice(words)} {lots.randint(10, 99)} {lots.choice(words)}"
        taken.add(receipt)
        idea = lots.randint(1, 4)
        yield person, receipt, idea
        if lots.random() < 0.1:
            yield person, receipt, idea
        if lots.random() < 0.1:
            later.append((person, receipt, lots.randint(1, 4)))
        if later and lots.random() < 0.1:
            yield later.pop()
    yield from later


def main(decision_pk: int, first: int, last: int, start: int, then: str) -> None:
    import django

    django.setup()
    from alongside.ground.history.actor import Actor
    from alongside.ground.people.models import Party
    from alongside.planning.ballots.actions import cast
    from alongside.planning.decisions.models import Decision

    decision = Decision.objects.select_related("record__owner", "terms").get(pk=decision_pk)
    parties: dict[int, Any] = Party.objects.in_bulk(range(first, last))
    for person, receipt, idea in islice(presses(sorted(parties), seed=decision_pk), start, None):
        voter = parties[person]
        said = {idea: "1"}
        cast(
            by=Actor(person=voter),
            decision=decision,
            voter=voter,
            group="people",
            said=said,
            receipt=receipt,
            of_age=True,
        )
        sys.stdout.write(f"{person}\n")
        sys.stdout.flush()
    if then == "count":
        sys.stdout.write(json.dumps(count(decision_pk)) + "\n")


def count(decision_pk: int) -> dict[str, Any]:
    """The day after: the box is closed and counted."""
    from datetime import timedelta

    from alongside.ground.history.actor import Actor
    from alongside.planning.ballots.actions import close
    from alongside.planning.ballots.queries import counted
    from alongside.planning.decisions.models import Decision, Phase
    from alongside.planning.decisions.queries import today
    from alongside.planning.papers.queries import ballots_add_up
    from alongside.planning.rolls.models import Roll

    Phase.objects.filter(decision=decision_pk, kind="vote").update(
        since=today() - timedelta(days=1), until=today() - timedelta(days=1)
    )
    decision = Decision.objects.select_related("record__owner", "terms").get(pk=decision_pk)
    close(by=Actor.system("count"), decision=decision)
    ballots = {one.key: [n for n, value in one.marks.items() if value] for one in counted(decision)}
    took_part = list(Roll.objects.filter(decision=decision).values_list("seat__party", flat=True))
    return {"ballots": ballots, "took_part": took_part, "wrong": list(ballots_add_up())}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]), sys.argv[5])
