"""A room of forty decides in an evening: typed in on one page, counted at once, told on one sheet."""

from typing import Any

import pytest

from alongside.ground.history.acting import Refused
from alongside.ground.history.models import Event
from alongside.ground.people.models import Kind, Sort
from alongside.planning.ballots.models import Ballot, Present, Tally
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.halls.actions import Counted, Evening, How, Wall, hold
from alongside.planning.results.models import Result
from alongside.planning.results.queries import broken
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ASKED = Evening("What do we plant?", "What grows on the green", "Hob Hill Gardeners")


def held(cast: Cast, counted: Counted, evening: Evening = ASKED) -> Decision:
    return hold(by=cast.connector.actor, owner=cast.lunch_club, evening=evening, counted=counted)


def won(decision: Decision) -> list[str]:
    rows = Result.objects.get(decision=decision).options.exclude(place=None).order_by("place")
    return [row.option.idea.title for row in rows]


def test_hands_carry_what_more_than_half_want(cast: Cast) -> None:
    wall = (Wall("Vegetables", None, 31), Wall("Roses", None, 12), Wall("A pond", None, 20), Wall("Benches", None, 21))
    made = held(cast, Counted(How.HANDS, 40, 0, wall))
    assert made.stage == Stage.DECIDED
    assert won(made) == ["Vegetables", "Benches"]
    assert [one.people for one in Present.objects.filter(decision=made)] == [40]
    assert not Ballot.objects.filter(decision=made).exists()
    assert not list(broken())


def test_dots_go_to_the_most_wanted(cast: Cast) -> None:
    wall = (Wall("Vegetables", None, 41), Wall("Roses", None, 12), Wall("A meadow", None, 33))
    made = held(cast, Counted(How.DOTS, 37, 0, wall, 3), Evening("What do we plant?", "The green", "Us", 2))
    assert won(made) == ["Vegetables", "A meadow"]


def test_dots_share_out_money_most_first(cast: Cast) -> None:
    wall = (Wall("Sheds", 70_000, 40), Wall("Tools", 20_000, 30), Wall("Seeds", 10_000, 20), Wall("Tea", 5_000, 25))
    made = held(cast, Counted(How.DOTS, 40, 0, wall, 3, 80_000))
    assert won(made) == ["Sheds", "Tea"]  # tools no longer fit, seeds neither
    assert Result.objects.get(decision=made).spent_pence == 75_000


def test_slips_share_out_money_fairly(cast: Cast) -> None:
    """Sixty per cent pick the dear idea, forty the two cheap ones: each gets what their shares can pay."""
    wall = (Wall("Hall roof", 60_000), Wall("Choir", 20_000), Wall("Films", 20_000), Wall("A bar", 30_000))
    slips = tuple([frozenset({1})] * 6 + [frozenset({2, 3})] * 4)
    made = held(cast, Counted(How.SLIPS, 10, 0, wall, None, 100_000, slips))
    assert sorted(won(made)) == ["Choir", "Films", "Hall roof"]
    assert Ballot.objects.filter(decision=made).count() == 10
    assert not list(broken())


def test_consent_stops_at_a_reason_against(cast: Cast) -> None:
    made = held(cast, Counted(How.CONSENT, 9, 0, (Wall("A swing", None, 0), Wall("A bar", None, 1))))
    assert won(made) == ["A swing"]


def test_people_hold_most_where_the_council_chose_too(cast: Cast) -> None:
    """Nine in ten of the few from the council cannot carry what people do not want."""
    wall = (Wall("A car park", None, 8, 5), Wall("A green", None, 30, 0))
    made = held(cast, Counted(How.HANDS, 40, 5, wall))
    assert won(made) == ["A green"]
    assert {group.key: group.weight_ppm for group in made.groups.all()} == {"people": 750_000, "commissioners": 250_000}


def test_one_organisation_stays_below_its_cap(cast: Cast) -> None:
    made = held(
        cast,
        Counted(How.DOTS, 20, 1, (Wall("A", None, 9, 3), Wall("B", None, 8, 0)), 3),
        Evening("Which?", "All", "Us", 1),
    )
    assert {group.key: group.weight_ppm for group in made.groups.all()} == {"people": 900_000, "commissioners": 100_000}


def test_nobody_there_decides_nothing(cast: Cast) -> None:
    made = held(cast, Counted(How.HANDS, 0, 0, (Wall("A swing", None, 0),)))
    assert made.stage == Stage.NOT_DECIDED


def test_only_those_who_look_after_a_group_keep_its_evening(cast: Cast) -> None:
    counted = Counted(How.HANDS, 4, 0, (Wall("A swing", None, 4),))
    for somebody in (cast.resident, cast.outsider, cast.supplier):
        with pytest.raises(Refused):
            hold(by=somebody.actor, owner=cast.lunch_club, evening=ASKED, counted=counted)
    with pytest.raises(Refused):
        hold(by=cast.resident.actor, owner=cast.resident.party, evening=ASKED, counted=counted)
    assert not Decision.objects.exists()


def test_it_leaves_its_trace_and_happens_once(cast: Cast) -> None:
    counted = Counted(How.HANDS, 4, 0, (Wall("A swing", None, 4),))
    given: dict[str, Any] = {"by": cast.connector.actor, "owner": cast.lunch_club, "evening": ASKED, "counted": counted}
    made = hold(**given, key="evening")
    assert hold(**given, key="evening") == made
    assert Decision.objects.count() == 1
    event = Event.objects.get(verb="halls.hold")
    ideas = Event.objects.filter(verb="ideas.write_up").values_list("record", flat=True)
    assert {option.idea_id for option in made.options.all()} <= set(ideas)
    assert event.record_id == made.pk and "swing" not in event.fields


def typed(cast: Cast, **over: str) -> dict[str, str]:
    return {
        "owner": str(cast.lunch_club.key),
        "question": "What do we plant?",
        "can_change": "What grows there",
        "answers_for": "Us",
        "how": "hands",
        "people": "40",
        "title_1": "Vegetables",
        "people_1": "31",
        "title_2": "Roses",
        "people_2": "12",
        "key": "a",
    } | over


def test_the_page_keeps_an_evening_and_tells_it(cast: Cast) -> None:
    client = cast.connector.client()
    there = client.post("/decide/hall/", typed(cast), follow=True)
    page = there.content.decode()
    assert "31 hands." in page and "Goes ahead" in page and "Not yet" in page
    assert "40 in the room." in page


def test_nothing_typed_is_lost_where_something_must_be_mended(cast: Cast) -> None:
    page = (
        cast.connector.client().post("/decide/hall/", typed(cast, people_1="41", title_2="Róses 🌹‏")).content.decode()
    )
    assert "41 is more than the 40 who were there" in page and "Error: " in page
    assert "Róses 🌹‏" in page
    assert not Decision.objects.exists() and not Tally.objects.exists()


@pytest.mark.parametrize(
    "over", [{"people": "-1"}, {"people": "9" * 30}, {"question": "‏🌹" * 5_000}, {"owner": "x"}, {"how": "x"}]
)
def test_what_cannot_be_is_said(cast: Cast, over: dict[str, str]) -> None:
    answer = cast.connector.client().post("/decide/hall/", typed(cast, **over))
    assert answer.status_code == 200 and "There is a problem" in answer.content.decode()
    assert not Decision.objects.exists()


def test_who_looks_after_nothing_is_told_so(cast: Cast) -> None:
    page = cast.resident.client().get("/decide/hall/").content.decode()
    assert "look after a group" in page
    assert cast.resident.client().post("/decide/hall/", typed(cast)).status_code == 200
    assert not Decision.objects.exists()


def test_a_secret_vote_has_no_page_of_a_room(cast: Cast) -> None:
    made = held(cast, Counted(How.HANDS, 4, 0, (Wall("A swing", None, 4),)))
    assert cast.outsider.client().get(f"/decide/hall/{made.record.key}/").status_code == 200
    made.terms.__class__.objects.filter(pk=0).update(secret=True)
    assert cast.outsider.client().get("/decide/hall/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_a_sheet_for_the_wall_is_there_for_everybody(cast: Cast, client: Any) -> None:
    assert client.get("/decide/hall/sheet/").status_code == 200
    assert cast.lunch_club.kind == Kind.COMMUNITY and cast.lunch_club.sort != Sort.HOUSEHOLD
