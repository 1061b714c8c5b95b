"""What the machine notes of a message that it has sent, in the background, by e-mail or as a text."""

from __future__ import annotations

from django.utils import timezone

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.notices import policy
from alongside.ground.notices.models import Notice


@action("notices.note_sent", may=policy.may_note_sent)
def note_sent(*, by: Actor, notice: Notice) -> Notice:
    """It is on its way; noted once, so that it is not sent again. Refuses all but the machine."""
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=timezone.now())
    notice.refresh_from_db()
    return notice
