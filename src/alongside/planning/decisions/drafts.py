"""What the writing actions of a decision share: its bounds, its draft under a lock, and its groups as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.ground.history import typed
from alongside.ground.history.acting import Fault
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision, DecisionGroup, Side, Stage, Terms
from alongside.planning.decisions.terms import GroupSaid
from alongside.planning.decisions.wording import Missing

LONGEST = {
    "question": 200,
    "why": 5_000,
    "can_change": 5_000,
    "cannot_change": 5_000,
    "answers_for": 200,
    "answered_name": 200,
    "fairness": 5_000,
    "question_from": 200,
    "suppliers_agreed_how": 300,
    "stage_why": 2_000,
}
ONE_LINE = frozenset({"question", "answers_for", "answered_name", "question_from"})
RANGES = {  # least and most, both allowed; what `methods/say` asks besides comes on top
    "budget_pence": (1, 10**13),
    "points_each": (1, 1_000),
    "winners": (1, 1_000),
    "cap_pct": (0, 100),
    "quorum": (0, 10_000_000),
    "threshold_pct": (0, 100),
    "step_ppm": (1, 1_000_000),
    "least_age": (0, 120),
}
NAME, KEY = 80, 24  # letters
CHOICES = {field.name: dict(field.choices) for field in Terms._meta.concrete_fields if field.choices}


class SetupFault(Fault):
    """A set-up that cannot be kept, or opened, as it is: everything that is wrong with it, each with its step."""

    def __init__(self, found: Sequence[Missing]) -> None:
        super().__init__(found[0].field, found[0].words)
        self.found = list(found)


def group_names(owner: Party) -> dict[str, str]:
    """What suggested groups are called at first, in the language of the page."""
    return {
        "person": owner.shown_name if owner.is_person and owner.name else _("The person"),
        "supporters": _("Those who help to decide"),
        "people": _("People"),
        "communities": _("Communities"),
        "commissioners": _("Councils and the NHS"),
        "suppliers": _("Organisations that are paid"),
        "politicians": _("Councillors"),
    }


def locked(decision: Decision) -> Decision:
    """The decision as it stands now, locked until the action is done."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    return again(decision)


def again(decision: Decision) -> Decision:
    """Read it afresh, with all that belongs to it."""
    found = Decision.objects.select_related("record__owner", "terms", "draft", "serves__record")
    return found.prefetch_related("phases", "groups").get(pk=decision.pk)


def draft_of(decision: Decision) -> Decision:
    """The same, where it still is a draft. Raises Fault where it is not."""
    found = locked(decision)
    if found.stage != Stage.DRAFT:
        raise Fault("question", _("This decision is open, so its question and how it is decided stand still"))
    return found


def lay(decision: Decision, groups: Sequence[GroupSaid]) -> None:
    """Store the first groups of a new draft. Called inside the action that begins it."""
    DecisionGroup.objects.bulk_create(rows_of(decision, groups))


def said_of(decision: Decision) -> list[GroupSaid]:
    """Its groups as somebody would set them."""
    return [
        GroupSaid(row.name, row.side, row.weight_ppm, row.affected, row.floor_pct, row.key)
        for row in decision.groups.all()
    ]


def rows_of(decision: Decision, groups: Sequence[GroupSaid]) -> list[DecisionGroup]:
    """Rows that are not stored yet, in their order, each with a key of its own. Raises Fault for one
    without a name."""
    taken: set[str] = set()
    rows = []
    for n, group in enumerate(groups):
        name = typed.one_line(group.name)
        if not name or len(name) > NAME:
            raise Fault("groups", _("Give every group a name of 80 letters or fewer"))
        if group.side not in Side.values:
            raise Fault("groups", _("Say who %(group)s are") % {"group": name})
        key = _key(group.key or name, n, taken)
        row = DecisionGroup(decision=decision, key=key, name=name, side=group.side, position=n)
        row.weight_ppm, row.affected, row.floor_pct = group.weight_ppm, group.affected, group.floor_pct
        rows.append(row)
    return rows


def _key(words: str, n: int, taken: set[str]) -> str:
    """A short key that no group before has; for words without plain letters, a number."""
    key = slugify(words)[:KEY].strip("-")
    if not key or key in taken:
        key = next(one for one in (f"group-{m}" for m in range(n + 1, 100)) if one not in taken)
    taken.add(key)
    return key


def in_range(name: str, value: Any) -> Any:
    """A number in its bounds, words cleaned, a choice that is one. Raises Fault for anything else."""
    if name in RANGES and value is not None:
        least, most = RANGES[name]
        if not least <= value <= most:
            raise Fault(name, _("Write a number from %(least)s to %(most)s") % {"least": least, "most": most})
    if name in LONGEST:
        return words_of(name, value)
    if name in CHOICES and value not in CHOICES[name]:
        raise Fault(name, _("Choose one of the answers"))
    return value


def words_of(name: str, text: str, missing: str = "") -> str:
    """Cleaned words in the bounds of their field. Raises Fault for too many, and for none where `missing` says so."""
    return typed.words_of(text, name, missing, LONGEST[name])
