"""The tag round the main part of every page that says it in short words and pictures, where somebody chose that."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from alongside.site import easy

register = template.Library()
END_OF_TITLE = "</h1>"


class ShortWords(template.Node):
    """The page as it is; or its lines in its place, or below its title."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        page = easy.page_of(request) if request is not None else None
        if page is None:
            return self.nodelist.render(context)
        lines = render_to_string("components/easy.html", {"page": page, "lines": easy.lines_of(page)}, request)
        if page.get("only"):
            return lines
        before, title, rest = str(self.nodelist.render(context)).partition(END_OF_TITLE)
        return mark_safe(before + title + lines + rest if title else before)


@register.tag
def short_words(parser: Parser, token: Token) -> ShortWords:
    """{% short_words %} … {% endshort_words %}, once, in the shell."""
    nodelist = parser.parse(("endshort_words",))
    parser.delete_first_token()
    return ShortWords(nodelist)


@register.filter
def drawn(drawing: str) -> SafeString:
    """A drawing of our own data file."""
    return mark_safe(drawing)


@register.filter
def in_short_words(request: object) -> bool:
    """Whether this device shows short words and pictures."""
    return request is not None and easy.chosen(request)  # type: ignore[arg-type]
