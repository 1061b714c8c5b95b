"""The decorator that every write goes through: once, in one piece, allowed, and leaving its trace."""

from functools import partial

import pytest
from django.db import transaction

from alongside.ground.history.acting import Fault, Refused, action, after_commit, rule
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event, Request
from alongside.ground.people.actions import welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records.actions import open_record, set_audience
from alongside.ground.records.models import Record
from tests.together import together

MACHINE = Actor.system("tests")


def somebody(name: str) -> Party:
    return welcome(by=MACHINE, name=name)


@rule("Only Dilys may do that.")
def only_dilys(*, by: Actor, **_rest: object) -> bool:
    return by.party is not None and by.party.name == "Dilys"


@action("tests.note", may=only_dilys, returns=Record)
def note(*, by: Actor, title: str, secret: str = "") -> Record:
    """Open a record, or refuse a title that is empty."""
    if not title:
        raise Fault("title", "Enter a title")
    return open_record(by=by, kind="note", owner=by.party)


@pytest.mark.django_db
def test_an_action_leaves_an_event_with_names_and_no_values() -> None:
    dilys = somebody("Dilys")
    record = note(by=Actor(person=dilys, source="telephone"), title="Sing again", secret="my heart")
    event = Event.objects.get(verb="tests.note")
    assert (event.record_id, event.actor_id, event.source) == (record.pk, dilys.pk, "telephone")
    assert event.fields == "secret title"
    assert "heart" not in str(Event.objects.values_list())


@pytest.mark.django_db
def test_somebody_else_is_refused_in_everyday_words_and_nothing_is_written() -> None:
    joyce = somebody("Joyce")
    with pytest.raises(Refused) as refusal:
        note(by=Actor(person=joyce), title="Not mine")
    assert refusal.value.sentence == "Only Dilys may do that."
    assert not Record.objects.exists()
    assert not Event.objects.filter(verb="tests.note").exists()


@pytest.mark.django_db
def test_bad_input_says_which_field_and_undoes_everything() -> None:
    dilys = Actor(person=somebody("Dilys"))
    with pytest.raises(Fault) as fault:
        note(by=dilys, title="", key="press-1")
    assert (fault.value.field, fault.value.message) == ("title", "Enter a title")
    assert not Request.objects.exists()
    assert note(by=dilys, title="Now with words", key="press-1").pk


@pytest.mark.django_db
def test_pressing_twice_does_it_once() -> None:
    dilys = Actor(person=somebody("Dilys"))
    first = note(by=dilys, title="Once", key="press-2")
    again = note(by=dilys, title="Once", key="press-2")
    assert first.pk == again.pk
    assert Record.objects.count() == 1
    assert Event.objects.filter(verb="tests.note").count() == 1


@pytest.mark.django_db
def test_one_persons_key_is_not_anothers() -> None:
    one, two = somebody("Dilys"), somebody("Dilys")
    assert note(by=Actor(person=one), title="A", key="same") != note(by=Actor(person=two), title="B", key="same")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_do_it_once() -> None:
    dilys = Actor(person=somebody("Dilys"))
    press = partial(note, by=dilys, title="Once", key="together")
    assert len({one.pk for one in together(press, press)}) == 1
    assert Record.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_what_was_undone() -> None:
    sent: list[str] = []

    @action("tests.send")
    def send(*, by: Actor, fail: bool) -> None:
        """Send after commit, or fail before it."""
        after_commit(sent.append, "letter")
        if fail:
            raise Fault("fail", "Undone")

    with pytest.raises(Fault):
        send(by=MACHINE, fail=True)
    assert sent == []
    send(by=MACHINE, fail=False)
    assert sent == ["letter"]


@action("tests.whisper", may=only_dilys, silent=True)
def whisper(*, by: Actor, title: str) -> str:
    """Something secret, or a fault."""
    if not title:
        raise Fault("title", "Enter a title")
    return title


@pytest.mark.django_db
def test_a_silent_action_asks_its_policy_and_leaves_no_trace() -> None:
    dilys, joyce = Actor(person=somebody("Dilys")), Actor(person=somebody("Joyce"))
    before = Event.objects.count(), Request.objects.count()
    assert whisper(by=dilys, title="Heron") == "Heron"
    with pytest.raises(Refused):
        whisper(by=joyce, title="Heron")
    with pytest.raises(Fault):
        whisper(by=dilys, title="")
    with pytest.raises(AssertionError, match="keeps no key"):
        whisper(by=dilys, title="Heron", key="press-1")
    assert (Event.objects.count(), Request.objects.count()) == before


@pytest.mark.django_db
def test_history_can_only_grow() -> None:
    note(by=Actor(person=somebody("Dilys")), title="For ever")
    for change in (Event.objects.all().delete, lambda: Event.objects.update(verb="other")):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_a_group_is_kept_by_whoever_opens_it() -> None:
    joyce = Actor(person=somebody("Joyce"))
    table = welcome(by=joyce, name="The  Tuesday   Table", kind=Kind.COMMUNITY, sort=Sort.GROUP)
    assert table.name == "The Tuesday Table"
    record = open_record(by=joyce, kind="note", owner=table)
    set_audience(by=joyce, record=record, audience="everyone")
    with pytest.raises(Refused):
        set_audience(by=Actor(person=somebody("Somebody else")), record=record, audience="me")
