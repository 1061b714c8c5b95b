"""Every place where something about a record can come out, as one table. Whoever adds a page, a feed, an export or
an answer for programs adds a line here, and `test_nothing_leaks` goes through it in every invented world.

A line says who asks, where, and which records the answer may speak of: `seen` (its own page), `found` (lists, maps,
figures, searches), `out` (what leaves for others to copy), `desk` (a steward's desk).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.test import Client
from django.utils import timezone

from alongside.ground.consent.queries import allowed, going_out
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.ground.records.queries import findable, held, visible_to
from alongside.ground.tokens.actions import let_in
from alongside.ground.tokens.queries import scopes_for
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.search.queries import ideas_for
from tests.conftest import PROVING
from tests.faults.worlds import WORDS, World
from tests.house.addresses import body

EVERYBODY = ("anyone", "outsider", "holder", "member", "circle", "blocked", "steward")
SIGNED_IN = EVERYBODY[1:]
MOST_PAGES = 6 if PROVING else 3  # the first, one between, and what comes after
# What is new on every page and says nothing: tokens of forms, keys of buttons, the one-use word of a script.
FRESH = re.compile(r'(?:name="(?:csrfmiddlewaretoken|key)" value|nonce)="[^"]*"|"csrfToken": "[^"]*"')


@dataclass(frozen=True)
class Surface:
    """One place where records come out: `ask` gives what this viewer is answered, in pieces."""

    name: str
    ask: Callable[[World, str], Iterable[str]]
    shows: str = "found"
    names_others: bool = False  # says in full who looked at something, or whose it is, to whoever has to know
    viewers: tuple[str, ...] = EVERYBODY


def may_be_told(surface: Surface, viewer: Actor) -> QuerySet[Record]:
    """The records that an answer may speak of; what gets in the way and stands without a name is there for all."""
    unnamed = Record.objects.filter(pk__in=Barrier.objects.filter(named=False).values("pk"))
    unnamed = unnamed.filter(pk__in=visible_to(Actor.anyone()).values("pk"))
    if surface.shows == "seen":
        return Record.objects.filter(Q(pk__in=visible_to(viewer).values("pk")) | Q(pk__in=unnamed.values("pk")))
    if surface.shows == "out":
        return going_out(viewer)
    if surface.shows == "desk":
        return Record.objects.filter(Q(pk__in=visible_to(viewer).values("pk")) | Q(pk__in=held(viewer).values("pk")))
    if surface.shows == "plan":
        own = Record.objects.filter(owner=viewer.party, kind__in=("plan", "outcome", "asset"))
        ideas = findable(viewer).filter(pk__in=allowed("suggested").values("pk"))
        return Record.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=ideas.values("pk")))
    if surface.shows == "ideas":
        return findable(viewer).filter(pk__in=allowed("suggested").values("pk"))
    return Record.objects.filter(Q(pk__in=findable(viewer).values("pk")) | Q(pk__in=unnamed.values("pk")))


def plain(answer: str) -> str:
    return FRESH.sub("", answer)


def at(*paths: str) -> Callable[[World, str], Iterator[str]]:
    """What these addresses answer, and the pages after them where there is more."""

    def ask(world: World, viewer: str) -> Iterator[str]:
        for path in paths:
            yield from pages(world.clients[viewer], path)

    return ask


def pages(client: Client, path: str) -> Iterator[str]:
    for _turn in range(MOST_PAGES):
        response = client.get(path)
        text = f"{path} {response.status_code}\n{plain(body(response))}"
        for asked in re.findall(r"zq\w+", path, re.IGNORECASE):  # what somebody types is said back to them
            text = text.replace(asked, "").replace(asked[:1].upper() + asked[1:], "")
        yield text
        more = re.search(r'href="(\?[^"]*\bpage=[^"]+)"', text)
        if not more:
            return
        path = path.partition("?")[0] + more.group(1).replace("&amp;", "&")


def each(pattern: str) -> Callable[[World, str], Iterator[str]]:
    """The page of every third thing there is, by its address, as somebody might know it."""

    def ask(world: World, viewer: str) -> Iterator[str]:
        for key in world.keys()[EVERYBODY.index(viewer) % 3 :: 3]:
            yield from pages(world.clients[viewer], pattern.format(key=key))

    return ask


def each_party(world: World, viewer: str) -> Iterator[str]:
    map_keys(world)  # a group's page names its map
    for party in [*(one.party for one in world.people), *world.groups]:
        yield from pages(world.clients[viewer], f"/p/{party.key}/")


def each_area(world: World, viewer: str) -> Iterator[str]:
    for ward in world.wards:
        yield from pages(world.clients[viewer], f"/place/ward/{ward.code}/")


def ideas(world: World, viewer: str) -> Iterator[str]:
    """What a plan would be offered for the things people say."""
    for words in WORDS:
        yield f"{words}: {ideas_for(world.actor(viewer), words, 'people')!r}"


def ideas_for_everybody(world: World, viewer: str) -> Iterator[str]:
    """What a run found for a plan, and why; others know the address."""
    own = world.viewers[viewer]
    for party, path in world.plans.items():
        if own is None or party == own.party.pk or viewer in ("outsider", "steward"):
            yield from pages(world.clients[viewer], path)


def each_map(world: World, viewer: str) -> Iterator[str]:
    """The map of each group, with every layer on; started by the machine where there is none."""
    for key in map_keys(world):
        yield from pages(world.clients[viewer], f"/m/{key}/")
        yield from pages(world.clients[viewer], f"/m/{key}/?layer=people&layer=groups&layer=others")


def each_file(world: World, viewer: str) -> Iterator[str]:
    """What leaves with a map, in the formats that can be read as text."""
    for key in map_keys(world):
        for kind in ("geojson", "csv", "oruk", "ics"):
            yield from pages(world.clients[viewer], f"/m/{key}/files/{kind}/")


def each_calendar(world: World, viewer: str) -> Iterator[str]:
    """What is on, here and at each group."""
    yield from pages(world.clients[viewer], "/what-is-on.ics")
    for group in world.groups:
        yield from pages(world.clients[viewer], f"/p/{group.key}/what-is-on.ics")


def each_unnamed(world: World, viewer: str) -> Iterator[str]:
    """The page of every third wish and thing that gets in the way."""
    for path in world.unnamed[EVERYBODY.index(viewer) % 3 :: 3]:
        yield from pages(world.clients[viewer], path)


def own_wishes(world: World, viewer: str) -> Iterator[str]:
    """Wishes that the first things of the viewer's own may meet."""
    own = Record.objects.filter(kind="asset", owner=world.viewers[viewer].party).order_by("pk")[:2]
    for key in own.values_list("key", flat=True):
        yield from pages(world.clients[viewer], f"/a/{key}/wishes/")


def wishes_told(world: World, viewer: str) -> Iterable[str]:
    return with_token(world, viewer, ["/api/v1/wishes"])


def each_answer(world: World, viewer: str) -> Iterable[str]:
    """One thing after another, as a program reads it: for this viewer with a token, for anyone without."""
    paths = [f"/api/v1/assets/{key}" for key in world.addresses]
    return with_token(world, viewer, paths) if world.viewers[viewer] else at(*paths)(world, viewer)


def who_looked(world: World, viewer: str) -> Iterator[str]:
    yield from pages(world.clients[viewer], "/me/who-looked/")
    yield from with_token(world, viewer, ["/api/v1/me/looks"])


def with_token(world: World, viewer: str, paths: Iterable[str]) -> list[str]:
    """What a program is answered that this viewer lets in for everything; afterwards it was never there."""
    somebody = world.viewers[viewer]
    if somebody is None:
        return []
    with transaction.atomic():
        until, scopes = timezone.now() + timedelta(days=9), scopes_for(somebody.party)
        made = let_in(by=somebody.actor, holder=somebody.party, name="Program", scopes=scopes, until=until)
        assert made is not None
        program = Client(headers={"authorization": f"Bearer {made[1]}"})
        said = [page for path in paths for page in pages(program, path)]
        transaction.set_rollback(True)
    return said


def map_keys(world: World) -> list[str]:
    """A map for each community of the world, with a wide edge, so that nearly everything with a place is inside."""
    from alongside.ground.places.actions import draw_edge
    from alongside.knowing.maps.actions import start
    from alongside.knowing.maps.queries import map_of

    machine, keys = Actor.system("tests"), []
    for group in world.groups:
        if group.kind != "community" or group.sort == "household":
            continue
        if map_of(machine, group) is None:
            draw_edge(by=machine, party=group, parts=list(world.wards))
            group.refresh_from_db()
            start(by=machine, community=group, title="Map")
        keys.append(str(map_of(machine, group).record.key))
    return keys


LOOKS = (
    "/look-around/",
    "/look-around/?words=kettle",
    "/look-around/?words=ketle+singing",
    "/look-around/?words=company&near=Ashley",
    "/look-around/?near=Easton&cost=free",
    "/look-around/?by=person&access=quiet",
    "/look-around/?words=zqtitle3qz",
    "/look-around/?words=zqwords5qz+garden",
    "/look-around/?words=Zqname2",
)

FEED = (
    "/open-referral/services?full=true&per_page=500",
    "/open-referral/services?format=ndjson&full=true",
    "/open-referral/services?minimal=true",
    "/open-referral/services?search=zqtitle3qz",
    "/open-referral/services?search=kettle&day=TU",
    "/open-referral/service_at_locations?full=true&per_page=500",
    "/open-referral/organizations?full_service=true&per_page=500",
    "/open-referral/organizations?search=Zqname2",
    "/open-referral/taxonomy_terms",
    "/open-referral/gone",
)

DESK = ("/desk/", "/desk/worries/", "/staff/lists/", "/staff/same/")

UNFOUND = ("/not-found-yet/", "/not-found-yet/?matters=fun")

IN_THE_WAY = ("/in-the-way/", "/in-the-way/?show=answered", "/in-the-way/?show=right")

API = ("/api/v1/search?words=kettle", "/api/v1/search", "/api/v1/assets", "/api/v1/wishes", "/api/v1/parties")

# What is shown without a name. Whatever a viewer does about people, these answer every time the same.
UNNAMED = [
    Surface("what is not found yet", at(*UNFOUND)),
    Surface("wishes that wait for somebody who introduces", at("/introductions/wishes/"), "seen", viewers=("steward",)),
    Surface("wishes a thing may meet", own_wishes, "seen", viewers=SIGNED_IN),
    Surface("a wish, or what gets in the way", each_unnamed, shows="seen"),
    Surface("what gets in the way", at(*IN_THE_WAY)),
    Surface("wishes, for programs", wishes_told, shows="out", viewers=SIGNED_IN),
]

SURFACES = [
    *UNNAMED,
    Surface("front page", at("/")),
    Surface("look around: list, map, counts, order, pages", at(*LOOKS)),
    Surface("ideas for a plan", ideas, shows="ideas"),
    Surface("ideas found with everybody in mind", ideas_for_everybody, shows="plan"),
    Surface("what one more would do", at("/place/one-more/")),
    Surface("a thing's own page", each("/a/{key}/"), shows="seen"),
    Surface("what may be done with a thing", each("/a/{key}/check/"), shows="seen", viewers=("outsider", "holder")),
    Surface("pages of people and groups", each_party),
    Surface(
        "the place and its areas", at("/place/", "/place/figures.json", "/place/how-much/", "/place/how-much.json")
    ),
    Surface("an area", each_area),
    Surface("a community's map", each_map),
    # A file that anybody may copy is the same for all: what it lacked for one alone would tell of a block.
    Surface("the files of a map", each_file, shows="out", viewers=("anyone", "outsider")),
    Surface("one thing's calendar", each("/a/{key}/what-is-on.ics"), shows="out", viewers=("anyone",)),
    Surface("the feed for others to copy", at(*FEED), shows="out"),
    Surface("one service of the feed", each("/open-referral/services/{key}"), shows="out", viewers=("anyone",)),
    Surface("answers to programs", at(*API), shows="out", viewers=("anyone",)),
    Surface("one thing, for programs", each_answer, shows="seen"),
    Surface("who looked", who_looked, shows="seen", names_others=True, viewers=SIGNED_IN),
    Surface("a list judged", at("/check-a-list/"), viewers=("anyone", "steward")),
    Surface("an organisation's own lists", at("/our-list/"), viewers=SIGNED_IN),
    Surface(
        "my page",
        at("/my-page/", "/my-page/gifts/", "/my-page/plan/", "/me/", "/groups/"),
        shows="seen",
        viewers=SIGNED_IN,
    ),
    Surface("what is kept about me", at("/me/take-away/"), "seen", names_others=True, viewers=SIGNED_IN),
    Surface("gallery", at("/gallery/", "/how-this-works/")),
    Surface(
        "the desk",
        at("/desk/", "/desk/worries/", "/staff/lists/", "/staff/same/"),
        "desk",
        names_others=True,
        viewers=("steward",),
    ),
    Surface("the desk to others", at("/desk/", "/staff/lists/"), viewers=("outsider", "member")),
    Surface("calendars", each_calendar, shows="out", viewers=("anyone", "outsider", "blocked")),
]
