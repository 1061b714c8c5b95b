"""Tells Django about the instruments app."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "alongside.instruments"
    label = "instruments"
