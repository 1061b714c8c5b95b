"""Tells Django about the doing room, and hangs its panels on the pages of rooms below."""

from django.apps import AppConfig


class DoingConfig(AppConfig):
    name = "alongside.doing"
    label = "doing"

    def ready(self) -> None:
        from alongside.doing.connecting import panels

        panels.hang_all()
