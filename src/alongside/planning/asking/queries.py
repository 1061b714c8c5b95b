"""Which drafts can be opened in the quick way, for whom somebody may ask so, and what is declared, a line each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.models import Party
from alongside.ground.records.models import Audience
from alongside.planning.asking import policy
from alongside.planning.decisions import explaining
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Basis, Decision, Stage
from alongside.planning.decisions.way_models import Way
from alongside.planning.ideas import queries as ideas

MOST_PENCE = 100_000  # the largest sum that is shared out in the quick way


@dataclass(frozen=True)
class Line:
    """One thing that is declared: what about, how it stands now, and the step that changes it (none where empty)."""

    about: str
    said: str
    step: str = ""
    own_words: bool = False


def owners(viewer: Actor) -> list[Party]:
    """For whom somebody may ask in the quick way: themselves first."""
    return [one for one in decisions.may_ask_for(viewer) if policy.may_begin(by=viewer, owner=one)]


def is_small(decision: Decision) -> bool:
    """Whether it is a draft of one person, or of a group about its own things, that brings nothing from before."""
    ours = decision.terms.basis in (Basis.OWN_LIFE, Basis.OURS)
    return decision.stage == Stage.DRAFT and decision.terms.secret and ours and not ideas.carried(decision)


def begun_quickly(decision: Decision) -> bool:
    """Whether it is a draft that somebody began on the quick page, and that can still be opened there."""
    return is_small(decision) and Event.objects.filter(record=decision.pk, verb="asking.begin").exists()


def lines(decision: Decision) -> list[Line]:
    """What stands with it, each in a line: all that was not asked, as it will be declared."""
    if decision.terms.basis == Basis.OWN_LIFE:
        found = [Line(_("Who decides"), _("You do. Others say what they think."))]
    else:
        found = [
            Line(_("Who can choose"), _who(decision), "who"),
            Line(_("How we decide"), " ".join(explaining.how(decision.terms)), "rule"),
        ]
    found.append(Line(_("Who can see it"), _seen(decision), "who"))
    if decision.terms.basis != Basis.OWN_LIFE:
        binds = _("It will be done as we decide.") if decision.binds else _("Somebody must answer it, and say why.")
        found.append(Line(_("What happens then"), f"{binds} {_answered(decision)}", "answer"))
        found.append(Line(_("Fair to everyone"), decision.fairness, "fair", own_words=True))
        found.append(Line(_("It cannot change"), decision.cannot_change, "change", own_words=True))
    found.append(Line(_("It can change"), decision.can_change, "change", own_words=True))
    found.append(Line(_("Why we ask"), decision.why, "question", own_words=True))
    return found


def _who(decision: Decision) -> str:
    if decisions.counted_by(decision) == Way.MEMBER and len(decisions.voting(decision)) == 1:
        return _("Everybody who belongs to %(group)s. Each has one vote.") % {"group": decision.record.owner.name}
    return explaining.who(decision)


def _answered(decision: Decision) -> str:
    if decision.answer_by is None:
        return _("Every idea gets an answer within ten days.")
    return _("Every idea gets an answer by %(day)s.") % {"day": explaining.day(decision.answer_by)}


def _seen(decision: Decision) -> str:
    return {
        Audience.EVERYONE: _("Everyone."),
        Audience.COMMUNITY: _("Only those who belong to it."),
        Audience.CIRCLE: _("Only the people in your circle."),
        Audience.ME: _("Only you, and whoever helps you."),
    }[Audience(decision.draft.open_to)]
