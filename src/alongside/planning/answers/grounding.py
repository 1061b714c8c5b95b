"""Write down on what a decision about somebody's own life rests: what they want, who supported them, what was sure.

Practice in the United Kingdom (Mental Capacity Act 2005, section 1; book, chapter 5): everybody is taken to be able to
decide, with all the help there is; an unwise wish is still theirs; and what goes against it needs its reason, who found
that they cannot decide this now, and what would take less away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import words_of
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.language import page_language
from alongside.ground.people.models import GONE
from alongside.planning.answers import policy, queries
from alongside.planning.answers.models import Grounds, Shown
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision

LONGEST = 5_000  # letters
MOST = 50  # times that it is said anew


@dataclass(frozen=True)
class Said:
    """What is written down, in the words of whoever writes it. What is against a wish is asked for only there."""

    wanted: str
    shown: str
    supported_by: str
    made_sure: str
    differs: bool = False
    differs_how: str = ""
    differs_why: str = ""
    not_able: str = ""
    less: str = ""
    told: str = ""


@action("answers.ground", may=policy.may_ground)
def ground(*, by: Actor, decision: Decision, said: Said) -> Grounds:
    """Write down on what it rests, below what was written before, which stays. The person is told if it was not them.

    Raises Fault for a decision that is no such one, while it is open, for a question that is left out, and for
    something that goes against what they want without why, who found that they cannot decide it, what would take
    less away, and how they were told.
    """
    if not queries.needs_grounds(decision):
        raise Fault("wanted", _("This is written down once the person has decided"))
    if said.shown not in Shown.values:
        raise Fault("shown", _("Choose how they said or showed it"))
    decisions.hold(decision)
    last = decision.grounds.aggregate(last=Max("n"))["last"] or 0
    if last >= MOST:
        raise Fault("wanted", _("There is so much here already. Speak to each other instead."))
    assert by.person is not None
    made = Grounds.objects.create(
        decision=decision, n=last + 1, by=by.person, lang=page_language(), on=decisions.today(), **_cleaned(said)
    )
    owner = decision.record.owner
    if by.person.pk != owner.pk and owner.state not in GONE:
        title = message("It is written down how this was decided with you. Is it right?")
        link = f"/decide/{decision.record.key}/"
        question, lang = decision.question, decision.record.lang
        tell(by=Actor.system("answers"), to=owner, title=title, body=question, record=decision.record, link=link,
             lang=lang)  # fmt: skip
    return made


def _cleaned(said: Said) -> dict[str, str | bool]:
    """Every text in its bounds; what was not decided against a wish says nothing of that."""
    given: dict[str, str | bool] = asdict(said)
    for name, missing in ASKED.items():
        given[name] = words_of(getattr(said, name), name, str(missing()), LONGEST)
    for name, missing in ASKED_IF_AGAINST.items():
        given[name] = words_of(getattr(said, name), name, str(missing()), LONGEST) if said.differs else ""
    return given


ASKED: dict[str, Callable[[], str]] = {
    "wanted": lambda: _("Write what they said, or showed, that they want"),
    "supported_by": lambda: _("Write who supported them"),
    "made_sure": lambda: _("Write how you made sure"),
}
ASKED_IF_AGAINST: dict[str, Callable[[], str]] = {
    "differs_how": lambda: _("Write what was decided that they do not want"),
    "differs_why": lambda: _("Write why. That a wish is unwise is no reason by itself."),
    "not_able": lambda: _("Write who found that they cannot decide this themselves now, how, and on which day"),
    "less": lambda: _("Write what would take less away from them, and why it is not enough"),
    "told": lambda: _("Write how they were told, and to whom they can turn"),
}
