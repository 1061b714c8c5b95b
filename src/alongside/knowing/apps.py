"""Tells Django about the knowing room, declares its search table and hangs its panels."""

from django.apps import AppConfig


class KnowingConfig(AppConfig):
    name = "alongside.knowing"
    label = "knowing"

    def ready(self) -> None:
        from alongside.ground.history.installed import declare
        from alongside.knowing.assessment import panels as assessment
        from alongside.knowing.assets import panels
        from alongside.knowing.barriers import panels as barriers
        from alongside.knowing.duplicates import panels as duplicates
        from alongside.knowing.freshness import panels as freshness
        from alongside.knowing.installed import THINGS
        from alongside.knowing.lexicon import panels as lexicon
        from alongside.knowing.lexicon.installed import THINGS as LOOKED_AT
        from alongside.knowing.maps import panels as maps
        from alongside.knowing.workshops import panels as workshops

        declare(*THINGS, *LOOKED_AT)
        panels.hang_all()
        assessment.hang_all()
        barriers.hang_all()
        freshness.hang_all()
        maps.hang_all()
        duplicates.hang_all()
        lexicon.hang_all()
        workshops.hang_all()
