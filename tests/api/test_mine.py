"""A person's own things by a token of theirs: their plan, their wishes, whom they let see what, and who looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.consent.actions import look, share
from alongside.ground.consent.models import Grant, Look
from alongside.ground.tokens.models import Scope, Token
from alongside.knowing.assets.actions import offer
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans.actions import Want, answer, say_wants, start, take_up
from tests.api.asking import Asker, token
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_token_says_whom_it_acts_for_and_until_when(cast: Cast) -> None:
    said = Asker(token(cast.resident, Scope.PLAN, days=9)).get("/me").json()
    assert said["holder"]["name"] == "Mair P." and said["scopes"] == ["plan"]
    assert said["until"].startswith((timezone.now() + timedelta(days=9)).date().isoformat())
    assert Token.objects.get().last_used == timezone.localdate()


def test_a_group_s_token_acts_for_the_group(cast: Cast) -> None:
    program = Asker(token(cast.supplier, holder=cast.agency))
    made = program.post("/assets", {"kind": "service", "title": "Lifts", "audience": "everyone"}).json()
    assert made["holder"]["name"] == "Brightside Support"
    assert [one["title"] for one in program.get("/me/assets").json()["items"]] == ["Lifts"]
    assert program.get("/me/plan").status_code == 403


def test_a_plan_is_read_with_the_program_named(cast: Cast) -> None:
    mair, joseph = cast.resident, cast.neighbour
    plan = start(by=mair.actor, owner=mair.party)
    answer(by=mair.actor, plan=plan, words={"matters": "My garden"})
    say_wants(by=mair.actor, plan=plan, wants=[Want("To dig again")])
    outcome = Outcome.objects.get()
    wish(by=mair.actor, owner=mair.party, words="A kneeler", outcome=outcome)
    program = Asker(token(mair, Scope.PLAN))
    said = program.get("/me/plan").json()
    assert said["matters"] == "My garden" and said["lang"] == "en"
    assert [(one["words"], one["not_found_yet"]) for one in said["wanted"]] == [("To dig again", ["A kneeler"])]
    row = Look.objects.get(record=plan.record)
    assert row.token and (row.token.name, row.part) == ("The bus planner", "all")
    assert "The bus planner, a program you let in" in mair.client().get("/my-page/").content.decode()
    assert joseph.party.name not in str(said)


def test_people_in_a_plan_are_not_named_to_a_program(cast: Cast) -> None:
    """Joseph said yes to Mair. No program that she lets in hears who he is."""
    mair, joseph = cast.resident, cast.neighbour
    plan = start(by=mair.actor, owner=mair.party)
    say_wants(by=mair.actor, plan=plan, wants=[Want("To dig again")])
    thing = offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Digging", audience="everyone")
    take_up(by=mair.actor, plan=plan, asset=thing, outcome=Outcome.objects.get())
    said = Asker(token(mair, Scope.PLAN)).get("/me/plan").json()
    (row,) = said["wanted"][0]["doing"]
    assert (row["by"], row["name"]) == ("person", None)
    assert "Joseph" not in str(said)


def test_wishes_are_mine_and_what_anyone_reads_is_not_by_whom(cast: Cast) -> None:
    program = Asker(token(cast.resident, Scope.WISH, Scope.PAGE))
    mine = program.post("/me/wishes", {"words": "A lift on Fridays", "matters": "people"})
    assert mine.status_code == 201 and mine.json()["audience"] == "me"
    club = wish(by=cast.connector.actor, owner=cast.lunch_club, words="A kettle", audience="everyone")
    listed = Asker().get("/wishes").json()["items"]
    assert [one["words"] for one in listed] == ["A kettle"]
    assert str(cast.lunch_club.key) not in str(listed) and "lunch club" not in str(listed)
    assert [one["words"] for one in program.get("/me/wishes").json()["items"]] == ["A lift on Fridays"]
    settled = program.post(f"/me/wishes/{mine.json()['id']}/settle", {"met": True})
    assert settled.json()["state"] == "met"
    assert program.get("/me/wishes").json()["items"] == []
    assert program.post(f"/me/wishes/{club.record.key}/settle", {"met": True}).status_code == 404


def test_sharing_is_seen_and_taken_back_at_once(cast: Cast) -> None:
    mair, joseph = cast.resident, cast.neighbour
    record = offer(by=mair.actor, holder=mair.party, kind="skill", title="Mine").record
    until = timezone.now() + timedelta(days=9)
    share(by=mair.actor, record=record, grantee=joseph.party, parts=["all"], purpose="to plan", until=until)
    look(by=joseph.actor, record=record, parts=["all"], purpose="read it")
    program = Asker(token(mair, Scope.SHARING))
    (one,) = program.get("/me/sharing").json()["items"]
    assert (one["with_party"]["name"], one["purpose"], one["parts"]) == ("Joseph O.", "to plan", ["all"])
    (seen,) = program.get("/me/looks").json()["items"]
    assert (seen["by"], seen["purpose"], seen["by_program"]) == ("Joseph O.", "read it", False)
    assert program.ask("DELETE", f"/me/sharing/{record.key}/{joseph.party.key}").status_code == 204
    assert Grant.objects.get().revoked_at is not None
    assert program.get("/me/sharing").json()["items"] == []
    assert program.ask("DELETE", f"/me/sharing/{record.key}/{joseph.party.key}").status_code == 404


def test_looks_go_by_page_without_losing_one(cast: Cast) -> None:
    mair = cast.resident
    record = offer(by=mair.actor, holder=mair.party, kind="skill", title="Mine").record
    reader = Asker(token(mair, Scope.PAGE))
    for _n in range(5):
        reader.get(f"/assets/{record.key}")
    program, next_, seen = Asker(token(mair, Scope.SHARING)), "/me/looks?most=2", []
    while next_:
        page = program.get(next_).json()
        seen += page["items"]
        next_ = page["next"]
    assert len(seen) == 5 and all(one["by_program"] for one in seen)


def test_a_person_is_known_by_first_name_and_initial(cast: Cast) -> None:
    mair = cast.resident
    assert Asker().get(f"/parties/{mair.party.key}").status_code == 404
    offer(by=mair.actor, holder=mair.party, kind="skill", title="Mine", audience="everyone")
    said = Asker().get(f"/parties/{mair.party.key}").json()
    assert said["name"] == "Mair P." and said["about"] == "" and said["members"] is None
    offer(by=cast.connector.actor, holder=cast.lunch_club, kind="space", title="A table", audience="everyone")
    assert [one["name"] for one in Asker().get("/parties").json()["items"]] == ["Mill Street lunch club"]


def test_figures_are_those_of_the_page(cast: Cast) -> None:
    assert cast.place.name
    assert Asker().get("/figures").json() == Asker().client.get("/place/figures.json").json()
