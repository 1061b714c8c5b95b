"""Tells Django about the knowing room, and declares its search table."""

from django.apps import AppConfig


class KnowingConfig(AppConfig):
    name = "alongside.knowing"
    label = "knowing"

    def ready(self) -> None:
        from alongside.ground.history.installed import declare
        from alongside.knowing.installed import THINGS

        declare(*THINGS)
