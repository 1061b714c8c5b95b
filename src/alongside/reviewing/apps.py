"""Tells Django about the reviewing app."""

from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "alongside.reviewing"
    label = "reviewing"
