"""A holder is asked before anything is promised, is not asked too often, and can stop whenever they like."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from alongside.ground.consent.models import CirclePlace
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import begin, block, pause, support, welcome
from alongside.ground.people.models import Kind, Login, Party, Sort
from alongside.knowing.assets.actions import offer, pause_offer
from alongside.knowing.assets.models import Asset, Offer
from alongside.knowing.contributions import actions, queries
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.actions import want
from alongside.knowing.outcomes.models import Outcome
from tests.together import together

MACHINE = Actor.system("tests")


def me(party: Party) -> Actor:
    return Actor(person=party)


def neighbour(name: str) -> Party:
    party = welcome(by=MACHINE, name=name)
    Login.objects.create_user(f"{name.lower()}@example.org", party=party)
    return party


def something_to_share(holder: Party, title: str = "Singing at the kitchen table", per_week: int = 100) -> Asset:
    return offer(by=me(holder), holder=holder, kind="skill", title=title, audience="everyone", per_week=per_week)


def wants(party: Party, words: str = "I want to sing again") -> Outcome:
    return want(by=me(party), owner=party, words=words)


def asked(person: Party, asset: Asset, minutes: int = 60) -> Contribution:
    holder = asset.record.owner
    draft = actions.propose(by=me(person), outcome=wants(person), party=holder, asset=asset, minutes_week=minutes)
    return actions.ask(by=me(person), contribution=draft, message="May I come?")


@pytest.fixture
def dilys(db: None) -> Party:
    return neighbour("Dilys")


@pytest.fixture
def joyce(db: None) -> Party:
    return neighbour("Joyce")


def test_nothing_is_said_to_anyone_before_the_person_asks(dilys: Party, joyce: Party) -> None:
    draft = actions.propose(by=me(dilys), outcome=wants(dilys), party=joyce, asset=something_to_share(joyce))
    assert (draft.state, draft.agreed, draft.words) == ("draft", False, "Singing at the kitchen table")
    assert not queries.contributions(me(joyce)).exists()
    assert not Notice.objects.exists()


def test_joyce_is_asked_and_sees_the_message_but_not_what_it_is_for(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce))
    assert list(queries.asked_of(me(joyce))) == [request]
    notice = Notice.objects.get(to=joyce)
    assert "Dilys asks" in notice.title and notice.body == "May I come?"
    assert "sing again" not in notice.title + notice.body
    assert not CirclePlace.objects.exists()
    assert Offer.objects.get().promised == 0


def test_her_yes_takes_the_time_tells_dilys_and_brings_her_into_the_circle(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce), minutes=60)
    answered = actions.answer(by=me(joyce), contribution=request, yes=True, reply="Come on Wednesday")
    assert (answered.state, answered.agreed, answered.reply) == ("accepted", True, "Come on Wednesday")
    assert Offer.objects.get().promised == 60
    assert CirclePlace.objects.filter(owner=dilys, member=joyce, until=None).exists()
    assert Notice.objects.filter(to=dilys, title__startswith="Joyce said yes").exists()
    assert list(queries.given_by(me(joyce))) == [answered]


def test_her_no_takes_nothing_and_needs_no_reason(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce))
    assert actions.answer(by=me(joyce), contribution=request, yes=False).state == "declined"
    assert Offer.objects.get().promised == 0
    assert not CirclePlace.objects.exists()
    with pytest.raises(Refused, match="answered already"):
        actions.answer(by=me(joyce), contribution=request, yes=True)


def test_answering_twice_counts_once(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce), minutes=30)
    for _press in range(3):
        actions.answer(by=me(joyce), contribution=request, yes=True)
    assert Offer.objects.get().promised == 30


def test_only_the_one_who_was_asked_can_answer(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce))
    for other in (me(dilys), me(neighbour("Owen")), Actor.anyone()):
        with pytest.raises(Refused, match="who was asked"):
            actions.answer(by=other, contribution=request, yes=True)


def test_nobody_else_may_ask_or_add_to_dilyss_plan(dilys: Party, joyce: Party) -> None:
    owen, outcome = neighbour("Owen"), wants(dilys)
    with pytest.raises(Refused):
        actions.propose(by=me(owen), outcome=outcome, party=joyce)
    draft = actions.propose(by=me(dilys), outcome=outcome, party=joyce, words="A visit")
    with pytest.raises(Refused):
        actions.ask(by=me(owen), contribution=draft)


def test_an_offer_is_never_used_beyond_sixty_in_a_hundred(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce, per_week=100), minutes=61)
    with pytest.raises(Refused, match="no room left"):
        actions.answer(by=me(joyce), contribution=request, yes=True)
    request.refresh_from_db()
    assert request.state == "asked"


def test_nobody_is_asked_twice_in_a_week(dilys: Party, joyce: Party) -> None:
    owen = neighbour("Owen")
    asked(dilys, something_to_share(joyce))
    with pytest.raises(Refused, match="twice in a week"):
        asked(owen, something_to_share(joyce, "Piano"))
    Contribution.objects.filter(party=joyce).exclude(asked_at=None).update(asked_at=timezone.now() - timedelta(days=8))
    assert asked(neighbour("Nesta"), something_to_share(joyce, "Tea")).state == "asked"


def test_somebody_who_takes_a_break_or_has_blocked_is_not_asked(dilys: Party, joyce: Party) -> None:
    asset = something_to_share(joyce)
    pause(by=me(joyce), party=joyce, on=True)
    with pytest.raises(Refused, match="not being asked") as resting:
        asked(dilys, asset)
    pause(by=me(joyce), party=joyce, on=False)
    block(by=me(joyce), other=dilys)
    with pytest.raises(Refused) as blocked:
        asked(dilys, asset)
    assert blocked.value.sentence == resting.value.sentence, "a block is not told"


def test_what_is_on_a_break_is_not_asked_for_until_it_is_over(dilys: Party, joyce: Party) -> None:
    asset = something_to_share(joyce)
    outcome = wants(dilys)
    draft = actions.propose(by=me(dilys), outcome=outcome, party=joyce, asset=asset)
    pause_offer(by=me(joyce), asset=asset)
    with pytest.raises(Refused, match="not open just now"):
        actions.ask(by=me(dilys), contribution=draft)
    draft.refresh_from_db()
    assert draft.state == "draft" and not Notice.objects.exists()
    pause_offer(by=me(joyce), asset=asset, on=False)
    assert actions.ask(by=me(dilys), contribution=draft).state == "asked"


def test_requests_of_somebody_without_an_account_wait_as_drafts(joyce: Party) -> None:
    someone, _token = begin(by=Actor.anyone())
    asset = something_to_share(joyce)
    with pytest.raises(Refused, match="as soon as they can answer you"):
        asked(someone, asset)
    assert not Notice.objects.exists()


def test_somebody_without_phone_or_screen_can_ask_through_a_named_helper(joyce: Party) -> None:
    nesta = welcome(by=MACHINE, name="Nesta")
    support(by=me(nesta), person=nesta, supporter=joyce, kind="named_helper", parts=[("all", "see"), ("all", "write")])
    holder = neighbour("Owen")
    assert asked(nesta, something_to_share(holder)).state == "asked"


def test_a_service_that_nobody_looks_after_here_has_nobody_to_ask(dilys: Party) -> None:
    library = welcome(by=MACHINE, name="Library", kind=Kind.ORGANISATION, sort=Sort.PUBLIC)
    asset = offer(by=MACHINE, holder=library, kind="service", title="Reading group", audience="everyone", paid=True)
    with pytest.raises(Refused, match="get in touch yourself"):
        asked(dilys, asset)


def test_the_keeper_of_a_group_answers_for_it_and_a_group_joins_no_circle(dilys: Party, joyce: Party) -> None:
    choir = welcome(by=me(joyce), name="Larkmere Voices", kind=Kind.COMMUNITY, sort=Sort.INTEREST)
    asset = offer(by=me(joyce), holder=choir, kind="activity", title="Choir", audience="everyone")
    request = asked(dilys, asset)
    assert list(queries.asked_of(me(joyce))) == [request]
    assert actions.answer(by=me(joyce), contribution=request, yes=True).agreed
    assert not CirclePlace.objects.exists()


def test_what_i_do_for_myself_asks_nobody_and_stands_at_once(dilys: Party) -> None:
    songs = offer(by=me(dilys), holder=dilys, kind="skill", title="The old chapel songs", per_week=10)
    mine = actions.propose(by=me(dilys), outcome=wants(dilys), party=dilys, asset=songs, minutes_week=600)
    assert (mine.state, mine.agreed, mine.way) == ("accepted", True, "self_help")
    assert Offer.objects.get().promised == 0
    actions.end(by=me(dilys), contribution=mine)
    assert Offer.objects.get().promised == 0


def test_the_same_idea_twice_is_one(dilys: Party, joyce: Party) -> None:
    asset, outcome = something_to_share(joyce), wants(dilys)
    first = actions.propose(by=me(dilys), outcome=outcome, party=joyce, asset=asset)
    assert actions.propose(by=me(dilys), outcome=outcome, party=joyce, asset=asset) == first
    with pytest.raises(Fault):
        actions.propose(by=me(dilys), outcome=outcome, party=joyce, minutes_week=-1)


def test_a_break_and_an_end_give_the_time_back(dilys: Party, joyce: Party) -> None:
    request = asked(dilys, something_to_share(joyce, per_week=100), minutes=60)
    actions.answer(by=me(joyce), contribution=request, yes=True)
    assert actions.pause(by=me(joyce), contribution=request).state == "paused"
    assert Offer.objects.get().promised == 0
    assert actions.pause(by=me(joyce), contribution=request, on=False).state == "accepted"
    assert Offer.objects.get().promised == 60
    with pytest.raises(Refused):
        actions.end(by=me(neighbour("Owen")), contribution=request)
    assert actions.end(by=me(joyce), contribution=request).state == "ended"
    actions.end(by=me(dilys), contribution=request)
    assert Offer.objects.get().promised == 0
    assert not queries.for_outcome(me(dilys), request.outcome).exists()


def test_words_cannot_change_under_somebody_who_was_asked(dilys: Party, joyce: Party) -> None:
    draft = actions.propose(by=me(dilys), outcome=wants(dilys), party=joyce, asset=something_to_share(joyce))
    assert actions.reword(by=me(dilys), contribution=draft, how_much="1 hour", minutes_week=60).how_much == "1 hour"
    request = actions.ask(by=me(dilys), contribution=draft)
    for screen in (request, draft):
        with pytest.raises(Refused, match="asked already"):
            actions.reword(by=me(dilys), contribution=screen, minutes_week=600)
    assert (
        actions.answer(by=me(joyce), contribution=request, yes=True).minutes_week == Offer.objects.get().promised == 60
    )


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_be_given_the_last_hour() -> None:
    joyce = neighbour("Joyce")
    asset = something_to_share(joyce, per_week=100)
    requests = []
    for name in ("Dilys", "Owen"):
        requests.append(asked(neighbour(name), asset, minutes=60))
        Contribution.objects.update(asked_at=timezone.now() - timedelta(days=8))
    yes = partial(actions.answer, by=me(joyce), yes=True)
    outcomes = together(*(partial(yes, contribution=request) for request in requests))
    (refused,) = (one for one in outcomes if isinstance(one, Refused))
    assert refused.sentence.startswith("There is no room")
    assert Offer.objects.get().promised == 60
    assert Contribution.objects.filter(state="accepted").count() == 1
