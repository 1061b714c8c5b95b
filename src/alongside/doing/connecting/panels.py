"""What introductions hang on pages of rooms below: on something shared, on one's own page, and on a wish."""

from __future__ import annotations

from typing import Any

from alongside.doing.connecting import policy, queries
from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import wished_by

MOST = 5


def on_asset(viewer: Actor, subject: Asset) -> dict[str, Any] | None:
    """For its holder, the way to wishes it may meet; for others with wishes, the way to ask with one of them."""
    if policy.owns_asset(viewer, subject):
        return {"asset": subject, "own": True}
    me = viewer.party
    wishes = list(wished_by(viewer, me)[:MOST]) if me is not None else []
    return {"asset": subject, "own": False, "wishes": wishes} if wishes else None


def on_my_page(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """What waits for an answer, what goes on, each wish with the way to what may meet it, and give and take."""
    gave, had = queries.give_and_take(viewer, subject)
    context = {
        "waiting": queries.waiting(viewer),
        "agreed": queries.told_each(viewer, queries.agreed(viewer)),
        "wishes": list(wished_by(viewer, subject)[:MOST]),
        "introduces": policy.may_introduce_others(viewer),
        "gave": gave,
        "had": had,
    }
    return context if any(context.values()) else None


def on_wish(viewer: Actor, subject: Wish) -> dict[str, Any] | None:
    """On the page of a wish, for its owner and for somebody who introduces: the way to what may meet it."""
    if policy.owns_wish(viewer, subject) or policy.may_introduce_others(viewer):
        return {"wish": subject}
    return None


def hang_all() -> None:
    hang("asset_ask", on_asset, "doing/connecting/on_asset.html")
    hang("my_page", on_my_page, "doing/connecting/on_my_page.html")
    hang("wish", on_wish, "doing/connecting/on_wish.html")
