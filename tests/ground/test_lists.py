"""Lists whose SQL is written once: each person gets their own, at their own moment, as the query itself would say."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people import queries as people
from alongside.ground.people.actions import block, join, leave, welcome
from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records import queries as records
from alongside.ground.records.lists import ANYBODY, Condition, Ids
from alongside.ground.records.models import Record
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WRITTEN = [
    (records.GROUPS, people.belongs_to),
    (records.KEPT, people.keeps),
    (records.BLOCKED, people.blocked_by),
    (records.BLOCKERS, people.blockers_of),
]


def among(model: type[Model], ids: Ids, party: Party) -> set[int]:
    return set(model._default_manager.filter(pk__in=ids.of(party, timezone.now())).values_list("pk", flat=True))


def test_each_gets_their_own_list_as_the_query_says_it(cast: Cast) -> None:
    group = welcome(by=cast.resident.actor, name="Singers", kind=Kind.COMMUNITY, sort=Sort.INTEREST)
    join(by=cast.carer.actor, member=cast.carer.party, of=group)
    block(by=cast.carer.actor, other=cast.outsider.party)
    for one in (cast.resident, cast.carer, cast.outsider):
        for ids, write in WRITTEN:
            said = {pk for row in write(one.party) for pk in row.values()}
            assert among(Party, ids, one.party) == said
    assert among(Party, records.KEPT, cast.resident.party) == {group.pk}
    assert among(Party, records.BLOCKERS, cast.outsider.party) == {cast.carer.party.pk}


def test_nothing_is_remembered_of_who_belonged(cast: Cast) -> None:
    group = welcome(by=cast.resident.actor, name="Singers", kind=Kind.COMMUNITY, sort=Sort.INTEREST)
    belongs = join(by=cast.carer.actor, member=cast.carer.party, of=group)
    asked = records.GROUPS.of(cast.carer.party, timezone.now())
    assert group in Party.objects.filter(pk__in=asked)
    leave(by=cast.carer.actor, membership=belongs)
    assert group not in Party.objects.filter(pk__in=asked)


def test_who_and_when_stand_in_every_place_of_the_list(cast: Cast) -> None:
    """Nobody's number and no moment of the writing is left in what the database is asked."""
    now = timezone.now() + timedelta(days=400)
    asked = records.GRANTED.of(cast.resident.party, now)
    ours = [one for one in asked.params if one == cast.resident.party.pk]
    assert len(ours) == 2, "as who was let in, and as who keeps the group that was"
    assert ANYBODY not in asked.params
    assert sum("0001-01-02" in str(one) for one in asked.params) == 0
    assert sum(str(now.year) in str(one) for one in asked.params) == 2


@pytest.mark.parametrize(("condition", "proved"), [(records.SEEN, True), (records.SEEN_UNPROVED, False)])
def test_what_somebody_sees_is_asked_as_the_rules_would_ask_it(cast: Cast, condition: Condition, proved: bool) -> None:
    """Word for word and with the same numbers; also inside another query, where records go by another name."""
    now, viewer = timezone.now(), Actor(person=cast.resident.party, proved=proved)
    plain = records._seen(viewer, now)
    written = Record.objects.filter(condition.of(cast.resident.party, now))
    assert asked(written) == asked(plain)
    within = [Party.objects.filter(records__in=one.filter(kind="asset").values("pk")) for one in (written, plain)]
    assert asked(within[0]) == asked(within[1]) and "U0." in asked(within[0])[0]
    again = [
        one.exclude(pk__in=one.filter(kind="note")).values("pk").union(one.values("pk")) for one in (written, plain)
    ]
    assert asked(again[0]) == asked(again[1])


def asked(query: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """What the database is asked, without brackets that change nothing."""
    sql, given = query.query.sql_with_params()
    return sql.replace("(", "").replace(")", ""), given
