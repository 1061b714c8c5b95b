"""Look for likely duplicates, and keep what people decide about them. Nothing is ever merged by itself."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import message, tell
from alongside.ground.records.actions import end, move_many
from alongside.ground.records.models import Record, State
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import LinkKind
from alongside.knowing.duplicates import policy, queries
from alongside.knowing.duplicates.models import LikelyPair, Merging, PairState
from alongside.methods.likeness import alike

MOST_ASKED = 50  # pairs that one steward asks about in a day
MACHINE = Actor.system("duplicates")


@action("duplicates.look_for", may=policy.may_look_for)
def look_for(*, by: Actor) -> int:
    """Compare all that anyone may see, and keep the likely pairs for people. How many are new.

    What was decided about a pair stands; a pair that nobody has looked at yet gets its new score.
    """
    found = alike(queries.things())
    known = {(row.one_id, row.other_id): row for row in LikelyPair.objects.all()}
    fresh, again = [], []
    for each in found:
        one, other = sorted((int(each.one), int(each.other)))
        reasons = " ".join(reason.code for reason in each.reasons)[:300]
        row = known.get((one, other))
        if row is None:
            fresh.append(LikelyPair(one_id=one, other_id=other, score=each.score, reasons=reasons))
        elif row.state in queries.OPEN and (row.score, row.reasons) != (each.score, reasons):
            row.score, row.reasons = each.score, reasons
            again.append(row)
    LikelyPair.objects.bulk_create(fresh, batch_size=200)
    LikelyPair.objects.bulk_update(again, ["score", "reasons"], batch_size=200)
    return len(fresh)


@action("duplicates.say_different", may=policy.may_say)
def say_different(*, by: Actor, pair: LikelyPair) -> LikelyPair:
    """They are not the same. That is remembered: the pair is not offered again.

    Raises Fault where they have become one meanwhile: that is undone, so that what ended stands again.
    """
    now = LikelyPair.objects.select_for_update().get(pk=pair.pk)
    if now.state == PairState.MERGED:
        raise Fault("do", _("One of them has ended already"))
    return _decided(by, now, PairState.DIFFERENT)


@action("duplicates.ask_holders", may=policy.may_ask)
def ask_holders(*, by: Actor, pair: LikelyPair) -> LikelyPair:
    """Ask those who hold the two whether they are one; each is told once, and sees only what anyone may see.

    Refused where the same steward has asked about many today.
    """
    if by.person is not None and not still_today(caller=f"same {by.person.pk}", most=MOST_ASKED):
        raise Refused(_("You have asked about many today. Go on tomorrow."))
    if not LikelyPair.objects.filter(pk=pair.pk, state=PairState.WAITING).update(state=PairState.ASKED):
        return pair
    pair.refresh_from_db()
    body = message(
        "Two things in the list look alike, and one of them is yours. Are they the same? You decide about yours."
    )
    for owner in {record.owner for record in (pair.one, pair.other)}:
        tell(by=MACHINE, to=owner, title=message("Is this the same thing?"), body=body, link=f"/same/{pair.key}/")
    return pair


@action("duplicates.merge", may=policy.may_merge)
def merge(*, by: Actor, pair: LikelyPair, stays: Record) -> Merging:
    """They are the same: `stays` goes on for both. The other ends, whole, with a link on to what stays, and comes back
    when this is undone. What a list called it still points to it, so the list does not bring it in anew.

    Raises Fault where one of them has ended meanwhile, or `stays` is neither.
    """
    if stays.pk not in (pair.one_id, pair.other_id):
        raise Fault("stays", _("Choose one of the two"))
    rows = Record.objects.select_for_update().filter(pk__in=(pair.one_id, pair.other_id))
    both = {record.pk: record for record in rows}
    gone = both[pair.other_id if stays.pk == pair.one_id else pair.one_id]
    if any(record.state not in (State.LIVE, State.STALE) for record in both.values()):
        raise Fault("stays", _("One of them has ended already"))
    made = Merging.objects.create(pair=pair, gone=gone, stays=stays, was=gone.state, by=by.party)
    end(by=MACHINE, record=gone)
    tie(by=MACHINE, src=gone, dst=stays, kind=LinkKind.LED_TO)
    _decided(by, pair, PairState.MERGED)
    if gone.owner_id != (by.party.pk if by.party else None):
        said = message(
            "What you offer stands in the list once now, with what is the same. If that is wrong, undo it there."
        )
        link = f"/same/{pair.key}/"
        tell(by=MACHINE, to=gone.owner, title=message("Two things have become one"), body=said, link=link)
    return made


@action("duplicates.undo", may=policy.may_undo)
def undo(*, by: Actor, merging: Merging) -> Merging:
    """It was not the same after all: what ended stands again as it was, and the pair counts as different."""
    if Merging.objects.filter(pk=merging.pk, undone=None).update(undone=timezone.now()):
        move_many(by=MACHINE, records=[merging.gone_id], state=merging.was)
        _decided(by, merging.pair, PairState.DIFFERENT)
    merging.refresh_from_db()
    return merging


def _decided(by: Actor, pair: LikelyPair, state: str) -> LikelyPair:
    pair.state, pair.decided, pair.decided_by = state, timezone.now(), by.party
    pair.save(update_fields=["state", "decided", "decided_by"])
    return pair
