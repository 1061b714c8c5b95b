"""Whatever people do at a workshop, in whatever order, the promises hold: nothing shows without a yes of whoever it
belongs to, nothing that was answered for keeps its words, and no name is kept without a card that waits."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party
from alongside.ground.records.models import SHOWN
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.workshops import actions
from alongside.knowing.workshops.models import Card, GroupAsk, Guest, Workshop
from tests.cast import Cast, Somebody
from tests.knowing.workshopping import held

pytestmark = pytest.mark.django_db
STEPS = 60


class Afternoon:
    """A workshop, and everybody who may do something to its cards or tries to."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.cast, self.chance, self.workshop = cast, chance, held(cast)
        actions.let_type(by=cast.connector.actor, workshop=self.workshop, party=cast.neighbour.party)
        self.group: Party = people.welcome(by=cast.carer.actor, kind="community", sort="group", name="The knitters")
        self.said_yes: set[str] = set()
        self.number = 0

    def anybody(self) -> Somebody:
        cast = self.cast
        return self.chance.choice([*[cast.connector] * 5, *[cast.neighbour] * 3, cast.carer, cast.outsider])

    def some(self, rows: Any) -> Any:
        return self.chance.choice(list(rows.order_by("pk")))

    def types(self) -> None:
        self.number += 1
        whose = self.chance.choice(["person", "person", "group", "place", "nobody"])
        name = {"person": f"Guest {self.number % 3}", "group": "Knitters", "place": "A bench"}.get(whose, "")
        reach = (
            self.chance.choice(["", f"g{self.number % 3}@example.org", "4 Mill Street"]) if whose == "person" else ""
        )
        actions.type_card(
            by=self.anybody().actor, workshop=self.fresh(), words=f"Thing {self.number}", code=f"C{self.number}",
            whose=whose, name=name, reach=reach, wish=self.number % 4 == 0,
        )  # fmt: skip

    def fresh(self) -> Workshop:
        return Workshop.objects.select_related("record__owner").get(pk=self.workshop.pk)

    def mends(self) -> None:
        card = self.some(Card.objects.exclude(words=""))
        named = card.guest.name if card.guest else card.about
        reach = card.guest.reach if card.guest else ""
        actions.mend(
            by=self.anybody().actor, card=card, words=f"{card.words}, mended", wish=card.wish, kind="", may_share=True,
            name=named, reach=reach,
        )  # fmt: skip

    def takes_out(self) -> None:
        actions.take_out(by=self.anybody().actor, card=self.some(Card.objects.exclude(words="")))

    def asks(self) -> None:
        actions.ask(by=self.anybody().actor, workshop=self.fresh())

    def puts_on_the_map(self) -> None:
        card, by = self.some(Card.objects.exclude(words="")), self.anybody().actor
        words, place = card.words, card.whose == "place"
        actions.put_on_map(by=by, card=card)
        self.said_yes |= {words, card.about} if place else set()

    def answers(self) -> None:
        guest = self.some(Guest.objects.exclude(asked_at=None).filter(cards__state="typed").distinct())
        waiting = list(guest.cards.filter(state="typed"))
        yes = [card for card in waiting if self.chance.random() < 0.5]
        actions.answer(by=self.cast.resident.actor, guest=guest, yes={str(card.key) for card in yes})
        self.said_yes |= {card.words for card in yes}

    def says_no(self) -> None:
        actions.answer(by=actions.LINK, guest=self.some(Guest.objects.exclude(asked_at=None)), yes=[])

    def disputes(self) -> None:
        actions.dispute(by=actions.LINK, guest=self.some(Guest.objects.all()))

    def was_sent_astray(self) -> None:
        actions.not_me(by=actions.LINK, guest=self.some(Guest.objects.exclude(asked_at=None)))

    def forgets(self) -> None:
        actions.forget_guest(by=self.anybody().actor, guest=self.some(Guest.objects.all()))

    def answers_for_the_group(self) -> None:
        card, yes = self.some(Card.objects.filter(whose="group", state="typed")), self.chance.random() < 0.6
        by = self.chance.choice([self.cast.carer, self.cast.carer, self.anybody()]).actor
        words, waits = card.words, card.asks.exists()
        actions.answer_for_group(by=by, group=self.group, card=card, yes=yes)
        self.said_yes |= {words} if yes and waits else set()

    def closes_or_opens(self) -> None:
        actions.close(by=self.anybody().actor, workshop=self.fresh(), again=self.chance.random() < 0.9)

    def holds(self) -> None:
        """What must be true after every step."""
        shown = {one.title for one in Asset.objects.filter(record__state__in=SHOWN).exclude(record__audience="me")}
        shown |= {one.words for one in Wish.objects.filter(record__state__in=SHOWN).exclude(record__audience="me")}
        assert shown <= self.said_yes, f"shown without a yes: {shown - self.said_yes}"
        assert not Card.objects.exclude(state="typed").exclude(words="").exists()
        assert not Card.objects.filter(state="typed", words="").exists()
        for guest in Guest.objects.exclude(name="", reach="", code=""):
            assert guest.answered_at is None and guest.cards.exists(), "a name without a card that waits"
        assert not GroupAsk.objects.filter(card__state="shared").exists()
        for thing in Asset.objects.filter(record__owner=self.group):
            assert thing.title in self.said_yes


@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_the_promises_hold(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    afternoon = Afternoon(cast, chance)
    acts: list[Callable[[], None]] = [
        *[afternoon.types] * 6, *[afternoon.answers] * 5, *[afternoon.asks] * 2, *[afternoon.answers_for_the_group] * 2,
        afternoon.mends, afternoon.takes_out, afternoon.puts_on_the_map, afternoon.says_no, afternoon.disputes,
        afternoon.was_sent_astray, afternoon.forgets, afternoon.closes_or_opens,
    ]  # fmt: skip
    for n in range(3):
        actions.type_card(
            by=cast.connector.actor, workshop=afternoon.fresh(), words=f"At first {n}", whose="person",
            name=f"First {n}", reach=f"first{n}@example.org",
        )  # fmt: skip
    actions.ask(by=cast.connector.actor, workshop=afternoon.fresh())
    first = Card.objects.order_by("pk")[0]
    actions.answer(by=cast.resident.actor, guest=first.guest or Guest(), yes={str(first.key)})
    afternoon.said_yes.add(first.words)
    done = 0
    for _ in range(STEPS):
        with suppress(Fault, Refused, IndexError):  # nothing there to do it with is no step
            chance.choice(acts)()
            done += 1
        afternoon.holds()
    assert done > STEPS / 4, "afternoons come to something"
