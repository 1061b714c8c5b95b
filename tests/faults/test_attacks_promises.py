"""What pages promise holds, and what does not hold they do not promise; and days, names and files of the malicious."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.cli import main
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people import actions as people
from alongside.ground.records.actions import leave_for_good
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.actions import propose
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.actions import want
from alongside.planning.answers import actions as answers
from alongside.planning.ballots import receipts
from alongside.planning.ballots.actions import cast as put_in
from alongside.planning.ballots.queries import counted
from alongside.planning.decisions import actions as decisions
from alongside.planning.decisions import queries
from alongside.planning.decisions.actions import SetupFault
from alongside.planning.decisions.models import Stage
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea
from alongside.planning.rolls import lists
from alongside.planning.rolls.actions import Named, add_to_list
from tests.cast import Cast
from tests.planning.ballots.box import OURS, cast_for, closed, picks, voting
from tests.planning.deciding import NOW_VOTING, days, draft, fresh, opened
from tests.planning.thinking import for_ideas, idea_of

pytestmark = pytest.mark.django_db
ESCAPE = "\x1b[31mRED\x1b[2J"


# What somebody could prove to whoever buys their choice


def test_a_receipt_in_others_hands_is_the_choice_so_the_page_says_so(cast: Cast) -> None:
    """Nothing ties a receipt to a person, also not for whoever holds the computer: this is its price."""
    decision, receipt = voting(cast), "heron 42 plum"
    cast_for(cast.resident, decision, 1, receipt=receipt)
    cast_for(cast.outsider, decision, 2)
    given = {"voter": cast.outsider.party, "group": OURS, "of_age": True, "receipt": receipt}
    put_in(by=cast.outsider.actor, decision=decision, said=picks(3), **given)  # type: ignore[arg-type]
    chosen = sorted(tuple(one.marks) for one in counted(closed(decision, cast.commissioner)))
    assert chosen == [(2,), (3,)]


def test_no_page_shows_a_voter_what_they_chose(cast: Cast) -> None:
    """Else whoever was leant on could be made to show it."""
    decision = voting(cast)
    client, base = cast.resident.client(), f"/decide/{decision.record.key}/choose/"
    sent = {"option_1": "1", "of_age": "on", "group": OURS, "for": str(cast.resident.party.key)}
    done = client.post(f"{base}cast/", sent | {"receipt": receipts.fresh(decision)}, follow=True)
    assert "Show it to nobody" in done.content.decode()
    for path in (base, f"{base}?edit=yes", f"{base}?change=yes", f"{base}check/", f"{base}receipt/"):
        page = client.get(path, follow=True).content.decode()
        assert "Picked" not in page and "checked" not in page


# Names


def test_a_list_tells_nobodys_surname(cast: Cast) -> None:
    """Whoever opens a decision puts any page on its list, and would else read the whole name behind it."""
    decision = opened(cast, when=NOW_VOTING)
    joseph, by = cast.neighbour, cast.commissioner
    group = decision.groups.get(key=OURS)
    add_to_list(by=by.actor, decision=decision, group=group, people=lists.typed(f"x, /p/{joseph.party.key}/"))
    page = by.client().get(f"/decide/{decision.record.key}/roll/").content.decode()
    assert "Joseph O." in page and "Okafor" not in page
    with pytest.raises(Exception, match=r"Joseph O\. does not fit"):
        council = decision.groups.get(side="commissioners")
        add_to_list(by=by.actor, decision=decision, group=council, people=[Named("", joseph.party)])


def test_nobody_opens_a_group_to_guess_the_names_behind_pages(cast: Cast) -> None:
    """Each name on a list is held against those of pages there: so nobody is put there who has not come themselves."""
    decision = opened(cast, cast.connector, cast.lunch_club, ways=["list"])
    group = decision.groups.get(side="people")
    given = {"by": cast.connector.actor, "decision": decision, "group": group}
    with pytest.raises(Fault, match="Only members"):
        add_to_list(people=[Named("", cast.neighbour.party)], **given)  # type: ignore[arg-type]
    assert add_to_list(people=[Named("", cast.resident.party)], **given) == 1  # type: ignore[arg-type]


@given(
    st.lists(st.sampled_from(["name", "page", ",", ";", "\t", "\n", "\r", '"', "\x00", "Mair Pugh", "\ufeff", "ش"]))
    .map("".join)
    .map(str.encode)
    | st.binary(max_size=60)
)
@settings(max_examples=60, deadline=None)
def test_whatever_a_sheet_holds_it_is_read_or_refused(data: bytes) -> None:
    with suppress(Fault):
        assert lists.from_sheet(data)


def test_too_long_a_list_is_refused_before_anybody_is_looked_up(django_assert_num_queries: Any) -> None:
    many = "\n".join(f"x, /p/00000000-0000-4000-8000-{n:012}/" for n in range(5_001))
    for read in (lambda: lists.typed(many), lambda: lists.from_sheet(f"name,page\n{many}".encode())):
        with django_assert_num_queries(0), pytest.raises(Fault, match="5,000 names"):
            read()


# What is sent beside the form


def test_what_no_form_asks_for_changes_nothing(cast: Cast) -> None:
    decision, other = for_ideas(cast), opened(cast)
    client, path = cast.resident.client(), f"/decide/{decision.record.key}/ideas/"
    forged = {"state": "listed", "decision": str(other.record.key), "record": "1", "side": "commissioners"}
    forged |= {"said_by": "The mayor", "owner": str(cast.council.key), "run_by": "1", "merged_into": "1"}
    client.post(f"{path}new/", forged | {"title": "Mine", "key": "a"})
    mine = Idea.objects.get()
    assert (mine.state, mine.decision, mine.side, mine.said_by) == ("offered", decision, "people", "")
    assert (mine.record.owner, mine.run_by, mine.merged_into) == (cast.resident.party, None, None)
    client.post(f"{path}{mine.record.key}/change/", forged | {"title": "Still mine", "key": "b"})
    mine.refresh_from_db()
    assert (mine.title, mine.state, mine.said_by, mine.record.owner) == (
        "Still mine", "offered", "", cast.resident.party,
    )  # fmt: skip


def test_the_key_of_a_form_is_of_one_person_and_one_kind(cast: Cast) -> None:
    """Somebody else with the same key, or another form with it, does what it says; the same again does nothing."""
    decision, key = for_ideas(cast), "one-key"
    for somebody in (cast.resident, cast.neighbour, cast.resident):
        ideas.put_forward(by=somebody.actor, decision=decision, owner=somebody.party, title="Benches", key=key)
    assert Idea.objects.count() == 2
    mine = Idea.objects.get(record__owner=cast.resident.party)
    ideas.change(by=cast.resident.actor, idea=mine, title="More benches", key=key)
    mine.refresh_from_db()
    assert mine.title == "More benches"


def test_who_wants_nothing_from_them_is_not_found_by_their_list(cast: Cast) -> None:
    decision = opened(cast, when=NOW_VOTING)
    group = decision.groups.get(key=OURS)
    joseph = cast.neighbour
    for shut in (cast.commissioner.party, cast.council):
        people.block(by=joseph.actor, other=shut)
        with pytest.raises(Exception, match="Nobody here has the page"):
            add_to_list(by=cast.commissioner.actor, decision=decision, group=group, people=[Named("", joseph.party)])
        people.unblock(by=joseph.actor, other=shut)


def test_what_is_taken_away_holds_no_names_and_words_of_others(cast: Cast) -> None:
    decision = for_ideas(cast)
    idea, joseph = idea_of(cast.resident, decision), cast.neighbour
    given = {"owner": joseph.party, "decision": decision, "kind": "question", "words": "zqasked"}
    asked = ideas.say(by=joseph.actor, idea=idea, **given)  # type: ignore[arg-type]
    ideas.answer_point(by=cast.resident.actor, point=asked, words="zqanswer")
    ideas.bring(by=joseph.actor, idea=idea, kind="time", words="zqbrings", party=joseph.party)
    ideas.take_back_point(by=joseph.actor, point=asked)
    mine, theirs = (str(export(one.actor, one.party)["records"]) for one in (cast.resident, joseph))
    assert "zqbrings" in mine and "zqasked" not in mine and "Okafor" not in mine
    assert "zqasked" in theirs and "zqanswer" in theirs and "Pugh" not in theirs


def test_the_lot_is_taken_away_by_nobody_before_all_can_see_it(cast: Cast) -> None:
    decision = opened(cast, cast.connector, cast.lunch_club)
    assert decision.lot_seed and decision.lot_seed not in str(export(cast.connector.actor, cast.lunch_club))
    type(decision).objects.filter(pk=decision.pk).update(stage=Stage.DECIDED)
    assert decision.lot_seed in str(export(cast.connector.actor, cast.lunch_club))


def test_whoever_does_their_own_idea_is_not_named_by_saying_how_far_it_is(cast: Cast) -> None:
    decision = for_ideas(cast)
    idea = idea_of(cast.resident, decision)
    ideas.say_who(by=cast.resident.actor, idea=idea, run_by=cast.resident.party)
    ideas.drop(by=cast.commissioner.actor, idea=idea, why="Not now")
    idea, soon = Idea.objects.get(pk=idea.pk), queries.today() + timedelta(9)
    answers.reply(by=cast.commissioner.actor, idea=idea, saying="part", words="Yes", by_day=soon)
    answers.follow_up(by=cast.resident.actor, idea=idea, words="Begun", percent=20)
    for path in (f"ideas/{idea.record.key}/", "answers/"):
        page = Client().get(f"/decide/{decision.record.key}/{path}").content.decode()
        assert "Whoever would do it" in page and "Mair" not in page


def test_whoever_said_yes_stands_by_name_in_what_is_taken_away_and_nobody_else(cast: Cast) -> None:
    mair, joseph = cast.resident, cast.neighbour
    asset = offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Stories")
    outcome = want(by=mair.actor, owner=mair.party, words="Stories", domain="")
    made = propose(by=mair.actor, outcome=outcome, party=joseph.party, asset=asset)
    assert "Okafor" not in str(export(mair.actor, mair.party))
    Contribution.objects.filter(pk=made.pk).update(state="accepted")
    assert "Joseph Okafor" in str(export(mair.actor, mair.party))


# To leave


@pytest.mark.parametrize("own", [True, False])
def test_nobody_is_kept_here_by_what_others_plan_with_them(cast: Cast, own: bool) -> None:
    """Nor is the night's round held up, in which votes are counted, by a page whose time is up."""
    leaving, planning = cast.resident, cast.resident if own else cast.neighbour
    asset = offer(by=leaving.actor, holder=leaving.party, kind="skill", title="Stories")
    outcome = want(by=planning.actor, owner=planning.party, words="Stories", domain="")
    made = propose(by=planning.actor, outcome=outcome, party=leaving.party, asset=asset, words="Tells them")
    leave_for_good(by=leaving.actor, party=leaving.party)
    assert not Asset.objects.exists()
    left = Contribution.objects.filter(pk=made.pk).first()
    assert left is None if own else left is not None and left.asset is None and left.words == "Tells them"


# Days, titles and files


def test_no_part_is_over_before_it_is_opened(cast: Cast) -> None:
    made = draft(cast)
    late = {"ideas": (-30, -20), "talk": (-20, 5), "vote": (6, 9), "answer": (10, 21)}
    decisions.plan_phases(by=cast.commissioner.actor, decision=made, days=days(late))
    with pytest.raises(SetupFault, match="still to come"):
        decisions.declare(by=cast.commissioner.actor, decision=fresh(made))


def test_a_vote_without_a_list_says_so(cast: Cast) -> None:
    decision = voting(cast)
    decision.options.all().delete()
    page = cast.resident.client().get(f"/decide/{decision.record.key}/choose/", follow=True).content.decode()
    assert "There is no list to choose from" in page


def test_a_question_of_two_lines_is_one_and_breaks_no_message(cast: Cast) -> None:
    """The subject of an e-mail with a line end in it is sent by nobody: then no reminder would come."""
    decision = opened(cast, question="One\r\nBcc: everybody@example.org")
    assert decision.question == "One Bcc: everybody@example.org"
    type(decision).objects.filter(pk=decision.pk).update(question="Old\nquestion")
    answers.remind(by=Actor.system("night"), decision=fresh(decision), left=1, late=True)
    titles = list(Notice.objects.values_list("title", flat=True))
    assert titles and not [one for one in titles if "\n" in one]


def test_names_in_a_file_give_a_terminal_no_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "META\nkey;value\nbudget;100\nvote_type;approval\nnum_projects;1\nnum_votes;1\n"
    file = tmp_path / "file.pb"
    rest = f"PROJECTS\nproject_id;cost\n{ESCAPE};50\nVOTES\nvoter_id;vote\n1;{ESCAPE}\n"
    file.write_text(head + rest, encoding="utf-8")
    assert main(["decide", str(file)]) == 0
    said = capsys.readouterr()
    assert "RED" in said.out and "\x1b" not in said.out + said.err
    assert main(["decide", str(tmp_path / ESCAPE)]) != 0
    assert "\x1b" not in capsys.readouterr().err


def test_only_whoever_has_taken_part_changes_by_a_receipt(cast: Cast) -> None:
    decision, receipt = voting(cast), "heron 42 plum"
    cast_for(cast.resident, decision, 1, receipt=receipt)
    with pytest.raises(Refused):
        cast_for(cast.resident, decision, 2, receipt="plum 42 heron")
