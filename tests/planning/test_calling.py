"""Nobody has to know how a group or an organisation is written here: names are offered, and parts of them found."""

from __future__ import annotations

import pytest

from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Party, PartyState, Sort
from alongside.planning.answers.forms import ActForm
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas.models import Idea
from alongside.planning.ideas.queries import groups_like
from alongside.planning.ideas.who_forms import GainForm, WhoForm
from tests.cast import MACHINE, Cast
from tests.planning.thinking import RTL, for_ideas, idea_of

pytestmark = pytest.mark.django_db


def organisation(name: str, sort: Sort = Sort.VOLUNTARY, kind: Kind = Kind.ORGANISATION) -> Party:
    return people.welcome(by=MACHINE, kind=kind, sort=sort, name=name)


def typed(form: type[WhoForm] | type[GainForm], **given: str) -> WhoForm | GainForm:
    filled = form(given, names=[], runs=True)
    filled.is_valid()
    return filled


def test_a_part_of_a_name_in_any_letters_finds_those_that_fit_and_no_person_and_no_home(cast: Cast) -> None:
    lift, van = organisation("Valley Community Lift"), organisation("Valley Vans", Sort.BUSINESS)
    organisation("Valley Pughs", Sort.HOUSEHOLD, Kind.COMMUNITY)
    cast.person("Valley Jones")
    gone = organisation("Valley Gone")
    Party.objects.filter(pk=gone.pk).update(state=PartyState.ERASED)
    assert groups_like("vALLey", 12) == [lift, van]
    assert groups_like(" lift  valley", 12) == [lift]
    assert groups_like("valley", 1, organisations=True) == [lift]
    assert groups_like("100% _", 12) == []
    assert groups_like(RTL + "\x00", 12) == []


def test_where_there_are_more_than_the_browser_lists_public_services_come_before_others(cast: Cast) -> None:
    for n in range(3):
        organisation(f"A charity {n}")
    assert cast.council in groups_like("", 2) and len(groups_like("", 2)) == 2
    assert cast.lunch_club not in groups_like("", 300, organisations=True)
    assert cast.lunch_club in groups_like("", 300)


def test_the_names_are_offered_and_what_is_in_them_breaks_no_page(cast: Cast) -> None:
    organisation('<b>"Ty Pawb"</b>')
    html = ActForm().as_p()
    assert "<datalist" in html and 'list="called-names"' in html
    assert "&lt;b&gt;&quot;Ty Pawb&quot;" in html and "<b>" not in html


def test_where_more_than_one_fits_one_is_chosen_and_typing_on_wins(cast: Cast) -> None:
    lift, van = organisation("Valley Community Lift"), organisation("Valley Vans")
    form = typed(WhoForm, who="other", called="valley")
    assert not form.is_valid() and "Choose one of those below" in str(form.errors["called"])
    page = form.render()
    assert "Which of these do you mean?" in page and str(lift.key) in page and 'value="valley"' in page
    assert list(form.fields)[:3] == ["who", "called", "called_one"]
    assert typed(WhoForm, who="other", called="valley", called_one=str(van.key)).given()["run_by"] == van
    stale = typed(WhoForm, who="other", called="Valley Community Lift", called_one=str(van.key))
    assert stale.given()["run_by"] == lift


@pytest.mark.parametrize("chosen", ["", "nobody", "0" * 36])
def test_nobody_chooses_what_was_not_listed(cast: Cast, chosen: str) -> None:
    organisation("Valley Vans")
    organisation("Valley Community Lift")
    for other in (chosen, str(cast.resident.party.key), str(cast.council.key)):
        form = typed(GainForm, who="other", called="valley", called_one=other, kind="paid")
        assert not form.is_valid() and form.party is None


def test_a_councillor_chooses_among_organisations_only(cast: Cast) -> None:
    club = organisation("Valley Club", Sort.GROUP, Kind.COMMUNITY)
    vans = organisation("Valley Vans")
    given = {"kind": "call", "words": "Will you come?", "called": "valley", "called_one": str(club.key)}
    form = ActForm(given)
    assert not form.is_valid() and str(vans.key) in form.render() and str(club.key) not in form.render()
    form = ActForm(given | {"called_one": str(vans.key)})
    assert form.is_valid() and form.given()["to"] == vans
    assert ActForm({"kind": "door", "words": "I opened it", "called": "valley"}).is_valid()


def test_the_page_keeps_what_was_typed_and_saves_what_was_chosen(cast: Cast) -> None:
    decision: Decision = for_ideas(cast)
    idea = idea_of(cast.resident, decision)
    vans = organisation("Valley Vans")
    organisation("Valley Community Lift")
    at = f"/decide/{decision.record.key}/ideas/{idea.record.key}/who/"
    grace = cast.commissioner.client()
    page = grace.post(at, {"who": "other", "called": "vall", "unpaid": "on"}).content.decode()
    assert 'value="vall"' in page and "Which of these do you mean?" in page
    grace.post(at, {"who": "other", "called": "vall", "called_one": str(vans.key)})
    assert Idea.objects.get().run_by == vans
    mair = cast.resident.client()
    mair.post(at, {"who": "other", "called": "vall", "called_one": str(cast.council.key)})
    assert Idea.objects.get().run_by == vans
