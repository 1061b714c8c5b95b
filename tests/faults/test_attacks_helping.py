"""Somebody who helps tries to see and do more than the help that was agreed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.actions import look
from alongside.ground.helping.actions import MOST_ASKED, MOST_ONE, name_helper
from alongside.ground.helping.models import HelpAsked
from alongside.ground.helping.queries import bases_to_note
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people import actions as people
from alongside.ground.people.models import Basis, BasisKind, Block, Role
from alongside.ground.people.queries import open_basis
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans import actions as plans
from tests.cast import MACHINE, Cast

pytestmark = pytest.mark.django_db
PLAN_ONLY = [("plan", "see"), ("plan", "write")]


def helping(cast: Cast, parts: list[tuple[str, str]]) -> tuple[Client, Basis]:
    """The carer's browser while they help the resident with these parts of her page."""
    assert cast.place.name
    mair, tom = cast.resident, cast.carer
    basis = people.support(by=mair.actor, person=mair.party, supporter=tom.party, kind=BasisKind.ASKED, parts=parts)
    client = tom.client()
    session = client.session
    session["helping"] = str(basis.key)
    session.save()
    return client, basis


def private_things(cast: Cast) -> None:
    mair = cast.resident
    people.note_facts(by=mair.actor, party=mair.party, phone="07700 900123", address="1 Hidden Row")
    people.block(by=mair.actor, other=cast.neighbour.party)
    cast.staff("Ann Other", Role.COORDINATOR).helps(mair)
    assert cast.lunch_club.name


@pytest.mark.parametrize("page", ["/me/", "/me/blocks/", "/groups/", "/me/helpers/", "/my-page/"])
def test_help_with_a_plan_shows_nothing_else_of_the_person(cast: Cast, page: str) -> None:
    private_things(cast)
    client, _basis = helping(cast, PLAN_ONLY)
    shown = client.get(page).content.decode()
    for secret in ("07700 900123", "Hidden Row", "Joseph", "lunch club", "Ann Other"):
        assert secret not in shown, f"{page} shows {secret}"


def test_help_with_everything_still_shows_it(cast: Cast) -> None:
    private_things(cast)
    client, _basis = helping(cast, [("all", "see")])
    assert "Hidden Row" in client.get("/me/").content.decode()
    assert "Joseph" in client.get("/me/blocks/").content.decode()
    assert "lunch club" in client.get("/groups/").content.decode()


def test_help_with_a_plan_shuts_nobody_out(cast: Cast) -> None:
    client, _basis = helping(cast, PLAN_ONLY)
    assert client.post(f"/p/{cast.lunch_club.key}/block/").status_code == 403
    assert not Block.objects.exists()


def test_help_with_a_plan_opens_no_group_in_their_name(cast: Cast) -> None:
    client, _basis = helping(cast, PLAN_ONLY)
    assert client.post("/groups/new/", {"name": "In her name", "sort": "group", "about": ""}).status_code == 403
    assert cast.memberships(cast.resident.party) == []


def test_a_card_is_made_by_a_named_helper_and_by_no_other_supporter(cast: Cast) -> None:
    """With a card somebody comes in as the person: to end the page, name helpers, or read what worries them."""
    assert cast.place.name
    mair, tom = cast.resident, cast.carer
    basis = people.support(
        by=cast.steward.actor,
        person=mair.party,
        supporter=tom.party,
        kind=BasisKind.APPOINTEE,
        parts=[("all", "see"), ("all", "write")],
        evidence_seen_by="Pauline Webb",
    )
    with pytest.raises(Refused):
        people.give_card(
            by=Actor(person=tom.party, on_behalf_of=mair.party, basis=basis), party=mair.party, word="kingfisher"
        )
    assert tom.client().get(f"/helping/{basis.key}/card/").status_code == 403
    assert people.give_card(by=cast.neighbour.helps(mair), party=mair.party, word="kingfisher").number


def test_help_with_what_somebody_shares_reaches_that_and_nothing_else(cast: Cast) -> None:
    client, _basis = helping(cast, [("asset", "see"), ("asset", "write")])
    client.post("/offer/", {"kind": "skill", "title": "Welsh cakes", "words": ""})
    assert Asset.objects.get().record.owner == cast.resident.party
    assert client.get("/my-page/plan/")["Location"] == "/my-page/"  # as for somebody who has none
    assert client.post("/my-page/plan/want/", {"want-TOTAL_FORMS": "1", "want-INITIAL_FORMS": "0", "want-0-words": "x"})
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("parts", [PLAN_ONLY, [("all", "see"), ("all", "write")]])
def test_a_plan_that_somebody_shared_with_the_person_is_not_for_their_helper(
    cast: Cast, parts: list[tuple[str, str]]
) -> None:
    mair, joseph = cast.resident, cast.neighbour
    plan = plans.start(by=joseph.actor, owner=joseph.party)
    until = timezone.now() + timedelta(days=30)
    plans.share(by=joseph.actor, plan=plan, grantee=mair.party, parts=["all"], until=until)
    assert mair.client().get(f"/plan/{plan.record.key}/").status_code == 200
    client, basis = helping(cast, parts)
    assert client.get(f"/plan/{plan.record.key}/").status_code in (403, 404)
    with_mair = Actor(person=cast.carer.party, on_behalf_of=mair.party, basis=basis)
    with pytest.raises(Refused):
        look(by=with_mair, record=plan.record, parts=["all"], purpose="curious")


# Somebody shuts out whoever helps them, or asks people for help who want nothing from them


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_shuts_out_their_helper_is_helped_no_more(cast: Cast, turned: bool) -> None:
    client, basis = helping(cast, [("all", "see"), ("all", "write")])
    mair, tom = cast.resident, cast.carer
    assert "Hidden" not in client.get("/me/").content.decode() and open_basis(tom.party, str(basis.key))
    who, other = (tom, mair) if turned else (mair, tom)
    people.block(by=who.actor, other=other.party)
    assert open_basis(tom.party, str(basis.key)) is None
    assert client.get("/me/").wsgi_request.actor.party == tom.party, "in the middle of a call too"


def test_what_rests_on_a_paper_ends_too_and_a_steward_looks_into_it(cast: Cast) -> None:
    mair, tom = cast.resident, cast.carer
    given = {"person": mair.party, "supporter": tom.party, "parts": PLAN_ONLY, "evidence_seen_by": "P. Webb"}
    basis = people.support(by=cast.steward.actor, kind=BasisKind.ATTORNEY, **given)
    people.block(by=mair.actor, other=tom.party)
    basis.refresh_from_db()
    assert basis.objected_at is not None and basis.ended_at is None
    assert open_basis(tom.party, str(basis.key)) is None
    assert basis in bases_to_note(cast.steward.actor)
    people.unblock(by=mair.actor, other=tom.party)
    assert open_basis(tom.party, str(basis.key)) is None, "help does not come back by itself"


def test_nobody_asks_for_help_from_whom_they_are_shut_out_by(cast: Cast) -> None:
    people.block(by=cast.resident.actor, other=cast.outsider.party)
    for key in (cast.resident.party.key, uuid4()):  # the same words as for nobody
        said = {"who": f"/p/{key}/", "parts": "all", "lasts": "0"}
        page = cast.outsider.client().post("/me/helpers/", said).content.decode()
        assert "Enter the address of another person" in page
    assert not Notice.objects.filter(to=cast.resident.party).exists() and not Basis.objects.exists()


def test_asking_again_and_again_is_one_question_and_ends_after_three_and_after_ten(cast: Cast) -> None:
    given = {"by": cast.outsider.actor, "supporter": cast.resident.party}
    for n in range(MOST_ONE):
        name_helper(parts=PLAN_ONLY[: 1 + n % 2], **given)
    with pytest.raises(Fault, match="several times today"):
        name_helper(parts=PLAN_ONLY, **given)
    assert HelpAsked.objects.count() == 1 == Notice.objects.filter(to=cast.resident.party).count()
    for n in range(MOST_ASKED - MOST_ONE):
        name_helper(by=cast.outsider.actor, supporter=cast.person(f"Ann {n}").party, parts=PLAN_ONLY)
    with pytest.raises(Fault, match="many people today"):
        name_helper(by=cast.outsider.actor, supporter=cast.carer.party, parts=PLAN_ONLY)


# A name that turns round what is written after it


def test_a_name_turns_no_sentence_round(cast: Cast) -> None:
    odd = people.welcome(by=MACHINE, name="Tom\u202e Pugh\u2066")
    assert (
        odd.name == "Tom Pugh"
        and people.rename(by=MACHINE, party=odd, name="\u202bAnn\u2069 \x00Lee").name == "Ann Lee"
    )
    assert people.rename(by=MACHINE, party=odd, name="שלום עולם").name == "שלום עולם"
    with pytest.raises(Fault):
        people.welcome(by=MACHINE, name="\u202e\u2066 ")
