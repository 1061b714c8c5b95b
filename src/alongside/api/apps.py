"""Tells Django about the API, for its templates alone: it keeps no rows of its own."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "alongside.api"
    label = "api"
