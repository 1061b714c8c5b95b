"""What must hold for every suggestion, whatever comes in and whoever chooses (a solver too)."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.complement import NOT_FOR_UNPAID, Fixed, Offer, Source, Window, Wish, suggest

KINDS = ("gardening", "company", "lift", "personal_care", "nights")
FEATURES = ("step_free", "loop")
some = lambda words: st.frozensets(st.sampled_from(words), max_size=2)  # noqa: E731
windows = st.builds(
    lambda day, start, length: Window(day, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1200),
    st.integers(30, 240),
)
wish_of = st.builds(
    Wish,
    id=st.just(0),
    person=st.integers(1, 4),
    kinds=some(KINDS),
    minutes=st.integers(1, 300),
    divisible=st.booleans(),
    needs=some(FEATURES),
    order=st.permutations(list(Source)).map(tuple),
    ruled_out=st.frozensets(st.sampled_from(Source), max_size=2),
    communities=some(("elders", "mosque")),
    windows=st.lists(windows, max_size=2).map(tuple),
    tasks=some(tuple(NOT_FOR_UNPAID)),
)
offer_of = st.builds(
    Offer,
    id=st.just(0),
    holder=st.integers(1, 9),
    source=st.sampled_from(Source),
    paid=st.booleans(),
    kinds=some(KINDS),
    minutes=st.none() | st.integers(0, 400),
    promised=st.integers(0, 100),
    has=some(FEATURES),
    lacks=some(FEATURES),
    open_to=st.none() | some(("elders", "mosque")),
    refuses=some(KINDS),
    windows=st.lists(windows, max_size=2).map(tuple),
)


def numbered(things, start=0):
    return [replace(thing, id=n) for n, thing in enumerate(things, start)]


wishes_of = st.lists(wish_of, max_size=5).map(numbered)
offers_of = st.lists(offer_of, max_size=12).map(numbered)
fixed_of = st.builds(
    Fixed,
    asked_this_week=st.frozensets(st.integers(1, 9), max_size=3),
    apart=st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 9)), max_size=4),
    paid_kinds=some(KINDS),
)


def pairs(ideas, wishes, offers):
    by_wish, by_offer = {w.id: w for w in wishes}, {o.id: o for o in offers}
    return [(idea, by_wish[idea.wish], by_offer[idea.offer]) for idea in ideas.ideas]


@given(wishes_of, offers_of, fixed_of)
def test_every_limit_and_every_no_holds(wishes, offers, fixed):
    taken, asks = Counter(), Counter()
    for idea, wish, offer in pairs(suggest(wishes, offers, fixed), wishes, offers):
        own = offer.holder == wish.person
        taken[offer.id] += idea.minutes
        asks[offer.holder] += offer.asks_someone and not own
        assert 0 < idea.minutes <= wish.minutes and (wish.divisible or idea.minutes == wish.minutes)
        assert idea.source not in wish.ruled_out
        assert not wish.needs & offer.lacks
        assert own or offer.open_to is None or offer.open_to & wish.communities
        assert not offer.refuses & (wish.kinds | wish.tasks)
        assert own or offer.paid or not (wish.kinds | wish.tasks | offer.kinds) & NOT_FOR_UNPAID
        assert (wish.person, offer.holder) not in fixed.apart
        assert own or not offer.asks_someone or offer.holder not in fixed.asked_this_week
        assert idea.waits == (not own and not offer.paid and bool(fixed.paid_kinds & (wish.kinds | offer.kinds)))
    for offer in offers:
        spare = offer.spare()
        assert spare is None or taken[offer.id] <= spare
    assert all(times <= 1 for times in asks.values())


@given(wishes_of, offers_of, fixed_of, st.randoms())
def test_the_order_things_come_in_does_not_matter(wishes, offers, fixed, random):
    expected = suggest(wishes, offers, fixed)
    shuffled_wishes, shuffled_offers = list(wishes), list(offers)
    random.shuffle(shuffled_wishes)
    random.shuffle(shuffled_offers)
    assert suggest(shuffled_wishes, shuffled_offers, fixed) == expected


@given(wishes_of, offers_of, st.lists(offer_of, max_size=8), fixed_of)
def test_more_unpaid_offers_never_take_a_paid_idea_away_or_lower_it(wishes, offers, more, fixed):
    kind = [replace(offer, paid=False) for offer in more]
    with_kindness = suggest(wishes, [*offers, *numbered(kind, 100)], fixed)
    paid = {offer.id for offer in offers if offer.paid}

    def of_paid(ideas):
        return [(i.wish, i.offer, i.minutes) for i in ideas.ideas if i.offer in paid]

    assert of_paid(with_kindness) == of_paid(suggest(wishes, offers, fixed))


@given(wishes_of, offers_of, fixed_of)
def test_everything_that_was_looked_at_is_accounted_for(wishes, offers, fixed):
    found = suggest(wishes, offers, fixed)
    for looked in found.looked:
        assert looked.offers == looked.ideas + sum(looked.why_not.values())
    for wish in wishes:
        assert [looked.source for looked in found.looked if looked.wish == wish.id] == list(wish.sources())


@given(wishes_of, offers_of)
def test_ideas_stand_in_the_persons_own_order_each_with_its_reasons(wishes, offers):
    found = suggest(wishes, offers)
    for wish in wishes:
        order = [idea.source for idea in found.ideas if idea.wish == wish.id]
        assert order == sorted(order, key=wish.sources().index)
    for idea in found.ideas:
        assert idea.reasons
        order = next(wish for wish in wishes if wish.id == idea.wish).sources()
        assert idea.looked_before == order[: order.index(idea.source)]
