"""Something worries me: anyone may say it, one named person hears it by a clock, nobody it is about ever sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.notices.queries import messages
from alongside.ground.people.actions import join, note_facts
from alongside.ground.people.models import Role
from alongside.ground.records.actions import open_record
from alongside.ground.worries.actions import answer, due_by, hand_to, pass_on, raise_worry, take
from alongside.ground.worries.models import Worry, WorryState
from alongside.ground.worries.queries import for_desk, raised_by, to_handle
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def worry(cast: Cast) -> Worry:
    assert cast.place
    return raise_worry(by=cast.neighbour.actor, words="The door stood open all night", page="/look-around/")


def at(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


@pytest.mark.parametrize(
    ("said", "danger", "due"),
    [
        ("2026-11-23 10:00", True, "2026-11-23 14:00"),  # a Monday morning
        ("2026-11-23 15:00", True, "2026-11-24 11:00"),  # an afternoon: two hours today, two tomorrow
        ("2026-11-27 16:30", True, "2026-11-30 12:30"),  # a Friday: the weekend does not count
        ("2026-11-28 03:00", True, "2026-11-30 13:00"),  # Saturday night
        ("2026-11-23 08:00", False, "2026-11-24 17:00"),  # before hours: today and tomorrow
        ("2026-11-26 12:00", False, "2026-11-30 12:00"),  # Thursday noon: to Monday noon
        ("2027-03-26 16:00", True, "2027-03-29 12:00"),  # the clocks go forward between
    ],
)
def test_an_answer_is_due_in_working_time(said: str, danger: bool, due: str) -> None:
    assert due_by(at(said), danger) == at(due)


def test_it_goes_to_the_named_person_who_is_called_without_the_words(cast: Cast, worry: Worry) -> None:
    assert worry.to == cast.steward.party
    call = Notice.objects.get(to=cast.steward.party)
    assert worry.reference in call.body and "door" not in call.body + call.title
    assert list(to_handle(cast.steward.actor)) == [worry]
    assert for_desk(cast.steward.actor) == {"worries": [worry]} and for_desk(cast.builder.actor) is None


def test_anyone_may_say_it_without_a_name(cast: Cast) -> None:
    assert cast.place
    client = Client()
    answer_ = client.get(reverse("worries:raise") + "?page=/place/")
    assert b"999" in answer_.content and b"01632 960 003" in answer_.content
    answer_ = client.post(reverse("worries:raise"), {"words": "Shouting next door", "page": "/place/", "danger": "on"})
    assert answer_.url == reverse("worries:received")
    page = client.get(answer_.url).content.decode()
    worry = Worry.objects.get()
    assert worry.raised_by is None and worry.danger and worry.page == "/place/"
    assert worry.reference in page and "999" in page and "Shouting" not in page
    assert Client().get(reverse("worries:received")).url == reverse("worries:raise")


def test_no_words_is_a_fault_and_a_page_elsewhere_is_not_kept(cast: Cast) -> None:
    with pytest.raises(Fault):
        raise_worry(by=cast.anyone, words="  ")
    assert raise_worry(by=cast.anyone, words="x", page="https://bad.example/").page == ""
    assert Client().post(reverse("worries:raise"), {"words": ""}).status_code == 200


def test_a_worry_about_the_named_person_goes_to_another_steward(cast: Cast) -> None:
    assert cast.place
    other = cast.staff("Nerys Lloyd", Role.PLACE_STEWARD)
    theirs = open_record(by=cast.steward.actor, kind="note", owner=cast.steward.party, audience="everyone")
    for page in (f"/a/{theirs.key}/", f"/p/{cast.steward.party.key}/"):
        worry = raise_worry(by=cast.neighbour.actor, words="About her", page=page)
        assert worry.to == other.party
        assert worry not in to_handle(cast.steward.actor)
        with pytest.raises(Refused):
            take(by=cast.steward.actor, worry=worry)


def test_the_record_it_is_about_shows_no_trace_of_it(cast: Cast) -> None:
    assert cast.place
    record = open_record(by=cast.resident.actor, kind="note", owner=cast.resident.party, audience="everyone")
    worry = raise_worry(by=cast.neighbour.actor, words="About Mair", page=f"/a/{record.key}/")
    assert worry.about == record
    assert not Event.objects.filter(record=record, verb__startswith="worries").exists()
    take(by=cast.steward.actor, worry=worry)
    answer(by=cast.steward.actor, worry=worry, words="We rang")
    assert not Event.objects.filter(record=record, verb__startswith="worries").exists()


def test_nobody_but_the_two_ever_sees_it(cast: Cast, worry: Worry) -> None:
    for somebody in (cast.resident, cast.outsider, cast.builder, cast.coordinator, cast.commissioner):
        assert not to_handle(somebody.actor) and not raised_by(somebody.actor)
        client = somebody.client()
        assert client.get(reverse("worries:one", args=[worry.key])).status_code in (302, 404)
        assert client.get(reverse("worries:mine", args=[worry.key])).status_code in (302, 404)
    assert not to_handle(cast.anyone) and not raised_by(cast.anyone)


def test_nobody_who_helps_either_of_them_sees_it(cast: Cast, worry: Worry) -> None:
    for_raiser, for_steward = cast.carer.helps(cast.neighbour), cast.carer.helps(cast.steward)
    assert not raised_by(for_raiser) and not to_handle(for_steward)
    for act in (take, lambda **given: answer(words="x", **given), lambda **given: pass_on(words="x", **given)):
        with pytest.raises(Refused):
            act(by=for_steward, worry=worry)
    answer(by=cast.steward.actor, worry=worry, words="We rang the family")
    assert "family" not in " ".join(notice.body for notice in messages(for_raiser))


def test_it_is_taken_and_answered_and_the_raiser_reads_it(cast: Cast, worry: Worry) -> None:
    client = cast.steward.client()
    assert b"door stood open" in client.get(reverse("worries:one", args=[worry.key])).content
    client.post(reverse("worries:take", args=[worry.key]))
    worry.refresh_from_db()
    assert worry.state == WorryState.TAKEN
    assert client.post(reverse("worries:one", args=[worry.key]), {"words": ""}).status_code == 200
    client.post(reverse("worries:one", args=[worry.key]), {"words": "We rang. All is well.", "do": "answer"})
    worry.refresh_from_db()
    assert worry.state == WorryState.ANSWERED and worry.answered_at
    page = cast.neighbour.client().get(reverse("worries:mine", args=[worry.key]))
    assert b"All is well" in page.content
    assert "All is well" not in Notice.objects.get(to=cast.neighbour.party).body


def test_it_is_passed_to_safeguarding_with_what_was_done(cast: Cast, worry: Worry) -> None:
    client = cast.steward.client()
    client.post(reverse("worries:one", args=[worry.key]), {"words": "Rang the team at 10", "do": "pass_on"})
    worry.refresh_from_db()
    assert worry.state == WorryState.PASSED_ON
    with pytest.raises(Fault):
        pass_on(by=cast.steward.actor, worry=worry, words=" ")


def test_it_can_be_handed_to_another_steward_only(cast: Cast, worry: Worry) -> None:
    other = cast.staff("Nerys Lloyd", Role.PLACE_STEWARD)
    with pytest.raises(Fault):
        hand_to(by=cast.steward.actor, worry=worry, to=cast.builder.party)
    hand_to(by=cast.steward.actor, worry=worry, to=other.party)
    assert list(to_handle(other.actor)) == [worry] and not to_handle(cast.steward.actor)


def test_what_is_late_is_marked_and_stands_first(cast: Cast, worry: Worry) -> None:
    later = raise_worry(by=cast.anyone, words="Another")
    Worry.objects.filter(pk=later.pk).update(due=timezone.now() - timedelta(minutes=1))
    rows = list(to_handle(cast.steward.actor))
    assert [(row.pk, row.overdue) for row in rows] == [(later.pk, True), (worry.pk, False)]
    assert b"Overdue" in cast.steward.client().get(reverse("worries:desk")).content


def test_words_never_leave_by_e_mail(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    assert cast.place and cast.steward.login
    note_facts(by=cast.steward.actor, party=cast.steward.party, contact_by="email")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        raise_worry(by=cast.anyone, words="Secret words")
    assert len(mail.outbox) == 1 and "Secret" not in mail.outbox[0].body


def test_without_a_place_or_a_named_person_the_words_are_still_kept(cast: Cast) -> None:
    assert raise_worry(by=cast.anyone, words="Nobody is named yet").to is None
    join(by=Actor.system("tests"), member=cast.builder.party, of=cast.council, role=Role.PLACE_STEWARD)
    assert raise_worry(by=cast.anyone, words="A steward is here").to == cast.builder.party
