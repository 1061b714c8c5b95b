"""Attacks on a decision: by somebody who wants more than their say, by who looks after it, and on what others chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.exchange.recount.writing import plain_sheet
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Party, Sort
from alongside.methods import say
from alongside.methods.say.effect import counts_of
from alongside.methods.say.rules import choose
from alongside.planning.ballots import actions as ballots
from alongside.planning.ballots import receipts
from alongside.planning.ballots.models import Ballot, BallotBox
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.queries import barred
from alongside.planning.lotteries import actions as lotteries
from alongside.planning.papers import actions as papers
from alongside.planning.results import actions as results
from alongside.planning.results.counting import Counting
from alongside.planning.results.models import Result
from alongside.planning.results.queries import result, too_few
from alongside.planning.results.showing import shown
from alongside.planning.rolls import actions as rolls
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.queries import standings
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import AFFECTED, COUNCILS, OURS, cast_for, closed, voting
from tests.planning.deciding import SHARED, fresh, money, move
from tests.planning.lotteries.panels import ready
from tests.planning.results.counted import BENCHES, BY_HALF, LIFTS, counted
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


# The file of choices says nothing of whose they are


@dataclass(frozen=True)
class _Option:
    n: int
    cost_pence: int = 0


def count_by_hand(setup: say.Setup, cast: Sequence[say.Ballot]) -> Counting:
    outcome = choose(setup, [say.Option("1", 0), say.Option("2", 0)], cast, seed="s")
    groups = counts_of(setup, cast, outcome.winners)
    options = (_Option(1), _Option(2))
    return Counting(setup, options, tuple(cast), len(cast), True, "s", outcome, groups)  # type: ignore[arg-type]


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
        files.append(plain_sheet(count_by_hand(COMMUNITIES_ALONE, cast), {}))
    assert files[0] == files[1]


@pytest.mark.parametrize(("people", "groups"), [(1, 8), (8, 1)])
def test_a_few_of_either_kind_in_one_group_keep_the_file_closed(people: int, groups: int) -> None:
    """Shares differ where the cap cuts an organisation's, so one person among communities can be picked out."""
    cast = [say.Ballot(f"p{n}", "communities", {"2": 1}) for n in range(people)]
    cast += [say.Ballot(f"g{n}", "communities", {"1": 1}, organisation=True) for n in range(groups)]
    assert too_few(count_by_hand(COMMUNITIES_ALONE, cast))


# One organisation never above its cap, and no gain on its own idea: so it stands under its own name


def test_no_code_and_no_name_alone_puts_anybody_among_organisations(cast: Cast) -> None:
    """Nobody knows who holds a code: five of them would be five ballots of one council, each up to the cap."""
    decision, by = voting(cast), cast.commissioner.actor
    councils = decision.groups.get(key=COUNCILS)
    with pytest.raises(Fault, match="under its own name"):
        rolls.print_codes(by=by, decision=decision, group=councils, how_many=5)
    with pytest.raises(Fault, match="under its own name"):
        papers.print_sheets(by=by, decision=decision, group=councils, how_many=5)
    with pytest.raises(Fault, match="under its own name"):
        rolls.add_to_list(by=by, decision=decision, group=councils, people=[Named("Testford Council, 2nd desk")])
    assert not Seat.objects.exists()


def test_who_works_for_a_council_is_not_listed_beside_it(cast: Cast) -> None:
    decision, by = voting(cast), cast.commissioner.actor
    councils = decision.groups.get(key=COUNCILS)
    with pytest.raises(Fault, match="does not fit"):
        rolls.add_to_list(by=by, decision=decision, group=councils, people=[Named("", cast.coordinator.party)])


# A slip that comes back outside the vote


def test_no_slip_comes_back_before_the_vote_or_after_the_count(cast: Cast) -> None:
    decision, by = voting(cast), cast.commissioner.actor
    batch = rolls.print_codes(by=by, decision=decision, group=decision.groups.get(key=OURS), how_many=2)
    for when in (NOW_LISTING, None):
        moved = move(decision, when) if when else closed(decision, cast.commissioner)
        if when is None:
            results.count(by=MACHINE, decision=moved)
            moved = fresh(decision)
        with pytest.raises(Refused):
            rolls.receive_slip(by=by, decision=moved, code=batch.codes[0][0])
    assert not Roll.objects.exists()


# Who is directly affected is not for everybody to say, once it was said who they are


def test_nobody_calls_themselves_affected_where_a_list_says_who_is(cast: Cast) -> None:
    """A group of few with a fifth of the say: in it one ballot holds most, and can hold up everything."""
    decision, by = voting(cast), cast.commissioner.actor
    street, town = decision.groups.get(key=AFFECTED), decision.groups.get(key=OURS)
    assert len(standings(cast.outsider.actor, decision)[0].groups) == 2
    rolls.add_to_list(by=by, decision=decision, group=street, people=[Named("", cast.resident.party)])
    assert [one.key for one in standings(cast.outsider.actor, decision)[0].groups] == [OURS]
    with pytest.raises(Fault, match="group"):
        cast_for(cast.outsider, decision, 1, group=AFFECTED)
    code, other = (code for code, _n in rolls.print_codes(by=by, decision=decision, group=town, how_many=2).codes)
    for text in (code, other):
        somebody = cast.person("Somebody")
        rolls.use_code(by=somebody.actor, decision=decision, code=text)
        with pytest.raises(Fault, match="group"):
            cast_for(somebody, decision, 1, group=AFFECTED)
    assert cast_for(cast.resident, decision, 1, group="").receipt
    assert Seat.objects.get(party=cast.resident.party).group == street


def test_codes_for_the_street_say_who_is_affected(cast: Cast) -> None:
    decision, by = voting(cast), cast.commissioner.actor
    street = decision.groups.get(key=AFFECTED)
    code = rolls.print_codes(by=by, decision=decision, group=street, how_many=1).codes[0][0]
    rolls.use_code(by=cast.neighbour.actor, decision=decision, code=code)
    cast_for(cast.neighbour, decision, 1, group=AFFECTED)
    with pytest.raises(Fault, match="group"):
        cast_for(cast.outsider, decision, 1, group=AFFECTED)
    assert Seat.objects.get().group == street


def test_a_claim_of_ones_own_takes_nothing_from_the_next(cast: Cast) -> None:
    """Nobody was put there: then everybody says it themselves, and the page says that nobody checks it."""
    decision, by = voting(cast), cast.commissioner.actor
    town = decision.groups.get(key=OURS)
    code = rolls.print_codes(by=by, decision=decision, group=town, how_many=2).codes[0][0]
    rolls.use_code(by=cast.neighbour.actor, decision=decision, code=code)
    cast_for(cast.neighbour, decision, 1, group=AFFECTED)
    assert cast_for(cast.outsider, decision, 1, group=AFFECTED).receipt


def test_who_is_vouched_for_stands_where_their_neighbour_does(cast: Cast) -> None:
    decision, by = voting(cast), cast.commissioner.actor
    street = decision.groups.get(key=AFFECTED)
    rolls.add_to_list(by=by, decision=decision, group=street, people=[Named("", cast.resident.party)])
    code = rolls.vouch(by=cast.resident.actor, decision=decision, name="Iolo Rees", key="")
    somebody = cast.person("Iolo Rees")
    rolls.use_code(by=somebody.actor, decision=decision, code=code)
    assert cast_for(somebody, decision, 1, group="").receipt
    assert Seat.objects.get(party=somebody.party).group == street


# A panel by lot: one way to write the numbers that the public drew


@pytest.mark.parametrize(
    "typed",
    ["3 14 15 26 35 41", "03, 14, 15, 26, 35, 41", "41 35 26 15 14 3", "3-14-15-26-35-41", " 3  14 15 26 35 41."],
)
def test_numbers_of_the_public_draw_one_panel_however_they_are_typed(cast: Cast, typed: str) -> None:
    """The list's mark is open, so whoever types could try commas, noughts and orders until a friend is drawn."""
    lottery, _people = ready(cast, seed_way="public", seed_words="The six main numbers")
    lotteries.draw(by=cast.commissioner.actor, lottery=lottery, seed=typed)
    assert lottery.draws.get().seed == "3 14 15 26 35 41"


@pytest.mark.parametrize("typed", ["3 14 15 26 35 41 lucky", "٣ ١٤", "none", "1 " * 31, "1" * 31])
def test_nothing_but_numbers_is_taken_for_the_chance(cast: Cast, typed: str) -> None:
    lottery, _people = ready(cast, seed_way="public", seed_words="The six main numbers")
    with pytest.raises(Fault, match="Type in"):
        lotteries.draw(by=cast.commissioner.actor, lottery=lottery, seed=typed)
    assert lottery.draws.get().number is None


# Those who run it take nobody's vote away once people choose


def test_nobody_is_said_to_gain_by_others_once_the_vote_has_begun(cast: Cast) -> None:
    """Else whoever runs it could bar everybody they do not like on the last day; it cannot be taken out then."""
    decision = voting(cast)
    idea = decision.options.get(n=1).idea
    with pytest.raises(Fault, match="People are choosing"):
        ideas.declare(by=cast.commissioner.actor, idea=idea, party=cast.neighbour.party, kind="paid")
    assert not barred(decision, cast.neighbour.party)
    ideas.declare(by=cast.neighbour.actor, idea=idea, party=cast.neighbour.party, kind="paid")
    assert barred(decision, cast.neighbour.party)


# Paper: what was counted beyond the slips


def test_more_papers_than_slips_are_told_with_the_result(cast: Cast) -> None:
    """Two who read papers together could read in papers that nobody filled in."""
    decision, by = voting(cast), cast.commissioner
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
    assert "If fewer than 5 of your group choose" in page.content.decode()


# What somebody says of an organisation that they made is not what the register says


def test_nobody_makes_a_council_to_vote_among_councils(cast: Cast) -> None:
    """Anybody may open a page for a public service, long before: each would be a ballot among councils and the NHS, up
    to the cap, and hold up suppliers' part besides."""
    given = {"by": cast.outsider.actor, "kind": Kind.ORGANISATION, "sort": Sort.PUBLIC}
    made_up = people.welcome(name="Testford Health Council", **given)
    decision = voting(cast)
    Party.objects.filter(pk=made_up.pk).update(since=decision.declared_at - timedelta(days=9))
    assert not [one for one in standings(cast.outsider.actor, decision) if one.party == made_up]
    council = Party.objects.filter(pk=cast.council.pk)
    council.update(since=decision.declared_at - timedelta(days=9))
    assert [one.party for one in standings(cast.commissioner.actor, fresh(decision))].count(cast.council) <= 1


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
    a_day = min(
        int(rate.split("/")[0]) for rate in settings.ACCOUNT_RATE_LIMITS["receipt"].split(",") if "/d/key" in rate
    )
    receipts_there_are = len(receipts.words()) ** 2 * (receipts.MOST - receipts.LEAST + 1)
    assert 14 * a_day * 5_000 / receipts_there_are < 0.01
