"""The pages of a plan as a browser without scripts meets them, from the first question to taking it all away."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.consent.models import Grant, Look
from alongside.ground.people.actions import block
from alongside.ground.people.models import Device, Party
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.planning.plans import actions
from alongside.planning.plans.models import Plan
from tests.cast import Cast, Somebody
from tests.planning.pages import words_of

pytestmark = pytest.mark.django_db
RTL = ("أريد أن أغني 🎶 <b>&" * 800)[:10_000]


def wants(*words: str, keys: tuple[str, ...] = ()) -> dict[str, Any]:
    given: dict[str, Any] = {"want-TOTAL_FORMS": len(words), "want-INITIAL_FORMS": len(keys), "key": str(uuid.uuid4())}
    for n, one in enumerate(words):
        given |= {f"want-{n}-words": one, f"want-{n}-domain": "fun", f"want-{n}-key": keys[n] if n < len(keys) else ""}
    return given


def shares(person: Somebody, title: str, **more: Any) -> Asset:
    person.login
    given = {"kind": "skill", "audience": "everyone", "domains": ["fun"], "per_week": 200} | more
    return offer(by=person.actor, holder=person.party, title=title, **given)


def a_plan(person: Somebody, words: str = "I want to sing again") -> Plan:
    plan = actions.start(by=person.actor, owner=person.party)
    return actions.say_wants(by=person.actor, plan=plan, wants=[actions.Want(words, "fun")])


def test_a_plan_from_nothing_to_one_sheet_on_one_device(cast: Cast) -> None:
    """Nothing is asked of anyone; the plan is there again when the same device comes back."""
    kitchen, somebody = shares(cast.neighbour, "Singing at the kitchen table"), Client()
    assert b"You need no account" in somebody.get("/my-page/").content
    assert somebody.get("/my-page/plan/ask/matters/").status_code == 200
    assert not Party.objects.filter(state="provisional").exists(), "looking opens no page"

    somebody.post("/my-page/plan/ask/matters/", {"matters": "Small rooms, real tea"})
    answer = somebody.post("/my-page/plan/ask/people_and_places/", {"people": "Tom\nDenise", "access": ""})
    assert answer.url == "/my-page/plan/ask/have_and_know/"
    answer = somebody.post(answer.url, {"assets": "", "skills": "The old chapel songs", "resilience": ""})
    assert answer.url == "/my-page/around/"
    assert "How close are they?" in words_of(somebody.get(answer.url))
    answer = somebody.post("/my-page/plan/want/", wants("I want to sing again"))
    answer = somebody.post(answer.url, {f"source_{n}": str(n) for n in range(1, 6)})
    ideas = somebody.get(answer.url)
    said = words_of(ideas)
    assert "Singing at the kitchen table" in said and "You said “sing”, and so does this." in said
    assert "What you get already stays the same" in said

    again = somebody.post(answer.url, {"asset": kitchen.record.key, "choice": "yes", "minutes": "60", "key": "k1"})
    assert "In your plan" in words_of(somebody.get(again.url))
    draft = Contribution.objects.get()
    who = words_of(somebody.get("/my-page/plan/who/"))
    assert "sign in, or name someone who helps you" in who
    details = {f"minutes_{draft.pk}": "60", f"decides_{draft.pk}": "Me", f"message_{draft.pk}": "Hello", "review": "3"}
    assert somebody.post("/my-page/plan/who/", details).url == "/my-page/plan/check/"
    check = words_of(somebody.get("/my-page/plan/check/"))
    assert "Small rooms, real tea" in check and "You, People and groups near you" in check
    assert somebody.post("/my-page/plan/check/", {"key": "k2"}).url == "/my-page/plan/"
    sheet = words_of(somebody.get("/my-page/plan/?print=large"))
    assert "I want to sing again" in sheet and "Not asked yet" in sheet
    assert "Joseph O." in sheet and "Okafor" not in sheet, "a stranger's whole name waits for their yes"
    assert Contribution.objects.get().state == "draft"
    assert "Keep it by signing in" in words_of(somebody.get("/my-page/"))
    assert Device.objects.count() == 1
    assert Client().get("/my-page/plan/").status_code == 302


def test_leaving_the_first_question_empty_says_what_to_do(cast: Cast) -> None:
    page = Client().post("/my-page/plan/ask/matters/", {"matters": "  "})
    said = words_of(page)
    assert "There is a problem" in said and "choose “Skip this one”" in said
    assert "<title>Error:" in page.content.decode()
    assert not Plan.objects.exists()


def test_nothing_typed_is_lost_when_something_is_missing(cast: Cast) -> None:
    client = cast.resident.client()
    page = client.post("/my-page/plan/ask/have_and_know/", {"skills": "x" * 20_001, "assets": "A piano"})
    assert "A piano" in page.content.decode() and "fewer than 20,000" in words_of(page)
    page = client.post("/my-page/plan/want/", wants("", ""))
    assert "Write one thing you want" in words_of(page)


def test_ten_thousand_letters_of_anything_are_shown_as_written(cast: Cast) -> None:
    client = cast.resident.client()
    assert client.post("/my-page/plan/ask/matters/", {"matters": RTL}).status_code == 302
    assert client.post("/my-page/plan/want/", wants(RTL)).status_code == 302
    outcome = Outcome.objects.get()
    for address in ("/my-page/plan/", "/my-page/plan/check/", f"/my-page/plan/ideas/{outcome.record.key}/"):
        page = client.get(address).content.decode()
        assert "🎶 &lt;b&gt;&amp;" in page and "<b>&أ" not in page


def test_the_back_button_and_a_second_press_make_one(cast: Cast) -> None:
    client, once = cast.resident.client(), wants("Sing")
    client.post("/my-page/plan/want/", once)
    client.post("/my-page/plan/want/", once)
    assert Outcome.objects.count() == 1
    client.post("/wish/", {"words": "A bench", "audience": "me", "key": "press"})
    client.post("/wish/", {"words": "A bench", "audience": "me", "key": "press"})
    assert Wish.objects.count() == 1


def test_one_thing_more_and_one_thing_less(cast: Cast) -> None:
    client = cast.resident.client()
    more = client.post("/my-page/plan/want/", wants("Sing") | {"more": "1"})
    assert more.url == "/my-page/plan/want/?more=1"
    assert client.get(more.url).content.count(b"<textarea") == 2
    key = str(Outcome.objects.get().record.key)
    client.post("/my-page/plan/want/", wants("", "Walk", keys=(key,)))
    assert "Walk" in words_of(client.get("/my-page/plan/")) and "Sing" not in words_of(client.get("/my-page/plan/"))


def test_what_came_into_the_plan_while_a_page_was_open_is_left_as_it_is(cast: Cast) -> None:
    plan, kitchen = a_plan(cast.resident), shares(cast.neighbour, "Singing at the kitchen table")
    actions.choose(by=cast.resident.actor, plan=plan, outcome=Outcome.objects.get(), asset=kitchen, choice="yes")
    answer = cast.resident.client().post("/my-page/plan/who/", {"review": "3"})
    assert answer.url == "/my-page/plan/check/"
    assert Contribution.objects.get().decides == "Mair Pugh and Joseph O."


def test_changing_an_answer_leads_back_to_the_answers(cast: Cast) -> None:
    a_plan(cast.resident)
    client = cast.resident.client()
    for address, given in [
        ("/my-page/plan/ask/matters/", {"matters": "Tea"}),
        ("/my-page/plan/order/", {f"source_{n}": "0" if n == 5 else str(n) for n in range(1, 6)}),
    ]:
        assert client.post(f"{address}?then=check", given).url == "/my-page/plan/check/"
    assert "Special services" not in words_of(client.get("/my-page/plan/check/"))


def test_the_neighbour_is_asked_on_her_page_and_answers_there(cast: Cast) -> None:
    mair, joseph = cast.resident, cast.neighbour
    plan, kitchen = a_plan(mair), shares(joseph, "Singing at the kitchen table")
    client, theirs = mair.client(), joseph.client()
    outcome = Outcome.objects.get()
    actions.choose(by=mair.actor, plan=plan, outcome=outcome, asset=kitchen, choice="yes")
    client.post("/my-page/plan/check/", {"key": "a"})
    it = Contribution.objects.get()
    assert "Singing at the kitchen table" in words_of(theirs.get("/my-page/"))
    page = theirs.get(f"/my-page/asked/{it.record.key}/")
    assert "Mair Pugh asks you" in words_of(page) and "sing again" not in words_of(page)
    assert cast.outsider.client().get(f"/my-page/asked/{it.record.key}/").status_code == 404
    assert client.post(f"/my-page/asked/{it.record.key}/", {"say": "yes"}).status_code == 404
    more = theirs.post(f"/my-page/asked/{it.record.key}/", {"say": "more", "reply": ""})
    assert "Write what you would like to know" in words_of(more)
    theirs.post(f"/my-page/asked/{it.record.key}/", {"say": "more", "reply": "Do you read music?"})
    theirs.post(f"/my-page/asked/{it.record.key}/", {"say": "yes", "reply": "Come at two"})
    assert Contribution.objects.get().state == "accepted"
    messages = words_of(client.get("/my-page/"))
    assert "Joseph Okafor said yes" in messages and "would like to know more" in messages
    assert "Said yes" in words_of(client.get("/my-page/plan/"))
    theirs.post(f"/my-page/asked/{it.record.key}/", {"say": "rest"})
    assert "Having a break" in words_of(client.get("/my-page/plan/"))
    theirs.post(f"/my-page/asked/{it.record.key}/", {"say": "stop"})
    assert "kitchen table" not in words_of(client.get("/my-page/plan/"))


def test_sharing_a_part_and_taking_it_back_at_once(cast: Cast) -> None:
    mair = cast.resident
    plan = a_plan(mair)
    cast.carer.helps(mair)
    client, tom = mair.client(), cast.carer.client()
    shared = f"/plan/{plan.record.key}/"
    assert tom.get(shared).status_code == 404
    given = {"who": str(cast.carer.party.key), "parts": ["all"], "until": "31", "key": "s"}
    assert client.post("/my-page/plan/share/", given).url == "/my-page/plan/"
    assert "Tom Pugh" in words_of(client.get("/my-page/plan/"))
    assert "I want to sing again" in words_of(tom.get(shared))
    assert "Mair Pugh’s plan" in words_of(tom.get("/my-page/"))
    assert Look.objects.filter(reader=cast.carer.party, part="all").exists()
    assert "Tom Pugh, all of it" in words_of(client.get("/my-page/plan/"))
    said = client.post("/my-page/plan/take-back/", {"grant": Grant.objects.get().pk}, follow=True)
    assert "You took it back" in words_of(said)
    assert tom.get(shared).status_code == 404
    assert "I want" not in words_of(tom.get("/my-page/"))


def test_a_grant_of_somebody_else_cannot_be_taken_back(cast: Cast) -> None:
    plan = a_plan(cast.resident)
    until = timezone.now() + timedelta(days=3)
    grant = actions.share(by=cast.resident.actor, plan=plan, grantee=cast.carer.party, parts=["all"], until=until)
    a_plan(cast.outsider)
    cast.outsider.client().post("/my-page/plan/take-back/", {"grant": grant.pk})
    grant.refresh_from_db()
    assert grant.revoked_at is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"parts": ["all"], "until": "31"}, "Choose who may see it"),
        ({"group": "Nobody at all", "parts": ["all"], "until": "31"}, "We know no group of that name"),
        ({"group": "Mill Street lunch club", "until": "31"}, "Choose at least one part"),
    ],
)
def test_sharing_says_what_is_missing(cast: Cast, given: dict[str, Any], words: str) -> None:
    assert cast.lunch_club
    a_plan(cast.outsider)
    assert words in words_of(cast.outsider.client().post("/my-page/plan/share/", given))


def test_a_plan_is_shared_with_a_daughter_far_away_by_the_address_of_her_page(cast: Cast) -> None:
    plan, page = a_plan(cast.resident), f"https://example.org/p/{cast.carer.party.key}/"
    client, given = cast.resident.client(), {"group": page, "parts": ["all"], "until": "31"}
    cast.carer.login
    assert client.post("/my-page/plan/share/", given).url == "/my-page/plan/"
    assert Grant.objects.get(revoked_at=None, record=plan.record).grantee == cast.carer.party
    block(by=cast.outsider.actor, other=cast.resident.party)
    for nobody in (cast.outsider.party.key, cast.resident.party.key, uuid.uuid4()):
        assert "no such page" in words_of(client.post("/my-page/plan/share/", given | {"group": str(nobody)}))


def test_whoever_shares_with_an_address_learns_no_surname_by_it(cast: Cast) -> None:
    """An address stands with whatever somebody offers to everyone, beside a first name and a letter."""
    a_plan(cast.resident)
    Party.objects.filter(pk=cast.outsider.party.pk).update(name="Anwen Trevelyan-Jones")
    given = {"group": str(cast.outsider.party.key), "parts": ["all"], "until": "31"}
    told = words_of(cast.resident.client().post("/my-page/plan/share/", given, follow=True))
    assert "Anwen T. can see it now." in told and "Anwen T. (" in told
    plan = Grant.objects.get(grantee=cast.outsider.party).record
    cast.outsider.login
    assert cast.outsider.client().get(f"/plan/{plan.key}/").status_code == 200
    for page in ("/my-page/", "/my-page/plan/", "/my-page/plan/share/"):
        said = words_of(cast.resident.client().get(page))
        assert "Trevelyan" not in said and ("Anwen T." in said or page.endswith("share/"))


def test_before_signing_in_nobody_fills_in_whom_to_share_with_for_nothing() -> None:
    somebody = Client()
    somebody.post("/my-page/plan/ask/matters/", {"matters": "Tea"})
    page = words_of(somebody.get("/my-page/plan/share/"))
    assert "Sign in first." in page and "Which parts may they see?" not in page


def test_what_to_do_if_things_go_wrong_stands_on_the_sheet_and_goes_only_with_all_of_it(cast: Cast) -> None:
    plan, client, tom = a_plan(cast.resident), cast.resident.client(), cast.carer.client()
    assert "Say whom to ring" in words_of(client.get("/my-page/plan/"))
    said = client.post("/my-page/plan/ask/wrong/", {"wrong": "Ring Megan. Feed the cat."})
    assert said.url == "/my-page/plan/check/"
    assert "Ring Megan. Feed the cat." in words_of(client.get("/my-page/plan/"))
    until = timezone.now() + timedelta(days=3)
    for parts, seen in ((["matters"], False), (["all"], True)):
        actions.share(by=cast.resident.actor, plan=plan, grantee=cast.carer.party, parts=parts, until=until)
        assert ("Feed the cat" in words_of(tom.get(f"/plan/{plan.record.key}/"))) is seen


def test_who_has_no_plan_yet_is_led_to_the_beginning(cast: Cast) -> None:
    assert cast.outsider.client().get("/my-page/plan/").url == "/my-page/"


def test_where_nobody_can_be_asked_it_says_whom_to_ring(cast: Cast) -> None:
    assert cast.place.phone
    mair, joseph = cast.resident, cast.neighbour
    plan = a_plan(mair)
    welcome = offer(by=joseph.actor, holder=joseph.party, kind="skill", title="Singing alone", audience="everyone")
    actions.choose(by=mair.actor, plan=plan, outcome=Outcome.objects.get(), asset=welcome, choice="yes")
    said = words_of(mair.client().get("/my-page/plan/"))
    assert "You get in touch" in said and f"Ring {cast.place.phone}. We help you get in touch." in said


def test_outsiders_are_refused_everywhere(cast: Cast) -> None:
    plan = a_plan(cast.resident)
    outcome = Outcome.objects.get()
    a_plan(cast.outsider, "Fish")
    for who in (cast.outsider.client(), cast.commissioner.client()):
        assert who.get(f"/plan/{plan.record.key}/").status_code == 404
        assert who.get(f"/my-page/plan/ideas/{outcome.record.key}/").status_code == 404
        assert who.post(f"/my-page/plan/ideas/{outcome.record.key}/", {"choice": "yes"}).status_code == 404
    for address in ("", "share/", "order/", "who/", "check/", f"ideas/{outcome.record.key}/"):
        assert Client().get(f"/my-page/plan/{address}").url.startswith("/sign-in/")


def test_everything_of_mine_comes_as_one_file(cast: Cast) -> None:
    a_plan(cast.resident)
    client = cast.resident.client()
    assert "Take all of it away" in words_of(client.get("/my-page/"))
    page = client.get(reverse("people:take_away"))
    assert "attachment" in page["Content-Disposition"]
    whole = json.loads(page.content)
    assert whole["party"]["name"] == "Mair Pugh"
    assert {"plan", "outcome"} <= {record["kind"] for record in whole["records"]}
    assert "I want to sing again" in page.content.decode()


def test_a_wish_in_public_without_an_account_waits_and_a_private_one_does_not(cast: Cast) -> None:
    somebody = Client()
    assert "Add a wish" in words_of(somebody.get("/wish/?words=A+bench"))
    assert "Write what you wish for" in words_of(somebody.post("/wish/", {"words": "", "audience": "me"}))
    somebody.post(
        "/wish/", {"words": "A bench on Mill Street", "audience": "everyone", "domain": "outdoors", "key": "w"}
    )
    wish = Wish.objects.get()
    assert wish.record.state == "held"
    assert "Waits for a look" in words_of(somebody.get("/my-page/"))
    cast.outsider.client().post(f"/wish/{wish.record.key}/settle/", {"met": "yes"})
    assert Wish.objects.get().state == "waiting"
    somebody.post(f"/wish/{wish.record.key}/settle/", {"met": "yes"})
    assert Wish.objects.get().state == "met"


def test_pages_do_not_ask_the_database_more_as_plans_grow(cast: Cast, django_assert_max_num_queries: Any) -> None:
    plan = a_plan(cast.resident)
    outcome = Outcome.objects.get()
    for n in range(12):
        asset = shares(cast.person(f"Neighbour {n}"), f"Singing {n}")
        actions.choose(by=cast.resident.actor, plan=plan, outcome=outcome, asset=asset, choice="yes")
    Contribution.objects.update(state="accepted", agreed=True)
    client = cast.resident.client()
    with django_assert_max_num_queries(20):
        assert client.get("/my-page/plan/").status_code == 200
    with django_assert_max_num_queries(31):
        assert client.get(f"/my-page/plan/ideas/{outcome.record.key}/").status_code == 200
