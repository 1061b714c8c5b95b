"""Two at once, a worker that is stopped or killed half-way, and pages that are posted from the past."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.methods.lottery.maximin import fairest
from alongside.planning.lotteries import actions, queries, working
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, PanelSeat, PoolPlace, Stage
from alongside.planning.lotteries.work_models import LotteryWork
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.lotteries.panels import answers, days_pass, drawn, for_the_area, on_it, pool, ready, says_yes, work
from tests.together import together

pytestmark = pytest.mark.django_db


def told_together(*tasks: Callable[[], Any]) -> list[Any]:
    """Everybody presses at the same moment; what each got, or what it was told."""
    return [one.message if isinstance(one, Fault) else one for one in together(*tasks)]


@pytest.mark.django_db(transaction=True)
def test_somebody_who_says_yes_in_two_windows_is_in_the_pool_once(live_cast: Cast) -> None:
    lottery = for_the_area(live_cast)
    by, said = live_cast.resident.actor, answers(lottery, 0, 0)

    def yes() -> PoolPlace:
        return actions.join(by=by, lottery=lottery, answers=said, agreed=True, old_enough=True)

    first, second = told_together(yes, yes)
    assert first == second and PoolPlace.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_have_it_worked_out_get_one_list(live_cast: Cast) -> None:
    lottery = for_the_area(live_cast)
    pool(live_cast, lottery)
    days_pass(lottery)
    by = live_cast.commissioner.actor
    got = told_together(*(lambda: actions.begin(by=by, lottery=Lottery.objects.get(pk=lottery.pk)) for _n in range(2)))
    assert Draw.objects.count() == 1 and Lottery.objects.get().stage == Stage.READY
    assert len({one.pk for one in got if isinstance(one, LotteryWork)}) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_keep_one_list(live_cast: Cast, monkeypatch: Any) -> None:
    lottery = for_the_area(live_cast)
    pool(live_cast, lottery)
    days_pass(lottery)
    going = LotteryWork.objects.create(lottery=lottery)
    told_together(*(lambda: actions.work_out(by=MACHINE, key=going.key) for _n in range(2)))
    assert Draw.objects.count() == 1 and LotteryWork.objects.get().state == "done"
    assert Event.objects.filter(verb="lotteries.keep_panels").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_no_and_a_leaving_at_once_free_one_place(live_cast: Cast) -> None:
    lottery, panel = drawn(live_cast)
    place = panel[0]
    theirs = Actor(person=place.person)
    told_together(
        lambda: actions.answer_seat(by=theirs, place=PoolPlace.objects.get(pk=place.pk), yes=False),
        lambda: actions.answer_seat(by=theirs, place=PoolPlace.objects.get(pk=place.pk), yes=False),
    )
    seats = queries.seats(live_cast.commissioner.actor, lottery)
    assert seats is not None and (seats.free, seats.no) == (1, 1)


# Stopped, killed, broken


def test_whoever_stops_it_half_way_has_nothing_kept(cast: Cast, monkeypatch: Any) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    begun = actions.begin(by=cast.commissioner.actor, lottery=lottery)
    monkeypatch.setattr(working, "SECONDS", 0.0)

    def stopped(kinds: Any, *, progress: Any, cancelled: Any) -> Any:
        def tell(step: Any) -> None:
            LotteryWork.objects.filter(pk=begun.pk).update(state="stopped")
            progress(step)

        return fairest(kinds, progress=tell, cancelled=cancelled)

    monkeypatch.setattr(working, "fairest", stopped)
    assert actions.work_out(by=MACHINE, key=begun.key).state == "stopped"
    assert not Draw.objects.exists() and Lottery.objects.get().stage == Stage.JOINING


def test_a_stop_that_comes_as_it_is_done_keeps_nothing(cast: Cast, monkeypatch: Any) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    begun = actions.begin(by=cast.commissioner.actor, lottery=lottery)
    real = working.equally_likely

    def late(found: Any) -> Any:
        actions.stop(by=cast.commissioner.actor, lottery=lottery)
        return real(found)

    monkeypatch.setattr(working, "equally_likely", late)
    assert actions.work_out(by=MACHINE, key=begun.key).state == "stopped"
    assert not Draw.objects.exists() and not PoolPlace.objects.exclude(numbers="").exists()


@pytest.mark.parametrize("where", ["bars", "pool_figures"])
def test_a_worker_killed_while_it_keeps_leaves_nothing_half_kept(cast: Cast, monkeypatch: Any, where: str) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    begun = actions.begin(by=cast.commissioner.actor, lottery=lottery)

    def killed(*_args: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(working, where, killed)
        with pytest.raises(MemoryError):
            actions.work_out(by=MACHINE, key=begun.key)
    assert not Draw.objects.exists() and not DrawBar.objects.exists()
    assert not PoolPlace.objects.exclude(numbers="").exists() and not LotteryGroup.objects.exclude(pool=None).exists()
    assert Lottery.objects.get().stage == Stage.JOINING and LotteryWork.objects.get().state == "going"
    LotteryWork.objects.update(heard=timezone.now() - timedelta(minutes=11))
    assert work(cast.commissioner, lottery).state == "done", "begun again, it is whole"


def test_a_fill_that_breaks_off_leaves_the_panel_as_it_was(cast: Cast, monkeypatch: Any) -> None:
    lottery, panel = drawn(cast)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=False)
    begun = actions.fill(by=cast.commissioner.actor, lottery=lottery)
    with monkeypatch.context() as patched:
        patched.setattr(working, "seat", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.work_out(by=MACHINE, key=begun.key)
    assert Draw.objects.count() == 1 and len(on_it(lottery)) == 4
    working.break_off(by=MACHINE, work=begun.key)
    again = actions.fill(by=cast.commissioner.actor, lottery=lottery)
    assert actions.work_out(by=MACHINE, key=again.key).state == "done" and len(on_it(lottery)) == 5


def test_nobody_left_to_draw_is_told_with_a_way_out(cast: Cast) -> None:
    lottery, panel = drawn(cast, many=4)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=False)
    begun = actions.fill(by=cast.commissioner.actor, lottery=lottery)
    tight = actions.work_out(by=MACHINE, key=begun.key)
    assert tight.state == "tight"
    page = cast.commissioner.client().get(f"/panels/{lottery.record.key}/run/").content.decode()
    assert "Make the panel smaller: 3 people." in page
    actions.loosen(by=cast.commissioner.actor, lottery=lottery, work=tight, way=0)
    with pytest.raises(Fault, match="No place is free"):
        actions.fill(by=cast.commissioner.actor, lottery=lottery)


def test_free_places_are_filled_again_and_again_each_by_a_seed_of_its_own(cast: Cast) -> None:
    lottery, _panel = drawn(cast, many=16)
    gone = []
    for _round in range(2):
        place = next(one for one in on_it(lottery) if one.seat.answer == "asked")
        gone.append(place.pk)
        actions.answer_seat(by=Actor(person=place.person), place=place, yes=False)
        begun = actions.fill(by=cast.commissioner.actor, lottery=lottery)
        actions.work_out(by=MACHINE, key=begun.key)
    seeds = [draw.seed for draw in lottery.draws.all()]
    assert len(set(seeds)) == 3 and queries.wrong_draws() == []
    assert sum(one.seat.answer == "asked" for one in on_it(lottery)) == 4
    assert [one.seat.answer for one in on_it(lottery) if one.pk in gone] == ["no", "no"], "nobody is asked twice"


# Pages from the past


def test_buttons_of_an_old_page_say_that_something_has_changed(cast: Cast) -> None:
    lottery, _panel = drawn(cast)
    client, address = cast.commissioner.client(), f"/panels/{lottery.record.key}/run/do/"
    for what, said in (
        ("start", "cannot be changed any more"),
        ("begin", "worked out already"),
        ("fill", "No place is free"),
        ("later", "cannot be changed any more"),
    ):
        day = (timezone.localdate() + timedelta(days=3)).isoformat()
        page = client.post(address, {"do": what, "join_until": day}, follow=True)
        assert said in page.content.decode(), what
    client.post(address, {"do": "draw"})
    assert PanelSeat.objects.count() == 4 and Draw.objects.count() == 1
    client.post(f"/panels/{lottery.record.key}/run/words/", {"title": "Other"})
    client.post(f"/panels/{lottery.record.key}/run/groups/", {"question-1": "x"})
    lottery.refresh_from_db()
    assert lottery.title == "Getting about" and lottery.questions.count() == 2


def test_who_stands_in_the_draw_still_sees_where_they_are_and_whom_to_ring(cast: Cast) -> None:
    """Their own place on the panel is not the place in which they live."""
    name, phone = cast.place.name, cast.place.phone
    lottery, panel = drawn(cast, many=24)
    client = Somebody(panel[0].person).client()
    for end in ("", "mine/"):
        page = client.get(f"/panels/{lottery.record.key}/{end}").content.decode()
        assert f"– {name}</title>" in page and phone in page


def test_pages_of_a_panel_that_is_over_still_open(cast: Cast) -> None:
    lottery, panel = drawn(cast, many=24)
    somebody = Somebody(panel[0].person)
    actions.answer_seat(by=somebody.actor, place=panel[0], yes=True)
    Lottery.objects.filter(pk=lottery.pk).update(delete_on=timezone.localdate())
    actions.delete_due(by=MACHINE)
    at = f"/panels/{lottery.record.key}/"
    said = Client().get(at).content.decode()
    assert "Over, and all names are gone" in said and "How many people have which chance" in said
    assert somebody.client().get(f"{at}mine/").status_code == 404
    assert somebody.client().post(f"{at}seat/", {"yes": "yes"}).status_code == 404
    client = cast.commissioner.client()
    assert client.get(f"{at}run/").status_code == 200
    assert somebody.party.name not in client.get(f"{at}run/names/").content.decode()
    assert "Panels you said yes to" not in somebody.client().get("/my-page/").content.decode()


def test_a_yes_to_a_page_that_has_closed_loses_nothing_that_was_typed(cast: Cast) -> None:
    lottery, client = for_the_area(cast), cast.resident.client()
    asked = [one.pk for one in lottery.questions.all()]
    east = LotteryGroup.objects.get(words="East")
    form = {f"q{asked[0]}": east.pk, f"q{asked[1]}": "unsaid", "old_enough": "on", "agreed": "on", "home": "4 Mill St"}
    days_pass(lottery)
    page = client.post(f"/panels/{lottery.record.key}/yes/", form)
    said = page.content.decode()
    assert page.status_code == 200 and "The last day for saying yes has passed" in said
    assert 'value="4 Mill St"' in said and said.count("checked") >= 4 and not PoolPlace.objects.exists()


@pytest.mark.parametrize(
    "junk", ["", "way-", "way-99999999999999999999", "way-" + "9" * 5_000, "way--1", "\x00", "🙂" * 9_000]
)
def test_junk_in_place_of_a_button_does_nothing(cast: Cast, junk: str) -> None:
    lottery, _people = ready(cast)
    answer = cast.commissioner.client().post(f"/panels/{lottery.record.key}/run/do/", {"do": junk})
    assert answer.status_code in (302, 404) and Lottery.objects.get().stage == Stage.READY


def test_an_answer_to_another_panels_question_is_not_taken(cast: Cast) -> None:
    one, other = for_the_area(cast), for_the_area(cast)
    foreign = answers(other, 0, 0)
    mixed = dict(zip(answers(one, 0, 0), foreign.values(), strict=True))
    for said in (foreign, mixed):
        with pytest.raises(Fault):
            actions.join(by=cast.resident.actor, lottery=one, answers=said, agreed=True, old_enough=True)
    says_yes(cast.resident, one)
    assert queries.my_place(cast.resident.actor, other) is None
