"""What somebody stops sharing is gone at the next request, also from an introduction that it began.

Whom they met, and when both said yes, stays with both; how to reach each other stays until one of them ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.doing.connecting import actions, queries
from alongside.doing.connecting.models import Introduction
from alongside.ground.history.acting import Refused
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Role
from alongside.ground.records.actions import erase, set_audience
from alongside.knowing.assets.actions import withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.actions import settle_wish
from alongside.knowing.outcomes.models import Wish
from tests.cast import Cast, Somebody
from tests.doing.meeting import MACHINE, met, proposed, says_yes, shared, side_of, wished

pytestmark = pytest.mark.django_db
TITLE = "Singing at my kitchen table"
GONE = "This is no longer shared"


def made_private(who: Somebody) -> None:
    set_audience(by=who.actor, record=Asset.objects.get().record, audience="me")


def taken_back(who: Somebody) -> None:
    withdraw(by=who.actor, asset=Asset.objects.get())


def erased(who: Somebody) -> None:
    erase(by=who.actor, record=Asset.objects.get().record)


def until_yesterday(who: Somebody) -> None:
    record = Asset.objects.get().record
    type(record).objects.filter(pk=record.pk).update(audience_until=timezone.now() - timedelta(days=1))


HOW = [made_private, taken_back, erased, until_yesterday]
How = Callable[[Somebody], None]


def pages(who: Somebody) -> tuple[str, str, str]:
    """The page of an introduction, the list of them and one's own page, as this person reads them now."""
    client, mine = who.client(), f"/introductions/{side_of(who).record.key}/"
    one, listed, own = (client.get(path).content.decode() for path in (mine, "/introductions/", "/my-page/"))
    return one, listed, own


def told(who: Somebody) -> queries.Told:
    return queries.told(who.actor, side_of(who))


@pytest.mark.parametrize("how", HOW)
def test_a_wisher_reads_the_title_no_more(cast: Cast, how: How) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    assert told(cast.resident).thing == TITLE
    how(cast.neighbour)
    read = told(cast.resident)
    assert (read.thing, read.thing_key, read.thing_gone) == ("", None, True)


def test_and_none_of_their_pages_says_it(cast: Cast) -> None:
    assert cast.place.name
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    made_private(cast.neighbour)
    one, listed, own = pages(cast.resident)
    assert GONE in one and GONE in listed and TITLE not in one + listed + own


@pytest.mark.parametrize("how", [made_private, taken_back])
def test_its_holder_goes_on_reading_what_is_theirs(cast: Cast, how: How) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    how(cast.neighbour)
    assert told(cast.neighbour).thing == TITLE and not told(cast.neighbour).thing_gone


@pytest.mark.parametrize("how", [made_private, erased])
def test_after_names_were_told_who_and_when_stay_and_the_title_goes(cast: Cast, how: How) -> None:
    assert cast.place.name
    met(cast.resident, cast.neighbour)
    Introduction.objects.update(agreed_at=timezone.datetime(2026, 3, 4, 12, tzinfo=timezone.get_current_timezone()))
    Notice.objects.all().delete()  # what was sent before stays as it was sent, like a letter
    how(cast.neighbour)
    one, listed, own = pages(cast.resident)
    assert GONE in one and "Joseph Okafor" in one and "Knock at the bakery" in one
    assert "You both said yes on 4 March 2026." in one
    assert GONE in own and TITLE not in one + listed + own


def test_what_is_still_shown_to_them_in_another_way_they_go_on_reading(cast: Cast) -> None:
    from alongside.ground.consent.actions import share

    met(cast.resident, cast.neighbour)
    record = Asset.objects.get().record
    made_private(cast.neighbour)
    until = timezone.now() + timedelta(days=9)
    share(by=cast.neighbour.actor, record=record, grantee=cast.resident.party, parts=["all"], purpose="x", until=until)
    assert told(cast.resident).thing == TITLE


@pytest.mark.parametrize("how", HOW)
def test_what_is_shared_no_more_is_nothing_to_say_yes_to(cast: Cast, how: How) -> None:
    """A yes pressed on an old page is not taken."""
    proposed(cast.neighbour, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    how(cast.neighbour)
    with pytest.raises(Refused):
        says_yes(cast.resident)
    assert Introduction.objects.get().stage == "proposed"


def test_a_wisher_whom_a_holder_asked_need_do_nothing_then(cast: Cast) -> None:
    assert cast.place.name
    proposed(cast.neighbour, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    made_private(cast.neighbour)
    one, _listed, _own = pages(cast.resident)
    assert "You need do nothing" in one and "Yes, introduce us" not in one


def test_a_holder_who_keeps_it_to_themselves_now_may_still_say_yes_to_who_asked(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    made_private(cast.neighbour)
    says_yes(cast.neighbour)
    assert Introduction.objects.get().stage == "agreed"


# The wish


def hidden(who: Somebody) -> None:
    set_audience(by=who.actor, record=Wish.objects.get().record, audience="me")


def come_true(who: Somebody) -> None:
    settle_wish(by=who.actor, wish=Wish.objects.get(), met=True)


def wish_erased(who: Somebody) -> None:
    erase(by=who.actor, record=Wish.objects.get().record)


@pytest.mark.parametrize("how", [hidden, come_true, wish_erased])
@pytest.mark.parametrize("far", [False, True], ids=["asked", "both said yes"])
def test_a_holder_reads_a_wish_no_more_that_is_shared_no_more(cast: Cast, how: How, far: bool) -> None:
    proposed(cast.neighbour, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    if far:
        says_yes(cast.resident)
    assert told(cast.neighbour).wish == "Somebody to sing with"
    how(cast.resident)
    read = told(cast.neighbour)
    assert (read.wish, read.wish_gone) == ("", True)
    assert not told(cast.resident).wish_gone, "what is one's own one knows oneself"


def test_after_both_said_yes_their_page_says_so_and_keeps_the_name(cast: Cast) -> None:
    assert cast.place.name
    proposed(cast.neighbour, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    says_yes(cast.resident)
    hidden(cast.resident)
    one, _listed, _own = pages(cast.neighbour)
    assert "Somebody to sing with" not in one and GONE in one and "Mair Pugh" in one


def test_of_a_wish_that_was_never_theirs_to_read_nothing_is_said_at_all(cast: Cast) -> None:
    assert cast.place.name
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour))
    one, _listed, _own = pages(cast.neighbour)
    assert GONE not in one and "They wish" not in one and TITLE in one


def test_a_wish_asked_by_its_wisher_that_all_could_read_is_said_to_be_gone(cast: Cast) -> None:
    proposed(cast.resident, wished(cast.resident, audience="everyone"), shared(cast.neighbour))
    hidden(cast.resident)
    assert told(cast.neighbour).wish_gone


# Messages, and whoever introduces


def test_no_message_that_is_written_afterwards_says_the_title_to_the_wisher(cast: Cast) -> None:
    met(cast.resident, cast.neighbour)
    made_private(cast.neighbour)
    Notice.objects.all().delete()
    Introduction.objects.update(agreed_at=timezone.now() - timedelta(days=15))
    actions.tend(by=MACHINE)
    actions.tell_how(by=cast.neighbour.actor, side=side_of(cast.neighbour), went="helped", thanks="It was a joy")
    actions.end(by=cast.neighbour.actor, side=side_of(cast.neighbour))
    to_mair = Notice.objects.filter(to=cast.resident.party)
    assert to_mair.count() == 3 and not any(TITLE in notice.title + notice.body for notice in to_mair)
    assert all("something shared" in notice.title for notice in to_mair)
    assert TITLE in Notice.objects.get(to=cast.neighbour.party).title, "the holder is asked about it by its name"


@pytest.mark.parametrize("how", [made_private, erased])
def test_whoever_introduced_them_reads_neither_title_nor_wish_any_more(cast: Cast, how: How) -> None:
    iris = cast.staff("Iris Bell", Role.CONNECTOR)
    assert cast.place.name
    actions.propose(by=iris.actor, wish=wished(cast.resident, audience="everyone"), asset=shared(cast.neighbour))
    page = iris.client().get("/introductions/").content.decode()
    assert TITLE in page and "Somebody to sing with" in page
    how(cast.neighbour)
    hidden(cast.resident)
    page = iris.client().get("/introductions/").content.decode()
    assert GONE in page and TITLE not in page and "Somebody to sing with" not in page
    assert "0 have said yes" in page, "how far it is stays"


def test_a_title_in_right_to_left_letters_goes_too(cast: Cast) -> None:
    title = "שלום 🎶 \u202eקפה"
    proposed(cast.resident, wished(cast.resident), shared(cast.neighbour, title))
    made_private(cast.neighbour)
    assert told(cast.resident).thing == ""
