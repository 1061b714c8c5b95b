"""Gathers the models of this room's kits for Django."""

from alongside.planning.plans.models import Plan, PlanAnswer, PlanChoice, PlanPart, PlanPerson

__all__ = ["Plan", "PlanAnswer", "PlanChoice", "PlanPart", "PlanPerson"]
