"""Reads of the lexicon: what a statement means, which things serve it, and what stewards see of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import Case, Count, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.translation import get_language

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.ground.meaning.queries import available, embed_one
from alongside.ground.records.queries import findable
from alongside.knowing.lexicon.book import added, lexicon_now, lexicon_of, merged
from alongside.knowing.lexicon.book import get_ready as get_ready
from alongside.knowing.lexicon.book import written as written
from alongside.knowing.lexicon.models import AssetConcept, AssetSense, How, OwnConcept, Phrase
from alongside.knowing.lexicon.ways import SURE as SURE
from alongside.knowing.lexicon.ways import Serving as Serving
from alongside.knowing.lexicon.ways import Way as Way
from alongside.knowing.lexicon.ways import serving_any as serving_any
from alongside.knowing.lexicon.ways import way as way
from alongside.knowing.lexicon.ways import way_choices as way_choices
from alongside.knowing.lexicon.ways import way_keys as way_keys
from alongside.knowing.lexicon.ways import ways as ways
from alongside.methods.lexicon import Concept, Lexicon, Meant

MOST = 400
# As the search table says it: whom it is for comes first.
SAID_OF_IT = Case(
    When(asset__open_to="", then="asset__words"),
    default=Concat("asset__open_to", Value(". "), "asset__words", output_field=TextField()),
    output_field=TextField(),
)
GUESSED, OFFERED = 4, 12  # concepts ticked as a guess, and offered to tick


class Text(NamedTuple):
    """One thing on offer: its number and what it says of itself."""

    asset: int
    title: str
    words: str


def standing() -> tuple[Lexicon, str]:
    """The lexicon as it stands now and a short name of its state: what was looked at with another one waits. Makes
    what vectors are missing, so it is for the worker and the terminal: no page waits for a minute."""
    get_ready()
    return lexicon_of(added())


def lexicon() -> Lexicon:
    """The lexicon as it stands now, the same object until somebody changes it. Nobody waits for its vectors: until
    the worker has made them, it goes by words."""
    return lexicon_now(added())


def concepts() -> list[Concept]:
    """Every concept with what stewards added, for whoever needs no vectors: nothing is learnt or waited for."""
    return merged(written(), added())


def meant(words: str, lang: str = "") -> list[Meant]:
    """What somebody's words mean, best first; empty where nothing is meant."""
    words = " ".join(words.split())
    vector = embed_one(words) if words and available() else None
    return lexicon().of_statement(words, vector, lang)


def concepts_of(assets: Collection[int]) -> dict[int, dict[str, float]]:
    """For each asset, by its number, the concepts it serves with weights from 0 to 1. The caller has seen to who
    may see the assets."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    rows = AssetConcept.objects.filter(asset__in=assets, weight__gt=0).values_list("asset", "concept", "weight")
    for asset, concept, weight in rows:
        found[asset][concept] = weight / 100
    return dict(found)


def assets_by_concept(viewer: Actor, keys: Collection[str], most: int = MOST) -> dict[int, dict[str, float]]:
    """What this viewer may find that serves any of these concepts, strongest first, at most `most`."""
    rows = AssetConcept.objects.filter(concept__in=keys, weight__gt=0, asset__record__in=findable(viewer))
    found: dict[int, dict[str, float]] = {}
    strongest = rows.order_by("-weight", "asset").values_list("asset", "concept", "weight")
    for asset, concept, weight in strongest[: most * max(1, len(keys))]:
        if asset in found or len(found) < most:
            found.setdefault(asset, {})[concept] = weight / 100
    return found


def serves(least: int = 1) -> QuerySet[AssetConcept]:
    """What is found to serve which concept, from a weight in hundredths on. The caller has seen to who may see it."""
    return AssetConcept.objects.filter(weight__gte=least).order_by()


def label(key: str) -> str:
    """A concept in everyday words of the page's language, or nothing where it is not one of ours."""
    concept = lexicon().by_key.get(key)
    return _named(concept) if concept is not None else ""


def _named(concept: Concept) -> str:
    return concept.label_cy if concept.label_cy and _welsh() else concept.label


def waiting_texts(state: str, most: int) -> list[Text]:
    """What waits to be looked at with this state of the lexicon: at most so many, with their words."""
    rows = AssetSense.objects.exclude(lexicon=state).order_by("pk")[:most]
    return [Text(*row) for row in rows.values_list("pk", "asset__title", SAID_OF_IT)]


def unchanged(texts: Iterable[Text]) -> list[int]:
    """The numbers of those whose words are still these."""
    now = AssetSense.objects.filter(pk__in=[one.asset for one in texts])
    there = {Text(*row) for row in now.values_list("pk", "asset__title", SAID_OF_IT)}
    return [one.asset for one in texts if one in there]


def any_waiting() -> bool:
    """Whether anything has to be looked at; cheap enough for every search."""
    now = standing()[1]
    ends = AssetSense.objects.order_by("lexicon").values_list("lexicon", flat=True)
    return any(end is not None and end != now for end in (ends.first(), ends.last()))


class Row(NamedTuple):
    """One concept that an asset serves or, at nothing, does not, and how that is known."""

    name: str
    weight: int
    how_said: str


def served(asset: int) -> list[Row]:
    """All that is written down of what one asset serves, strongest first, also what a steward ruled out."""
    rows = AssetConcept.objects.filter(asset=asset).order_by("-weight", "concept")
    return [Row(label(one.concept) or one.concept, one.weight, one.get_how_display()) for one in rows]


def counts() -> dict[str, int]:
    """How many things serve each concept."""
    rows = AssetConcept.objects.filter(weight__gt=0).values("concept").annotate(number=Count("id"))
    return {row["concept"]: row["number"] for row in rows}


def phrases(concept: str) -> QuerySet[Phrase]:
    """What stewards added to a concept, with what was taken out since, newest first."""
    return Phrase.objects.filter(concept=concept).select_related("by", "gone_by").order_by("-at", "-pk")


def by_domain(concepts: Iterable[Concept]) -> dict[str, list[Concept]]:
    found: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        found[concept.domain].append(concept)
    return dict(found)


def keys(wanted: Sequence[str]) -> list[str]:
    """Those of `wanted` that are concepts of this lexicon."""
    known = lexicon().by_key
    return [key for key in wanted if key in known]


def domains() -> list[str]:
    return [domain["key"] for domain in frameworks.load("life_domains")["domain"]]


def domain_labels() -> list[tuple[str, str]]:
    """Parts of life with their names in the page's language."""
    lang = "cy" if _welsh() else "en"
    return [(one["key"], one["label"][lang]) for one in frameworks.load("life_domains")["domain"]]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every concept by part of life, as a list to choose from."""
    by = by_domain(lexicon().concepts)
    return [(name, [(one.key, _named(one)) for one in by.get(key, [])]) for key, name in domain_labels()]


def parts() -> list[tuple[str, list[tuple[Concept, str, int]]]]:
    """Every concept by part of life, with its name and how many things serve it."""
    by, number = by_domain(lexicon().concepts), counts()
    return [
        (name, [(one, _named(one), number.get(one.key, 0)) for one in by.get(key, [])]) for key, name in domain_labels()
    ]


def ticks(asset: int, title: str, words: str) -> tuple[list[str], list[str]]:
    """What is ticked or, where nobody has said, guessed of an asset; and all there is to choose from, likely first."""
    said = list(AssetConcept.objects.filter(asset=asset, how=How.TICKED).values_list("concept", flat=True))
    ruled = set(AssetConcept.objects.filter(asset=asset, how=How.STEWARD, weight=0).values_list("concept", flat=True))
    vector = embed_one(f"{title}. {words[:600]}") if available() else None
    guessed = [one.key for one in lexicon().of_offer(title, words, vector) if one.key not in ruled]
    likely = [*said, *(key for key in guessed if key not in said)]
    return said or guessed[:GUESSED], likely[:OFFERED]


def phrase(number: int) -> Phrase | None:
    return Phrase.objects.filter(pk=number, gone_at=None).first()


def own(concept: str) -> OwnConcept | None:
    """The concept as this place's own, where it is."""
    return OwnConcept.objects.filter(key=concept, gone=False).first()


def _welsh() -> bool:
    return (get_language() or "").startswith("cy")
