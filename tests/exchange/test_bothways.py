"""Before a rule for money is chosen: both rules on the file of an earlier vote, which nobody keeps."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.exchange.bothways import counting
from alongside.exchange.bothways.counting import both_ways
from alongside.exchange.pabulib import Unreadable
from alongside.exchange.recount.queries import choices
from alongside.planning.decisions.actions import set_terms
from tests.cast import Cast
from tests.conformance.bristol import shared_data
from tests.planning.deciding import draft, money
from tests.planning.results.counted import counted

AT = "/decide/both-ways/"
STREET = """META
key;value
budget;1000.50
vote_type;approval
currency;GBP
PROJECTS
project_id;cost;name
1;600;A smooth path
2;400.50;Lights on the steps
3;300;Benches
4;100;"A tea; urn"
VOTES
voter_id;vote
"""


def street(first: int = 6, then: int = 5) -> bytes:
    """Some pick the path and the lights, the others the benches and the urn."""
    votes = ["1,2"] * first + ["3,4"] * then
    return (STREET + "".join(f"{n};{vote}\n" for n, vote in enumerate(votes))).encode()


def test_fair_shares_and_most_votes_beside_each_other() -> None:
    found = both_ways(street())
    assert [(row.name, row.price, row.fair, row.votes) for row in found.rows] == [
        ("A smooth path", "£600", False, True),
        ("Lights on the steps", "£400.50", True, True),
        ("Benches", "£300", True, False),
        ("A tea; urn", "£100", True, False),
    ]
    assert (found.ballots, found.got_fair, found.got_votes) == (11, 11, 6)


def test_nothing_is_said_of_few() -> None:
    found = both_ways(street(6, 4))
    assert (found.got_fair, found.got_votes) == (10, None)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", "شارع 🚌".encode() * 400, b"META\nkey;value\nbudget;x\n", street()[:90], b"\xff\xfe"]
)
def test_a_broken_file_is_told_and_not_counted(data: bytes) -> None:
    with pytest.raises(Unreadable):
        both_ways(data)


def test_a_file_that_is_too_large_to_wait_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_BALLOTS", 10)
    with pytest.raises(Unreadable, match="more than 10 ballots"):
        both_ways(street())


def test_shares_of_a_thousand_kinds_are_not_counted_while_somebody_waits() -> None:
    """Exact sums in parts of a thousand primes take hours: a small file would keep the computer from everybody."""
    primes = [n for n in range(3, 2_000) if all(n % m for m in range(2, int(n**0.5) + 1))]
    head = f"META\nkey;value\nbudget;100\nvote_type;approval\nnum_projects;1\nnum_votes;{len(primes)}\n"
    votes = "".join(f"{n};a;us;1/{n}\n" for n in primes)
    file = f"{head}PROJECTS\nproject_id;cost\na;50\nVOTES\nvoter_id;vote;group;share\n{votes}".encode()
    with pytest.raises(Unreadable, match="too many different kinds"):
        both_ways(file)


@pytest.mark.django_db
def test_nobody_has_it_counted_over_and_over(cast: Cast) -> None:
    cache.clear()
    client = cast.outsider.client()
    said = [client.post(AT, {"file": SimpleUploadedFile("street.pb", street())}).content.decode() for _turn in range(4)]
    assert "What 11 votes come to" in said[2] and "tried a lot" in said[3]


@given(cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 40), st.binary(max_size=8)), max_size=4))
@settings(max_examples=40, deadline=None)
def test_whatever_is_broken_it_is_counted_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    data = street()
    for at, long, other in cuts:
        data = data[:at] + other + data[at + long :]
    with suppress(Unreadable):
        both_ways(data)


def test_by_most_votes_a_real_vote_comes_to_what_the_city_s_list_comes_to() -> None:
    file = Path(shared_data()) / "pabulib" / "Netherlands_Assen_2024.pb"
    found = both_ways(file.read_bytes())
    assert (found.ballots, sum(row.votes for row in found.rows)) == (84, 7)
    assert sum(row.fair for row in found.rows) >= 8


@pytest.mark.django_db
def test_a_page_counts_it_and_keeps_nothing(cast: Cast) -> None:
    grace = cast.commissioner.client()
    answer = grace.post(AT, {"file": SimpleUploadedFile("street.pb", street())})
    text = answer.content.decode()
    assert "What 11 votes come to" in text and "A tea; urn" in text and "£400.50" in text
    assert "6 of the 11 get something they picked" in text
    broken = grace.post(AT, {"file": SimpleUploadedFile("street.pb", street().replace(b"600;", b"<b>;"))})
    assert "This file cannot be counted" in broken.content.decode() and b"<b>;" not in broken.content
    assert "Choose a file" in grace.post(AT, {}).content.decode()
    grace.cookies["django_language"] = "cy"
    broken = grace.post(
        AT, {"file": SimpleUploadedFile("street.pb", street().replace(b"600;", b"x;"))}
    ).content.decode()
    assert "Ysgrifennwch rif" in broken and "Write a number" not in broken
    assert cast.outsider.client().get(AT).status_code == 200 == grace.get(AT).status_code


@pytest.mark.django_db
def test_what_a_decision_here_gives_out_can_be_seen_both_ways(cast: Cast) -> None:
    result = counted(cast)
    taken = choices(cast.anyone, result.decision)
    assert taken is not None
    found = both_ways(taken.data())
    won = {one.option.idea.title for one in result.options.select_related("option__idea") if one.place is not None}
    assert {row.name for row in found.rows if row.fair} == won


@pytest.mark.django_db
def test_the_step_shows_the_last_time_as_its_result_tells_it_and_only_to_who_may_see_it(cast: Cast) -> None:
    result = counted(cast)
    now = draft(cast, question="And this year?")
    set_terms(by=cast.commissioner.actor, decision=now, **money())  # type: ignore[typeddict-item]
    step = f"/decide/new/{now.record.key}/details/"
    text = cast.commissioner.client().get(step).content.decode()
    assert "The same two ways, the last time" in text and f"/decide/{result.decision.record.key}/result/" in text
    assert "See both ways on a file of an earlier vote" in text and "Ten neighbours" in text
    result.decision.record.audience = "me"
    result.decision.record.owner = cast.lunch_club
    result.decision.record.save()
    assert "The same two ways" not in cast.commissioner.client().get(step).content.decode()
