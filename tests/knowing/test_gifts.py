"""What I can do, know and lend: ticks kept page by page, seen by nobody until offered, and the same on paper."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import support
from alongside.ground.people.models import BasisKind
from alongside.ground.records.models import State
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import found, held_by
from alongside.knowing.gifts import actions, queries
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
MINE, HANDS, SHEET = "/my-page/gifts/", "/my-page/gifts/hands/", "/gifts/sheet/"
RTL = "\u202eمرحبا😀" * 2_000


def note(person: Somebody, *ticked: str, part: str = "hands", more: str = "", by: Actor | None = None) -> int:
    return actions.note(by=by or person.actor, owner=person.party, part=part, ticked=ticked, more=more)


def has(person: Somebody) -> list[str]:
    return sorted(asset.title for asset in held_by(person.actor, person.party))


def test_each_tick_is_something_of_her_own_that_nobody_else_sees(cast: Cast) -> None:
    joan = cast.resident
    assert note(joan, "bikes", "knitting", more=" Lace,  by hand \n\nLace, by hand") == 2
    assert note(joan, "garden", "tools", part="lend") == 2
    kinds = {asset.title: asset.kind for asset in Asset.objects.all()}
    assert kinds == {
        "Mending bikes": "skill",
        "Knitting or sewing": "skill",
        "Lace, by hand": "skill",
        "A garden": "space",
        "Tools": "equipment",
    }
    for other in (cast.outsider, cast.carer, cast.coordinator, cast.commissioner, cast.steward):
        assert not found(other.actor).exists()
        assert queries.had(other.actor, joan.party)[1] == []
    assert not Asset.objects.filter(record__countable=True).exists(), "nor is she counted for a tick"
    assert Event.objects.filter(verb="gifts.note").count() == 2
    assert "bikes" not in "".join(Event.objects.values_list("fields", flat=True))


def test_what_she_unticks_is_gone_and_what_she_shares_stays(cast: Cast) -> None:
    joan = cast.resident
    note(joan, "bikes", "knitting")
    bikes = Asset.objects.get(title="Mending bikes")
    assets.change(by=joan.actor, asset=bikes, audience="everyone")
    assert note(joan) == 1
    assert has(joan) == ["Mending bikes"]
    page = joan.client().get(HANDS).content.decode()
    assert "You share this already:" in page
    assert 'value="bikes"' not in page, "what others see is not unticked by the way"
    assert Asset.objects.get(title="Knitting or sewing").record.state == State.ENDED


def test_ticking_again_or_in_welsh_makes_no_second_one(cast: Cast) -> None:
    joan = cast.resident
    note(joan, "bikes")
    with translation.override("cy"):
        note(joan, "bikes", "shelves", more="Trwsio beiciau\nMENDING BIKES")
        page = joan.client().get(HANDS, headers={"accept-language": "cy"}).content.decode()
    assert has(joan) == ["Gosod silffoedd", "Mending bikes"]
    assert Asset.objects.get(title="Gosod silffoedd").record.lang == "cy"
    assert page.count(" checked") == 2


def test_pressing_twice_counts_once(cast: Cast) -> None:
    given = {"ticked": ["bikes"], "more": "Lace", "key": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    client = cast.resident.client()
    for _again in range(2):
        assert client.post(HANDS, given).headers["Location"] == "/my-page/gifts/food/"
    assert has(cast.resident) == ["Lace", "Mending bikes"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"part": "feet"}, "ticked"),
        ({"ticked": ("baking",)}, "ticked"),
        ({"more": "x" * 201}, "more"),
        ({"more": "\n".join(str(n) for n in range(9))}, "more"),
        ({"more": RTL}, "more"),
    ],
    ids=["a page there is not", "a tick of another page", "a long line", "nine lines", "ten thousand signs"],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(cast: Cast, given: dict, field: str) -> None:
    with pytest.raises(Fault) as fault:
        actions.note(**{"by": cast.resident.actor, "owner": cast.resident.party, "part": "hands", "ticked": ()} | given)
    assert fault.value.field == field
    assert not Asset.objects.exists()


def test_a_form_that_does_not_fit_says_so_and_loses_nothing(cast: Cast) -> None:
    client = cast.resident.client()
    page = client.post(HANDS, {"ticked": ["bikes"], "more": "Lace\n" + "y" * 300}).content.decode()
    assert "Make each line 200 letters or fewer" in page
    assert "Lace" in page and page.count(" checked") == 1
    assert "Error:" in client.post(HANDS, {"ticked": ["<script>"]}).content.decode()
    assert client.get("/my-page/gifts/feet/").status_code == 404
    assert has(cast.resident) == []


def test_signs_of_any_script_are_kept(cast: Cast) -> None:
    note(cast.resident, more="\u202eمرحبا 😀\x00\n<b>Lace</b>")
    assert has(cast.resident) == ["<b>Lace</b>", "\u202eمرحبا 😀"]
    assert "&lt;b&gt;Lace" in cast.resident.client().get(MINE).content.decode()


def test_nobody_ticks_for_her_but_a_helper_she_asked_for_it(cast: Cast) -> None:
    joan = cast.resident
    for other in (cast.outsider, cast.carer, cast.coordinator, cast.steward):
        with pytest.raises(Refused):
            note(joan, "bikes", by=other.actor)
    who = {"person": joan.party, "supporter": cast.carer.party, "kind": BasisKind.ASKED}
    plan = support(by=joan.actor, parts=[("plan", "see"), ("plan", "write")], **who)
    reading = Actor(person=cast.carer.party, on_behalf_of=joan.party, basis=plan)
    with pytest.raises(Refused):
        note(joan, "bikes", by=reading)
    note(joan, "bikes")
    assert not any(page.things for page in queries.had(reading, joan.party)[0])


def test_a_helper_types_in_what_stands_on_her_sheet(cast: Cast) -> None:
    by = cast.coordinator.helps(cast.resident)
    assert note(cast.resident, "bikes", by=by) == 1
    assert has(cast.resident) == ["Mending bikes"]
    assert Event.objects.get(verb="gifts.note").on_behalf == cast.resident.party
    with pytest.raises(Refused):
        note(cast.outsider, "bikes", by=by)


def test_a_group_has_no_ticks(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.note(by=Actor.system("tests"), owner=cast.lunch_club, part="hands", ticked=["bikes"])


def test_without_an_account_page_by_page_with_a_stop_on_the_way(client: Client, cast: Cast) -> None:
    assert cast.place.name
    assert "It takes about six minutes." in client.get(MINE).content.decode()
    assert client.post(HANDS, {"ticked": ["bikes"]}).headers["Location"] == "/my-page/gifts/food/"
    assert client.post("/my-page/gifts/food/", {"stop": "1", "ticked": ["jam"]}).headers["Location"] == MINE
    page = client.get(MINE).content.decode()
    assert "Mending bikes" in page and "Making jam or pickle" in page
    assert 'href="/my-page/gifts/outdoors/"' in page, "she goes on where she stopped"
    key = Asset.objects.get(title="Mending bikes").record.key
    assert f'href="/a/{key}/when/"' in page, "each can be offered from here"
    assert client.post("/my-page/gifts/lend/", {"ticked": ["tools"]}).headers["Location"] == MINE
    assert "Mending bikes" not in Client().get(MINE).content.decode()


def test_eight_pages_take_somebody_who_reads_slowly_under_eight_minutes() -> None:
    pages = queries.parts()
    assert len(pages) <= 8 and len({gift.label["en"] for page in pages for gift in page.gifts}) == 64
    assert 4 < queries.minutes(pages) < 7.5
    with translation.override("cy"):
        assert queries.minutes(pages) < 8
    assert queries.minutes([]) == 0


def test_every_line_is_on_the_sheet_with_a_box(client: Client, cast: Cast) -> None:
    assert cast.place.phone
    page = client.get(SHEET).content.decode()
    assert page.count("☐") == 64
    assert cast.place.phone in page
    assert all(gift.words.replace("'", "&#x27;") in page for part in queries.parts() for gift in part.gifts)
