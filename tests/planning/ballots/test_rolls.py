"""Places on the roll: by belonging, list, code and vouching; one a person, whatever the device."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import actions, codes, lists, queries
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.queries import standings
from alongside.planning.rolls.views import new_places
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import A_VOTE, AFFECTED, OURS, cast_for, closed, names, over, put, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


@pytest.fixture
def decision(cast: Cast) -> Decision:
    assert cast.place.name
    return voting(cast)


@pytest.fixture
def by_code(cast: Cast) -> Decision:
    """The same, where whoever has a code is counted."""
    assert cast.place.name
    return voting(cast, ways=["code"])


def group(decision: Decision, key: str = OURS):  # type: ignore[no-untyped-def]
    return decision.groups.get(key=key)


def printed(cast: Cast, decision: Decision, n: int = 2) -> list[str]:
    by = cast.commissioner.actor
    return [
        code for code, _name in actions.print_codes(by=by, decision=decision, group=group(decision), how_many=n).codes
    ]


def passer_by() -> Somebody:
    from alongside.ground.history.actor import Actor

    return Somebody(people.begin(by=Actor.anyone())[0])


# Codes


def test_a_code_that_came_through_the_door_gives_somebody_without_a_page_a_place(cast: Cast, by_code: Decision) -> None:
    somebody = passer_by()
    assert standings(somebody.actor, by_code) == []
    code = printed(cast, by_code)[0]
    actions.use_code(by=somebody.actor, decision=by_code, code=code.lower().replace("-", " "))
    assert cast_for(somebody, by_code, 1).receipt
    assert Seat.objects.get(party=somebody.party).group.key == OURS


def test_codes_are_kept_only_as_hashes(cast: Cast, by_code: Decision) -> None:
    made = printed(cast, by_code, 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM planning_seat")
        stored = str(cursor.fetchall())
    assert not [code for code in made if code in stored or codes.plain(code) in stored]
    assert not Event.objects.filter(fields__contains=made[0]).exists()


def test_a_code_works_once_and_for_one_person(cast: Cast, by_code: Decision) -> None:
    one, two = passer_by(), passer_by()
    code = printed(cast, by_code)[0]
    for _twice in range(2):
        assert actions.use_code(by=one.actor, decision=by_code, code=code).party == one.party
    with pytest.raises(Fault, match="Somebody has used"):
        actions.use_code(by=two.actor, decision=by_code, code=code)


def test_whoever_has_a_place_needs_no_code(cast: Cast, by_code: Decision) -> None:
    code, other = printed(cast, by_code)
    actions.use_code(by=cast.resident.actor, decision=by_code, code=code)
    with pytest.raises(Fault, match="have a place already"):
        actions.use_code(by=cast.resident.actor, decision=by_code, code=other)


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "x" * 10_000, "ΩΩΩΩ-ΩΩΩΩ", "K7QM3PXD0"])
def test_what_is_no_code_opens_nothing(by_code: Decision, typed: str) -> None:
    with pytest.raises(Fault, match="do not know this code"):
        actions.use_code(by=passer_by().actor, decision=by_code, code=typed)


def test_a_code_of_another_decision_opens_nothing(cast: Cast, by_code: Decision) -> None:
    code = printed(cast, voting(cast, ways=["code"]))[0]
    with pytest.raises(Fault, match="do not know this code"):
        actions.use_code(by=passer_by().actor, decision=by_code, code=code)


def test_taking_a_place_by_a_code_leaves_no_event(cast: Cast, by_code: Decision) -> None:
    somebody, code = passer_by(), printed(cast, by_code)[0]
    before = Event.objects.count()
    actions.use_code(by=somebody.actor, decision=by_code, code=code)
    assert Event.objects.count() == before


def test_only_who_looks_after_it_makes_codes(cast: Cast, by_code: Decision) -> None:
    for by in (cast.resident.actor, cast.outsider.actor, cast.anyone):
        with pytest.raises(Refused):
            actions.print_codes(by=by, decision=by_code, group=group(by_code), how_many=1)
    for many in (0, 5_001):
        with pytest.raises(Fault):
            actions.print_codes(by=cast.commissioner.actor, decision=by_code, group=group(by_code), how_many=many)
    with pytest.raises(Refused, match="over"):
        actions.print_codes(by=cast.commissioner.actor, decision=over(by_code), group=group(by_code), how_many=1)


def test_codes_that_were_lost_are_taken_back_and_those_used_stay(cast: Cast, by_code: Decision) -> None:
    one, other = printed(cast, by_code)
    somebody = passer_by()
    actions.use_code(by=somebody.actor, decision=by_code, code=one)
    cast_for(somebody, by_code, 1)
    by = cast.commissioner.actor
    with pytest.raises(Fault, match="Write why"):
        actions.take_back(by=by, decision=by_code, seats=list(Seat.objects.all()), reason=" ")
    assert actions.take_back(by=by, decision=by_code, seats=list(Seat.objects.all()), reason="The bag was stolen") == 1
    with pytest.raises(Fault):
        actions.use_code(by=passer_by().actor, decision=by_code, code=other)
    assert Roll.objects.count() == 1


def test_whose_place_was_taken_back_has_none(cast: Cast, decision: Decision) -> None:
    by, resident = cast.commissioner.actor, cast.resident
    actions.add_to_list(by=by, decision=decision, group=group(decision), people=[Named("", resident.party)])
    actions.take_back(by=by, decision=decision, seats=list(Seat.objects.all()), reason="Has moved away")
    assert standings(resident.actor, decision) == []
    with pytest.raises(Refused):
        cast_for(resident, decision, 1)


# Lists


def test_a_list_gives_places_and_doubles_none(cast: Cast, decision: Decision) -> None:
    by = cast.commissioner.actor
    people = [Named("Alf Morris"), Named("alf morris"), Named("Bea Okoro"), Named("", cast.resident.party)]
    given = {"by": by, "decision": decision, "group": group(decision), "people": people}
    assert actions.add_to_list(**given) == 3
    assert actions.add_to_list(**given) == 0
    assert [seat.way for seat in Seat.objects.all()] == ["list"] * 3


def test_a_list_says_the_group_and_the_person_does_not(cast: Cast, decision: Decision) -> None:
    people = [Named("", cast.resident.party)]
    actions.add_to_list(by=cast.commissioner.actor, decision=decision, group=group(decision, AFFECTED), people=people)
    with pytest.raises(Fault, match="group"):
        cast_for(cast.resident, decision, 1, group=OURS)
    assert cast_for(cast.resident, decision, 1, group=AFFECTED).receipt


def test_a_paid_organisation_is_put_among_suppliers_or_nowhere(cast: Cast, decision: Decision) -> None:
    people = [Named("", cast.agency)]
    for key in (OURS, "communities", "council-and-nhs"):
        with pytest.raises(Fault, match="does not fit"):
            actions.add_to_list(
                by=cast.commissioner.actor, decision=decision, group=group(decision, key), people=people
            )


def test_names_without_a_page_get_a_code_each_and_old_ones_stop(cast: Cast, decision: Decision) -> None:
    by = cast.commissioner.actor
    actions.add_to_list(
        by=by, decision=decision, group=group(decision), people=[Named("Alf Morris"), Named("Bea Okoro")]
    )
    first = actions.codes_for_list(by=by, decision=decision)
    with pytest.raises(Fault, match="Everybody on the list has a code"):
        actions.codes_for_list(by=by, decision=decision)
    again = actions.codes_for_list(by=by, decision=decision, anew=True)
    assert [name for _code, name in first.codes] == ["Alf Morris", "Bea Okoro"]
    somebody = passer_by()
    with pytest.raises(Fault):
        actions.use_code(by=somebody.actor, decision=decision, code=first.codes[0][0])
    assert actions.use_code(by=somebody.actor, decision=decision, code=again.codes[0][0]).name == "Alf Morris"


def test_a_list_is_read_as_it_was_typed_or_kept_in_a_sheet(cast: Cast) -> None:
    page = f"https://here.example/people/{cast.resident.party.key}/"
    assert lists.typed(f"Alf Morris\n\n  Bea   Okoro \nMair, {page}") == [
        Named("Alf Morris"),
        Named("Bea Okoro"),
        Named("Mair", cast.resident.party),
    ]
    assert lists.from_sheet("﻿Name;Ward\nAlf Morris;North\n;South\n".encode()) == [Named("Alf Morris")]
    assert lists.from_sheet("enw\nSiân Hâf\n".encode("windows-1252")) == [Named("Siân Hâf")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"ward\nNorth\n", "no column"),
        (b"", "no column"),
        (b"name\n" + b"x" * 200, "Line 2 is longer"),
        (b"name,page\nAlf,nowhere\n", "Line 2: nobody here"),
        (b"name\n", "from 1 to 5,000"),
        (b'name\n"' + b"x" * 140_000, "cannot read|longer"),
        (bytes(range(256)) * 4, "no column|cannot read"),
    ],
)
def test_a_broken_sheet_says_where(data: bytes, words: str) -> None:
    with pytest.raises(Fault, match=words):
        lists.from_sheet(data)


# Vouching


def test_a_neighbour_with_a_place_vouches_and_it_is_written_down(cast: Cast, decision: Decision) -> None:
    code = actions.vouch(by=cast.resident.actor, decision=decision, name=" Iolo  Rees ")
    somebody = passer_by()
    actions.use_code(by=somebody.actor, decision=decision, code=code)
    assert cast_for(somebody, decision, 1).receipt
    (seat,) = queries.vouched(cast.commissioner.actor, decision)
    assert (seat.name, seat.vouched_by) == ("Iolo Rees", cast.resident.party)
    assert Event.objects.filter(verb="rolls.vouch", actor=cast.resident.party).count() == 1
    assert queries.my_vouches(cast.resident.actor, decision) == ["Iolo Rees"]
    with pytest.raises(Refused):
        queries.vouched(cast.outsider.actor, decision)


def test_for_three_at_most_and_nobody_for_whom_was_vouched(cast: Cast, decision: Decision) -> None:
    for one in names(3):
        code = actions.vouch(by=cast.resident.actor, decision=decision, name=one.name)
    with pytest.raises(Fault, match="3 neighbours"):
        actions.vouch(by=cast.resident.actor, decision=decision, name="Quite Another")
    vouched_for = cast.person("Iolo Rees")
    actions.use_code(by=vouched_for.actor, decision=decision, code=code)
    with pytest.raises(Refused, match="of their own"):
        actions.vouch(by=vouched_for.actor, decision=decision, name="A friend")
    with pytest.raises(Refused):
        actions.vouch(by=passer_by().actor, decision=decision, name="A friend")


# Two pages of one person


def both(cast: Cast, decision: Decision) -> tuple[Somebody, Somebody]:
    """Somebody with a page of their own, and the page they began on a device with a code under another name."""
    device, known = passer_by(), cast.resident
    code = actions.vouch(by=cast.neighbour.actor, decision=decision, name="Nobody Knows")
    actions.use_code(by=device.actor, decision=decision, code=code)
    return device, known


def test_two_pages_that_become_one_have_one_place(cast: Cast, decision: Decision) -> None:
    device, known = both(cast, decision)
    cast_for(known, decision, 1)
    people.claim(by=known.actor, provisional=device.party, into=known.party)
    (seat,) = Seat.objects.filter(decision=decision, party__isnull=False)
    assert seat.party == known.party
    assert Roll.objects.get().seat == seat
    assert queries.twice(decision) == 0


def test_the_place_that_was_used_is_the_one_that_stays(cast: Cast, decision: Decision) -> None:
    device, known = both(cast, decision)
    put(cast, decision, OURS, known)
    cast_for(device, decision, 2)
    people.claim(by=known.actor, provisional=device.party, into=known.party)
    seat = Seat.objects.get(party=known.party)
    assert seat.way == Way.VOUCHED
    with pytest.raises(Refused, match="receipt"):
        cast_for(known, decision, 1)


def test_of_two_unused_places_the_one_that_somebody_else_gave_stays(cast: Cast, decision: Decision) -> None:
    """Its slip lies on the kitchen table, and goes on counting for the page that both became."""
    device, known = both(cast, decision)
    put(cast, decision, OURS, known)
    people.claim(by=known.actor, provisional=device.party, into=known.party)
    assert Seat.objects.get(party=known.party).way == Way.LIST


def test_a_place_that_was_taken_back_does_not_take_the_other_one_with_it(cast: Cast, decision: Decision) -> None:
    device, known = both(cast, decision)
    put(cast, decision, OURS, known)
    listed = list(Seat.objects.filter(party=known.party))
    actions.take_back(by=cast.commissioner.actor, decision=decision, seats=listed, reason="Written down twice")
    people.claim(by=known.actor, provisional=device.party, into=known.party)
    seat = Seat.objects.get(party=known.party)
    assert (seat.way, seat.ended) == (Way.VOUCHED, False)


def test_who_took_part_from_both_is_counted_and_told(cast: Cast, decision: Decision) -> None:
    device, known = both(cast, decision)
    cast_for(known, decision, 1)
    cast_for(device, decision, 2)
    people.claim(by=known.actor, provisional=device.party, into=known.party)
    assert Roll.objects.count() == 2
    assert Seat.objects.filter(party=known.party).count() == 1
    assert queries.places(cast.commissioner.actor, decision).twice == 1
    closed(decision, cast.commissioner)
    assert queries.twice(decision) == 1
    assert list(queries.people_with_two_places()) == []


# Pages


def address(decision: Decision, end: str) -> str:
    return f"/decide/{decision.record.key}/{end}"


def test_from_the_letter_to_the_ballot_without_an_account(cast: Cast, by_code: Decision) -> None:
    code, client = printed(cast, by_code)[0], Client()
    wrong = client.post(address(by_code, "place/"), {"code": "AAAA-AAAA"}).content.decode()
    assert "We do not know this code" in wrong
    assert "alongside_device" not in client.cookies
    response = client.post(address(by_code, "place/"), {"code": code}, follow=True)
    assert "Pick every idea" in response.content.decode()


def test_guessing_codes_is_slowed_down(decision: Decision) -> None:
    client = Client()
    said = [client.post(address(decision, "place/"), {"code": "AAAA-AAAA"}).content.decode() for _n in range(22)]
    assert "You have tried a lot" in said[-1]


def test_the_roll_is_for_those_who_keep_it(cast: Cast, decision: Decision) -> None:
    for somebody in (cast.resident, cast.outsider):
        client = somebody.client()
        assert client.get(address(decision, "roll/")).status_code == 404
        assert client.post(address(decision, "roll/codes/"), {}).status_code == 404
    assert Client().get(address(decision, "roll/")).status_code == 302
    page = cast.commissioner.client().get(address(decision, "roll/")).content.decode()
    assert "Nobody sees what was chosen before the vote is over. You neither." in page


def test_lists_codes_and_taking_back_on_the_page(cast: Cast, decision: Decision) -> None:
    client = cast.commissioner.client()
    roll = address(decision, "roll/")
    said = client.post(
        roll, {"do": "list", "l-group": OURS, "l-names": "Alf Morris\nBea Okoro", "key": "1"}, follow=True
    )
    assert "2 new places" in said.content.decode() and "The others have" not in said.content.decode()
    given = {"do": "list", "l-group": OURS, "l-names": "Alf Morris", "key": "2"}
    again = client.post(roll, given, follow=True).content.decode()
    assert "0 new places" not in again and "Everybody on your list has a place already. So nothing changed" in again
    assert new_places(1, 2) == "1 new place. The others have a place already." and new_places(2, 2) == "2 new places"
    bad = client.post(roll, {"do": "list", "l-group": OURS, "l-names": "x" * 10_000}).content.decode()
    assert "Line 1 is longer than 120 letters" in bad
    assert "x" * 10_000 in bad
    slips = client.post(address(decision, "roll/codes/list/"), {"key": "2"}).content.decode()
    assert "Alf Morris" in slips and slips.count("card-word") == 2
    assert "Each place has a name here" not in client.get(roll).content.decode()
    batch = Seat.objects.exclude(batch="").first()
    assert batch is not None
    back = {"batch": batch.batch, "reason": "Lost in the post", "key": "4"}
    said = client.post(address(decision, "roll/take-back/"), back, follow=True).content.decode()
    assert "2 codes are taken back" in said
    assert Seat.objects.filter(ended=False, code_hash=None).count() == 2, "their places stay"


def test_codes_bound_to_nobody_are_printed_where_nothing_else_counts(cast: Cast, by_code: Decision) -> None:
    client = cast.commissioner.client()
    codes_to_print = {"c-group": OURS, "c-how_many": "3", "c-large": "on", "do": "codes", "key": "3"}
    first = client.post(address(by_code, "roll/codes/"), codes_to_print).content.decode()
    assert first.count("card-word") == 3 and "large-print" in first
    assert "were made already" in client.post(address(by_code, "roll/codes/"), codes_to_print).content.decode()


def test_who_has_not_taken_part_is_seen_by_nobody_before_the_vote_is_over(cast: Cast, decision: Decision) -> None:
    by, resident = cast.commissioner.actor, cast.resident
    actions.add_to_list(by=by, decision=decision, group=group(decision), people=[Named("", resident.party)])
    cast_for(resident, decision, 1)
    assert [took for _seat, took in queries.listed(by, decision)] == [False]
    assert [took for _seat, took in queries.listed(by, over(decision))] == [True]


def test_an_organisation_is_told_before_that_few_can_be_worked_out(cast: Cast, decision: Decision) -> None:
    people = [Named("", cast.council)]
    council = group(decision, "council-and-nhs")
    actions.add_to_list(by=cast.commissioner.actor, decision=decision, group=council, people=people)
    page = cast.commissioner.client().get(address(decision, f"choose/?for={cast.council.key}")).content.decode()
    assert "You choose for Testford Council" in page and "Do fewer than 5 of your group choose?" in page
    assert "If fewer than 5" not in cast.resident.client().get(address(decision, "choose/")).content.decode()


def test_vouching_on_the_page_shows_the_code_once(cast: Cast, decision: Decision) -> None:
    client, given = cast.resident.client(), {"name": "Iolo Rees", "sure": "on", "key": "once"}
    assert address(decision, "vouch/") in client.get(address(decision, "")).content.decode()
    page = client.post(address(decision, "vouch/"), given).content.decode()
    assert "A code for Iolo Rees" in page
    again = client.post(address(decision, "vouch/"), given).content.decode()
    assert "A code for" not in again and "You have vouched for: Iolo Rees" in again


def test_who_has_no_place_is_told_so_before_they_write_a_neighbours_name(cast: Cast, decision: Decision) -> None:
    client = passer_by().client()
    page = client.get(address(decision, "vouch/")).content.decode()
    assert "Only somebody with a place of their own" in page and 'name="name"' not in page
    assert address(decision, "vouch/") not in client.get(address(decision, "place/")).content.decode()
    assert address(decision, "vouch/") not in client.get(address(decision, "")).content.decode()
