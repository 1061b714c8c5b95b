"""Tells Django about the site app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "alongside.site"
    label = "site"

    def ready(self) -> None:
        from alongside.site.quicker import make_django_quicker

        make_django_quicker()
