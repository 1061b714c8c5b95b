"""What has left the feed since a day: ids alone. Whoever reads the feed can take them away too."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from alongside.exchange.openreferral import policy
from alongside.exchange.openreferral.asking import Asked
from alongside.exchange.openreferral.models import Published
from alongside.exchange.openreferral.queries import Page
from alongside.exchange.openreferral.shapes import moment
from alongside.ground.history.actor import Actor


def page(viewer: Actor, asked: Asked) -> Page:
    """A page of ids that are gone, the last first. What left since the last count is gone as of now."""
    now = timezone.now()
    here = Exists(policy.leaving(viewer).filter(pk=OuterRef("record")))
    found = Published.objects.exclude(here)
    if asked.since is not None:
        found = found.exclude(gone__lt=asked.since)
    start = (asked.page - 1) * asked.per_page
    rows = found.order_by("-pk")[start : start + asked.per_page]
    contents = [{"id": row.public, "gone": moment(row.gone or now)} for row in rows]
    return Page(found.count(), asked.page, asked.per_page, contents)
