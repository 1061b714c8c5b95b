"""`{% panel "place" subject %}`: what upper rooms hang in this place, for whoever is looking."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import show

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: dict[str, Any], place: str, subject: Any = None) -> SafeString:
    return show(place, context.get("actor") or Actor.anyone(), subject, context.get("request"))
