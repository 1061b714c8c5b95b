"""What each hears of an introduction: written by the machine, in their language, and never with a name."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.doing.connecting import queries
from alongside.doing.connecting.models import Introduction, Part, Side
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.notices.wording import Message
from alongside.ground.people.language import page_language
from alongside.ground.people.models import Party
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish

MACHINE = Actor.system("introduction")


def asked(side: Side, words: str) -> None:
    """Somebody is asked whether they want to be introduced."""
    asset = side.introduction.asset
    given = {"title": asset.title[:120] if asset else "", "words": words}
    with override(side.record.owner.lang):
        if side.part == Part.WISHER:
            title = _("Somebody may have what you wish for: %(title)s") % given
        else:
            title = _("Somebody wishes for something you share: %(title)s") % given
        said = _("They say: “%(words)s”") % given if words else ""
        body = _("You can say yes, or not this time. Nobody is told your name before you both say yes.")
        _tell(side, title, "\n".join(filter(None, [said, body])))


def not_this_time(introduction: Introduction, side: Side | None) -> None:
    """The other said no: the one who had said yes hears that and no more, and so does who introduced them."""
    if side is not None and side.said == "yes":
        with override(side.record.owner.lang):
            title = _("Not this time: %(title)s") % {"title": _thing(introduction, side.record.owner)}
            _tell(side, title, _("It was not possible this time. No reason was asked. There may be something else."))
    introducer(introduction, agreed=False)


def over(introduction: Introduction, side: Side) -> None:
    with override(side.record.owner.lang):
        title = _("It has come to an end: %(title)s") % {"title": _thing(introduction, side.record.owner)}
        _tell(side, title, _("You can say how it went, and look for something else."))


def both_said_yes(introduction: Introduction, side: Side) -> None:
    with override(side.record.owner.lang):
        title = _("You both said yes: %(title)s") % {"title": _thing(introduction, side.record.owner)}
        _tell(side, title, _("On your page you can see each other’s name, and how to reach each other."))


def how_did_it_go(introduction: Introduction, side: Side) -> None:
    with override(side.record.owner.lang):
        title = _("How did it go? %(title)s") % {"title": _thing(introduction, side.record.owner)}
        _tell(side, title, _("Say whether it helped, in one tap. Only what you choose is told to the other."))


def thanks(introduction: Introduction, side: Side, words: str) -> None:
    written_in = page_language()  # of whoever says it, not of who reads it
    with override(side.record.owner.lang):
        title = message("Thank you, for: %(title)s", title=_thing(introduction, side.record.owner))
        _tell(side, title, words, written_in)


def introducer(introduction: Introduction, *, agreed: bool) -> None:
    """Whoever brought them together hears what came of it, and not who answered what."""
    who = introduction.introducer
    if who is None:
        return
    with override(who.lang):
        said = _("They both said yes: %(title)s") if agreed else _("Not this time: %(title)s")
        body = _("See what to do next on your page of introductions.")
        title = said % {"title": _thing(introduction, who)}
        tell(by=MACHINE, to=who, title=title, body=body, link="/introductions/")


def something_fits(wish: Wish, asset: Asset) -> None:
    """A wish tells its owner, and nobody else, that something fits."""
    owner = wish.record.owner
    with override(owner.lang):
        title = _("This may fit what you wish for: %(title)s") % {"title": asset.title[:120]}
        body = _("You wished: “%(wish)s” Have a look. Nobody knows of your wish through this.") % {
            "wish": wish.words[:200]
        }
        tell(by=MACHINE, to=owner, title=title, body=body, record=wish.record, link=f"/introduce/{wish.record.key}/")


def _thing(introduction: Introduction, reader: Party) -> str:
    return queries.thing_for(reader, introduction) or _("something shared")


def _tell(side: Side, title: str | Message, body: str, lang: str = "") -> None:
    link = f"/introductions/{side.record.key}/"
    tell(by=MACHINE, to=side.record.owner, title=title, body=body, record=side.record, link=link, lang=lang)
