"""Tells Django about the ground app."""

from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "alongside.ground"
    label = "ground"
