"""Tells Django about the knowing room, declares its search table and hangs its panels."""

from django.apps import AppConfig


class KnowingConfig(AppConfig):
    name = "alongside.knowing"
    label = "knowing"

    def ready(self) -> None:
        from alongside.ground.history.installed import declare
        from alongside.knowing.assets import panels
        from alongside.knowing.installed import THINGS

        declare(*THINGS)
        panels.hang_all()
