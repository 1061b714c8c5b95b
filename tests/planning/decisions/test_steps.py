"""Setting a decision up in steps: from the first question to opening, leaving and coming back, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.ground.people.models import Party
from alongside.planning.decisions import queries
from alongside.planning.decisions.models import Decision
from tests.cast import Cast, Somebody
from tests.planning.deciding import SHARED, as_told, draft, fresh, money, opened

pytestmark = pytest.mark.django_db
RTL = "كيف ننفق؟ 🚌" * 900
GROUPS = {
    "rows": "3",
    "cap_pct": "10",
    **{"name_0": "People", "side_0": "people", "share_0": "45"},
    **{"name_1": "People who cannot get out", "side_1": "people", "share_1": "20", "affected_1": "on", "floor_1": "50"},
    **{"name_2": "Council", "side_2": "commissioners", "share_2": "35%"},
}


@pytest.fixture(autouse=True)
def place(cast: Cast) -> None:
    assert cast.place.name


def start(client: Client, owner: Party, **given: Any) -> Any:
    words = {"owner": str(owner.key), "question": "How do we spend it?", "why": "41 people asked."}
    return client.post("/decide/new/", words | {"question_side": "people", "question_from": "Spring"} | given)


def base(it: Decision) -> str:
    return f"/decide/new/{it.record.key}/"


def problems(response: Any) -> str:
    html = response.content.decode()
    assert "There is a problem" in html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html[html.index("There is a problem") :]))


def test_from_the_first_question_to_an_open_decision(cast: Cast) -> None:
    client = cast.commissioner.client()
    to = start(client, cast.council)["Location"]
    assert to.endswith("/change/")
    day = queries.today() + timedelta(days=1)
    answers: dict[str, dict[str, Any]] = {
        "change": {"can_change": "What it goes to.", "cannot_change": "The sum."},
        "answer": {"answers_for": "The council", "binds": "no", "answered_name": "Grace", "answered_by": ""}
        | {"answer_by": str(day + timedelta(days=400))},
        "fair": {"fairness": "We read it out."},
        "whose": {"basis": "shared"},
        "rule": {"rule": "budget", "budget_pence": "£24,000"},
        "details": {"method": "equal_shares", "marking": "approval", "quorum": "0"},
        "suppliers": {"suppliers_agreed_on": "", "suppliers_agreed_how": ""},
        "groups": GROUPS,
        "who": {"counted": "list", "vouched": "on", "least_age": "11", "open_to": "everyone"},
    }
    for step, data in answers.items():
        assert to.endswith(f"/{step}/"), step
        response = client.post(to, data)
        assert response.status_code == 302, problems(response)
        to = response["Location"]
    assert to.endswith("/days/")
    assert client.post(to, {"template": "neighbourhood", "first": str(day)})["Location"] == to
    html = client.get(to).content.decode()
    assert f'value="{day}"' in html
    kept = {
        f"{one.kind}_{which}": str(getattr(one, which))
        for one in Decision.objects.get().phases.all()
        for which in ("since", "until")
    }
    to = client.post(to, kept)["Location"]
    assert to.endswith("/check/")
    html = client.get(to).content.decode()
    assert "Still to do" not in html
    assert "How much each group’s vote counts" in html
    assert client.post(to)["Location"] == f"/decide/{Decision.objects.get().record.key}/"
    it = fresh(Decision.objects.get())
    assert it.stage == "open"
    assert queries.say_setup(it).us_ppm == 650_000
    assert it.groups.get(affected=True).floor_pct == 50


def test_somebody_signed_out_is_asked_to_sign_in_first(cast: Cast) -> None:
    it = draft(cast)
    for path in ("/decide/new/", f"{base(it)}question/", f"{base(it)}check/"):
        response = Client().get(path)
        assert response.status_code == 302
        assert "/sign-in/" in response["Location"]


def test_staff_use_their_second_factor(cast: Cast) -> None:
    client = cast.commissioner.client(second_factor=False)
    assert "/decide/" not in client.get("/decide/new/")["Location"].split("?")[0]


def test_nobody_else_finds_a_draft(cast: Cast) -> None:
    it = draft(cast)
    for who in (cast.resident, cast.outsider, cast.councillor, cast.supplier):
        for path in ("question/", "groups/", "check/"):
            assert who.client().get(f"{base(it)}{path}").status_code == 404
            assert who.client().post(f"{base(it)}{path}", {"question": "Mine"}).status_code == 404


def test_mair_is_offered_her_own_life_and_no_council(cast: Cast) -> None:
    html = cast.resident.client().get("/decide/new/").content.decode()
    assert "My own life" in html
    assert "Testford Council" not in html
    response = start(cast.resident.client(), cast.council)
    assert "Choose one of the answers" in problems(response)


def test_a_decision_about_her_own_life_has_few_steps(cast: Cast) -> None:
    client = cast.resident.client()
    to = start(client, cast.resident.party)["Location"]
    to = client.post(to, {"can_change": "Where I live.", "cannot_change": ""})["Location"]
    assert to.endswith("/who/")  # no shares: the say is hers
    for step in ("whose", "groups"):
        assert client.get(to.replace("who/", f"{step}/")).status_code == 302
    assert "/groups/" not in client.get(to.replace("who/", "check/")).content.decode()


def test_no_length_is_offered_that_the_next_press_refuses(cast: Cast) -> None:
    """A secret vote cannot be on the day on which ideas still come."""
    it, client = draft(cast), cast.commissioner.client()
    it.phases.all().delete()
    page = client.get(f"{base(it)}days/").content.decode()
    offered = re.findall(r'value="(few|hall|neighbourhood|area)"', page)
    assert offered == ["few", "neighbourhood", "area"] and "Leave both empty" not in page
    for template in offered:
        response = client.post(f"{base(it)}days/", {"template": template, "first": str(queries.today())})
        assert response.status_code == 302, problems(response)
        fresh(it).phases.all().delete()


def test_what_is_missing_is_said_and_what_was_typed_stays(cast: Cast) -> None:
    response = start(cast.commissioner.client(), cast.council, why="", question="Half a ques")
    assert "Write what led to the question" in problems(response)
    assert "Half a ques" in response.content.decode()
    assert "<title>Error:" in response.content.decode()
    assert not Decision.objects.exists()


def test_ten_thousand_letters_from_right_to_left_are_refused_and_stay(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    response = client.post(f"{base(it)}fair/", {"fairness": RTL})
    assert "too long to keep here" in problems(response)
    assert RTL[:300] in response.content.decode()
    response = client.post(f"{base(it)}groups/", GROUPS | {"name_0": RTL})
    assert "80 letters or fewer" in problems(response)


def test_every_fault_of_the_groups_is_said_at_once_and_at_its_row(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    before = queries.say_setup(it)
    wrong = GROUPS | {"share_0": "10", "share_1": "0", "side_2": "politicians", "share_2": "80", "cap_pct": "10"}
    response = client.post(f"{base(it)}groups/", wrong)
    said = problems(response)
    for words in (
        "Councillors open doors and speak up",
        "People who cannot get out are directly affected, so they must hold a share",
        "All the shares together must make 100 per cent. They make 90 now",
    ):
        assert words in said
    html = response.content.decode()
    assert 'href="#id_share_1"' in html
    assert 'href="#id_share_2"' in html
    assert 'value="80"' in html
    assert queries.say_setup(fresh(it)) == before


def test_shares_are_typed_as_people_type_them(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    for share in ("thirty", "3,5", "1e1", "٣٥", "0x10", "9" * 12):
        response = client.post(f"{base(it)}groups/", GROUPS | {"share_2": share})
        assert "Write a share in per cent" in problems(response), share
        assert share in response.content.decode()


def test_one_more_group_keeps_what_was_typed(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    response = client.post(f"{base(it)}groups/", GROUPS | {"more": "1", "name_2": "Half ty"})
    html = response.content.decode()
    assert 'value="Half ty"' in html
    assert 'name="name_3"' in html
    assert "There is a problem" not in html
    assert not it.groups.filter(name="Half ty").exists()
    for rows in ("many", "-1", "999999999", "٣"):
        assert client.post(f"{base(it)}groups/", GROUPS | {"rows": rows, "more": "1"}).status_code == 200


def test_an_emptied_name_takes_a_group_out(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    client.post(f"{base(it)}groups/", GROUPS | {"name_1": "", "share_0": "65"})
    assert sorted(it.groups.values_list("name", flat=True)) == ["Council", "People"]


def test_going_back_in_the_browser_and_changing_something_keeps_the_change(cast: Cast) -> None:
    """The page from before comes back with the key it had, and with other words."""
    it, client = draft(cast), cast.commissioner.client()
    client.post(f"{base(it)}change/", {"can_change": "First words", "cannot_change": "The sum.", "key": "the-same"})
    client.post(f"{base(it)}rule/", {"rule": "score", "key": "another"})
    client.post(f"{base(it)}change/", {"can_change": "Second words", "cannot_change": "The sum.", "key": "the-same"})
    assert (fresh(it).can_change, fresh(it).terms.rule) == ("Second words", "score")


def test_pressing_start_twice_starts_one_draft(cast: Cast) -> None:
    client = cast.commissioner.client()
    one, two = (start(client, cast.council, key="once") for _ in range(2))
    assert one["Location"] == two["Location"]
    assert Decision.objects.count() == 1


def test_after_it_is_open_the_page_from_before_changes_nothing(cast: Cast) -> None:
    it, client = opened(cast), cast.commissioner.client()
    for step, data in (("groups", GROUPS), ("rule", {"rule": "score"}), ("question", {"question": "Other?"})):
        response = client.post(f"{base(it)}{step}/", data)
        assert response["Location"] == f"/decide/{it.record.key}/"
    assert client.post(f"{base(it)}check/")["Location"] == f"/decide/{it.record.key}/"
    assert as_told(fresh(it))


def test_its_days_can_move_from_the_page_of_an_open_decision(cast: Cast) -> None:
    it, client = opened(cast, when={"vote": (10, 20)}), cast.commissioner.client()
    later = {"vote_since": str(queries.today() + timedelta(12)), "vote_until": str(queries.today() + timedelta(22))}
    assert client.get(f"{base(it)}days/").status_code == 200
    assert client.post(f"{base(it)}days/", later)["Location"] == f"/decide/{it.record.key}/"
    sooner = later | {"vote_since": str(queries.today() + timedelta(11))}
    assert "can only move to a later one" in problems(client.post(f"{base(it)}days/", sooner))


def test_days_are_given_in_pairs_and_as_days(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    response = client.post(f"{base(it)}days/", {"vote_since": "2999-01-01", "ideas_until": "tomorrow"})
    said = problems(response)
    assert "Give both days, or none" in said
    assert "Give a day, like 24 March 2027" in said


def test_the_check_lists_what_is_still_to_do_and_opening_then_says_so(cast: Cast) -> None:
    client = cast.commissioner.client()
    start(client, cast.council)
    it = Decision.objects.get()
    html = client.get(f"{base(it)}check/").content.decode()
    assert "Still to do" in html
    assert f'href="{base(it)}change/?then=check"' in html
    response = client.post(f"{base(it)}check/")
    said = problems(response)
    assert "Write what the decision can change" in said
    assert "Say from which day to which day people can choose" in said
    assert fresh(it).stage == "draft"


def test_changing_one_answer_leads_back_to_the_check(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    response = client.post(f"{base(it)}fair/?then=check", {"fairness": "We read it out."})
    assert response["Location"] == f"{base(it)}check/"


def test_the_check_says_how_much_each_vote_counts(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    html = client.get(f"{base(it)}check/").content.decode()
    rows = re.findall(r"<bdi>([^<]+)</bdi></th><td[^>]*>([\d.]+)%</td><td[^>]*>([\d.]+)%", html)
    assert rows == [("People", "50", "60"), ("Communities", "25", "20"), ("Councils and the NHS", "25", "20")]
    assert "People and communities can decide by themselves." in html
    client.post(f"{base(it)}rule/", {"rule": "budget", "budget_pence": "5000"})
    assert "nobody can outvote anybody" in client.get(f"{base(it)}check/").content.decode()


def test_the_two_ways_to_share_money_stand_side_by_side_before_one_is_chosen(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    client.post(f"{base(it)}rule/", {"rule": "budget", "budget_pence": "5000"})
    html = client.get(f"{base(it)}details/").content.decode()
    assert "Two ways to share out money" in html
    assert "10 of the 10 get something they picked." in html


def test_a_sum_is_read_as_people_write_it(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    for typed in ("1.5", "lots", "-5", "", "0", "٥٠٠٠"):
        response = client.post(f"{base(it)}rule/", {"rule": "budget", "budget_pence": typed})
        assert "Write" in problems(response), typed
    client.post(f"{base(it)}rule/", {"rule": "budget", "budget_pence": "£1,234.50"})
    given = {"method": "greedy", "marking": "points", "points_each": "8", "quorum": "0"}
    client.post(f"{base(it)}details/", given)
    terms = fresh(it).terms
    assert (terms.budget_pence, terms.method, terms.marking, terms.points_each) == (123_450, "greedy", "points", 8)
    client.post(f"{base(it)}rule/", {"rule": "score", "budget_pence": "5000"})
    assert fresh(it).terms.budget_pence is None


def test_a_club_chooses_the_larger_decision_it_is_part_of(cast: Cast) -> None:
    above = opened(cast)
    it, client = draft(cast, cast.connector, cast.lunch_club), cast.connector.client()
    assert above.question in client.get(f"{base(it)}part/").content.decode()
    client.post(f"{base(it)}part/", {"serves": str(above.record.key)})
    assert fresh(it).serves == above
    assert draft(cast).record.key, "the area's own has nothing above it"
    assert cast.commissioner.client().get(f"{base(draft(cast))}part/").status_code == 302


def test_the_helper_takes_the_steps_with_mair(cast: Cast) -> None:
    client = helping(cast.carer, cast.resident)
    to = start(client, cast.resident.party)["Location"]
    assert client.post(to, {"can_change": "Where I live."}).status_code == 302
    assert Decision.objects.get().record.owner == cast.resident.party


def helping(who: Somebody, person: Somebody) -> Client:
    actor, client = who.helps(person), who.client()
    session = client.session
    session["helping"] = str(actor.basis.key) if actor.basis else ""
    session.save()
    return client


def test_ours_has_no_step_for_suppliers(cast: Cast) -> None:
    it = draft(cast, cast.connector, cast.lunch_club)
    html = cast.connector.client().get(f"{base(it)}check/").content.decode()
    assert "Do organisations that are paid vote?" not in html
    assert SHARED[0].name
    assert money()


def test_whoever_forgets_to_say_how_long_is_asked_that_and_not_for_twelve_days(cast: Cast) -> None:
    client = cast.commissioner.client()
    it = queries.decision(cast.commissioner.actor, start(client, cast.council)["Location"].split("/")[3])
    assert it is not None
    said = problems(client.post(base(it) + "days/", {"first": str(queries.today())}))
    assert "Choose one of the answers" in said and "A neighbourhood, about nine weeks" in said
    assert not it.phases.exists()


def test_what_opening_asks_for_is_asked_on_its_page_and_not_called_optional(cast: Cast) -> None:
    client = cast.commissioner.client()
    to = start(client, cast.council)["Location"]
    assert "Write what it cannot change" in problems(client.post(to, {"can_change": "What it goes to."}))
    answer = to.replace("change", "answer")
    assert "(optional)" not in client.get(to).content.decode()
    assert "Write who is answerable by law" in problems(client.post(answer, {"binds": "yes"}))
    assert "Any age" in client.get(to.replace("change", "check")).content.decode()


def test_who_is_counted_is_one_answer_and_codes_go_with_no_vouching(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    page = client.get(f"{base(it)}who/").content.decode()
    assert page.count('type="radio" name="counted"') == 3 and "Everybody who has a page here" in page
    given = {"counted": "code", "vouched": "on", "least_age": "14", "open_to": "everyone"}
    refused = client.post(f"{base(it)}who/", given)
    assert "Leave vouching out, or keep a list" in problems(refused) and 'value="14"' in refused.content.decode()
    assert "Choose who is counted" in problems(client.post(f"{base(it)}who/", given | {"counted": ""}))
    assert client.post(f"{base(it)}who/", given | {"counted": "list"}).status_code == 302
    assert sorted(it.ways.values_list("way", flat=True)) == ["list", "vouched"]
    shown = client.get(f"{base(it)}check/").content.decode()
    assert "Everybody on a list that we keep" in shown and "is confirmed before the vote opens" not in shown
