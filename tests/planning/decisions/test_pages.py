"""What everyone reads: the list, one decision, how each way works, what was declared; and how one ends."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from alongside.methods import say
from alongside.planning.decisions import actions, example, picture, queries
from alongside.planning.decisions.models import Rule
from tests.cast import MACHINE, Cast
from tests.planning.deciding import A_DRAFT, NOW_VOTING, SHARED, draft, fresh, money, opened

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_DRAFT
RTL = "كيف ننفق؟ 🚌" * 700


@pytest.fixture(autouse=True)
def place(cast: Cast) -> None:
    assert cast.place.name


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def seen(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


# The list


def test_with_nothing_open_the_list_says_what_can_be_done() -> None:
    html = seen(page(Client(), "/decide/"))
    assert "Nothing is open just now." in html
    assert "Ask a question" in html


def test_the_list_says_what_can_be_done_now_and_until_when(cast: Cast) -> None:
    it = opened(cast, when=NOW_VOTING)
    soon = opened(cast, when={"vote": (3, 9)}, question="Which park?")
    done = opened(cast, when={"vote": (-3, -1)}, question="A new name?")
    actions.conclude(by=MACHINE, decision=done, stage="not_decided", why="Too few took part.")
    draft(cast, question="Nobody sees this?")
    html = seen(page(Client(), "/decide/"))
    assert f"{it.question} You can choose until" in html
    assert f"{soon.question} You can choose from" in html
    assert f"{done.question} Not decided" in html
    assert "Nobody sees this?" not in html
    mine = seen(page(cast.commissioner.client(), "/decide/"))
    assert "Nobody sees this? Draft" in mine


def test_decide_stands_in_the_menu(cast: Cast) -> None:
    assert '<a href="/decide/" aria-current="page">Decide</a>' in page(Client(), "/decide/")
    assert '<a href="/decide/">Decide</a>' in page(Client(), "/")


def test_looking_around_shows_what_is_open_and_what_came_of_earlier_ones(cast: Cast) -> None:
    it = opened(cast, when=NOW_VOTING)
    done = opened(cast, when={"vote": (-3, -1)}, question="A new name?")
    actions.conclude(by=MACHINE, decision=done, stage="decided")
    html = seen(page(Client(), "/look-around/"))
    assert it.question in html
    assert "What came of earlier ones A new name?" in html
    place = seen(page(Client(), "/place/"))
    assert "What we decide together A new name?" in place, "the page of the place says so as well"


def test_a_group_shows_its_decisions_and_its_keeper_the_way_to_ask(cast: Cast) -> None:
    opened(cast, cast.connector, cast.lunch_club, question="Where do we eat?")
    path = f"/p/{cast.lunch_club.key}/"
    assert "Where do we eat?" in seen(page(Client(), path))
    assert f"/decide/ask/?for={cast.lunch_club.key}" in page(cast.connector.client(), path)
    assert "/decide/ask/?for=" not in page(cast.resident.client(), path)


# One decision


def test_one_page_says_all_that_was_set(cast: Cast) -> None:
    it = opened(cast, terms=money(), groups=SHARED, when=NOW_VOTING, question_from="41 people said it in spring")
    html = page(Client(), f"/decide/{it.record.key}/")
    words = seen(html)
    for said in (
        "41 people told us that they are stuck at home.",
        "You can choose until",
        "Who asks Testford Council Who may take part Everybody",
        "People and communities hold 75% together. It can never be less than half.",
        "At least 20 in a hundred of them must be for what wins",
        "Everyone gets a fair share of the money to steer.",
        "There is £24,000 to share out.",
        "No organisation holds more than 10 per cent of the say.",
        "41 people said it in spring",
        "Grace Adeyemi must answer by",
        "The bus timetable, which the county sets.",
        "Vote Now",
        "Who can see this: anyone.",
        it.terms_sha,
        it.terms.lot_sha,
    ):
        assert said in words, said
    assert it.lot_seed not in html
    assert 'aria-label="People 53%, Communities 22%, Organisations 25%"' in html


def test_the_bar_marks_half_and_every_part_stands_where_it_should(cast: Cast) -> None:
    html = page(Client(), f"/decide/{opened(cast, groups=SHARED, terms=money()).record.key}/")
    assert '<line x1="50%" x2="50%"' in html
    bars = re.findall(r'<rect x="([\d.]+)%" y="8" width="([\d.]+)%"[^>]*url\(#say-(\w+)\)', html)
    assert bars == [("0.00", "52.75", "person"), ("53.00", "21.75", "community"), ("75.00", "24.75", "organisation")]


def test_somebody_outside_finds_neither_a_draft_nor_what_is_for_a_circle(cast: Cast) -> None:
    it, own = draft(cast), opened(cast, cast.resident)
    for client in (Client(), cast.outsider.client(), cast.councillor.client()):
        for decision in (it, own):
            for path in ("", "declared.txt"):
                assert client.get(f"/decide/{decision.record.key}/{path}").status_code == 404
    assert cast.commissioner.client().get(f"/decide/{it.record.key}/").status_code == 302


def test_what_was_declared_is_there_to_be_summed_by_anyone(cast: Cast) -> None:
    it = opened(cast, terms=money(), groups=SHARED)
    response = Client().get(f"/decide/{it.record.key}/declared.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == it.terms_sha
    assert "budget_pence=2400000" in response.content.decode()


def test_words_from_right_to_left_stand_whole_and_say_their_language(cast: Cast) -> None:
    it = draft(cast, why=RTL[:4_900], question="أين نجلس؟ 🪑")
    it.record.lang = "ar"
    it.record.save()
    actions.declare(by=cast.commissioner.actor, decision=it)
    html = page(Client(), f"/decide/{it.record.key}/")
    assert '<h1 class="breaks" lang="ar">أين نجلس؟ 🪑</h1>' in html
    assert RTL[:4_900].strip() in html


def test_smaller_decisions_stand_on_the_larger_one(cast: Cast) -> None:
    above = opened(cast, question="How do we get about?")
    below = draft(cast, cast.connector, cast.lunch_club, question="A lift to lunch?")
    actions.write(by=cast.connector.actor, decision=below, serves=above)
    assert "A lift to lunch?" not in seen(page(Client(), f"/decide/{above.record.key}/"))
    actions.declare(by=cast.connector.actor, decision=below)
    assert "A lift to lunch?" in seen(page(Client(), f"/decide/{above.record.key}/"))
    assert "part of a larger decision: How do we get about?" in seen(page(Client(), f"/decide/{below.record.key}/"))


def test_in_welsh_its_own_words_stay_as_they_are(cast: Cast) -> None:
    it = opened(cast)
    client = Client()
    client.cookies["django_language"] = "cy"
    assert f'lang="en">{it.question}' in page(client, f"/decide/{it.record.key}/").replace("£", "£")


# Ending it


def test_the_commissioner_stops_it_and_everyone_reads_why(cast: Cast) -> None:
    it, client = opened(cast), cast.commissioner.client()
    path = f"/decide/{it.record.key}/stop/"
    assert "Stop this decision?" in seen(page(client, path))
    html = client.post(path, {"stage_why": ""}).content.decode()
    assert "There is a problem" in html
    assert "Write why" in html
    assert client.post(path, {"stage_why": "The money went elsewhere."}).status_code == 302
    assert "The money went elsewhere." in seen(page(Client(), f"/decide/{it.record.key}/"))


def test_nobody_else_finds_the_way_to_stop_it(cast: Cast) -> None:
    it = opened(cast)
    for client in (cast.resident.client(), cast.councillor.client(), cast.outsider.client()):
        for way in ("stop", "talk-again"):
            assert client.post(f"/decide/{it.record.key}/{way}/", {"stage_why": "x"}).status_code == 404
    assert fresh(it).stage == "open"
    assert "You look after this" not in seen(page(cast.resident.client(), f"/decide/{it.record.key}/"))


def test_taking_it_back_to_talk_leads_to_the_new_draft(cast: Cast) -> None:
    it, client = opened(cast), cast.commissioner.client()
    response = client.post(f"/decide/{it.record.key}/talk-again/", {"stage_why": "We asked it badly."}, follow=True)
    assert response.redirect_chain[-1][0].endswith("/check/")
    [again] = queries.drafts(cast.commissioner.actor)
    assert str(again.record.key) in response.redirect_chain[-1][0]
    late = client.post(f"/decide/{it.record.key}/talk-again/", {"stage_why": "Again"})
    assert "went back to talk before" in late.content.decode()


def test_a_draft_is_thrown_away_without_a_reason(cast: Cast) -> None:
    it, client = draft(cast), cast.commissioner.client()
    assert client.post(f"/decide/{it.record.key}/stop/", {"stage_why": ""}).status_code == 302
    assert queries.drafts(cast.commissioner.actor) == []


# Examples


def test_each_way_is_shown_with_an_example_that_was_really_counted() -> None:
    html = seen(page(Client(), "/decide/how/"))
    assert "Fair-share voting: 10 of the 10 get something they picked." in html
    assert "Most votes first: 6 of the 10 get something they picked." in html
    assert "Method of Equal Shares" in html


@pytest.mark.parametrize("rule", [Rule.APPROVAL, Rule.SCORE, Rule.RANKING, Rule.BUDGET])
def test_an_example_spends_no_more_than_there_is_and_names_a_winner(rule: Rule) -> None:
    shown = example.example(rule)
    assert shown is not None
    for n, _name in enumerate(shown.rules):
        won = [row for row in shown.rows if row.wins[n]]
        assert won
        assert sum(int(row.price.strip("£")) for row in won if row.price) <= 1_000


def test_two_ways_count_nothing_and_need_no_example() -> None:
    assert example.example(Rule.CONSENT) is None
    assert example.example(Rule.SUPPORTED) is None


def test_a_bar_of_what_came_out_leaves_out_who_paid_nothing() -> None:
    bar = picture.bar([("people", 333_333), ("communities", 0), ("suppliers", 166_667), ("commissioners", 500_000)])
    assert [(part.kind, part.share) for part in bar.parts] == [("person", "33.3"), ("organisation", "66.7")]
    assert bar.us == "33.3"
    assert picture.bar([(side.value, 0) for side in say.Side]).parts == ()


# What is folded on a telephone


def standing_open(html: str) -> str:
    """What nobody has to press anything to read."""
    while "<details" in html:
        before, _fold, rest = html.rpartition("<details")
        html = before + rest.partition("</details>")[2]
    return seen(html)


def test_what_must_be_known_before_choosing_is_never_folded_where_people_choose(cast: Cast) -> None:
    it = opened(cast, when={"vote": (0, 7), "answer": (8, 21)}, terms=money(), groups=SHARED)
    path = f"/decide/{it.record.key}/"
    plain = standing_open(page(cast.resident.client(), f"{path}choose/"))
    for words in ("Who set the question", it.can_change, it.cannot_change, it.answers_for):
        assert words and words in plain
    html = page(Client(), path)
    assert "Where this came from" not in standing_open(html) and "You can choose until" in standing_open(html)
    for words in ("Before you choose", it.can_change, it.cannot_change, it.answers_for, it.fairness, "Vote Now"):
        assert words and words in seen(html)  # folded there, for whoever looks before
    assert "People and communities: " in re.sub(r"\s+", " ", html)


def test_each_group_shows_its_name_and_share_and_with_a_fault_all_stand_open(cast: Cast) -> None:
    it = draft(cast)
    actions.set_terms(by=cast.commissioner.actor, decision=it, **money())
    actions.set_groups(by=cast.commissioner.actor, decision=it, groups=SHARED)
    client, path = cast.commissioner.client(), f"/decide/new/{it.record.key}/groups/"
    html = page(client, path)
    first = SHARED[0]
    assert f"{first.name}</bdi>: {first.weight_ppm // 10_000}%" in html
    wrong = client.post(path, {"rows": "1", "name_0": "Us", "side_0": "people", "share_0": "much", "cap_pct": "10"})
    assert 'class="part" open' in wrong.content.decode()
    assert 'class="part">' not in wrong.content.decode()
