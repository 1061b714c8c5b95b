"""Working out the panels, the draw, what is too tight, and what comes after: yes, no, free places, the last day."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.actions import look_at_many
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Role
from alongside.ground.records.queries import export
from alongside.methods.lottery.drawing import number as drawn_number
from alongside.planning.lotteries import actions, queries
from alongside.planning.lotteries.models import Draw, DrawBar, Lottery, LotteryGroup, PanelSeat, PoolPlace, Stage
from alongside.planning.lotteries.reading import GroupGiven, QuestionGiven
from alongside.planning.lotteries.work_models import LotteryWork
from tests.cast import Cast
from tests.planning.lotteries.panels import (
    MACHINE,
    READY,
    days_pass,
    drawn,
    for_the_area,
    on_it,
    opened,
    pool,
    ready,
    says_yes,
    work,
)

pytestmark = pytest.mark.django_db
BEGINS_WITH = READY


def verbs(prefix: str = "lotteries.") -> list[str]:
    return list(Event.objects.filter(verb__startswith=prefix).order_by("pk").values_list("verb", flat=True))


# Working out and drawing


def test_the_panels_are_worked_out_and_everybody_has_numbers_of_their_own(cast: Cast) -> None:
    lottery, people = ready(cast)
    draw = lottery.draws.get()
    assert lottery.stage == Stage.READY and draw.number is None and draw.panels == 1000
    assert (draw.least_on, draw.most_on, draw.best) == (500, 500, 500_000), "one in two for each"
    assert draw.bound >= draw.best
    many = [len(queries.my_place(one.actor, lottery).numbers.split()) for one in people]  # type: ignore[union-attr]
    assert sum(many) == 4000 and max(many) == draw.most_on
    assert verbs()[-3:] == ["lotteries.begin", "lotteries.take_up", "lotteries.keep_panels"]


def test_it_is_not_worked_out_while_people_can_say_yes_nor_by_anybody_else(cast: Cast) -> None:
    lottery = for_the_area(cast)
    with pytest.raises(Fault, match="still say yes"):
        actions.begin(by=cast.commissioner.actor, lottery=lottery)
    days_pass(lottery)
    for somebody in (cast.resident, cast.outsider, cast.connector):
        with pytest.raises(Refused, match="have this panel drawn"):
            actions.begin(by=somebody.actor, lottery=lottery)
    begun = actions.begin(by=cast.commissioner.actor, lottery=lottery)
    with pytest.raises(Refused, match="computer"):
        actions.work_out(by=cast.commissioner.actor, key=begun.key)


@pytest.mark.usefixtures("nobody_yet")
def test_two_presses_are_one_working_out_and_one_draw(cast: Cast) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    by = cast.commissioner.actor
    first, second = actions.begin(by=by, lottery=lottery), actions.begin(by=by, lottery=lottery)
    assert first == second and LotteryWork.objects.count() == 1
    for _worker in range(2):
        actions.work_out(by=MACHINE, key=first.key)
    assert lottery.draws.count() == 1
    for _press in range(2):
        actions.draw(by=by, lottery=lottery)
    assert PanelSeat.objects.count() == 4
    assert Notice.objects.filter(title="You have been drawn for a panel").count() == 4


def test_the_draw_is_the_one_that_the_published_seed_gives(cast: Cast) -> None:
    lottery, people = ready(cast)
    committed, secret = lottery.committed, lottery.secret
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    draw = lottery.draws.get()
    assert sha256(draw.seed.encode()).hexdigest() == committed and draw.seed == secret
    assert draw.number == int(sha256(f"{draw.seed}|{draw.fingerprint}".encode()).hexdigest(), 16) % 1000
    for one in people:
        place = queries.my_place(one.actor, lottery)
        assert place is not None
        assert hasattr(place, "seat") == (str(draw.number) in place.numbers.split())
    panel = on_it(lottery)
    said = [{queries.my_answers(place)[q].words for place in panel} for q in queries.my_answers(panel[0])]
    assert all(len(groups) == 2 for groups in said), "each group has at least one place"


@pytest.mark.parametrize(
    ("way", "seed", "wrong"), [("public", "3 14 15 26 35 41", ""), ("balls", "421", "1000"), ("balls", "7", "seven")]
)
def test_the_public_gives_the_chance(cast: Cast, way: str, seed: str, wrong: str) -> None:
    lottery, _people = ready(cast, seed_way=way, seed_words="At the library on 5 December")
    assert lottery.secret == lottery.committed == ""
    with pytest.raises(Fault, match="Type in"):
        actions.draw(by=cast.commissioner.actor, lottery=lottery, seed=wrong)
    actions.draw(by=cast.commissioner.actor, lottery=lottery, seed=f"  {seed} ")
    draw = lottery.draws.get()
    assert draw.seed == seed and len(on_it(lottery)) == 4
    assert way == "public" or draw.number == int(seed)


def test_no_draw_before_the_panels_are_worked_out(cast: Cast) -> None:
    lottery = for_the_area(cast)
    with pytest.raises(Fault, match="worked out first"):
        actions.draw(by=cast.commissioner.actor, lottery=lottery)
    with pytest.raises(Refused, match="have this panel drawn"):
        actions.draw(by=cast.resident.actor, lottery=lottery)


def test_one_person_of_a_home_and_no_more(cast: Cast) -> None:
    lottery = for_the_area(cast, size=2)
    people = [cast.person(f"At home {n}") for n in range(4)]
    for n, one in enumerate(people):
        says_yes(one, lottery, n % 2, n % 2, home="4 Mill St TF1 2AB" if n < 2 else "")
    days_pass(lottery)
    work(cast.commissioner, lottery)
    first, second = (set(queries.my_place(one.actor, lottery).numbers.split()) for one in people[:2])  # type: ignore[union-attr]
    assert first and second and not first & second


def test_a_working_out_can_be_stopped_and_a_dead_one_begun_again(cast: Cast) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    by = cast.commissioner.actor
    first = actions.begin(by=by, lottery=lottery)
    actions.stop(by=by, lottery=lottery)
    assert actions.work_out(by=MACHINE, key=first.key).state == "stopped" and not lottery.draws.exists()
    second = actions.begin(by=by, lottery=lottery)
    long_ago = timezone.now() - timedelta(minutes=11)
    LotteryWork.objects.filter(pk=second.pk).update(state="going", heard=long_ago)
    third = actions.begin(by=by, lottery=lottery)
    assert third != second and LotteryWork.objects.get(pk=second.pk).state == "broke"
    assert actions.work_out(by=MACHINE, key=third.key).state == "done"


def test_nobody_is_let_in_while_it_is_worked_out(cast: Cast) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery)
    days_pass(lottery)
    by, later = cast.commissioner.actor, timezone.localdate() + timedelta(days=3)
    begun = actions.begin(by=by, lottery=lottery)
    with pytest.raises(Fault, match="being worked out"):
        actions.keep_open(by=by, lottery=lottery, join_until=later)
    actions.work_out(by=MACHINE, key=begun.key)
    with pytest.raises(Fault, match="cannot be changed"):
        actions.keep_open(by=by, lottery=lottery, join_until=later)
    with pytest.raises(Fault, match="last day"):
        says_yes(cast.outsider, lottery)


def test_whoever_leaves_while_it_is_worked_out_is_not_drawn(cast: Cast) -> None:
    lottery, people = ready(cast, many=4)
    place = queries.my_place(people[0].actor, lottery)
    assert place is not None
    actions.leave(by=people[0].actor, place=place)
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    seats = queries.seats(cast.commissioner.actor, lottery)
    assert seats is not None and (seats.asked, seats.free) == (3, 1)


# What cannot be, and how it is loosened


@pytest.mark.usefixtures("nobody_yet")
def test_groups_that_cannot_be_had_are_told_with_the_smallest_way_out(cast: Cast) -> None:
    lottery = for_the_area(cast)
    for n in range(6):
        says_yes(cast.person(f"Young {n}"), lottery, n % 2, 0)
    days_pass(lottery)
    tight = work(cast.commissioner, lottery)
    assert tight.state == "tight" and not lottery.draws.exists()
    ((way, changes), *_others) = queries.ways(tight)
    loose = {one.group.words: (one.least, one.most) for one in changes if one.group}
    assert loose == {"Under 40": (1, 4), "40 or over": (0, 3)}
    by = cast.commissioner.actor
    actions.loosen(by=by, lottery=lottery, work=tight, way=way)
    assert work(cast.commissioner, lottery).state == "done"
    old = LotteryGroup.objects.get(words="40 or over")
    assert (old.least, old.first_least) == (0, 1), "what was asked for at first stays beside it"
    with pytest.raises(Fault, match="changed since"):
        actions.loosen(by=by, lottery=lottery, work=tight, way=way)
    with pytest.raises(Refused):
        actions.loosen(by=cast.resident.actor, lottery=lottery, work=tight, way=way)


def test_a_pool_that_is_too_small_makes_a_smaller_panel(cast: Cast) -> None:
    lottery = for_the_area(cast)
    pool(cast, lottery, many=2)
    days_pass(lottery)
    tight = work(cast.commissioner, lottery)
    assert tight.state == "tight"
    actions.loosen(by=cast.commissioner.actor, lottery=lottery, work=tight, way=0)
    lottery.refresh_from_db()
    assert (lottery.size, lottery.first_size) == (2, 4)


# After the draw


def test_those_drawn_hear_of_it_and_say_yes_or_no(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    one, other = panel[:2]
    told = Notice.objects.get(to=one.person)
    assert told.link == f"/panels/{lottery.record.key}/mine/" and "Getting about" in told.body
    actions.answer_seat(by=Actor(person=one.person), place=one, yes=True)
    actions.answer_seat(by=Actor(person=other.person), place=other, yes=False)
    assert [queries.on_panel(Actor(person=place.person)).count() for place in panel] == [1, 0, 0, 0]
    seats = queries.seats(cast.commissioner.actor, lottery)
    assert seats is not None and (seats.yes, seats.no, seats.asked, seats.free) == (1, 1, 2, 1)
    free = Notice.objects.get(to=cast.commissioner.party)
    assert other.person.name not in free.body, "nobody is told whose place it was"
    with pytest.raises(Fault, match="somebody else"):
        actions.answer_seat(by=Actor(person=other.person), place=other, yes=True)
    with pytest.raises(Refused):
        actions.answer_seat(by=cast.outsider.actor, place=one, yes=False)


def test_whoever_was_not_drawn_has_no_place_to_answer(cast: Cast) -> None:
    lottery, _panel = drawn(cast)
    rest = PoolPlace.objects.filter(lottery=lottery, seat=None).first()
    assert rest is not None
    with pytest.raises(Fault, match="not been drawn"):
        actions.answer_seat(by=Actor(person=rest.person), place=rest, yes=True)


def test_whoever_runs_it_reads_names_only_after_a_yes_and_each_look_is_written(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    by = cast.commissioner.actor
    assert queries.said_yes(by, lottery) == []
    with pytest.raises(Refused, match="not been shared"):
        look_at_many(by=by, records=[panel[0].record], purpose="to see")
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=True)
    shown = queries.said_yes(by, lottery)
    sights = look_at_many(by=by, records=[one.record for one in shown], purpose="To run the panel")
    assert [one.name for one in queries.members(sights)] == [panel[0].person.name]
    assert panel[0].record.looks.get().reader == cast.commissioner.party
    other = cast.staff("Bryn Hall", Role.COMMISSIONER)
    assert queries.said_yes(other.actor, lottery) == [], "a colleague runs it too, and reads no names"


def test_others_are_drawn_for_free_places_and_those_on_the_panel_stay(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    by = cast.commissioner.actor
    with pytest.raises(Fault, match="No place is free"):
        actions.fill(by=by, lottery=lottery)
    stays, goes, late, asked = panel
    actions.answer_seat(by=Actor(person=stays.person), place=stays, yes=True)
    actions.answer_seat(by=Actor(person=goes.person), place=goes, yes=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    PanelSeat.objects.filter(pk=late.pk).update(answer_by=yesterday)
    begun = actions.fill(by=by, lottery=lottery)
    assert actions.fill(by=by, lottery=lottery) == begun
    actions.work_out(by=MACHINE, key=begun.key)
    on = {place.pk: place.seat.answer for place in on_it(lottery)}
    assert (on[stays.pk], on[goes.pk], on[late.pk], on[asked.pk]) == ("yes", "no", "late", "asked")
    assert sorted(on.values()) == ["asked", "asked", "asked", "late", "no", "yes"]
    _first, second = lottery.draws.all()
    assert second.number == int(sha256(f"{second.seed}|{second.fingerprint}".encode()).hexdigest(), 16) % 1000


@pytest.mark.parametrize(("way", "seed", "turns"), [("ours", "", (1, 2)), ("balls", "421", (1,))])
def test_nobody_can_work_out_beforehand_who_would_come_in_somebodys_place(
    cast: Cast, way: str, seed: str, turns: tuple[int, ...]
) -> None:
    """The chance of each draw for free places is a secret of its own. Its mark is shown from the draw before, so before
    anybody says yes or no: whoever runs the panel cannot wait for the day that suits them."""
    lottery, _people = ready(cast, seed_way=way, seed_words="At the library" if seed else "")
    by, known = cast.commissioner.actor, {lottery.committed}
    actions.draw(by=by, lottery=lottery, seed=seed)
    for turn in turns:
        lottery.refresh_from_db()
        mark, secret = lottery.committed, lottery.secret
        said = {draw.seed for draw in lottery.draws.all()}
        assert mark not in known and secret not in said and not any(one and one in secret for one in said)
        page = cast.commissioner.client().get(f"/panels/{lottery.record.key}/run/").content.decode()
        page += Client().get(f"/panels/{lottery.record.key}/").content.decode()
        assert mark in page and secret not in page
        goes = PoolPlace.objects.filter(lottery=lottery, seat__answer="asked").order_by("code")[0]
        actions.answer_seat(by=Actor(person=goes.person), place=goes, yes=False)
        actions.work_out(by=MACHINE, key=actions.fill(by=by, lottery=lottery).key)
        draw = lottery.draws.get(round=turn)
        assert (draw.seed, draw.committed) == (secret, mark) and sha256(draw.seed.encode()).hexdigest() == mark
        assert mark in Client().get(f"/panels/{lottery.record.key}/").content.decode()
        known.add(mark)
    assert queries.wrong_draws() == []
    Draw.objects.filter(lottery=lottery, round=1).update(committed="0" * 64)
    assert queries.wrong_draws() == [f"draw 1 of panel {lottery.pk}: its seed is not the one that was committed to"]


def test_the_secret_of_the_next_draw_is_taken_away_by_nobody(cast: Cast) -> None:
    """Not by a community either, which can take all else away that it keeps."""
    lottery = opened(cast.connector, cast.lunch_club)
    kept = str(export(cast.connector.actor, cast.lunch_club))
    assert lottery.committed in kept and lottery.secret and lottery.secret not in kept


def test_somebody_who_leaves_for_good_frees_their_place(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    actions.leave(by=Actor(person=panel[0].person), place=panel[0])
    seats = queries.seats(cast.commissioner.actor, lottery)
    assert seats is not None and seats.free == 1
    begun = actions.fill(by=cast.commissioner.actor, lottery=lottery)
    actions.work_out(by=MACHINE, key=begun.key)
    assert len(on_it(lottery)) == 4


@pytest.mark.usefixtures("nobody_yet")
def test_on_its_day_all_names_and_answers_go_and_the_figures_stay(cast: Cast) -> None:
    lottery, panel = drawn(cast, many=40)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=True)
    assert actions.delete_due(by=MACHINE) == 0
    Lottery.objects.filter(pk=lottery.pk).update(delete_on=timezone.localdate())
    with pytest.raises(Refused, match="computer"):
        actions.delete_due(by=cast.commissioner.actor)
    assert actions.delete_due(by=MACHINE) == 40
    lottery.refresh_from_db()
    assert lottery.stage == Stage.OVER and not PoolPlace.objects.exists() and not PanelSeat.objects.exists()
    assert lottery.draws.get().number is not None and DrawBar.objects.exists()
    assert not queries.on_panel(Actor(person=panel[0].person)).exists()
    assert queries.said_yes(cast.commissioner.actor, lottery) == []
    assert actions.delete_due(by=MACHINE) == 0, "the second night has nothing to do"


def test_a_place_that_is_over_takes_no_answer(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    Lottery.objects.filter(pk=lottery.pk).update(delete_on=timezone.localdate())
    with pytest.raises(Fault, match="is over"):
        actions.answer_seat(by=Actor(person=panel[0].person), place=PoolPlace.objects.get(pk=panel[0].pk), yes=True)


def test_the_check_finds_a_draw_that_does_not_follow_from_its_seed(cast: Cast) -> None:
    lottery, _panel = drawn(cast)
    assert queries.wrong_draws() == []
    draw = lottery.draws.get()
    Draw.objects.filter(pk=draw.pk).update(number=((draw.number or 0) + 1) % 1000)
    assert "its seed gives" in queries.wrong_draws()[0]
    Draw.objects.filter(pk=draw.pk).update(number=drawn_number("other", draw.fingerprint, 1000), seed="other")
    assert "committed to" in queries.wrong_draws()[0]
    balls, _people = ready(cast, seed_way="balls", seed_words="At the library")
    actions.draw(by=cast.commissioner.actor, lottery=balls, seed="007")
    assert len(queries.wrong_draws()) == 1


# Figures that pick nobody out


@pytest.mark.usefixtures("nobody_yet")
def test_small_groups_of_a_pool_are_hidden_and_others_rounded(cast: Cast) -> None:
    questions = (
        QuestionGiven("Where?", (GroupGiven("East", 0, 4), GroupGiven("West", 0, 4), GroupGiven("Far", 0, 4))),
    )
    lottery = for_the_area(cast, questions=questions)
    for n in range(24):
        says_yes(cast.person(f"Person {n}"), lottery, 0 if n < 12 else 1 if n < 23 else 2)
    days_pass(lottery)
    work(cast.commissioner, lottery)
    shown = dict(LotteryGroup.objects.values_list("words", "pool"))
    assert shown == {"East": 10, "West": 10, "Far": None}
    assert all(bar.people >= 10 and bar.people % 5 == 0 for bar in DrawBar.objects.all())


def test_a_pool_of_fewer_than_ten_has_no_picture(cast: Cast) -> None:
    lottery, _people = ready(cast, many=8)
    assert not DrawBar.objects.exists() and lottery.draws.get().least_on == 500
