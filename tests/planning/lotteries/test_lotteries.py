"""Having a panel drawn by lot, and saying yes to it: who may, what is refused, and whose the answers are."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import join as join_group
from alongside.ground.people.models import Role
from alongside.ground.records.models import Record
from alongside.ground.records.queries import export
from alongside.planning.lotteries import actions, queries
from alongside.planning.lotteries.models import (
    Lottery,
    PoolAnswer,
    PoolPlace,
    Stage,
)
from tests.cast import Cast, Somebody
from tests.planning.lotteries.panels import (
    MACHINE,
    QUESTIONS,
    answers,
    days_pass,
    for_the_area,
    given,
    opened,
    says_yes,
)

pytestmark = pytest.mark.django_db


def verbs(prefix: str = "lotteries.") -> list[str]:
    return list(Event.objects.filter(verb__startswith=prefix).order_by("pk").values_list("verb", flat=True))


# Having a panel drawn


def test_a_commissioner_has_a_panel_drawn_for_the_area_and_leaves_a_trace(cast: Cast) -> None:
    lottery = for_the_area(cast)
    assert (lottery.record.level, lottery.record.audience, lottery.stage) == ("wide_area", "everyone", Stage.JOINING)
    assert verbs() == ["lotteries.open", "lotteries.put_groups", "lotteries.start"]
    assert lottery.committed == sha256(lottery.secret.encode()).hexdigest() and len(lottery.secret) == 32
    assert Event.objects.filter(verb="lotteries.open", record=lottery.record, actor=cast.commissioner.party).exists()


def test_whoever_looks_after_a_community_has_one_drawn_from_its_members(cast: Cast) -> None:
    lottery = opened(cast.connector, cast.lunch_club)
    assert lottery.record.level == "community"
    says_yes(cast.resident, lottery)
    with pytest.raises(Refused, match="your community"):
        says_yes(cast.outsider, lottery)


def test_a_panel_for_members_eyes_is_seen_by_no_one_else(cast: Cast) -> None:
    lottery = opened(cast.connector, cast.lunch_club, members_only=True)
    assert queries.lottery(cast.resident.actor, lottery.record.key) == lottery
    assert queries.lottery(cast.outsider.actor, lottery.record.key) is None
    assert queries.lottery(Actor.anyone(), lottery.record.key) is None


def test_nobody_else_has_a_panel_drawn(cast: Cast) -> None:
    for somebody in (cast.resident, cast.supplier, cast.councillor, cast.coordinator, cast.outsider):
        with pytest.raises(Refused, match="whole area"):
            opened(somebody, cast.council)
        with pytest.raises(Refused, match="whole area"):
            opened(somebody, cast.lunch_club)
    helping = cast.carer.helps(cast.commissioner)
    with pytest.raises(Refused, match="whole area"):
        actions.open_lottery(by=helping, owner=cast.council, **given())
    assert not Lottery.objects.exists()


def test_another_organisations_commissioner_does_not_run_it(cast: Cast) -> None:
    lottery, other = for_the_area(cast), cast.person("Cai Rees")
    join_group(by=MACHINE, member=other.party, of=cast.agency, role=Role.COMMISSIONER)
    for act in (actions.begin, actions.fill, actions.stop, actions.draw):
        with pytest.raises(Refused, match="have this panel drawn"):
            act(by=other.actor, lottery=lottery)
    assert queries.seats(other.actor, lottery) is None and queries.said_yes(other.actor, lottery) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"about": ""}, "about"),
        ({"support": ""}, "support"),
        ({"support": "x" * 5_001}, "support"),
        ({"title": "🙂مرحبا" * 2_000}, "title"),
        ({"seed_words": "x" * 301}, "seed_words"),
        ({"size": 1}, "size"),
        ({"size": 501}, "size"),
        ({"join_until": timezone.localdate() - timedelta(days=1)}, "join_until"),
        ({"delete_on": timezone.localdate() + timedelta(days=14)}, "delete_on"),
        ({"delete_on": timezone.localdate() + timedelta(days=900)}, "delete_on"),
        ({"seed_way": "public"}, "seed_words"),
        ({"seed_way": "balls"}, "seed_words"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Fault) as fault:
        for_the_area(cast, **change)
    assert fault.value.field == field and not Lottery.objects.exists()


def test_a_draft_is_seen_by_those_who_run_it_alone(cast: Cast) -> None:
    lottery = for_the_area(cast, started=False)
    assert queries.lottery(cast.commissioner.actor, lottery.record.key) == lottery
    for viewer in (cast.resident.actor, cast.outsider.actor, cast.councillor.actor, Actor.anyone()):
        assert queries.lottery(viewer, lottery.record.key) is None
    with pytest.raises(Refused):
        says_yes(cast.resident, lottery)


def test_once_people_can_say_yes_nothing_of_it_changes(cast: Cast) -> None:
    lottery = for_the_area(cast, started=False, title="First")
    actions.change(by=cast.commissioner.actor, lottery=lottery, **given(title="Second", size=6))
    actions.start(by=cast.commissioner.actor, lottery=lottery)
    lottery.refresh_from_db()
    assert (lottery.title, lottery.size, lottery.first_size) == ("Second", 6, 6)
    by = cast.commissioner.actor
    for write in (
        lambda: actions.change(by=by, lottery=lottery, **given(title="Third")),
        lambda: actions.put_groups(by=by, lottery=lottery, questions=QUESTIONS),
        lambda: actions.start(by=by, lottery=lottery),
    ):
        with pytest.raises(Fault, match="cannot be changed"):
            write()


def test_a_panel_without_groups_does_not_start(cast: Cast) -> None:
    with pytest.raises(Fault, match="which groups"):
        for_the_area(cast, questions=None)


def test_people_get_more_days_and_never_fewer(cast: Cast) -> None:
    lottery = for_the_area(cast)
    by, later = cast.commissioner.actor, lottery.join_until + timedelta(days=7)
    actions.keep_open(by=by, lottery=lottery, join_until=later)
    assert Lottery.objects.get().join_until == later
    for day in (later - timedelta(days=1), lottery.delete_on, timezone.localdate()):
        with pytest.raises(Fault, match="after the last one"):
            actions.keep_open(by=by, lottery=lottery, join_until=day)


# Saying yes


def test_somebody_says_yes_and_what_they_say_is_theirs(cast: Cast) -> None:
    lottery = for_the_area(cast)
    place = says_yes(cast.resident, lottery, 0, None, home="4 Mill Street, TF1 2AB")
    assert (place.record.owner, place.record.audience) == (cast.resident.party, "me")
    assert PoolAnswer.objects.filter(place=place).count() == 1, "what somebody leaves out has no row"
    assert len(place.home) == 64 and "mill" not in place.home
    event = Event.objects.get(verb="lotteries.join")
    assert event.record == place.record and "East" not in event.fields
    assert queries.my_place(cast.resident.actor, lottery) == place
    for other in (cast.outsider.actor, cast.commissioner.actor, cast.steward.actor, Actor.anyone()):
        assert queries.my_place(other, lottery) is None
    taken = export(cast.resident.actor, cast.resident.party)["records"]
    assert [one["poolplace"]["code"] for one in taken if one["kind"] == "poolplace"] == [place.code]


def test_a_second_yes_takes_the_place_of_the_first(cast: Cast) -> None:
    lottery = for_the_area(cast)
    first = says_yes(cast.resident, lottery, 0, 0)
    second = says_yes(cast.resident, lottery, 1, None)
    assert first.pk == second.pk and PoolPlace.objects.count() == 1
    assert [one.words for one in queries.my_answers(second).values()] == ["West"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed": False}, "agreed"),
        ({"old_enough": False}, "old_enough"),
        ({"answers": {}}, "q"),
        ({"answers": "other"}, "q"),
    ],
)
def test_no_yes_is_taken_that_is_none(cast: Cast, change: dict[str, Any], field: str) -> None:
    lottery = for_the_area(cast)
    said = answers(lottery, 0, 0)
    if change.get("answers") == "other":
        change = {"answers": dict.fromkeys(said, 10**9)}
    with pytest.raises(Fault) as fault:
        actions.join(
            by=cast.resident.actor,
            lottery=lottery,
            **{"answers": said, "agreed": True, "old_enough": True} | change,
        )
    assert fault.value.field.startswith(field) and not PoolPlace.objects.exists()


def test_after_the_last_day_it_is_too_late(cast: Cast) -> None:
    lottery = for_the_area(cast)
    days_pass(lottery)
    with pytest.raises(Fault, match="last day"):
        says_yes(cast.resident, lottery)


def test_a_page_on_a_device_alone_is_nobody_we_know(cast: Cast) -> None:
    with pytest.raises(Refused, match="Sign in"):
        says_yes(cast.passer_by[0], for_the_area(cast))
    with pytest.raises(Refused, match="Sign in"):
        says_yes(Somebody(cast.lunch_club), for_the_area(cast))


def test_a_carer_says_yes_for_whom_they_help_and_it_counts_for_them(cast: Cast) -> None:
    lottery = for_the_area(cast)
    by = cast.carer.helps(cast.resident)
    place = actions.join(by=by, lottery=lottery, answers=answers(lottery, 0, 0), agreed=True, old_enough=True)
    assert place.person == cast.resident.party
    event = Event.objects.get(verb="lotteries.join")
    assert (event.actor, event.on_behalf) == (cast.carer.party, cast.resident.party)


def test_a_helper_types_in_a_paper_and_the_person_has_a_page(cast: Cast) -> None:
    lottery = for_the_area(cast)
    paper: dict[str, Any] = {
        "name": "Ivy Cole",
        "word": "bramble jelly",
        "page": {"phone": "", "address": "9 Mill Street", "contact_by": "letter"},
        "yes": {"answers": answers(lottery, 1, 1), "agreed": True, "old_enough": True, "home": "9 TF1"},
    }
    by = cast.coordinator
    place = actions.join_on_paper(by=by.actor.by_way_of("paper"), lottery=lottery, **paper)
    assert place.person.name == "Ivy Cole" and place.person.facts.address == "9 Mill Street"
    assert Notice.objects.filter(to=place.person, way="letter").exists(), "a letter tells them"
    event = Event.objects.get(verb="lotteries.join")
    assert (event.actor, event.on_behalf, event.source) == (by.party, place.person, "paper")
    with pytest.raises(Refused, match="help others"):
        actions.join_on_paper(by=cast.commissioner.actor.by_way_of("paper"), lottery=lottery, **paper)
    with pytest.raises(Fault):
        actions.join_on_paper(by=by.actor.by_way_of("paper"), lottery=lottery, **(paper | {"yes": {"agreed": False}}))
    assert PoolPlace.objects.count() == 1


def test_a_yes_that_is_taken_back_is_gone(cast: Cast) -> None:
    lottery = for_the_area(cast)
    place = says_yes(cast.resident, lottery)
    with pytest.raises(Refused):
        actions.leave(by=cast.outsider.actor, place=place)
    actions.leave(by=cast.resident.actor, place=place)
    assert not PoolPlace.objects.exists() and not PoolAnswer.objects.exists()
    assert Record.objects.get(pk=place.pk).state == "erased"
