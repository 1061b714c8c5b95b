"""Somebody tries to learn, or do, more than the other has said yes to: before the yes, after a no, and at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from alongside.ground.helping.actions import (
    answer,
    lapse,
    name_helper,
    open_page_with,
    record_basis,
    take_on,
    withdraw,
)
from alongside.ground.helping.models import Answer, HelpAsked
from alongside.ground.helping.queries import asked_by, asked_of
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Program, Source
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice, Way
from alongside.ground.people import actions as people
from alongside.ground.people.models import Basis, BasisKind
from alongside.ground.people.queries import helped_by, open_bases
from alongside.ground.records.queries import export
from alongside.planning.plans import actions as plans
from alongside.planning.plans.queries import people_near
from tests.cast import MACHINE, Cast, Somebody

pytestmark = pytest.mark.django_db
PLAN: list[tuple[str, str]] = [("plan", "see"), ("plan", "write")]
SEE_PLAN = PLAN[:1]


def ask(cast: Cast, **more: Any) -> HelpAsked:
    """Mair asks Tom to help with her plan."""
    asked = name_helper(by=cast.resident.actor, supporter=cast.carer.party, parts=more.pop("parts", PLAN), **more)
    assert isinstance(asked, HelpAsked)
    return asked


def page_of(somebody: Somebody, address: str) -> str:
    return str(somebody.client().get(address, follow=True).content.decode())


def told(somebody: Somebody) -> str:
    return " ".join(notice.body for notice in Notice.objects.filter(to=somebody.party))


# Before the yes


def test_until_the_yes_neither_knows_more_of_the_other_than_a_stranger(cast: Cast) -> None:
    assert cast.place.name
    plans.start(by=cast.resident.actor, owner=cast.resident.party)
    asked = ask(cast)
    mair, tom = cast.resident, cast.carer
    question = reverse("helping:asked", args=[asked.key])
    for page in ("/me/helpers/", "/my-page/plan/", "/my-page/plan/share/", "/my-page/", "/my-messages/"):
        assert "Tom Pugh" not in page_of(mair, page), page
    for page in ("/helping/", question, "/my-messages/", "/my-page/", f"/p/{mair.party.key}/"):
        assert "Mair Pugh" not in page_of(tom, page), page
    assert "Mair P." in page_of(tom, question) and "Tom P." in page_of(mair, "/me/helpers/")
    assert tom.client().get(f"/p/{mair.party.key}/").status_code == 404
    assert tom.party not in people_near(mair.actor, mair.party) and not helped_by(mair.party).exists()
    taken = str(export(mair.actor, mair.party)["help_asked"]) + str(export(tom.actor, tom.party)["help_asked"])
    assert taken.count("Tom P.'") == taken.count("Mair P.'") == 1 and "plan" in taken and "waiting" not in taken
    forged = Actor(person=tom.party, on_behalf_of=mair.party)
    with pytest.raises(Refused):
        people.rename(by=forged, party=mair.party, name="No")
    answer(by=tom.actor, asked=asked, yes=True)
    assert tom.party in people_near(mair.actor, mair.party)
    assert "Tom Pugh" in page_of(mair, "/me/helpers/") and "Mair Pugh" in page_of(tom, "/helping/")
    assert not Notice.objects.filter(to=tom.party).exists(), "the question is answered, and its message gone"


def test_nobody_but_the_one_who_is_asked_answers(cast: Cast) -> None:
    asked, key = ask(cast), "helping:asked"
    named = cast.neighbour.helps(cast.carer)
    program = Actor(person=cast.carer.party, program=Program(token=1, name="x", prefix="y"))
    for by in (cast.resident.actor, cast.outsider.actor, cast.steward.actor, program, Actor.anyone(), MACHINE):
        with pytest.raises(Refused):
            answer(by=by, asked=asked, yes=True)
        assert asked not in (asked_of(by) if by.party else [])
    given = {"person": cast.carer.party, "supporter": cast.outsider.party, "kind": BasisKind.ASKED, "parts": PLAN}
    some = people.support(by=cast.carer.actor, **given)
    with pytest.raises(Refused):  # help with a plan is not keeping a page
        answer(by=Actor(cast.outsider.party, cast.carer.party, some), asked=asked, yes=True)
    for somebody in (cast.outsider, cast.steward):
        client = somebody.client()
        assert client.post(reverse(key, args=[asked.key]), {"do": "yes"}).status_code == 302
        assert client.post(reverse("helping:take_back", args=[asked.key])).status_code == 302
    assert HelpAsked.objects.count() == 1 and not Basis.objects.filter(person=cast.resident.party).exists()
    assert answer(by=named, asked=asked, yes=True), "whoever keeps Tom's page writes his yes down"
    event = Event.objects.get(verb="helping.answer")
    assert (event.actor, event.on_behalf) == (cast.neighbour.party, cast.carer.party)


@pytest.mark.parametrize("words", ["", "maybe", "\u202e🎹" * 5_000])
def test_what_is_no_answer_answers_nothing(cast: Cast, words: str) -> None:
    asked = ask(cast)
    page = cast.carer.client().post(reverse("helping:asked", args=[asked.key]), {"do": words, "work": words})
    assert page.status_code == 200 and HelpAsked.objects.get().answer == Answer.WAITING


# No, nothing, and taken back


def test_a_no_is_told_kindly_and_without_a_reason_and_lasts_three_weeks(cast: Cast) -> None:
    asked = ask(cast)
    client = cast.carer.client()
    assert client.post(reverse("helping:asked", args=[asked.key]), {"do": "no"}).url == reverse("helping:home")
    said = Notice.objects.get(to=cast.resident.party)
    assert said.body.startswith("Tom P. said no this time. Nobody has to say why.") and "Pugh" not in said.body
    assert not open_bases().exists() and not asked_by(cast.resident.actor) and not asked_of(cast.carer.actor)
    for again in (lambda: ask(cast), lambda: answer(by=cast.carer.actor, asked=asked, yes=True)):
        with pytest.raises(Fault):
            again()
    HelpAsked.objects.update(lapses=timezone.now())
    assert lapse(by=MACHINE) == 0 and ask(cast).answer == Answer.WAITING


def test_what_is_taken_back_stands_nowhere(cast: Cast) -> None:
    people.note_facts(by=cast.carer.actor, party=cast.carer.party, contact_by="letter")
    asked = ask(cast)
    assert Notice.objects.get(to=cast.carer.party).way == Way.LETTER, "it says all of it on paper too"
    with pytest.raises(Refused):
        withdraw(by=cast.outsider.actor, asked=asked)
    client = cast.resident.client()
    client.post(reverse("helping:take_back", args=[asked.key]), {"from": "mine"})
    assert not HelpAsked.objects.exists() and not Notice.objects.filter(to=cast.carer.party).exists()
    page = cast.carer.client().get(reverse("helping:asked", args=[asked.key]), follow=True).content.decode()
    assert "This question is not open any more" in page and "Mair" not in page
    with pytest.raises(Fault, match="not open any more"):
        answer(by=cast.carer.actor, asked=asked, yes=True)
    withdraw(by=cast.resident.actor, asked=asked)  # twice is once
    kept = Event.objects.filter(verb__startswith="helping.").order_by("pk").values_list("verb", "actor")
    mair = cast.resident.party.pk
    assert list(kept) == [("helping.name", mair), ("helping.withdraw", mair), ("helping.withdraw", mair)]


def test_without_an_answer_it_goes_away_by_the_clock_and_whoever_asked_hears_so(cast: Cast) -> None:
    asked = ask(cast)
    HelpAsked.objects.update(lapses=timezone.now())
    assert not asked_of(cast.carer.actor) and not asked_by(cast.resident.actor)
    with pytest.raises(Fault, match="not open any more"):
        answer(by=cast.carer.actor, asked=asked, yes=True)
    with pytest.raises(Refused):
        lapse(by=cast.steward.actor)
    assert lapse(by=MACHINE) == 1 and lapse(by=MACHINE) == 0
    assert "Tom P. did not answer." in told(cast.resident) and not Notice.objects.filter(to=cast.carer.party).exists()


def test_a_block_ends_it_both_ways_and_tells_of_itself_to_nobody(cast: Cast) -> None:
    asked, mair, tom = ask(cast), cast.resident, cast.carer
    before = page_of(mair, "/me/helpers/")
    people.block(by=tom.actor, other=mair.party)
    assert "Waits for their yes" in page_of(mair, "/me/helpers/") and "Tom P." in before
    assert not asked_of(tom.actor) and not Notice.objects.filter(to=tom.party).exists()
    people.unblock(by=tom.actor, other=mair.party)
    with pytest.raises(Fault, match="not open any more"):  # it does not come back by itself
        answer(by=tom.actor, asked=asked, yes=True)
    HelpAsked.objects.update(lapses=timezone.now())
    assert lapse(by=MACHINE) == 1 and "Tom P. did not answer." in told(mair), "as if nobody had blocked anybody"
    ask(cast)
    people.block(by=mair.actor, other=tom.party)
    assert not HelpAsked.objects.exists(), "whoever asked and blocks takes it back"


def test_whoever_leaves_for_good_is_asked_and_asks_no_more(cast: Cast) -> None:
    ask(cast)
    people.blank(by=cast.carer.actor, party=cast.carer.party)
    assert not HelpAsked.objects.exists()


# What was agreed stays what was agreed


def test_more_waits_for_a_yes_and_less_holds_at_once(cast: Cast) -> None:
    mair, tom = cast.resident, cast.carer
    month = timezone.now() + timedelta(days=31)
    answer(by=tom.actor, asked=ask(cast), yes=True)
    less = name_helper(by=mair.actor, supporter=tom.party, parts=SEE_PLAN, until=month)
    assert isinstance(less, Basis) and list(less.scopes.values_list("part", "act")) == SEE_PLAN and less.until == month
    assert "Mair Pugh changed what you help with. You see: their plan." in told(tom)
    more = ask(cast, parts=[*SEE_PLAN, ("asset", "see")], until=month + timedelta(days=60))
    now = open_bases().get()
    assert list(now.scopes.values_list("part", "act")) == SEE_PLAN and now.until == month, "as long as was agreed"
    answer(by=tom.actor, asked=more, yes=True)
    now = open_bases().get()
    assert now.scopes.count() == 2 and now.until == month + timedelta(days=60)
    swapped = ask(cast, parts=[("network", "see")])
    assert not open_bases().exists() and swapped.answer == Answer.WAITING, "what is left out ends at once"


def test_a_person_without_a_screen_asks_a_neighbour_through_whoever_keeps_their_page(cast: Cast) -> None:
    helping = cast.carer.helps(cast.resident)
    with pytest.raises(Refused):
        name_helper(by=helping, supporter=cast.neighbour.party, parts=SEE_PLAN)  # on a screen she does so herself
    by_telephone = helping.by_way_of(Source.TELEPHONE)
    asked = name_helper(by=by_telephone, supporter=cast.neighbour.party, parts=SEE_PLAN)
    assert isinstance(asked, HelpAsked) and asked.asked_by == cast.carer.party and asked in asked_by(by_telephone)
    assert "Mair P. would have your help with their page. Tom P. wrote it down." in told(cast.neighbour)
    answer(by=cast.neighbour.actor, asked=asked, yes=True)
    assert "Joseph Okafor can now help you" in told(cast.resident), "she is told herself"
    given = {"person": cast.resident.party, "supporter": cast.outsider.party, "kind": BasisKind.ASKED, "parts": PLAN}
    basis = people.support(by=cast.resident.actor, **given)
    with pytest.raises(Refused):  # whoever helps with a plan brings in nobody
        some = Actor(cast.outsider.party, cast.resident.party, basis, Source.TELEPHONE)
        name_helper(by=some, supporter=cast.supplier.party, parts=SEE_PLAN)


def test_a_paper_makes_nobody_a_supporter_without_their_yes_and_the_person_may_say_no_first(cast: Cast) -> None:
    given = {"person": cast.resident.party, "supporter": cast.carer.party, "kind": BasisKind.ATTORNEY}
    asked = record_basis(by=cast.steward.actor, parts=PLAN, evidence_seen_by="P Webb", **given)
    assert not open_bases().exists() and "Tom P." in page_of(cast.resident, "/me/helpers/")
    withdraw(by=cast.resident.actor, asked=asked)
    assert "Mair P. wants no help from Tom P., and it does not begin." in told(cast.steward)
    people.block(by=cast.resident.actor, other=cast.carer.party)
    record_basis(by=cast.steward.actor, parts=PLAN, evidence_seen_by="P Webb", **given)
    assert not asked_of(cast.carer.actor) and not Notice.objects.filter(to=cast.carer.party).exists()


# At once


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Which of these came about, all begun at the same moment."""

    def one(act: Callable[[], object]) -> bool:
        try:
            act()
            return True
        except Fault:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_what_ends_it_at_the_same_moment_one_is_first(live_cast: Cast) -> None:
    mair, tom = live_cast.resident, live_cast.carer
    for _round in range(2):
        asked = ask(live_cast)
        yes, _back = at_once(
            lambda asked=asked: answer(by=tom.actor, asked=asked, yes=True),
            lambda asked=asked: withdraw(by=mair.actor, asked=asked),
        )
        assert open_bases().count() == (1 if yes else 0) and not HelpAsked.objects.exists()
        if yes:
            people.stop_support(by=mair.actor, basis=open_bases().get())
    asked = ask(live_cast)
    twice = at_once(*[lambda: answer(by=tom.actor, asked=asked, yes=True)] * 2)
    assert sorted(twice) == [False, True] and open_bases().count() == 1
    people.stop_support(by=mair.actor, basis=open_bases().get())
    other = name_helper(by=mair.actor, supporter=live_cast.connector.party, parts=PLAN)
    at_once(
        lambda: answer(by=live_cast.connector.actor, asked=other, yes=True),
        lambda: people.block(by=mair.actor, other=live_cast.connector.party),
    )
    assert not open_bases().exists(), "whichever was first, nobody helps whom they are shut out by"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_get_in_touch_at_the_same_moment_one_is_shown_how(live_cast: Cast) -> None:
    lynne, builder, steward = live_cast.coordinator, live_cast.builder, live_cast.steward
    said = {"name": "Edith Morgan", "word": "marmalade", "agreed": True, "contact_by": "letter"}
    edith = open_page_with(by=lynne.actor.by_way_of(Source.TELEPHONE), **said).person
    people.leave(by=steward.actor, membership=live_cast.memberships(lynne.party)[0])
    went = at_once(*[lambda one=one: take_on(by=one.actor, person=edith) for one in (builder, steward)])
    assert sorted(went) == [False, True] and HelpAsked.objects.count() == 1
