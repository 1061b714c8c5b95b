"""A guest's link in other hands: what it can do, what waits for a look, and "this was not me"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Login, Party
from alongside.ground.records.actions import let_through, turn_back
from alongside.ground.records.queries import held as waits_for_a_look
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import open_wishes
from alongside.knowing.search.queries import look_around
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.models import Card, Guest, Workshop
from tests.cast import MACHINE, Cast
from tests.knowing.workshopping import answers, held, keys, maries, text, typed
from tests.together import together

pytestmark = pytest.mark.django_db
HOME = "4 Mill Street"


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    _ = cast.place, cast.steward
    return held(cast, cast.builder)


def asked(cast: Cast, workshop: Workshop) -> tuple[Guest, str]:
    """The one guest, and the link that was sent."""
    actions.ask(by=cast.builder.actor, workshop=workshop)
    guest = Guest.objects.get()
    return guest, queries.link_of(guest)


def found() -> list[str]:
    return sorted(one.asset.title for one in look_around(MACHINE.anyone(), "jam making").results)


# A letter proves nobody


@pytest.mark.parametrize("who", ["outsider", "neighbour", "builder"])
def test_what_comes_by_a_letter_waits_for_a_look_whoever_is_signed_in(cast: Cast, workshop: Workshop, who: str) -> None:
    jam = maries(cast, workshop, who=cast.builder, reach=HOME)
    more = maries(cast, workshop, "Somewhere to sing", "M1", who=cast.builder, reach=HOME)
    _guest, link = asked(cast, workshop)
    thief = getattr(cast, who)
    given = {"do": "yes", "yes": sorted(keys(jam, more)), "audience": "everyone"}
    client = thief.client()
    assert "reads your answer before it shows" in text(client.get(link))
    assert "Say whose cards these are" in answers(client, link, **given), "nobody takes another's cards by a slip"
    done = answers(client, link, **given, whose="mine")
    assert "Somebody who looks after this place reads it first" in done
    assert {one.record.state for one in (*Asset.objects.all(), *Wish.objects.all())} == {"held"}
    assert found() == [] and open_wishes(list(Wish.objects.values_list("pk", flat=True))) == []
    assert waits_for_a_look(cast.steward.actor).count() == 2
    turn_back(by=cast.steward.actor, record=Asset.objects.get().record, reason="Marie wrote that.")
    let_through(by=cast.steward.actor, record=Wish.objects.get().record)
    assert found() == [] and Wish.objects.get().record.state == "live"


def test_kept_for_oneself_it_waits_for_nobody(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach=HOME)
    _guest, link = asked(cast, workshop)
    done = answers(Client(), link, do="yes", yes=[str(card.key)], audience="me")
    assert "reads it first" not in done and Asset.objects.get().record.state == "live"
    assert waits_for_a_look(cast.steward.actor).count() == 0


def test_an_e_mail_proves_its_address_and_shows_at_once(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    assert "A letter can get into the wrong hands" not in text(Client().get(link))
    answers(Client(), link, do="yes", yes=[str(card.key)], audience="everyone")
    assert found() == ["Jam making"] and Login.objects.get(email="marie@example.org").party


def test_on_a_screen_where_another_is_signed_in_the_cards_go_where_they_belong(cast: Cast, workshop: Workshop) -> None:
    """A library's computer: Marie opens her e-mail where Oscar forgot to sign out."""
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    client = cast.outsider.client()
    assert "Mine. I am signed in here: Oscar Vane" in text(client.get(link))
    given = {"do": "yes", "yes": [str(card.key)], "audience": "everyone"}
    answers(client, link, **given, whose="other")
    owner = Asset.objects.get().record.owner
    assert (owner.name, owner) == ("Marie Lloyd", Login.objects.get(email="marie@example.org").party)


def test_whoever_is_signed_in_by_the_same_address_is_not_asked_whose_they_are(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach="Oscar@Example.org")
    cast.outsider.login.email = "oscar@example.org"
    cast.outsider.login.save()
    _guest, link = asked(cast, workshop)
    client = cast.outsider.client()
    assert "Whose cards are these?" not in text(client.get(link))
    answers(client, link, do="yes", yes=[str(card.key)], audience="everyone")
    assert Asset.objects.get().record.owner == cast.outsider.party


def test_with_a_letter_where_another_is_signed_in_one_signs_out_first(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach=HOME)
    _guest, link = asked(cast, workshop)
    client = cast.outsider.client()
    page = answers(client, link, do="yes", yes=[str(card.key)], audience="everyone", whose="other")
    assert "Sign out first" in page and not Asset.objects.exists() and Card.objects.get().words == "Jam making"


def test_helping_somebody_else_answers_for_no_guest(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder, reach=HOME)
    guest, _link = asked(cast, workshop)
    with pytest.raises(Refused, match="Answer for yourself"):
        actions.answer(by=cast.carer.helps(cast.resident), guest=guest, yes=keys(card))
    with pytest.raises(Refused):
        actions.dispute(by=cast.carer.helps(cast.neighbour), guest=guest)


def test_only_whoever_holds_the_workshop_prints_the_links_that_answer(cast: Cast, workshop: Workshop) -> None:
    maries(cast, workshop, who=cast.builder, reach=HOME)
    actions.let_type(by=cast.builder.actor, workshop=workshop, party=cast.neighbour.party)
    guest, link = asked(cast, workshop)
    letters = f"/workshop/{workshop.record.key}/letters/"
    page = text(cast.builder.client().get(letters))
    for words in (
        "Marie Lloyd",
        "whoever has it can read these cards and answer",
        "reads your answer before it shows",
        "For 14 days",
        "“This was not me”",
        "Or ring 01632 960 001.",
    ):
        assert words in page, "the letter says what its link can do"
    typist = cast.neighbour.client()
    assert typist.get(letters).status_code == 404
    for end in ("", "people/", "what-now/"):
        shown = text(typist.get(f"/workshop/{workshop.record.key}/{end}"))
        assert "workshop-cards" not in shown and guest.key.hex not in shown and str(guest.key) not in shown
    assert link.split(":")[0].endswith(guest.key.hex)


# This was not me


def answered(cast: Cast, workshop: Workshop, reach: str = "marie@example.org") -> tuple[Guest, str, Card, Card]:
    """Somebody said yes to the jam and no to the drill, by the link."""
    jam = maries(cast, workshop, who=cast.builder, reach=reach)
    drill = maries(cast, workshop, "My late husband’s drill", "C2", who=cast.builder, reach=reach)
    guest, link = asked(cast, workshop)
    answers(Client(), link, do="yes", yes=[str(jam.key)], audience="everyone")
    guest.refresh_from_db()
    return guest, link, jam, drill


def test_this_was_not_me_hides_what_shows_and_tells_those_who_can_look(cast: Cast, workshop: Workshop) -> None:
    _guest, link, jam, drill = answered(cast, workshop)
    assert found() == ["Jam making"]
    page = text(Client().get(link))
    assert "Was that not you?" in page and "Jam making" not in page and "Marie" not in page
    done = text(Client().post(link, {"do": "dispute"}, follow=True))
    assert "You said: this was not me" in done and "This was not me</button>" not in done
    assert found() == [] and Asset.objects.get().record.state == "held"
    owner = Asset.objects.get().record.owner
    told = Notice.objects.filter(title="Somebody says: that was not me")
    assert {one.to for one in told} == {cast.steward.party, cast.lunch_club, owner}
    steward = told.get(to=cast.steward.party)
    assert "C2" in steward.body and "drill" not in steward.body and "Marie" not in steward.body
    assert Event.objects.get(verb="workshops.dispute").actor is None, "it is kept that it came by the link"
    assert not Card.objects.filter(pk=drill.pk).exists()
    assert typed(cast, workshop, "My late husband’s drill", cast.builder, code="C2"), "from its paper again"
    jam.refresh_from_db()
    with pytest.raises(Fault, match="has been answered for"):
        typed(cast, workshop, "Jam making", cast.builder, code="C1")
    let_through(by=cast.steward.actor, record=Asset.objects.get().record)
    assert found() == ["Jam making"], "it was they after all"


def test_said_once_it_changes_nothing_more(cast: Cast, workshop: Workshop) -> None:
    guest, link, _jam, _drill = answered(cast, workshop)
    actions.dispute(by=actions.LINK, guest=guest)
    let_through(by=cast.steward.actor, record=Asset.objects.get().record)
    many = Notice.objects.count()
    actions.dispute(by=actions.LINK, guest=guest)
    Client().post(link, {"do": "dispute"})
    assert Asset.objects.get().record.state == "live" and Notice.objects.count() == many


@pytest.mark.parametrize(("days", "may"), [(13, True), (15, False)])
def test_it_can_be_said_for_fourteen_days(cast: Cast, workshop: Workshop, days: int, may: bool) -> None:
    _guest, link, jam, _drill = answered(cast, workshop)
    Guest.objects.update(answered_at=timezone.now() - timedelta(days=days))
    actions.wipe_due(by=MACHINE)
    assert ("Was that not you?" in text(Client().get(link))) is may
    Client().post(link, {"do": "dispute"})
    assert Asset.objects.get().record.state == ("held" if may else "live")
    jam.refresh_from_db()
    assert (jam.guest is not None) is may, "then no card is tied to whoever answered for it"


def test_before_an_answer_there_is_nothing_to_dispute(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    Client().post(link, {"do": "dispute"})
    card.refresh_from_db()
    assert card.words == "Jam making" and Guest.objects.get().disputed_at is None
    assert not Event.objects.filter(verb="notices.tell").exists()


def test_a_no_that_was_not_mine_lets_the_paper_be_typed_again(cast: Cast, workshop: Workshop) -> None:
    maries(cast, workshop, who=cast.builder, reach=HOME)
    _guest, link = asked(cast, workshop)
    assert "The cards are wiped" in answers(Client(), link, do="no")
    Client().post(link, {"do": "dispute"})
    assert maries(cast, workshop, who=cast.builder, reach=HOME).code == "C1"
    again, other = asked_again(cast, workshop)
    assert again.answered_at is None and other != link
    assert "You said: this was not me" in text(Client().get(link)), "the old link opens no new card"


def asked_again(cast: Cast, workshop: Workshop) -> tuple[Guest, str]:
    actions.ask(by=cast.builder.actor, workshop=workshop)
    guest = Guest.objects.get(answered_at=None)
    return guest, queries.link_of(guest)


def test_what_its_owner_kept_for_themselves_or_took_back_is_left_as_it_is(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    guest, link = asked(cast, workshop)
    answers(Client(), link, do="yes", yes=[str(card.key)], audience="me")
    actions.dispute(by=actions.LINK, guest=guest)
    assert Asset.objects.get().record.state == "live" and Asset.objects.get().record.audience == "me"
    assert Notice.objects.filter(to=cast.steward.party).exists(), "a steward hears of it all the same"


@pytest.mark.django_db(transaction=True)
def test_two_who_dispute_at_once_are_heard_once(cast: Cast) -> None:
    _ = cast.steward
    workshop = held(cast, cast.builder)
    guest, _link, _jam, _drill = answered(cast, workshop)

    def says() -> Any:
        return actions.dispute(by=actions.LINK, guest=Guest.objects.select_related("workshop__record").get(pk=guest.pk))

    together(says, says)
    assert Notice.objects.filter(to=cast.steward.party).count() == 1


# Which link opens what, and when


def test_the_old_link_stays_dead_when_the_address_was_put_right(cast: Cast, workshop: Workshop) -> None:
    """Typed maria@, meant marie@: whoever maria is must read nothing from the moment it is mended."""
    card = maries(cast, workshop, who=cast.builder, reach="maria@example.org")
    _guest, stray = asked(cast, workshop)
    mended = {"words": card.words, "wish": False, "kind": "", "may_share": False, "name": "Marie Lloyd"}
    actions.mend(by=cast.builder.actor, card=card, reach="marie@example.org", **mended)
    assert Client().get(stray).status_code == 404
    assert Guest.objects.get().asked_at is None, "she waits to be asked"
    guest, link = asked(cast, workshop)
    assert guest.reach == "marie@example.org" and link != stray
    assert Client().get(stray).status_code == 404 and "Jam making" in text(Client().get(link))
    actions.mend(by=cast.builder.actor, card=card, reach="marie@example.org", **mended)
    assert Client().get(link).status_code == 200, "nothing that matters was mended"


def test_a_yes_counts_only_for_the_words_and_the_cards_that_were_read(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    guest, link = asked(cast, workshop)
    seen = re.search(r'name="seen" value="(\w+)"', text(Client().get(link)))
    assert seen is not None
    mended = {"wish": False, "kind": "", "may_share": False, "name": "Marie Lloyd", "reach": guest.reach}
    actions.mend(by=cast.builder.actor, card=card, words="Jam, any amount, free", **mended)
    given = {"do": "yes", "yes": [str(card.key)], "audience": "everyone", "seen": seen[1]}
    page = text(Client().post(link, given))
    assert "have changed since you opened this page" in page and "any amount" in page and not Asset.objects.exists()
    maries(cast, workshop, "A forgotten card", "C9", who=cast.builder)
    for do in ("yes", "no"):
        assert "A forgotten card" in text(Client().post(link, {**given, "do": do}))
    assert Card.objects.filter(state="typed").count() == 2, "no card is wiped unread"


def test_browser_back_after_a_no_gives_nothing_back_and_after_a_yes_takes_nothing(
    cast: Cast, workshop: Workshop
) -> None:
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    page = text(Client().get(link))
    seen = re.search(r'name="seen" value="(\w+)"', page)
    yes = {"do": "yes", "yes": [str(card.key)], "audience": "everyone", "seen": seen[1] if seen else "", "key": "k"}
    for given in (yes, yes, {**yes, "audience": "me"}, {**yes, "do": "no"}, {**yes, "do": "wrong"}):
        Client().post(link, given)
    assert found() == ["Jam making"] and Asset.objects.count() == 1
    assert Party.objects.filter(name="Marie Lloyd").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_by_one_link_at_once_are_one_answer(cast: Cast) -> None:
    workshop = held(cast, cast.builder)
    card = maries(cast, workshop, who=cast.builder)
    guest, _link = asked(cast, workshop)

    def says(yes: set[str]) -> Any:
        fresh = Guest.objects.select_related("workshop__record").get(pk=guest.pk)
        return lambda: actions.answer(by=actions.LINK, guest=fresh, yes=yes)

    together(says(keys(card)), says(set()))
    card.refresh_from_db()
    assert card.words == "" and (card.state, Asset.objects.count()) in (("shared", 1), ("wiped", 0))


@pytest.mark.django_db(transaction=True)
def test_somebody_is_taken_out_while_they_say_yes(cast: Cast) -> None:
    workshop = held(cast, cast.builder)
    card = maries(cast, workshop, who=cast.builder)
    guest, _link = asked(cast, workshop)

    def fresh() -> Guest:
        return Guest.objects.select_related("workshop__record__owner").get(pk=guest.pk)

    one, two = fresh(), fresh()
    together(
        lambda: actions.answer(by=actions.LINK, guest=one, yes=keys(card)),
        lambda: actions.forget_guest(by=cast.builder.actor, guest=two),
    )
    guest.refresh_from_db()
    assert (guest.name, guest.reach) == ("", "") and Card.objects.get().words == ""
    assert Asset.objects.count() == (1 if Card.objects.get().state == "shared" else 0)


def test_after_the_workshop_is_wiped_its_links_open_nothing(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    guest, link = asked(cast, workshop)
    Workshop.objects.update(day=timezone.localdate() - timedelta(days=91))
    actions.wipe_due(by=MACHINE)
    assert "does not work any more" in text(Client().get(link))
    assert Client().post(link, {"do": "yes", "yes": [str(card.key)], "audience": "everyone"}).status_code == 404
    actions.answer(by=cast.resident.actor, guest=guest, yes=keys(card))
    assert not Asset.objects.exists()


def test_a_closed_workshop_still_takes_answers(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    actions.close(by=cast.builder.actor, workshop=workshop)
    answers(Client(), link, do="yes", yes=[str(card.key)], audience="everyone")
    assert found() == ["Jam making"]


def test_all_cards_taken_out_leave_a_page_with_nothing_to_answer(cast: Cast, workshop: Workshop) -> None:
    card = maries(cast, workshop, who=cast.builder)
    other = maries(cast, workshop, "Bread", "C2", who=cast.builder)
    _guest, link = asked(cast, workshop)
    actions.take_out(by=cast.builder.actor, card=card)
    actions.take_out(by=cast.builder.actor, card=other)
    assert Client().get(link).status_code == 404 and not Guest.objects.exists(), "no name is kept without a card"


@pytest.mark.parametrize("given", [{"yes": ["no-such-card"]}, {"audience": "world"}, {"audience": ""}, {"do": "maybe"}])
def test_a_crooked_answer_changes_nothing(cast: Cast, workshop: Workshop, given: dict[str, Any]) -> None:
    card = maries(cast, workshop, who=cast.builder)
    _guest, link = asked(cast, workshop)
    crooked = {"do": "yes", "yes": [str(card.key)], "audience": "everyone", **given}
    page = answers(Client(), link, **(crooked if "do" not in given else {"do": "maybe"}))
    assert "There is a problem" in page and Card.objects.get().words == "Jam making"


def test_the_card_of_one_guest_is_not_another_guests_to_say_yes_to(cast: Cast, workshop: Workshop) -> None:
    jam = maries(cast, workshop, who=cast.builder)
    song = maries(cast, workshop, "A song", "C2", who=cast.builder, name="Col Reid", reach="col@example.org")
    actions.ask(by=cast.builder.actor, workshop=workshop)
    marie, col = (Guest.objects.get(name=name) for name in ("Marie Lloyd", "Col Reid"))
    assert "A song" not in text(Client().get(queries.link_of(marie)))
    actions.answer(by=actions.LINK, guest=marie, yes=keys(jam, song))
    assert found() == ["Jam making"]
    song.refresh_from_db()
    assert song.words == "A song" and song.guest == col
