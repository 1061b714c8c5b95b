"""Who may do what to a panel by lot, who reads what of it, and in which language they hear of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alongside.ground.consent.queries import grants_of
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event, Request
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import choose_language, note_facts, support
from alongside.ground.people.models import BasisKind, Party
from alongside.ground.records.models import Record
from alongside.ground.records.queries import visible_to
from alongside.planning.lotteries import actions, policy, queries
from alongside.planning.lotteries.models import Lottery, PanelSeat, PoolAnswer, PoolPlace
from alongside.planning.lotteries.working import break_off, keep_panels, keep_tight, take_up
from alongside.site.commands.invariants import draws_follow, one_kit_row, owners_fit
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.lotteries.panels import (
    READY,
    answers,
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
EVERYBODY = ("resident", "neighbour", "supplier", "councillor", "coordinator", "builder", "outsider")


# Who runs it


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_without_that_part_runs_a_panel(cast: Cast, who: str) -> None:
    lottery = for_the_area(cast)
    somebody: Somebody = getattr(cast, who)
    assert not policy.may_run(by=somebody.actor, lottery=lottery)
    assert queries.owners(somebody.actor) == []
    work_ = lottery.works.create()
    writes: list[Callable[[], Any]] = [
        lambda: actions.start(by=somebody.actor, lottery=lottery),
        lambda: actions.stop(by=somebody.actor, lottery=lottery),
        lambda: actions.keep_open(by=somebody.actor, lottery=lottery, join_until=lottery.delete_on),
        lambda: actions.put_groups(by=somebody.actor, lottery=lottery, questions=()),
        lambda: actions.loosen(by=somebody.actor, lottery=lottery, work=work_, way=0),
        lambda: actions.fill(by=somebody.actor, lottery=lottery),
        lambda: actions.draw(by=somebody.actor, lottery=lottery),
    ]
    before = Event.objects.count()
    for write in writes:
        with pytest.raises(Refused, match="have this panel drawn"):
            write()
    assert Event.objects.count() == before, "what is refused leaves no trace of having been done"


@pytest.mark.parametrize("who", ["commissioner", "steward"])
def test_commissioners_and_stewards_run_it_for_the_area(cast: Cast, who: str) -> None:
    somebody: Somebody = getattr(cast, who)
    lottery = opened(somebody, cast.council)
    assert policy.may_run(by=somebody.actor, lottery=lottery) and lottery.run_by == somebody.party
    assert queries.owners(somebody.actor) == [cast.council]


def test_a_commissioner_does_not_run_a_communitys_panel_nor_a_community_the_areas(cast: Cast) -> None:
    ours, theirs = opened(cast.connector, cast.lunch_club), for_the_area(cast)
    assert not policy.may_run(by=cast.commissioner.actor, lottery=ours)
    assert not policy.may_run(by=cast.connector.actor, lottery=theirs)
    assert queries.owners(cast.connector.actor) == [cast.lunch_club]


def test_whoever_helps_a_commissioner_runs_nothing_for_them(cast: Cast) -> None:
    lottery, helping = for_the_area(cast), cast.carer.helps(cast.commissioner)
    assert not policy.may_run(by=helping, lottery=lottery) and queries.owners(helping) == []


def test_only_the_machine_works_anything_out(cast: Cast) -> None:
    lottery = for_the_area(cast)
    going = lottery.works.create()
    by = cast.commissioner.actor
    nothing: Any = None
    for write in (
        lambda: take_up(by=by, work=going),
        lambda: keep_panels(by=by, work=going, gathered=nothing, found=nothing, panels=nothing),
        lambda: keep_tight(by=by, work=going, gathered=nothing, tight=nothing),
        lambda: break_off(by=by, work=going.key),
    ):
        with pytest.raises(Refused, match="computer"):
            write()
    assert take_up(by=MACHINE, work=going) and not take_up(by=MACHINE, work=going), (
        "the second worker has nothing to do"
    )


# Whose answers they are


def test_help_with_messages_alone_says_yes_for_nobody(cast: Cast) -> None:
    lottery = for_the_area(cast)
    parts = [("messages", "see"), ("messages", "write")]
    basis = support(
        by=cast.resident.actor,
        person=cast.resident.party,
        supporter=cast.carer.party,
        kind=BasisKind.ASKED,
        parts=parts,
    )
    by = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    with pytest.raises(Refused):
        actions.join(by=by, lottery=lottery, answers=answers(lottery, 0, 0), agreed=True, old_enough=True)
    place = says_yes(cast.resident, lottery)
    assert queries.my_place(by, lottery) is None, "nor do they read it"
    with pytest.raises(Refused):
        actions.leave(by=by, place=place)


def test_a_named_helper_answers_for_the_person_drawn(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    place = panel[0]
    by = cast.carer.helps(Somebody(place.person))
    assert queries.my_place(by, lottery) == place
    actions.answer_seat(by=by, place=place, yes=True)
    event = Event.objects.get(verb="lotteries.answer_seat")
    assert (event.actor, event.on_behalf) == (cast.carer.party, place.person)
    assert [place.record for place in queries.said_yes(cast.commissioner.actor, lottery)] == [place.record]


def test_a_place_in_a_pool_is_seen_by_nobody_else(cast: Cast) -> None:
    lottery = for_the_area(cast)
    place = says_yes(cast.resident, lottery)
    for who in (*EVERYBODY[1:], "commissioner", "steward", "connector"):
        somebody: Somebody = getattr(cast, who)
        assert not visible_to(somebody.actor).filter(pk=place.pk).exists(), who
        assert queries.my_places(somebody.actor) == []
    assert visible_to(cast.resident.actor).filter(pk=place.pk).exists()
    assert queries.my_places(Actor.anyone()) == [] and queries.my_places(cast.resident.actor) == [place]


def test_nothing_that_anybody_said_stands_in_history(cast: Cast) -> None:
    _lottery, panel = drawn(cast)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=False)
    for event in Event.objects.filter(verb__startswith="lotteries."):
        said = f"{event.fields} {event.request}"
        assert not any(word in said for word in ("East", "West", "40", panel[0].code, panel[0].person.name))
    yes = Event.objects.filter(verb="lotteries.join").values_list("fields", flat=True).distinct()
    assert set(yes) <= {"agreed answers home lottery old_enough", "agreed answers lottery old_enough"}


def test_a_no_takes_back_what_whoever_runs_it_could_read(cast: Cast) -> None:
    _lottery, panel = drawn(cast)
    theirs = Actor(person=panel[0].person)
    actions.answer_seat(by=theirs, place=panel[0], yes=True)
    assert grants_of(theirs).get().grantee == cast.commissioner.party
    actions.answer_seat(by=theirs, place=panel[0], yes=False)
    assert not grants_of(theirs).exists()
    assert not visible_to(cast.commissioner.actor).filter(pk=panel[0].pk).exists()


def test_what_is_let_be_seen_ends_on_the_day_of_deleting(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    theirs = Actor(person=panel[0].person)
    actions.answer_seat(by=theirs, place=panel[0], yes=True)
    grant = grants_of(theirs).get()
    assert grant.until.date() == lottery.delete_on and lottery.title in grant.purpose
    assert [part.part for part in grant.parts.all()] == [policy.KIND]


def test_public_pages_name_nobody(cast: Cast) -> None:
    lottery, people = ready(cast, many=24)
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    for place in on_it(lottery):
        actions.answer_seat(by=Actor(person=place.person), place=place, yes=True)
    names = [one.party.name for one in people]
    codes = list(PoolPlace.objects.values_list("code", flat=True))
    numbers = [place.numbers for place in PoolPlace.objects.all()]
    for client in (Client(), cast.outsider.client(), cast.councillor.client()):
        for address in ("/panels/", f"/panels/{lottery.record.key}/", "/place/"):
            said = client.get(address).content.decode()
            assert not [word for word in (*names, *codes, *numbers) if word and word in said]


# Two presses, and what comes again


@pytest.mark.usefixtures("nobody_yet")
def test_a_press_that_comes_twice_counts_once(cast: Cast) -> None:
    lottery = for_the_area(cast)
    said = {"answers": answers(lottery, 0, 0), "agreed": True, "old_enough": True}
    first = actions.join(by=cast.resident.actor, lottery=lottery, key="one", **said)
    second = actions.join(by=cast.resident.actor, lottery=lottery, key="one", **said)
    assert first == second and Event.objects.filter(verb="lotteries.join").count() == 1
    assert Request.objects.filter(verb="lotteries.join").count() == 1
    actions.leave(by=cast.resident.actor, place=first, key="two")
    actions.leave(by=cast.resident.actor, place=first, key="two")
    assert Event.objects.filter(verb="lotteries.leave").count() == 1


@pytest.mark.usefixtures("nobody_yet")
def test_whoever_took_their_yes_back_may_say_it_again(cast: Cast) -> None:
    lottery = for_the_area(cast)
    first = says_yes(cast.resident, lottery)
    actions.leave(by=cast.resident.actor, place=first)
    again = says_yes(cast.resident, lottery, 1, 1)
    assert again.pk != first.pk and PoolPlace.objects.count() == 1 and PoolAnswer.objects.count() == 2


def test_a_yes_said_twice_is_one_grant_and_one_seat(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    theirs = Actor(person=panel[0].person)
    for _press in range(2):
        actions.answer_seat(by=theirs, place=panel[0], yes=True)
    assert grants_of(theirs).count() == 1 and PanelSeat.objects.count() == 4
    assert len(queries.said_yes(cast.commissioner.actor, lottery)) == 1


def test_somebody_may_be_in_two_pools_and_on_two_panels(cast: Cast) -> None:
    first, second = for_the_area(cast, size=2), for_the_area(cast, size=2)
    for lottery in (first, second):
        people = [cast.resident, cast.neighbour]
        for n, one in enumerate(people):
            says_yes(one, lottery, n, n)
        days_pass(lottery)
        work(cast.commissioner, lottery)
        actions.draw(by=cast.commissioner.actor, lottery=Lottery.objects.get(pk=lottery.pk))
        place = queries.my_place(cast.resident.actor, lottery)
        assert place is not None
        actions.answer_seat(by=cast.resident.actor, place=place, yes=True)
    assert set(queries.on_panel(cast.resident.actor)) == {first, second}
    assert not queries.on_panel(cast.neighbour.actor).exists(), "drawn, and has not said yes"
    assert not queries.on_panel(cast.commissioner.actor).exists() and not queries.on_panel(MACHINE).exists()


# How they hear of it


def test_somebody_drawn_hears_in_their_language_and_by_their_way(cast: Cast) -> None:
    lottery = for_the_area(cast, size=2)
    choose_language(by=cast.resident.actor, lang="cy")
    note_facts(by=cast.neighbour.actor, party=cast.neighbour.party, contact_by="letter", address="9 Mill Street")
    for n, one in enumerate((cast.resident, cast.neighbour)):
        says_yes(Somebody(Party.objects.get(pk=one.party.pk)), lottery, n, n)
    days_pass(lottery)
    work(cast.commissioner, lottery)
    lottery.refresh_from_db()
    actions.draw(by=cast.commissioner.actor, lottery=lottery)
    welsh = Notice.objects.get(to=cast.resident.party)
    assert welsh.title == "Rydych wedi cael eich dewis ar gyfer panel" and welsh.lang == "cy"
    assert Notice.objects.get(to=cast.neighbour.party).way == "letter"
    page = cast.resident.client().get("/panels/", headers={"accept-language": "cy"})
    assert 'lang="cy"' in page.content.decode() and "Paneli a ddewiswyd ar hap" in page.content.decode()


def test_nobody_is_told_who_else_was_drawn(cast: Cast) -> None:
    _lottery, panel = drawn(cast)
    names = {place.person.name for place in panel}
    told = Notice.objects.filter(title="You have been drawn for a panel").values_list("body", flat=True)
    assert len(told) == len(panel)
    assert not [name for name in names for body in told if name in body]


# That it holds


def test_the_house_is_in_order_afterwards(cast: Cast) -> None:
    _lottery, panel = drawn(cast)
    actions.leave(by=Actor(person=panel[0].person), place=panel[0])
    assert [*one_kit_row(), *owners_fit(), *draws_follow()] == []
    assert Record.objects.filter(kind="poolplace", state="erased").count() == 1


def test_pools_of_odd_words_are_taken(cast: Cast) -> None:
    odd = "مرحبا 🙂 " * 8
    lottery = for_the_area(cast, title=odd, about=odd * 60, support=odd * 60)
    pool(cast, lottery, 6)
    assert Client().get(f"/panels/{lottery.record.key}/").status_code == 200
    with pytest.raises(Fault, match="letters or fewer"):
        for_the_area(cast, about="🙂" * 10_000)
