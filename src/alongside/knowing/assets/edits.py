"""Go back to an earlier version; and where a community looks at changes first, let one count or send it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history import versions
from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Standing, Version
from alongside.ground.notices.actions import message, tell
from alongside.ground.records import actions as records
from alongside.knowing.assets import policy
from alongside.knowing.assets import versions as written
from alongside.knowing.assets.models import Asset

LONGEST = 2_000


@action("assets.restore", may=policy.may_change, returns=Asset)
def restore(*, by: Actor, asset: Asset, version: Version) -> Asset:
    """Say again what an earlier version said. That is a change like any other: it makes a version of its own, waits
    where changes wait, and leaves all others. Who may see it and where it is stay as they are now.

    Raises Fault for a version of something else.
    """
    if version.record_id != asset.pk:
        raise Fault("version", _("Choose one of these"))
    written.take(by, asset, lambda: written.put_back(asset, version.body))
    asset.confirmed_on = timezone.localdate()
    asset.save(update_fields=["confirmed_on"])
    records.revise_many(by=by, records=[asset.pk])
    return asset


@action("assets.let_edit", may=policy.may_look_over, returns=Asset)
def let_edit(*, by: Actor, version: Version) -> Asset:
    """A change that waited counts now, and its holder hears so. One that waits no more changes nothing."""
    asset = Asset.objects.select_related("record__owner").get(pk=version.record_id)
    still = Version.objects.filter(pk=version.pk, standing=Standing.WAITS).exists()
    if still and written.take_up_waiting(asset):
        records.revise_many(by=by, records=[asset.pk])
        title = message("Your change counts now")
        body = message("What you changed in “%(title)s” is shown now.", title=asset.title)
        tell(by=Actor.system("let_edit"), to=asset.record.owner, title=title, body=body, record=asset.record)
    return asset


@action("assets.send_back", may=policy.may_look_over, returns=Asset)
def send_back(*, by: Actor, version: Version, words: str) -> Asset:
    """A change that waited does not count; its holder reads why, and may change it again. Others go on reading what
    stood before. Raises Fault without words, or with more than 2,000 letters.
    """
    words = words.replace("\x00", "").strip()
    if not words:
        raise Fault("words", _("Write a reason. The person will read it."))
    if len(words) > LONGEST:
        raise Fault("words", _("Use %(most)d letters or fewer") % {"most": LONGEST})
    asset = Asset.objects.select_related("record__owner").get(pk=version.record_id)
    if versions.answer(version, Standing.SENT_BACK, words):
        title = message("Your change was sent back")
        tell(by=Actor.system("send_back"), to=asset.record.owner, title=title, body=words, record=asset.record)
    return asset


@action("assets.count_edits", may=policy.may_age)
def count_edits(*, by: Actor) -> int:
    """Let the changes count that nobody has looked at in time. How many there were."""
    over = Version.objects.filter(standing=Standing.WAITS, waits_until__lte=timezone.now()).order_by("pk")
    for version in list(over):
        let_edit(by=by, version=version)
    return len(over)
