"""Tells Django about the planning app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "alongside.planning"
    label = "planning"
