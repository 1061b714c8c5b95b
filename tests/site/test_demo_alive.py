"""What goes on in the invented town: maps, meetings, barriers, time that passes. Each is there, by its own page."""

from __future__ import annotations

import re
from collections import Counter

from django.db.models import Count
from django.test import Client

from alongside.doing.connecting import policy as meeting
from alongside.doing.connecting import queries as meetings
from alongside.doing.connecting.models import Introduction, Side
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Version
from alongside.ground.people.models import Party
from alongside.ground.records.models import State
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.actions import confirm
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.freshness.queries import waiting_for
from alongside.knowing.maps import queries as maps
from alongside.knowing.maps.models import MapSteward
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.knowing.outcomes.queries import not_found_yet
from alongside.knowing.workshops.models import Card
from alongside.planning.complementary.models import Sought
from alongside.planning.lotteries.models import Lottery, PanelSeat
from alongside.planning.lotteries.queries import wrong_draws
from alongside.site.demo import lacking

ANYONE = Actor.anyone()


def one(name: str) -> Party:
    return Party.objects.get(name=name)


def somebody(name: str) -> Actor:
    return Actor(person=one(name))


def test_three_communities_own_a_map(larkmere: dict[str, int]) -> None:
    found = {map.record.owner.name: map for map in maps.maps(ANYONE)}
    assert set(found) == {"Old Quay Neighbours", "Hob Hill Gardeners", "Côr Glan yr Afon"}
    for map in found.values():
        assert maps.edge(map) is not None
        assert all([map.may_stand, map.may_not, map.decides, map.objects_how, map.review_on])
    quay = found["Old Quay Neighbours"]
    assert [row.party.name for row in maps.stewards(quay)] == ["Dot M.", "Tariq H.", "Leila F."]
    assert [row.party.name for row in maps.asked(quay)] == ["Nell C."], "she can say yes herself"
    assert found["Côr Glan yr Afon"].record.lang == "cy"
    assert [maps.overdue(map) for map in found.values()].count(True) == 1
    assert MapSteward.objects.filter(map__in=found.values(), vouched_by=None).count() == len(found)


def test_the_map_of_old_quay_shows_what_its_charter_says(larkmere: dict[str, int]) -> None:
    quay = maps.map_of(ANYONE, one("Old Quay Neighbours"))
    assert quay is not None
    laid = maps.laid(quay)
    assert {row.layer.key: row.on for row in laid} == {"people": True, "groups": True, "others": False}
    titles = [asset.title for asset in maps.standing(ANYONE, quay, laid)]
    assert "The Tuesday Table: eat together" in titles
    assert "Larkmere Voices choir" in titles, "from beyond the edge, and they said yes"
    assert "Raised beds you can sit at" not in titles, "nobody has said yes yet"


def test_dilys_is_asked_and_tariq_answers_with_her(larkmere: dict[str, int]) -> None:
    (side,) = meetings.waiting(somebody("Dilys P."))
    told = meetings.told(somebody("Dilys P."), side)
    assert (told.thing, told.waits_for_me) == ("Teaching the old chapel songs", True)
    assert "Robin" not in f"{told}"
    helping = Actor(person=one("Tariq H."), on_behalf_of=one("Dilys P."), basis=one("Dilys P.").supported_by.first())
    assert meeting.may_answer(by=helping, side=side)


def test_meetings_stand_at_each_stage(larkmere: dict[str, int]) -> None:
    stages = Counter(Introduction.objects.values_list("stage", flat=True))
    assert stages == {"agreed": 3, "proposed": 2, "declined": 1}
    thanked = Side.objects.exclude(thanks="").values_list("record__owner__name", flat=True)
    assert set(thanked) == {"Bea O.", "The Tuesday Table"}


def test_the_builder_has_something_to_follow(larkmere: dict[str, int]) -> None:
    leila = somebody("Leila F.")
    rows = meetings.followed(leila, meetings.introduced_by(leila))
    waiting, agreed = rows
    assert (waiting.stage, waiting.answers) == ("proposed", 1)
    assert (agreed.stage, agreed.meets_with_me, agreed.due) == ("agreed", True, True)


def test_barriers_are_waiting_answered_and_put_right(larkmere: dict[str, int]) -> None:
    stages = Counter(Barrier.objects.values_list("stage", flat=True))
    assert set(stages) == {"waiting", "heard", "will_do", "cannot", "done"}
    assert 6 <= stages.total() <= 10
    assert max(Barrier.objects.annotate(many=Count("too")).values_list("many", flat=True)) >= 10
    assert any(barrier.is_late for barrier in Barrier.objects.all())


def test_some_things_are_old_and_one_is_hidden_that_its_holder_can_bring_back(larkmere: dict[str, int]) -> None:
    jean = somebody("Jean D.")
    (waltz,) = waiting_for(jean, one("Jean D."))
    assert waltz.record.state == State.HIDDEN
    assert waltz.record not in visible_to(ANYONE)
    assert Asset.objects.filter(record__state=State.STALE).count() >= 3
    assert confirm(by=jean, asset=waltz).record.state == State.LIVE
    assert waltz.record in visible_to(ANYONE)


def test_room_breaks_and_earlier_words(larkmere: dict[str, int]) -> None:
    assert Asset.objects.get(title="Singing at the kitchen table").room_for == 2
    assert Asset.objects.get(title="The Tuesday Table: eat together").room_for == 3
    bikes = Asset.objects.get(title="Learn to mend a bike with Samir")
    assert bikes.paused
    assert bikes.back_on is not None
    table = Asset.objects.get(title="The Tuesday Table: eat together")
    assert Version.objects.filter(record=table.pk).count() >= 3
    assert table.words.endswith("if you can't come out.")


def test_shops_say_welcome_and_one_waits_for_a_look(larkmere: dict[str, int]) -> None:
    states = Asset.objects.filter(title__startswith="Welcome at ").values_list("record__state", flat=True)
    assert sorted(states) == ["held", "live", "live"]


def test_wishes_have_waited_for_longer_and_shorter(larkmere: dict[str, int]) -> None:
    days = [wish.record.made.date() for wish in not_found_yet(ANYONE, most=1000)]
    assert days == sorted(days, reverse=True)
    assert (days[0] - days[-1]).days > 30


def test_no_wish_is_said_twice_out_loud(larkmere: dict[str, int]) -> None:
    said = Counter(wish.words for wish in not_found_yet(ANYONE, most=1000))
    assert len(said) > 20
    assert set(said.values()) == {1}


def test_welsh_speakers_say_it_in_welsh(larkmere: dict[str, int]) -> None:
    welsh = [wish for wish in not_found_yet(ANYONE, most=1000) if wish.record.lang == "cy"]
    assert {wish.record.owner.lang for wish in welsh} == {"cy"}
    assert any("Rhywun" in wish.words for wish in welsh)
    assert Barrier.objects.filter(record__lang="cy").count() == 1


def test_what_is_said_in_a_language_is_marked_as_that(larkmere: dict[str, int]) -> None:
    """By small words that only one of the two has; names, and lines too short to tell, prove nothing."""
    said = [(one.record.lang, f"{one.title}. {one.words}") for one in Asset.objects.select_related("record")]
    for kind in (Wish, Outcome, Barrier):
        said += [(one.record.lang, one.words) for one in kind._default_manager.select_related("record")]
    wrong = [(lang, words) for lang, words in said if seems(words) not in (lang, "")]
    assert not wrong
    assert {lang for lang, _words in said} == {"cy", "en"}


def seems(words: str) -> str:
    found = set(re.findall(r"[\w']+", words.casefold()))
    marks = {
        "cy": len(found & {"yn", "i'r", "o'r", "dw", "mae", "eisiau", "rhywun", "gyda", "croeso", "fy"}),
        "en": len(found & {"the", "and", "with", "you", "my", "we", "is", "of", "to", "who", "want"}),
    }
    lang = max(marks, key=lambda one: marks[one])
    return lang if marks[lang] > sum(marks.values()) / 2 else ""


def test_many_want_what_nobody_offers(larkmere: dict[str, int]) -> None:
    """So that a town shows what one more would do, before search has learnt what words mean and after."""
    waiting = Sought.objects.filter(outcome__words=lacking.WORDS)
    assert waiting.count() >= 3 and not waiting.filter(met__gt=0).exists()
    assert set(waiting.values_list("wanted", flat=True)) == {lacking.MINUTES}


def test_a_panel_was_drawn_for_the_vote_and_most_of_it_comes(larkmere: dict[str, int]) -> None:
    lottery = Lottery.objects.select_related("decision", "record").get()
    assert lottery.stage == "drawn" and lottery.decision is not None and lottery.decision.stage == "open"
    said = sorted(PanelSeat.objects.filter(place__lottery=lottery).values_list("answer", flat=True))
    assert said == ["asked", "no"] + ["yes"] * 7 and wrong_draws() == []
    page = Client().get(f"/panels/{lottery.record.key}/").content.decode()
    assert lottery.decision.question in page and lottery.committed in page and lottery.secret not in page


def test_a_mapping_workshop_was_held_and_most_of_its_cards_wait_for_their_writers(larkmere: dict[str, int]) -> None:
    cards = Card.objects.filter(workshop__record__owner__name="Old Quay Neighbours")
    assert cards.count() == 35 and {card.state for card in cards} == {"typed", "shared"}
    assert not cards.filter(state="shared").exclude(words="").exists(), "what was said yes to stands elsewhere"
    page = Client().get(f"/m/{maps.maps(ANYONE).get(title='Old Quay and round about').record.key}/").content.decode()
    assert "Bikes put right, most evenings" in page and "Jam making" not in page
