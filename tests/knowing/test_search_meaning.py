"""Search by what matters: found by meaning and by what was meant, never past what may be seen, and honest."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import connection
from django.test import Client

from alongside.ground.history.actor import Actor
from alongside.ground.meaning import actions as meaning
from alongside.ground.meaning import model
from alongside.ground.meaning.queries import embed_one, nearest, text_of, vector_file
from alongside.ground.meaning.vectors import File, Kept, digest, small
from alongside.ground.people.actions import block, join, welcome
from alongside.ground.people.models import Party
from alongside.ground.records.actions import erase, leave_for_good, set_audience
from alongside.knowing.assets.actions import change, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.lexicon.actions import classify_waiting
from alongside.knowing.lexicon.models import AssetConcept
from alongside.knowing.search import due, spelling
from alongside.knowing.search.actions import catch_up, have_it_learnt
from alongside.knowing.search.meant import Meaning, alarming, understood
from alongside.knowing.search.queries import best_for, look_around
from alongside.methods.distance import Point
from alongside.methods.lexicon import Meant
from tests.cast import Cast
from tests.knowing.finding import learn, put, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
ANYONE = Actor.anyone()
SYSTEM = Actor.system("test")
NINE = datetime(2030, 1, 1, 9, tzinfo=ZoneInfo("Europe/London"))
LONELY = "I don't see a soul from one day to the next"


@pytest.fixture
def table() -> Party:
    return welcome(by=SYSTEM, name="The Long Table", kind="community", sort="group")


def visit(holder: Party, **more: object) -> Asset:
    return put(holder, "Befriending", "A friendly visit each week for anybody who feels lonely", **more)


def known() -> list[int]:
    return [int(pk) for pk in vector_file().read().ids]


def test_what_shares_no_word_is_found_by_meaning_at_once_and_after_it_is_learnt(joyce: Party, table: Party) -> None:
    visit(joyce)
    put(table, "Bicycle repair", "We mend punctures and brakes")
    assert titles(look_around(ANYONE, "being on my own and sad, might I be visited"))[:1] == ["Befriending"]
    learn()
    found = look_around(ANYONE, LONELY)
    assert titles(found) == ["Befriending"]
    assert {why.code for why in found.results[0].why} & {"like", "means"}
    assert found.total == 1 and found.counts == {"person": 1}


def test_the_order_is_the_same_before_and_after_the_file_is_written(joyce: Party) -> None:
    for n, words in enumerate(("lonely", "quiet", "company", "friendly", "visits", "tea and talk", "chess", "bikes")):
        put(joyce, f"Number {n}", f"For people who like {words}")
    classify_waiting(by=SYSTEM)
    before = [(hit.id, hit.score) for hit in best_for(ANYONE, LONELY).hits]
    learn()
    assert [(hit.id, hit.score) for hit in best_for(ANYONE, LONELY).hits] == before
    assert before


def test_new_words_count_at_once_although_the_file_knows_only_the_old(joyce: Party) -> None:
    asset = visit(joyce)
    learn()
    change(by=Actor(joyce), asset=asset, title="Drum lessons", words="Loud ones")
    assert "Drum lessons" not in titles(look_around(ANYONE, LONELY))
    assert nearest(embed_one(LONELY), 5)[0][0] == asset.pk, "the old file still proposes it"


@pytest.mark.parametrize("how", ["withdrawn", "narrowed", "erased", "left"])
def test_what_is_gone_never_comes_back_by_meaning_and_leaves_the_file(joyce: Party, table: Party, how: str) -> None:
    asset, other = visit(joyce), put(table, "Tea for people on their own", "Nobody need be lonely")
    learn()
    assert set(known()) == {asset.pk, other.pk}
    before = small(embed_one(text_of(asset.title, asset.words))).tobytes()
    assert before in vector_file().path.read_bytes()
    if how == "withdrawn":
        withdraw(by=Actor(joyce), asset=asset)
    elif how == "narrowed":
        set_audience(by=Actor(joyce), record=asset.record, audience="me")
    elif how == "erased":
        erase(by=Actor(joyce), record=asset.record)
    else:
        leave_for_good(by=Actor(joyce), party=joyce)
    for found in (look_around(ANYONE, LONELY), look_around(ANYONE, "befriending")):
        assert "Befriending" not in titles(found)
        assert found.counts.get("person", 0) == 0
    assert asset.pk not in [hit.id for hit in best_for(ANYONE, LONELY).hits], "from the old file"
    catch_up(by=SYSTEM)
    assert known() == [other.pk]
    assert before not in vector_file().path.read_bytes()
    assert "befriending" not in (vector_file().path.parent / "words").read_text(encoding="utf-8")


def test_private_things_are_found_by_their_own_and_never_enter_the_file(joyce: Party, table: Party) -> None:
    mine = visit(joyce, audience="me")
    ours = put(table, "Lonely hearts", "Company for members", audience="community", community=table)
    learn()
    assert known() == []
    assert titles(look_around(Actor(joyce), LONELY)) == ["Befriending"]
    outsider = Actor(welcome(by=SYSTEM, name="Olga"))
    for viewer in (ANYONE, outsider):
        found = look_around(viewer, LONELY)
        assert (found.total, found.counts, found.results, found.almost) == (0, {}, [], [])
    member = welcome(by=SYSTEM, name="Mia")
    join(by=Actor(member), member=member, of=table)
    hits = {hit.id for hit in best_for(Actor(member), "company for lonely people").hits}
    assert ours.pk in hits and mine.pk not in hits


def test_blocked_people_do_not_meet_by_meaning(joyce: Party) -> None:
    visit(joyce)
    samir = welcome(by=SYSTEM, name="Samir")
    learn()
    block(by=Actor(joyce), other=samir)
    assert look_around(Actor(samir), LONELY).total == 0
    assert look_around(ANYONE, LONELY).total == 1


def test_what_a_blocked_holder_offers_takes_nobody_s_place(joyce: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest are taken from the file before a block counts, so more of them are taken where there is one."""
    samir, ada = welcome(by=SYSTEM, name="Samir Iqbal"), welcome(by=SYSTEM, name="Ada Quill")
    for _ in range(3):
        visit(samir)
    put(joyce, "Somebody to talk to", "Company for an hour, for whoever misses it")
    learn()
    AssetConcept.objects.all().delete()
    monkeypatch.setattr("alongside.knowing.search.meant.LOOKED_AT", 3)
    everybody = [hit.id for hit in best_for(Actor(ada), "a friendly visit for the lonely").hits]
    block(by=Actor(ada), other=samir)
    without = [hit.id for hit in best_for(Actor(ada), "a friendly visit for the lonely").hits]
    assert len(everybody) == 3 and len(without) == 1


def test_filters_hold_for_what_meaning_finds(joyce: Party, table: Party) -> None:
    quay = Point(51.45, -2.6)
    rule = [(None, "FREQ=WEEKLY;BYDAY=WE", None, "")]
    near = visit(joyce, cost="free", access=["level"], lat=quay.lat, lng=quay.lng, precision="exact", whens=rule)
    far = visit(table, cost="paid", lat=quay.lat + 0.1, lng=quay.lng, precision="exact")
    classify_waiting(by=SYSTEM)
    for learnt in (False, True):
        if learnt:
            catch_up(by=SYSTEM)
        for given in ({"cost": ["free"]}, {"access": ["level"]}, {"days": [2]}, {"near": quay, "km": 2.0}):
            found = look_around(ANYONE, LONELY, **given)  # type: ignore[arg-type]
            assert [result.asset.pk for result in found.results] == [near.pk], given
            assert found.counts == {"person": 1}, "counts come from the same set"
        groups = look_around(ANYONE, LONELY, kinds=["community"])
        assert [result.asset.pk for result in groups.results] == [far.pk]
        assert groups.counts == {"person": 1, "community": 1}


def test_a_time_of_day_is_on_the_same_day(joyce: Party) -> None:
    put(joyce, "Early", whens=[(NINE, "FREQ=WEEKLY;BYDAY=TU", 60, "")])
    put(joyce, "Late", whens=[(NINE + timedelta(hours=10), "FREQ=WEEKLY;BYDAY=TU", 60, "")])
    assert titles(look_around(ANYONE, parts=["morning"])) == ["Early"]
    assert titles(look_around(ANYONE, parts=["evening"], days=[1])) == ["Late"]
    assert titles(look_around(ANYONE, parts=["evening"], days=[2])) == []
    assert set(titles(look_around(ANYONE, parts=["morning", "evening"]))) == {"Early", "Late"}


def test_where_nothing_fits_it_says_so(joyce: Party) -> None:
    put(joyce, "Bicycle repair", "We mend punctures")
    learn()
    found = look_around(ANYONE, "quantum chromodynamics lectures in Latin")
    assert (found.total, found.results) == (0, [])


def test_typing_mistakes_are_forgiven_and_told_only_where_they_find_something(joyce: Party) -> None:
    asset = put(joyce, "Gardening together")
    learn()
    found = look_around(ANYONE, "gardning")
    assert titles(found) == ["Gardening together"]
    assert found.spelled == ("gardening",)
    assert look_around(ANYONE, "gardening").spelled == ()
    set_audience(by=Actor(joyce), record=asset.record, audience="me")
    assert look_around(ANYONE, "gardning").spelled == (), "a word that only somebody's own thing has is not told"


def test_a_word_that_nobody_here_happens_to_use_is_no_mistake(joyce: Party) -> None:
    put(joyce, "Settle in", "A setting for settlers")
    learn()
    assert spelling.spellings(["kettle", "settel", "xy", "1234"]) == {"settel": ["settle"]}


def test_despair_is_heard_before_anything_is_listed() -> None:
    assert look_around(ANYONE, "I want to kill myself").urgent
    assert best_for(ANYONE, "I can't go on, I want to end my life").urgent
    assert not look_around(ANYONE, "I want to sing").urgent


def test_a_guess_is_no_help_in_despair_and_nobody_is_told_what_they_are(joyce: Party) -> None:
    put(joyce, "Kicking a ball about", "No running, no shouting, no excuses. We need four more.")
    learn()
    AssetConcept.objects.all().delete()
    AssetConcept.objects.create(asset_id=Asset.objects.get().pk, concept="suicidal", weight=90, how="meaning")
    assert titles(look_around(ANYONE, "I want to die")) == []
    AssetConcept.objects.filter(concept="suicidal").update(how="steward")
    (result,) = look_around(ANYONE, "I want to die").results
    assert ("means", "A very hard time") in result.why


@pytest.mark.parametrize(
    "words",
    [
        "🎶 שלום " * 2_000,
        "a\x00b",
        " ".join(f"word{n}" for n in range(1_000)),
        "%s %(x)s :key 1:2",
        "ﷺ" * 900,
        "'" * 600,
    ],
    ids=["rtl", "nul", "thousand", "signs", "wide", "quotes"],
)
def test_whatever_is_said_gets_an_answer(joyce: Party, words: str) -> None:
    visit(joyce)
    learn()
    assert look_around(ANYONE, words).total in (0, 1)
    assert all(0 <= hit.score <= 1 for hit in best_for(ANYONE, words, Point(51.4, -2.6), 3.0).hits)


def test_without_the_model_words_find_and_nothing_breaks(joyce: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = put(joyce, "Singing together")
    learn()
    monkeypatch.setattr(model, "_loaded", [None])
    put(joyce, "Singing alone")
    erase(by=Actor(joyce), record=asset.record)
    learn()
    assert known() == [], "what is gone goes also where nothing can be made"
    assert titles(look_around(ANYONE, "singing")) == ["Singing alone"]
    assert best_for(ANYONE, "singing").hits


@pytest.mark.parametrize("broken", [b"", b"ALONGVEC", b"x" * 5_000, b"ALONGVEC" + b"\xff" * 400])
def test_a_broken_file_is_no_file_and_is_made_anew(joyce: Party, broken: bytes) -> None:
    asset = visit(joyce)
    learn()
    vector_file().path.write_bytes(broken)
    assert known() == []
    assert look_around(ANYONE, "befriending").total == 1
    catch_up(by=SYSTEM, whole=True)
    assert known() == [asset.pk]


def test_a_lost_file_is_noticed(joyce: Party) -> None:
    asset = visit(joyce)
    learn()
    vector_file().path.unlink()
    catch_up(by=SYSTEM)
    assert known() == [asset.pk]


def test_a_whole_comparison_puts_right_whatever_the_file_holds(joyce: Party) -> None:
    asset = visit(joyce)
    learn()
    stray = small(embed_one("somebody else"))[None]
    vector_file().write(Kept(np.array([asset.pk + 500]), np.array([digest("x")], np.uint64), stray))
    catch_up(by=SYSTEM, whole=True)
    assert known() == [asset.pk]


def test_a_little_at_a_time_comes_to_the_end_and_drops_nothing(joyce: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    learn()
    monkeypatch.setattr(meaning, "AT_ONCE", 2)
    for n in range(5):
        put(joyce, f"Bench {n}")
    rounds = 0
    while catch_up(by=SYSTEM, seconds=0.0).more:
        rounds += 1
        assert rounds < 5
    assert rounds == 2 and len(known()) == 5
    assert due.waiting() == []


def test_the_worker_is_asked_once_for_what_is_new(joyce: Party) -> None:
    latest = have_it_learnt(since=0)
    asset = visit(joyce)
    latest = have_it_learnt(since=latest)
    assert known() == [asset.pk], "in tests the worker works at once"
    assert have_it_learnt(since=latest) == latest


def test_at_the_start_the_worker_is_asked_in_any_case_and_then_only_for_news(monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up(by=SYSTEM)
    asked: list[int] = []
    worker = SimpleNamespace(catch_up=SimpleNamespace(enqueue=lambda: asked.append(1)))
    monkeypatch.setattr("alongside.knowing.search.actions.tasks", worker)
    latest = have_it_learnt(since=-1)
    assert (latest, len(asked)) == (0, 1)
    assert have_it_learnt(since=latest) == 0
    assert len(asked) == 1


def test_many_readers_see_a_whole_file_and_notice_the_new_one(tmp_path: Path) -> None:
    vector = small(embed_one("tea"))
    one, two = File(tmp_path / "vectors"), File(tmp_path / "vectors")
    for n in range(1, 4):
        one.write(Kept(np.arange(n), np.arange(n).astype(np.uint64), np.stack([vector] * n)))
        assert len(two.read().ids) == n
        assert two.read() is two.read(), "opened once"
    assert [near.record for near in two.read().nearest(embed_one("tea"), 5)] == [0, 1, 2], "ties by id"


def test_two_who_write_at_once_both_get_their_changes_in(own_home: Path) -> None:
    def write(start: int) -> None:
        for n in range(start, start + 6):
            meaning.rebuild(texts={n: f"thing number {n}"}, gone=[n - 1] if n % 3 == 0 else [])

    threads = [Thread(target=write, args=(start,)) for start in (10, 30, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = {n for start in (10, 30, 50) for n in range(start, start + 6)}
    gone = {n - 1 for n in left if n % 3 == 0 and n - 1 in left}
    assert set(known()) == left - gone
    kept = vector_file().read()
    assert list(kept.ids) == sorted(kept.ids)
    assert kept.of([11], [digest("thing number 10")]) == [None]


def test_what_works_for_me_stays_on_my_device(cast: Cast, joyce: Party) -> None:
    put(joyce, "Piano upstairs")
    put(joyce, "Piano on the flat", access=["level", "quiet"])
    client = Client()
    assert "Keep what works for me on this device" in client.get("/look-around/?words=piano").content.decode()
    answer = client.post("/look-around/works-for-me/", {"access": ["level", "quiet", "<script>"]})
    assert answer["Location"] == "/look-around/?mine=yes", "the address says only that they are used"
    cookie = answer.cookies["works_for_me"]
    assert (cookie.value, cookie["httponly"], cookie["path"]) == ("level.quiet", True, "/look-around/")
    assert "2 things to try" in client.get("/look-around/?words=piano").content.decode()
    page = client.get("/look-around/?words=piano&mine=yes").content.decode()
    assert "1 thing to try" in page and "Use what works for me: Level way in, Quiet space" in page
    assert "access=level" not in page
    client.post("/look-around/works-for-me/", {"do": "forget"})
    assert "2 things to try" in client.get("/look-around/?words=piano&mine=yes").content.decode()


def test_help_stands_above_the_list_and_a_wish_carries_the_words(cast: Cast) -> None:
    page = Client().get("/look-around/?words=I+want+to+kill+myself").content.decode()
    assert "116 123" in page and 'id="found"' not in page, "nothing to try stands under it where nothing is for this"
    assert "999" in page and "/worry/" in page and "Leave this page quickly" in page
    page = Client().get("/look-around/?words=zeppelin+%26+moorings").content.decode()
    assert "Nothing here fits" in page and "116 123" not in page
    assert "/wish/?words=zeppelin%20%26%20moorings" in page


def test_a_page_by_meaning_costs_a_dozen_statements(
    cast: Cast, joyce: Party, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        put(joyce, f"Tea and talk {n}", "Nobody need be lonely here")
    learn()
    client = Client()
    client.get("/look-around/?words=lonely+days")
    with django_assert_max_num_queries(12):
        client.get("/look-around/?words=lonely+days+in+a+quiet+house&cost=free&mine=yes")


def test_the_list_of_changes_is_kept_with_the_change_itself(joyce: Party) -> None:
    learn()
    assert due.waiting() == []
    asset = visit(joyce)
    assert {change.record for change in due.waiting()} == {asset.pk}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_spot SET shown_lat = 51.5 WHERE record_id = %s", [asset.pk])
    assert len(due.waiting()) == 1, "a place that moves changes no meaning"


@pytest.mark.parametrize(
    "words",
    ["overdose", "starving", "unsafe", "scared", "he hits me", "my ex won’t let me leave", "hunanladdiad", "cam-drin"],
)
def test_a_word_of_alarm_brings_help_whatever_else_is_understood(words: str) -> None:
    assert understood(words).urgent


@pytest.mark.parametrize(
    "words", ["food", "children", "heating", "warm", "my husband", "soup", "gas", "bed", "singing", "disabled people"]
)
def test_a_plain_search_of_a_word_or_two_is_no_alarm(words: str) -> None:
    assert not understood(words).urgent


def test_part_of_a_word_is_no_alarm() -> None:
    assert not alarming("grape picking, therapists, and a rapeseed field")
    assert alarming("I was RAPED.") and alarming("better off without me")


def test_only_what_is_clearly_meant_is_told_as_what_it_is_about() -> None:
    first, half, less, near = (
        Meant("a", 0.8, ""),
        Meant("b", 0.4, ""),
        Meant("c", 0.39, ""),
        Meant("d", 0.7, "", near=True),
    )
    said = Meaning(
        meant=(first, half, less, near), labels={"a": "Singing", "b": "Company", "c": "Breath", "d": "Noise"}
    )
    assert said.about == ("Singing", "Company")
    assert said._replace(few=True).about == ("Singing",), "a word or two say one thing"
    assert said.concepts == ("a", "b", "c", "d"), "all of it still ranks"
    assert Meaning().about == ()


def test_a_word_is_never_answered_with_an_illness(joyce: Party) -> None:
    put(joyce, "Songs in the back room")
    assert look_around(ANYONE, "singing").meant[1:] == ()
    assert "Short of breath" not in look_around(ANYONE, "I want to sing with others").meant
