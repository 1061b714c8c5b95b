"""Have a panel drawn: write down what for and for whom, open it, have it worked out, draw, and fill what is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Party
from alongside.ground.records.actions import erase, open_record
from alongside.ground.records.models import Audience, Level
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries import policy
from alongside.planning.lotteries.beginning import begin as begin
from alongside.planning.lotteries.beginning import fill as fill
from alongside.planning.lotteries.beginning import stop as stop
from alongside.planning.lotteries.drawing import draw as draw
from alongside.planning.lotteries.drawing import lock_away
from alongside.planning.lotteries.joining import answer_seat as answer_seat
from alongside.planning.lotteries.joining import join as join
from alongside.planning.lotteries.joining import join_on_paper as join_on_paper
from alongside.planning.lotteries.joining import leave as leave
from alongside.planning.lotteries.models import Lottery, LotteryGroup, LotteryQuestion, PoolPlace, SeedWay, Stage
from alongside.planning.lotteries.queries import decisions_for
from alongside.planning.lotteries.reading import GroupGiven as GroupGiven
from alongside.planning.lotteries.reading import QuestionGiven as QuestionGiven
from alongside.planning.lotteries.work_models import LotteryWork, WorkState
from alongside.planning.lotteries.working import work_out as work_out

LARGEST, LONGEST_KEPT = 500, 730  # places on a panel, days that answers are kept
WORDS = {"title": 200, "about": 5_000, "support": 5_000, "seed_words": 300}  # letters at the most


@action("lotteries.open", may=policy.may_open, returns=Lottery)
def open_lottery(
    *, by: Actor, owner: Party, members_only: bool = False, decision: Decision | None = None, **given: Any
) -> Lottery:
    """Write down what a panel is for, how large it is, how people are paid and helped, and where the chance comes from.

    It is a draft for those who may run it until it is started. A community's is at its level and can be for its
    members' eyes alone; an organisation's is for the whole area. It may take part in a decision that they look after.
    Raises Fault for what is missing or cannot be.
    """
    assert by.person is not None
    fields = _checked(given)
    if decision is not None and decision not in decisions_for(by):
        raise Fault("decision", _("Choose a decision that you look after and that is not over"))
    ours = owner.kind == Kind.COMMUNITY
    record = open_record(
        by=by,
        kind="lottery",
        owner=owner,
        audience=Audience.COMMUNITY if ours and members_only else Audience.EVERYONE,
        community=owner if ours and members_only else None,
        level=Level.COMMUNITY if ours else Level.WIDE_AREA,
    )
    return Lottery.objects.create(
        record=record, run_by=by.person, decision=decision, first_size=fields["size"], **fields
    )


@action("lotteries.change", may=policy.may_run, returns=Lottery)
def change(*, by: Actor, lottery: Lottery, **given: Any) -> Lottery:
    """Change what is written while it is a draft. Raises Fault once people can say yes: they said it to these words."""
    _must_be(lottery, Stage.WRITING)
    fields = _checked(given)
    for name, value in {**fields, "first_size": fields["size"]}.items():
        setattr(lottery, name, value)
    lottery.save(update_fields=[*fields, "first_size"])
    return lottery


@action("lotteries.put_groups", may=policy.may_run, returns=Lottery)
def put_groups(*, by: Actor, lottery: Lottery, questions: Sequence[QuestionGiven]) -> Lottery:
    """Put these questions and groups in the place of those before. Only in a draft."""
    _must_be(lottery, Stage.WRITING)
    lottery.questions.all().delete()
    for position, one in enumerate(questions):
        question = LotteryQuestion.objects.create(lottery=lottery, position=position, words=one.words)
        LotteryGroup.objects.bulk_create(
            LotteryGroup(
                question=question,
                position=n,
                words=group.words,
                least=group.least,
                most=group.most,
                first_least=group.least,
                first_most=group.most,
            )
            for n, group in enumerate(one.groups)
        )
    return lottery


@action("lotteries.start", may=policy.may_run, returns=Lottery)
def start(*, by: Actor, lottery: Lottery) -> Lottery:
    """From now on people can say yes, and nothing of it changes. Where the chance is a secret number it is made now,
    and its mark (SHA-256) is shown from the first day. Raises Fault without groups, and for a last day that is past."""
    _must_be(lottery, Stage.WRITING)
    if not lottery.questions.exists():
        raise Fault("groups", _("Say first which groups of people the panel needs"))
    if lottery.join_until < timezone.localdate():
        raise Fault("join_until", _("Choose a last day for saying yes that is still to come"))
    if lottery.seed_way == SeedWay.OURS:
        lock_away(lottery)
    lottery.stage = Stage.JOINING
    lottery.save(update_fields=["stage", "secret", "committed"])
    return lottery


@action("lotteries.keep_open", may=policy.may_run, returns=Lottery)
def keep_open(*, by: Actor, lottery: Lottery, join_until: date) -> Lottery:
    """Give people more days to say yes, before any panel is worked out. Never fewer days than were told.

    Raises Fault while one is being worked out: whoever came then would have no number.
    """
    _must_be(lottery, Stage.JOINING)
    if lottery.works.filter(state__in=[WorkState.WAITING, WorkState.GOING]).exists():
        raise Fault("join_until", _("The panels are being worked out. Stop that first"))
    if not max(lottery.join_until, timezone.localdate()) < join_until < lottery.delete_on:
        raise Fault("join_until", _("Choose a day after the last one, and before all answers are deleted"))
    lottery.join_until = join_until
    lottery.save(update_fields=["join_until"])
    return lottery


@action("lotteries.loosen", may=policy.may_run, returns=Lottery)
def loosen(*, by: Actor, lottery: Lottery, work: LotteryWork, way: int) -> Lottery:
    """Take one of the ways that were found where no panel could be made. What was asked for at first stays to be
    seen beside it. Raises Fault for a way of an earlier working out."""
    last = lottery.works.order_by("-pk").first()
    changes = list(work.changes.filter(way=way).select_related("group"))
    if last != work or work.state != WorkState.TIGHT or not changes:
        raise Fault("way", _("Something has changed since. Look at the page again"))
    for one in changes:
        if one.group is None:
            lottery.size = one.least
            lottery.save(update_fields=["size"])
        else:
            LotteryGroup.objects.filter(pk=one.group.pk).update(least=one.least, most=one.most)
    LotteryWork.objects.filter(pk=work.pk).update(state=WorkState.STOPPED)
    return lottery


@action("lotteries.delete_due", may=policy.may_work)
def delete_due(*, by: Actor) -> int:
    """Once a day: where the day has come, everybody's answers and names go for good. The figures stay. How many
    places there were."""
    due = Lottery.objects.filter(delete_on__lte=timezone.localdate()).exclude(stage__in=[Stage.WRITING, Stage.OVER])
    gone = 0
    for lottery in due:
        for place in PoolPlace.objects.filter(lottery=lottery).select_related("record"):
            erase(by=by, record=place.record)
            gone += 1
        LotteryWork.objects.filter(lottery=lottery, state__in=[WorkState.WAITING, WorkState.GOING]).update(
            state=WorkState.STOPPED
        )
        Lottery.objects.filter(pk=lottery.pk).update(stage=Stage.OVER)
    return gone


def _must_be(lottery: Lottery, *stages: str) -> None:
    """Read its stage afresh, under its lock, so that of two who press at once the second hears so."""
    lottery.stage = Lottery.objects.select_for_update().values_list("stage", flat=True).get(pk=lottery.pk)
    if lottery.stage not in stages:
        raise Fault("stage", _("This cannot be changed any more. Look at the page again"))


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a draft, with every fault said."""
    fields = {name: value for name, value in given.items() if value is not None}
    for name, longest in WORDS.items():
        fields[name] = str(fields.get(name, "")).replace("\x00", "").strip()
        if len(fields[name]) > longest:
            raise Fault(name, _("Use %(most)d letters or fewer") % {"most": longest})
    if not fields["title"]:
        raise Fault("title", _("Write what the panel is for"))
    if not fields["about"]:
        raise Fault("about", _("Write what the panel will do"))
    if not fields["support"]:
        raise Fault("support", _("Write how people are paid and helped to take part"))
    if fields.get("seed_way") in (SeedWay.PUBLIC, SeedWay.BALLS) and not fields["seed_words"]:
        raise Fault("seed_words", _("Write which numbers it will be, or who draws them and where"))
    if not 2 <= fields["size"] <= LARGEST:
        raise Fault("size", _("Choose from 2 to 500 people"))
    _check_days(fields["join_until"], fields["delete_on"])
    return fields


def _check_days(join_until: date, delete_on: date) -> None:
    today = timezone.localdate()
    if join_until < today:
        raise Fault("join_until", _("Choose a day that is still to come"))
    if delete_on <= join_until:
        raise Fault("delete_on", _("Choose a day after the last day for saying yes"))
    if (delete_on - join_until).days > LONGEST_KEPT:
        raise Fault("delete_on", _("Keep answers for two years at the most"))
