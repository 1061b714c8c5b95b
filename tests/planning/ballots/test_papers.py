"""Paper counts the same as a screen: slips on the roll, papers read by two people, and sums that fit or say why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.planning.ballots import queries as ballots
from alongside.planning.ballots.actions import close
from alongside.planning.decisions.models import Decision
from alongside.planning.papers import actions, queries
from alongside.planning.papers.actions import Printed
from alongside.planning.papers.models import KeyingMark, Sheet
from alongside.planning.rolls import codes
from alongside.planning.rolls.actions import add_to_list, receive_slip, take_back, take_back_codes, tell_apart, use_code
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import A_VOTE, OURS, cast_for, closed, names, over, picks, voting
from tests.planning.deciding import money

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


@pytest.fixture
def decision(cast: Cast) -> Decision:
    assert cast.place.name
    return voting(cast)


@pytest.fixture
def readers(cast: Cast) -> list[Somebody]:
    return [cast.commissioner, cast.builder, cast.coordinator]


def papers(cast: Cast, decision: Decision, n: int = 3) -> Printed:
    given = {"by": cast.commissioner.actor, "decision": decision, "group": decision.groups.get(key=OURS)}
    add_to_list(people=names(n), **given)
    return actions.print_sheets(**given)


def reads(somebody: Somebody, decision: Decision, number: str, *numbers: int, **more: Any) -> Sheet:
    act = more.pop("act", actions.key_in)
    return act(by=somebody.actor, decision=decision, number=number, said=picks(*numbers), **more)


def slip(cast: Cast, decision: Decision, code: str) -> None:
    receive_slip(by=cast.commissioner.actor, decision=decision, code=code)


def test_slips_and_papers_are_made_together_and_tied_by_nothing(cast: Cast, decision: Decision) -> None:
    printed = papers(cast, decision, 5)
    assert len(set(printed.codes)) == len(set(printed.numbers)) == 5
    stored = str(list(Sheet.objects.values())) + str(list(Roll.objects.values()))
    assert not [number for number in printed.numbers if number in stored]
    assert {field.name for field in Sheet._meta.fields} == {"number_hash", "decision", "group", "batch", "state"}


def test_two_people_read_the_same_and_it_counts(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    printed = papers(cast, decision, 1)
    slip(cast, decision, printed.codes[0])
    assert reads(readers[0], decision, printed.numbers[0], 1, 3).state == "once"
    assert reads(readers[1], decision, printed.numbers[0].upper(), 3, 1).state == "counted"
    assert not KeyingMark.objects.exists()
    assert Roll.objects.get().channel == "paper"
    decision = closed(decision, cast.commissioner)
    assert [one.marks for one in ballots.counted(decision)] == [{1: 1, 3: 1}]
    assert ballots.receipt_counted(decision, printed.numbers[0])


def test_nobody_is_both_readers(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    number = papers(cast, decision, 1).numbers[0]
    reads(readers[0], decision, number, 1)
    with pytest.raises(Fault, match="Somebody else must read it"):
        reads(readers[0], decision, number, 1)


def test_where_two_differ_a_third_decides(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    number = papers(cast, decision, 1).numbers[0]
    reads(readers[0], decision, number, 1)
    assert reads(readers[1], decision, number, 2).state == "differs"
    with pytest.raises(Fault, match="third look"):
        reads(readers[2], decision, number, 1)
    assert queries.differing(readers[0].actor, decision, number) == []
    assert [one.marks for one in queries.differing(readers[2].actor, decision, number)] != []
    with pytest.raises(Fault):
        reads(readers[1], decision, number, 1, act=actions.settle)
    assert reads(readers[2], decision, number, 1, act=actions.settle).state == "counted"
    with pytest.raises(Fault, match="done"):
        reads(cast.steward, decision, number, 1)
    assert [one.marks for one in ballots.counted(closed(decision, cast.commissioner))] == [{1: 1}]


def test_what_nobody_can_read_does_not_count_and_is_shown(
    cast: Cast, decision: Decision, readers: list[Somebody]
) -> None:
    printed = papers(cast, decision, 1)
    slip(cast, decision, printed.codes[0])
    for reader in readers[:2]:
        sheet = reads(reader, decision, printed.numbers[0], spoilt=True)
    assert sheet.state == "spoilt"
    sums = queries.reconciliation(cast.commissioner.actor, decision)
    assert (sums.spoilt, sums.counted, sums.slips, sums.fits) == (1, 0, 1, True)
    assert ballots.counted(closed(decision, cast.commissioner)) == []


def test_a_code_counts_once_on_paper_or_on_a_screen(cast: Cast, decision: Decision) -> None:
    printed = papers(cast, decision, 2)
    somebody = cast.person("Alf Morris")
    use_code(by=somebody.actor, decision=decision, code=printed.codes[0])
    cast_for(somebody, decision, 1)
    with pytest.raises(Fault, match="does not count"):
        slip(cast, decision, printed.codes[0])
    slip(cast, decision, printed.codes[1])
    with pytest.raises(Fault, match="on the roll already"):
        slip(cast, decision, printed.codes[1])
    with pytest.raises(Fault, match="came back with a paper ballot"):
        use_code(by=cast.person("Bea").actor, decision=decision, code=printed.codes[1])


def test_who_sees_a_paper_cannot_change_it_on_a_screen(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    number = papers(cast, decision, 1).numbers[0]
    for reader in readers[:2]:
        reads(reader, decision, number, 1)
    cast_for(cast.resident, decision, 2)
    with pytest.raises(Refused, match="receipt"):
        cast_for(cast.resident, decision, 3, receipt=number)
    with pytest.raises(Fault):
        cast_for(cast.neighbour, decision, 3, receipt=number)


def test_the_sums_say_what_does_not_fit(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    printed = papers(cast, decision, 4)
    for code in printed.codes[:3]:
        slip(cast, decision, code)
    reads(readers[0], decision, printed.numbers[0], 1)
    reads(readers[1], decision, printed.numbers[0], 2)
    reads(readers[0], decision, printed.numbers[1], 1)
    sums = queries.reconciliation(cast.commissioner.actor, decision)
    assert (sums.printed, sums.slips, sums.once, sums.differ, sums.fits) == (4, 3, 1, 1, False)
    said = " ".join(sums.explained)
    for words in ("1 paper is still to be read", "waits for a second reader", "waits for a third look"):
        assert words in said
    with pytest.raises(Refused, match="two people yet"):
        close(by=cast.commissioner.actor, decision=over(decision))
    close(by=cast.commissioner.actor, decision=over(decision), waiting=True)
    assert not KeyingMark.objects.exists()
    assert ballots.counted(decision) == []


def test_paper_read_after_the_last_day_counts_until_the_box_is_closed(
    cast: Cast, decision: Decision, readers: list[Somebody]
) -> None:
    printed = papers(cast, decision, 2)
    decision = over(decision)
    slip(cast, decision, printed.codes[0])
    for reader in readers[:2]:
        reads(reader, decision, printed.numbers[0], 4)
    close(by=cast.commissioner.actor, decision=decision)
    with pytest.raises(Refused, match="closed"):
        reads(readers[0], decision, printed.numbers[1], 1)
    assert len(ballots.counted(decision)) == 1


FORMS: list[tuple[dict[str, Any], list[dict[int, str]]]] = [
    ({}, [{1: "1", 2: "1"}, {3: "1"}, {}]),
    ({"marking": "points"}, [{1: "6", 2: "4"}, {3: "10"}, {4: "1"}]),
    ({"marking": "ranking"}, [{1: "2", 2: "1"}, {3: "1", 4: "5"[:0]}, {4: "4"}]),
    ({"rule": "score", "budget_pence": None}, [{1: "0", 2: "5"}, {3: "3"}, {}]),
    ({"rule": "consent", "budget_pence": None}, [{1: "-1"}, {2: "1", 3: "0"}, {}]),
]


@pytest.mark.parametrize(("terms", "said"), FORMS)
def test_paper_equals_screen(cast: Cast, terms: dict[str, Any], said: list[dict[int, str]]) -> None:
    """The same choices on paper and on a screen are the same ballots, whatever the rule."""
    decision, readers = voting(cast, terms=money() | terms), [cast.commissioner, cast.builder]
    printed = papers(cast, decision, len(said))
    for n, typed in enumerate(said):
        cast_for(cast.person(f"Person {n}"), decision, said=typed)
        slip(cast, decision, printed.codes[n])
        for reader in readers:
            given = {"by": reader.actor, "decision": decision, "number": printed.numbers[n], "said": typed}
            actions.key_in(**given)
    decision = closed(decision, cast.commissioner)
    both = sorted(str(one.marks) for one in ballots.counted(decision))
    assert len(both) == 2 * len(said)
    assert both[0::2] == both[1::2]
    assert list(queries.ballots_add_up()) == []


def test_the_check_finds_a_ballot_too_many_or_too_few(cast: Cast, decision: Decision) -> None:
    from alongside.planning.ballots.models import Ballot

    cast_for(cast.resident, decision, 1)
    assert list(queries.ballots_add_up()) == []
    Ballot.objects.create(key="smuggled", decision=decision, group=decision.groups.get(key=OURS))
    (found,) = queries.ballots_add_up()
    assert "2 ballots, 1 on the roll" in found


@pytest.mark.parametrize("number", ["", "heron plum", "heron 42 plum", "x" * 10_000, "🚌 42 🚌"])
def test_a_number_that_is_on_no_paper(cast: Cast, decision: Decision, readers: list[Somebody], number: str) -> None:
    papers(cast, decision, 1)
    with pytest.raises(Fault, match="number"):
        reads(readers[0], decision, number, 1)


def test_residents_and_outsiders_read_no_papers(cast: Cast, decision: Decision) -> None:
    printed = papers(cast, decision, 1)
    for somebody in (cast.resident, cast.outsider):
        with pytest.raises(Refused):
            reads(somebody, decision, printed.numbers[0], 1)
        with pytest.raises(Refused):
            queries.reconciliation(somebody.actor, decision)
        with pytest.raises(Refused):
            slip_by = {"by": somebody.actor, "decision": decision, "code": printed.codes[0]}
            receive_slip(**slip_by)
        for end in ("paper/", "paper/read/", "paper/print/"):
            assert somebody.client().post(f"/decide/{decision.record.key}/{end}", {}).status_code == 404
    assert Client().get(f"/decide/{decision.record.key}/paper/").status_code == 302


def test_from_the_printer_to_the_count_on_the_pages(cast: Cast, decision: Decision) -> None:
    import re

    one, two, three = (somebody.client() for somebody in (cast.commissioner, cast.builder, cast.coordinator))
    base = f"/decide/{decision.record.key}/paper/"
    pages = {}
    given = {"by": cast.commissioner.actor, "decision": decision, "group": decision.groups.get(key=OURS)}
    add_to_list(people=names(2), **given)
    for style in ("easy", "large", "plain"):
        given = {"group": OURS, "anew": "on", "style": style, "key": style}
        pages[style] = one.post(f"{base}print/", given).content.decode()
    assert "large-print" in pages["large"] and "large-print" not in pages["plain"]
    assert "Take your time" in pages["easy"]
    assert pages["plain"].index("Shared lifts") < pages["plain"].index("Benches to rest on")
    code = re.findall(r'card-word">([^<]+)<', pages["plain"])[0]
    number = re.findall(r'<strong lang="en">([^<]+)<', pages["plain"])[0]
    assert "on the roll" in one.post(base, {"code": code, "key": "s"}, follow=True).content.decode()
    assert "on the roll already" in one.post(base, {"code": code, "key": "t"}).content.decode()
    first = one.post(f"{base}read/", {"number": number, "option_1": "1", "key": "u"}, follow=True)
    assert "Read once" in first.content.decode()
    second = two.post(f"{base}read/", {"number": number, "option_2": "1", "key": "v"}, follow=True)
    assert "Put this paper aside" in second.content.decode()
    third = three.post(f"{base}read/", {"number": number, "option_2": "1", "key": "w"}).content.decode()
    assert "Two people read this differently" in third and "Benches to rest on: 1" in third
    settled = three.post(f"{base}read/", {"number": number, "option_2": "1", "do": "settle", "key": "x"}, follow=True)
    assert "It counts" in settled.content.decode()
    assert "As many papers as slips" in one.get(base).content.decode()


# Printed anew


def anew(cast: Cast, decision: Decision) -> Printed:
    given = {"by": cast.commissioner.actor, "decision": decision, "group": decision.groups.get(key=OURS)}
    return actions.print_sheets(anew=True, **given)


def test_papers_of_an_earlier_print_count_only_for_slips_that_had_come_back(
    cast: Cast, decision: Decision, readers: list[Somebody]
) -> None:
    old = papers(cast, decision, 3)
    slip(cast, decision, old.codes[0])
    new = anew(cast, decision)
    for reader in readers[:2]:
        state = reads(reader, decision, old.numbers[2], 1).state
    assert state == "counted", "it was sent before: nobody can tell whose it is"
    with pytest.raises(Fault, match="earlier print"):
        reads(readers[0], decision, old.numbers[1], 2)
    with pytest.raises(Fault, match="do not know this code"):
        slip(cast, decision, old.codes[1])
    [back] = [code for code in new.codes if Roll.objects.filter(seat__code_hash=codes.hashed(code)).exists()]
    with pytest.raises(Fault, match="on the roll already"):
        slip(cast, decision, back)
    assert reads(readers[0], decision, new.numbers[0], 2).state == "once"
    told = " ".join(queries.reconciliation(cast.commissioner.actor, decision).explained)
    assert "2 papers of earlier prints are not read" in told and "the new ones: 1" in told


def test_a_paper_that_one_person_had_read_is_read_on(cast: Cast, decision: Decision, readers: list[Somebody]) -> None:
    old = papers(cast, decision, 1)
    slip(cast, decision, old.codes[0])
    reads(readers[0], decision, old.numbers[0], 1)
    anew(cast, decision)
    anew(cast, decision)
    assert reads(readers[1], decision, old.numbers[0], 1).state == "counted"


def test_nothing_is_said_of_prints_where_nobody_printed_anew(cast: Cast, decision: Decision) -> None:
    papers(cast, decision, 2)
    assert "print" not in " ".join(queries.reconciliation(cast.commissioner.actor, decision).explained)


# Once the box is closed


def test_nothing_goes_onto_the_roll_once_the_box_is_closed(cast: Cast, decision: Decision) -> None:
    """It is not counted yet, so the decision is still open; each place on the roll must have its ballot."""
    printed = papers(cast, decision, 2)
    by_code = cast.person("Bea Fox")
    before = decision
    decision = closed(decision, cast.commissioner)
    for known in (decision, before):  # also from a page that was opened before the last day
        with pytest.raises(Refused, match="box is closed"):
            slip(cast, known, printed.codes[0])
        with pytest.raises(Refused, match="Nobody gets a place"):
            use_code(by=by_code.actor, decision=known, code=printed.codes[1])
        keeping: dict[str, Any] = {"by": cast.commissioner.actor, "decision": known}
        for write in (
            lambda: take_back(seats=list(Seat.objects.all()), reason="Lost", **keeping),
            lambda: take_back_codes(seats=list(Seat.objects.all()), reason="Lost", **keeping),
            lambda: tell_apart(name=Seat.objects.exclude(name="")[0].name, **keeping),
        ):
            with pytest.raises(Refused, match="box is closed"):
                write()
    assert not Roll.objects.exists() and not Seat.objects.filter(party=by_code.party).exists()
