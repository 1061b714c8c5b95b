"""The lines that a room writes under the three questions of "What now?"."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.typed import one_line
from alongside.ground.records.actions import lock
from alongside.knowing.workshops import policy
from alongside.knowing.workshops.models import LONGEST, Step, Who, Workshop

MOST_STEPS = 60


@action("workshops.write_step", may=policy.may_read)
def write_step(*, by: Actor, workshop: Workshop, who: str, words: str) -> Step:
    """Write a line under one of the three questions. Raises Fault without words, for too many, and after 60 lines."""
    words = one_line(words)
    if who not in Who.values:
        raise Fault("who", _("Choose one of these"))
    if not words:
        raise Fault("words", _("Write what you will do"))
    if len(words) > LONGEST:
        raise Fault("words", _("Use %(most)d letters or fewer") % {"most": LONGEST})
    lock(workshop.record)
    if workshop.steps.count() >= MOST_STEPS:
        raise Fault("words", _("There is room for 60 lines. Take one out first."))
    return Step.objects.create(workshop=workshop, who=who, words=words)


@action("workshops.drop_step", may=policy.may_read)
def drop_step(*, by: Actor, workshop: Workshop, step: str) -> None:
    """Take a line out again."""
    workshop.steps.filter(key=step).delete()
