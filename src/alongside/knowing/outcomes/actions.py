"""Say what is wanted, in one's own words; wish for what is not here yet; change one's mind. Book chapters 3, 7, 9."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import message, tell
from alongside.ground.people.models import Party
from alongside.ground.people.queries import blocked_between
from alongside.ground.records.actions import end, open_record
from alongside.ground.records.models import Audience
from alongside.knowing.outcomes import policy
from alongside.knowing.outcomes.models import Outcome, Wish, WishState
from alongside.knowing.outcomes.queries import life_domains

LONGEST = 20_000  # letters; longer than anybody writes, shorter than anybody could harm


@action("outcomes.want", may=policy.may_want, returns=Outcome)
def want(
    *,
    by: Actor,
    owner: Party,
    words: str,
    domain: str = "",
    measure: str = "",
    serves: Outcome | None = None,
    audience: str = Audience.ME,
    countable: bool = False,
) -> Outcome:
    """Somebody wants something. Only they see it and it is not counted, unless they choose otherwise.

    Raises Fault without words, with far too many, or for a part of life that is not in the list.
    """
    record = open_record(by=by, kind="outcome", owner=owner, audience=audience, countable=countable)
    return Outcome.objects.create(
        record=record,
        words=_words(words, _("Write what you want")),
        domain=_domain(domain),
        measure=measure.strip(),
        serves=serves,
    )


@action("outcomes.change", may=policy.may_change)
def change(
    *,
    by: Actor,
    outcome: Outcome,
    words: str | None = None,
    domain: str | None = None,
    measure: str | None = None,
    progress: int | None = None,
) -> Outcome:
    """Say it in other words, or say how it is going (0 to 5). What is None stays as it is."""
    if words is not None:
        outcome.words = _words(words, _("Write what you want"))
    if domain is not None:
        outcome.domain = _domain(domain)
    if measure is not None:
        outcome.measure = measure.strip()
    if progress is not None:
        if not 0 <= progress <= 5:
            raise Fault("progress", _("Choose a number from 0 to 5"))
        outcome.progress = progress
    outcome.save(update_fields=["words", "domain", "measure", "progress"])
    return outcome


@action("outcomes.drop", may=policy.may_change)
def drop(*, by: Actor, outcome: Outcome) -> Outcome:
    """Not wanted any more. It leaves every plan and list; the owner can still read it."""
    end(by=Actor.system("outcomes.drop"), record=outcome.record)
    return outcome


@action("outcomes.wish", may=policy.may_want, returns=Wish)
def wish(
    *,
    by: Actor,
    owner: Party,
    words: str,
    domain: str = "",
    kind: str = "",
    minutes_week: int | None = None,
    when_words: str = "",
    outcome: Outcome | None = None,
    audience: str = Audience.ME,
    community: Party | None = None,
    countable: bool = False,
    waits_for: Party | None = None,
) -> Wish:
    """Ask for something that is not found yet. `waits_for` is the party somebody hopes to hear from.

    Raises Fault as `want` does. What somebody without an account wishes in public waits for a steward.
    """
    record = open_record(by=by, kind="wish", owner=owner, audience=audience, community=community, countable=countable)
    return Wish.objects.create(
        record=record,
        words=_words(words, _("Write what you wish for")),
        domain=_domain(domain),
        kind=kind,
        minutes_week=minutes_week,
        when_words=when_words[:200],
        outcome=outcome,
        waits_for=waits_for,
    )


@action("outcomes.could", may=policy.may_answer_wish)
def could(*, by: Actor, wish: Wish) -> None:
    """Somebody could do what a wish asks for: who wished it hears so, without any name on either side.

    The caller gives a `key` that is the same for the same wish, so that one party tells once. Between two who want
    nothing of each other nobody hears of it, and whoever pressed cannot tell.
    """
    owner = wish.record.owner
    if by.party is not None and owner.pk in blocked_between(by.party):
        return
    title = message("Somebody may have what you wish for")
    body = message(
        "You wished: “%(wish)s” They are thinking about what they can offer. Nobody was told your name.",
        wish=wish.words[:200],
    )
    link = f"/wish/{wish.record.key}/"
    tell(by=Actor.system("outcomes.could"), to=owner, title=title, body=body, record=wish.record, link=link)


@action("outcomes.settle_wish", may=policy.may_change_wish)
def settle_wish(*, by: Actor, wish: Wish, met: bool) -> Wish:
    """A wish came true, or is not wanted any more."""
    wish.state = WishState.MET if met else WishState.DROPPED
    wish.save(update_fields=["state"])
    end(by=Actor.system("outcomes.settle_wish"), record=wish.record)
    return wish


def _words(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise Fault("words", missing)
    if len(words) > LONGEST:
        raise Fault("words", _("That is too long to keep here. Use fewer than 20,000 letters."))
    return words


def _domain(domain: str) -> str:
    if domain and domain not in {known["key"] for known in life_domains()}:
        raise Fault("domain", _("Choose a part of life from the list"))
    return domain
