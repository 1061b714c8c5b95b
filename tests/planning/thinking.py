"""Ideas for tests: open decisions at each of their days, ideas by the cast, and a list that people choose from."""

from __future__ import annotations

from typing import Any

from alongside.ground.notices.models import Notice
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import actions
from alongside.planning.ideas.models import Idea, Option
from tests.cast import Cast, Somebody, at
from tests.planning.deciding import NOW_IDEAS, fresh, money, move, opened

RTL = "الحافلة لا تأتي 🚌 " * 700
NOW_LISTING = {"ideas": (-30, -10), "talk": (-30, 7), "shortlist": (-5, 7), "vote": (8, 20), "answer": (21, 40)}
NOW_VOTE = {"ideas": (-40, -20), "talk": (-40, 7), "shortlist": (-15, -2), "vote": (0, 7), "answer": (8, 21)}
NOW_ANSWERING = {
    "ideas": (-60, -50),
    "talk": (-60, -41),
    "shortlist": (-40, -35),
    "vote": (-30, -10),
    "answer": (-9, 9),
}


def for_ideas(cast: Cast, **given: Any) -> Decision:
    """The council asks how to share £24,000, and takes ideas now."""
    ready = None if given else cast.take("ideas")
    return fresh(ready) if ready else opened(cast, when=NOW_IDEAS, terms=money(), **given)


FOR_IDEAS = at("ideas", for_ideas)  # for files whose tests begin with it


def listing(decision: Decision) -> Decision:
    return move(decision, NOW_LISTING)


def voting(decision: Decision) -> Decision:
    return move(decision, NOW_VOTE)


def idea_of(somebody: Somebody, decision: Decision, title: str = "Shared lifts", **given: Any) -> Idea:
    owner = given.pop("owner", somebody.party)
    given = {"cost_pence": 520_000, "words": "A rota of drivers."} | given
    return actions.put_forward(by=somebody.actor, decision=decision, owner=owner, title=title, **given)


def listed(by: Somebody, decision: Decision, *ideas: Idea, why: str = "It cannot be done this year") -> list[Option]:
    """The list of these ideas; every other one is left out with one reason."""
    left = {one.pk: why for one in Idea.objects.filter(decision=decision)}
    return actions.shortlist(by=by.actor, decision=decision, ideas=list(ideas), left_out=left)


def told(somebody: Any) -> list[str]:
    """The titles of what somebody was told, in its order."""
    party = getattr(somebody, "party", somebody)
    return list(Notice.objects.filter(to=party).order_by("pk").values_list("title", flat=True))
