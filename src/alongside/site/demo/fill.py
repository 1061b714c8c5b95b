"""Fills an empty database with the invented town of Larkmere: the same town again for the same size and seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from alongside.ground.history.acting import Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import give_card, support
from alongside.ground.people.models import BasisKind, Party
from alongside.ground.places.actions import open_place
from alongside.knowing.assessment.actions import publish
from alongside.knowing.assets.models import Asset
from alongside.planning.complementary.actions import look_through
from alongside.site.demo.around import draw
from alongside.site.demo.barriers import bar
from alongside.site.demo.cast import CARD_WORD
from alongside.site.demo.deciding import decide
from alongside.site.demo.drawn import draw_panel
from alongside.site.demo.geography import Town, build
from alongside.site.demo.inhabitants import Folk, settle
from alongside.site.demo.lacking import lack
from alongside.site.demo.lives import live
from alongside.site.demo.maps import own as own_maps
from alongside.site.demo.meetings import introduce, let_wishes_wait
from alongside.site.demo.plans import plan
from alongside.site.demo.things import share
from alongside.site.demo.times import pass_by
from alongside.site.demo.workshop import map_together

LEAST, MOST = 60, 3000
PHONE = "03069 990 142"
SAFEGUARDING = (
    "Ring the council's safeguarding team on 03069 990 144. They keep adults and children safe. You need not tell"
    " anybody here first."
)
Tell = Callable[[str], object]


def _quiet(_words: str) -> None:
    return None


def fill(*, people: int, seed: int, tell: Tell = _quiet) -> dict[str, int]:
    """Make the town, all of it or nothing, and say how much of what there is. Then look through it as at night."""
    made = make(by=Actor.system("demo"), people=people, seed=seed, tell=tell)
    tell("What is found for everybody together")
    look_through(by=Actor.system("demo"))
    return made


@action("demo.fill")
def make(*, by: Actor, people: int, seed: int, tell: Tell) -> dict[str, int]:
    """Everything in one transaction. Refuses a database with anybody in it."""
    if not by.is_system or Party.objects.exists():
        raise Refused("The invented place needs an empty database.")
    rng = Random(seed)
    tell("Drawing the streets")
    town = build(rng, by)
    tell("People are moving in")
    folk = settle(rng, town, people)
    _open(by, town, folk)
    tell("They say what they have to share")
    assets = share(rng, town, folk)
    tell("They say what they want")
    outcomes, helped = live(rng, folk, assets)
    plans, own = plan(rng, outcomes, helped)
    theirs = _theirs(folk, assets)
    tell("They make maps of their own")
    own_maps(rng, town, folk, theirs)
    tell("They meet")
    introduce(rng, folk, theirs)
    let_wishes_wait()
    tell("They say what gets in the way")
    bar(folk, assets)
    tell("They decide together")
    decide(rng, folk)
    tell("Time goes by")
    more = pass_by(rng, town, folk, assets, theirs)
    lack(rng, folk)
    draw_panel(rng, folk)
    more += map_together(rng, folk)
    tell("Figures about the place")
    publish(by=by)
    draw(rng, folk)
    return {
        "people": len(folk.people),
        "communities": len(folk.communities),
        "organisations": len(folk.organisations),
        "assets": len(assets) + own + more,
        "plans": plans,
        "reviews": 0,
    }


def _theirs(folk: Folk, assets: Sequence[Asset]) -> dict[str, Asset]:
    """What the cast has to share, by its title."""
    cast = {party.pk for party in folk.cast.values()}
    return {asset.title: asset for asset in assets if asset.record.owner_id in cast}


def _open(by: Actor, town: Town, folk: Folk) -> None:
    open_place(
        by=by,
        name="Larkmere",
        phone=PHONE,
        paper="You can get paper and hand it in at any library, at Riverside Practice, and at Quay House on Tuesdays.",
        paper_cy="Cewch bapur, a’i ddychwelyd, ym mhob llyfrgell, yn Riverside Practice ac yn Quay House bob Mawrth.",
        area=town.district,
        host=folk.cast["together"],
        worry_person=folk.cast["sunita"],
        worry_phone="03069 990 143",
        safeguarding=SAFEGUARDING,
        demo=True,
    )
    dilys, tariq = folk.cast["dilys"], folk.cast["tariq"]
    parts = [("all", "see"), ("all", "write")]
    support(by=Actor(person=dilys), person=dilys, supporter=tariq, kind=BasisKind.NAMED_HELPER, parts=parts)
    give_card(by=by, party=dilys, word=CARD_WORD)
