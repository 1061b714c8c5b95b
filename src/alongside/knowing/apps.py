"""Tells Django about the knowing app."""

from django.apps import AppConfig


class KnowingConfig(AppConfig):
    name = "alongside.knowing"
    label = "knowing"
