"""Sends messages by e-mail in the background."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from alongside.ground.history.actor import Actor
from alongside.ground.notices import texts
from alongside.ground.notices.models import Notice
from alongside.ground.notices.sending import note_sent
from alongside.ground.people.models import PersonFacts

MACHINE = Actor.system("notices.send")


@task()
def send(notice_id: int) -> None:
    """Send one message, once. Whoever has gone meanwhile is left in peace."""
    notice = Notice.objects.select_related("to__login").filter(pk=notice_id, sent_at=None).first()
    login = getattr(notice.to, "login", None) if notice else None
    if notice is None or login is None or not login.email:
        return
    address = settings.PUBLIC_URL + (notice.link or "/my-messages/")
    with override(notice.to.lang):
        words = [notice.body, _("See it on your page: %(address)s") % {"address": address}]
    send_mail(notice.title, "\n\n".join(words) + "\n", None, [login.email])
    note_sent(by=MACHINE, notice=notice)


@task()
def send_text(notice_id: int) -> None:
    """Send one message as a text, once; the message itself stays on the person's page whatever happens here."""
    notice = Notice.objects.filter(pk=notice_id, sent_at=None).first()
    phone = PersonFacts.objects.filter(party=notice.to).values_list("phone", flat=True).first() if notice else ""
    if notice is None or not phone or not texts.connected():
        return
    address = settings.PUBLIC_URL + (notice.link or "/my-messages/")
    texts.sender().send(phone, texts.text_of(notice.title, notice.body, address))
    note_sent(by=MACHINE, notice=notice)
