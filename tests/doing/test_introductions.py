"""What one has meets what another wishes: both say yes first, either says no without a reason, nobody is pressed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from alongside.doing.connecting import actions, matching, queries
from alongside.doing.connecting.models import Introduction, Side, Told
from alongside.ground.consent.models import Grant, Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import begin, block
from alongside.ground.people.models import Block, Role
from alongside.ground.records.actions import leave_for_good, pause_page
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset, Offer
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.contributions.queries import asked_lately
from alongside.knowing.lexicon.models import Helped
from alongside.knowing.outcomes.models import Wish
from alongside.planning.plans.queries import plan_of
from tests.cast import Cast, Somebody
from tests.doing.meeting import BACK, MACHINE, REACH, met, proposed, rested, says_yes, shared, side_of, wished
from tests.together import together

pytestmark = pytest.mark.django_db


# Both say yes


def test_mair_asks_joseph_says_yes_and_each_hears_how_to_reach_the_other(cast: Cast) -> None:
    side = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour), "Somebody who sings alto")
    assert (side.part, side.said, side.introduction.stage) == ("wisher", "yes", "proposed")
    across = side_of(cast.neighbour)
    assert (across.part, across.said) == ("holder", "waiting")
    told = queries.told(cast.neighbour.actor, across)
    assert (told.thing, told.other_words, told.waits_for_me) == (
        "Singing at my kitchen table",
        "Somebody who sings alto",
        True,
    )
    assert told.wish == "", "the wish is Mair's own"
    assert actions.read_other(by=cast.neighbour.actor, side=across) is None
    says_yes(cast.neighbour, "A kitchen and a piano")
    for who, name, reach in (
        (cast.resident, "Joseph Okafor", "Knock at the bakery"),
        (cast.neighbour, "Mair Pugh", "Ring 01632 960 111 after six"),
    ):
        sight = actions.read_other(by=who.actor, side=side_of(who))
        assert sight is not None
        contact = queries.contact(sight)
        assert contact is not None and (contact.name, contact.reach) == (name, reach)
    looked = Look.objects.get(reader=cast.neighbour.party)
    assert (looked.record.owner, looked.part, looked.purpose) == (cast.resident.party, "reach", "introduction")


def test_joseph_says_that_he_may_have_what_a_public_wish_asks(cast: Cast) -> None:
    side = proposed(cast.neighbour, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    assert side.part == "holder"
    told = queries.told(cast.resident.actor, side_of(cast.resident))
    assert (told.waits_for_me, told.is_wisher, told.wish) == (True, True, "Somebody to sing with")


def test_a_connector_introduces_two_others_and_both_are_asked(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    actions.propose(by=iris.actor, wish=wished(cast.resident, audience="everyone"), asset=shared(cast.neighbour))
    assert {side.said for side in Side.objects.all()} == {"waiting"}
    assert Notice.objects.filter(to__in=(cast.resident.party, cast.neighbour.party)).count() == 2
    assert queries.told(cast.resident.actor, side_of(cast.resident)).introducer == "Iris Bell"
    actions.answer(by=cast.resident.actor, side=side_of(cast.resident), yes=True, **{**REACH, "meet": "introducer"})
    (followed,) = queries.followed(iris.actor, queries.introduced_by(iris.actor))
    assert (followed.stage, followed.answers, followed.meets_with_me) == ("proposed", 1, False)
    says_yes(cast.neighbour)
    introduced = queries.introduced_by(iris.actor)
    sights = actions.read_as_introducer(by=iris.actor, introductions=introduced)
    (seen,) = queries.followed(iris.actor, introduced, sights)
    assert [contact.name for contact in seen.contacts] == ["Mair Pugh"], "Joseph did not ask for Iris"


def test_a_helper_asks_for_the_person_they_help(cast: Cast) -> None:
    tom = cast.carer.helps(cast.resident)
    side = actions.propose(by=tom, wish=wished(cast.resident), asset=shared(cast.neighbour), **REACH)
    assert side.record.owner == cast.resident.party
    event = Event.objects.get(verb="connecting.propose")
    assert (event.actor, event.on_behalf) == (cast.carer.party, cast.resident.party)


def test_a_group_is_asked_through_whoever_looks_after_it_and_may_meet_where_it_always_is(cast: Cast) -> None:
    club = shared(cast.connector, "Lunch and songs", cast.lunch_club, kind="activity")
    proposed(cast.neighbour, wished(cast.neighbour), club)
    side = queries.waiting(cast.connector.actor)[0]
    assert side.record.owner == cast.lunch_club
    done = actions.answer(by=cast.connector.actor, side=side, yes=True, **{**BACK, "meet": "usual"})
    assert done.introduction.stage == "proposed" or Introduction.objects.get().stage == "agreed"
    assert Introduction.objects.get().stage == "agreed"


# Either says no


def test_a_no_needs_no_reason_and_the_other_hears_not_this_time(cast: Cast) -> None:
    side = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    assert actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False).said == "no"
    side.introduction.refresh_from_db()
    assert side.introduction.stage == "declined"
    heard = Notice.objects.filter(to=cast.resident.party).latest("pk")
    assert heard.title.startswith("Not this time") and "Joseph" not in heard.title + heard.body
    rested()
    with pytest.raises(Refused, match="not this time"):
        proposed(cast.resident, Wish.objects.get(), Asset.objects.get())
    with pytest.raises(Refused, match="not open any more"):
        says_yes_again(cast.neighbour)


def says_yes_again(who: Somebody) -> None:
    actions.answer(by=who.actor, side=side_of(who), yes=True, **BACK)


def test_somebody_asked_by_a_connector_who_has_not_answered_hears_nothing_of_the_other_s_no(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    actions.propose(by=iris.actor, wish=wished(cast.resident, audience="everyone"), asset=shared(cast.neighbour))
    Notice.objects.all().delete()
    actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False)
    assert [notice.to for notice in Notice.objects.all()] == [iris.party]
    assert queries.waiting(cast.resident.actor) == []


def test_whoever_asked_takes_it_back(cast: Cast) -> None:
    side = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    actions.end(by=cast.resident.actor, side=side)
    assert queries.waiting(cast.neighbour.actor) == []
    with pytest.raises(Refused):
        says_yes(cast.neighbour)


def test_after_21_days_it_lapses_without_a_word(cast: Cast) -> None:
    side = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    Introduction.objects.update(expires=timezone.now() - timedelta(minutes=1))
    Notice.objects.all().delete()
    assert queries.waiting(cast.neighbour.actor) == []
    with pytest.raises(Refused, match="not open any more"):
        says_yes(cast.neighbour)
    assert actions.tend(by=MACHINE)["lapsed"] == 1
    side.introduction.refresh_from_db()
    assert side.introduction.stage == "lapsed"
    assert not Notice.objects.filter(record=side.record).exists()


# Who is asked, and how often


def test_nobody_is_asked_twice_in_a_week_in_whatever_way(cast: Cast) -> None:
    asset = shared(cast.neighbour)
    proposed(cast.resident, wished(cast.resident), asset)
    with pytest.raises(Refused, match="twice in a week"):
        proposed(cast.carer, wished(cast.carer), shared(cast.neighbour, "Bread"))
    assert asked_lately([cast.neighbour.party.pk]) == {cast.neighbour.party.pk}, "a plan's asking waits too"
    rested()
    assert proposed(cast.carer, wished(cast.carer), asset).said == "yes"


def test_three_at_most_are_asked_for_one_wish_at_a_time(cast: Cast) -> None:
    wish = wished(cast.resident)
    for number in range(3):
        proposed(cast.resident, wish, shared(cast.person(f"Neighbour {number}")))
    with pytest.raises(Refused, match="Three are asked"):
        proposed(cast.resident, wish, shared(cast.neighbour))


def test_the_same_two_things_twice_is_one(cast: Cast) -> None:
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    assert proposed(cast.resident, wish, asset) == proposed(cast.resident, wish, asset)
    assert Introduction.objects.count() == 1 and Notice.objects.filter(to=cast.neighbour.party).count() == 1


@pytest.mark.parametrize("why", ["block", "blocked", "break", "thing_rests", "gone_wish", "no_contact"])
def test_nobody_is_asked_where_it_is_not_open(cast: Cast, why: str) -> None:
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    if why == "block":
        block(by=cast.neighbour.actor, other=cast.resident.party)
    elif why == "blocked":
        block(by=cast.resident.actor, other=cast.neighbour.party)
    elif why == "break":
        pause_page(by=cast.neighbour.actor, party=cast.neighbour.party, on=True)
    elif why == "thing_rests":
        assets.pause_offer(by=cast.neighbour.actor, asset=asset)
    elif why == "gone_wish":
        Wish.objects.update(state="dropped")
    else:
        cast.neighbour.login.delete()
    with pytest.raises(Refused):
        proposed(cast.resident, wish, asset)
    assert not Side.objects.exists() and not Notice.objects.exists()


@pytest.mark.parametrize("who", ["wisher", "holder"])
def test_after_a_block_no_yes_counts_and_the_answer_tells_nothing(cast: Cast, who: str) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    one, two = (cast.resident, cast.neighbour) if who == "wisher" else (cast.neighbour, cast.resident)
    block(by=one.actor, other=two.party)
    assert says_yes(cast.neighbour).said == "yes"
    told = queries.told(cast.neighbour.actor, side_of(cast.neighbour))
    assert (told.stage, told.other_waits, told.closed) == ("proposed", True, False), "as if nobody had answered yet"
    assert not Grant.objects.filter(purpose="introduction").exists()
    Block.objects.all().delete()
    assert says_yes(cast.neighbour).introduction.stage == "proposed", "to block, say yes and unblock tries nobody out"
    Introduction.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert queries.told(cast.neighbour.actor, side_of(cast.neighbour)).stage == "lapsed"
    assert actions.read_other(by=cast.neighbour.actor, side=side_of(cast.neighbour)) is None


def test_a_block_after_both_said_yes_closes_the_page_at_once(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    block(by=cast.neighbour.actor, other=cast.resident.party)
    assert actions.read_other(by=cast.resident.actor, side=side_of(cast.resident)) is None
    assert (
        "Joseph"
        not in cast.resident.client().get(f"/introductions/{side_of(cast.resident).record.key}/").content.decode()
    )


def test_what_its_holder_lets_nobody_ask_about_is_not_asked_about(cast: Cast) -> None:
    from alongside.ground.consent.actions import settle

    asset = shared(cast.neighbour)
    settle(by=cast.neighbour.actor, record=asset.record, purposes={"found": None, "suggested": None})
    with pytest.raises(Refused, match="rather not be asked"):
        proposed(cast.resident, wished(cast.resident), asset)


@pytest.mark.parametrize(
    "words",
    ["Help me have a bath", "Give me my insulin", "Look after my money", "Sit all night", "Help i ymolchi"],
)
def test_what_trained_people_do_is_never_asked_of_a_neighbour(cast: Cast, words: str) -> None:
    with pytest.raises(Refused, match="Trained people"):
        proposed(cast.resident, wished(cast.resident, words), shared(cast.neighbour))
    with pytest.raises(Refused, match="Trained people"):
        proposed(cast.resident, wished(cast.resident), Asset.objects.get(), words)
    paid = shared(cast.supplier, "Care at home", cast.agency, paid=True, kind="service")
    assert proposed(cast.resident, Wish.objects.first(), paid).said == "yes"  # type: ignore[arg-type]


def test_strangers_and_those_without_an_account_bring_nobody_together(cast: Cast) -> None:
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    with pytest.raises(Refused):
        actions.propose(by=cast.outsider.actor, wish=wish, asset=asset, **REACH)
    with pytest.raises(Refused):
        actions.propose(by=cast.outsider.actor, wish=wished(cast.outsider), asset=shared(cast.neighbour, audience="me"))
    party, _token = begin(by=Actor.anyone())
    someone = Somebody(party)
    with pytest.raises(Refused):
        actions.propose(by=someone.actor, wish=wish, asset=asset, **REACH)
    with pytest.raises(Refused, match="already yours"):
        proposed(cast.neighbour, wished(cast.neighbour), asset)


# What a side says


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("I am Mair and I sing", "words"),
        ("Mair Pugh here", "words"),
        ("Ask for Mrs Pugh", "words"),
        ("See you there, Mair.", "words"),
        ("Ring me: 01632 960 111", "words"),
        ("Write to m@example.org", "words"),
        ("I live at CF10 3AT", "words"),
        ("🎹" * 501, "words"),
    ],
)
def test_words_that_tell_who_it_is_are_not_taken(cast: Cast, words: str, field: str) -> None:
    with pytest.raises(Fault) as fault:
        proposed(cast.resident, wished(cast.resident), shared(cast.neighbour), words)
    assert fault.value.field == field
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("words", ["Somebody near you who loves gardening", "שלום, אני שר 🎶", "I'm 84 and sing alto"])
def test_words_that_tell_nobody_s_name_are_taken(cast: Cast, words: str) -> None:
    assert proposed(cast.resident, wished(cast.resident), shared(cast.neighbour), words).words == words


NOT_ENOUGH = [{"reach": ""}, {"meet": "home"}, {"meet": ""}, {"meet": "introducer"}, {"meet": "usual"}]


@pytest.mark.parametrize("given", NOT_ENOUGH)
def test_a_yes_says_how_to_be_reached_and_where_to_meet(cast: Cast, given: dict[str, str]) -> None:
    with pytest.raises(Fault) as fault:
        proposed(cast.resident, wished(cast.resident), shared(cast.neighbour), **given)
    assert [fault.value.field] == list(given)


# The last place


def test_the_second_yes_takes_the_place_and_the_end_gives_it_back(cast: Cast) -> None:
    introduction = met(cast.resident, cast.neighbour, per_week=120)
    assert Offer.objects.get().promised == 60
    actions.end(by=cast.resident.actor, side=side_of(cast.resident))
    assert Offer.objects.get().promised == 0
    actions.end(by=cast.neighbour.actor, side=side_of(cast.neighbour))
    assert Offer.objects.get().promised == 0
    introduction.refresh_from_db()
    assert introduction.stage == "ended"
    assert actions.read_other(by=cast.resident.actor, side=side_of(cast.resident)) is None


def test_room_for_newcomers_goes_down_and_up_again(cast: Cast) -> None:
    asset = shared(cast.neighbour)
    assets.say_room(by=cast.neighbour.actor, asset=asset, room_for=1)
    proposed(cast.resident, wished(cast.resident), asset)
    says_yes(cast.neighbour)
    assert Asset.objects.get().room_for == 0
    rested()
    with pytest.raises(Refused, match="no room"):
        proposed(cast.carer, wished(cast.carer), asset)
    actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="not_for_me")
    actions.end(by=cast.resident.actor, side=side_of(cast.resident))
    assert Asset.objects.get().room_for == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted", ["places", "newcomers"])
def test_two_at_once_cannot_both_have_the_last_place(cast: Cast, counted: str) -> None:
    more = {"per_week": 2, "unit": "places"} if counted == "places" else {}
    asset = shared(cast.neighbour, **more)
    if counted == "newcomers":
        assets.say_room(by=cast.neighbour.actor, asset=asset, room_for=1)
    sides = []
    for who in (cast.resident, cast.carer):
        proposed(who, wished(who), asset)
        sides.append(side_of(cast.neighbour))
        rested()
    yes = partial(actions.answer, by=cast.neighbour.actor, yes=True, **BACK)
    outcomes = together(*(partial(yes, side=side) for side in sides))
    (refused,) = (one for one in outcomes if isinstance(one, Refused))
    assert refused.sentence.startswith("There is no room") and sum(isinstance(one, Side) for one in outcomes) == 1
    assert Introduction.objects.filter(stage="agreed").count() == 1
    assert Side.objects.filter(part="holder", said="yes").count() == 1, "the one refused may still say no"


# After both said yes


def test_it_helped_is_counted_for_what_the_words_meant_and_the_wish_is_found(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    other_screen = side_of(cast.resident)
    actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped", thanks="Diolch!", found=True)
    assert Wish.objects.get().state == "met"
    thanked = Notice.objects.filter(to=cast.neighbour.party).latest("pk")
    assert thanked.body == "Diolch!" and "Mair" not in thanked.title
    before = sum(Helped.objects.values_list("times", flat=True))
    assert before, "what singing with somebody means is in the lexicon"
    actions.tell_how(by=cast.resident.actor, side=other_screen, went="helped")
    assert sum(Helped.objects.values_list("times", flat=True)) == before, "once, also from a screen open since before"
    assert side_of(cast.resident).thanks == "Diolch!", "and what was said first stays"


def test_how_it_went_stays_with_who_said_it(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="not_for_me")
    assert not Notice.objects.filter(to=cast.neighbour.party, title__startswith="Thank").exists()
    page = cast.neighbour.client().get(f"/introductions/{side_of(cast.neighbour).record.key}/").content.decode()
    assert "You said: It was not for me" not in page
    with pytest.raises(Fault):
        actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="wonderful")


def test_nobody_says_how_it_went_before_it_began(cast: Cast) -> None:
    side = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    with pytest.raises(Refused):
        actions.tell_how(by=cast.resident.actor, side=side, went="helped")
    with pytest.raises(Refused):
        actions.keep_in_plan(by=cast.resident.actor, side=side)


def test_two_weeks_later_both_are_asked_how_it_went_once(cast: Cast) -> None:
    introduction = met(cast.resident, cast.neighbour)
    assert actions.tend(by=MACHINE)["asked_how"] == 0
    Introduction.objects.filter(pk=introduction.pk).update(agreed_at=timezone.now() - timedelta(days=15))
    actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped")
    assert actions.tend(by=MACHINE)["asked_how"] == 1
    asked = Notice.objects.filter(title__startswith="How did it go")
    assert [notice.to for notice in asked] == [cast.neighbour.party]
    assert actions.tend(by=MACHINE)["asked_how"] == 0


def test_the_wisher_puts_it_in_their_plan_and_what_was_held_is_free_for_it(cast: Cast) -> None:
    met(cast.resident, cast.neighbour, per_week=120)
    actions.keep_in_plan(by=cast.resident.actor, side=side_of(cast.resident))
    plan = plan_of(cast.resident.actor, cast.resident.party)
    contribution = Contribution.objects.get()
    assert plan is not None and contribution.party == cast.neighbour.party
    assert Offer.objects.get().promised == 0
    with pytest.raises(Refused):
        actions.keep_in_plan(by=cast.neighbour.actor, side=side_of(cast.neighbour))


def test_give_and_take_is_told_to_oneself_alone(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    assert queries.give_and_take(cast.neighbour.actor, cast.neighbour.party) == (1, 0)
    assert queries.give_and_take(cast.resident.actor, cast.resident.party) == (0, 1)
    assert queries.give_and_take(cast.outsider.actor, cast.neighbour.party) == (0, 0)
    assert (
        "You have shared something with somebody you were introduced to, once."
        in cast.neighbour.client().get("/my-page/").content.decode()
    )


def test_whoever_leaves_for_good_takes_their_side_along(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert [side.record.owner for side in Side.objects.all()] == [cast.neighbour.party]
    told = queries.told(cast.neighbour.actor, side_of(cast.neighbour))
    assert told.closed and actions.read_other(by=cast.neighbour.actor, side=side_of(cast.neighbour)) is None
    page = cast.neighbour.client().get(f"/introductions/{side_of(cast.neighbour).record.key}/")
    assert page.status_code == 200 and "Mair" not in page.content.decode()


# What fits


def test_a_wish_finds_what_fits_and_not_one_s_own_nor_what_rests(cast: Cast) -> None:
    wish = wished(cast.resident)
    theirs = shared(cast.neighbour)
    shared(cast.resident, "Singing in my garden")
    resting = shared(cast.carer, "Singing on Sundays")
    assets.pause_offer(by=cast.carer.actor, asset=resting)
    assert [fit.asset for fit in matching.offers_for(cast.resident.actor, wish)] == [theirs]


def test_an_offer_finds_the_wishes_its_holder_may_see(cast: Cast) -> None:
    asset = shared(cast.neighbour)
    public = wished(cast.resident, audience="everyone")
    wished(cast.carer, "Somebody to sing with on Sundays")
    wished(cast.outsider, "A lift to hospital", audience="everyone")
    assert matching.wishes_for(cast.neighbour.actor, asset) == [public]


def test_a_wish_tells_its_owner_once_a_week_when_something_new_fits(cast: Cast) -> None:
    wish = wished(cast.resident)
    assert actions.tend(by=MACHINE)["wishes_told"] == 0
    shared(cast.neighbour)
    shared(cast.carer, "Singing on Sundays")
    assert actions.tend(by=MACHINE)["wishes_told"] == 1
    assert actions.tend(by=MACHINE)["wishes_told"] == 0
    notices = Notice.objects.filter(title__startswith="This may fit")
    assert [notice.to for notice in notices] == [cast.resident.party], "the wish stays private"
    Told.objects.update(at=timezone.now() - timedelta(days=8))
    assert actions.tend(by=MACHINE)["wishes_told"] == 1
    Told.objects.update(at=timezone.now() - timedelta(days=8))
    assert actions.tend(by=MACHINE)["wishes_told"] == 0, "each thing once"
    assert notices.get(link__startswith="/introduce/", pk=notices.first().pk).link == f"/introduce/{wish.record.key}/"  # type: ignore[union-attr]


def test_what_a_wisher_may_not_find_tells_them_nothing(cast: Cast) -> None:
    wished(cast.resident)
    shared(cast.neighbour, audience="me")
    blocked = shared(cast.carer, "Singing on Sundays")
    block(by=cast.carer.actor, other=cast.resident.party)
    assert blocked.record.audience == "everyone"
    assert actions.tend(by=MACHINE)["wishes_told"] == 0


def test_only_the_machine_tends(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.tend(by=cast.steward.actor)
