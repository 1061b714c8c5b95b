"""Somebody who is signed in, blocks, helps and belongs costs a list no more statements than the limit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.ground.people.actions import block, join, welcome
from alongside.knowing.assets.actions import offer
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIMIT = 12


def test_look_around_for_a_member_with_things_of_their_own(cast: Cast) -> None:
    resident = cast.resident
    cast.place  # known and remembered, as in any place that is open
    table = welcome(by=cast.builder.actor, name="The Tuesday Table", kind="community", sort="group")
    join(by=resident.actor, member=resident.party, of=table)
    block(by=resident.actor, other=cast.outsider.party)
    for n in range(4):
        offer(by=resident.actor, holder=resident.party, kind="skill", title=f"Singing {n}")
        offer(by=cast.builder.actor, holder=table, kind="activity", title=f"Singing out {n}", audience="everyone")
    client = resident.client()
    client.get("/look-around/?words=singing")
    for address in ("/look-around/?words=singing", "/look-around/", "/look-around/?day=1"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        said = "\n".join(query["sql"][:160] for query in seen.captured_queries)
        assert len(seen) <= LIMIT, f"{len(seen)}:\n{said}"
