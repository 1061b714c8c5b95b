"""The mapping workshop of the invented town, typed in by two; a few have answered for their cards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from alongside.ground.history.actor import Actor
from alongside.knowing.workshops import actions
from alongside.knowing.workshops.models import Card, Guest, Workshop
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

LETTERS = {"love": "L", "can": "C", "words": "P", "more": "M"}


def map_together(rng: Random, folk: Folk) -> int:
    """Hold the workshop, type in its cards by turns, and ask. How many things came on the map by it."""
    specs = load("workshop")
    about = specs["workshop"]
    community, holder = folk.cast[about["community"]], Actor(person=folk.cast[about["holds"]])
    given = {name: about[name] for name in ("title", "place", "tables", "in_room")}
    day = timezone.localdate() - timedelta(days=about["days_ago"])
    with override(community.lang):
        workshop = actions.open_workshop(by=holder, community=community, day=day, **given)
        rekey(rng, workshop.record)
        typists = [holder]
        for name in about["types"]:
            actions.let_type(by=holder, workshop=workshop, party=folk.cast[name])
            typists.append(Actor(person=folk.cast[name]))
        _type_all(workshop, typists, specs)
        _answer(rng, folk, holder, workshop, specs)
        actions.ask(by=holder, workshop=workshop)
        actions.write_step(by=holder, workshop=workshop, who="ourselves", words="A jam morning in the hall")
        actions.write_step(by=holder, workshop=workshop, who="with_help", words="A kitchen we may use on Fridays")
        actions.write_step(by=holder, workshop=workshop, who="by_others", words="A bench halfway up the hill")
    return workshop.cards.filter(became__kind="asset").count()


def _type_all(workshop: Workshop, typists: list[Actor], specs: dict[str, Any]) -> None:
    numbers: Counter[str] = Counter()
    rows = [("person", spec) for spec in specs["guest"]]
    rows += [("group", spec) for spec in specs["group"]] + [("place", spec) for spec in specs["place"]]
    for n, (whose, spec) in enumerate([*rows, ("nobody", specs["nobody"])]):
        for sort, letter in LETTERS.items():
            for words in spec.get(sort, []):
                numbers[letter] += 1
                actions.type_card(
                    by=typists[n % len(typists)],
                    workshop=workshop,
                    words=words,
                    code=f"{letter}{numbers[letter]}",
                    table=n % workshop.tables + 1,
                    whose=whose,
                    name=spec.get("name", ""),
                    reach=spec.get("reach", ""),
                    may_share=bool(spec.get("cast")),
                )


def _answer(rng: Random, folk: Folk, holder: Actor, workshop: Workshop, specs: dict[str, Any]) -> None:
    for spec in specs["guest"]:
        if "cast" in spec:
            guest = Guest.objects.get(workshop=workshop, name=spec["name"])
            yes = {str(card.key) for card in guest.cards.all()}
            actions.answer(by=Actor(person=folk.cast[spec["cast"]]), guest=guest, yes=yes)
    for spec in specs["place"]:
        if spec.get("map"):
            actions.put_on_map(by=holder, card=Card.objects.get(workshop=workshop, about=spec["name"]))
    for card in workshop.cards.exclude(became=None).select_related("became").order_by("pk"):
        assert card.became is not None
        rekey(rng, card.became)
