"""Two shut each other out, or somebody's role ends: other kits say at start-up what they do then with their rows."""

from __future__ import annotations

from collections.abc import Callable

from alongside.ground.people.models import Party

_shutting_out: list[Callable[[Party, Party], None]] = []
_role_ending: list[Callable[[Party, bool], None]] = []


def when_shut_out(act: Callable[[Party, Party], None]) -> None:
    """A kit says what it does when the first of two wants nothing more from the second. Called inside that action."""
    if act not in _shutting_out:
        _shutting_out.append(act)


def when_a_role_ends(act: Callable[[Party, bool], None]) -> None:
    """A kit says what it does when somebody has a role less; the second says whether they leave for good. Called inside
    that action."""
    if act not in _role_ending:
        _role_ending.append(act)


def shut_out(blocker: Party, blocked: Party) -> None:
    for act in _shutting_out:
        act(blocker, blocked)


def role_ended(party: Party, *, gone: bool = False) -> None:
    for act in _role_ending:
        act(party, gone)
