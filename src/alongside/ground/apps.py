"""Tells Django about the ground, and installs triggers and search tables after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class GroundConfig(AppConfig):
    name = "alongside.ground"
    label = "ground"

    def ready(self) -> None:
        from alongside.ground.consent.queries import for_steward
        from alongside.ground.helping.actions import role_ended, shut_out
        from alongside.ground.history.installed import declare
        from alongside.ground.installed import THINGS
        from alongside.ground.panels.queries import hang
        from alongside.ground.people.actions import when_a_role_ends, when_shut_out
        from alongside.ground.postcodes.queries import for_how_this_works
        from alongside.ground.worries.queries import for_desk

        declare(*THINGS)
        when_shut_out(shut_out)
        when_a_role_ends(role_ended)
        hang("asset", for_steward, "ground/consent/panel.html")
        hang("desk", for_desk, "ground/worries/panel.html")
        hang("how", for_how_this_works, "ground/postcodes/thanks.html")
        pre_migrate.connect(_lift, sender=self, dispatch_uid="alongside.lift")
        post_migrate.connect(_install, sender=self, dispatch_uid="alongside.install")


def _lift(using: str, plan: list[Any], **_: Any) -> None:
    from alongside.ground.history.installed import lift

    if plan:
        lift(connections[using])


def _install(using: str, **_: Any) -> None:
    from alongside.ground.history.installed import install

    install(connections[using])
