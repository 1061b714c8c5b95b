"""People of the invented town who were introduced to each other, some days ago, and how far they have come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from alongside.doing.connecting import actions, queries
from alongside.doing.connecting.models import Introduction, Part, Side
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.models import Asked
from alongside.knowing.outcomes.actions import wish
from alongside.knowing.outcomes.models import Wish
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

OVER = timedelta(days=90)
SAYS = ("words", "reach", "meet", "meet_words")
MEMBERS = {"holder": Part.HOLDER, "wisher": Part.WISHER}


def introduce(rng: Random, folk: Folk, theirs: Mapping[str, Asset]) -> int:
    """Wish, be introduced, answer, and tell how it went, the longest ago first. How many introductions."""
    bank = load("meetings")
    for spec in bank["meeting"]:
        side = _propose(rng, folk, theirs[spec["asset"]], spec)
        answered = [_answer(side.introduction, part, spec[name]) for name, part in MEMBERS.items()]
        _long_ago(side.introduction, timedelta(days=spec["days"]))
        for row in filter(None, answered):
            _tell(row, spec["wisher" if row.part == Part.WISHER else "holder"])
    for spec in bank["wish"]:
        _wish(rng, folk, spec)
    return len(bank["meeting"])


def let_wishes_wait() -> None:
    """Wishes have come one after the other over three months, the last of them yesterday."""
    wishes = list(Record.objects.filter(kind="wish").order_by("pk"))
    for place, record in enumerate(wishes):
        record.made = timezone.now() - OVER * (1 - place / len(wishes)) - timedelta(days=1)
    Record.objects.bulk_update(wishes, ["made"], batch_size=500)


def _propose(rng: Random, folk: Folk, asset: Asset, spec: dict[str, Any]) -> Side:
    """The wish is said, and whoever comes first brings the two together."""
    wished, owner, comes = _wish(rng, folk, spec["wish"]), folk.cast[spec["wish"]["of"]], folk.cast[spec["by"]]
    says = _says(spec["wisher"]) if comes == owner else {}
    return actions.propose(by=Actor(person=comes), wish=wished, asset=asset, **says)


def _wish(rng: Random, folk: Folk, said: dict[str, Any]) -> Wish:
    """One of the cast wishes for something out loud."""
    owner = folk.cast[said["of"]]
    words, domain = said["words"], said["domain"]
    with override(said.get("lang", "en")):  # a wish is in the language of the page it is written on
        made = wish(
            by=Actor(person=owner), owner=owner, words=words, domain=domain, audience="everyone", countable=True
        )
    rekey(rng, made.record)
    return made


def _answer(introduction: Introduction, part: str, said: dict[str, Any]) -> Side | None:
    """What one side answers, where they were asked and have answered; the side as it then is."""
    side = introduction.sides.select_related("record__owner").get(part=part)
    if said.get("waits"):
        return None
    if "answers" in said:
        side = actions.answer(by=_speaker(side), side=side, yes=said["answers"], **_says(said))
    return side


def _tell(side: Side, said: dict[str, Any]) -> None:
    if "went" in said:
        side = Side.objects.select_related("record__owner", "introduction").get(pk=side.pk)
        actions.tell_how(by=_speaker(side), side=side, went=said["went"], thanks=said.get("thanks", ""))


def _speaker(side: Side) -> Actor:
    """The person themselves; for a group, the machine in its name."""
    owner = side.record.owner
    return Actor(person=owner) if owner.is_person else Actor.system("demo")


def _says(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in SAYS if name in said}


def _long_ago(introduction: Introduction, ago: timedelta) -> None:
    """Let it have happened so many days ago, so that weeks of rest and two weeks of waiting have gone by."""
    made, sides = timezone.now() - ago, introduction.sides.all()
    agreed = Introduction.objects.filter(pk=introduction.pk, agreed_at__isnull=False)
    Introduction.objects.filter(pk=introduction.pk).update(made=made, expires=made + queries.LIFE)
    agreed.update(agreed_at=F("agreed_at") - ago)
    sides.filter(answered_at__isnull=False).update(answered_at=F("answered_at") - ago)
    Record.objects.filter(pk__in=sides.values("pk")).update(made=made)
    asked = Asked.objects.filter(party__in=sides.values("record__owner"), at__gt=made)
    asked.update(at=F("at") - ago)
