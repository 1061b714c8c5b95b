"""Look around finds what people, groups and organisations offer, and never what the viewer may not see."""

from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.consent.actions import let_in
from alongside.ground.history.actor import Actor
from alongside.ground.history.installed import install, lift, missing
from alongside.ground.people.actions import begin, block, join, pause, rename, welcome
from alongside.ground.people.models import Party
from alongside.ground.records.actions import erase, let_through, set_audience
from alongside.ground.records.models import Record, State
from alongside.knowing.assets.actions import change, offer, withdraw
from alongside.knowing.search.queries import ideas_for, look_around
from alongside.methods.distance import Point
from tests.knowing.finding import put, titles

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()
SYSTEM = Actor.system("test")
QUAY = Point(51.45, -2.6)


@pytest.fixture
def choir() -> Party:
    return welcome(by=SYSTEM, name="Larkmere Voices", kind="community", sort="interest")


@pytest.fixture
def practice() -> Party:
    return welcome(by=SYSTEM, name="Riverside Practice", kind="organisation", sort="public")


def test_people_groups_and_services_are_found_together(joyce: Party, choir: Party, practice: Party) -> None:
    put(joyce, "Singing at the kitchen table")
    put(choir, "A choir for anyone", words="You need not read music. We sing on Thursdays.")
    put(practice, "Singing for better breathing", kind="service")
    put(practice, "Blood pressure checks", kind="service")
    found = look_around(ANYONE, "singing")
    assert found.total == 3
    assert found.counts == {"person": 1, "community": 1, "organisation": 1}
    assert set(titles(found)) == {
        "Singing at the kitchen table",
        "A choir for anyone",
        "Singing for better breathing",
    }
    assert [result.number for result in found.results] == [1, 2, 3]


def test_a_hit_in_the_title_comes_before_one_in_the_text(joyce: Party, samir: Party) -> None:
    put(joyce, "Tea on Fridays", words="Somebody may bring a guitar")
    put(samir, "Guitar for beginners", words="Six weeks of it")
    found = look_around(ANYONE, "guitar")
    assert titles(found) == ["Guitar for beginners", "Tea on Fridays"]
    assert [found.results[0].why[0].code, found.results[1].why[0].code] == ["title", "words"]


def test_the_name_of_a_holder_finds_what_they_offer(practice: Party) -> None:
    put(practice, "Blood pressure checks", kind="service")
    assert titles(look_around(ANYONE, "Riverside")) == ["Blood pressure checks"]
    rename(by=SYSTEM, party=practice, name="Hillside Practice")
    assert not look_around(ANYONE, "Riverside").total
    assert titles(look_around(ANYONE, "hillside")) == ["Blood pressure checks"]


def test_whom_it_is_for_finds_it(joyce: Party, practice: Party) -> None:
    wednesdays = put(practice, "A quiet hour on Wednesdays", open_to="Carers, Grandparents", kind="service")
    mine = put(joyce, "A walk round the quay", open_to="people who grieve", audience="me")
    assert titles(look_around(ANYONE, words="grandparents")) == ["A quiet hour on Wednesdays"]
    assert titles(look_around(Actor(person=joyce), words="grieve")) == ["A walk round the quay"]
    change(by=SYSTEM, asset=wednesdays, open_to="Veterans")
    assert titles(look_around(ANYONE, words="grandparents")) == []
    assert titles(look_around(ANYONE, words="veterans")) == ["A quiet hour on Wednesdays"]
    assert titles(look_around(ANYONE, words="grieve")) == []
    assert mine.open_to == "people who grieve"


def test_words_with_accents_are_found_by_plain_ones(practice: Party) -> None:
    put(practice, "Café in the park")
    assert titles(look_around(ANYONE, "cafe")) == ["Café in the park"]
    assert titles(look_around(ANYONE, "CAFÉ")) == ["Café in the park"]


def test_when_nothing_has_every_word_what_has_some_is_shown_and_said(joyce: Party, samir: Party) -> None:
    put(joyce, "Walking by the river")
    put(samir, "Chess in the library")
    found = look_around(ANYONE, "walking chess")
    assert found.loose
    assert found.total == 2
    assert not look_around(ANYONE, "river walking").loose


def test_filters_narrow_and_counts_stay_true(joyce: Party, choir: Party, practice: Party) -> None:
    put(joyce, "Piano", cost="free", access=["level", "quiet"], whens=[(None, "FREQ=WEEKLY;BYDAY=WE", None, "")])
    put(choir, "Choir", cost="paid", access=["level"], whens=[(None, "FREQ=WEEKLY;BYDAY=TH", None, "")])
    put(practice, "Breathing", cost="free", domains=["health"])
    assert titles(look_around(ANYONE, cost=["free"], days=[2])) == ["Piano"]
    assert titles(look_around(ANYONE, access=["level", "quiet"])) == ["Piano"]
    assert titles(look_around(ANYONE, domains=["health", "learning"])) == ["Breathing"]
    assert set(titles(look_around(ANYONE, days=[2, 3]))) == {"Piano", "Choir"}
    groups = look_around(ANYONE, kinds=["community"])
    assert titles(groups) == ["Choir"]
    assert groups.total == 1
    assert groups.counts == {"person": 1, "community": 1, "organisation": 1}


def test_filters_hold_for_words_too(joyce: Party, samir: Party) -> None:
    put(joyce, "Piano for fun", cost="free")
    put(samir, "Piano lessons", cost="paid")
    assert titles(look_around(ANYONE, "piano", cost=["paid"])) == ["Piano lessons"]


def test_without_words_the_nearest_comes_first_and_what_has_no_place_last(joyce: Party, samir: Party) -> None:
    put(samir, "Online chess")
    put(joyce, "Far", lat=QUAY.lat + 0.05, lng=QUAY.lng)
    put(samir, "Near", lat=QUAY.lat + 0.01, lng=QUAY.lng)
    found = look_around(ANYONE, near=QUAY)
    assert titles(found) == ["Near", "Far", "Online chess"]
    assert found.order == "nearest"
    assert found.results[0].km is not None
    assert 0.5 < found.results[0].km < 2
    assert found.results[2].km is None


def test_without_words_or_place_everything_is_mixed_and_always_in_the_same_order(joyce: Party, practice: Party) -> None:
    for n in range(8):
        put(joyce, f"Piano {n}")
    for n in range(8):
        put(practice, f"Service {n}")
    found = look_around(ANYONE)
    assert found.order == "mixed"
    assert titles(found) == titles(look_around(ANYONE))
    assert {title[:5] for title in titles(found)[:8]} == {"Piano", "Servi"}


def test_only_little_words_are_no_search(joyce: Party) -> None:
    put(joyce, "Piano")
    assert look_around(ANYONE, "is there anyone near me").total == 1


@pytest.mark.parametrize("how", [{}, {"near": QUAY}, {"words": "bench"}, {"words": "bench", "near": QUAY}])
def test_pages_follow_one_another_and_miss_nothing(joyce: Party, samir: Party, how: dict) -> None:
    for n in range(45):
        put(joyce, f"Bench {n}", lat=QUAY.lat + (n % 9) / 100, lng=QUAY.lng)
    offer(by=SYSTEM, holder=samir, title="My own bench", kind="space")
    seen: list[str] = []
    numbers: list[int] = []
    page = ""
    for _ in range(3):
        found = look_around(Actor(samir), **how, page=page)
        assert found.total == 46
        seen += titles(found)
        numbers += [result.number for result in found.results]
        page = found.next
    assert not page
    assert len(seen) == len(set(seen)) == 46
    assert numbers == list(range(1, 47))


@pytest.mark.parametrize(
    "cursor", ["x", "1_2", "1_nan_2", "20_1e400_1", "-1_0_0", "9" * 80, "1_0_" + "9" * 40, "\x00"], ids=range(8)
)
def test_a_broken_cursor_starts_anew(joyce: Party, cursor: str) -> None:
    put(joyce, "Piano")
    assert titles(look_around(ANYONE, page=cursor)) == ["Piano"]
    assert titles(look_around(ANYONE, "piano", page=cursor)) == ["Piano"]


def test_the_outsider_never_finds_what_is_not_for_everyone(joyce: Party, samir: Party, choir: Party) -> None:
    join(by=Actor(samir), member=samir, of=choir)
    mia = welcome(by=SYSTEM, name="Mia")
    let_in(by=SYSTEM, owner=joyce, member=mia)
    put(joyce, "Secret piano", audience="me")
    put(joyce, "Circle piano", audience="circle")
    put(joyce, "Choir piano", audience="community", community=choir)
    outsider = Actor(welcome(by=SYSTEM, name="Olga"))
    for viewer in (ANYONE, outsider):
        for found in (look_around(viewer), look_around(viewer, "piano"), look_around(viewer, near=QUAY)):
            assert (found.total, found.counts, found.results) == (0, {}, [])
        assert ideas_for(viewer, "piano") == []
    assert titles(look_around(Actor(samir), "piano")) == ["Choir piano"]
    assert titles(look_around(Actor(mia), "piano")) == ["Circle piano"]
    assert look_around(Actor(joyce), "piano").total == 3
    assert look_around(Actor(joyce)).counts == {"person": 3}


def test_what_is_held_resting_or_ended_is_never_found(choir: Party) -> None:
    someone, _token = begin(by=ANYONE)
    held = offer(by=Actor(someone), holder=someone, title="Piano", kind="skill", audience="everyone")
    assert not look_around(ANYONE, "piano").total
    let_through(by=SYSTEM, record=held.record)
    assert look_around(ANYONE, "piano").total == 1
    for state in (State.RESTING, State.ENDED, State.HELD, State.ERASED):
        Record.objects.filter(pk=held.pk).update(state=state)
        assert look_around(ANYONE, "piano").total == 0
        assert look_around(ANYONE).total == 0
    Record.objects.filter(pk=held.pk).update(state=State.STALE)
    assert look_around(ANYONE, "piano").total == 1


def test_taking_back_closing_and_erasing_count_from_the_next_request(joyce: Party) -> None:
    one, two, three = (put(joyce, f"Piano {n}") for n in range(3))
    assert look_around(ANYONE, "piano").total == 3
    withdraw(by=Actor(joyce), asset=one)
    assert look_around(ANYONE, "piano").total == 2
    set_audience(by=Actor(joyce), record=two.record, audience="me")
    assert titles(look_around(ANYONE, "piano")) == ["Piano 2"]
    erase(by=Actor(joyce), record=three.record)
    assert look_around(ANYONE, "piano").total == 0
    assert look_around(ANYONE).total == 0


def test_new_words_are_found_and_old_ones_are_not(joyce: Party) -> None:
    asset = put(joyce, "Piano")
    change(by=Actor(joyce), asset=asset, title="Fiddle", lat=QUAY.lat, lng=QUAY.lng)
    assert not look_around(ANYONE, "piano").total
    found = look_around(ANYONE, "fiddle", near=QUAY)
    assert found.results[0].km is not None


def test_somebody_who_takes_a_break_is_in_no_list(joyce: Party) -> None:
    put(joyce, "Piano")
    pause(by=Actor(joyce), party=joyce, on=True)
    assert not look_around(ANYONE, "piano").total
    pause(by=Actor(joyce), party=joyce, on=False)
    assert look_around(ANYONE, "piano").total == 1


def test_blocked_pairs_find_nothing_of_each_other(joyce: Party, samir: Party, choir: Party) -> None:
    put(joyce, "Piano")
    put(joyce, "Choir piano", audience="community", community=choir)
    join(by=Actor(samir), member=samir, of=choir)
    assert look_around(Actor(samir), "piano").total == 2
    block(by=Actor(joyce), other=samir)
    found = look_around(Actor(samir), "piano")
    assert (found.total, found.results) == (0, [])
    assert look_around(Actor(samir)).total == 0
    assert look_around(ANYONE, "piano").total == 1


def test_a_private_thing_is_found_by_every_word_like_a_public_one(joyce: Party) -> None:
    put(joyce, "Red piano", audience="me")
    put(joyce, "Blue piano")
    assert titles(look_around(Actor(joyce), "red piano"))[0] == "Red piano"
    assert look_around(Actor(joyce), "piano").total == 2


def test_ideas_come_by_any_word_and_then_by_the_part_of_life(joyce: Party, choir: Party, practice: Party) -> None:
    piano = put(joyce, "Piano in a warm room")
    songs = put(choir, "Songs after pudding", domains=["fun"])
    put(practice, "Feet")
    own = offer(by=SYSTEM, holder=joyce, title="My fiddle", kind="equipment", domains=["fun"])
    hits = ideas_for(Actor(joyce), "I want to play the piano with others", "fun")
    assert [hit.id for hit in hits] == [piano.pk, songs.pk, own.pk]
    assert hits[1].why[-1].code == "domain"
    assert [hit.id for hit in ideas_for(ANYONE, "piano")] == [piano.pk]
    assert ideas_for(ANYONE, "", "") == []
    assert len(ideas_for(Actor(joyce), "piano", "fun", limit=2)) == 2


@given(words=st.text(max_size=60), page=st.text(max_size=30))
def test_whatever_is_typed_gets_an_answer(words: str, page: str) -> None:
    assert look_around(ANYONE, words, page=page).total == 0


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "' OR 1=1 --",
        "piano AND",
        "NEAR(",
        "*",
        "title:piano",
        "🎹" * 10_000,
        "a" * 10_000,
        "שלום 🎶 " * 2000,
        "%s",
    ],
    ids=["quote", "injection", "and", "near", "star", "column", "signs", "long", "rtl", "percent"],
)
def test_signs_that_mean_something_to_a_database_are_only_signs(joyce: Party, words: str) -> None:
    put(joyce, "Piano")
    assert look_around(ANYONE, words).total in (0, 1)
    ideas_for(ANYONE, words, "fun")


def test_ten_thousand_letters_right_to_left_are_kept_and_found(joyce: Party) -> None:
    put(joyce, "מוזיקה 🎶", words="שלום 🎹👩🏽‍🦽 " * 800)
    assert look_around(ANYONE, "מוזיקה").total == 1


def test_the_search_table_is_there_and_comes_back_after_a_migration(joyce: Party) -> None:
    put(joyce, "Piano")
    assert missing(connection) == []
    lift(connection)
    assert len(missing(connection)) > 5
    install(connection)
    assert missing(connection) == []
    assert look_around(ANYONE, "piano").total == 1
    put(joyce, "Pianola, a piano")
    assert look_around(ANYONE, "piano").total == 2


def test_a_search_costs_the_same_few_statements_however_much_there_is(
    joyce: Party, django_assert_num_queries: object
) -> None:
    for n in range(3):
        put(joyce, f"Piano {n}")
    with django_assert_num_queries(6):  # type: ignore[operator]
        look_around(ANYONE, "piano", near=QUAY)
    for n in range(30):
        put(joyce, f"Piano again {n}")
    with django_assert_num_queries(6):  # type: ignore[operator]
        look_around(ANYONE, "piano", near=QUAY)


def test_scores_fall_from_first_to_last(joyce: Party) -> None:
    for n in range(6):
        put(joyce, "Piano " * (n + 1), words="and tea " * n)
    hits = ideas_for(ANYONE, "piano tea")
    assert all(one.score >= two.score for one, two in pairwise(hits))
