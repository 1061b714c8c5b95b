"""What this viewer may see of what is wanted and wished for, and the parts of life to choose from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.models import State
from alongside.ground.records.queries import counted, everyones, visible_to
from alongside.knowing.outcomes.models import Outcome, Wish, WishState


def said(words: dict[str, str] | None) -> str:
    """Words of a framework file in the language being read; English where there is none."""
    if not words:
        return ""
    language = (get_language() or "en").split("-")[0]
    return words.get(language) or words["en"]


def life_domains() -> list[dict[str, Any]]:
    """The parts of life, each with key, label, hint and words, in the order of the file."""
    listed: list[dict[str, Any]] = frameworks.load("life_domains")["domain"]
    return listed


def domain_choices() -> list[tuple[str, str]]:
    """Keys and labels for a form, in the reader's language."""
    return [(domain["key"], said(domain["label"])) for domain in life_domains()]


def domain_label(key: str) -> str:
    return dict(domain_choices()).get(key, "")


def outcomes(viewer: Actor) -> QuerySet[Outcome]:
    return Outcome.objects.filter(record__in=visible_to(viewer)).exclude(record__state=State.ENDED)


def wanted_by(viewer: Actor, owner: Party) -> QuerySet[Outcome]:
    """What this party wants now, oldest first."""
    return outcomes(viewer).filter(record__owner=owner).select_related("record__owner").order_by("pk")


def outcome(viewer: Actor, key: UUID | str) -> Outcome | None:
    return outcomes(viewer).filter(record__key=key).select_related("record__owner").first()


def wishes(viewer: Actor) -> QuerySet[Wish]:
    """Wishes that still wait and that this viewer may see."""
    return Wish.objects.filter(record__in=visible_to(viewer), state=WishState.WAITING)


def wished_by(viewer: Actor, owner: Party) -> QuerySet[Wish]:
    return wishes(viewer).filter(record__owner=owner).select_related("record__owner").order_by("-pk")


def wish(viewer: Actor, key: UUID | str) -> Wish | None:
    return wishes(viewer).filter(record__key=key).select_related("record__owner").first()


def open_wishes(records: Collection[int]) -> list[Wish]:
    """Of these, the wishes that everyone may read, in the order in which they came."""
    found = Wish.objects.filter(record__in=everyones(), pk__in=records)
    return list(found.select_related("record").order_by("pk"))


def asked_beside(viewer: Actor, outcomes: Collection[int]) -> list[tuple[int, int, bool]]:
    """What wishes ask for beside these outcomes, as far as they may be counted: outcome, minutes of a week, and
    whether several may share it."""
    rows = wishes(viewer).filter(record__in=counted(), minutes_week__gt=0, outcome__isnull=False).order_by("pk")
    said = rows.values_list("outcome", "minutes_week", "divisible")
    return [(one, minutes or 0, shared) for one, minutes, shared in said if one in outcomes]


def outcomes_beside(records: Collection[int]) -> set[int]:
    """The outcomes beside which these wishes stand."""
    rows = Wish.objects.filter(pk__in=records, outcome__isnull=False)
    return set(rows.values_list("outcome", flat=True))


def not_found_yet(viewer: Actor, domain: str = "", before: int | None = None, most: int = 20) -> list[Wish]:
    """Wishes that everyone may read and that still wait, newest first, from below the key `before`.

    Nothing that only this viewer may see stands among them, so that the list is the same one for all.
    """
    found = wishes(viewer).filter(record__in=everyones()).select_related("record__area", "record__owner")
    if domain:
        found = found.filter(domain=domain)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[:most])
