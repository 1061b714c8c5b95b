"""Two pages of one person become one: every row that names the old party names the new one, but history."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import begin, settle
from alongside.ground.people.models import PartyState
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.outcomes import actions as outcomes


def test_what_somebody_does_themselves_goes_with_them(cast: Any) -> None:
    page, _token = begin(by=Actor.anyone())
    me = Actor(person=page)
    sing = outcomes.want(by=me, owner=page, words="I want to sing again", domain="fun")
    mine = contributions.propose(by=me, outcome=sing, party=page, words="I hum")
    wish = outcomes.wish(by=me, owner=page, words="Somewhere to sing", waits_for=page)
    kept = settle(by=me, login=cast.resident.login, provisional=page)
    for row in (mine, wish, page):
        row.refresh_from_db()
    assert kept == cast.resident.party
    assert mine.party == wish.waits_for == kept
    assert page.state == PartyState.MERGED
    assert Event.objects.filter(actor=page, verb="outcomes.want").exists(), "history says who it was then"
