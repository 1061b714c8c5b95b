"""Tells Django about the planning room, and hangs its panels on the pages of rooms below."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "alongside.planning"
    label = "planning"

    def ready(self) -> None:
        from alongside.ground.history.installed import declare
        from alongside.planning.answers import panels as answers
        from alongside.planning.asking import panels as asking
        from alongside.planning.complementary import panels as complementary
        from alongside.planning.decisions import panels as decisions
        from alongside.planning.ideas import panels as ideas
        from alongside.planning.installed import THINGS
        from alongside.planning.lotteries import panels as lotteries
        from alongside.planning.papers import panels as papers
        from alongside.planning.plans import panels
        from alongside.planning.results import panels as results

        declare(*THINGS)
        panels.hang_all()
        complementary.hang_all()
        decisions.hang_all()
        results.hang_all()
        ideas.hang_all()
        answers.hang_all()
        lotteries.hang_all()
        papers.hang_all()
        asking.hang_all()
