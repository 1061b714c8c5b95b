"""How is it going, who is making it happen, and what a plan said before: for whoever's plan it is, nobody's score."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Version
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans import actions, queries, versions
from alongside.planning.plans.actions import Going
from alongside.planning.plans.mixing import mix_of
from alongside.planning.plans.models import Plan
from tests.cast import Cast, Somebody
from tests.planning.everybody import plan_of, shares, wants

pytestmark = pytest.mark.django_db
SHEET, GOING, BEFORE = "/my-page/plan/", "/my-page/plan/going/", "/my-page/plan/before/"


def singing(cast: Cast) -> tuple[Somebody, Plan, Outcome]:
    outcome = wants(cast.resident, "To sing again")
    return cast.resident, plan_of(outcome), outcome


def said_yes(cast: Cast, outcome: Outcome, person: Somebody, title: str) -> Contribution:
    cast.resident.login, person.login
    asset = shares(person, title)
    plan = plan_of(outcome)
    actions.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=asset, choice="yes")
    contribution = Contribution.objects.get(asset=asset)
    contributions.ask(by=cast.resident.actor, contribution=contribution)
    contributions.answer(by=person.actor, contribution=contribution, yes=True)
    return contribution


def test_she_says_how_it_goes_and_the_sheet_shows_it(cast: Cast) -> None:
    assert cast.place.name
    mair, plan, outcome = singing(cast)
    client = mair.client()
    day = timezone.localdate()
    given = {f"progress_{outcome.pk}": "3", f"measure_{outcome.pk}": "I know three new people", "review": "1"}
    assert client.post(GOING, given | {"placed": "4"}).url == SHEET
    page = client.get(SHEET).content.decode()
    assert "I know three new people" in page
    assert "3 out of 5" in page
    plan.refresh_from_db()
    assert (plan.placed, plan.review_on) == (4, day + timedelta(days=31))
    client.post(GOING, {f"progress_{outcome.pk}": "", f"measure_{outcome.pk}": "I know three new people"})
    outcome.refresh_from_db()
    assert outcome.progress == 3, "what is left open stays"
    assert "To sing again" in client.get(BEFORE).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"said": {0: Going(6)}},
        {"said": {0: Going(3, "x" * 20_001)}},
        {"placed": 6},
        {"review_on": timezone.localdate()},
    ],
    ids=["a sixth", "too long", "no such place", "today"],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast: Cast, given: dict) -> None:  # type: ignore[type-arg]
    mair, plan, outcome = singing(cast)
    said = {outcome.pk: how for how in given.pop("said", {}).values()}
    with pytest.raises(Fault):
        actions.say_how(by=mair.actor, plan=plan, said=said, **given)
    outcome.refresh_from_db()
    assert (outcome.progress, outcome.measure) == (None, "")
    assert not Version.objects.filter(record=plan.pk).exists()


def test_nobody_else_says_it_or_reads_what_it_said_before(cast: Cast) -> None:
    mair, plan, outcome = singing(cast)
    actions.send(by=mair.actor, plan=plan)
    for other in (cast.outsider, cast.carer, cast.commissioner):
        with pytest.raises(Refused):
            actions.say_how(by=other.actor, plan=plan, said={outcome.pk: Going(1)})
    until = timezone.now() + timedelta(days=2)
    mair.login, cast.carer.login
    part = queries.outcome_part(outcome)
    actions.share(by=mair.actor, plan=plan, grantee=cast.carer.party, parts=[part], until=until)
    assert versions.before(actions.read(by=cast.carer.actor, plan=plan), plan) == []


def test_a_plan_is_kept_as_it_was_each_time_it_is_saved_and_not_twice(cast: Cast) -> None:
    mair, plan, outcome = singing(cast)
    said_yes(cast, outcome, cast.neighbour, "Singing at the kitchen table")
    actions.send(by=mair.actor, plan=plan)
    actions.send(by=mair.actor, plan=plan)
    actions.say_how(by=mair.actor, plan=plan, said={outcome.pk: Going(2, "One good Sunday")})
    found = versions.before(actions.read(by=mair.actor, plan=plan), plan)
    assert [one.wants[0]["progress"] for one in found] == [2, None]
    assert found[0].wants[0]["does"] == ["Singing at the kitchen table"]
    assert cast.neighbour.party.name not in str(list(Version.objects.values_list("body", flat=True)))


def test_the_mix_is_worked_out_from_who_said_yes_and_a_difference_is_a_question(cast: Cast) -> None:
    assert cast.place.name
    mair, plan, outcome = singing(cast)
    sight = actions.read(by=mair.actor, plan=plan)
    assert mix_of(plan, queries.who_does_what(sight, plan)) is None
    said_yes(cast, outcome, cast.neighbour, "Singing at the kitchen table")
    page = mair.client().get(SHEET).content.decode()
    assert "Who is making this happen" in page
    assert "People do it all themselves" in page
    assert "What does your plan leave out?" not in page
    actions.say_how(by=mair.actor, plan=plan, said={}, placed=2)
    assert "What does your plan leave out?" in mair.client().get(SHEET).content.decode()


def test_when_the_day_has_come_her_page_says_so(cast: Cast) -> None:
    assert cast.place.name
    mair, plan, _outcome = singing(cast)
    client = mair.client()
    assert "It is time to look at this again." not in client.get("/my-page/").content.decode()
    Plan.objects.filter(pk=plan.pk).update(review_on=timezone.localdate())
    assert "It is time to look at this again." in client.get("/my-page/").content.decode()
    assert "It is time to look at this again." in client.get(SHEET).content.decode()
