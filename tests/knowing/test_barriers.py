"""What gets in the way is the affair of the place that makes it. Anyone says it, its holder answers, all stays."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.actions import erase, let_through
from alongside.ground.records.models import State
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import actions, queries
from alongside.knowing.barriers.models import Barrier, BarrierAnswer, MeToo, Stage
from tests.cast import Cast, Somebody
from tests.together import together

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()
RTL = "هناك درجة ولا يوجد درابزين 🎶" * 700


@pytest.fixture
def lunch(cast: Cast) -> Asset:
    """The lunch club's lunch, which everyone may see. The connector looks after the club."""
    return offer(
        by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Thursday lunch", audience="everyone"
    )


def step(cast: Cast, lunch: Asset, **given: Any) -> Barrier:
    """Joseph says that there is a step."""
    joseph = cast.neighbour
    given = {"words": "There is a step and no rail", "remedy": "A rail on the left"} | given
    return actions.say(by=joseph.actor, owner=joseph.party, asset=lunch, **given)


def told(somebody: Any) -> list[str]:
    return list(
        Notice.objects.filter(to=getattr(somebody, "party", somebody)).order_by("pk").values_list("body", flat=True)
    )


def late(barrier: Barrier, days: int = 30) -> Barrier:
    Barrier.objects.filter(pk=barrier.pk).update(since=timezone.now() - timedelta(days=days))
    barrier.refresh_from_db()
    return barrier


# Saying it


def test_anyone_says_it_the_holder_is_told_and_nobody_hears_who_it_was(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    assert barrier.holder == cast.lunch_club
    notice = Notice.objects.get(to=cast.lunch_club)
    assert notice.body == "There is a step and no rail"
    assert notice.link == f"/in-the-way/{barrier.record.key}/"
    name = cast.neighbour.party.name.split()[0]
    assert name not in f"{notice.title}{notice.body}{notice.link}"
    assert [one.pk for one in queries.listed(ANYONE, "open")] == [barrier.pk]
    assert not barrier.named


def test_the_event_names_fields_and_holds_no_words(cast: Cast, lunch: Asset) -> None:
    step(cast, lunch, words="the secret stair")
    event = Event.objects.get(verb="barriers.say")
    assert "words" in event.fields
    assert "secret" not in str(Event.objects.values_list())


def test_pressing_twice_says_it_once(cast: Cast, lunch: Asset) -> None:
    first = step(cast, lunch, key="press")
    assert step(cast, lunch, key="press") == first
    assert Barrier.objects.count() == 1
    assert len(told(cast.lunch_club)) == 1


def test_from_somebody_without_an_account_it_waits_for_a_look_and_then_the_holder_hears(
    cast: Cast, lunch: Asset
) -> None:
    somebody, _token = cast.passer_by
    barrier = actions.say(by=somebody.actor, owner=somebody.party, asset=lunch, words="Nobody signs")
    assert barrier.record.state == State.HELD
    assert not told(cast.lunch_club)
    assert queries.barrier(ANYONE, barrier.record.key) is None
    assert actions.tell_due(by=Actor.system("nightly")) == 0
    let_through(by=cast.steward.actor, record=barrier.record)
    assert actions.tell_due(by=Actor.system("nightly")) == 1
    assert told(cast.lunch_club) == ["Nobody signs"]
    assert actions.tell_due(by=Actor.system("nightly")) == 0


@pytest.mark.parametrize(
    ("given", "field"), [({"words": "  "}, "words"), ({"words": "x" * 5_001}, "words"), ({"remedy": RTL}, "remedy")]
)
def test_what_cannot_be_kept_says_which_field(cast: Cast, lunch: Asset, given: dict[str, str], field: str) -> None:
    with pytest.raises(Fault) as fault:
        step(cast, lunch, **given)
    assert fault.value.field == field
    assert not Barrier.objects.exists()


def test_letters_from_right_to_left_are_kept_as_they_are(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch, words=RTL[:5_000])
    barrier.refresh_from_db()
    assert barrier.words == RTL[:5_000].strip()


def test_at_a_place_in_words_it_needs_the_place(cast: Cast) -> None:
    joseph = cast.neighbour
    with pytest.raises(Fault) as fault:
        actions.say(by=joseph.actor, owner=joseph.party, words="No bench")
    assert fault.value.field == "place"
    barrier = actions.say(by=joseph.actor, owner=joseph.party, words="No bench", place="  Mill   Hill ")
    assert barrier.place == "Mill Hill"
    assert barrier.holder is None


def test_no_person_and_no_household_is_named_as_what_gets_in_the_way(cast: Cast) -> None:
    from alongside.ground.people.actions import welcome

    joseph = cast.neighbour
    home = welcome(by=Actor.system("tests"), kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Pughs")
    for holder in (cast.resident.party, home):
        with pytest.raises(Refused, match="Only a group"):
            actions.say(by=joseph.actor, owner=joseph.party, words="Rude", holder=holder)


def test_about_what_is_not_for_everyone_nothing_is_said_in_public(cast: Cast) -> None:
    joseph = cast.neighbour
    kept = offer(by=cast.connector.actor, holder=cast.lunch_club, kind="space", title="Back room", audience="me")
    with pytest.raises(Refused, match="Tell them yourself"):
        actions.say(by=joseph.actor, owner=joseph.party, words="A step", asset=kept)


def test_nobody_says_it_for_somebody_else_but_their_helper_may(cast: Cast, lunch: Asset) -> None:
    mair = cast.resident
    with pytest.raises(Refused):
        actions.say(by=cast.outsider.actor, owner=mair.party, words="x", asset=lunch)
    barrier = actions.say(by=cast.carer.helps(mair), owner=mair.party, words="A step", asset=lunch)
    assert barrier.record.owner == mair.party


# Answering


def test_the_holder_answers_in_public_and_every_answer_stays_in_its_order(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    denise, day = cast.connector.actor, timezone.localdate() + timedelta(days=30)
    actions.answer(by=denise, barrier=barrier, stage="heard", words="Sorry. We will ask the vicar.")
    actions.answer(by=denise, barrier=barrier, stage="will_do", by_day=day)
    actions.answer(by=denise, barrier=barrier, stage="done", words="The rail is up.")
    seen = queries.barrier(ANYONE, barrier.record.key)
    assert seen is not None
    assert [one.stage for one in seen.answers.all()] == ["heard", "will_do", "done"]
    assert [one.n for one in seen.answers.all()] == [1, 2, 3]
    assert seen.answers.all()[0].by == cast.lunch_club
    assert seen.answers.all()[1].by_day == day
    assert seen.is_right
    assert told(cast.neighbour) == ["Sorry. We will ask the vicar.", "Will be done", "The rail is up."]


def test_no_action_changes_or_takes_out_an_answer() -> None:
    """They are only ever added: the kit has no verb that does anything else to one."""
    from pathlib import Path

    source = Path(actions.__file__).read_text(encoding="utf-8")
    assert source.count("BarrierAnswer.objects.") == 1
    assert "BarrierAnswer.objects.create" in source
    assert "answers.all().delete" not in source


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"stage": "will_do"}, "by_day"),
        ({"stage": "will_do", "by_day": timezone.localdate() - timedelta(days=2)}, "by_day"),
        ({"stage": "cannot"}, "words"),
        ({"stage": "closed", "words": "It is fine"}, "stage"),
        ({"stage": "waiting"}, "stage"),
        ({"stage": "heard", "words": "x" * 5_001}, "words"),
    ],
)
def test_an_answer_that_cannot_be_taken_says_why(cast: Cast, lunch: Asset, given: dict[str, Any], field: str) -> None:
    barrier = step(cast, lunch)
    with pytest.raises(Fault) as fault:
        actions.answer(by=cast.connector.actor, barrier=barrier, **given)
    assert fault.value.field == field
    assert not BarrierAnswer.objects.exists()


def test_only_those_whose_it_is_answer(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    for other in (cast.outsider.actor, cast.neighbour.actor, cast.resident.actor, cast.steward.actor, ANYONE):
        with pytest.raises(Refused):
            actions.answer(by=other, barrier=barrier, stage="done", words="All well")


def test_a_barrier_at_a_place_is_answered_by_whoever_says_it_is_theirs_or_by_a_steward(cast: Cast) -> None:
    joseph = cast.neighbour
    barrier = actions.say(by=joseph.actor, owner=joseph.party, words="No bench", place="Mill Hill")
    actions.answer(by=cast.steward.actor, barrier=barrier, stage="heard")
    with pytest.raises(Refused):
        actions.take_on(by=cast.outsider.actor, barrier=barrier, holder=cast.lunch_club)
    with pytest.raises(Refused):
        actions.take_on(by=cast.outsider.actor, barrier=barrier, holder=cast.outsider.party)
    actions.take_on(by=cast.connector.actor, barrier=barrier, holder=cast.lunch_club)
    assert barrier.holder == cast.lunch_club
    with pytest.raises(Refused):
        actions.take_on(by=cast.supplier.actor, barrier=barrier, holder=cast.agency)
    with pytest.raises(Refused):
        actions.answer(by=cast.steward.actor, barrier=barrier, stage="heard")
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="cannot", words="The land is not ours.")


def test_of_two_who_take_it_on_the_first_has_it(cast: Cast) -> None:
    joseph = cast.neighbour
    barrier = actions.say(by=joseph.actor, owner=joseph.party, words="No bench", place="Mill Hill")
    stale = Barrier.objects.get(pk=barrier.pk)
    actions.take_on(by=cast.connector.actor, barrier=barrier, holder=cast.lunch_club)
    with pytest.raises(Fault, match="by now"):
        actions.take_on(by=cast.supplier.actor, barrier=stale, holder=cast.agency)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_stand_one_after_the_other(live_cast: Cast) -> None:
    cast = live_cast
    joseph = cast.neighbour
    barrier = actions.say(by=joseph.actor, owner=joseph.party, words="A step", holder=cast.lunch_club)
    by = cast.connector.actor

    def press(words: str) -> None:
        actions.answer(by=by, barrier=Barrier.objects.get(pk=barrier.pk), stage="heard", words=words)

    assert together(partial(press, "one"), partial(press, "two")) == [None, None]
    assert sorted(BarrierAnswer.objects.values_list("n", flat=True)) == [1, 2]
    assert set(BarrierAnswer.objects.values_list("words", flat=True)) == {"one", "two"}


# Waiting, closing


def test_one_that_waits_too_long_shows_as_waiting(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    assert not barrier.is_late
    assert late(barrier).is_late
    assert queries.waiting_long(ANYONE) == [barrier]
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="heard")
    assert queries.waiting_long(ANYONE) == []
    assert late(barrier).is_late, "heard, and then silence, is waiting too"


def test_a_promise_that_was_not_kept_shows(cast: Cast, lunch: Asset) -> None:
    barrier, day = step(cast, lunch), timezone.localdate() + timedelta(days=1)
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="will_do", by_day=day)
    assert not late(barrier, 90).is_late
    Barrier.objects.filter(pk=barrier.pk).update(by_day=timezone.localdate() - timedelta(days=1))
    assert queries.waiting_long(ANYONE) == [barrier]


def test_done_says_the_holder_not_yet_says_whoever_lives_with_it(cast: Cast, lunch: Asset) -> None:
    barrier, joseph = step(cast, lunch), cast.neighbour.actor
    with pytest.raises(Fault, match="Nobody has said"):
        actions.not_yet(by=joseph, barrier=barrier)
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="done", words="Rail is up")
    other_screen = Barrier.objects.get(pk=barrier.pk)
    actions.not_yet(by=joseph, barrier=barrier, words="It came off again")
    with pytest.raises(Fault, match="Nobody has said"):
        actions.not_yet(by=joseph, barrier=other_screen, words="It came off again")
    assert barrier.stage == Stage.WAITING
    assert len(told(cast.lunch_club)) == 2
    actions.close(by=joseph, barrier=barrier, put_right=True)
    assert barrier.is_right
    assert [one.by_id for one in barrier.answers.order_by("n")] == [cast.lunch_club.pk, None, None]
    for other in (cast.connector.actor, cast.outsider.actor):
        with pytest.raises(Refused):
            actions.not_yet(by=other, barrier=barrier)
        with pytest.raises(Refused):
            actions.close(by=other, barrier=barrier, put_right=True)


def test_taken_back_it_is_in_no_list_and_takes_no_more_answers(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    actions.close(by=cast.neighbour.actor, barrier=barrier, put_right=False)
    assert queries.listed(ANYONE, "open") == []
    assert queries.barrier(cast.connector.actor, barrier.record.key) is None
    with pytest.raises(Fault, match="taken back"):
        actions.answer(by=cast.connector.actor, barrier=barrier, stage="heard")


# Who says so too


def test_others_say_so_too_and_are_counted_only_from_ten(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    people = [cast.person(f"Somebody {n}") for n in range(12)]
    for n, somebody in enumerate(people, 1):
        actions.too(by=somebody.actor, barrier=barrier)
        actions.too(by=somebody.actor, barrier=barrier)
        assert queries.too(barrier) == (10 if n >= 10 else None)
    assert MeToo.objects.count() == 12
    assert queries.says_too(people[0].actor, barrier)
    for somebody in people[:3]:
        actions.not_too(by=somebody.actor, barrier=barrier)
    assert queries.too(barrier) is None


def test_neither_who_wrote_it_nor_who_answers_adds_to_it_and_nobody_to_what_waits(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    for other in (cast.neighbour.actor, ANYONE, Actor(person=cast.lunch_club)):
        with pytest.raises(Refused):
            actions.too(by=other, barrier=barrier)
    somebody, _token = cast.passer_by
    held = actions.say(by=somebody.actor, owner=somebody.party, asset=lunch, words="Dark")
    with pytest.raises(Fault, match="waits for a look"):
        actions.too(by=cast.outsider.actor, barrier=held)


# Who must not see this


def test_when_the_thing_is_taken_back_what_was_said_of_it_goes_with_it(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    withdraw(by=cast.connector.actor, asset=lunch)
    assert queries.barrier(cast.outsider.actor, barrier.record.key) is None
    assert queries.listed(ANYONE, "open") == []
    assert queries.how_many(ANYONE) == {"open": 0, "answered": 0, "right": 0}


def test_what_somebody_said_is_told_to_them_and_to_no_one_else(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    joseph = cast.neighbour
    assert queries.said_by(joseph.actor, joseph.party) == [barrier]
    for other in (cast.outsider.actor, cast.connector.actor, cast.steward.actor, ANYONE):
        assert queries.said_by(other, joseph.party) == []


def test_blocked_people_do_not_meet_here_by_name(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch, named=True)
    block(by=cast.outsider.actor, other=cast.neighbour.party)
    assert queries.barrier(cast.outsider.actor, barrier.record.key) is None


def test_erased_it_is_gone_with_its_answers(cast: Cast, lunch: Asset) -> None:
    barrier = step(cast, lunch)
    actions.answer(by=cast.connector.actor, barrier=barrier, stage="heard")
    erase(by=cast.neighbour.actor, record=barrier.record)
    assert not Barrier.objects.exists()
    assert not BarrierAnswer.objects.exists()


def test_the_three_lists_go_on_and_miss_none(cast: Cast) -> None:
    joseph: Somebody = cast.neighbour
    for n in range(23):
        actions.say(by=joseph.actor, owner=joseph.party, words=f"step {n:02}", place="Mill Hill")
    first = queries.listed(ANYONE, "open")
    rest = queries.listed(ANYONE, "open", before=first[-1].pk)
    assert [len(first), len(rest)] == [20, 3]
    actions.answer(by=cast.steward.actor, barrier=rest[0], stage="heard")
    actions.close(by=joseph.actor, barrier=rest[1], put_right=True)
    assert queries.how_many(ANYONE) == {"open": 21, "answered": 1, "right": 1}
    assert [one.pk for one in queries.listed(ANYONE, "answered")] == [rest[0].pk]
    assert [one.pk for one in queries.listed(ANYONE, "right")] == [rest[1].pk]
