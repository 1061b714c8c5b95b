"""Written without a signal, sent later: each note once, nothing lost, and nobody else's."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

import pytest
from django.test import Client

from alongside.ground.places.models import Area
from alongside.ground.records.models import Record
from alongside.knowing.assets import noting, policy
from alongside.knowing.assets.actions import change, offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import found, same_here
from tests.cast import Cast, Somebody
from tests.together import together

pytestmark = pytest.mark.django_db
PAGE, SEND, WHOSE, KEPT = "/no-signal/", "/no-signal/send/", "/no-signal/whose/", "/no-signal/kept/"
COOKIE = "alongside_notes"


@pytest.fixture
def quay() -> Area:
    return Area.objects.create(kind="street", edition="2025", code="S9", name="Old Quay", lat=51.45, lng=-2.6)


def note(n: int = 1, **more: Any) -> dict[str, Any]:
    written = {"key": str(uuid.uuid4()), "kind": "space", "title": f"Bench {n}", "words": "In the sun", "near": ""}
    return {**written, **more}


def whose(somebody: Somebody) -> str:
    return noting.lock_of(somebody.party)[0]


def sent(client: Client, somebody: Somebody, *notes: Any) -> list[dict[str, Any]]:
    body = {"whose": whose(somebody), "notes": list(notes)}
    answer = client.post(SEND, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    answers: list[dict[str, Any]] = answer.json()["answers"]
    return answers


def said(answers: list[dict[str, Any]]) -> list[str]:
    return [one["answer"] for one in answers]


def titles(somebody: Somebody) -> list[str]:
    return sorted(Asset.objects.filter(record__owner=somebody.party).values_list("title", flat=True))


# It works, and each note is there once.


def test_fifty_at_once_are_there_once_and_for_nobody_else(cast: Cast) -> None:
    client, notes = cast.builder.client(), [note(n) for n in range(50)]
    answers = sent(client, cast.builder, *notes)
    assert said(answers) == ["taken"] * 50
    assert [one["key"] for one in answers] == [one["key"] for one in notes]
    assert titles(cast.builder) == sorted(one["title"] for one in notes)
    assert set(Record.objects.filter(owner=cast.builder.party, kind="asset").values_list("audience", "countable")) == {
        ("me", False)
    }
    for other in (cast.outsider, cast.steward):
        assert not found(other.actor).exists()
        assert other.client().get(answers[0]["url"]).status_code == 404
    assert client.get(answers[0]["url"]).status_code == 200
    # The whole batch again, and its second half, backwards: what an answer that never arrived leads to.
    assert said(sent(client, cast.builder, *notes)) == ["here_already"] * 50
    assert said(sent(client, cast.builder, *reversed(notes[25:]))) == ["here_already"] * 25
    assert len(titles(cast.builder)) == 50


def test_half_a_batch_and_then_all_of_it_out_of_order(cast: Cast) -> None:
    client, notes = cast.builder.client(), [note(n) for n in range(6)]
    first = sent(client, cast.builder, *notes[:3])
    again = sent(client, cast.builder, *reversed(notes))
    assert said(again) == ["taken"] * 3 + ["here_already"] * 3
    assert [one["url"] for one in again[3:]] == [one["url"] for one in reversed(first)]
    assert len(titles(cast.builder)) == 6


def test_the_same_note_twice_in_one_batch(cast: Cast) -> None:
    one = note()
    answers = sent(cast.builder.client(), cast.builder, one, one, {**one, "key": one["key"].upper()})
    assert answers[0]["answer"] == "taken" and len({answer["url"] for answer in answers}) == 1
    assert titles(cast.builder) == ["Bench 1"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_the_same_at_the_same_moment(cast: Cast) -> None:
    notes = [note(n) for n in range(4)]
    tabs = [cast.builder.client(), cast.builder.client()]
    backwards = list(reversed(notes))
    both = together(partial(sent, tabs[0], cast.builder, *notes), partial(sent, tabs[1], cast.builder, *backwards))
    assert not [answers for answers in both if isinstance(answers, BaseException)]
    assert titles(cast.builder) == [f"Bench {n}" for n in range(4)]
    urls = [{one["key"]: one["url"] for one in answers} for answers in both]
    assert urls[0] == urls[1]
    assert {one["answer"] for answers in both for one in answers} <= {"taken", "here_already"}


def test_it_leaves_its_trace_and_the_place_is_as_rough_as_on_any_offer(cast: Cast, quay: Area) -> None:
    answer = sent(cast.builder.client(), cast.builder, note(near="Old Quay"))[0]
    made = Asset.objects.select_related("record__spot").get(record__owner=cast.builder.party)
    assert answer["url"] == f"/a/{made.record.key}/"
    assert (made.record.spot.area, made.record.spot.precision) == (quay, "cell")
    events = list(made.record.events.filter(verb="assets.note").values_list("actor", "fields"))
    assert [actor for actor, _fields in events] == [cast.builder.party.pk]
    assert "In the sun" not in events[0][1]


# Conflicts are shown, and nothing is written over.


def test_what_is_on_the_map_already_is_shown_and_added_all_the_same_if_wished(cast: Cast, quay: Area) -> None:
    there = offer(
        by=cast.neighbour.actor, holder=cast.neighbour.party, kind="space", title="Old bench", audience="everyone",
        lat=quay.lat, lng=quay.lng, area=quay,
    )  # fmt: skip
    client, again = cast.builder.client(), note(title="OLD bench", near="old quay")
    answer, other = sent(client, cast.builder, again, note(2, near="Old Quay"))
    assert (answer["answer"], answer["because"], answer["url"]) == ("cannot", "there", f"/a/{there.record.key}/")
    assert "already" in answer["words"] and other["answer"] == "taken"
    assert said(sent(client, cast.builder, {**again, "anyway": True})) == ["taken"]
    assert said(sent(client, cast.builder, again)) == ["here_already"], "what it met was only itself"
    assert titles(cast.builder) == ["Bench 2", "OLD bench"]
    # What others keep to themselves is told to nobody, not even that it is there.
    offer(by=cast.neighbour.actor, holder=cast.neighbour.party, kind="space", title="A spare room", area=quay)
    assert said(sent(client, cast.builder, note(title="A spare room", near="Old Quay"))) == ["taken"]
    assert same_here(cast.outsider.actor, "A spare room", quay) is None
    assert same_here(cast.neighbour.actor, "A spare room", None) is None


def test_what_was_changed_on_both_sides_since_is_shown_and_stays(cast: Cast) -> None:
    client, one = cast.builder.client(), note()
    url = sent(client, cast.builder, one)[0]["url"]
    answer = sent(client, cast.builder, {**one, "words": "In the shade by now"})[0]
    assert (answer["answer"], answer["because"], answer["url"]) == ("cannot", "other", url)
    made = Asset.objects.get(record__owner=cast.builder.party)
    assert made.words == "In the sun"
    change(by=cast.builder.actor, asset=made, title="A better bench")
    assert sent(client, cast.builder, one)[0]["because"] == "other"
    assert said(sent(client, cast.builder, {**one, "key": str(uuid.uuid4())})) == ["taken"]
    assert titles(cast.builder) == ["A better bench", "Bench 1"]


def test_each_note_says_what_to_mend_and_the_others_are_taken(cast: Cast, quay: Area) -> None:
    Area.objects.create(kind="ward", edition="2025", code="W7", name="Mill Hill", lat=51.4, lng=-2.5)
    Area.objects.create(kind="street", edition="2025", code="S7", name="Mill Hill", lat=51.4, lng=-2.5)
    bad = [
        note(title=" "), note(kind="dragon"), note(words="x" * 10_001), note(near="Nowhere Lane"),
        note(near="Mill Hill"), note(title="a\x00b"), note(key="1"), note(key=None), note(title=["x"]), 7,
    ]  # fmt: skip
    answers = sent(cast.builder.client(), cast.builder, *bad, note())
    assert said(answers) == ["cannot"] * len(bad) + ["taken"]
    assert all(one["words"] for one in answers[:-1])
    faults = [sorted(one.get("faults", {})) for one in answers[:8]]
    assert faults == [["title"], ["kind"], ["words"], ["near"], ["near"], ["title"], [], []]
    assert sorted(value for value, _label in answers[4]["choices"]) == ["Mill Hill (S7)", "Mill Hill (W7)"]
    mended = {**bad[4], "near": "Mill Hill (S7)"}
    assert said(sent(cast.builder.client(), cast.builder, mended)) == ["taken"], "a fault does not use up its key"


def test_ten_thousand_right_to_left_emoji_come_whole(cast: Cast) -> None:
    words = ("\u202e" + "👵🏾🏴󠁧󠁢󠁷󠁬󠁳󠁿" * 2_000)[:10_000]
    body = json.dumps({"whose": whose(cast.builder), "notes": [note(words=words)]}, ensure_ascii=False)
    answer = cast.builder.client().post(SEND, body.encode(), content_type="application/json")
    assert said(answer.json()["answers"]) == ["taken"]
    assert Asset.objects.get(record__owner=cast.builder.party).words == words
    halves = json.dumps({"whose": whose(cast.builder), "notes": [note(2, words="half \ud83d", title="\udc00 b")]})
    answer = cast.builder.client().post(SEND, halves, content_type="application/json")
    assert said(answer.json()["answers"]) == ["taken"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"whose": 1, "notes": []}', b'{"whose": "x", "notes": {}}',
     b"[" * 100_000, b'{"whose": "x", "notes": [' + b"9" * 9_000 + b"]}"],
)  # fmt: skip
def test_what_is_no_batch_is_refused_in_words(cast: Cast, body: bytes) -> None:
    answer = cast.builder.client().post(SEND, body, content_type="application/json")
    assert answer.status_code == 400 and "still waits" in answer.json()["words"]


def test_too_much_in_one_go_is_refused_and_nothing_of_it_is_kept(cast: Cast) -> None:
    client, body = cast.builder.client(), {"whose": whose(cast.builder), "notes": [note(n) for n in range(51)]}
    assert client.post(SEND, body, content_type="application/json").status_code == 400
    assert client.post(SEND, b" " * 2_700_000, content_type="application/json").status_code == 413
    assert titles(cast.builder) == []


# Whose they are.


def test_nobody_sends_what_another_wrote(cast: Cast) -> None:
    """Her notes lie on the phone; now her neighbour is signed in there."""
    body = {"whose": whose(cast.builder), "notes": [note()]}
    answer = cast.neighbour.client().post(SEND, body, content_type="application/json")
    assert answer.status_code == 409 and "Somebody else" in answer.json()["words"]
    for nothing in ("é", "\ud800"):
        other = json.dumps({**body, "whose": nothing})
        assert cast.neighbour.client().post(SEND, other, content_type="application/json").status_code == 409
    assert not Asset.objects.exists()
    one, other = noting.lock_of(cast.builder.party), noting.lock_of(cast.neighbour.party)
    assert len({*one, *other}) == 4 and one[0] not in one[1]


def test_the_same_number_from_two_people_is_two_things(cast: Cast) -> None:
    one = note()
    assert said(sent(cast.builder.client(), cast.builder, one)) == ["taken"]
    assert said(sent(cast.neighbour.client(), cast.neighbour, {**one, "title": "Mine"})) == ["taken"]
    assert (titles(cast.builder), titles(cast.neighbour)) == (["Bench 1"], ["Mine"])


def test_whoever_is_signed_out_is_sent_to_sign_in_and_nothing_is_written(cast: Cast) -> None:
    for answer in (
        Client().post(SEND, {"whose": whose(cast.builder), "notes": [note()]}, content_type="application/json"),
        Client().get(WHOSE),
        Client().get(PAGE),
    ):
        assert answer.status_code == 302 and COOKIE not in answer.cookies
    assert not Asset.objects.exists()


def test_an_old_safety_token_is_refused_and_a_fresh_one_taken(cast: Cast) -> None:
    client, body = Client(enforce_csrf_checks=True), {"whose": whose(cast.builder), "notes": [note()]}
    client.force_login(cast.builder.login, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(SEND, body, content_type="application/json").status_code == 403
    token = client.get(WHOSE).json()["token"]
    answer = client.post(SEND, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert said(answer.json()["answers"]) == ["taken"]


def test_helping_somebody_is_not_the_time_to_send(cast: Cast) -> None:
    """Else what she found in the street became the other's."""
    client = cast.carer.client()
    session = client.session
    session["helping"] = str(cast.carer.helps(cast.resident).basis.key)  # type: ignore[union-attr]
    session.save()
    page = client.get(PAGE).content.decode()
    assert "is helping" in page and "no_signal.js" not in page
    assert client.get(WHOSE).status_code == 409 and COOKIE not in client.cookies
    body = {"whose": whose(cast.carer), "notes": [note()]}
    answer = client.post(SEND, body, content_type="application/json")
    assert answer.status_code == 409 and "Stop the help" in answer.json()["words"]
    assert not Asset.objects.exists()


def test_whoever_may_not_add_any_more_is_told_for_each_note(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, one = cast.builder.client(), note()
    with monkeypatch.context() as without:
        without.setattr(policy, "may_speak_for", lambda *_given: False)
        answer = sent(client, cast.builder, one)[0]
        assert answer["answer"] == "cannot" and "can offer this" in answer["words"]
    assert said(sent(client, cast.builder, one)) == ["taken"]


# What stays on the device.


def test_the_key_comes_with_the_page_s_own_cookie_and_goes_when_they_leave(cast: Cast) -> None:
    client = cast.builder.client()
    client.get(PAGE)
    assert COOKIE not in client.cookies, "only the script, which keeps notes, asks for it"
    for leave in ("/sign-out/", "/forget-this-device/", "/leave-quickly/"):
        client = cast.builder.client()
        answer = client.get(WHOSE)
        cookie = answer.cookies[COOKIE]
        assert cookie.value == ".".join(noting.lock_of(cast.builder.party))
        assert (cookie["path"], cookie["samesite"]) == (PAGE, "Lax")
        assert "no-store" in answer["Cache-Control"]
        gone = client.get(leave) if leave == "/leave-quickly/" else client.post(leave)
        assert gone.cookies[COOKIE]["max-age"] == 0 and gone.cookies[COOKIE]["path"] == PAGE, leave


def test_the_kept_page_is_the_same_for_everybody(cast: Cast) -> None:
    """A device keeps it for whoever opens it next: no name, no token, no place, no cookie."""
    assert cast.place.name
    hers, anyones = cast.builder.client().get(KEPT), Client().get(KEPT)
    key = 'name="key" value="'
    plain = [answer.content.decode().split(key)[1].split('"', 1)[1] for answer in (hers, anyones)]
    assert plain[0] == plain[1]
    for word in (cast.builder.party.name.split()[0], "csrfmiddlewaretoken", "Testford", str(cast.builder.party.key)):
        assert word not in hers.content.decode()
    assert not hers.cookies and not anyones.cookies
    assert hers.headers["Content-Security-Policy"].count("unsafe") == 0


def test_the_worker_keeps_that_page_and_its_looks_and_nothing_else(cast: Cast) -> None:
    answer = Client().get("/no-signal/worker.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript") and "Service-Worker-Allowed" not in answer.headers
    addresses = [part for part in text.split('"') if part.startswith("/") and " " not in part]
    assert addresses[:2] == [PAGE, KEPT]
    assert all(one.startswith("/static/") for one in addresses[2:]) and len(addresses) > 8
    for answer in (cast.builder.client().get(PAGE), cast.builder.client().get(KEPT)):
        named = {part for part in answer.content.decode().split('"') if part.startswith("/static/")}
        assert named <= set(addresses), "what the page looks like is kept with it"


# Without scripts it is a form like others.


def test_without_scripts_it_is_a_form_like_others(cast: Cast, quay: Area) -> None:
    client = cast.builder.client()
    given = {key: value for key, value in note(near="Old Quay").items() if key != "key"}
    first = client.post(PAGE, {**given, "key": "a"})
    assert client.post(PAGE, {**given, "key": "a"})["Location"] == first["Location"]
    assert titles(cast.builder) == ["Bench 1"] and first["Location"].endswith("/check/")
    again = client.post(PAGE, {**given, "key": "b"})
    page = again.content.decode()
    assert "on the map at this place already" in page and "Add it all the same" in page and "In the sun" in page
    assert client.post(PAGE, {**given, "key": "c", "anyway": "1"}).status_code == 302
    empty = client.post(PAGE, {"words": "Only this"}).content.decode()
    assert "Say what it is" in empty and "Only this" in empty
    assert len(titles(cast.builder)) == 2


def test_the_way_to_it_stands_where_one_offers(cast: Cast) -> None:
    assert f'href="{PAGE}"' in cast.builder.client().get("/offer/").content.decode()
