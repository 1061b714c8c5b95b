"""What is found for everybody, under attack: whose eyes, taken back, torn off, two at once, the odd wish."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import support, welcome
from alongside.ground.people.models import BasisKind
from alongside.ground.places.actions import keep_areas
from alongside.ground.places.models import Area, Installation
from alongside.ground.records.actions import leave_for_good
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.complementary import looking
from alongside.planning.complementary.figures import Worked
from alongside.planning.complementary.further import FurtherLine, told_further
from alongside.planning.complementary.gathering import gather
from alongside.planning.complementary.models import Found, Run, Sought
from alongside.planning.complementary.queries import found_for, last_run
from tests.api.asking import token
from tests.cast import Cast, Somebody
from tests.knowing.two_wards import two_wards
from tests.planning.everybody import MACHINE, found, run, shares, wants
from tests.planning.pages import words_of
from tests.together import at_once

pytestmark = pytest.mark.django_db
NIGHT = "everybody’s wishes"


def test_nobody_opens_the_ideas_of_somebody_else(cast: Cast) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour)
    wants(cast.carer, "To swim")
    run()
    path = f"/my-page/plan/ideas/{outcome.record.key}/"
    assert NIGHT in words_of(cast.resident.client().get(path))
    for other in (cast.carer, cast.neighbour, cast.outsider, cast.commissioner, cast.steward):
        assert other.client().get(path).status_code == 404
    assert cast.resident.login
    key = token(cast.resident)
    for program in (Client(), Client(headers={"Authorization": f"Bearer {key}"})):
        assert program.get(path).status_code == 302, "a program has no way in here"


def test_a_helper_for_one_part_alone_sees_no_ideas(cast: Cast) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour)
    run()
    narrow = support(
        by=cast.resident.actor,
        person=cast.resident.party,
        supporter=cast.carer.party,
        kind=BasisKind.NAMED_HELPER,
        parts=[("assets", "see")],
    )
    helper = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=narrow)
    assert found_for(cast.resident.actor, outcome) and not found_for(helper, outcome)


@pytest.mark.parametrize("who", ["neighbour", "resident"], ids=["its holder", "who wished"])
def test_who_leaves_for_good_is_nowhere_at_the_next_request(cast: Cast, who: str) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour)
    run()
    key, leaver = outcome.record.key, getattr(cast, who)
    client = cast.resident.client()
    leave_for_good(by=leaver.actor, party=leaver.party)
    page = client.get(f"/my-page/plan/ideas/{key}/")
    assert page.status_code != 200 or NIGHT not in words_of(page)
    assert not Found.objects.filter(asset__isnull=False, sought__outcome__record__state="live").exists()
    again = run()
    assert (again.wishes, again.offers) in {(0, 0), (1, 0)}


def test_ten_thousand_letters_from_right_to_left_stop_nobody(cast: Cast) -> None:
    odd = wants(cast.carer, "To swim")
    Outcome.objects.filter(pk=odd.pk).update(words="\u202e\U0001f469\u200d\U0001f9bc\u0634\u05e9 " * 1700)
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    assert run().wishes == 2
    assert found(cast.resident, outcome) == {kitchen.pk: 60} and found(cast.carer, odd) == {}
    said = words_of(cast.carer.client().get(f"/my-page/plan/ideas/{odd.record.key}/"))
    assert "Ideas for" in said and NIGHT not in said


def test_whoever_is_torn_off_in_the_middle_leaves_the_night_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    before = run()

    def power_cut(**_all: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(looking, "publish_run", power_cut)
    with pytest.raises(SystemExit):
        run()
    assert last_run() == before and Run.objects.count() == 1
    assert found(cast.resident, outcome) == {kitchen.pk: 60}


def test_who_mends_while_the_night_comes_gives_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mair, kitchen = wants(cast.resident), shares(cast.neighbour)
    run()
    late = wants(cast.carer)
    by_day, nights = looking.by_day, list[Run]()

    def slowly(*given: Any, **named: Any) -> Any:
        answer = by_day(*given, **named)
        nights.append(run())
        return answer

    monkeypatch.setattr(looking, "by_day", slowly)
    looking.mend(by=MACHINE)
    assert last_run() == nights[0] and not Sought.objects.exclude(run=nights[0]).exists()
    assert Found.objects.get().asset == kitchen
    assert Sought.objects.filter(outcome__in=[mair, late]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_run_whole(live_cast: Cast) -> None:
    outcome, kitchen = wants(live_cast.resident), shares(live_cast.neighbour)
    gathered = gather()
    answer = looking.solve(gathered.problem, looking.candidates(gathered.problem))
    keep = partial(looking.keep, by=MACHINE, gathered=gathered, answer=answer, upto=0, worked=Worked())
    assert at_once(lambda _n: keep(), 2) == []
    assert Sought.objects.get().run == last_run()
    assert found(live_cast.resident, outcome) == {kitchen.pk: 60}


@pytest.fixture
def place(cast: Cast) -> Callable[[int], None]:
    """One ward in a district, and so many people more who want to sing."""
    assert cast.place
    ashley, _easton = two_wards()
    keep_areas(by=MACHINE, kind="district", edition="2013", rows=[{"code": "D1", "name": "Testford"}])
    Installation.objects.update(area=Area.objects.get(kind="district"))

    def more(many: int) -> None:
        for n in range(many):
            wants(Somebody(welcome(by=MACHINE, name=f"Qname {n}", area=ashley)))

    return more


def test_one_wish_more_changes_nothing_that_anybody_reads(cast: Cast, place: Callable[[int], None]) -> None:
    """Eleven wait, and eleven more people would serve them; then a twelfth comes. The number it takes told who came."""
    place(11)
    run()
    first = words_of(Client().get("/place/one-more/"))
    assert "10 more people for fun, music and making in Testford would let 10 people do what they want." in first
    place(1)
    run()
    second = words_of(Client().get("/place/one-more/"))
    assert without_dates(second) == without_dates(first)
    place(3)
    run()
    assert "10 more people for fun" in words_of(Client().get("/place/one-more/"))
    place(20)
    run()
    assert "15 more people for fun" in words_of(Client().get("/place/one-more/")), "with twenty more it is told anew"


def without_dates(said: str) -> str:
    """What stands there of people; the second run has a column for the time before besides."""
    return " ".join(re.findall(r"\d+ more people[^.]*\.|Ashley \S+ \S+|Anyone who offers it \d+", said))


def test_how_many_it_takes_stays_with_the_figure_beside_it() -> None:
    fun, home = FurtherLine(1, "fun", 12, False), FurtherLine(1, "home", 3, True)
    assert told_further([fun], [], {}, {1: {"fun": None}}) == [], "hidden with the figure"
    told = told_further([fun, home], [], {}, {1: {"fun": 10, "home": 15}})
    assert [(one.domain, one.offers) for one in told] == [("fun", 10), ("home", 5)]
    same = {1: {"fun": 10, "home": 15}}
    assert told_further([FurtherLine(1, "fun", 14, True)], told, same, same) == told, "nor does a line go alone"
    assert told_further([FurtherLine(1, "fun", 14, True)], told, same, {1: {"fun": 15}})[0].offers == 15
