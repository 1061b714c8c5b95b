"""Notes what has gone out, so that whoever reads the feed can be told what is gone."""

from __future__ import annotations

from django.utils import timezone

from alongside.exchange.openreferral import policy, queries
from alongside.exchange.openreferral.models import Published
from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import wide_statements

ANYONE = Actor.anyone()


@action("openreferral.note_published", may=policy.may_note)
def note_published(*, by: Actor) -> int:
    """Once a day: keep the ids of what is new in the feed, and the day on which others left it. How many changed.

    What came and went between two counts is not in the list of what is gone.
    """
    now = timezone.now()
    here = policy.leaving(ANYONE).values("pk")
    back = Published.objects.filter(record__in=here).exclude(gone=None).update(gone=None)
    gone = Published.objects.filter(gone=None).exclude(record__in=here).update(gone=now)
    known = Published.objects.values("record")
    fresh = 0
    with wide_statements():
        for batch in queries.batches(queries.leaving(ANYONE).exclude(pk__in=known)):
            ids = queries.public_ids(ANYONE, batch)
            Published.objects.bulk_create(
                (Published(record_id=pk, public=public) for pk, public in ids.items()), ignore_conflicts=True
            )
            fresh += len(ids)
    return back + gone + fresh
