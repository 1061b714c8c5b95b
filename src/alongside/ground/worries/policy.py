"""Anyone may say that something worries them; only the person it went to handles it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.worries.models import Worry


@rule(_("Anyone can say this."))
def may_raise(*, by: Actor, **_rest: Any) -> bool:
    return True


@rule(_("This is for somebody else."))
def may_handle(*, by: Actor, worry: Worry, **_rest: Any) -> bool:
    """The named person, for themselves, and never one whose page or record it is about."""
    if by.person is None or by.is_helping or worry.to_id != by.person.pk:
        return False
    return worry.about is None or worry.about.owner_id != by.person.pk
