"""Tells Django about the doing app."""

from django.apps import AppConfig


class DoingConfig(AppConfig):
    name = "alongside.doing"
    label = "doing"
