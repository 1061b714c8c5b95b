"""A plan is the person's own: they say, choose, ask, share and take back; everybody else needs their word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.consent.actions import take_back
from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import begin, stop_support, support, welcome
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.queries import export
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import held_by
from alongside.knowing.contributions import actions as contributions
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans import actions, queries
from alongside.planning.plans.actions import Want
from alongside.planning.plans.ideas import board
from alongside.planning.plans.models import Plan
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
RTL = ("أريد أن أغني 🎶👵🏽 " * 1000)[:10_000].strip()
SOON = timezone.now() + timedelta(days=30)


def plan_of(person: Somebody, *wants: str) -> Plan:
    plan = actions.start(by=person.actor, owner=person.party)
    return actions.say_wants(by=person.actor, plan=plan, wants=[Want(words, "fun") for words in wants])


def sight(person: Somebody, plan: Plan) -> queries.Sight:
    return actions.read(by=person.actor, plan=plan)


def first(person: Somebody, plan: Plan) -> Outcome:
    return queries.wanted(sight(person, plan), plan)[0]


def shares(person: Somebody, title: str, **more: object) -> Asset:
    person.login
    given = {"kind": "skill", "audience": "everyone", "domains": ["fun"], "per_week": 200} | more
    return offer(by=person.actor, holder=person.party, title=title, **given)


def test_there_is_one_plan_however_often_it_is_started(cast: Cast) -> None:
    first_press = actions.start(by=cast.resident.actor, owner=cast.resident.party)
    assert actions.start(by=cast.resident.actor, owner=cast.resident.party) == first_press
    assert first_press.record.audience == "me"


def test_somebody_passing_by_makes_a_plan_without_an_account(cast: Cast) -> None:
    someone, _token = cast.passer_by
    plan = plan_of(someone, "I want to sing again")
    assert [one.words for one in queries.wanted(sight(someone, plan), plan)] == ["I want to sing again"]


def test_nobody_else_starts_reads_or_changes_it(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want to sing again")
    for other in (cast.outsider, cast.coordinator, cast.commissioner, cast.carer, cast.steward):
        assert queries.plan(other.actor, plan.record.key) is None
        with pytest.raises(Refused):
            actions.read(by=other.actor, plan=plan)
        with pytest.raises(Refused):
            actions.answer(by=other.actor, plan=plan, words={"matters": "Less"})
        with pytest.raises(Refused):
            actions.drop(by=other.actor, plan=plan)
        with pytest.raises(Refused):
            actions.start(by=other.actor, owner=cast.resident.party)
    with pytest.raises(Refused):
        actions.read(by=Actor.anyone(), plan=plan)
    assert not Look.objects.exists()


def test_what_she_already_has_becomes_hers_and_stays_with_her(cast: Cast) -> None:
    mair = cast.resident
    plan = actions.start(by=mair.actor, owner=mair.party)
    actions.answer(by=mair.actor, plan=plan, words={"skills": "The old chapel songs\nJam\n\nJam", "people": "Tom"})
    mine = {(asset.title, asset.kind, asset.record.audience) for asset in held_by(mair.actor, mair.party)}
    assert mine == {("The old chapel songs", "skill", "me"), ("Jam", "skill", "me"), ("Tom", "relationship", "me")}
    assert not held_by(cast.outsider.actor, mair.party).exists()
    actions.answer(by=mair.actor, plan=plan, words={"skills": "The old chapel songs"})
    assert {asset.title for asset in held_by(mair.actor, mair.party)} == {"The old chapel songs", "Tom"}
    assert queries.answers(sight(mair, plan), plan)["skills"] == "The old chapel songs"


def test_of_people_and_places_of_ones_own_the_sheet_says_what_one_does_with_them(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want to sing again")
    given = {"people": "My daughter", "access": "The library", "assets": "A piano", "skills": "Old songs"}
    actions.answer(by=cast.resident.actor, plan=plan, words=given)
    wanted = first(cast.resident, plan)
    for asset in held_by(cast.resident.actor, cast.resident.party):
        actions.choose(by=cast.resident.actor, plan=plan, outcome=wanted, asset=asset, choice="yes")
    [done] = queries.who_does_what(sight(cast.resident, plan), plan)
    assert {row.it.words for row in done.rows} == {
        "Ask: My daughter",
        "Go to: The library",
        "Use: A piano",
        "Old songs",
    }


def test_something_she_offered_to_all_is_not_taken_away_by_a_crossed_out_line(cast: Cast) -> None:
    shares(cast.resident, "Jam")
    plan = actions.start(by=cast.resident.actor, owner=cast.resident.party)
    actions.answer(by=cast.resident.actor, plan=plan, words={"skills": "Jam"})
    actions.answer(by=cast.resident.actor, plan=plan, words={"skills": ""})
    assert held_by(cast.outsider.actor, cast.resident.party).count() == 1


def test_ten_thousand_letters_from_right_to_left_come_back_whole(cast: Cast) -> None:
    plan = plan_of(cast.resident, RTL)
    actions.answer(by=cast.resident.actor, plan=plan, words={"matters": RTL, "skills": RTL})
    assert queries.answers(sight(cast.resident, plan), plan)["matters"] == RTL
    assert first(cast.resident, plan).words == RTL
    assert board(cast.resident.actor, plan, first(cast.resident, plan)).rungs
    with pytest.raises(Fault, match="too long"):
        actions.answer(by=cast.resident.actor, plan=plan, words={"matters": "x" * 20_001})
    with pytest.raises(Fault, match="no such question"):
        actions.answer(by=cast.resident.actor, plan=plan, words={"score": "7"})


def test_wants_are_added_said_again_and_dropped(cast: Cast) -> None:
    plan = plan_of(cast.resident, "Sing", "Sundays")
    sing, sundays = queries.wanted(sight(cast.resident, plan), plan)
    again = [Want("Sing with others", "fun", str(sing.record.key)), Want("", "", str(sundays.record.key)), Want("Walk")]
    actions.say_wants(by=cast.resident.actor, plan=plan, wants=again)
    assert [one.words for one in queries.wanted(sight(cast.resident, plan), plan)] == ["Sing with others", "Walk"]
    assert Outcome.objects.count() == 3, "what was wanted once is not lost"


def test_pressing_save_twice_says_it_once(cast: Cast) -> None:
    plan = actions.start(by=cast.resident.actor, owner=cast.resident.party)
    for _press in range(2):
        actions.say_wants(by=cast.resident.actor, plan=plan, wants=[Want("Sing")], key="one-press")
    assert Outcome.objects.count() == 1


def test_the_order_is_hers_and_a_place_ruled_out_is_not_looked_at(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want to sing")
    shop = welcome(by=Actor.system("tests"), name="Bandstand Café", kind=Kind.ORGANISATION, sort=Sort.BUSINESS)
    offer(by=Actor.system("tests"), holder=shop, kind="activity", title="Sing at open mic", audience="everyone")
    shares(cast.neighbour, "Singing at the kitchen table")
    actions.set_order(by=cast.resident.actor, plan=plan, order="32145", ruled_out="45")
    found = board(cast.resident.actor, plan, first(cast.resident, plan))
    assert [rung.source.name for rung in found.rungs] == ["BUSINESS", "COMMUNITY", "OWN"]
    assert [card.asset.title for rung in found.rungs for card in rung.cards] == [
        "Sing at open mic",
        "Singing at the kitchen table",
    ]
    with pytest.raises(Fault):
        actions.set_order(by=cast.resident.actor, plan=plan, order="11111")
    with pytest.raises(Fault, match="at least one"):
        actions.set_order(by=cast.resident.actor, plan=plan, order="12345", ruled_out="12345")


def test_every_idea_says_why_in_her_own_words(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want to sing again")
    actions.answer(by=cast.resident.actor, plan=plan, words={"skills": "The old chapel songs"})
    shares(cast.neighbour, "Singing at the kitchen table", cost="free")
    found = board(cast.resident.actor, plan, first(cast.resident, plan))
    mine, theirs = (card for rung in found.rungs for card in rung.cards)
    assert mine.own and mine.reasons == ["You told us you have this."]
    assert theirs.reasons == ["You said “sing”, and so does this.", "It is free."]
    assert found.looked == 2
    assert found.rungs[-1].is_last and not found.rungs[-1].cards


def test_unpaid_people_are_never_suggested_for_personal_care(cast: Cast) -> None:
    plan = plan_of(cast.resident, "Someone to help me have a bath")
    shares(cast.neighbour, "Help with a bath", domains=["care"])
    found = board(cast.resident.actor, plan, first(cast.resident, plan))
    assert not [card for rung in found.rungs for card in rung.cards]
    assert "1 need someone who is paid and trained for it" in found.account


def test_a_yes_is_only_noted_and_can_be_taken_out(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want to sing again")
    asset, sing = shares(cast.neighbour, "Singing at the kitchen table"), first(cast.resident, plan)
    for choice in ("yes", "yes"):
        actions.choose(by=cast.resident.actor, plan=plan, outcome=sing, asset=asset, choice=choice)
    draft = Contribution.objects.get()
    assert (draft.state, draft.decides) == ("draft", "Mair Pugh and Joseph O.")
    assert board(cast.resident.actor, plan, sing).rungs[1].cards[0].chosen
    actions.choose(by=cast.resident.actor, plan=plan, outcome=sing, asset=asset, choice="maybe")
    assert Contribution.objects.get().state == "ended"
    actions.choose(by=cast.resident.actor, plan=plan, outcome=sing, asset=asset, choice="no")
    assert not board(cast.resident.actor, plan, sing).rungs[1].cards
    with pytest.raises(Fault):
        actions.choose(by=cast.resident.actor, plan=plan, outcome=sing, asset=asset, choice="perhaps")


def test_sending_asks_whoever_can_be_asked_and_says_why_the_others_wait(cast: Cast) -> None:
    mair = cast.resident
    mair.login
    plan = plan_of(mair, "I want to sing again")
    library = welcome(by=Actor.system("tests"), name="Library", kind=Kind.ORGANISATION, sort=Sort.PUBLIC)
    sung = offer(by=Actor.system("tests"), holder=library, kind="service", title="Sing on Mondays", audience="everyone")
    kitchen = shares(cast.neighbour, "Singing at the kitchen table")
    for asset in (sung, kitchen):
        actions.choose(by=mair.actor, plan=plan, outcome=first(mair, plan), asset=asset, choice="yes")
    asked = Contribution.objects.get(asset=kitchen)
    actions.agree(
        by=mair.actor,
        plan=plan,
        details={asked.pk: {"message": "May I come on Wednesday?", "how_much": "1 hour a week", "minutes": "60"}},
        review_on=timezone.localdate() + timedelta(days=90),
    )
    actions.send(by=mair.actor, plan=plan)
    actions.send(by=mair.actor, plan=plan)
    rows = {row.it.asset_id: row for one in queries.who_does_what(sight(mair, plan), plan) for row in one.rows}
    assert rows[kitchen.pk].it.state == "asked" and rows[kitchen.pk].it.minutes_week == 60
    assert rows[sung.pk].open_door and "get in touch yourself" in rows[sung.pk].waits
    contributions.answer(by=cast.neighbour.actor, contribution=asked, yes=True)
    assert asked.asset is not None and Asset.objects.get(pk=kitchen.pk).offer.promised == 60


def test_without_an_account_nobody_is_asked_and_the_plan_says_so(cast: Cast) -> None:
    someone, _token = cast.passer_by
    plan = plan_of(someone, "I want to sing again")
    kitchen = shares(cast.neighbour, "Singing at the kitchen table")
    actions.choose(by=someone.actor, plan=plan, outcome=first(someone, plan), asset=kitchen, choice="yes")
    actions.send(by=someone.actor, plan=plan)
    row = queries.who_does_what(sight(someone, plan), plan)[0].rows[0]
    assert row.it.state == "draft" and "sign in" in row.waits
    with pytest.raises(Refused, match="Sign in first"):
        actions.share(by=someone.actor, plan=plan, grantee=cast.neighbour.party, parts=["all"], until=SOON)


def test_a_part_is_shared_looked_at_shown_and_taken_back(cast: Cast) -> None:
    mair, tom = cast.resident, cast.carer
    plan = plan_of(mair, "I want to sing again", "I want company on Sundays")
    actions.answer(by=mair.actor, plan=plan, words={"matters": "Small rooms, real tea", "skills": "Jam"})
    sing, sundays = queries.wanted(sight(mair, plan), plan)
    parts = [queries.outcome_part(sundays)]
    grant = actions.share(by=mair.actor, plan=plan, grantee=tom.party, parts=parts, until=SOON)

    found = queries.plan(tom.actor, plan.record.key)
    assert found == plan and queries.shared_with(tom.actor) == [plan]
    seen = actions.read(by=tom.actor, plan=plan)
    assert queries.wanted(seen, plan) == [sundays]
    assert queries.answers(seen, plan) == {}
    assert [(look.reader, look.part) for look in queries.looks(plan)] == [(tom.party, parts[0])]

    take_back(by=mair.actor, grant=grant)
    assert queries.plan(tom.actor, plan.record.key) is None
    with pytest.raises(Refused):
        actions.read(by=tom.actor, plan=plan)
    assert sing not in queries.wanted(seen, plan)


def test_she_reads_her_own_plan_without_a_trace(cast: Cast) -> None:
    plan = plan_of(cast.resident, "Sing")
    before = Event.objects.count()
    sight(cast.resident, plan)
    assert Event.objects.count() == before and not Look.objects.exists()


def test_a_helper_makes_it_with_her_and_each_look_is_written(cast: Cast) -> None:
    helping = cast.carer.helps(cast.resident)
    plan = actions.start(by=helping, owner=cast.resident.party)
    actions.say_wants(by=helping, plan=plan, wants=[Want("I want to sing again")])
    assert queries.wanted(actions.read(by=helping, plan=plan), plan)
    look = Look.objects.get()
    assert (look.reader, look.on_behalf, look.part) == (cast.carer.party, cast.resident.party, "plan")
    assert Event.objects.filter(verb="plans.start", actor=cast.carer.party, on_behalf=cast.resident.party).exists()
    assert helping.basis is not None
    stop_support(by=cast.resident.actor, basis=helping.basis)
    with pytest.raises(Refused):
        actions.read(by=helping, plan=plan)
    with pytest.raises(Refused):
        actions.say_wants(by=helping, plan=plan, wants=[Want("Be quiet")])


def test_a_helper_for_something_else_does_not_see_the_plan(cast: Cast) -> None:
    plan = plan_of(cast.resident, "Sing")
    basis = support(
        by=cast.resident.actor,
        person=cast.resident.party,
        supporter=cast.carer.party,
        kind="asked",
        parts=[("messages", "see")],
    )
    helping = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    assert queries.plan_of(helping, cast.resident.party) is None
    with pytest.raises(Refused):
        actions.read(by=helping, plan=plan)


def test_putting_a_plan_away_ends_what_was_promised_for_it(cast: Cast) -> None:
    mair = cast.resident
    mair.login
    plan = plan_of(mair, "Sing")
    kitchen = shares(cast.neighbour, "Singing at the kitchen table")
    actions.choose(by=mair.actor, plan=plan, outcome=first(mair, plan), asset=kitchen, choice="yes")
    actions.send(by=mair.actor, plan=plan)
    contributions.answer(by=cast.neighbour.actor, contribution=Contribution.objects.get(), yes=True)
    actions.drop(by=mair.actor, plan=plan)
    assert queries.plan_of(mair.actor, mair.party) is None
    assert Asset.objects.get(pk=kitchen.pk).offer.promised == 0
    assert actions.start(by=mair.actor, owner=mair.party) != plan


def test_people_are_never_found_by_name_but_groups_are(cast: Cast) -> None:
    club = cast.lunch_club
    assert queries.group_called("Mill street  LUNCH club") == club
    assert queries.group_called(cast.outsider.party.name) is None
    provisional, _token = begin(by=Actor.anyone())
    assert queries.people_near(Actor(person=provisional), provisional) == []


def test_what_somebody_thinks_of_an_idea_is_not_among_what_its_holder_takes_away(cast: Cast) -> None:
    plan, kitchen = plan_of(cast.resident, "I want to sing again"), shares(cast.neighbour, "Singing at the table")
    outcome = first(cast.resident, plan)
    actions.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=kitchen, choice="maybe")
    theirs = str(export(cast.neighbour.actor, cast.neighbour.party))
    assert "I want to sing again" not in theirs and "planchoice" not in theirs
    mine = str(export(cast.resident.actor, cast.resident.party))
    assert "'choice': 'maybe'" in mine, "she takes it with her"


def test_a_word_that_everybody_uses_is_no_reason_to_give(cast: Cast) -> None:
    plan = plan_of(cast.resident, "I want more people around, and a dog")
    shares(cast.neighbour, "Tea for people who have time", domains=["people"])
    shares(cast.connector, "A dog that likes people", domains=["people"])
    cards = [card for rung in board(cast.resident.actor, plan, first(cast.resident, plan)).rungs for card in rung.cards]
    said = {card.asset.title: " ".join(card.reasons) for card in cards}
    assert "You said “dog”, and so does this." in said["A dog that likes people"]
    assert "“people”" not in "".join(said.values()) and len(said) == 2, "it is found all the same"
