"""The thread is followed both ways, by those who may see both ends."""

import pytest
from django.db import transaction

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.ground.records.actions import open_record
from alongside.ground.thread.actions import tie
from alongside.ground.thread.models import Link
from alongside.ground.thread.queries import came_from, led_to

MACHINE = Actor.system("tests")
pytestmark = pytest.mark.django_db


def test_a_wish_leads_to_a_plan_and_an_outsider_sees_neither() -> None:
    dilys = Actor(person=welcome(by=MACHINE, name="Dilys"))
    outsider = Actor(person=welcome(by=MACHINE, name="Outsider"))
    wish = open_record(by=dilys, kind="wish", owner=dilys.person)
    plan = open_record(by=dilys, kind="plan", owner=dilys.person)
    with pytest.raises(Refused):
        tie(by=outsider, src=wish, dst=plan, kind="led_to")
    link = tie(by=dilys, src=wish, dst=plan, kind="led_to")
    assert tie(by=dilys, src=wish, dst=plan, kind="led_to") == link
    assert [one.dst for one in led_to(dilys, wish)] == [plan]
    assert [one.src for one in came_from(dilys, plan)] == [wish]
    assert not led_to(outsider, wish) and not came_from(outsider, plan)


def test_a_link_is_for_ever() -> None:
    dilys = Actor(person=welcome(by=MACHINE, name="Dilys"))
    wish = open_record(by=dilys, kind="wish", owner=dilys.person)
    plan = open_record(by=dilys, kind="plan", owner=dilys.person)
    tie(by=dilys, src=wish, dst=plan, kind="led_to")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Link.objects.all().delete()
