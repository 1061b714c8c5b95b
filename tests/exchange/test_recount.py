"""The choices of a decision, taken away without names and counted again by anybody: the same, and nobody told."""

import argparse
import json
import re
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.exchange import pabulib
from alongside.exchange.recount import queries as recount
from alongside.exchange.recount.queries import written
from alongside.planning.ballots.models import Ballot
from alongside.planning.halls.actions import Counted, Evening, How, Wall, hold
from alongside.planning.results import counting
from alongside.planning.results.queries import result
from alongside.site.commands import Told, Wrong
from alongside.site.commands.choices import export
from tests.planning.ballots.box import A_VOTE, AFFECTED, COUNCILS, OURS
from tests.planning.deciding import OURS as OUR_GROUPS
from tests.planning.deciding import GroupSaid, money
from tests.planning.results.counted import (
    APP,
    BENCHES,
    BUDDIES,
    BY_HALF,
    COMMUNITIES,
    LARKMERE,
    LIFTS,
    MACHINE,
    counted,
    voted,
)

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


@pytest.fixture(autouse=True)
def nothing_kept_ready():
    cache.clear()


# At half each: five councils agree, and half of the people want nothing on the list. So only people’s shares grow.
SCATTERED = [GroupSaid("People", "people", 500_000), GroupSaid("Council and NHS", "commissioners", 500_000)]


def address(decision):
    return reverse("recount:choices", args=[decision.record.key])


def taken(decision, client=None):
    response = (client or Client()).get(address(decision))
    assert response.status_code == 200
    return response


def again(decision):
    file = pabulib.read(taken(decision).content)
    how = pabulib.declared(file.meta)
    return file, how, pabulib.count(file, how)


def won(result):
    return {str(row.option.n) for row in result.options.all() if row.place}


@pytest.mark.parametrize(
    ("said", "given"),
    [
        (LARKMERE, {}),
        (LARKMERE | {AFFECTED: [(12, (BENCHES,))]}, {}),
        (LARKMERE, {"terms": money(method="greedy")}),
        (LARKMERE, {"terms": money(completion="greedy", utility="cardinality")}),
        (LARKMERE, {"terms": money(1_211_111, step_ppm=5_000)}),
        (
            {OURS: [(9, {LIFTS: 7, BENCHES: 3}), (9, {BUDDIES: 10})], AFFECTED: [(6, {LIFTS: 5, BUDDIES: 5})]},
            {"terms": money(marking="points")},
        ),
        (
            {OURS: [(9, {LIFTS: 1, BENCHES: 2}), (9, {BUDDIES: 1})], AFFECTED: [(6, {BUDDIES: 1, LIFTS: 2})]},
            {"terms": money(marking="ranking")},
        ),
        (
            {OURS: [(15, (BENCHES,)), (15, ())], COUNCILS: [(5, (LIFTS, BUDDIES))]},
            {"groups": SCATTERED, "terms": money(1_500_000, step_ppm=10_000)},
        ),
    ],
)
def test_anybody_who_counts_the_file_gets_the_same(cast, said, given):
    result = counted(cast, said, **given)
    file, how, recount = again(result.decision)
    assert set(recount.winners) == won(result)
    assert recount.spent == result.spent_pence // (1 if recount.problem.unit == 100 else 100)
    assert bool(how.us_raised) == ("groups" in given) == bool(result.us_grown)
    assert how.kept, "the seed is the one that was promised"
    assert {row[file.projects.columns.index("project_id")] for row in file.projects.rows} == {"1", "2", "3", "4"}


def test_a_program_at_a_terminal_says_the_same(cast, tmp_path):
    result = counted(cast)
    file = tmp_path / "taken.pb"
    file.write_bytes(taken(result.decision).content)
    done = subprocess.run(
        [sys.executable, "-m", "alongside.cli", "decide", str(file), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["winners"]) == won(result) and told["spent"] * 100 == result.spent_pence


def test_what_could_not_win_says_why_in_the_file(cast):
    result = counted(cast, LARKMERE | {AFFECTED: [(12, (BENCHES,))]})
    file, _how, _again = again(result.decision)
    outs = dict(zip(file.projects.column("project_id"), file.projects.column("out")))
    assert outs[str(LIFTS)] == "floor" and outs[str(BENCHES)] == ""


def test_nothing_in_the_file_leads_to_anybody(cast):
    """No key, no day but the day of the count, no order in which they came; equal ballots stand together."""
    decision = counted(cast).decision
    text = taken(decision).content.decode()
    for key in Ballot.objects.filter(decision=decision).values_list("key", flat=True):
        assert key not in text and key[:12] not in text
    file = pabulib.read(text.encode())
    assert file.votes.columns == ["voter_id", "vote", "group", "share"]
    said = [tuple(row[1:]) for row in file.votes.rows]
    runs = [one for n, one in enumerate(said) if n == 0 or said[n - 1] != one]
    assert len(runs) == len(set(runs)), "ballots that say the same stand together, wherever they lay in the box"
    assert file.votes.column("voter_id") == [str(n) for n in range(1, 84)]


def test_the_file_stays_closed_where_it_would_tell_what_a_few_chose(cast):
    decision = counted(cast, LARKMERE | {COMMUNITIES: [(3, (LIFTS,))]}).decision
    assert Client().get(address(decision)).status_code == 404
    assert cast.commissioner.client().get(address(decision)).status_code == 404
    text = Client().get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert "The choices stay closed here" in text and address(decision) not in text


def in_a_hall(cast, slips):
    ideas = (Wall("Shared lifts", 30_000), Wall("Benches", 50_000))
    evening = Evening("What shall we do with £800?", "What the £800 is for", "The lunch club")
    counted = Counted(How.SLIPS, len(slips), 0, ideas, None, 80_000, tuple(map(frozenset, slips)))
    return hold(by=cast.connector.actor, owner=cast.lunch_club, evening=evening, counted=counted)


def test_slips_of_a_room_are_counted_again_like_any_ballots(cast):
    decision = in_a_hall(cast, [{1, 2}] * 5 + [{1}] * 2 + [set()])
    client = cast.connector.client()
    text = client.get(reverse("results:one", args=[decision.record.key])).content.decode()
    file = pabulib.read(taken(decision, client).content)
    assert address(decision) in text and len(file.votes.rows) == 8
    assert set(pabulib.count(file, pabulib.declared(file.meta)).winners) == won(result(MACHINE, decision))


def test_slips_of_three_stay_closed(cast):
    decision, client = in_a_hall(cast, [{1}, {1}, {2}]), cast.connector.client()
    text = client.get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert address(decision) not in text and client.get(address(decision)).status_code == 404


def test_organisations_answer_for_how_they_vote_even_where_they_are_few(cast):
    decision = counted(cast, LARKMERE | {COUNCILS: [(1, (APP,))]}).decision
    assert f";{COUNCILS};" in taken(decision).content.decode()


def test_nothing_is_taken_away_before_the_count(cast):
    assert Client().get(address(voted(cast))).status_code == 404


def test_whoever_may_not_see_the_decision_takes_nothing(cast):
    said = {OURS: [(9, (LIFTS,))]}
    decision = counted(cast, said, groups=OUR_GROUPS, terms=money(basis="ours")).decision
    type(decision.record).objects.filter(pk=decision.record.pk).update(audience="me")
    assert cast.outsider.client().get(address(decision)).status_code == 404


def test_other_rules_give_a_plain_sheet(cast):
    decision = counted(cast, groups=BY_HALF, terms={"rule": "approval", "winners": 1, "threshold_pct": 0}).decision
    response = taken(decision)
    assert response["Content-Disposition"].endswith('.csv"')
    head, *lines = response.content.decode("utf-8-sig").splitlines()
    assert head.startswith("ballot,group,share,1 ") and len(lines) == 83
    assert re.fullmatch(r"1,[a-z-]+,\d+/\d+,[01]?,[01]?,[01]?,[01]?", lines[0])


def test_a_decision_in_which_nobody_took_part_has_no_file(cast):
    assert Client().get(address(counted(cast, {}).decision)).status_code == 404


def test_the_page_gives_the_exact_command(cast):
    decision = counted(cast).decision
    text = Client().get(reverse("results:one", args=[decision.record.key])).content.decode()
    name = re.search(r'filename="([^"]+)"', taken(decision)["Content-Disposition"]).group(1)
    assert f"alongside decide {name}" in text and address(decision) in text


def test_taking_the_file_counts_nothing_and_makes_it_once(cast, monkeypatch):
    """Whoever asks a hundred times has the computer make one file, and with its mark gets no file at all."""
    decision = counted(cast).decision
    monkeypatch.setattr(counting, "decide", lambda *given, **more: pytest.fail("counted anew"))
    made = []
    monkeypatch.setattr(recount, "written", lambda found: made.append(found) or written(found))
    client = Client()
    first = taken(decision, client)
    assert all(taken(decision, client).content == first.content for _again in range(5)) and len(made) == 1
    assert "no-store" not in first["Cache-Control"] and "private" in first["Cache-Control"]
    for sent in (first["ETag"], f'"another", {first["ETag"]}', "*"):
        same = client.get(address(decision), headers={"if-none-match": sent})
        assert same.status_code == 304 and not same.content and same["ETag"] == first["ETag"]
    assert taken(decision, Client(headers={"if-none-match": '"another"'})).content == first.content


def test_a_mark_lets_nobody_in_and_changes_with_what_is_in_the_file(cast):
    """The mark of a file that is open says nothing about one that closes, and a new title is a new file."""
    decision = counted(cast).decision
    first = taken(decision)
    idea = decision.options.get(n=LIFTS).idea
    type(idea).objects.filter(pk=idea.pk).update(title="Lifts for everybody")
    second = Client().get(address(decision), headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200 and second["ETag"] != first["ETag"] and b"Lifts for everybody" in second.content
    type(decision.record).objects.filter(pk=decision.record.pk).update(audience="me")
    again = Client().get(address(decision), headers={"if-none-match": second["ETag"]})
    assert again.status_code == 404 and not again.has_header("ETag")


def test_where_the_quorum_was_missed_the_choices_are_there_and_say_that_nothing_was_decided(cast):
    decision = counted(cast, {OURS: [(9, (LIFTS,))]}, terms=money(quorum=500)).decision
    file = pabulib.read(taken(decision).content)
    assert file.meta["alongside_verdict"] == "not_decided" and "1" not in file.projects.column("selected")


def test_what_stays_closed_is_written_for_whoever_was_chosen_to_count_it(cast, tmp_path):
    """At the computer alone, readable for nobody else there, and held against the sum that everybody could read."""
    result = counted(cast, LARKMERE | {COMMUNITIES: [(3, (LIFTS,))]})
    key, file = str(result.decision.record.key), tmp_path / "choices.pb"
    page = Client().get(reverse("results:one", args=[key])).content.decode()
    assert f"alongside choices export {key} choices.pb" in page and result.ballots_sha in page
    done = export(argparse.Namespace(decision=key, file=file))
    assert done.well and done.data["sum_told"] == done.data["sum_now"] == result.ballots_sha and not done.data["open"]
    assert "delete" in done.lines[-1] and file.stat().st_mode & 0o077 == 0
    read = pabulib.read(file.read_bytes())
    assert set(pabulib.count(read, pabulib.declared(read.meta)).winners) == won(result)
    with pytest.raises(Wrong, match="exists"):
        export(argparse.Namespace(decision=key, file=file))


def test_who_was_chosen_to_count_sees_that_a_choice_was_changed_since(cast, tmp_path):
    result = counted(cast)
    mark = Ballot.objects.filter(decision=result.decision).first().marks.first()
    type(mark).objects.filter(pk=mark.pk).delete()
    done = export(argparse.Namespace(decision=str(result.decision.record.key), file=tmp_path / "choices.pb"))
    assert not done.well and "not what was counted" in " ".join(done.lines)


@pytest.mark.parametrize("key", ["", "larkmere", "00000000-0000-0000-0000-000000000000"])
def test_a_decision_that_there_is_not_is_said(key, tmp_path):
    with pytest.raises(Wrong, match="There is no decision"):
        export(argparse.Namespace(decision=key, file=tmp_path / "choices.pb"))


def test_nothing_is_written_before_the_count(cast, tmp_path):
    with pytest.raises(Told, match="Nothing was counted"):
        export(argparse.Namespace(decision=str(voted(cast).record.key), file=tmp_path / "choices.pb"))
    assert not list(tmp_path.iterdir())


def test_a_title_that_a_spreadsheet_would_run_is_only_text(cast):
    result = counted(cast)
    idea = result.options.first().option.idea
    type(idea).objects.filter(pk=idea.pk).update(title='=cmd|"/C calc";\n‮x')
    file, _how, recount = again(result.decision)
    assert set(recount.winners) == won(result) and len(file.projects.rows) == 4
