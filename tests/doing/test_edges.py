"""Introductions at their edges: nobody there, somebody gone, two at once, and what no page would ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.doing.connecting import actions, hearing, matching, policy, queries, saying
from alongside.doing.connecting.models import Introduction, Part, Side, Told
from alongside.ground.consent.models import Grant
from alongside.ground.consent.queries import Sight
from alongside.ground.history.acting import Fault, Refused, rule
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import begin, pause
from alongside.ground.people.models import Role
from alongside.ground.records.actions import erase, leave_for_good
from alongside.knowing.assets.models import Asset, Offer
from tests.cast import Cast
from tests.doing.meeting import BACK, MACHINE, REACH, met, proposed, says_yes, shared, side_of, wished

pytestmark = pytest.mark.django_db


# Nobody, and those who come for somebody else


def test_a_visitor_has_no_side_in_anything(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    assert not queries.sides(cast.anyone).exists()
    assert queries.side(cast.anyone, side_of(cast.resident).record.key) is None


def test_somebody_who_helps_introduces_nobody_as_whom_they_help(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    wish, asset = wished(cast.neighbour, audience="everyone"), shared(cast.outsider)
    with pytest.raises(Refused):
        actions.propose(by=iris.helps(cast.resident), wish=wish, asset=asset)
    assert queries.introduced_by(iris.helps(cast.resident)) == []
    assert queries.introduced_by(cast.anyone) == []


def test_the_machine_brings_nobody_together(cast: Cast) -> None:
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    assert policy.part_of(MACHINE, wish, asset) == ""
    with pytest.raises(Refused):
        actions.propose(by=MACHINE, wish=wish, asset=asset)


def test_whoever_has_gone_since_the_page_was_opened_is_asked_nothing(cast: Cast) -> None:
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    by, record = cast.resident.actor, asset.record
    erase(by=cast.neighbour.actor, record=record)
    with pytest.raises(Refused):
        actions.propose(by=by, wish=wish, asset=asset, **REACH)
    assert not Introduction.objects.exists()


def test_of_one_person_s_own_wish_and_thing_nothing_comes_even_with_somebody_who_introduces(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    with pytest.raises(Refused, match="already yours"):
        actions.propose(by=iris.actor, wish=wished(cast.resident, audience="everyone"), asset=shared(cast.resident))


def test_a_pair_that_somebody_else_brought_together_is_told_to_nobody_who_comes_now(cast: Cast) -> None:
    iris, denise = cast.staff("Iris Bell", Role.CONNECTOR), cast.staff("Denise Clarke", Role.CONNECTOR)
    wish, asset = wished(cast.resident, audience="everyone"), shared(cast.neighbour)
    actions.propose(by=iris.actor, wish=wish, asset=asset)
    with pytest.raises(Refused, match="not open just now"):
        actions.propose(by=denise.actor, wish=wish, asset=asset)
    assert actions.propose(by=iris.actor, wish=wish, asset=asset).introduction == Introduction.objects.get()


def test_a_holder_without_a_page_that_anybody_looks_after_is_not_asked(cast: Cast) -> None:
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    cast.neighbour.login.delete()
    with pytest.raises(Refused, match="Nobody looks after this page"):
        proposed(cast.resident, wish, asset)


# Somebody goes


@pytest.mark.parametrize("who", ["resident", "neighbour"])
def test_where_one_leaves_before_an_answer_it_is_over_for_the_other(cast: Cast, who: str) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    goes, stays = (getattr(cast, name) for name in (who, {"resident": "neighbour"}.get(who, "resident")))
    leave_for_good(by=goes.actor, party=goes.party)
    told = queries.told(stays.actor, side_of(stays))
    assert (told.stage, told.closed, told.other_words) == ("ended", True, "")
    with pytest.raises(Refused):
        actions.answer(by=stays.actor, side=side_of(stays), yes=stays is cast.neighbour, **BACK)
    actions.end(by=stays.actor, side=side_of(stays))
    assert not Notice.objects.filter(to=goes.party).exists()


def test_whoever_introduced_two_reads_no_wish_that_is_erased(cast: Cast) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    wish = wished(cast.resident, audience="everyone")
    actions.propose(by=iris.actor, wish=wish, asset=shared(cast.neighbour))
    erase(by=cast.resident.actor, record=wish.record)
    (followed,) = queries.followed(iris.actor, queries.introduced_by(iris.actor))
    assert (followed.wish, followed.thing) == ("", "Singing at my kitchen table")


def test_after_a_year_how_to_reach_each_other_is_shown_no_more(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    now = timezone.now()
    before, until = now - queries.SHOWN_FOR, now - timedelta(minutes=1)
    Grant.objects.filter(purpose="introduction").update(since=before, until=until)
    assert actions.read_other(by=cast.resident.actor, side=side_of(cast.resident)) is None


def test_a_look_that_does_not_reach_so_far_or_comes_too_early_tells_no_name(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    early = Sight(side_of(cast.resident).record, frozenset({queries.REACH}), cast.neighbour.actor)
    assert queries.contact(early) is None
    says_yes(cast.neighbour)
    short = Sight(side_of(cast.resident).record, frozenset({"went"}), cast.neighbour.actor)
    assert queries.contact(short) is None
    elsewhere = Sight(Asset.objects.get().record, frozenset({queries.REACH}), cast.neighbour.actor)
    assert queries.contact(elsewhere) is None


# Two at once


def test_where_the_last_place_goes_between_looking_and_taking_the_yes_is_refused_whole(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = shared(cast.neighbour, per_week=60)
    proposed(cast.resident, wished(cast.resident), asset)
    taken = Offer.objects.get().per_week * Offer.objects.get().limit_pct // 100
    Offer.objects.update(promised=taken)
    monkeypatch.setattr(policy, "has_room", rule(policy.has_room.sentence)(lambda **_given: True))
    with pytest.raises(Refused, match="no room"):
        says_yes(cast.neighbour)
    assert side_of(cast.neighbour).said == "waiting" and not Grant.objects.filter(purpose="introduction").exists()
    assert Offer.objects.get().promised == taken


def test_the_same_answer_twice_is_one_and_the_other_answer_comes_too_late(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    says_yes(cast.neighbour)
    count = Notice.objects.count()
    assert says_yes(cast.neighbour).said == "yes" and Notice.objects.count() == count
    with pytest.raises(Refused, match="not open any more"):
        actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False)


def test_a_no_twice_is_heard_once(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    for _press in range(2):
        actions.answer(by=cast.neighbour.actor, side=side_of(cast.neighbour), yes=False)
    assert Notice.objects.filter(to=cast.resident.party, title__startswith="Not this time").count() == 1


def test_a_place_is_given_back_once(cast: Cast) -> None:
    introduction = met(cast.resident, cast.neighbour, per_week=120)
    for _press in range(2):
        actions.give_back(introduction=introduction)
    assert Offer.objects.get().promised == 0


# How it went


@pytest.mark.parametrize("went", ["", "wonderful", "🎉" * 100])
def test_how_it_went_is_one_of_three(cast: Cast, went: str) -> None:
    met(cast.resident, cast.neighbour)
    with pytest.raises(Fault) as fault:
        actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went=went)
    assert fault.value.field == "went"


def test_nobody_says_how_it_went_before_it_began(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    for deed in (
        lambda: actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped"),
        lambda: actions.keep_in_plan(by=cast.resident.actor, side=side_of(cast.resident)),
    ):
        with pytest.raises(Refused, match="This is over"):
            deed()


def test_a_holder_puts_nobody_s_wish_in_a_plan(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    with pytest.raises(Refused, match="Only the person who wished"):
        actions.keep_in_plan(by=cast.neighbour.actor, side=side_of(cast.neighbour))


def test_thanks_that_come_after_it_is_over_reach_nobody(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    actions.end(by=cast.neighbour.actor, side=side_of(cast.neighbour))
    count = Notice.objects.filter(to=cast.neighbour.party).count()
    side = actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped", thanks="Diolch 🌼")
    assert side.thanks == "Diolch 🌼" and Notice.objects.filter(to=cast.neighbour.party).count() == count


def test_at_night_both_are_asked_once_how_it_went_but_whoever_has_said_so(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    Introduction.objects.update(agreed_at=timezone.now() - timedelta(days=15))
    actions.tell_how(by=cast.resident.actor, side=side_of(cast.resident), went="helped")
    Notice.objects.all().delete()
    assert actions.tend(by=MACHINE)["asked_how"] == 1 and actions.tend(by=MACHINE)["asked_how"] == 0
    asked = Notice.objects.filter(title__startswith="How did it go")
    assert [notice.to for notice in asked] == [cast.neighbour.party]


@pytest.mark.parametrize("why", ["a break", "no way to reach them"])
def test_a_wish_tells_nobody_who_rests_or_cannot_be_reached(cast: Cast, why: str) -> None:
    wished(cast.resident)
    shared(cast.neighbour)
    if why == "a break":
        pause(by=cast.resident.actor, party=cast.resident.party, on=True)
    else:
        cast.resident.login.delete()
    assert actions.tend(by=MACHINE)["wishes_told"] == 0 and not Told.objects.exists()


# Words


def test_somebody_who_has_not_said_a_name_cannot_tell_it(cast: Cast) -> None:
    party, _token = begin(by=Actor.anyone())
    assert not saying.tells_name("I am Mair", party)


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("The lunch club sings", False),
        ("We are the Mill Street lunch club", True),
        ("MILL STREET LUNCH CLUB", True),
        ("Club", False),
    ],
)
def test_a_group_tells_its_name_by_the_whole_of_it(cast: Cast, words: str, tells: bool) -> None:
    assert saying.tells_name(words, cast.lunch_club) == tells


@pytest.mark.parametrize("field", ["words", "reach", "meet_words"])
def test_each_answer_has_its_most_letters(cast: Cast, field: str) -> None:
    most = saying.LONGEST[field]
    wish, asset = wished(cast.resident), shared(cast.neighbour)
    with pytest.raises(Fault) as fault:
        proposed(cast.resident, wish, asset, **{field: "שָׁ" * most})
    assert fault.value.field == field
    assert proposed(cast.resident, wish, asset, **{field: "é" * most}).said == "yes"


def test_where_two_may_meet_first_depends_on_who_they_are(cast: Cast) -> None:
    person = proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    assert saying.choices(person) == ["public"]
    club = shared(cast.connector, "Lunch and songs", cast.lunch_club, kind="activity")
    group = proposed(cast.outsider, wished(cast.outsider), club)
    assert saying.choices(group) == ["public", "usual"]
    assert [value for value, _label in saying.places(by_introducer=True, group=True)] == [
        "public",
        "usual",
        "introducer",
    ]


# What fits


def test_nothing_that_is_full_rests_or_is_not_safe_is_named_for_a_wish(cast: Cast) -> None:
    wish = wished(cast.resident)
    full = shared(cast.neighbour, "Singing and songs")
    Asset.objects.filter(pk=full.pk).update(room_for=0)
    shared(cast.outsider, "Singing at night, all night")
    assert matching.offers_for(cast.resident.actor, wish) == []


def test_a_message_about_a_thing_that_is_erased_still_says_something(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    erase(by=cast.neighbour.actor, record=Asset.objects.get().record)
    introduction = Introduction.objects.get()
    hearing.over(introduction, introduction.sides.get(part=Part.WISHER))
    assert "something shared" in Notice.objects.latest("pk").title
    assert Side.objects.count() == 2


@pytest.mark.parametrize("deed", ["tend", "ask_how", "tell_wishers"])
def test_nobody_but_the_machine_does_the_night_s_work(cast: Cast, deed: str) -> None:
    for who in (cast.steward.actor, cast.resident.actor, cast.anyone):
        with pytest.raises(Refused):
            getattr(actions if deed == "tend" else actions_after(), deed)(by=who)


def actions_after() -> object:
    from alongside.doing.connecting import after

    return after


def test_an_answer_for_somebody_else_is_refused(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    for who in (cast.resident.actor, cast.outsider.actor, cast.steward.actor, cast.anyone):
        with pytest.raises(Refused):
            actions.answer(by=who, side=side_of(cast.neighbour), yes=True, **BACK)
