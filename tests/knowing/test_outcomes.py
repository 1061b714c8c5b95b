"""What people want, in their own words, is theirs alone until they say otherwise."""

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import begin, stop_support, support, welcome
from alongside.ground.people.models import Party
from alongside.ground.records.models import Record, State
from alongside.knowing.outcomes import actions, queries
from alongside.knowing.outcomes.models import Outcome, Wish

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
RTL = "أريد أن أغني 🎶" * 700


@pytest.fixture
def dilys() -> Party:
    return welcome(by=MACHINE, name="Dilys")


def me(party: Party) -> Actor:
    return Actor(person=party)


def test_dilys_wants_to_sing_again_and_only_she_sees_it(dilys: Party, joyce: Party) -> None:
    sing = actions.want(by=me(dilys), owner=dilys, words=" I want to sing again ", domain="fun")
    assert sing.words == "I want to sing again"
    assert list(queries.wanted_by(me(dilys), dilys)) == [sing]
    assert not queries.outcomes(me(joyce)).exists()
    assert not queries.outcomes(Actor.anyone()).exists()
    assert not sing.record.countable


def test_the_event_names_fields_and_holds_no_words(dilys: Party) -> None:
    actions.want(by=me(dilys), owner=dilys, words="my secret heart")
    event = Event.objects.get(verb="outcomes.want")
    assert event.fields == "owner words"
    assert "heart" not in str(Event.objects.values_list())


def test_nobody_else_can_say_what_dilys_wants(dilys: Party, joyce: Party) -> None:
    with pytest.raises(Refused, match="Only the person themselves"):
        actions.want(by=me(joyce), owner=dilys, words="She wants peace and quiet")
    sing = actions.want(by=me(dilys), owner=dilys, words="Sing")
    with pytest.raises(Refused):
        actions.change(by=me(joyce), outcome=sing, words="Be quiet")
    with pytest.raises(Refused):
        actions.drop(by=me(joyce), outcome=sing)
    assert Outcome.objects.get().words == "Sing"


@pytest.mark.parametrize(
    ("given", "field"), [({"words": "  "}, "words"), ({"words": "x", "domain": "shoes"}, "domain")]
)
def test_what_cannot_be_kept_says_which_field(dilys: Party, given: dict, field: str) -> None:
    with pytest.raises(Fault) as fault:
        actions.want(by=me(dilys), owner=dilys, **given)
    assert fault.value.field == field
    assert not Record.objects.exists()


def test_ten_thousand_letters_from_right_to_left_are_kept_as_they_are(dilys: Party) -> None:
    words = RTL[:10_000]
    sing = actions.want(by=me(dilys), owner=dilys, words=words)
    sing.refresh_from_db()
    assert sing.words == words.strip()
    with pytest.raises(Fault, match="too long"):
        actions.want(by=me(dilys), owner=dilys, words="🎶" * 20_001)


def test_pressing_twice_wants_once(dilys: Party) -> None:
    first = actions.want(by=me(dilys), owner=dilys, words="Sing", key="press")
    again = actions.want(by=me(dilys), owner=dilys, words="Sing", key="press")
    assert first.pk == again.pk
    assert Outcome.objects.count() == 1


def test_she_can_say_it_in_other_words_and_how_it_is_going(dilys: Party) -> None:
    sing = actions.want(by=me(dilys), owner=dilys, words="Sing", domain="fun")
    actions.change(by=me(dilys), outcome=sing, words="Sing with others", measure="I know three new people", progress=3)
    sing.refresh_from_db()
    assert (sing.words, sing.domain, sing.measure, sing.progress) == (
        "Sing with others",
        "fun",
        "I know three new people",
        3,
    )
    with pytest.raises(Fault, match="0 to 5"):
        actions.change(by=me(dilys), outcome=sing, progress=6)


def test_what_is_dropped_leaves_every_list_and_is_not_lost(dilys: Party) -> None:
    sing = actions.want(by=me(dilys), owner=dilys, words="Sing")
    actions.drop(by=me(dilys), outcome=sing)
    assert not queries.wanted_by(me(dilys), dilys).exists()
    assert Outcome.objects.get().words == "Sing"
    assert Record.objects.get(pk=sing.pk).state == State.ENDED


def test_a_helper_says_it_for_her_while_she_wants_help_with_her_plan(dilys: Party, joyce: Party) -> None:
    basis = support(by=me(dilys), person=dilys, supporter=joyce, kind="asked", parts=[("plan", "write")])
    helping = Actor(person=joyce, on_behalf_of=dilys, basis=basis)
    sing = actions.want(by=helping, owner=dilys, words="Sing")
    event = Event.objects.get(verb="outcomes.want")
    assert (sing.record.owner, event.actor, event.on_behalf) == (dilys, joyce, dilys)
    stop_support(by=me(dilys), basis=basis)


def test_a_helper_whose_help_does_not_reach_the_plan_is_refused(dilys: Party, joyce: Party) -> None:
    basis = support(
        by=me(dilys), person=dilys, supporter=joyce, kind="asked", parts=[("money", "write"), ("plan", "see")]
    )
    with pytest.raises(Refused):
        actions.want(by=Actor(person=joyce, on_behalf_of=dilys, basis=basis), owner=dilys, words="Sing")


def test_a_wish_from_somebody_without_an_account_waits_for_a_look(joyce: Party) -> None:
    someone, _token = begin(by=Actor.anyone())
    public = actions.wish(by=me(someone), owner=someone, words="A bench by the bus stop", audience="everyone")
    private = actions.wish(by=me(someone), owner=someone, words="A friend")
    assert (public.record.state, private.record.state) == (State.HELD, State.LIVE)
    assert not queries.wishes(me(joyce)).exists()
    assert set(queries.wished_by(me(someone), someone)) == {public, private}


def test_a_wish_in_public_is_seen_until_it_comes_true(dilys: Party, joyce: Party) -> None:
    bench = actions.wish(
        by=me(dilys), owner=dilys, words="A bench", domain="outdoors", audience="everyone", countable=True
    )
    assert queries.wish(me(joyce), bench.record.key) == bench
    with pytest.raises(Refused):
        actions.settle_wish(by=me(joyce), wish=bench, met=True)
    actions.settle_wish(by=me(dilys), wish=bench, met=True)
    assert not queries.wishes(me(joyce)).exists()
    assert Wish.objects.get().state == "met"


def test_the_parts_of_life_have_words_in_both_languages() -> None:
    domains = queries.life_domains()
    assert len({domain["key"] for domain in domains}) == len(domains) >= 10
    for domain in domains:
        assert domain["label"]["en"] and domain["label"]["cy"] and domain["hint"]["cy"]
        assert len(domain["key"]) <= 24
    assert queries.domain_label("fun") == "Fun, music and making"
    assert queries.domain_label("nothing") == ""


@pytest.mark.parametrize(("part", "works"), [("outcome", True), ("plan", True), ("asset", False)])
def test_help_with_what_somebody_wants_reaches_it_and_no_other_help_does(
    dilys: Party, joyce: Party, part: str, works: bool
) -> None:
    basis = support(by=me(dilys), person=dilys, supporter=joyce, kind="asked", parts=[(part, "see"), (part, "write")])
    together = Actor(person=joyce, on_behalf_of=dilys, basis=basis)
    if works:
        assert actions.want(by=together, owner=dilys, words="To sing").record.owner == dilys
        return
    with pytest.raises(Refused):
        actions.want(by=together, owner=dilys, words="To sing")
