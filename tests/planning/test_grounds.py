"""On what a decision about somebody's own life rests: what they want, who supported them, and what was sure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.records.actions import leave_for_good
from alongside.ground.records.queries import export
from alongside.planning.answers import actions, queries
from alongside.planning.answers.actions import Said
from alongside.planning.answers.models import Grounds
from alongside.planning.decisions.actions import conclude
from alongside.planning.decisions.models import Decision
from tests.cast import MACHINE, Cast
from tests.planning.deciding import NOW_VOTING, OURS, fresh, opened
from tests.planning.thinking import RTL, told
from tests.together import together

pytestmark = pytest.mark.django_db
SAID = Said(
    wanted="She smiles at the garden and turns away from the lift",
    shown="showed",
    supported_by="Tom, her brother, and an advocate",
    made_sure="We went there twice, with pictures, on a good day",
)
AGAINST = replace(
    SAID,
    differs=True,
    differs_how="A lock on the gate at night",
    differs_why="She was found on the main road twice",
    not_able="Dr Rees, on 3 May, after we had tried pictures and time",
    less="A bell on the gate: nobody is there at night",
    told="With pictures. She can turn to her advocate",
)


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """Mair decided about her own life."""
    it = opened(cast, cast.resident, question="Where shall I live?", when=NOW_VOTING)
    conclude(by=MACHINE, decision=it, stage="decided")
    return fresh(it)


def grounds(cast: Cast, decision: Decision, said: Said = SAID, by: Any = None, **given: Any) -> Grounds:
    return actions.ground(by=by or cast.carer.helps(cast.resident), decision=decision, said=said, **given)


def test_whoever_helps_writes_it_down_the_person_is_told_and_says_it_anew(cast: Cast, decision: Decision) -> None:
    first = grounds(cast, decision)
    assert (first.n, first.by, first.differs) == (1, cast.carer.party, False)
    assert told(cast.resident)[-1] == "It is written down how this was decided with you. Is it right?"
    second = grounds(cast, decision, replace(SAID, wanted="I want to stay"), by=cast.resident.actor)
    assert queries.grounds(cast.resident.actor, decision) == [second, first]
    assert second.by == cast.resident.party and Notice.objects.filter(to=cast.resident.party).count() == 1
    assert "garden" not in str(Event.objects.values_list()) + str(Notice.objects.values_list())


def test_what_goes_against_a_wish_needs_all_its_grounds(cast: Cast, decision: Decision) -> None:
    for name in ("differs_how", "differs_why", "not_able", "less", "told"):
        with pytest.raises(Fault) as fault:
            grounds(cast, decision, replace(AGAINST, **{name: " "}))
        assert fault.value.field == name
    made = grounds(cast, decision, AGAINST)
    assert made.not_able == AGAINST.not_able
    kind = grounds(cast, decision, replace(AGAINST, differs=False))
    assert (kind.differs_how, kind.not_able) == ("", "")  # nothing is kept that was not asked for
    with pytest.raises(IntegrityError), transaction.atomic():
        Grounds.objects.filter(pk=made.pk).update(less="")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"wanted": " "}, "wanted"),
        ({"wanted": RTL}, "wanted"),
        ({"supported_by": ""}, "supported_by"),
        ({"made_sure": "\x00"}, "made_sure"),
        ({"shown": "guessed"}, "shown"),
    ],
)
def test_what_is_left_out_says_which_question(
    cast: Cast, decision: Decision, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Fault) as fault:
        grounds(cast, decision, replace(SAID, **given))  # type: ignore[arg-type]
    assert fault.value.field == field and not Grounds.objects.exists()


def test_nobody_else_writes_or_reads_it(cast: Cast, decision: Decision) -> None:
    grounds(cast, decision, AGAINST)
    for who in ("neighbour", "outsider", "coordinator", "commissioner", "supplier", "steward", "carer"):
        actor = getattr(cast, who).actor  # Tom himself sees nothing; helping Mair he does
        with pytest.raises(Refused):
            grounds(cast, decision, by=actor)
        assert queries.grounds(actor, decision) == []
        page = getattr(cast, who).client().get(f"/decide/{decision.record.key}/rests-on/")
        assert page.status_code in (302, 404) and b"Dr Rees" not in page.content
    assert queries.grounds(cast.anyone, decision) == []
    with pytest.raises(Refused):
        grounds(cast, decision, by=MACHINE)


def test_only_for_a_life_of_one_s_own_and_once_it_is_decided(cast: Cast) -> None:
    own = opened(cast, cast.resident, when=NOW_VOTING)
    theirs = opened(cast, cast.connector, cast.lunch_club, groups=OURS, when=NOW_VOTING)
    conclude(by=MACHINE, decision=theirs, stage="decided")
    for decision, by in ((own, cast.resident), (fresh(theirs), cast.connector)):
        with pytest.raises(Fault, match="once the person has decided"):
            grounds(cast, decision, by=by.actor)
        assert queries.grounds(by.actor, decision) == []
        assert by.client().get(f"/decide/{decision.record.key}/rests-on/").status_code == 404


def test_she_takes_it_with_her_and_it_goes_with_her(cast: Cast, decision: Decision) -> None:
    grounds(cast, decision, AGAINST)
    assert "Dr Rees" in str(export(cast.resident.actor, cast.resident.party))
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert not Grounds.objects.exists()


def test_on_the_page_nothing_typed_is_lost_and_everyone_of_hers_reads_it(cast: Cast, decision: Decision) -> None:
    mair = cast.resident.client()
    at, page = f"/decide/{decision.record.key}/rests-on/", f"/decide/{decision.record.key}/"
    assert "Nobody has written down yet" in mair.get(page).content.decode()
    asked = {"wanted": "أريد أن أبقى " * 20, "shown": "said", "supported_by": "Tom", "made_sure": "Twice"}
    answer = mair.post(at, asked | {"differs": "yes", "differs_why": "<b>It is dear</b>"}).content.decode()
    assert "Write who found that they cannot decide this themselves now" in answer
    assert "أريد أن أبقى" in answer and "&lt;b&gt;It is dear" in answer and not Grounds.objects.exists()
    for _press in range(2):
        mair.post(at, asked | {"differs": "no", "differs_why": "left over from before", "key": "once"})
    text = mair.get(page).content.decode()
    assert "It is what they want" in text and "Written by the person themselves" in text
    assert "left over from before" not in text and Grounds.objects.count() == 1
    grounds(cast, decision, AGAINST)
    text = mair.get(page).content.decode()
    assert "Not what they want" in text and "Dr Rees, on 3 May" in text and "What was written before" in text


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_stand_one_below_the_other(live_cast: Cast) -> None:
    it = opened(live_cast, live_cast.resident, when=NOW_VOTING)
    conclude(by=MACHINE, decision=it, stage="decided")
    actors = [live_cast.resident.actor, live_cast.carer.helps(live_cast.resident)]
    kept = together(*(partial(grounds, live_cast, fresh(it), by=actor) for actor in actors))
    assert all(isinstance(one, Grounds) for one in kept)
    assert list(Grounds.objects.values_list("n", flat=True)) == [1, 2]
