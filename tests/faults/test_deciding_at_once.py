"""Several in one moment on what is decided: a set-up is changed as it opens, and one paper is read in many windows."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.planning.asking import actions as asking
from alongside.planning.asking.reading import rows_of
from alongside.planning.ballots.models import Ballot
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.actions import GroupSaid, SetupFault
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.queries import today, unfair
from alongside.planning.papers import actions as papers
from alongside.planning.papers.models import Keying, Sheet
from alongside.planning.rolls.actions import add_to_list
from tests.cast import Cast
from tests.planning.ballots.box import OURS, names, picks, voting
from tests.planning.deciding import draft, fresh
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_changed_as_it_opens_is_declared_whole_or_not_at_all(live_cast: Cast) -> None:
    """Four give other groups and other terms while four open it: it stands as one of them left it, sum and all."""
    made, by = draft(live_cast), live_cast.commissioner.actor
    opened: list[Decision] = []

    def press(n: int) -> None:
        with contextlib.suppress(Fault, SetupFault):
            if n % 2:
                opened.append(decisions.declare(by=by, decision=made))
            elif n % 4:
                groups = [GroupSaid("People", "people", 700_000), GroupSaid("Groups", "communities", 300_000)]
                decisions.set_groups(by=by, decision=made, groups=groups)
            else:
                decisions.set_terms(by=by, decision=made, quorum=10 + n)

    assert at_once(press) == []
    now = fresh(made)
    assert len(opened) == 1 and now.stage == Stage.OPEN
    assert list(unfair()) == [] and now.terms_sha == opened[0].terms_sha


def test_one_reader_in_eight_windows_has_read_a_paper_once(live_cast: Cast) -> None:
    decision, by = voting(live_cast), live_cast.commissioner.actor
    given = {"by": by, "decision": decision, "group": decision.groups.get(key=OURS)}
    add_to_list(people=names(1), **given)  # type: ignore[arg-type]
    number = papers.print_sheets(**given).numbers[0]  # type: ignore[arg-type]

    def read(n: int) -> None:
        with contextlib.suppress(Fault):
            papers.key_in(by=by, decision=decision, number=number, said=picks(1 + n % 4))

    assert at_once(read) == []
    assert (Keying.objects.count(), Sheet.objects.get().state, Ballot.objects.count()) == (1, "once", 0)


def test_two_who_open_one_question_at_once_open_it_once(live_cast: Cast) -> None:
    """Each with what they wrote: one of them stands whole, and the other is told."""
    assert live_cast.place.name
    by, day = live_cast.connector.actor, today() + timedelta(days=14)
    wrote = ("The zoo\nThe sea", "The hills\nThe lake")
    for round_ in range(3):
        made = asking.begin(by=by, owner=live_cast.lunch_club, question=f"Where shall we go on trip {round_}?")
        told: list[Exception] = []

        def press(n: int, made: Decision = made, told: list[Exception] = told) -> None:
            try:
                asking.open_it(by=by, decision=fresh(made), rows=rows_of(wrote[n]), last_day=day)
            except (Fault, SetupFault, Refused) as fault:
                told.append(fault)

        assert at_once(press, 2) == [] and len(told) == 1
        titles = "\n".join(option.idea.title for option in fresh(made).options.order_by("pk"))
        assert titles in wrote
