"""Without their second factor staff have none of their powers, on whichever page: they are residents like others."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from alongside.doing.connecting.policy import may_introduce_others
from alongside.exchange.services.policy import may_load, may_see_loads
from alongside.ground.consent.actions import look, share
from alongside.ground.helping.policy import may_open_page_with
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import tell
from alongside.ground.notices.queries import messages
from alongside.ground.people.doors import METHODS, PROOF_HOLDS, actor_of
from alongside.ground.people.policy import may_bring_in, may_note_capacity
from alongside.ground.people.queries import acts_as_steward, may_speak_for, may_take_away
from alongside.ground.places.policy import may_keep
from alongside.ground.records.models import Audience, Record
from alongside.ground.records.queries import findable, visible_to
from alongside.knowing.assessment.policy import may_publish
from alongside.knowing.assets.actions import offer
from alongside.knowing.barriers.actions import say
from alongside.knowing.freshness.policy import may_type
from alongside.planning.decisions.policy import may_ask
from alongside.planning.lotteries.policy import may_join_on_paper, may_open
from alongside.planning.papers.policy import may_key
from alongside.planning.rolls.policy import speaks_for
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.deciding import opened

pytestmark = pytest.mark.django_db


def before(somebody: Somebody) -> Actor:
    """The same person, before they used the app."""
    return replace(somebody.actor, proved=False)


def test_a_page_knows_whether_the_second_factor_was_used(cast: Cast) -> None:
    request: Any = RequestFactory().get("/")
    request.user = cast.steward.login
    for methods, proved in (["code"], False), (["code", "mfa"], True):
        request.session = {METHODS: [{"method": one, "at": time.time()} for one in methods]}
        assert actor_of(request).proved is proved and acts_as_steward(actor_of(request)) is proved


def test_it_counts_for_a_day_of_work_and_no_longer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = cast.steward.client(), time.time()
    assert client.get("/desk/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + PROOF_HOLDS + 1)
    assert "/app/" in client.get("/desk/")["Location"], "whoever finds it open the next morning is asked"


def test_spare_codes_are_shown_to_nobody_who_finds_a_page_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    TOTP.activate(cast.steward.login, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(cast.steward.login)
    client, now = cast.steward.client(), time.time()
    pages = [reverse("mfa_view_recovery_codes"), reverse("mfa_download_recovery_codes")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    monkeypatch.setattr(time, "time", lambda: now + 600)
    assert ["/sign-in/app/again/" in client.get(page).headers.get("Location", "") for page in pages] == [True, True]


def test_messages_to_the_council_and_what_was_shared_with_it_wait_too(cast: Cast) -> None:
    tell(by=MACHINE, to=cast.council, title="About a family", body="In confidence")
    thing = offer(by=cast.resident.actor, holder=cast.resident.party, kind="story", title="Mine", audience=Audience.ME)
    until = timezone.now() + timedelta(days=1)
    share(
        by=cast.resident.actor,
        record=thing.record,
        grantee=cast.council,
        parts=["asset"],
        purpose="To plan",
        until=until,
    )
    for by, may in (cast.steward.actor, True), (before(cast.steward), False):
        assert messages(by).exists() is visible_to(by).filter(pk=thing.pk).exists() is may
    with pytest.raises(Refused):
        look(by=before(cast.steward), record=thing.record, parts=["asset"], purpose="To plan")


def test_a_steward_has_no_power_of_one(cast: Cast) -> None:
    thing = offer(by=cast.steward.actor, holder=cast.council, kind="space", title="A store room", audience=Audience.ME)
    for by, may in (cast.steward.actor, True), (before(cast.steward), False):
        assert may_speak_for(by, cast.council) is may_take_away(by, cast.council) is may
        assert visible_to(by).filter(pk=thing.pk).exists() is findable(by).filter(pk=thing.pk).exists() is may
        assert may_keep(by=by) is may_load(by=by) is may_see_loads(by=by) is may_publish(by=by) is may
        assert (
            may_open_page_with(by=by) is may_introduce_others(by) is may_type(by=by) is may_join_on_paper(by=by) is may
        )
        assert may_bring_in(by=by, member=cast.resident.party, of=cast.council, role="builder") is may
        assert may_ask(by=by, owner=cast.council) is may_open(by=by, owner=cast.council) is may
        assert speaks_for(by) == ([cast.council] if may else [])
    assert not may_note_capacity(by=before(cast.steward), basis=None)
    assert Record.objects.get(pk=thing.pk).owner == cast.council


def test_a_commissioner_chooses_for_no_council_and_runs_no_decision(cast: Cast) -> None:
    decision = opened(cast, cast.commissioner, cast.council)
    for by, may in (cast.commissioner.actor, True), (before(cast.commissioner), False):
        assert may_key(by=by, decision=decision) is may_ask(by=by, owner=cast.council) is may
        assert speaks_for(by) == ([cast.council] if may else [])


def test_what_needs_no_second_factor_is_as_it_was(cast: Cast) -> None:
    """Connectors and those who look after a group are no staff; and staff keep what is their own."""
    by = before(cast.connector)
    assert may_speak_for(by, cast.lunch_club) and not may_introduce_others(by)
    mine = offer(
        by=cast.steward.actor, holder=cast.steward.party, kind="equipment", title="A tent", audience=Audience.ME
    )
    assert visible_to(before(cast.steward)).filter(pk=mine.pk).exists()
    assert may_speak_for(before(cast.steward), cast.steward.party)


def test_whoever_presses_without_it_is_asked_for_it_and_comes_back(cast: Cast) -> None:
    """On a page that is for everybody: a steward answers what nobody has said yet is theirs."""
    barrier = say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="There is a step", place="Mill Hill")
    page = f"/in-the-way/{barrier.record.key}/"
    told = {"stage": "heard", "words": "We will ask"}
    from_page = {"referer": f"http://testserver{page}"}
    answer = cast.steward.client(second_factor=False).post(f"{page}answer/", told, headers=from_page)
    assert "/app/" in answer["Location"] and answer["Location"].endswith(quote(page, safe=""))
    assert not barrier.answers.exists()
    assert cast.steward.client().post(f"{page}answer/", told).status_code == 302 and barrier.answers.exists()
    assert cast.resident.client().post(f"{page}answer/", told).status_code == 403, "others have no use for an app"
