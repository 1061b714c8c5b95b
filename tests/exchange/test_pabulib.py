"""Ballot files: every cell kept, the whole rule stated, and for whatever is wrong the line and how to mend it."""

from __future__ import annotations

import json
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.pabulib import (
    BallotFile,
    Declared,
    Unreadable,
    count,
    declared,
    effect,
    problem_in,
    read,
    read_groups,
    sealed,
    stated,
    write,
)
from alongside.methods.equal_shares import Complete, Method, Project, Rule, Ties, Utility, run

PLAIN = """META
key;value
description;Our street
currency;GBP
budget;100.50
vote_type;approval
num_projects;3
num_votes;4
PROJECTS
project_id;cost;votes;name
pool;50;2;A pool
bench;20.25;3;"Benches; a ""tree"" too"
tower;400;1;Tower
VOTES
voter_id;vote
v1;pool,bench
v2;pool, bench
v3;bench
v4;tower
"""
POINTS = PLAIN.replace("approval", "cumulative").replace(
    "voter_id;vote\nv1;pool,bench\nv2;pool, bench\nv3;bench\nv4;tower",
    "voter_id;vote;points\nv1;pool,bench;3,1\nv2;pool,bench;0,2\nv3;bench;1.5\nv4;;",
)


def problem(text: str, **asked: str):
    file = read(text.encode())
    return problem_in(file, declared(file.meta, asked))


def faults(text: str | bytes, **asked: str) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        file = read(text.encode() if isinstance(text, str) else text)
        problem_in(file, declared(file.meta, asked))
    return [str(fault) for fault in refused.value.faults]


def test_what_it_says_is_read():
    one = problem(PLAIN)
    assert one.projects == (Project("pool", 5000), Project("bench", 2025), Project("tower", 40000))
    assert (one.budget, one.unit, one.voters) == (10050, 100, 4)
    assert {(ballot.marks, ballot.copies) for ballot in one.ballots} == {
        ((("bench", 1), ("pool", 1)), 2),
        ((("bench", 1),), 1),
        ((("tower", 1),), 1),
    }


def test_points_are_read_beside_what_they_are_for():
    one = problem(POINTS)
    assert [ballot.marks for ballot in one.ballots] == [
        (("bench", 1_000_000), ("pool", 3_000_000)),
        (("bench", 2_000_000),),
        (("bench", 1_500_000),),
        (),
    ]


def test_an_order_is_worth_more_the_earlier():
    ordinal = PLAIN.replace("approval", "ordinal")
    assert problem(ordinal).ballots[0].marks == (("bench", 0), ("pool", 1))
    assert problem(ordinal, utility="places").ballots[0].marks == (("bench", 1), ("pool", 2))


def test_what_was_read_is_written_again():
    file = read(PLAIN.encode())
    assert file.projects.column("name") == ["A pool", 'Benches; a "tree" too', "Tower"]
    assert write(file).decode() == PLAIN
    assert read(write(file)).votes.rows == file.votes.rows


@pytest.mark.parametrize(
    "changed",
    [
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.replace("META\n", "META;;\n").replace("VOTES\n", "VOTES;\n"),
        PLAIN.replace("PROJECTS\n", "\nPROJECTS\n\n"),
        PLAIN.replace("v4;tower", "v4;tower;"),
        PLAIN.rstrip("\n"),
    ],
)
def test_what_spreadsheets_do_to_a_file_does_no_harm(changed: str):
    assert problem(changed) == problem(PLAIN)


text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(st.tuples(text, text), max_size=5), st.lists(st.lists(text, min_size=3, max_size=3), max_size=6))
def test_any_text_comes_back_as_it_was(projects: list[tuple[str, str]], votes: list[list[str]]):
    """Semicolons, quotation marks, ends of lines, any script, in any cell."""
    file = BallotFile.of(
        {"budget": 1},
        [{"project_id": f"p{n}", "cost": 1, "name": name, "where": where} for n, (name, where) in enumerate(projects)],
        [{"voter_id": f"v{n}", "vote": a, "group": b, "said": c} for n, (a, b, c) in enumerate(votes)],
    )
    again = read(write(file)) if projects and votes else file
    assert again == BallotFile(file.meta, again.projects, again.votes)
    assert (again.projects.rows, again.votes.rows) == (file.projects.rows, file.votes.rows)
    assert (again.projects.columns, again.votes.columns) == (file.projects.columns, file.votes.columns)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty. It needs the parts META, PROJECTS and VOTES."),
        ("hello\n" + PLAIN, "Line 1: This stands before the first part."),
        (PLAIN.split("VOTES")[0], "There is no part VOTES."),
        (PLAIN + "META\nkey;value\n", "Line 20: Part META comes twice."),
        (PLAIN.replace("project_id;cost;votes;name", "project;name"), "PROJECTS has no column project_id / cost."),
        (PLAIN.replace("v1;pool,bench", "v1;pool;bench"), "Line 16: 3 cells, but VOTES has 2 columns."),
        (PLAIN.replace("v1;pool", 'v1;"pool'), "Look for a quotation mark that is not closed"),
        (PLAIN.encode("utf-16"), "The text is not UTF-8. Save the file again as UTF-8."),
        (PLAIN.replace("A pool", "A p\xf6ol").encode("latin-1"), "Line 11: The text is not UTF-8."),
        (PLAIN.replace("Tower", "To\x00wer"), "Line 13: There is a character that is no text."),
        (PLAIN.replace("100.50", "a lot"), "META: budget is “a lot”. Write a number, with a point before pence"),
        (PLAIN.replace("budget;100.50\n", ""), "META: budget is “”."),
        (PLAIN.replace("100.50", "0"), "META: the budget is nought."),
        (PLAIN.replace("20.25", "20,25"), "Line 12: Project bench: cost is “20,25”."),
        (PLAIN.replace("20.25", "-20"), "Line 12: Project bench: cost is -20. Write a number from nought"),
        (PLAIN.replace("20.25", "1e99"), "Line 12: Project bench: cost is 1e99."),
        (PLAIN.replace("20.25", "NaN"), "Line 12: Project bench: cost is “NaN”."),
        (PLAIN.replace("20.25", "0.00000001"), "Write at most 6 figures after the point."),
        (PLAIN.replace("approval", "shouting"), "META says vote_type is “shouting”. Use one of: approval, choose-1"),
        (PLAIN.replace("v3;bench", "v3;bank"), "Line 18: Project “bank” is not in PROJECTS."),
        (PLAIN.replace("v3;bench", "v3;bench,bench"), "Line 18: A project is marked twice: bench,bench. Mark it once."),
        (PLAIN.replace("v3;", "v1;"), "Line 18: Voter v1 is in the file twice. Keep one of the two lines."),
        (PLAIN.replace("tower;400", "pool;400"), "Line 13: Project pool is in the file twice."),
        (POINTS.replace("3,1", "3"), "Line 16: 2 projects, but 1 points. Give one number for each."),
        (POINTS.replace("3,1", "3,x"), "Line 16: Points are “3,x”. Write numbers parted by commas."),
        (POINTS.replace("3,1", "3,-1"), "Line 16: Points are “3,-1”. Write numbers from nought to"),
        (POINTS.replace("3,1", "3,NaN"), "Line 16: Points are “3,NaN”. Write numbers from nought to"),
        (PLAIN.replace("id;vote\nv1;pool,bench", "id;vote;share\nv1;pool;most"), "share is “most”."),
        (PLAIN.replace("id;vote\nv1;pool,bench", "id;vote;share\nv1;pool;3/2"), "more than the budget"),
        (PLAIN.replace("currency;GBP", "alongside_step;0"), "alongside_step is nought or less."),
        (PLAIN.replace("currency;GBP", "alongside_step;1/0"), "alongside_step is “1/0”. Write a part such as 1/1000"),
        (PLAIN.replace("currency;GBP", "alongside_ties;whim"), "META says ties is “whim”. Use one of: declared, id."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_how_to_mend_it(text: str | bytes, said: str):
    assert any(said in fault for fault in faults(text)), faults(text)


@given(
    st.sampled_from([PLAIN, POINTS, PLAIN.replace("approval", "ordinal")]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 6), st.binary(max_size=6)), min_size=1, max_size=4),
)
def test_whatever_is_broken_it_is_read_or_refused(text: str, cuts: list[tuple[int, int, bytes]]):
    """Any bytes put in place of any others: never anything but a count or a sentence."""
    data = text.encode()
    for at, length, other in cuts:
        data = data[:at] + other + data[at + length :]
    try:
        file = read(data)
        how = declared(file.meta)
        problem = problem_in(file, how)
    except Unreadable as refused:
        assert str(refused)
    else:
        assert run(problem, how.rule).spent <= problem.budget


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_a_file_of_groups_holds_it_is_read_or_refused(data: bytes):
    for text in (data, b'{"weights": {"a": 1}, "voters": {' + data, b"voter_id,group,weight\n" + data):
        with suppress(Unreadable):
            assert read_groups(text).weights or data == b""


@pytest.mark.parametrize("part", ["1e999999999", "1/0", "--1", "1/-2", "½", "9" * 5000, "nan", "1_0"])
def test_a_part_that_is_none_is_refused_at_once(part: str):
    assert "Write a part such as 1/1000" in faults(PLAIN.replace("currency;GBP", f"alongside_step;{part}"))[0]


def test_an_order_is_needed_for_places():
    assert faults(PLAIN, utility="places") == ["places is for ballots in order. Choose another utility."]


def test_everything_that_is_wrong_is_said_at_once_up_to_twenty():
    wrong = "".join(f"w{n};nothing\n" for n in range(30)).replace("nothing", "nothing,{}")
    wrong = "\n".join(line.format(n) for n, line in enumerate(wrong.splitlines()))
    with pytest.raises(Unreadable) as refused:
        problem(PLAIN + wrong)
    assert refused.value.found == 30 and str(refused.value).endswith("… and 10 more.")


@pytest.mark.parametrize("name", ["META", "VOTES", "PROJECTS", " ", "🦔" * 10_000, "\u202ename"])
def test_a_voter_may_be_called_anything(name: str):
    """Even like a part of the file, and mark nothing."""
    assert problem(PLAIN + f"{name};\n").voters == 5


def test_no_rule_asked_for_is_the_rule_that_the_file_names():
    assert declared({"rule": "greedy-threshold"}).rule.method is Method.GREEDY
    named = declared({"rule": "equalshares/add1"}).rule
    assert (named.method, named.complete) == (Method.EQUAL_SHARES, Complete.ADD1)
    assert declared({"rule": "unknown"}).rule.complete is Complete.NONE
    asked = declared({"rule": "equalshares/add1"}, {"rule": "equal-shares"}).rule
    assert asked.complete is Complete.NONE, "asked for without saying how to complete it"


def test_what_is_published_counts_itself_again():
    """All that the rule needs is in META, whatever it is."""
    rule = Rule(
        Method.EQUAL_SHARES,
        Utility.CARDINALITY,
        Complete.ADD1_GREEDY,
        Fraction(1, 250),
        Ties.DECLARED,
        "heron 42 plum",
        True,
        Fraction(2),
    )
    file = read(PLAIN.encode())
    how = Declared(rule, "cardinality", frozenset({"people"}), sealed=sealed("heron 42 plum"))
    file.meta |= stated(how, problem_in(file, how))
    again = read(write(file))
    assert declared(again.meta) == how and declared(again.meta).kept
    assert again.meta["rule"] == "equalshares/add1+greedy" and again.meta["alongside_step"] == "1/250"


def test_what_is_asked_for_goes_before_what_is_stated():
    meta = {"alongside_rule": "equal-shares", "alongside_complete": "add1", "alongside_seed": "a", "rule": "greedy"}
    assert declared(meta).rule.complete is Complete.ADD1
    asked = declared(meta, {"complete": "none", "seed": "b", "ties": "id", "utility": "cardinality"}).rule
    assert asked == Rule(utility=Utility.CARDINALITY, complete=Complete.NONE, ties=Ties.ID, seed="b")


def test_another_seed_than_the_promised_one_is_noticed():
    assert declared({"alongside_seed": "heron", "alongside_seed_sha256": sealed("heron").upper()}).kept
    assert not declared({"alongside_seed": "hare", "alongside_seed_sha256": sealed("heron")}).kept


WEIGHED = """META
key;value
budget;100
vote_type;approval
alongside_us;people
alongside_complete;none
PROJECTS
project_id;cost;out
pool;50;
office;50;
road;30;under the floor of the people directly affected
VOTES
voter_id;vote;group;share
"""
PEOPLE = "".join(f"p{n};pool,road;people;1/12\n" for n in range(6))
OFFICES = "o1;office,road;council;1/4\no2;office;health;1/4\n"


def test_shares_and_groups_are_counted_with_and_what_could_not_win_is_left_out():
    file = read((WEIGHED + PEOPLE + OFFICES).encode())
    how = declared(file.meta)
    result = count(file, how)
    assert set(result.winners) == {"pool", "office"}
    people, offices = effect(result, how.us)
    assert (people.groups, people.ballots, people.held) == (("people",), 6, Fraction(1, 2))
    assert (people.paid, people.of_spent, people.nothing) == (50, Fraction(1, 2), 0)
    assert (offices.groups, offices.ballots, offices.paid) == (("council", "health"), 2, 50)
    assert not people.hidden and not offices.hidden
    assert (people.support, offices.support) == ({"pool": 1, "office": 0}, {"pool": 0, "office": 1})


def test_groups_of_fewer_than_five_people_are_not_told_apart():
    few = "".join(line.replace("people", "carers") if n < 2 else line for n, line in enumerate(PEOPLE.splitlines(True)))
    file = read((WEIGHED.replace("us;people", "us;people,carers") + few).encode())
    rows = effect(count(file, declared(file.meta)), frozenset({"people", "carers"}))
    assert [(row.groups, row.ballots, row.hidden) for row in rows] == [(("carers", "people"), 6, False)]
    alone = read((WEIGHED + "p1;pool;people;1/2\n").encode())
    (row,) = effect(count(alone, declared(alone.meta)), frozenset({"people"}))
    assert row.hidden


def test_where_only_peoples_shares_were_made_bigger_that_is_counted_again():
    """Six hold 45 together: a tenth more is not enough for the pool at 50, a ninth is."""
    few = PEOPLE.replace("1/12", "3/40")
    for raised, won in (("1/10", {"office"}), ("1/9", {"pool", "office"})):
        file = read((WEIGHED.replace("none", f"add1\nalongside_us_raised;{raised}") + few + OFFICES).encode())
        assert set(count(file, declared(file.meta)).winners) == won
    both = PEOPLE.replace("pool", "pool,office")
    file = read((WEIGHED.replace("none", "add1\nalongside_us_raised;9") + both).encode())
    file.projects.rows[0][1] = "90"
    with pytest.raises(Unreadable, match="more is spent than the budget"):
        count(file, declared(file.meta))


def test_groups_come_from_a_file_of_their_own():
    """The voters' own columns are not used then; a group from which nobody voted leaves its weight to people."""
    file = read((WEIGHED + PEOPLE + OFFICES).encode())
    voters = {f"p{n}": "people" for n in range(6)} | {"o1": "council", "o2": "council", "x9": "health"}
    weights = {"people": 2, "council": "1.5", "health": "1/2"}
    groups = read_groups(json.dumps({"weights": weights, "voters": voters, "us": ["people"]}).encode())
    shares = groups.shares(file.votes.column("voter_id"))
    assert shares["p1"] == ("people", Fraction(5, 8) / 6) and shares["o1"] == ("council", Fraction(3, 16))
    result = count(file, declared(file.meta), shares)
    assert result.winners == ("pool",) and result.problem.held == 100
    lines = "".join(f"{voter};{group};{weights[group]}\n" for voter, group in voters.items())
    plain = read_groups(f"voter_id;group;weight\n{lines}".encode())
    assert (plain.voters, plain.weights) == (groups.voters, groups.weights)
    commas = read_groups(f"voter_id,group,weight\n{lines.replace(';', ',')}".encode())
    assert commas == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "The file of groups cannot be read."),
        ('{"weights": {"a": "much"}, "voters": {}}', "The weight of a is “much”."),
        ('{"weights": {"a": 0}, "voters": {"v1": "a"}}', "No group weighs anything."),
        ('{"weights": {"a": 1}, "voters": {"v1": "b"}}', "Group b has no weight."),
        ("voter,group\n", "The file of groups has no column voter_id, weight."),
        ("voter_id,group,weight\nv1,a,1\nv1,a,1\n", "Line 3: Voter v1 comes twice."),
        ("voter_id,group,weight\nv1,a,1\nv2,a,2\n", "Line 3: Group a has two weights."),
        ("voter_id,group,weight\nv1,a,-1\n", "Line 2: Group a has no weight. Write nought or more."),
        ("voter_id,group,weight\nv1,a\n", "Line 2: Group a has no weight."),
        (b"\xff\xfe", "The file of groups is not UTF-8."),
    ],
)
def test_a_wrong_file_of_groups_is_refused(text: str | bytes, said: str):
    with pytest.raises(Unreadable) as refused:
        read_groups(text.encode() if isinstance(text, str) else text)
    assert said in str(refused.value)


def test_a_voter_in_no_group_is_named():
    file = read(PLAIN.encode())
    with pytest.raises(Unreadable, match="Voter v3 is in no group"):
        count(file, declared(file.meta), {id: ("people", Fraction(1, 4)) for id in ("v1", "v2", "v4")})


def test_blank_ballots_hold_a_share_too():
    one = problem(PLAIN + "v5;\n")
    assert one.voters == 5 and run(one, Rule(complete=Complete.NONE)).winners == ("bench",)
