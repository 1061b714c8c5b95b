"""Tell a party something: on their page, and by e-mail, letter or telephone where that is how they are reached."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from alongside.ground.history.acting import action, after_commit
from alongside.ground.history.actor import Actor
from alongside.ground.notices import policy, texts
from alongside.ground.notices.models import Notice, Way
from alongside.ground.notices.tasks import send, send_text
from alongside.ground.notices.wording import Message
from alongside.ground.notices.wording import message as message
from alongside.ground.people.language import LANGUAGES, known_language, page_language
from alongside.ground.people.models import Login, Party, PersonFacts


@action("notices.tell")
def tell(
    *,
    by: Actor,
    to: Party,
    title: str | Message,
    body: str | Message,
    record: models.Model | None = None,
    link: str = "",
    lang: str = "",
) -> Notice:
    """Leave a message. The way is the one the person chose; a group reads it on its page.

    What the house says comes as a `message` and is written in the reader's language. Plain text is somebody's own
    words and stays as it is: in `lang`, or else in the language of the page they wrote on. An e-mail or a text goes
    once all this is safe; a letter waits in the print batch and a call on the list of the person who helps them.
    Whoever chose e-mail and has no address reads it on their page, and so does whoever chose texts where none
    can be sent. What is told by telephone is kept in the other language of the house as well, for a helper who does
    not read theirs.
    """
    theirs = title.in_language(to.lang) if isinstance(title, Message) else title
    own, way = lang or page_language(), _way(to)
    title_too, body_too = _in_the_other(to, title, body) if way == Way.TELEPHONE else ("", "")
    notice = Notice.objects.create(
        to=to,
        title=" ".join(theirs.split())[:200],  # the subject of an e-mail is one line
        body=body.in_language(to.lang) if isinstance(body, Message) else body,
        lang=to.lang if isinstance(title, Message) else own,
        body_lang="" if isinstance(body, Message) else own,
        title_too=" ".join(title_too.split())[:200],
        body_too=body_too,
        record_id=record.pk if record else None,
        link=link,
        way=way,
    )
    if notice.way == Way.EMAIL:
        after_commit(send.enqueue, notice.pk)
    elif notice.way == Way.TEXT:
        after_commit(send_text.enqueue, notice.pk)
    return notice


def _in_the_other(to: Party, title: str | Message, body: str | Message) -> tuple[str, str]:
    """What the house says, in the language of the two that is not the reader's; somebody's own words are not put
    into other words."""
    other = next(lang for lang in LANGUAGES if lang != known_language(to.lang))
    said = [one.in_language(other) if isinstance(one, Message) else "" for one in (title, body)]
    return said[0], said[1]


def _way(to: Party) -> str:
    """The way somebody chose, as far as they can be reached by it; else their page."""
    facts = PersonFacts.objects.filter(party=to).first()
    way = facts.contact_by if facts is not None and facts.contact_by in Way.values else Way.PAGE
    if way == Way.EMAIL and not Login.objects.filter(party=to).exclude(email=None).exists():
        return Way.PAGE
    if way == Way.TEXT and not (facts is not None and facts.phone and texts.connected()):
        return Way.PAGE
    return way


@action("notices.see", may=policy.may_read)
def see(*, by: Actor, notice: Notice) -> Notice:
    """It has been read."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=timezone.now())
    notice.refresh_from_db()
    return notice


@action("notices.forget", may=policy.may_forget)
def forget(*, by: Actor, to: Party, link: str) -> None:
    """A message that asked something which is over, or was taken back, stands nowhere any more, and is not posted."""
    Notice.objects.filter(to=to, link=link).delete()


@action("notices.hand_over", may=policy.may_hand_over)
def hand_over(*, by: Actor, notice: Notice) -> Notice:
    """A helper has posted the letter, or told the person by telephone or at a visit."""
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=timezone.now())
    notice.refresh_from_db()
    return notice
