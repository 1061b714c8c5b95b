"""Somebody lets a program in: for what they ticked, until a day, seen by them, shut out at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.actions import look, share
from alongside.ground.consent.models import Look
from alongside.ground.history.acting import Fault, Outdated, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event
from alongside.ground.limits.counting import ask
from alongside.ground.limits.models import Allowance
from alongside.ground.people.actions import block, join, leave, pause
from alongside.ground.people.models import Role
from alongside.ground.records.actions import leave_for_good, open_record
from alongside.ground.records.models import State
from alongside.ground.records.queries import export, held, visible_to
from alongside.ground.tokens import actions
from alongside.ground.tokens.models import Scope, Token
from alongside.ground.tokens.queries import START, actor_of_token
from alongside.ground.tokens.queries import let_in as let_in_by
from alongside.knowing.assets.actions import change, confirm, offer
from alongside.knowing.outcomes.actions import want, wish
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
EVERYTHING = tuple(Scope.values)


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def let_in(who: Somebody, *scopes: str, holder: Any = None, **given: Any) -> str:
    """The secret of a program that somebody lets in."""
    said = {"name": "The bus planner", "until": in_days(30)} | given
    made = actions.let_in(by=who.actor, holder=holder or who.party, scopes=scopes or EVERYTHING, **said)
    assert made is not None
    return made[1]


def program(who: Somebody, *scopes: str, **given: Any) -> Actor:
    found = actor_of_token(let_in(who, *scopes, **given))
    assert found is not None
    return found


def test_a_program_acts_for_whoever_let_it_in(cast: Cast) -> None:
    actor = program(cast.resident, Scope.OFFER)
    assert (actor.person, actor.source) == (cast.resident.party, Source.API)
    asset = offer(by=actor, holder=cast.resident.party, kind="skill", title="Mending gates")
    event = Event.objects.get(verb="assets.offer")
    assert (event.source, event.actor) == ("api", cast.resident.party)
    assert actor.program and event.request == f"token {actor.program.prefix}"
    assert asset.record.audience == "me"


def test_only_a_hash_is_kept(cast: Cast) -> None:
    secret = let_in(cast.resident)
    assert secret.startswith(START) and len(secret) > 50
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(secret in str(row) or secret[len(START) :] in str(row) for row in cursor.fetchall()), table


def test_pressing_twice_makes_one(cast: Cast) -> None:
    given = {"by": cast.resident.actor, "holder": cast.resident.party, "name": "A", "scopes": ["page"]}
    assert actions.let_in(**given, until=in_days(9), key="once") is not None  # type: ignore[arg-type]
    assert actions.let_in(**given, until=in_days(9), key="once") is None  # type: ignore[arg-type]
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 81}),
        ("scopes", {"scopes": []}),
        ("scopes", {"scopes": ["steward"]}),
        ("until", {"until": -1}),
        ("until", {"until": 400}),
    ],
)
def test_what_cannot_be_taken_says_where(cast: Cast, field: str, wrong: dict[str, Any]) -> None:
    given = {"name": "A", "scopes": ["page"], "until": 30} | wrong
    given["until"] = in_days(given["until"])
    with pytest.raises(Fault) as fault:
        actions.let_in(by=cast.resident.actor, holder=cast.resident.party, **given)
    assert fault.value.field == field


def test_no_more_than_twenty(cast: Cast) -> None:
    for _n in range(20):
        let_in(cast.resident, Scope.PUBLIC)
    with pytest.raises(Fault):
        let_in(cast.resident, Scope.PUBLIC)


def test_who_may_not_let_a_program_in(cast: Cast) -> None:
    """A helper on the widest basis, a page nobody has claimed, a stranger, and a program itself."""
    helper, unclaimed = cast.carer.helps(cast.resident), cast.passer_by[0].actor
    itself = program(cast.resident)
    for by in (helper, unclaimed, cast.neighbour.actor, itself, Actor.anyone()):
        holder = unclaimed.party if by is unclaimed else cast.resident.party
        with pytest.raises(Refused):
            actions.let_in(by=by, holder=holder, name="A", scopes=["page"], until=in_days(9))


def test_a_keeper_lets_one_in_for_the_group_while_they_keep_it(cast: Cast) -> None:
    agency = cast.agency
    secret = let_in(cast.supplier, Scope.OFFER, holder=agency)
    actor = actor_of_token(secret)
    assert actor is not None and actor.party == agency
    offer(by=actor, holder=agency, kind="service", title="Lifts to the clinic", audience="everyone")
    with pytest.raises(Refused):
        offer(by=actor, holder=cast.supplier.party, kind="skill", title="My own")
    leave(by=cast.supplier.actor, membership=cast.memberships(cast.supplier.party)[0])
    assert actor_of_token(secret) is None


def test_a_group_has_no_plan_to_show(cast: Cast) -> None:
    with pytest.raises(Fault):
        let_in(cast.supplier, Scope.PLAN, holder=cast.agency)


def test_it_ends_on_its_day_to_the_second(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = let_in(cast.resident)
    until = Token.objects.get().until
    for seconds, holds in ((-1, True), (0, False), (1, False)):
        monkeypatch.setattr(timezone, "now", lambda seconds=seconds: until + timedelta(seconds=seconds))
        assert (actor_of_token(secret) is not None) is holds


def test_shut_out_at_once_by_its_holder_alone(cast: Cast) -> None:
    secret, token = let_in(cast.resident), Token.objects.get()
    for by in (cast.neighbour.actor, actor_of_token(secret), Actor.anyone()):
        assert by is not None
        with pytest.raises(Refused):
            actions.shut_out(by=by, token=token)
    actions.shut_out(by=cast.resident.actor, token=token)
    assert actor_of_token(secret) is None


def test_it_goes_when_its_holder_goes(cast: Cast) -> None:
    secret = let_in(cast.resident)
    pause(by=cast.resident.actor, party=cast.resident.party, on=True)
    assert actor_of_token(secret) is None
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert actor_of_token(secret) is None
    assert Token.objects.get().name == ""


def test_it_sees_what_was_ticked_of_its_holder_and_nothing_that_others_shared(cast: Cast) -> None:
    me, friend = cast.resident, cast.neighbour
    mine = offer(by=me.actor, holder=me.party, kind="skill", title="Mine").record
    wished = wish(by=me.actor, owner=me.party, words="A lift").record
    wanted = want(by=me.actor, owner=me.party, words="To sing").record
    theirs = open_record(by=friend.actor, kind="asset", owner=friend.party)
    share(by=friend.actor, record=theirs, grantee=me.party, parts=["all"], purpose="x", until=in_days(9))
    club = open_record(
        by=friend.actor, kind="asset", owner=friend.party, audience="community", community=cast.lunch_club
    )
    public = open_record(by=friend.actor, kind="asset", owner=friend.party, audience="everyone")
    assert {theirs.pk, club.pk} <= set(visible_to(me.actor).values_list("pk", flat=True))
    for scopes, sees in (
        ([Scope.PUBLIC], {public}),
        ([Scope.PAGE], {public, mine, wished}),
        ([Scope.OFFER], {public, mine}),
        ([Scope.PLAN], {public, wanted}),
        (EVERYTHING, {public, mine, wished, wanted}),
    ):
        seen = set(visible_to(program(me, *scopes)).values_list("pk", flat=True))
        assert seen == {record.pk for record in sees}, scopes


def test_a_block_stands_between_programs_too(cast: Cast) -> None:
    public = open_record(by=cast.neighbour.actor, kind="asset", owner=cast.neighbour.party, audience="everyone")
    actor = program(cast.resident)
    assert visible_to(actor).filter(pk=public.pk).exists()
    block(by=cast.neighbour.actor, other=cast.resident.party)
    assert not visible_to(actor).filter(pk=public.pk).exists()


def test_a_steward_s_program_is_no_steward(cast: Cast) -> None:
    waiting = open_record(by=cast.passer_by[0].actor, kind="asset", owner=cast.passer_by[0].party, audience="everyone")
    assert waiting.state == State.HELD and held(cast.steward.actor).exists()
    actor = program(cast.steward)
    assert not held(actor).exists()
    assert not visible_to(actor).filter(pk=waiting.pk).exists()
    with pytest.raises(Refused):
        join(by=actor, member=cast.outsider.party, of=cast.council, role=Role.PLACE_STEWARD)
    with pytest.raises(Refused):
        export(actor, cast.steward.party)


def test_it_does_only_what_its_scopes_name(cast: Cast) -> None:
    me = cast.resident
    asset = offer(by=me.actor, holder=me.party, kind="skill", title="Mine")
    reader = program(me, Scope.PAGE, Scope.PLAN, Scope.SHARING, Scope.WISH)
    with pytest.raises(Refused):
        confirm(by=reader, asset=asset)
    with pytest.raises(Refused):
        offer(by=reader, holder=me.party, kind="skill", title="Another")
    with pytest.raises(Refused):
        wish(by=program(me, Scope.OFFER), owner=me.party, words="A lift")
    with pytest.raises(Refused):
        want(by=program(me), owner=me.party, words="Nobody ticked this")
    with pytest.raises(Refused):
        leave_for_good(by=program(me), party=me.party)


def test_every_look_is_written_with_the_program_named(cast: Cast) -> None:
    me = cast.resident
    record = open_record(by=me.actor, kind="plan", owner=me.party)
    actor = program(me, Scope.PLAN)
    look(by=actor, record=record, parts=["all"], purpose="read")
    row = Look.objects.get(record=record)
    assert row.token and row.token.name == "The bus planner" and row.reader == me.party
    with pytest.raises(Refused):
        look(by=program(me, Scope.PAGE), record=record, parts=["all"], purpose="read")
    with pytest.raises(Refused):
        look(by=program(cast.neighbour, Scope.PLAN), record=record, parts=["all"], purpose="read")


def test_of_two_who_read_the_same_the_second_is_told(cast: Cast) -> None:
    me = cast.resident
    asset = offer(by=me.actor, holder=me.party, kind="skill", title="Mine")
    read = asset.record.rev
    change(by=me.actor, asset=asset, title="First", rev=read)
    with pytest.raises(Outdated):
        change(by=me.actor, asset=asset, title="Second", rev=read)
    asset.refresh_from_db()
    assert asset.title == "First"


def test_one_caller_asks_so_often_and_no_more() -> None:
    caller = f"address {timezone.now().timestamp()}"
    waits = [ask(caller=caller, most=25) for _n in range(30)]
    if Allowance.objects.count() == 1:  # else the minute turned meanwhile
        assert waits[:25] == [0] * 25
        assert all(0 < wait <= 60 for wait in waits[25:])
    assert ask(caller=f"{caller} other", most=25) == 0
    assert caller not in str(list(Allowance.objects.values()))


def test_many_processes_share_one_count() -> None:
    """Each process holds a few of its own; together they never pass the limit."""
    from django.core.cache import cache

    caller, allowed = f"token {timezone.now().timestamp()}", 0
    for _process in range(12):
        cache.clear()  # as another process, which holds nothing
        allowed += sum(ask(caller=caller, most=50) == 0 for _n in range(20))
    assert allowed <= 50 * Allowance.objects.count()


def test_old_counts_go() -> None:
    Allowance.objects.create(caller="x", minute=1, used=3)
    ask(caller="y", most=5)
    assert not Allowance.objects.filter(minute=1).exists()


class TestPages:
    def make(self, client: Client, cast: Cast, **said: Any) -> Any:
        given = {"name": "The bus planner", "holder": str(cast.resident.party.key), "scopes": ["page"], "until": "90"}
        return client.post("/me/programs/new/", given | said)

    def test_a_key_is_shown_once_and_never_again(self, cast: Cast) -> None:
        assert cast.place.name
        client = cast.resident.client()
        text = self.make(client, cast, key="k").content.decode()
        (secret,) = re.findall(r"alongside_[\w-]{30,}", text)
        assert actor_of_token(secret) is not None
        again = self.make(client, cast, key="k").content.decode()
        assert secret not in again and "You made this key already" in again
        listed = client.get("/me/programs/").content.decode()
        assert secret not in listed and f"alongside_{Token.objects.get().prefix}" in listed

    def test_nothing_entered_is_lost(self, cast: Cast) -> None:
        assert cast.place.name
        text = self.make(cast.resident.client(), cast, scopes=[]).content.decode()
        assert "Choose at least one thing" in text and 'value="The bus planner"' in text

    def test_a_group_offers_what_a_group_can_do(self, cast: Cast) -> None:
        assert cast.place.name and cast.agency
        client = cast.supplier.client()
        holder = str(cast.agency.key)
        text = self.make(client, cast, holder=holder, scopes=["plan"]).content.decode()
        assert "For a group, choose from these" in text
        assert "alongside_" in self.make(client, cast, holder=holder, scopes=["offer"]).content.decode()

    def test_somebody_shuts_their_own_out_and_nobody_else_s(self, cast: Cast) -> None:
        assert cast.place.name
        secret, token = let_in(cast.resident), Token.objects.get()
        assert cast.neighbour.client().post(f"/me/programs/{token.key}/shut-out/").status_code == 404
        assert actor_of_token(secret) is not None
        assert cast.resident.client().post(f"/me/programs/{token.key}/shut-out/").status_code == 302
        assert actor_of_token(secret) is None

    def test_who_looked_names_the_program(self, cast: Cast) -> None:
        assert cast.place.name
        record = open_record(by=cast.resident.actor, kind="plan", owner=cast.resident.party)
        look(by=program(cast.resident, Scope.PLAN), record=record, parts=["all"], purpose="read")
        assert "your plan" in cast.resident.client().get("/me/programs/").content.decode()

    def test_a_helper_sees_the_list_only_with_the_whole_page_and_makes_none(self, cast: Cast) -> None:
        let_in(cast.resident)
        helper = cast.carer.helps(cast.resident)
        assert len(let_in_by(helper)) == 1
        assert not let_in_by(cast.neighbour.actor)
        client = cast.carer.client()
        session = client.session
        session["helping"] = str(helper.basis.key) if helper.basis else ""
        session.save()
        assert client.get("/me/programs/new/").status_code == 403

    def test_an_unclaimed_page_signs_in_first(self, cast: Cast) -> None:
        assert cast.place.name
        _somebody, token = cast.passer_by
        client = Client()
        client.cookies["alongside_device"] = token
        assert client.get("/me/programs/new/").status_code == 302
