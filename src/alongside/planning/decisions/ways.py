"""Who is counted: one of three ways, so that nobody has two places; and whether neighbours may vouch besides.

By membership and by a list each place has a name, and every code on paper is bound to one such place. A code that is
bound to nobody can be the only way in alone: nobody knows who has one (decision 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ground.records.models import Level
from alongside.planning.decisions.models import Basis, Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.decisions.wording import Missing

COUNTED = frozenset({Way.MEMBER, Way.LIST, Way.CODE})  # one of these says who is counted
EVERYBODY: Any = gettext_lazy("Everybody who has a page here by the day the vote opens")
LABELS: dict[str, Any] = {
    Way.MEMBER: gettext_lazy("Everybody who belongs to it by the day the vote opens"),
    Way.LIST: gettext_lazy("Everybody on a list that we keep"),
    Way.CODE: gettext_lazy("Whoever has a code from us, one a person"),
    Way.VOUCHED: gettext_lazy("Somebody who takes part may vouch for a neighbour"),
}


def faults_of(ways: Iterable[str]) -> Iterator[Missing]:
    """What is wrong with these ways: the field, what it is, and how to mend it."""
    given = set(ways)
    if not given <= set(Way.values) or (given and not given & COUNTED):
        yield Missing("who", "counted", _("Choose who is counted"))
    if len(given & COUNTED) > 1:
        words = _("Choose one way to say who is counted. With two of them one person could be counted twice.")
        yield Missing("who", "counted", words)
    if {Way.CODE, Way.VOUCHED} <= given:
        words = _(
            "With codes nobody can vouch: we could not tell who has a code already. Leave vouching out, or keep a list."
        )
        yield Missing("who", "vouched", words)


def label_of(decision: Decision, way: str) -> str:
    """A way as a page says it of this decision."""
    whole = decision.record.level == Level.WIDE_AREA
    return str(EVERYBODY if way == Way.MEMBER and whole else LABELS[way])


def counted_by(decision: Decision) -> str:
    """The one way that says who is counted; empty where none does, as in a room or about somebody's own life."""
    return next((row.way for row in decision.ways.all() if row.way in COUNTED), "")


def who(decision: Decision) -> str:
    """Who may take part, in a few words; empty where no way says it, as in a room or about somebody's own life."""
    counted = counted_by(decision)
    return label_of(decision, counted) if counted else ""


def in_words(decision: Decision) -> list[str]:
    """Who is counted, told with what was agreed before; nothing where it goes without saying."""
    if decision.terms.basis == Basis.OWN_LIFE:
        return []
    counted = counted_by(decision)
    said = [_("Who is counted: %(who)s.") % {"who": label_of(decision, counted)}] if counted else []
    if decision.ways.filter(way=Way.VOUCHED).exists():
        said.append(_("Whoever has a place may vouch for up to 3 neighbours."))
    if any(group.affected for group in decision.groups.all()) and counted:
        said.append(
            _("Whoever says that they are directly affected is confirmed before the vote opens: by a list, a code or"
              " somebody else.")
        )  # fmt: skip
    return said
