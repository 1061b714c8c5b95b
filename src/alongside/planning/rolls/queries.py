"""Who has a place and who took part, as far as each may know it: for whoever asks their own, for all the turnout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from alongside.ground.history.acting import demand
from alongside.ground.history.actor import Actor
from alongside.methods.say.effect import together
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import OUR_SIDES, Basis, Decision
from alongside.planning.decisions.way_models import Way
from alongside.planning.rolls import codes, policy
from alongside.planning.rolls.affected import affected_groups as affected_groups
from alongside.planning.rolls.affected import confirms_for as confirms_for
from alongside.planning.rolls.affected import how_put as how_put
from alongside.planning.rolls.affected import is_before as is_before
from alongside.planning.rolls.affected import numbers as numbers
from alongside.planning.rolls.affected import waiting_rows
from alongside.planning.rolls.alike import pairs
from alongside.planning.rolls.belonging import came_late as came_late
from alongside.planning.rolls.helped import disputed as disputed
from alongside.planning.rolls.helped import helped as helped
from alongside.planning.rolls.helped import my_help as my_help
from alongside.planning.rolls.members import may_put_members as may_put_members
from alongside.planning.rolls.models import Channel, Roll, Seat
from alongside.planning.rolls.policy import may_take_part as may_take_part
from alongside.planning.rolls.standing import Standing as Standing
from alongside.planning.rolls.standing import groups_for as groups_for
from alongside.planning.rolls.standing import standings as standings
from alongside.planning.rolls.vouching import can_vouch as can_vouch


@dataclass(frozen=True)
class Turnout:
    """How many took part, and by which ways: ways with few are told together, so that nobody is picked out."""

    total: int
    ways: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def named(self) -> list[tuple[str, int]]:
        """The ways in words, for a page."""
        labels = dict(Channel.choices)
        return [(", ".join(str(labels[way]) for way in ways), n) for ways, n in self.ways]


def is_code(decision: Decision, code: str) -> bool:
    """Whether this is one of the codes of a decision, used or not."""
    return Seat.objects.filter(decision=decision, code_hash=codes.hashed(code), ended=False).exists()


def answers_for_it(standing: Standing) -> bool:
    """Whether this is an organisation outside people and communities. Where fewer than five of its group choose, its
    choice can be worked out from what is published; how many will is known to nobody before, so all are told."""
    return not standing.party.is_person and standing.group.side not in OUR_SIDES


def took_part(decision: Decision) -> int:
    """How many places are on the roll."""
    return Roll.objects.filter(decision=decision).count()


def by_channel(decision: Decision) -> dict[str, int]:
    """How many took part in each way. For sums, never for a page that everybody sees: `turnout` is."""
    counts = Counter(Roll.objects.filter(decision=decision).values_list("channel", flat=True))
    return {str(way): counts[way] for way in Channel.values if counts[way]}


def slips_by_group(decision: Decision) -> dict[int, int]:
    """How many slips of each group came back, by the group's row."""
    rows = Roll.objects.filter(decision=decision, channel=Channel.PAPER)
    return dict(rows.values_list("seat__group").annotate(n=Count("pk")).order_by())


def turnout(decision: Decision) -> Turnout:
    """The turnout as anybody may read it."""
    counts = by_channel(decision)
    rows = together(list(counts), counts)
    return Turnout(sum(counts.values()), tuple((row, sum(counts[way] for way in row)) for row in rows))


def twice(decision: Decision) -> int:
    """How many places were used by somebody who took part from another place as well."""
    return Seat.objects.filter(decision=decision, twice=True).count()


def people_with_two_places() -> Iterator[str]:
    """For `alongside check`: everybody who has two places in one decision; a constraint forbids it, also of those
    whose pages were joined."""
    rows = Seat.objects.exclude(party=None).values("decision", "party__merged_into").exclude(party__merged_into=None)
    for row in rows:
        yield f"somebody in decision {row['decision']} has a place under a page that was joined with another"
    yield from _by_no_way()
    yield from _affected_by_word()


def _by_no_way() -> Iterator[str]:
    """Places by a way that their decision does not have: beside it one person could have another."""
    ways = decisions.ways_by_decision()
    rows = Seat.objects.exclude(way=Way.LIST).exclude(decision__terms__basis=Basis.OWN_LIFE)
    for decision, way in rows.values_list("decision", "way").distinct().order_by("decision", "way"):
        if way not in ways.get(decision, ()):
            yield f"decision {decision} has places by a way in that it does not have ({way})"
    named = Seat.objects.filter(way=Way.LIST, decision__ways__way=Way.CODE).exclude(party__kind="organisation")
    for decision in named.exclude(party__kind="community").values_list("decision", flat=True).distinct():
        yield f"decision {decision} has people on a list beside codes that are bound to nobody"


def _affected_by_word() -> Iterator[str]:
    """Places on the roll of people directly affected that nobody but themselves put there."""
    rows = Seat.objects.filter(group__affected=True, confirmed_by=None, way__in=(Way.MEMBER, Way.VOUCHED))
    rows = rows.filter(pk__in=Roll.objects.values("seat")).exclude(decision__terms__basis=Basis.OWN_LIFE)
    for decision in rows.values_list("decision", flat=True).distinct():
        yield f"somebody in decision {decision} counts as directly affected on their own word"


@dataclass(frozen=True)
class Places:
    """The roll in figures, for those who keep it: places by way in, and those taken back, used and twice used."""

    by_way: dict[str, int]
    ended: int
    took_part: int
    slips: int
    twice: int


def places(viewer: Actor, decision: Decision) -> Places:
    """The figures of the roll, for those who keep it. Raises Refused for everybody else."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    rows = Seat.objects.filter(decision=decision)
    ways = dict(rows.filter(ended=False).values_list("way").annotate(n=Count("pk")))
    channels = by_channel(decision)
    return Places(
        {str(way): ways[way] for way in Way.values if way in ways},
        rows.filter(ended=True).count(),
        sum(channels.values()),
        channels.get(Channel.PAPER, 0),
        twice(decision),
    )


def batches(viewer: Actor, decision: Decision) -> list[tuple[str, int, int]]:
    """Each batch of codes: its name, how many it has and how many of them were used. For those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    rows = Seat.objects.filter(decision=decision, ended=False).exclude(batch="")
    used = Count("pk", filter=Q(pk__in=Roll.objects.filter(decision=decision).values("seat")))
    return list(rows.values_list("batch").annotate(n=Count("pk"), used=used).order_by("batch"))


def unused(viewer: Actor, decision: Decision, batch: str = "") -> QuerySet[Seat]:
    """Places that nobody has used, of a batch or by name, for those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    took = Roll.objects.filter(decision=decision).values("seat")
    rows = Seat.objects.filter(decision=decision, ended=False).exclude(pk__in=took)
    return rows.filter(batch=batch) if batch else rows


def listed(viewer: Actor, decision: Decision) -> list[tuple[Seat, bool]]:
    """Everybody on the list, by name; and once the vote is over, whether they took part. Before, nobody sees who has
    not, so that nobody is leant on."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    took = set(Roll.objects.filter(decision=decision).values_list("seat", flat=True)) if is_over(decision) else set()
    rows = Seat.objects.filter(decision=decision, way=Way.LIST, ended=False).select_related("party", "group")
    return sorted(((seat, seat.pk in took) for seat in rows), key=lambda row: _name(row[0]).casefold())


def is_over(decision: Decision) -> bool:
    """Whether the last day of the vote is past."""
    vote = decisions.phase(decision, "vote")
    return vote is not None and vote.until < decisions.today()


def vouched(viewer: Actor, decision: Decision) -> list[Seat]:
    """Who vouched for whom, for those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    rows = Seat.objects.filter(decision=decision, way=Way.VOUCHED, ended=False).select_related("vouched_by")
    return sorted(rows, key=lambda seat: (seat.vouched_by.shown_name if seat.vouched_by else "", seat.name))


def alike_names(viewer: Actor, decision: Decision) -> list[tuple[str, str]]:
    """Names that are likely one person's, for those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    return pairs(decision)


def waiting(viewer: Actor, decision: Decision) -> list[Seat]:
    """Who says that they are directly affected and waits for somebody to confirm it, for those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    return sorted(waiting_rows(decision), key=lambda seat: _name(seat).casefold())


def confirmed(viewer: Actor, decision: Decision) -> list[tuple[str, str]]:
    """Who counts as directly affected because somebody confirmed it, and who did, for those who keep the roll."""
    demand(policy.may_keep_roll, by=viewer, decision=decision)
    rows = Seat.objects.filter(decision=decision, ended=False).exclude(confirmed_by=None)
    found = [(_name(seat), seat.confirmed_by) for seat in rows.select_related("party", "confirmed_by")]
    return sorted((name, by.shown_name) for name, by in found if by is not None)


def my_vouches(viewer: Actor, decision: Decision) -> list[str]:
    """The neighbours for whom this viewer vouched."""
    if viewer.party is None:
        return []
    rows = Seat.objects.filter(decision=decision, vouched_by=viewer.party, ended=False)
    return sorted(rows.values_list("name", flat=True))


def _name(seat: Seat) -> str:
    return seat.party.shown_name if seat.party else seat.name
