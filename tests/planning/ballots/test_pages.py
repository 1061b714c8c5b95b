"""Choosing on the pages: every way of filling in a ballot, without scripts, and nothing on the way keeps a pick."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from alongside.ground.history.models import Event, Request
from alongside.ground.people.locking import locks
from alongside.ground.people.models import Party
from alongside.ground.records.models import Record
from alongside.planning.ballots import keeping
from alongside.planning.ballots.models import Ballot, BallotMark
from alongside.planning.ballots.queries import counted
from alongside.planning.ballots.waiting import COOKIE, FOR, Waiting, waiting
from alongside.planning.decisions.actions import GroupSaid
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas.models import Point
from alongside.planning.rolls.models import Roll
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import A_VOTE, IDEAS, OURS, cast_for, closed, over, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


@pytest.fixture(autouse=True)
def open_place(cast: Cast) -> None:
    assert cast.place.name


def address(decision: Decision, end: str = "choose/") -> str:
    return f"/decide/{decision.record.key}/{end}"


def hidden(response: Any) -> dict[str, str]:
    """What the page to check sends on."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode()))
    return {name: value for name, value in found.items() if name not in ("csrfmiddlewaretoken", "key")}


def check(client: Client, decision: Decision, **said: str) -> Any:
    """Fill it in and go on: the page to check, or the ballot again with what is wrong."""
    return client.post(address(decision), {"group": OURS, "of_age": "on", **said}, follow=True)


def cast_it(client: Client, decision: Decision, response: Any, **more: str) -> Any:
    return client.post(address(decision, "choose/cast/"), hidden(response) | more, follow=True)


def carried_by(client: Client, decision: Decision) -> Waiting | None:
    request = RequestFactory().get("/decide/")
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value
    return waiting(request, decision)


def receipt_in(response: Any) -> str:
    return re.search(r'ballot__receipt"[^>]*>([a-z]+ \d\d [a-z]+)<', response.content.decode())[1]  # type: ignore[index]


def test_read_choose_check_and_take_the_receipt(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    page = client.get(address(decision)).content.decode()
    for words in (
        "Shared lifts",
        "£5,200",
        "Your choice is secret",
        "somebody who runs this computer could watch",
        "I am 11 or older",
    ):
        assert words in page
    checked = check(client, decision, option_1="1", option_3="1")
    assert "You have picked 2 ideas" in checked.content.decode()
    assert not Ballot.objects.exists()
    question = client.get(address(decision, "")).content.decode()
    assert "Choose now" in question and "Your choice is in" not in question
    done = cast_it(client, decision, checked)
    question = client.get(address(decision, "")).content.decode()
    assert "Your choice is in" in question and "Choose now" not in question
    assert "Your choice is in" in done.content.decode()
    assert receipt_in(done) == hidden(checked)["receipt"]
    assert sorted(BallotMark.objects.values_list("option__n", flat=True)) == [1, 3]


def test_nothing_on_the_way_keeps_what_somebody_picked(cast: Cast) -> None:
    """No event, no request and no session row of theirs is other than before; the browser carries the receipt."""
    decision, client = voting(cast), cast.resident.client()
    client.get(address(decision))
    session = dict(client.session)
    before = Event.objects.count(), Request.objects.count(), {COOKIE, *client.cookies}
    response = cast_it(client, decision, check(client, decision, option_2="1"))
    assert (Event.objects.count(), Request.objects.count(), set(client.cookies)) == before
    carried = carried_by(client, decision)
    assert carried is not None and carried.done and not carried.sent
    assert dict(client.session) == session
    assert "no-store" in response["Cache-Control"]


def test_a_double_press_and_a_reload_show_the_same_receipt(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    checked = check(client, decision, option_1="1")
    assert len({receipt_in(cast_it(client, decision, checked)) for _press in range(3)}) == 1
    assert Ballot.objects.count() == Roll.objects.count() == 1


def test_each_page_has_its_own_address_so_that_back_sends_nothing_twice(cast: Cast) -> None:
    """And shows no choice: from the receipt back there is only a plain page that says it is in."""
    decision, client = voting(cast), cast.resident.client()
    said = {"group": OURS, "of_age": "on", "option_1": "1"}
    on = client.post(address(decision), said)
    assert (on.status_code, on["Location"]) == (302, address(decision, "choose/check/"))
    checked = client.get(on["Location"])
    assert "You have picked 1 idea" in checked.content.decode()
    done = client.post(address(decision, "choose/cast/"), hidden(checked))
    assert (done.status_code, done["Location"]) == (302, address(decision, "choose/done/"))
    receipt = receipt_in(client.get(done["Location"]))
    assert receipt == receipt_in(client.get(done["Location"])), "looked at again, it is still there"
    for back in ("choose/check/", "choose/"):
        page = client.get(address(decision, back))
        words = page.content.decode().partition("<main")[2]
        assert "Your choice is in" in words and "See my receipt once more" in words
        assert "no-store" in page["Cache-Control"]
        assert receipt not in words
        for title in IDEAS:
            assert title not in words


def test_what_travels_is_locked_short_lived_and_for_whoever_filled_it_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision, client = voting(cast), cast.resident.client()
    check(client, decision, option_1="1")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["max-age"], cookie["path"], cookie["samesite"]) == (True, 600, "/decide/", "Lax")
    assert OURS not in cookie.value and "option" not in cookie.value
    other = cast.neighbour.client()
    other.cookies[COOKIE] = cookie.value
    for page in ("choose/check/", "choose/done/"):
        answered = other.get(address(decision, page))
        assert (answered.status_code, answered["Location"].partition("?")[0]) == (302, address(decision))
    assert "checked" not in other.get(address(decision) + "?edit=yes").content.decode()
    monkeypatch.setattr("alongside.planning.ballots.waiting.SECONDS", -1)
    late = client.get(address(decision, "choose/check/"), follow=True).content.decode()
    assert "kept for ten minutes and no longer. Nothing was cast." in late
    assert "Nothing was cast" not in client.get(address(decision)).content.decode()


def test_nothing_waits_before_anybody_has_filled_it_in(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    for page in ("choose/check/", "choose/done/"):
        assert client.get(address(decision, page))["Location"].startswith(address(decision))
        client.cookies[COOKIE] = "nonsense"
    assert 'name="option_1"' in client.get(address(decision) + "?edit=yes").content.decode()


def test_what_is_too_long_to_travel_is_answered_on_the_spot(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.planning.ballots.waiting.MOST", 10)
    decision, client = voting(cast), cast.resident.client()
    checked = check(client, decision, option_1="1")
    assert not checked.redirect_chain and "You have picked 1 idea" in checked.content.decode()
    wrong = check(client, decision, option_1="7").content.decode()
    assert "Choose one of these" in wrong
    cast_it(client, decision, checked)
    assert Ballot.objects.count() == 1


def test_back_in_the_browser_makes_no_second_ballot(cast: Cast) -> None:
    """Checked before casting in another tab: that page has another receipt, and is told what to do."""
    decision, client = voting(cast), cast.resident.client()
    first, second = check(client, decision, option_1="1"), check(client, decision, option_2="1")
    cast_it(client, decision, first)
    told = cast_it(client, decision, second).content.decode()
    assert "To change your choice, write your receipt" in told
    assert [mark.option.n for mark in BallotMark.objects.all()] == [1]


def test_changing_asks_for_the_receipt_and_shows_nothing_of_before(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    done = receipt_in(cast_it(client, decision, check(client, decision, option_1="1")))
    page = client.get(address(decision) + "?change=yes").content.decode()
    assert "You have taken part" in page
    assert "checked" not in page
    missing = check(client, decision, option_2="1").content.decode()
    assert "Write your receipt" in missing
    wrong = check(client, decision, option_2="1", receipt="plumm 42 heron").content.decode()
    assert "Your receipt" in wrong
    changed = cast_it(client, decision, check(client, decision, option_2="1", receipt=done.upper()))
    assert "Your choice is changed" in changed.content.decode()
    assert [mark.option.n for mark in BallotMark.objects.all()] == [2]


def test_change_something_brings_the_ballot_back_filled_in(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    checked = check(client, decision, option_3="1")
    assert f'href="{address(decision)}?edit=yes"' in checked.content.decode()
    again = client.get(address(decision) + "?edit=yes").content.decode()
    assert re.search(r'name="option_3" value="1" id="id_option_3" checked', again)
    assert "There is a problem" not in again


def test_what_is_missing_or_wrong_is_said_at_its_place_and_nothing_is_lost(cast: Cast) -> None:
    sides = [GroupSaid("North", "people", 500_000), GroupSaid("South", "people", 500_000)]
    decision, client = voting(cast, groups=sides), cast.resident.client()
    page = client.post(address(decision), {"option_1": "1"}, follow=True).content.decode()
    assert "Choose which of these you are" in page
    assert "Say that you are old enough" in page
    assert re.search(r'name="option_1" value="1" id="id_option_1" checked', page)
    strange = check(client, decision, option_99="1").content.decode()
    assert "not on this ballot" in strange
    long = check(client, decision, option_1="x" * 10_000).content.decode()
    assert "Choose one of these" in long


@pytest.mark.parametrize(
    ("terms", "good", "marks", "bad", "words"),
    [
        ({"marking": "points"}, {1: "6", 2: "4"}, {1: 6, 2: 4}, {1: "6", 2: "5"}, "Take away 1 point"),
        ({"marking": "ranking"}, {4: "1", 2: "3"}, {2: 2, 4: 1}, {4: "1", 2: "1"}, "place 1 twice"),
        ({"rule": "score", "budget_pence": None}, {1: "0", 2: "5"}, {1: 0, 2: 5}, {1: "6"}, "Choose from 0 to 5"),
        ({"rule": "consent", "budget_pence": None}, {1: "-1", 2: "1"}, {1: -1, 2: 1}, {1: "2"}, "Choose one of these"),
    ],
)
def test_each_way_of_filling_in(
    cast: Cast, terms: dict[str, Any], good: dict[int, str], marks: dict[int, int], bad: dict[int, str], words: str
) -> None:
    from tests.planning.deciding import money

    decision, client = voting(cast, terms=money() | terms), cast.resident.client()

    def typed(said: dict[int, str]) -> dict[str, str]:
        return {f"option_{n}": value for n, value in said.items()}

    assert words in check(client, decision, **typed(bad)).content.decode()
    cast_it(client, decision, check(client, decision, **typed(good)))
    (ballot,) = counted(closed(decision, cast.commissioner))
    assert ballot.marks == marks


def test_ideas_stand_in_another_order_for_another_person_and_always_the_same_for_one(cast: Cast) -> None:
    decision = voting(cast)

    def order(somebody: Somebody) -> list[str]:
        return re.findall(r'name="option_(\d)"', somebody.client().get(address(decision)).content.decode())

    people = [cast.person(f"Person {n}") for n in range(12)]
    assert order(people[0]) == order(people[0])
    assert len({tuple(order(one)) for one in people}) > 3
    assert all(sorted(order(one)) == ["1", "2", "3", "4"] for one in people[:3])


def test_what_one_may_not_choose_is_shown_with_why(cast: Cast) -> None:
    from alongside.planning.ideas.actions import declare

    decision, client = voting(cast), cast.resident.client()
    idea = decision.options.get(n=4).idea
    declare(by=cast.resident.actor, idea=idea, party=cast.resident.party, kind="paid")
    page = client.get(address(decision)).content.decode()
    assert "would gain money by it" in page
    assert 'name="option_4"' not in page
    assert "would gain money" in check(client, decision, option_4="1").content.decode()


def test_who_has_no_place_is_shown_the_ways_to_one(cast: Cast) -> None:
    decision = voting(cast)
    response = Client().get(address(decision), follow=True)
    assert response.redirect_chain[-1][0].endswith("/place/")
    for words in ("I have a code", "Sign in", "vouch for you", "on paper"):
        assert words in response.content.decode()


def test_a_helper_tells_them_first_and_reads_the_receipt_out(cast: Cast) -> None:
    decision = voting(cast)
    helping = cast.carer.helps(cast.resident)
    client = cast.carer.client()
    session = client.session
    session["helping"], session["helping_by"] = str(helping.basis.key), "telephone"  # type: ignore[union-attr]
    session.save()
    page = client.get(address(decision)).content.decode()
    assert "I hear what you choose" in page
    assert "Tell them first" in check(client, decision, option_1="1").content.decode()
    checked = check(client, decision, option_1="1", heard="on")
    assert "Keep my choice" not in checked.content.decode()
    done = cast_it(client, decision, checked, keep="yes")
    assert "Read out their receipt" in done.content.decode()
    assert "alongside_choices" not in client.cookies
    assert Roll.objects.get().channel == "telephone"


def test_closed_is_said_and_receipts_can_be_looked_up(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    assert "when the vote is over" in Client().get(address(decision, "choose/receipt/")).content.decode()
    decision = closed(decision, cast.commissioner)
    assert "Choosing is over" in cast.resident.client().get(address(decision)).content.decode()
    client = Client()
    for typed, words in (
        (done.receipt, "Yes. This choice was counted."),
        ("heron 42 plum", "No choice with this receipt"),
        ("herom 42 plum", "Could it be “heron”?"),
        ("", "Write your receipt"),
    ):
        assert words in client.post(address(decision, "choose/receipt/"), {"receipt": typed}).content.decode()
    assert (
        "Shared lifts"
        not in client.post(address(decision, "choose/receipt/"), {"receipt": done.receipt}).content.decode()
    )


def test_guessing_receipts_is_slowed_down(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    cast_for(cast.resident, decision, 1)
    said = {"group": OURS, "of_age": "on", "option_2": "1"}
    assert (
        "No choice in your group has this receipt" in check(client, decision, receipt="heron 10 plum").content.decode()
    )
    for n in range(11, 26):
        client.post(address(decision), said | {"receipt": f"heron {n} plum"})
    assert "You have tried a lot" in client.get(address(decision) + "?edit=yes").content.decode()


def test_a_decision_of_another_is_not_found(cast: Cast) -> None:
    decision = voting(cast)
    assert cast.resident.client().get("/decide/11111111-1111-4111-8111-111111111111/choose/").status_code == 404
    decision.record.audience = "me"
    decision.record.save()
    assert cast.resident.client().get(address(decision)).status_code == 404


def test_the_device_keeps_a_choice_only_when_ticked(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    checked = check(client, decision, option_1="1", option_4="1")
    done = cast_it(client, decision, checked, keep="yes")
    assert "This device keeps your choice" in done.content.decode()
    cookie = client.cookies["alongside_choices"]
    assert cookie["httponly"] and cookie["path"] == "/decide/"
    from alongside.planning.ballots.queries import kept

    request = RequestFactory().get("/decide/")
    assert kept(request, decision) is None
    request.COOKIES["alongside_choices"] = cookie.value
    assert kept(request, decision) == {1: 1, 4: 1}
    request.COOKIES["alongside_choices"] = cookie.value[:-4] + "AAAA"
    assert kept(request, decision) is None
    changed = check(client, decision, option_2="1", receipt=receipt_in(done))
    cast_it(client, decision, changed)
    assert client.cookies["alongside_choices"].value == ""


def test_over_means_over(cast: Cast) -> None:
    decision, client = voting(cast), cast.resident.client()
    checked = check(client, decision, option_1="1")
    Party.objects.update(since=timezone.now() - timedelta(days=99))  # they were here when it opened
    over(decision)
    assert "The vote is not open" in cast_it(client, decision, checked).content.decode()
    assert not Roll.objects.exists()


def test_who_chooses_reads_beside_an_idea_that_an_objection_is_left(cast: Cast) -> None:
    """It does not bind anybody: each says in the vote whether a reason against it is left for them."""
    decision, client = voting(cast), cast.resident.client()
    assert "objection" not in client.get(address(decision)).content.decode()
    idea = decision.options.get(n=1).idea
    record = Record.objects.create(kind="point", owner=cast.neighbour.party, audience="everyone")
    Point.objects.create(record=record, decision=decision, idea=idea, kind="objection", words="The steps")
    page = client.get(address(decision)).content.decode()
    assert page.count("1 objection from the talk is not put right yet.") == 1


def test_beside_the_ballot_stands_who_asks_who_answers_and_how_to_choose(cast: Cast) -> None:
    decision = voting(cast)
    page = cast.resident.client().get(address(decision)).content.decode()
    for words in (
        "Who set the question",
        "Every idea gets an answer by",
        "It can change",
        "It cannot change",
        decision.can_change,
    ):
        assert words in page
    assert 'href="/decide/choosing/"' in page
    assert 'href="/decide/choosing/"' in Client().get(address(decision), follow=True).content.decode()


def test_how_to_choose_is_told_for_every_way_and_without_an_account() -> None:
    page = Client().get("/decide/choosing/").content.decode()
    for words in ("On a screen", "By telephone or at a visit", "On paper", "“This was not me”", "Forget this device"):
        assert words in page


# A new version of the house comes while somebody chooses


def carrying(decision: Decision, given: Any, cookie: str = COOKIE, purpose: bytes = FOR) -> Client:
    """A browser that carries this, as another version of the house may have locked it."""
    client = Client()
    client.cookies[cookie] = locks(purpose).encrypt(json.dumps([decision.record.key.hex, given]).encode()).decode()
    return client


def test_what_another_version_locked_is_read_as_far_as_it_can_be(cast: Cast) -> None:
    decision = voting(cast)
    whole = {"voter": "a", "receipt": "heron 42 plum", "sent": {"option_1": "1", "odd": 3}, "trouble": "", "new": {}}
    for given, sent in (
        (whole, {"option_1": "1"}),
        ({"voter": "a", "sent": {"option_1": "1"}, "done": "yes"}, {"option_1": "1"}),
        ({"voter": "a", "sent": [1]}, {}),
    ):
        found = carried_by(carrying(decision, given), decision)
        assert found is not None and (found.voter, dict(found.sent), found.done) == ("a", sent, False)
    for nothing in ({}, {"voter": 7}, {"voter": ""}, [], "a", None, 3):
        assert carried_by(carrying(decision, nothing), decision) is None


@pytest.mark.parametrize("kept", [{"k": {"1": 1}}, {"k": {"one": 1}}, {"k": [1]}, {"k": {"1": "x"}}, [], "x", None])
def test_a_choice_kept_by_another_version_breaks_no_page(cast: Cast, kept: Any) -> None:
    decision = voting(cast)
    words = json.dumps(kept).replace('"k"', json.dumps(decision.record.key.hex))
    request = RequestFactory().get("/")
    request.COOKIES[keeping.COOKIE] = locks(keeping.FOR).encrypt(words.encode()).decode()
    assert keeping.kept(request, decision) == ({1: 1} if kept == {"k": {"1": 1}} else None)
