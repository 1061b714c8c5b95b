"""What stands beside a run: the run of a week ago, and the hours by who could bring them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.places.models import Area
from alongside.knowing.assessment.models import PublishedFigure
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.complementary.models import Run, RunFigure
from alongside.planning.complementary.queries import run_before
from tests.cast import Cast, Somebody
from tests.knowing.two_wards import two_wards
from tests.planning.everybody import run, shares, wants
from tests.planning.pages import words_of

pytestmark = pytest.mark.django_db


def test_two_runs_stand_side_by_side(cast: Cast, town: Callable[[int, Area], list[Somebody]]) -> None:
    ashley, _easton = two_wards()
    town(22, ashley)
    first = run()
    assert "Beside each figure" not in words_of(Client().get("/place/one-more/"))
    shares(cast.neighbour, "Singing for all who come", per_week=None)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert f"Beside each figure stands what it was on {first.at:%-d %B %Y}." in said
    assert "Fun, music and making 20 20 hidden" in said
    assert "Anyone who offers it" not in said, "nothing is missing any more"
    assert RunFigure.objects.filter(measure="ideas_by_domain", category="fun").count() == 2


def test_the_run_beside_it_is_that_of_a_week_ago(cast: Cast) -> None:
    assert run_before() is None
    wants(cast.resident)
    runs = [run() for _night in range(4)]
    for one, days in zip(runs, (15, 7, 1, 0), strict=True):
        Run.objects.filter(pk=one.pk).update(at=timezone.now() - timedelta(days=days))
    assert run_before() == runs[1]
    Run.objects.filter(pk__in=[one.pk for one in runs[:2]]).delete()
    assert run_before() == runs[2], "where there is none so old, the oldest"


def test_hours_stand_beside_the_run_by_who_could_bring_them(
    cast: Cast, town: Callable[[int, Area], list[Somebody]]
) -> None:
    ashley, _easton = two_wards()
    town(12, ashley)
    for who in (cast.neighbour, cast.connector, cast.carer):
        shares(who, f"Singing with {who.party.name}", per_week=600)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "Hours a week in all ideas together" in said
    assert "People and groups 10 Shops and cafés hidden Services for everyone hidden" in said, "twelve, rounded"
    assert "What people have themselves hidden" in said and "no aim" in said


def test_hours_that_one_alone_would_bring_are_told_nobody(
    cast: Cast, town: Callable[[int, Area], list[Somebody]]
) -> None:
    ashley, _easton = two_wards()
    town(12, ashley)
    shares(cast.neighbour, "Singing for all who come", per_week=None)
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "People and groups, unpaid 10" in said and "Hours a week" not in said


def test_hours_move_only_when_twenty_more_people_stand_behind_them(
    cast: Cast, town: Callable[[int, Area], list[Somebody]]
) -> None:
    ashley, _easton = two_wards()
    town(12, ashley)
    for who in (cast.neighbour, cast.connector, cast.carer):
        shares(who, f"Singing with {who.party.name}", per_week=600)
    run()
    (somebody,) = town(1, ashley)
    wish(by=somebody.actor, owner=somebody.party, words="Very much of it", minutes_week=1200,
         outcome=Outcome.objects.get(record__owner=somebody.party), countable=True)  # fmt: skip
    run()
    said = words_of(Client().get("/place/one-more/"))
    assert "People and groups 10 10 Shops" in said[said.index("Hours a week") :], "now, and before"
    assert PublishedFigure.objects.get(row__table__measure="hours_by_source", category="community").value == 10
