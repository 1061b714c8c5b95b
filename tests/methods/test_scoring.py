"""Search scoring: what comes first and why, the same in whatever order candidates come, and quickly."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.distance import Point, km_between
from alongside.methods.scoring import FITS, SHOWS, Candidate, Hit, Why, fits, rank, stem_of

BRISTOL = Point(51.4545, -2.5879)
BATH = Point(51.3811, -2.3590)

garden = Candidate(1, "Community garden", "Grow vegetables together on Saturdays.", "Easton Growers")
club = Candidate(2, "Lunch club", "A meal in the garden room of the church hall.", "St Mark's")
walks = Candidate(3, "Wednesday walks", "Short walks for anyone, then tea.", "Walking for Health")


def ids(hits: list[Hit]) -> list[int]:
    return [hit.id for hit in hits]


def test_a_word_in_the_title_comes_before_one_in_the_text():
    hits = rank("gardening", [club, walks, garden])
    assert ids(hits) == [1, 2]
    assert hits[0].why == (Why("title", "gardening"),)
    assert hits[1].why == (Why("words", "gardening"),)


def test_a_holders_name_counts_too():
    assert rank("Growers", [garden, club])[0].why == (Why("holder", "growers"),)


def test_more_of_the_words_asked_for_come_first():
    assert ids(rank("tea and a short walk", [garden, club, walks])) == [3]
    assert ids(rank("garden meal", [garden, walks, club]))[0] == 2


def test_the_whole_phrase_in_a_title_comes_first():
    other = Candidate(4, "Club for lunch", "Lunch club lunch club", "")
    hits = rank("lunch club", [other, club])
    assert ids(hits) == [2, 4] and hits[0].why[0] == Why("phrase", "lunch club")


def test_the_whole_phrase_in_a_text_counts_more_than_its_words_apart():
    together = Candidate(5, "Tuesdays", "For all with long term health conditions.", "")
    apart = Candidate(6, "Tuesdays", "Health walks: long ones in fine conditions each term.", "")
    within = Candidate(7, "Tuesdays", "Belong termly, health conditionsful.", "")
    hits = rank("long term health conditions", [apart, together, within])
    assert ids(hits)[:2] == [5, 6] and hits[0].why[0] == Why("words", "long term health conditions")
    assert all(why.value != "long term health conditions" for hit in hits[1:] for why in hit.why)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("swimming", "a place to swim"),
        ("swim", "swimming for all"),
        ("walks", "we go walking"),
        ("carers", "a group for every carer"),
        ("bereaved", "bereavement support"),
        ("dying", "dying well"),
        ("gardener", "gardening"),
        ("babies", "baby and me"),
        ("baby", "for babies"),
        ("dance", "dancing on Fridays"),
        ("dancing", "a tea dance"),
        ("carer", "for carers"),
        ("cooking", "cook together"),
        ("women's group", "women’s health"),
        ("choir", "(choir, all voices)"),
        ("café", "Café Kino"),
    ],
)
def test_endings_of_words_do_not_matter(asked, written):
    assert rank(asked, [Candidate(1, written, "")])


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("art", "arthritis group, articles"),
        ("car", "scar, cartoon, carpet, carers"),
        ("swim", "swimsuit"),
        ("men", "women"),
    ],
)
def test_a_word_is_not_found_inside_another(asked, written):
    assert rank(asked, [Candidate(1, written, written)]) == []


@pytest.mark.parametrize("word", ["sing", "red", "bus", "the", "ing", "s", "tea", "ways"])
def test_short_words_keep_their_sense(word):
    assert len(stem_of(word)) >= min(len(word), 3)


def test_little_words_alone_ask_for_nothing_and_get_everything_nearest_first():
    here = garden._replace(lat=BRISTOL.lat, lng=BRISTOL.lng)
    far = club._replace(lat=BATH.lat, lng=BATH.lng)
    for nothing in ("", "the", "someone to help me", "!?"):
        hits = rank(nothing, [far, walks, here], BRISTOL)
        assert ids(hits) == [1, 2, 3]
    assert hits[0].why == (Why("near", 0.0),)


def test_of_two_that_fit_alike_the_nearer_comes_first():
    near = walks._replace(id=9, lat=BRISTOL.lat, lng=BRISTOL.lng)
    far = walks._replace(id=8, lat=BATH.lat, lng=BATH.lng)
    assert ids(rank("walk", [far, near], BRISTOL)) == [9, 8]
    assert ids(rank("walk", [far, near])) == [8, 9], "without a place they are alike, so the id decides"


def test_distance_is_right():
    assert km_between(BRISTOL, BATH) == pytest.approx(17.84, abs=0.1)
    assert km_between(BRISTOL, BRISTOL) == 0.0


candidates_of = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 10**6),
        title=st.sampled_from(["Garden", "Lunch club", "Walks", ""]),
        words=st.text(alphabet="garden walk club", max_size=40),
        lat=st.none() | st.floats(50, 55),
        lng=st.floats(-5, 0),
        like=st.none() | st.floats(-1, 1),
        serves=st.lists(
            st.tuples(st.sampled_from("ab"), st.floats(0, 1)), max_size=2, unique_by=lambda one: one[0]
        ).map(tuple),
    ),
    unique_by=lambda candidate: candidate.id,
    max_size=12,
)


@given(st.sampled_from(["garden", "walks club", ""]), candidates_of, st.randoms(), st.integers(0, 5), st.floats(0, 1))
def test_the_order_they_come_in_does_not_matter_and_the_top_is_the_top(query, candidates, shuffle, top, weight):
    def asked(those, most):
        return rank(query, those, BRISTOL, most, meant=[("a", weight), ("c", 1.0)], spelled={"club": ["lunch"]})

    whole = asked(candidates, 100)
    shuffled = list(candidates)
    shuffle.shuffle(shuffled)
    assert asked(shuffled, 100) == whole
    assert asked(candidates, top) == whole[:top]
    assert whole == sorted(whole, key=lambda hit: (-hit.score, hit.id))
    assert all(0 <= hit.score <= 1 and 0 <= hit.worth <= 1 for hit in whole), "a score means the same everywhere"


def test_meaning_finds_what_shares_no_word_and_says_so():
    alike, unlike = club._replace(like=0.6), walks._replace(like=0.1)
    (hit,) = rank("nobody to eat with", [unlike, alike])
    assert (hit.id, hit.why) == (2, (Why("like", 0.6),))


def test_what_was_meant_finds_what_serves_it_and_weighs_more_than_a_chance_word():
    serves = club._replace(serves=(("company", 0.9), ("food", 0.4)))
    hits = rank("the garden is so quiet since he died", [garden, serves], meant=[("company", 0.9)])
    assert ids(hits) == [2, 1]
    assert Why("means", "company") in hits[0].why
    assert hits[0].fits and fits(hits)


def test_chance_alone_does_not_fit():
    hits = rank(
        "somewhere to keep my kayak this winter near the canal", [walks._replace(words="Winter walks", like=0.25)]
    )
    assert hits and not fits(hits)
    assert not fits([]) and all(hit.worth < FITS for hit in hits)


def test_a_title_that_has_the_one_word_asked_for_fits_by_that_alone():
    assert rank("gardening", [garden])[0].fits


def test_the_same_evidence_scores_the_same_in_any_company():
    alone = rank("sewing", [Candidate(1, "Bees", "", like=0.5)])[0]
    among = [hit for hit in rank("sewing", [Candidate(1, "Bees", "", like=0.5), garden, club, walks]) if hit.id == 1]
    assert among == [alone]


def test_what_is_like_an_offer_made_up_for_what_was_meant_comes_up_and_says_so():
    meant = [("company", 0.9), ("grief", 0.3)]
    none, some, one = (
        Candidate(n, "Tuesday table", "", shows=(("company", like),)) for n, like in enumerate((0.3, 0.5, 0.7))
    )
    hits = rank("nobody comes", [none, some, one], meant=meant)
    assert [hit.id for hit in hits] == [2, 1], "at the cosine where it begins, nothing speaks for it"
    assert hits[0].worth == pytest.approx(SHOWS * 0.9)
    assert hits[0].why == hits[1].why == (Why("means", "company"),)
    both = rank("nobody comes", [one._replace(serves=(("grief", 1.0),))], meant=meant)[0]
    assert both.worth > hits[0].worth and both.why == (Why("means", "grief"),), (
        "what is known comes before what is like"
    )
    assert rank("nobody comes", [one], meant=[("grief", 1.0)]) == [], "of what was not meant, likeness says nothing"


def test_distance_takes_away_and_never_decides_what_fits():
    far = garden._replace(lat=BATH.lat, lng=BATH.lng)
    hit, without = rank("garden", [far], BRISTOL)[0], rank("garden", [far])[0]
    assert hit.score < without.score
    assert hit.worth == without.worth


def test_another_spelling_finds_it_and_counts_for_a_little_less():
    (slip,) = rank("gardning", [garden], spelled={"gardning": ["gardening"]})
    assert slip.why == (Why("title", "gardening"),)
    assert slip.score < rank("gardening", [garden])[0].score
    assert rank("gardning", [garden]) == []


@given(st.text(max_size=60))
def test_any_words_at_all_can_be_asked(query):
    rank(query, [garden, club, walks], BRISTOL)


def test_three_hundred_candidates_take_a_few_thousandths_of_a_second():
    draw = random.Random(5)
    words = ["gardening", "walks", "tea", "older", "people", "weekly", "centre", "with", "lunch", "music"]
    many = [
        Candidate(n, " ".join(draw.choices(words, k=4)), " ".join(draw.choices(words, k=120)), "Centre", 51.4, -2.6)
        for n in range(300)
    ]
    took = []
    for _ in range(7):
        start = time.process_time()
        rank("gardening with older people", many, BRISTOL)
        took.append(time.process_time() - start)
    assert min(took) < 0.02, "the bench holds the finer limit; this catches a tenfold slip"
