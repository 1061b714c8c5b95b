"""Gathers the models of this room's kits for Django."""

from alongside.planning.complementary.models import Found, Further, Run, RunFigure, Sought
from alongside.planning.plans.models import Plan, PlanAnswer, PlanChoice, PlanPart, PlanPerson

__all__ = [
    "Found",
    "Further",
    "Plan",
    "PlanAnswer",
    "PlanChoice",
    "PlanPart",
    "PlanPerson",
    "Run",
    "RunFigure",
    "Sought",
]
