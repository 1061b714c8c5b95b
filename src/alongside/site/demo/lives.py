"""What the people of the invented town want and wish for, and who does what for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from alongside.ground.consent.models import CirclePlace, Grant, GrantPart
from alongside.ground.notices.actions import message
from alongside.ground.notices.models import Notice
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records.models import Audience, Record
from alongside.knowing.assets.models import Asset, AssetDomain, Offer, Unit
from alongside.knowing.contributions.models import Contribution, ContributionState, Way
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import BATCH, Pile

WHO_SEES = (Audience.ME,) * 5 + (Audience.CIRCLE,) * 2 + (Audience.EVERYONE,) * 3
STATES = (ContributionState.ACCEPTED,) * 4 + (ContributionState.ASKED, ContributionState.DRAFT)


def live(rng: Random, folk: Folk, assets: list[Asset]) -> tuple[list[Outcome], set[int]]:
    """Outcomes and wishes, then contributions. All outcomes, and those for which somebody does something."""
    wants = _want(rng, folk)
    _wish(rng, folk, wants)
    return [outcome for outcome, _spec in wants], _contribute(rng, wants, assets)


def _want(rng: Random, folk: Folk) -> list[tuple[Outcome, dict[str, Any]]]:
    bank = load("wants")
    pile, specs = Pile(rng, "outcome", "outcomes.want"), []
    for party in folk.people:
        own = load("cast_lives")["want"].get(_key(folk, party))
        chosen = own if own is not None else rng.sample(bank["want"], rng.choice((0, 0, 1, 1, 1, 2, 2)))
        for spec in chosen:
            audience = spec.get("audience") or rng.choice(WHO_SEES)
            specs.append(spec)
            pile.add(
                party,
                _outcome(rng, party, spec),
                audience=audience,
                countable=rng.random() < 0.7,
                lang=_lang(party, spec),
            )
    community = bank["community"]
    for group in folk.communities:
        if group.sort != Sort.HOUSEHOLD and rng.random() < 0.6:
            number = rng.randrange(len(community["words"]))
            spec = {"words": community["words"][number], "domain": community["domains"][number]}
            specs.append(spec | {"wishes": [rng.choice(community["wishes"])]})
            pile.add(group, _outcome(rng, group, spec), audience=Audience.EVERYONE, countable=True)
    records = pile.write()
    found = Outcome.objects.select_related("record__owner").in_bulk([record.pk for record in records])
    return [(found[record.pk], spec) for record, spec in zip(records, specs, strict=True)]


def _lang(owner: Party, spec: dict[str, Any]) -> str:
    return "cy" if owner.lang == "cy" and "words_cy" in spec else "en"


def _outcome(rng: Random, owner: Party, spec: dict[str, Any]) -> Any:
    said = spec["words_cy" if _lang(owner, spec) == "cy" else "words"]
    words = said if isinstance(said, str) else rng.choice(said)
    progress = spec.get("progress", rng.choice((None, 1, 2, 3)))

    def rows(record: Record) -> Iterable[models.Model]:
        yield Outcome(
            record=record, words=words, domain=spec["domain"], measure=spec.get("measure", ""), progress=progress
        )

    return rows


def _wish(rng: Random, folk: Folk, wants: list[tuple[Outcome, dict[str, Any]]]) -> None:
    """Some of what would help is asked for out loud; some of it waits for a word from an organisation."""
    pile, said = Pile(rng, "wish", "outcomes.wish"), set[str]()
    answerers = [folk.cast[one] for one in ("council", "practice", "home_support", "library", "together")]
    for outcome, spec in wants:
        owner = outcome.record.owner
        lang = "cy" if owner.lang == "cy" and "wishes_cy" in spec else "en"
        for ways in spec.get("wishes_cy" if lang == "cy" else "wishes", []):
            if rng.random() > 0.55:
                continue
            waits_for = rng.choice(answerers) if rng.random() < 0.25 else None
            minutes = rng.choice((None, 30, 60, 120))
            words, audience = _unsaid(ways, rng.choice((Audience.ME, Audience.EVERYONE, Audience.EVERYONE)), said)

            def rows(
                record: Record, outcome: Any = outcome, words: str = words, waits: Any = waits_for, m: Any = minutes
            ) -> Iterable[models.Model]:
                yield Wish(
                    record=record, outcome=outcome, words=words, domain=outcome.domain, minutes_week=m, waits_for=waits
                )

            pile.add(owner, rows, audience=audience, countable=rng.random() < 0.8, lang=lang)
    pile.write()


def _unsaid(ways: str | list[str], audience: str, said: set[str]) -> tuple[str, str]:
    """Words that nobody has said out loud yet; where all were said, this one keeps the wish to themselves."""
    ways = [ways] if isinstance(ways, str) else ways
    words = next((one for one in ways if one not in said), "")
    if not words or audience != Audience.EVERYONE:
        return ways[0], Audience.ME
    said.add(words)
    return words, audience


def _contribute(rng: Random, wants: list[tuple[Outcome, dict[str, Any]]], assets: list[Asset]) -> set[int]:
    """People and groups do something for what others want; each holder was asked first. For which outcomes."""
    by_domain: dict[str, list[Asset]] = defaultdict(list)
    meets = {spec["asset"] for spec in load("meetings")["meeting"]}  # has room for those who are introduced
    shown = [asset for asset in assets if asset.record.audience == Audience.EVERYONE]
    held = {asset.pk: asset for asset in shown if asset.title not in meets}
    for row in AssetDomain.objects.filter(asset__in=held).order_by("pk"):
        by_domain[row.domain].append(held[row.asset_id])
    titles = {asset.title: asset for asset in assets}
    pile, helped = Pile(rng, "contribution", "contributions.propose"), set()
    promised: Counter[int] = Counter()
    offers = {offer.pk: offer for offer in Offer.objects.filter(asset__in=shown)}
    for outcome, spec in wants:
        owner = outcome.record.owner
        if owner.kind != Kind.PERSON:
            continue
        for given in spec.get("who", []):
            asset = titles[given["asset"]]
            helped.add(outcome.pk)
            pile.add(owner, _contribution(outcome, asset, given, offers, promised, given.get("state", "accepted")))
        if "who" not in spec and rng.random() < 0.5:
            near = [asset for asset in by_domain[outcome.domain] if asset.record.owner_id != owner.pk]
            for asset in rng.sample(near, min(len(near), rng.randint(1, 3))):
                helped.add(outcome.pk)
                given = {"minutes": rng.choice((15, 30, 30)), "how_much": "", "decides": owner.name}
                pile.add(owner, _contribution(outcome, asset, given, offers, promised, rng.choice(STATES)))
    records = pile.write()
    for pk, amount in promised.items():
        offers[pk].promised = amount
    Offer.objects.bulk_update([offers[pk] for pk in promised], ["promised"], batch_size=BATCH)
    _let_in(records)
    return helped


def _contribution(
    outcome: Outcome, asset: Asset, given: dict[str, Any], offers: dict[int, Offer], promised: Counter[int], state: str
) -> Any:
    holder = asset.record.owner
    own = holder.pk == outcome.record.owner_id
    minutes = given.get("minutes", 0)
    offer = offers.get(asset.pk)
    if own:
        state = ContributionState.ACCEPTED
    elif offer is not None and state == ContributionState.ACCEPTED:
        amount = minutes if offer.unit == Unit.MINUTES else 1
        if (promised[asset.pk] + amount) * 100 > offer.per_week * offer.limit_pct:
            state = ContributionState.DRAFT  # no room left: nobody is asked
        else:
            promised[asset.pk] += amount
    way = Way.SELF_HELP if own else Way.SERVICE if holder.kind == Kind.ORGANISATION else Way.TOGETHER

    def rows(record: Record) -> Iterable[models.Model]:
        now = timezone.now()
        asked = state != ContributionState.DRAFT and not own
        answered = state == ContributionState.ACCEPTED and not own
        yield Contribution(
            record=record,
            asset=asset,
            party=holder,
            outcome=outcome,
            words=given.get("words", asset.title)[:300],
            how_much=given.get("how_much", ""),
            way=way,
            minutes_week=minutes,
            decides=given.get("decides", ""),
            agreed=state == ContributionState.ACCEPTED,
            state=state,
            asked_at=now - timedelta(days=9) if asked else None,
            answered_at=now - timedelta(days=8) if answered else None,
        )

    return rows


def _let_in(records: list[Record]) -> None:
    """Whoever was asked may read what they were asked; a person who said yes has a place in the circle."""
    until = timezone.now() + timedelta(days=365)
    given = Contribution.objects.filter(record__in=[record.pk for record in records]).select_related(
        "record__owner", "party"
    )
    grants, notices, places = [], [], {}
    for one in given.order_by("pk"):
        owner, holder = one.record.owner_id, one.party_id
        if owner == holder or one.state not in (ContributionState.ASKED, ContributionState.ACCEPTED):
            continue
        grants.append(Grant(record=one.record, grantee=one.party, purpose="asked", until=until))
        if one.state == ContributionState.ASKED:
            notices.append(_asked(one))
        elif one.party.kind == Kind.PERSON:
            places[owner, holder] = CirclePlace(owner_id=owner, member_id=holder)
    Notice.objects.bulk_create(notices, batch_size=BATCH)
    Grant.objects.bulk_create(grants, batch_size=BATCH)
    GrantPart.objects.bulk_create((GrantPart(grant=grant, part="asked") for grant in grants), batch_size=BATCH)
    CirclePlace.objects.bulk_create(places.values(), batch_size=BATCH)


def _asked(one: Contribution) -> Notice:
    lang = one.party.lang
    title = message("%(who)s asks: %(what)s", who=one.record.owner, what=one.words[:100])
    return Notice(
        to=one.party,
        record=one.record,
        title=title.in_language(lang)[:200],
        body=message("You can say yes, or not this time.").in_language(lang),
        lang=lang,
        link=f"/my-page/asked/{one.record.key}/",
    )


def _key(folk: Folk, party: Party) -> str:
    return next((key for key, one in folk.cast.items() if one.pk == party.pk), "")
