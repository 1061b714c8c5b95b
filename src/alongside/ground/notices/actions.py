"""Tell a party something: on their page, and by letter or telephone where that is how they are reached."""

from __future__ import annotations

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice, Way
from alongside.ground.people.models import Party, PersonFacts
from alongside.ground.records.models import Record


@action("notices.tell")
def tell(*, by: Actor, to: Party, title: str, body: str, record: Record | None = None, link: str = "") -> Notice:
    """Leave a message. The way is the one the person chose; a group reads it on its page."""
    chosen = PersonFacts.objects.filter(party=to).values_list("contact_by", flat=True).first()
    way = chosen if chosen in Way.values else Way.PAGE
    return Notice.objects.create(to=to, title=title[:200], body=body, record=record, link=link, way=way)
