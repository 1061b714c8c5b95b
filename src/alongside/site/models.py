"""Gathers the models of the site for Django."""

from alongside.site.demo.models import DemoLink

__all__ = ["DemoLink"]
