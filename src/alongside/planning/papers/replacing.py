"""Papers in whose place new ones were printed: they still count for whoever sent theirs before, and for nobody else.

Nothing says which slip came with which paper. So papers of earlier prints are counted up to the number of slips that
were on the roll when the new ones were made, and no further.
"""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault
from alongside.planning.decisions.models import Decision, DecisionGroup
from alongside.planning.papers.models import OldPrint, Sheet
from alongside.planning.rolls import queries as rolls


def replace(group: DecisionGroup) -> None:
    """From here on all papers of this group are old. Called inside the action that prints new ones, with the box held,
    before these are made."""
    slips = rolls.slips_by_group(group.decision).get(group.pk, 0)
    before = Sheet.objects.filter(group=group).values_list("batch", flat=True).distinct()
    rows = [OldPrint(group=group, batch=batch, slips=slips) for batch in sorted(before)]
    OldPrint.objects.bulk_create(rows, ignore_conflicts=True)


def refuse_old(sheet: Sheet) -> None:
    """Raises Fault for a paper of an earlier print, where as many of them were read as slips had come back. Called
    inside an action that holds the box, for a paper that nobody has read."""
    prints = OldPrint.objects.filter(group=sheet.group)
    if not prints.filter(batch=sheet.batch).exists():
        return
    may_count = prints.aggregate(most=Max("slips"))["most"]
    read = Sheet.objects.filter(group=sheet.group, batch__in=prints.values("batch")).exclude(state="printed").count()
    if read >= may_count:
        raise Fault(
            "number",
            _("This paper is of an earlier print, and its slip did not come back before new ones were made. Put it"
              " aside: it does not count."),
        )  # fmt: skip


def old_papers(decision: Decision) -> tuple[int, int]:
    """How many papers of earlier prints nobody has read, and how many slips had come back for them."""
    prints = OldPrint.objects.filter(group__decision=decision)
    if not prints:
        return 0, 0
    by_group = prints.values("group").annotate(most=Max("slips")).order_by()
    batches = prints.values("batch")
    unread = Sheet.objects.filter(decision=decision, batch__in=batches, state="printed").count()
    return unread, sum(row["most"] for row in by_group)
