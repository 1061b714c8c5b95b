"""What is found with everybody's wishes in mind: only what was counted and may be suggested, and each one their own."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alongside.ground.consent.actions import let_in, settle
from alongside.ground.consent.queries import words_on
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import block, join, pause
from alongside.ground.records.actions import erase
from alongside.ground.records.models import Record
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import pause_offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.outcomes.actions import wish
from alongside.methods.complement.area import digest
from alongside.methods.complement.watching import Cancelled
from alongside.planning.complementary import looking
from alongside.planning.complementary.actions import look_through, mend
from alongside.planning.complementary.figures import Worked
from alongside.planning.complementary.gathering import gather
from alongside.planning.complementary.looking import keep
from alongside.planning.complementary.models import Found, Run, Sought
from alongside.planning.complementary.queries import last_run
from alongside.planning.plans import actions as plans
from alongside.planning.plans.ideas import board
from tests.cast import Cast, Somebody
from tests.planning.everybody import MACHINE, SING, found, plan_of, run, shares, wants

pytestmark = pytest.mark.django_db


def withdraw(record: Record, purpose: str) -> None:
    """Its holder says no to one purpose, and stays with the rest."""
    yes = {one.purpose["key"]: one.until for one in words_on(record) if one.yes and one.purpose["key"] != purpose}
    settle(by=Actor(person=record.owner), record=record, purposes=yes)


def test_a_run_finds_what_fits_and_leaves_its_trace(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    shares(cast.connector, "Mending a bicycle")
    made = run()
    assert found(cast.resident, outcome) == {kitchen.pk: 60}
    assert (made.wishes, made.offers, made.pairs, len(made.digest)) == (1, 1, 1, 64)
    sought = Sought.objects.get()
    assert (sought.wanted, sought.met, sought.band) == (60, 60, 5)
    assert list(Event.objects.filter(verb__startswith="complementary.").values_list("verb", flat=True)) == [
        "complementary.publish_run",
        "complementary.keep",
    ]
    kitchen.offer.refresh_from_db()
    assert kitchen.offer.promised == 0, "an idea promises nothing"


def test_nobody_but_the_machine_has_a_run_made(cast: Cast) -> None:
    for somebody in (cast.resident, cast.steward, cast.commissioner):
        with pytest.raises(Refused, match="at night"):
            look_through(by=somebody.actor)
    assert not Run.objects.exists()


def test_a_place_without_anybody_has_an_empty_run(cast: Cast) -> None:
    assert (run().wishes, mend(by=MACHINE)) == (0, 0)


def test_what_nobody_lets_be_counted_is_not_looked_for(cast: Cast) -> None:
    outcome = wants(cast.resident, counted=False)
    shares(cast.neighbour)
    assert run().wishes == 0 and found(cast.resident, outcome) == {}


def test_a_no_to_being_counted_takes_the_ideas_away_at_once(cast: Cast) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour)
    run()
    withdraw(outcome.record, "counted")
    assert found(cast.resident, outcome) == {}
    mend(by=MACHINE)
    assert not Sought.objects.exists(), "and its row is gone within a minute"


def hide(asset: Asset) -> None:
    Record.objects.filter(pk=asset.pk).update(audience="me")


def end_tomorrow(asset: Asset) -> None:
    Record.objects.filter(pk=asset.pk).update(audience_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    "gone",
    [
        lambda asset: withdraw(asset.record, "suggested"),
        lambda asset: withdraw(asset.record, "found"),
        hide,
        end_tomorrow,
        lambda asset: pause_offer(by=Actor(person=asset.record.owner), asset=asset),
        lambda asset: pause(by=Actor(person=asset.record.owner), party=asset.record.owner, on=True),
        lambda asset: erase(by=MACHINE, record=asset.record),
    ],
    ids=["not suggested", "not found", "private", "over", "on a break", "its holder away", "erased"],
)
def test_what_its_holder_takes_back_is_out_at_once(cast: Cast, gone: Any) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    run()
    assert kitchen.pk in found(cast.resident, outcome)
    gone(kitchen)
    assert found(cast.resident, outcome) == {}
    cards = [card for rung in board(cast.resident.actor, plan_of(outcome), outcome).rungs for card in rung.cards]
    assert not [card for card in cards if card.everybody]
    assert run().offers == 0, "nor does the next run look at it"


def test_two_who_want_nothing_of_each_other_are_never_put_together(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    run()
    block(by=cast.neighbour.actor, other=cast.resident.party)
    assert found(cast.resident, outcome) == {}
    other = wants(cast.carer)
    run()
    assert found(cast.carer, other) == {kitchen.pk: 60}
    assert not Found.objects.filter(sought__outcome=outcome).exists()


def test_nobody_reads_the_ideas_of_somebody_else(cast: Cast) -> None:
    outcome = wants(cast.resident)
    shares(cast.neighbour)
    run()
    for other in (cast.neighbour, cast.outsider, cast.commissioner, cast.steward):
        assert found(other, outcome) == {}
    assert "found" not in str(export(cast.neighbour.actor, cast.neighbour.party)["records"]), "nor takes them away"
    helper = cast.carer.helps(cast.resident)
    assert board(helper, plan_of(outcome), outcome).rungs[1].cards[0].everybody, "but for whoever helps them"


def test_what_is_for_some_goes_to_those_and_in_no_reason_to_others(cast: Cast) -> None:
    member, stranger = wants(cast.resident), wants(cast.outsider)
    close = wants(cast.carer)
    club = shares(cast.neighbour, "Singing for the club", audience="community", community=cast.lunch_club)
    shares(cast.connector, "Singing alone", audience="me")
    ring = shares(cast.supplier, "Singing with those I know", audience="circle", per_week=200)
    let_in(by=cast.carer.actor, owner=cast.supplier.party, member=cast.carer.party)
    run()
    assert found(cast.resident, member) == {club.pk: 60}
    assert found(cast.carer, close) == {ring.pk: 60}
    assert found(cast.outsider, stranger) == {}
    seen = board(cast.outsider.actor, plan_of(stranger), stranger)
    assert "We know of nobody near" in seen.missing[1] and "member" not in str(seen.missing)
    join(by=cast.outsider.actor, member=cast.outsider.party, of=cast.lunch_club)
    Sought.objects.all().delete()
    assert found(cast.outsider, stranger) == {}


def test_ones_own_things_come_first_and_are_ones_own(cast: Cast) -> None:
    outcome = wants(cast.resident)
    mine = shares(cast.resident, "The songs I sing", audience="me")
    assert found(cast.resident, outcome) == {}
    run()
    assert mine.pk in found(cast.resident, outcome)
    card = board(cast.resident.actor, plan_of(outcome), outcome).rungs[0].cards[0]
    assert card.own and card.everybody and "You told us you have this." in card.reasons


def test_the_last_hour_goes_to_whom_nobody_helps_yet(cast: Cast) -> None:
    mair, tom = wants(cast.resident), wants(cast.carer)
    garden = contributions.propose(by=cast.resident.actor, outcome=mair, party=cast.connector.party, words="A song")
    assert cast.resident.login and cast.connector.login
    asked = contributions.ask(by=cast.resident.actor, contribution=garden)
    contributions.answer(by=cast.connector.actor, contribution=asked, yes=True)
    kitchen = shares(cast.neighbour)
    run()
    assert found(cast.carer, tom) == {kitchen.pk: 60} and found(cast.resident, mair) == {}
    assert Sought.objects.get(outcome=mair).band == 4


def test_the_persons_order_and_their_no_are_kept(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    plan = plan_of(outcome)
    plans.set_order(by=cast.resident.actor, plan=plan, order="12345", ruled_out="2")
    run()
    assert found(cast.resident, outcome) == {}
    plans.set_order(by=cast.resident.actor, plan=plan, order="12345")
    run()
    assert kitchen.pk in found(cast.resident, outcome)
    plans.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=kitchen, choice="no")
    run()
    assert found(cast.resident, outcome) == {}


def test_only_what_is_not_settled_is_looked_for(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour, per_week=400)
    wish(by=cast.resident.actor, owner=cast.resident.party, words="Two hours of it", minutes_week=120,
         outcome=outcome, countable=True)  # fmt: skip
    wish(by=cast.resident.actor, owner=cast.resident.party, words="Not counted", minutes_week=600, outcome=outcome)
    run()
    assert found(cast.resident, outcome) == {kitchen.pk: 120}
    other = shares(cast.connector, "Singing in the park")
    plan = plan_of(outcome)
    plans.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=other, choice="yes", minutes=60)
    run()
    assert found(cast.resident, outcome) == {kitchen.pk: 60}
    plans.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=kitchen, choice="yes", minutes=60)
    assert run().wishes == 0, "nothing is open any more"


def test_the_same_place_has_the_same_mark_and_any_change_another(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    first, second = run(), run()
    shares(cast.connector, "Singing in the park")
    third = run()
    assert first.digest == second.digest != third.digest
    assert first.answer == second.answer != third.answer and len(first.answer) == 64
    assert first.made_with == looking.MADE_WITH and "20 s" in first.made_with


def test_a_run_can_be_made_again_from_what_it_came_from(cast: Cast) -> None:
    """Whoever gathers the same place and solves it with the same numbers has the same marks."""
    for somebody in (cast.resident, cast.carer, cast.outsider):
        wants(somebody)
    for somebody in (cast.neighbour, cast.connector):
        shares(somebody, f"Singing with {somebody.party.name}")
    made = run()
    gathered = gather()
    answer = looking.solve(gathered.problem, looking.candidates(gathered.problem))
    assert digest(gathered.problem) == made.digest
    assert digest(answer.pairs, answer.steps) == made.answer


def test_the_last_run_stands_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "KEPT", 2)
    wants(cast.resident)
    shares(cast.neighbour)
    for _night in range(4):
        latest = run()
    assert Run.objects.count() == 2 and last_run() == latest
    assert Sought.objects.get().run == latest


def test_whoever_stops_a_run_leaves_the_one_before(cast: Cast) -> None:
    wants(cast.resident)
    shares(cast.neighbour)
    before, told = run(), list[float]()
    with pytest.raises(Cancelled):
        look_through(by=MACHINE, tell=told.append, cancelled=lambda: True)
    assert last_run() == before and Found.objects.count() == 1
    look_through(by=MACHINE, tell=told.append)
    assert told[-1] == 1.0 and all(0 <= one <= 1 for one in told)


def test_what_goes_while_it_is_worked_out_is_left_out(cast: Cast) -> None:
    outcome, kitchen = wants(cast.resident), shares(cast.neighbour)
    wants(cast.carer)
    gathered = gather()
    answer = looking.solve(gathered.problem, looking.candidates(gathered.problem))
    erase(by=MACHINE, record=kitchen.record)
    erase(by=MACHINE, record=outcome.record)
    keep(by=MACHINE, gathered=gathered, answer=answer, upto=0, worked=Worked())
    assert Sought.objects.count() == 1 and not Found.objects.exists()


def somebody_kind(cast: Cast, name: str) -> Somebody:
    person = cast.person(name)
    shares(person, f"{SING}, says {name}")
    return person


def test_nobody_is_over_their_limit_however_many_want_it(cast: Cast) -> None:
    for name in ("Ann", "Bea", "Cai"):
        somebody_kind(cast, name)
    for n in range(6):
        wants(cast.person(f"Singer {n}"))
    run()
    for asset in Asset.objects.all():
        assert sum(row.minutes for row in Found.objects.filter(asset=asset)) <= 60
    assert sum(Sought.objects.values_list("met", flat=True)) == 180, "three hours are there, and all are found a wish"
