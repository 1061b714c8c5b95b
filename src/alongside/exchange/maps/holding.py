"""Who a file says holds a thing, and whose word it cannot give: persons, and those who look after their own page
here, wait and are asked."""

from __future__ import annotations

from alongside.exchange.carrying.document import Holder
from alongside.exchange.maps.models import BroughtIn, CameAs
from alongside.ground.consent.actions import settle
from alongside.ground.consent.queries import OPEN_LISTS, words_on
from alongside.ground.history.actor import Actor
from alongside.ground.limits.actions import still_today
from alongside.ground.notices.actions import message, tell
from alongside.ground.people import actions as people
from alongside.ground.people.models import KEEPING_ROLES, Kind, Membership, Party, PartyState, Sort
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset

MACHINE = Actor.system("maps.import")
MOST, MOST_TO_ONE = 100, 3  # messages that one community's files cause in a day


def same(named: Holder) -> Party | None:
    """The organisation or community of that very name here, where there is one and no doubt. Never a person."""
    if named.kind == Kind.PERSON:
        return None
    found = list(Party.objects.filter(kind=named.kind, name=named.name, state=PartyState.LIVE)[:2])
    return found[0] if len(found) == 1 else None


def looked_after(party: Party) -> bool:
    """Whether somebody here keeps this party's page, and so speaks for it."""
    return Membership.objects.filter(of=party, until=None, role__in=KEEPING_ROLES).exists()


def was_here(party: Party, community: Party) -> bool:
    """Whether a party holds something here that this community did not bring: then others know it by that."""
    brought = BroughtIn.objects.filter(community=community, record__owner=party).values("record")
    return Record.objects.filter(owner=party).exclude(pk__in=brought).exists()


def ask(holder: Party, asset: Asset, community: Party) -> None:
    """Tell those who look after a party that somebody brought in what they are said to offer. Nobody has many such
    messages in a day, nor does one community cause many; what is not told of stands on their page all the same."""
    if holder.is_person and not Membership.objects.filter(member=holder).exists() and not hasattr(holder, "login"):
        return  # somebody who came with a file alone has no page where they could read it
    theirs, ours = f"brought {community.pk} {holder.pk}", f"brought {community.pk}"
    if not (still_today(caller=theirs, most=MOST_TO_ONE) and still_today(caller=ours, most=MOST)):
        return
    title, link = message("Somebody says you offer this"), f"/a/{asset.record.key}/"
    body = message(
        "A list that was brought in says that you offer %(title)s. A steward looks first. Then it shows.",
        title=asset.title,
    )
    tell(by=MACHINE, to=holder, title=title, body=body, record=asset.record, link=link)


def let_go_out(asset: Asset) -> None:
    """What left with its holder's yes to open lists, and moves with them, may leave again; the rest stays unsaid."""
    said = {word.purpose["key"]: word.until for word in words_on(asset.record) if word.yes}
    settle(by=MACHINE, record=asset.record, purposes={**said, OPEN_LISTS: None})


def holder_of(named: Holder | None, community: Party, personal: str, parties: dict[str, Party]) -> Party:
    """The party behind who is named: the community itself, one that came before, one that is here, or a new one. Called
    inside the action that brings them in."""
    if named is None or named.name.casefold() == community.name.casefold():
        return community
    if named.kind == Kind.PERSON and personal == "ours":
        return community
    if named.key not in parties:
        came = BroughtIn.objects.filter(community=community, kind=CameAs.HOLDER, foreign=named.key).first()
        party = came.party if came and came.party else _there(named, parties) or welcome(named)
        parties[named.key] = party
        if came is None:
            BroughtIn.objects.create(community=community, kind=CameAs.HOLDER, foreign=named.key, party=party)
    return parties[named.key]


def _there(named: Holder, parties: dict[str, Party]) -> Party | None:
    """Who bears that name here already; not somebody whom this very file has just brought under another key."""
    found = same(named)
    return None if found is not None and found.pk in {one.pk for one in parties.values()} else found


def welcome(named: Holder) -> Party:
    """A new party of that name."""
    sort = Sort.PERSON if named.kind == Kind.PERSON else named.sort
    return people.welcome(
        by=MACHINE,
        name=named.name,
        kind=named.kind,
        sort=sort,
        about=named.about,
        lang=named.lang,
        website=named.website if named.website.startswith(("https://", "http://")) else "",
    )


def waits_for_yes(holder: Party, community: Party | None, personal: str, *, whole: bool) -> bool:
    """Whether a new thing of this holder waits for a yes: a person's, that of somebody who looks after their page
    here, and that of whoever was here before this community named them."""
    if community is None or holder.pk == community.pk or personal == "keep":
        return False
    return holder.is_person or looked_after(holder) or (not whole and was_here(holder, community))
