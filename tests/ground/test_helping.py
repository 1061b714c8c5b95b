"""Acting for somebody: on a recorded basis, inside its limits, both names kept, and over the moment they say no."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.ground.consent.actions import look
from alongside.ground.consent.models import Look
from alongside.ground.helping.actions import answer, name_helper, object_to, open_page_with, record_basis
from alongside.ground.helping.models import HelpAsked
from alongside.ground.helping.queries import bases_to_note, card_of, my_helpers, people_i_help
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice, Way
from alongside.ground.people.actions import join, note_capacity, pause, rename, stop_support, support, try_card
from alongside.ground.people.models import Basis, BasisKind, Party, Role
from alongside.ground.people.queries import may_speak_for, open_basis
from alongside.ground.records.actions import open_record, set_audience
from alongside.ground.records.queries import export, visible_to
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
ALL = [("all", "see"), ("all", "write")]


def by_telephone(helper: Somebody) -> Actor:
    return helper.actor.by_way_of(Source.TELEPHONE)


def opened(cast: Cast, **more: object) -> tuple[Party, Actor]:
    """Edith has a page that the coordinator keeps with her by telephone."""
    said = {"name": "Edith Morgan", "word": "marmalade", "agreed": True, "contact_by": "letter", **more}
    got = open_page_with(by=by_telephone(cast.coordinator), **said)
    helper = Actor(person=cast.coordinator.party, on_behalf_of=got.person, basis=got.basis, source=Source.TELEPHONE)
    return got.person, helper


# By telephone, visit and post


def test_a_page_opened_by_telephone_is_the_persons_own(cast: Cast) -> None:
    edith, helper = opened(cast, phone="01632 960 444", large_print=True)
    basis = helper.basis
    assert basis and basis.kind == BasisKind.NAMED_HELPER and basis.decided_by == edith
    assert edith.facts.large_print and edith.facts.contact_by == "letter"
    event = Event.objects.get(verb="helping.open_page_with")
    assert event.actor == cast.coordinator.party and event.source == Source.TELEPHONE
    card = card_of(basis)
    assert card and (login := try_card(by=Actor.anyone(), number=card.number, word="Marmalade"))
    assert login.party == edith and login.email is None


def test_a_letter_says_who_helps_and_how_to_stop_it(cast: Cast) -> None:
    edith, _helper = opened(cast)
    letter = Notice.objects.get(to=edith)
    assert letter.way == Way.LETTER and "Lynne Hughes" in letter.body and "stop" in letter.body
    assert "You asked somebody to keep your page with you" in letter.body, "it is said to her, not of her"


def test_what_a_helper_does_is_kept_with_both_names_and_the_channel(cast: Cast) -> None:
    edith, helper = opened(cast)
    rename(by=helper, party=edith, name="Edie")
    event = Event.objects.get(verb="people.rename")
    assert (event.actor, event.on_behalf, event.basis, event.source) == (
        cast.coordinator.party, edith, helper.basis, Source.TELEPHONE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said"), [("agreed", {"agreed": False}), ("word", {"word": "tea"}), ("name", {"name": " "})]
)
def test_nothing_is_opened_without_a_yes_a_word_and_a_name(cast: Cast, field: str, said: dict[str, object]) -> None:
    before = Party.objects.filter(kind="person").count() + 1  # the coordinator comes on
    with pytest.raises(Fault) as fault:
        opened(cast, **said)
    assert fault.value.field == field
    assert Party.objects.filter(kind="person").count() == before and not Basis.objects.exists()


def test_a_helper_says_how_they_spoke(cast: Cast) -> None:
    with pytest.raises(Fault):
        open_page_with(by=cast.coordinator.actor, name="Edith", word="marmalade", agreed=True)


def test_only_helpers_open_pages_with_people(cast: Cast) -> None:
    for somebody in (cast.resident, cast.commissioner, cast.councillor):
        with pytest.raises(Refused):
            open_page_with(by=by_telephone(somebody), name="Edith", word="marmalade", agreed=True)
    join(by=cast.steward.actor, member=cast.connector.party, of=cast.council, role=Role.CONNECTOR)
    assert open_page_with(by=by_telephone(cast.connector), name="Edith", word="marmalade", agreed=True)
    while_helping = cast.coordinator.helps(cast.resident).by_way_of(Source.TELEPHONE)
    with pytest.raises(Refused):
        open_page_with(by=while_helping, name="Edith", word="marmalade", agreed=True)


def test_helping_a_helper_makes_nobody_one(cast: Cast) -> None:
    with pytest.raises(Refused):
        open_page_with(
            by=cast.carer.helps(cast.steward).by_way_of(Source.VISIT), name="E", word="marmalade", agreed=True
        )


# Limits


def test_a_helper_who_may_only_see_does_not_write(cast: Cast) -> None:
    basis = support(
        by=cast.resident.actor, person=cast.resident.party, supporter=cast.carer.party,
        kind=BasisKind.ASKED, parts=[("all", "see")],
    )  # fmt: skip
    helper = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    record = open_record(by=cast.resident.actor, kind="note", owner=cast.resident.party)
    assert record in visible_to(helper)
    with pytest.raises(Refused):
        set_audience(by=helper, record=record, audience="everyone")
    with pytest.raises(Refused):
        rename(by=helper, party=cast.resident.party, name="Somebody else")


def test_a_helper_sees_the_parts_they_were_given_and_no_more(cast: Cast) -> None:
    mair = cast.resident
    plan, asset = (open_record(by=mair.actor, kind=kind, owner=mair.party) for kind in ("plan", "asset"))
    asked = name_helper(by=mair.actor, supporter=cast.carer.party, parts=[("asset", "see"), ("asset", "write")])
    basis = answer(by=cast.carer.actor, asked=asked, yes=True)
    helper = Actor(person=cast.carer.party, on_behalf_of=mair.party, basis=basis)
    assert asset in visible_to(helper) and plan not in visible_to(helper)
    assert plan not in visible_to(cast.carer.actor) and asset not in visible_to(cast.carer.actor)
    look(by=helper, record=asset, parts=["asset"], purpose="helping")
    assert Look.objects.get().on_behalf == mair.party
    with pytest.raises(Refused):
        look(by=helper, record=plan, parts=["plan"], purpose="helping")
    with pytest.raises(Refused):
        export(helper, mair.party)


def test_helping_a_person_is_not_helping_to_run_their_group(cast: Cast) -> None:
    assert may_speak_for(cast.connector.actor, cast.lunch_club)
    assert not may_speak_for(cast.carer.helps(cast.connector), cast.lunch_club)


def test_a_basis_for_one_person_reaches_no_other(cast: Cast) -> None:
    basis = cast.carer.helps(cast.resident).basis
    forged = Actor(person=cast.carer.party, on_behalf_of=cast.neighbour.party, basis=basis)
    record = open_record(by=cast.neighbour.actor, kind="note", owner=cast.neighbour.party)
    assert record not in visible_to(forged)
    with pytest.raises(Refused):
        rename(by=forged, party=cast.neighbour.party, name="Mine now")


def test_help_that_has_ended_reaches_nothing_even_in_the_same_request(cast: Cast) -> None:
    helper = cast.carer.helps(cast.resident)
    record = open_record(by=cast.resident.actor, kind="note", owner=cast.resident.party)
    assert record in visible_to(helper)
    stop_support(by=cast.resident.actor, basis=helper.basis)
    assert record not in visible_to(helper)
    assert open_basis(cast.carer.party, str(helper.basis.key)) is None
    with pytest.raises(Refused):
        rename(by=helper, party=cast.resident.party, name="No")


def test_help_for_a_while_ends_by_itself(cast: Cast) -> None:
    helper = cast.carer.helps(cast.resident)
    Basis.objects.update(until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        rename(by=helper, party=cast.resident.party, name="No")


def test_both_may_stop_the_help_and_an_outsider_may_not(cast: Cast) -> None:
    basis = cast.carer.helps(cast.resident).basis
    with pytest.raises(Refused):
        stop_support(by=cast.outsider.actor, basis=basis)
    stop_support(by=cast.carer.actor, basis=basis)
    assert not people_i_help(cast.carer.actor) and not my_helpers(cast.resident.actor)


def test_help_on_a_person_taking_a_break_goes_on(cast: Cast) -> None:
    helper = cast.carer.helps(cast.resident)
    pause(by=helper, party=cast.resident.party, on=True)
    assert may_speak_for(helper, cast.resident.party)


# Naming a helper


def test_somebody_names_a_helper_who_is_told(cast: Cast) -> None:
    asked = name_helper(by=cast.resident.actor, supporter=cast.carer.party, parts=ALL)
    assert "Mair P. asks" in Notice.objects.get(to=cast.carer.party).body and not people_i_help(cast.carer.actor)
    answer(by=cast.carer.actor, asked=asked, yes=True)
    assert [basis.person for basis in people_i_help(cast.carer.actor)] == [cast.resident.party]
    assert "Tom Pugh can now help you" in Notice.objects.get(to=cast.resident.party).body


def test_nobody_names_a_helper_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        name_helper(by=cast.carer.helps(cast.resident), supporter=cast.outsider.party, parts=ALL)
    for wrong in (cast.resident.party, cast.lunch_club):
        with pytest.raises(Fault):
            name_helper(by=cast.resident.actor, supporter=wrong, parts=ALL)
    with pytest.raises(Fault):
        name_helper(by=cast.resident.actor, supporter=cast.carer.party, parts=[])
    with pytest.raises(Refused):
        support(by=cast.carer.actor, person=cast.resident.party, supporter=cast.carer.party, kind="asked", parts=ALL)


# A basis that a paper gives


def attorney(cast: Cast, kind: str = BasisKind.HEALTH_ATTORNEY) -> Actor:
    asked = record_basis(
        by=cast.steward.actor, person=cast.resident.party, supporter=cast.carer.party,
        kind=kind, parts=ALL, evidence_seen_by="Pauline Webb",
    )  # fmt: skip
    assert not Notice.objects.filter(to=cast.resident.party).exists() and not Basis.objects.exists()
    basis = answer(by=cast.carer.actor, asked=asked, yes=True)
    assert basis is not None and (basis.decided_by, basis.role) == (cast.steward.party, "")
    return Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)


def test_only_a_steward_records_a_paper_and_never_for_themselves(cast: Cast) -> None:
    given = {"person": cast.resident.party, "kind": BasisKind.DEPUTY, "parts": ALL, "evidence_seen_by": "P Webb"}
    for by in (cast.carer.actor, cast.coordinator.actor, cast.carer.helps(cast.steward)):
        with pytest.raises(Refused):
            record_basis(by=by, supporter=cast.carer.party, **given)
    with pytest.raises(Refused):
        record_basis(by=cast.steward.actor, supporter=cast.steward.party, **given)
    with pytest.raises(Fault):
        record_basis(by=cast.steward.actor, supporter=cast.carer.party, **{**given, "evidence_seen_by": " "})
    with pytest.raises(Fault):
        record_basis(by=cast.steward.actor, supporter=cast.agency, **given)
    with pytest.raises(Refused):  # asking is the person's own to do
        record_basis(by=cast.steward.actor, supporter=cast.carer.party, **{**given, "kind": BasisKind.ASKED})


def test_a_health_attorney_acts_only_while_capacity_is_lost(cast: Cast) -> None:
    helper = attorney(cast)
    record = open_record(by=cast.resident.actor, kind="plan", owner=cast.resident.party)
    assert record not in visible_to(helper)
    with pytest.raises(Refused):
        set_audience(by=helper, record=record, audience="circle")
    note_capacity(by=cast.steward.actor, basis=helper.basis, lost=True, evidence_seen_by="Dr Singh's letter")
    assert record in visible_to(helper)
    set_audience(by=helper, record=record, audience="circle")
    note_capacity(by=cast.steward.actor, basis=helper.basis, lost=False)
    with pytest.raises(Refused):
        set_audience(by=helper, record=record, audience="everyone")


def test_an_attorney_for_money_may_act_from_the_start(cast: Cast) -> None:
    assert may_speak_for(attorney(cast, BasisKind.ATTORNEY), cast.resident.party)


def test_nobody_notes_lost_capacity_for_their_own_help_or_without_a_paper(cast: Cast) -> None:
    helper = attorney(cast)
    for by in (cast.carer.actor, cast.resident.actor, cast.coordinator.actor):
        with pytest.raises(Refused):
            note_capacity(by=by, basis=helper.basis, lost=True, evidence_seen_by="me")
    with pytest.raises(Fault):
        note_capacity(by=cast.steward.actor, basis=helper.basis, lost=True)
    assert list(bases_to_note(cast.steward.actor)) == [helper.basis]


def test_the_persons_no_ends_any_help_at_once_and_is_heard(cast: Cast) -> None:
    helper = attorney(cast, BasisKind.ATTORNEY)
    with pytest.raises(Refused):
        object_to(by=cast.outsider.actor, basis=helper.basis)
    object_to(by=cast.resident.actor, basis=helper.basis)
    assert not may_speak_for(helper, cast.resident.party)
    assert {notice.to for notice in Notice.objects.filter(title__contains="not wanted")} == {
        cast.carer.party, cast.steward.party,
    }  # fmt: skip
    assert list(bases_to_note(cast.steward.actor)) == [helper.basis]


def test_the_person_is_told_when_a_paper_is_recorded(cast: Cast) -> None:
    attorney(cast)
    assert "Tom Pugh" in Notice.objects.get(to=cast.resident.party).body


# In the browser


def test_a_helper_opens_a_page_makes_a_card_and_stops(cast: Cast) -> None:
    client = cast.coordinator.client()
    said = {"source": "telephone", "name": "Edith", "word": "tea", "contact_by": "letter", "agreed": "on"}
    assert b"5 letters" in client.post(reverse("helping:open"), said).content
    answer = client.post(reverse("helping:open"), {**said, "word": "marmalade", "key": "once"})
    assert client.post(reverse("helping:open"), {**said, "word": "marmalade", "key": "once"}).status_code == 302
    basis = Basis.objects.get()  # pressed twice, opened once
    assert answer.url == reverse("helping:card", args=[basis.key])
    number = str(card_of(basis).number)
    assert f"{number[:4]} {number[4:]}" in client.get(answer.url).content.decode()
    new = reverse("helping:new_card", args=[basis.key])
    assert client.post(new, {"word": "edith"}).status_code == 200
    client.post(new, {"word": "wellingtons"})
    assert card_of(basis).number != number
    start = reverse("helping:start", args=[basis.key])
    assert client.post(start, {}).status_code == 200
    client.post(start, {"source": "visit"})
    page = client.get(reverse("people:me"))
    assert page.wsgi_request.actor.on_behalf_of == basis.person and b"is helping" in page.content
    client.post(reverse("people:stop_helping"))
    assert not client.get(reverse("people:me")).wsgi_request.actor.is_helping
    end = reverse("helping:end", args=[basis.key])
    assert client.get(end).status_code == 200
    client.post(start, {"source": "visit"})
    client.post(end, {"do": "stop"})
    assert not client.get(reverse("people:me")).wsgi_request.actor.is_helping
    assert client.get(start).status_code == 404


def test_nobody_helps_with_somebody_elses_basis(cast: Cast) -> None:
    basis = cast.carer.helps(cast.resident).basis
    client = cast.outsider.client()
    for name in ("card", "new_card", "start", "end"):
        assert client.get(reverse(f"helping:{name}", args=[basis.key])).status_code == 404
    session = client.session
    session["helping"] = str(basis.key)  # even a forged session opens nothing
    session.save()
    assert not client.get(reverse("people:me")).wsgi_request.actor.is_helping
    assert client.get(reverse("helping:open")).status_code == 403


def test_the_persons_no_ends_it_in_the_middle_of_a_call(cast: Cast) -> None:
    basis = cast.carer.helps(cast.resident).basis
    client = cast.carer.client()
    client.post(reverse("helping:start", args=[basis.key]), {"source": "telephone"})
    cast.resident.client().post(reverse("helping:stop_mine", args=[basis.key]), {"do": "object"})
    assert client.get(reverse("people:me")).wsgi_request.actor.party == cast.carer.party


def test_somebody_names_and_stops_a_helper_on_their_page(cast: Cast) -> None:
    client = cast.resident.client()
    mine = reverse("helping:mine")
    assert client.post(mine, {"who": "Tom", "parts": ["all"], "lasts": "0"}).status_code == 200
    assert client.post(mine, {"who": str(cast.resident.party.key), "parts": ["all"], "lasts": "0"}).status_code == 200
    client.post(mine, {"who": f"/p/{cast.carer.party.key}/", "parts": ["asset"], "write": "on", "lasts": "31"})
    page, asked = client.get(mine).content.decode(), HelpAsked.objects.get()
    assert "Tom P." in page and "Tom Pugh" not in page and "Waits for their yes" in page and not Basis.objects.exists()
    carer, question = cast.carer.client(), reverse("helping:asked", args=[asked.key])
    page = carer.get(question).content.decode()
    assert "Mair P. asks for your help" in page and "What they have to share" in page and "Mair Pugh" not in page
    assert "Mair P." in carer.get(reverse("helping:home")).content.decode()
    assert carer.post(question, {"do": "yes", "key": "once"}).url == reverse("helping:home")
    assert carer.post(question, {"do": "yes", "key": "once"}).url == reverse("helping:home"), "and pressed twice"
    basis = Basis.objects.get()
    assert basis.until and basis.until.date() == (timezone.now() + timedelta(days=31)).date()
    assert {(scope.part, scope.act) for scope in basis.scopes.all()} == {("asset", "see"), ("asset", "write")}
    assert b"Tom Pugh" in client.get(mine).content
    client.post(reverse("helping:stop_mine", args=[basis.key]), {"do": "stop"})
    assert b"Tom Pugh" not in client.get(mine).content


def test_a_steward_writes_down_a_paper_and_lost_capacity(cast: Cast) -> None:
    client = cast.steward.client()
    desk = reverse("helping:desk")
    said = {"kind": "health_attorney", "parts": ["all"], "write": "on", "evidence_seen_by": "Pauline Webb"}
    assert client.get(desk).status_code == 200
    assert client.post(desk, {**said, "person": "x", "supporter": "y"}).status_code == 200
    people = {"person": str(cast.resident.party.key), "supporter": str(cast.resident.party.key)}
    assert client.post(desk, {**said, **people}).status_code in (200, 403)
    people["supporter"] = str(cast.carer.party.key)
    client.post(desk, {**said, **people})
    asked = HelpAsked.objects.get()
    assert "Tom P. for Mair P." in client.get(desk).content.decode()
    cast.carer.client().post(reverse("helping:asked", args=[asked.key]), {"do": "yes"})
    basis = Basis.objects.get()
    client.post(reverse("helping:capacity", args=[basis.key]), {"lost": "yes"})
    basis.refresh_from_db()
    assert basis.capacity_lost_at and basis.evidence_seen_by == "Pauline Webb"
    client.post(reverse("helping:capacity", args=[basis.key]), {"lost": "no"})
    basis.refresh_from_db()
    assert basis.capacity_lost_at is None
    assert cast.builder.client().get(desk).status_code == 403
