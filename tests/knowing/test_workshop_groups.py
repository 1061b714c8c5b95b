"""Cards that speak of a group on the register: those who look after it are asked, and nothing shows before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.helping.actions import object_to
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people import actions as people
from alongside.ground.people.models import Basis, Kind, Membership, Party, Role, Sort
from alongside.ground.places.actions import draw_edge
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import queries as map_queries
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.search.queries import look_around
from alongside.knowing.workshops import actions, groups, queries
from alongside.knowing.workshops.models import Card, CardState, GroupAsk, Workshop
from alongside.knowing.workshops.register import kept_groups, plain_name
from tests.cast import MACHINE, Cast, Somebody
from tests.knowing.two_wards import two_wards
from tests.knowing.workshopping import held, seen, text, typed
from tests.together import together

pytestmark = pytest.mark.django_db
KNIT = "Knit and talk, Wednesdays at two"


def knitters(cast: Cast, *keepers: Somebody, name: str = "Chapel Row knitters") -> Party:
    """A group on the register that these people look after."""
    first, *others = keepers or (cast.neighbour,)
    group = people.welcome(by=first.actor, kind=Kind.COMMUNITY, sort=Sort.GROUP, name=name)
    for other in others:
        people.join(by=MACHINE, member=other.party, of=group, role=Role.KEEPER)
    return group


def leaves(who: Somebody, group: Party) -> None:
    people.leave(by=who.actor, membership=Membership.objects.get(member=who.party, of=group, until=None))


def about(cast: Cast, workshop: Workshop, name: str = "Chapel Row knitters", **more: Any) -> Card:
    given: dict[str, Any] = {"words": KNIT, "code": "P1", "whose": "group", **more}
    return typed(cast, workshop, name=name, **given)


def shown() -> list[tuple[str, str]]:
    return [(one.record.owner.name, one.title) for one in Asset.objects.order_by("pk")]


def test_a_group_that_is_here_is_asked_and_shows_only_after_its_yes(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.put_on_map(by=cast.connector.actor, card=card)
    assert card.state == CardState.TYPED and not Asset.objects.exists(), "whoever holds the workshop cannot say it"
    assert look_around(cast.anyone, "knit and talk").results == []
    told = Notice.objects.get(to=cast.neighbour.party)
    assert told.link == f"/p/{group.key}/workshop-cards/" and KNIT not in f"{told.title} {told.body}"
    assert queries.asked_of(cast.neighbour.actor, group) == [card]
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    assert shown() == [("Chapel Row knitters", KNIT)]
    assert Asset.objects.get().record.audience == "everyone"
    assert [one.asset.title for one in look_around(cast.anyone, "knit and talk").results] == [KNIT]
    card.refresh_from_db()
    assert (card.state, card.words) == ("shared", "") and not GroupAsk.objects.exists()
    said = Event.objects.get(verb="workshops.answer_for_group")
    assert (said.actor, said.on_behalf) == (cast.neighbour.party, None)
    assert Event.objects.get(verb="assets.offer").actor == cast.neighbour.party


def test_a_no_wipes_the_card_and_nobody_is_asked_again(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=False)
    card.refresh_from_db()
    assert (card.state, card.words, card.about) == ("wiped", "", "") and not Asset.objects.exists()
    with pytest.raises(Fault, match="has been answered for"):
        actions.put_on_map(by=cast.connector.actor, card=card)
    assert actions.ask(by=cast.connector.actor, workshop=workshop)["group"] == 0
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    assert not Asset.objects.exists(), "what was answered stays so"


def test_a_wish_of_a_group_becomes_its_wish_and_what_it_offers_stands_on_the_map(cast: Cast) -> None:
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    found = maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    group, workshop = knitters(cast), held(cast)
    offers = about(cast, workshop)
    wishes = about(cast, workshop, words="A warm room in winter", code="M1")
    assert actions.ask(by=cast.connector.actor, workshop=workshop)["group"] == 1, "one group, two cards"
    for card in (offers, wishes):
        actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    wish = Wish.objects.get()
    assert (wish.words, wish.record.owner, wish.record.audience) == ("A warm room in winter", group, "everyone")
    standing = map_queries.standing(cast.anyone, found, map_queries.laid(found))
    assert [one.title for one in standing] == [KNIT]


def test_whoever_holds_the_workshop_and_looks_after_the_group_says_yes_by_putting_it_there(cast: Cast) -> None:
    workshop = held(cast)
    card = about(cast, workshop, "Mill Street lunch club", words="Lunch on Tuesdays")
    actions.put_on_map(by=cast.connector.actor, card=card)
    assert shown() == [("Mill Street lunch club", "Lunch on Tuesdays")]
    assert not GroupAsk.objects.exists() and not Notice.objects.filter(to=cast.connector.party).exists()


def test_a_group_that_nobody_looks_after_here_is_what_the_community_knows(cast: Cast) -> None:
    nobodys = knitters(cast)
    leaves(cast.neighbour, nobodys)
    workshop = held(cast)
    actions.put_on_map(by=cast.connector.actor, card=about(cast, workshop))
    assert shown() == [("Mill Street lunch club", "Chapel Row knitters")] and Asset.objects.get().words == KNIT


def test_calling_a_group_a_place_goes_round_nobody(cast: Cast) -> None:
    knitters(cast)
    workshop = held(cast)
    card = about(cast, workshop, whose="place", name="the CHAPEL-ROW knitters!")
    actions.put_on_map(by=cast.connector.actor, card=card)
    assert not Asset.objects.exists() and GroupAsk.objects.get().card == card


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Bell Ringers", "bell ringers"),
        ("Côr y Cwm", "CÔR Y CWM"),
        ("Mum's & Dad's", "mum s   dad s"),
        ("Y Clwb", "clwb"),
    ],
)
def test_a_name_is_the_same_as_two_people_would_write_it(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
    assert plain_name("The") == "the", "an article alone is a name"


def test_a_person_is_no_group_and_an_empty_name_is_none(cast: Cast) -> None:
    assert cast.neighbour.party.name == "Joseph Okafor"
    assert kept_groups("Joseph Okafor") == [] and kept_groups(" \u202e ") == [] and kept_groups("!!") == []


# Nearly the same name


def test_nearly_the_same_name_is_asked_back_and_never_taken_by_itself(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop, "Chapel Rd knitters")
    assert queries.near_groups(cast.connector.actor, card) == [group] and queries.asked_first(card) == []
    actions.name_group(by=cast.connector.actor, card=card, group=group)
    assert card.about == "Chapel Row knitters" and queries.near_groups(cast.connector.actor, card) == []
    assert queries.asked_first(card) == [group]
    with pytest.raises(Fault):
        actions.name_group(by=cast.connector.actor, card=card, group=cast.lunch_club)
    with pytest.raises(Refused):
        actions.name_group(by=cast.outsider.actor, card=card, group=group)


def test_whoever_is_asked_meanwhile_is_not_named_otherwise_by_a_typist(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, workshop = knitters(cast), held(cast)
    actions.let_type(by=cast.connector.actor, workshop=workshop, party=cast.neighbour.party)
    card = about(cast, workshop, "Chapel Rd knitters")
    Card.objects.filter(pk=card.pk).update(typed_by=cast.neighbour.party)
    card.refresh_from_db()
    wait = groups.lock

    def asked_meanwhile(record: Record) -> Record:
        GroupAsk.objects.get_or_create(card=card, group=group)
        return wait(record)

    monkeypatch.setattr(groups, "lock", asked_meanwhile)
    with pytest.raises(Refused):
        actions.name_group(by=cast.neighbour.actor, card=card, group=group)
    card.refresh_from_db()
    assert card.about == "Chapel Rd knitters"


def test_a_household_is_asked_like_any_group_and_is_nobodys_to_find(cast: Cast) -> None:
    home = people.welcome(
        by=cast.neighbour.actor, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Okafors of Mill Row"
    )
    workshop = held(cast)
    assert queries.near_groups(cast.connector.actor, about(cast, workshop, "Okafors of Mill Road")) == []
    assert "Okafors of Mill Row" not in queries.names(seen(cast, workshop))
    actions.put_on_map(by=cast.connector.actor, card=about(cast, workshop, home.name, code="P2"))
    assert not Asset.objects.exists(), "and nothing is said for it"


def test_mending_the_name_takes_the_question_back(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    mended = {"words": KNIT, "wish": False, "kind": "", "may_share": False, "name": "The bell ringers"}
    actions.mend(by=cast.connector.actor, card=card, **mended)
    assert queries.asked_of(cast.neighbour.actor, group) == []
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    assert not Asset.objects.exists(), "the card is about somebody else"


# Two groups of one name, and two keepers


def test_two_groups_of_one_name_are_both_asked_and_the_one_that_says_yes_has_it(cast: Cast) -> None:
    here, there = knitters(cast), knitters(cast, cast.resident)
    workshop = held(cast)
    card = about(cast, workshop)
    assert actions.ask(by=cast.connector.actor, workshop=workshop)["group"] == 2
    actions.answer_for_group(by=cast.resident.actor, group=there, card=card, yes=False)
    card.refresh_from_db()
    assert card.words == KNIT, "the other may know it"
    assert queries.asked_of(cast.resident.actor, there) == []
    actions.answer_for_group(by=cast.neighbour.actor, group=here, card=card, yes=True)
    assert Asset.objects.get().record.owner == here
    second = about(cast, workshop, code="P2", words="Blankets")
    actions.ask(by=cast.connector.actor, workshop=workshop)
    for keeper, group in ((cast.resident, there), (cast.neighbour, here)):
        actions.answer_for_group(by=keeper.actor, group=group, card=second, yes=False)
    second.refresh_from_db()
    assert second.state == "wiped", "nobody's"


def test_the_others_who_look_after_it_hear_who_answered(cast: Cast) -> None:
    group = knitters(cast, cast.neighbour, cast.resident)
    workshop = held(cast)
    card, second = about(cast, workshop), about(cast, workshop, code="P2", words="Blankets for anyone")
    actions.ask(by=cast.connector.actor, workshop=workshop)
    for party in (cast.neighbour.party, cast.resident.party):
        assert Notice.objects.filter(to=party).count() == 1, "one message, not one for each card"
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    heard = Notice.objects.filter(to=cast.resident.party).latest("pk")
    assert "Joseph O. said yes" in heard.body and KNIT in heard.body and heard.link == f"/p/{group.key}/"
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=second, yes=False)
    heard = Notice.objects.filter(to=cast.resident.party).latest("pk")
    assert "said no" in heard.body and "Blankets" not in heard.body, "what was wiped stands in no message"
    assert Notice.objects.filter(to=cast.neighbour.party).count() == 1, "nobody is told what they did themselves"


@pytest.mark.django_db(transaction=True)
def test_of_two_keepers_who_say_yes_and_no_at_once_one_is_first(cast: Cast) -> None:
    group = knitters(cast, cast.neighbour, cast.resident)
    card = about(cast, held(cast))
    actions.put_on_map(by=cast.connector.actor, card=card)

    def says(who: Somebody, yes: bool) -> Any:
        fresh = Card.objects.select_related("workshop__record__owner").get(pk=card.pk)
        return lambda: actions.answer_for_group(by=who.actor, group=group, card=fresh, yes=yes)

    together(says(cast.neighbour, True), says(cast.resident, False))
    card.refresh_from_db()
    assert card.words == ""
    assert (card.state, Asset.objects.count()) in (("shared", 1), ("wiped", 0)), "never both, never neither"
    assert Notice.objects.filter(title__contains="was answered").count() == 1


# Who must not answer


@pytest.mark.parametrize("who", ["outsider", "connector", "steward", "councillor", "supplier"])
def test_nobody_else_reads_the_question_or_answers(cast: Cast, who: str) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    somebody = getattr(cast, who)
    assert queries.asked_of(somebody.actor, group) == []
    with pytest.raises(Refused, match="look after this group"):
        actions.answer_for_group(by=somebody.actor, group=group, card=card, yes=True)
    assert not Asset.objects.exists()


def test_whoever_helps_a_keeper_with_their_page_does_not_speak_for_the_group(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    helping = cast.carer.helps(cast.neighbour)
    assert queries.asked_of(helping, group) == []
    with pytest.raises(Refused):
        actions.answer_for_group(by=helping, group=group, card=card, yes=True)
    object_to(by=cast.neighbour.actor, basis=Basis.objects.get())
    assert queries.asked_of(cast.neighbour.actor, group) == [card], "they do themselves, helped or not"


def test_a_keeper_who_stopped_and_a_member_who_never_was_one_answer_nothing(cast: Cast) -> None:
    group = knitters(cast, cast.neighbour, cast.resident)
    people.join(by=MACHINE, member=cast.carer.party, of=group)
    card = about(cast, held(cast))
    actions.put_on_map(by=cast.connector.actor, card=card)
    leaves(cast.neighbour, group)
    for who in (cast.neighbour, cast.carer):
        with pytest.raises(Refused):
            actions.answer_for_group(by=who.actor, group=group, card=card, yes=True)


def test_one_group_answers_no_card_that_was_asked_of_another(cast: Cast) -> None:
    knitters(cast)
    other = knitters(cast, cast.outsider, name="The bell ringers")
    card = about(cast, held(cast))
    actions.put_on_map(by=cast.connector.actor, card=card)
    actions.answer_for_group(by=cast.outsider.actor, group=other, card=card, yes=True)
    card.refresh_from_db()
    assert card.state == CardState.TYPED and not Asset.objects.exists()


def test_after_ninety_days_the_question_is_gone_with_the_card(cast: Cast) -> None:
    group, workshop = knitters(cast), held(cast)
    card = about(cast, workshop)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    Workshop.objects.update(day=timezone.localdate() - timedelta(days=91))
    assert actions.wipe_due(by=MACHINE) == 1
    assert not GroupAsk.objects.exists() and queries.asked_of(cast.neighbour.actor, group) == []
    actions.answer_for_group(by=cast.neighbour.actor, group=group, card=card, yes=True)
    assert not Asset.objects.exists()


def test_a_group_is_not_written_to_without_end(cast: Cast) -> None:
    group = knitters(cast)
    for n in range(5):
        workshop = held(cast, title=f"Workshop {n}")
        about(cast, workshop)
        assert actions.ask(by=cast.connector.actor, workshop=workshop)["group"] == 1
        assert actions.ask(by=cast.connector.actor, workshop=workshop)["group"] == 0, "once a card"
    assert Notice.objects.filter(to=cast.neighbour.party).count() == 1, "the newest stands for all"
    assert len(queries.asked_of(cast.neighbour.actor, group)) == 5
    assert Event.objects.filter(verb="notices.tell").count() <= 3


# Its pages


@pytest.fixture
def asked(cast: Cast) -> tuple[Party, Card, Client]:
    _ = cast.place
    group, workshop = knitters(cast), held(cast, cast.builder)
    card = about(cast, workshop, who=cast.builder)
    actions.put_on_map(by=cast.builder.actor, card=card)
    return group, card, cast.neighbour.client()


def fields(client: Client, link: str) -> dict[str, str]:
    """What the form of the first card holds."""
    found = re.search(r'name="card" value="([^"]*)".*?name="seen" value="([^"]*)"', text(client.get(link)), re.S)
    assert found is not None
    return {"card": found[1], "seen": found[2]}


def test_one_press_from_the_groups_own_page(cast: Cast, asked: tuple[Party, Card, Client]) -> None:
    group, card, client = asked
    link = queries.asked_at(group)
    assert link in text(client.get(f"/p/{group.key}/")), "its page says that a card waits"
    assert link not in text(cast.outsider.client().get(f"/p/{group.key}/"))
    page = text(client.get(link))
    assert KNIT in page and "May they show" in page and not Asset.objects.exists()
    done = text(client.post(link, {**fields(client, link), "do": "yes", "key": "once"}, follow=True))
    assert "It shows now, on the page of your group." in done and "No card waits" in done
    assert shown() == [("Chapel Row knitters", KNIT)]
    assert link not in text(client.get(f"/p/{group.key}/"))
    client.post(link, {"card": str(card.key), "seen": "x", "do": "no", "key": "back"})
    assert Asset.objects.count() == 1, "browser back, and the other button: it was answered"


def test_a_card_that_was_mended_meanwhile_is_read_once_more(cast: Cast, asked: tuple[Party, Card, Client]) -> None:
    group, card, client = asked
    link = queries.asked_at(group)
    read = fields(client, link)
    given = {"wish": False, "kind": "", "may_share": False, "name": card.about}
    actions.mend(by=cast.builder.actor, card=card, words="Knit for money", **given)
    page = text(client.post(link, {**read, "do": "yes"}))
    assert "changed since you opened this page" in page and "Knit for money" in page and not Asset.objects.exists()
    client.post(link, {**fields(client, link), "do": "yes"})
    assert shown() == [("Chapel Row knitters", "Knit for money")]


@pytest.mark.parametrize("who", ["outsider", "resident", "builder", "passer_by"])
def test_nobody_else_opens_the_page(cast: Cast, asked: tuple[Party, Card, Client], who: str) -> None:
    group, card, _client = asked
    client = Client() if who == "passer_by" else getattr(cast, who).client()
    assert client.get(queries.asked_at(group)).status_code in (302, 404)
    client.post(queries.asked_at(group), {"card": str(card.key), "do": "yes"})
    assert not Asset.objects.exists()


@pytest.mark.parametrize("given", [{}, {"card": "x", "do": "yes"}, {"do": "yes"}, {"do": "maybe"}, {"card": "\x00"}])
def test_a_crooked_answer_changes_nothing(cast: Cast, asked: tuple[Party, Card, Client], given: dict[str, str]) -> None:
    group, card, client = asked
    sent = {"card": str(card.key)} | given if given.get("do") == "maybe" else given
    assert client.post(queries.asked_at(group), sent).status_code == 302
    card.refresh_from_db()
    assert card.state == CardState.TYPED and not Asset.objects.exists()


def test_those_who_hold_the_workshop_see_whom_it_waits_for(cast: Cast, asked: tuple[Party, Card, Client]) -> None:
    _group, card, _client = asked
    client, workshop = cast.builder.client(), card.workshop
    people_page = text(client.get(f"/workshop/{workshop.record.key}/people/"))
    assert "Cards about a group that is here" in people_page and "Chapel Row knitters" in people_page
    mend = f"/workshop/{workshop.record.key}/card/{card.key}/"
    assert "Ask those who look after it" in text(client.get(mend))
    assert "asked first" in text(client.post(mend, {"do": "put"}, follow=True))
    near = about(cast, workshop, "Chapel Row kniters", code="P2", who=cast.builder, words="Blankets")
    page = f"/workshop/{workshop.record.key}/card/{near.key}/"
    assert "Do they mean one of these?" in text(client.get(page))
    client.post(page, {"do": f"group {_group.key}"})
    near.refresh_from_db()
    assert near.about == "Chapel Row knitters"
    done = text(client.post(f"/workshop/{workshop.record.key}/people/", {"do": "ask"}, follow=True))
    assert "1 group was asked." in done
