"""Tells Django about the exchange app, and hangs its panels."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "alongside.exchange"
    label = "exchange"

    def ready(self) -> None:
        from alongside.exchange.bothways.panels import hang_all as hang_both_ways
        from alongside.exchange.maps.panels import hang_all as hang_maps
        from alongside.exchange.recount.panels import hang_all as hang_recounts
        from alongside.exchange.services.panels import hang_all

        hang_all()
        hang_maps()
        hang_recounts()
        hang_both_ways()
