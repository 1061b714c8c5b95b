"""Attacks on what others chose, and on what is told of a count: by readers, by those who read papers, after a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.exchange.recount.writing import plain_sheet
from alongside.ground.history.acting import Fault
from alongside.ground.notices.models import Notice
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Sort
from alongside.methods import say
from alongside.methods.say.outcome import Verdict
from alongside.methods.say.shares import cast_of, shares_of
from alongside.planning.ballots import actions as ballots
from alongside.planning.ballots import receipts
from alongside.planning.ballots.models import Ballot, BallotBox
from alongside.planning.ballots.queries import stay_closed
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import actions as ideas
from alongside.planning.papers import actions as papers
from alongside.planning.results import actions as results
from alongside.planning.results.counting import Voted, voted_in
from alongside.planning.results.models import Result
from alongside.planning.results.queries import Published, result
from alongside.planning.results.showing import shown
from alongside.planning.rolls import actions as rolls
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import AFFECTED, COUNCILS, OURS, cast_for, closed, over, voting
from tests.planning.deciding import SHARED, money, move
from tests.planning.results.counted import BENCHES, BY_HALF, COMMUNITIES, LIFTS, counted
from tests.planning.thinking import NOW_LISTING, told

pytestmark = pytest.mark.django_db


def many(cast: Cast, n: int) -> list[Somebody]:
    return [cast.person(f"Neighbour {one}") for one in range(n)]


def in_rows(model: type) -> list[str]:
    """The keys of rows in the order in which they lie in the table."""
    at = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {model._meta.pk.column} FROM {model._meta.db_table} ORDER BY {at}")  # type: ignore[attr-defined]
        return [str(row[0]).replace("-", "") for row in cursor.fetchall()]


# A vote that is stopped half-way keeps no trail either


def test_a_vote_that_is_stopped_is_mixed_like_one_that_is_counted(cast: Cast) -> None:
    decision = voting(cast)
    for somebody in many(cast, 12):
        cast_for(somebody, decision, 1)
    assert in_rows(Ballot) != sorted(in_rows(Ballot))
    decisions.stop(by=cast.commissioner.actor, decision=decision, why="The money is gone")
    ballots.close_due(by=MACHINE)
    assert BallotBox.objects.get().closed_on is not None
    for model in (Ballot, Seat, Roll):
        assert in_rows(model) == sorted(in_rows(model))
    notices = Notice.objects.filter(title="A vote in which you took part was stopped")
    assert notices.count() == 12 and all("Why: The money is gone" in one.body for one in notices)
    assert ballots.close_due(by=MACHINE) == 0 and notices.count() == 12, "told once"


def test_nobody_stops_a_vote_once_it_is_known_who_took_part(cast: Cast) -> None:
    """Whoever looks after it could read the turnout, or count, and then make an unwelcome result go away."""
    decision = voting(cast)
    cast_for(cast.resident, decision, 1)
    given = {"by": cast.commissioner.actor, "why": "Too few came"}
    page, stop = (reverse(f"decisions:{name}", args=[decision.record.key]) for name in ("one", "stop"))
    assert stop in (client := cast.commissioner.client()).get(page).content.decode(), "on its days, with a reason"
    before, decision = decision, over(decision)
    for known in (decision, before):  # also from a page that was opened before the last day
        with pytest.raises(Fault, match="nobody can stop it any more"):
            decisions.stop(decision=known, **given)
    assert "nobody can stop it any more" in client.post(stop, {"stage_why": "Too few came"}).content.decode()
    assert stop not in client.get(page).content.decode()
    ballots.close(by=MACHINE, decision=decision)
    with pytest.raises(Fault, match="nobody can stop it any more"):
        decisions.stop(decision=decision, **given)
    assert results.count(by=MACHINE, decision=decision)


# The file of choices says nothing of whose they are


@dataclass(frozen=True)
class _Option:
    n: int
    cost_pence: int = 0


def by_hand(setup: say.Setup, cast: Sequence[say.Ballot]) -> Published:
    voted = Voted(setup, (_Option(1), _Option(2)), tuple(cast), len(cast), True, "s", {})  # type: ignore[arg-type]
    shares = shares_of(setup, cast_of(setup, cast))
    assert shares is not None
    return Published(voted, shares, Verdict.DECIDED, frozenset({"1"}), {}, Fraction(0))


COMMUNITIES_ALONE = say.Setup(
    basis=say.Basis.OURS, rule=say.Rule.APPROVAL, groups=(say.Group("communities", say.Side.COMMUNITIES, 1_000_000),)
)


def test_people_among_communities_do_not_stand_first_in_the_file() -> None:
    """All hold the same share here, so the file is the same whoever of them is a person."""
    files = []
    for person in ("1", "2"):
        cast = [say.Ballot(f"p{n}", "communities", {person: 1}) for n in range(10)]
        other = "2" if person == "1" else "1"
        cast += [say.Ballot(f"g{n}", "communities", {other: 1}, organisation=True) for n in range(10)]
        files.append(plain_sheet(by_hand(COMMUNITIES_ALONE, cast), {}))
    assert files[0] == files[1]


@pytest.mark.parametrize(("people", "groups"), [(1, 8), (8, 1)])
def test_a_few_of_either_kind_in_one_group_keep_the_file_closed(cast: Cast, people: int, groups: int) -> None:
    """Shares differ where the cap cuts an organisation's, so one person among communities can be picked out."""
    said = {OURS: [(9, (LIFTS,))], AFFECTED: [(6, (LIFTS,))], COMMUNITIES: [(people + groups, (LIFTS,))]}
    decision = counted(cast, said).decision
    theirs = Ballot.objects.filter(decision=decision, group__key=COMMUNITIES)
    page = reverse("results:one", args=[decision.record.key])
    assert not stay_closed(decision) and "communities paid" in Client().get(page).content.decode()
    theirs.filter(pk__in=list(theirs.values_list("pk", flat=True)[:people])).update(organisation=False)
    assert stay_closed(decision)
    address = reverse("recount:choices", args=[decision.record.key])
    assert Client().get(address).status_code == 404
    told = Client().get(page).content.decode()
    assert "put in" not in told and "communities paid" not in told, "sums would tell what the file would"


def test_nobody_finds_what_a_few_chose_by_trying_against_the_sum_on_the_page(cast: Cast) -> None:
    """Four people, four ideas: 3,876 ways to have chosen. The sum of each could be worked out by anybody, were there
    not something before the choices that nobody can guess."""
    decision = counted(cast, {OURS: [(1, (LIFTS,)), (2, (LIFTS, BENCHES)), (1, (BENCHES,))]}).decision
    found = decision_result(decision)
    page = Client().get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert found.ballots_sha in page and found.salt not in page and len(found.salt) == 64
    true = voted_in(decision)
    ways = [dict.fromkeys((key for n, key in enumerate("1234") if way >> n & 1), 1) for way in range(16)]
    tried = 0
    for chosen in combinations_with_replacement(ways, 4):
        guess = replace(true, ballots=tuple(replace(one, marks=m) for one, m in zip(true.ballots, chosen, strict=True)))
        tried += 1
        assert guess.sum("") != found.ballots_sha
    assert tried == 3876 and true.sum(found.salt) == found.ballots_sha


# Paper: what was counted beyond the slips


def test_more_papers_than_slips_are_told_with_the_result(cast: Cast) -> None:
    """Two who read papers together could read in papers that nobody filled in."""
    decision, by = voting(cast, ways=["code"]), cast.commissioner
    printed = papers.print_sheets(by=by.actor, decision=decision, group=decision.groups.get(key=OURS), how_many=6)
    for number in printed.numbers:
        for reader in (by, cast.coordinator):
            papers.key_in(by=reader.actor, decision=decision, number=number, said={1: "1"})
    decision = closed(decision, by)
    results.count(by=MACHINE, decision=decision)
    page = Client().get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert "6 more ballot papers were counted than slips came back" in page


# What two people chose is not to be worked out from the sums of all


def rows_of_page(decision: Decision) -> list[tuple[str, str, object]]:
    return [(row.words, row.paid, row.bar) for row in shown(decision, decision_result(decision)).rows]


def decision_result(decision: Decision) -> Result:
    found = result(MACHINE, decision)
    assert found is not None
    return found


@pytest.mark.parametrize("rule", [{"rule": "approval", "winners": 1, "threshold_pct": 0}, {"rule": "budget"}])
def test_the_page_is_the_same_whatever_two_people_affected_chose(cast: Cast, rule: dict[str, object]) -> None:
    """Seven picked the second idea: both of the two who are affected, or one. Their shares differ from others', so that
    any sum of shares or money would say which. That fewer than their floor wanted one is said: it is the rule."""
    pages = []
    for both in (True, False):
        terms = money(2_400_000) if rule["rule"] == "budget" else rule
        groups = BY_HALF if rule["rule"] != "budget" else SHARED
        said = {
            OURS: [(5 if both else 6, (LIFTS, BENCHES)), (7 if both else 6, (LIFTS,))],
            AFFECTED: [(1, (LIFTS, BENCHES)), (1, (LIFTS, BENCHES) if both else (LIFTS,))],
        }
        pages.append(rows_of_page(counted(cast, said, terms=terms, groups=groups).decision))
    words = [[said for said, _paid, _bar in page] for page in pages]
    assert [len(page) for page in words] == [4, 4]
    assert all("£" not in one and "of the say" not in one for page in words for one in page)
    assert not any(paid for page in pages for _said, paid, _bar in page)
    assert words[0] == words[1]


def test_an_organisation_is_told_also_where_more_than_four_have_places(cast: Cast) -> None:
    """Six have a place and two choose: how many will, nobody knows before, so all are told."""
    decision, by = voting(cast), cast.commissioner.actor
    bodies = [
        people.welcome(by=MACHINE, kind=Kind.ORGANISATION, sort=Sort.PUBLIC, name=f"Health board {n}") for n in range(5)
    ]
    named = [Named("", one) for one in (cast.council, *bodies)]
    rolls.add_to_list(by=by, decision=decision, group=decision.groups.get(key=COUNCILS), people=named)
    page = cast.commissioner.client().get(
        reverse("ballots:choose", args=[decision.record.key]) + f"?for={cast.council.key}"
    )
    assert "Do fewer than 5 of your group choose?" in page.content.decode()


# After the list; after a stop; and guessing for days


def test_no_price_on_the_list_is_changed_unheard(cast: Cast) -> None:
    """Whoever put an idea forward may say its price better until the vote. For a pound anything wins: so those who
    run it hear of it in time, and nothing dearer than all the money stays on the list."""
    decision = move(voting(cast), NOW_LISTING)
    idea = decision.options.get(n=1).idea
    with pytest.raises(Fault, match="more than there is"):
        ideas.change(by=cast.connector.actor, idea=idea, title=idea.title, words=idea.words, cost_pence=2_400_001)
    ideas.change(by=cast.connector.actor, idea=idea, title=idea.title, words=idea.words, cost_pence=100)
    assert told(decision.record.owner)[-1] == "The price of an idea on the list is another now: Shared lifts"


def test_nothing_of_a_vote_that_was_stopped_is_said_to_be_counted(cast: Cast) -> None:
    decision = voting(cast)
    receipt = cast_for(cast.resident, decision, 1).receipt
    decisions.stop(by=cast.commissioner.actor, decision=decision, why="The money is gone")
    ballots.close_due(by=MACHINE)
    page = Client().post(reverse("ballots:look_up", args=[decision.record.key]), {"receipt": receipt}).content.decode()
    assert "This choice was counted" not in page


def test_days_of_guessing_receipts_find_next_to_nobody() -> None:
    """Two weeks, five thousand ballots, and somebody who took part and tries all they may: one in a hundred of them
    finds one, and does not know whose it is."""
    a_day = min(most for most, seconds, of in settings.TRIES["receipt"] if (seconds, of) == (settings.DAY, "key"))
    receipts_there_are = len(receipts.words()) ** 2 * (receipts.MOST - receipts.LEAST + 1)
    assert 14 * a_day * 5_000 / receipts_there_are < 0.01
