"""Upper rooms hang panels in named places; one that fails shows nothing and breaks no page."""

import logging

import pytest
from django.template import Context, Template

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.panels import queries as panels


@pytest.fixture(autouse=True)
def _bare_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_HUNG", {})


def test_a_panel_shows_what_its_room_knows() -> None:
    panels.hang("plan", lambda actor, subject: {"request": None, "key": subject}, "400.html")
    panels.hang("plan", lambda actor, subject: None, "missing.html")
    assert panels._HUNG["plan"][0].context(Actor.anyone(), 5) == {"request": None, "key": 5}
    page = Template('{% load panels %}{% panel "elsewhere" %}').render(Context({"actor": Actor.anyone()}))
    assert page == ""


def test_a_panel_that_refuses_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(actor: Actor, subject: object) -> dict[str, object]:
        raise Refused("Not for you")

    panels.hang("plan", refuse, "any.html")
    with caplog.at_level(logging.ERROR):
        assert panels.show("plan", Actor.anyone(), None) == ""
    assert "any.html" in caplog.text


def test_hanging_twice_is_hanging_once() -> None:
    def nothing(actor: Actor, subject: object) -> None:
        return None

    panels.hang("plan", nothing, "x.html")
    panels.hang("plan", nothing, "x.html")
    assert len(panels._HUNG["plan"]) == 1
