"""Something found while looking around goes on one's own page by one question, with or without a page before."""

import pytest
from django.test import Client

from alongside.ground.people.models import Party, PartyState
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.models import Contribution, ContributionState
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans import actions
from alongside.planning.plans.actions import Want
from alongside.planning.plans.models import Plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def singing(cast: Cast) -> Asset:
    builder = cast.builder
    return offer(
        by=builder.actor, holder=builder.party, title="Singing at the table", kind="activity", audience="everyone"
    )


def address(asset: Asset) -> str:
    return f"/my-page/plan/add/{asset.record.key}/"


def test_somebody_new_finds_something_and_it_stands_on_a_page_of_their_own(client: Client, singing: Asset) -> None:
    page = client.get(f"/a/{singing.record.key}/").content.decode()
    assert address(singing) in page
    answer = client.post(address(singing), {"words": "I want to sing again", "key": "one"})
    assert answer.status_code == 302
    owner = Party.objects.get(state=PartyState.PROVISIONAL)
    plan = Plan.objects.get(record__owner=owner)
    assert Outcome.objects.get().words == "I want to sing again"
    noted = Contribution.objects.get()
    assert (noted.asset, noted.state) == (singing, ContributionState.DRAFT)
    assert plan.choices.get().choice == "yes"


def test_pressing_twice_adds_once(client: Client, cast: Cast, singing: Asset) -> None:
    client.force_login(cast.resident.login)
    for _press in range(2):
        client.post(address(singing), {"words": "I want to sing", "key": "same"})
    assert Outcome.objects.count() == Contribution.objects.count() == 1


def test_it_can_serve_what_was_wanted_before(client: Client, cast: Cast, singing: Asset) -> None:
    dilys = cast.resident
    plan = actions.start(by=dilys.actor, owner=dilys.party)
    actions.say_wants(by=dilys.actor, plan=plan, wants=[Want("Company on Sundays"), Want("To sing")])
    client.force_login(dilys.login)
    wanted = Outcome.objects.get(words="To sing")
    assert "Company on Sundays" in client.get(address(singing)).content.decode()
    client.post(address(singing), {"outcome": str(wanted.record.key), "words": ""})
    assert Contribution.objects.get().outcome == wanted
    assert Outcome.objects.count() == 2


def test_saying_nothing_is_told_in_words_and_makes_nothing(client: Client, singing: Asset) -> None:
    page = client.post(address(singing), {"words": " "}).content.decode()
    assert "Write what you want it for, in a few words" in page
    assert not Party.objects.filter(state=PartyState.PROVISIONAL).exists()


def test_what_somebody_may_not_see_they_may_not_add(client: Client, cast: Cast) -> None:
    builder = cast.builder
    hidden = offer(by=builder.actor, holder=builder.party, title="Mine alone", kind="skill")
    client.force_login(cast.outsider.login)
    assert client.get(address(hidden)).status_code == 404
    assert client.post(address(hidden), {"words": "x"}).status_code == 404


def test_my_own_thing_does_not_ask_me_to_add_it(client: Client, cast: Cast, singing: Asset) -> None:
    client.force_login(cast.builder.login)
    assert address(singing) not in client.get(f"/a/{singing.record.key}/").content.decode()
