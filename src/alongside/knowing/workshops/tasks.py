"""Asks a guest about their cards, by e-mail or by text, once all is safe."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from alongside.ground.notices.queries import connected, sender, text_of
from alongside.knowing.workshops.models import Guest
from alongside.knowing.workshops.queries import link_of, waiting, way_of


@task()
def send_question(guest_id: int) -> None:
    """Send one question. Whoever has answered meanwhile, or was taken out, is left in peace."""
    guest = Guest.objects.select_related("workshop").filter(pk=guest_id, answered_at=None).exclude(code="").first()
    if guest is None or not guest.reach:
        return
    address = settings.PUBLIC_URL + link_of(guest)
    with override(guest.lang):
        title = _("Your cards from: %(title)s") % {"title": guest.workshop.title[:120]}
        asks = _("You filled in cards. May what they say be shown on the map? Nobody else sees it until you say yes.")
        opens = _("Read them and choose here, without signing in: %(address)s") % {"address": address}
        if way_of(guest) == "email":
            said = "\n".join(f"• {card.words}" for card in waiting(guest))
            lapse = _("If you do nothing, they are wiped after 90 days.")
            send_mail(title, f"{asks}\n\n{said}\n\n{opens}\n\n{lapse}\n", None, [guest.reach])
        elif connected():
            code = f"{guest.code[:3]} {guest.code[3:]}"
            yes = _("Or answer with: YES %(code)s") % {"code": code}
            sender().send(guest.reach, text_of(title, f"{title}. {asks} {opens} {yes}", address))
