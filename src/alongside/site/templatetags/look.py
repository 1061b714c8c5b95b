"""The components of the house as template tags. One gallery page holds all of them, in every state."""

import re
import uuid
from functools import cache
from typing import Any

import qrcode
from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside import frameworks
from alongside.methods import pence as money
from alongside.site.forms import dress, widget_kind
from alongside.site.icons import ACCESS_ICONS, GLYPHS, ICONS, ROOM_ICONS, SHAPES

register = template.Library()
SENTENCE = re.compile(r"(?<=\w\w\.) ")


@register.filter
def pounds(pence: int | None) -> str:
    """A sum of money to read; nothing where there is none."""
    return "" if pence is None else money.pounds(pence)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A small drawing that never stands without its word."""
    drawing = mark_safe(ICONS[ACCESS_ICONS.get(name, name)])
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', drawing)


@register.simple_tag
def sign(kind: str, size: str = "", number: int | str = "") -> SafeString:
    """The sign of a holder: circle, clover or soft square; with a number on lists that have a map."""
    colour, shape = SHAPES.get(kind, SHAPES["organisation"])
    inner = (
        format_html('<text x="20" y="26.5">{}</text>', number)
        if number != ""
        else format_html(
            '<g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{}</g>',
            mark_safe(GLYPHS.get(kind, GLYPHS["organisation"])),
        )
    )
    style = f" sign--{size}" if size else ""
    return format_html(
        '<svg class="sign{}" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><g fill="{}">{}</g>{}</svg>',
        style,
        colour,
        mark_safe(shape),
        inner,
    )


@register.simple_tag
def room(name: str, words: str = "") -> SafeString:
    """The room pill above a title: icon, room, and what this page is."""
    names = {"knowing": _("Knowing"), "planning": _("Planning"), "doing": _("Doing"), "reviewing": _("Reviewing")}
    said = f"{names[name]}: {words}" if words else names[name]
    return format_html('<p class="room room--{}">{}{}</p>', name, icon(ROOM_ICONS[name]), said)


@register.simple_tag
def button(words: str, kind: str = "main", href: str = "", name: str = "", value: str = "", about: str = "", slim: bool = False, picture: str = "") -> SafeString:  # fmt: skip
    """A button says what happens. With `href` it is a link; `about` is said to those who cannot see the card."""
    classes = "button" + (f" button--{kind}" if kind != "main" else "") + (" button--slim" if slim else "")
    hidden = format_html(' <span class="govuk-visually-hidden">{}</span>', about) if about else ""
    drawing = icon(picture) if picture else ""
    if href:
        return format_html('<a class="{}" href="{}">{}{}{}</a>', classes, href, drawing, words, hidden)
    attributes = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="{}"{}>{}{}{}</button>', classes, attributes, drawing, words, hidden)


@register.simple_tag
def tag(words: str, kind: str = "plain") -> SafeString:
    """A short state: go, wait, stop, ended or plain. Never to be pressed."""
    pictures = {"go": "tick", "wait": "clock", "stop": "warning"}
    drawing = icon(pictures[kind]) if kind in pictures else ""
    return format_html('<span class="tag tag--{}">{}{}</span>', kind, drawing, words)


@register.simple_tag
def why(words: str) -> SafeString:
    """Why this idea: one or two reasons, each to be traced."""
    return format_html('<p class="why"><strong>{}</strong> {}</p>', _("Why this idea:"), words)


@register.simple_tag
def see_line(words: str, private: bool = False, href: str = "", change: str = "") -> SafeString:
    """Who can see this: who, which part, until when, and the way to change it."""
    link = format_html(' <a href="{}">{}</a>', href, change or _("Change this")) if href else ""
    # The first sentence says who; a full stop after one letter belongs to a name.
    words = str(words)  # a template's own _("words") is not a string yet
    first, *rest = SENTENCE.split(words, maxsplit=1) if private else [_("Who can see this:"), words]
    lead, words = format_html("<strong>{}</strong> ", first), "".join(rest)
    return format_html(
        '<div class="see">{}<p>{}{}{}</p></div>', icon("padlock" if private else "eye"), lead, words, link
    )


@register.simple_tag
def qr(address: str, says: str) -> SafeString:
    """A square of dots that a telephone's camera reads as this address; the words say where it leads."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#1f1b2e" d="{}"/></svg>',
        says, len(rows), len(rows), len(rows), len(rows), dots,
    )  # fmt: skip


@register.simple_tag
def steps(now: int, total: int, words: str = "") -> SafeString:
    """Stones for what is done and what is to come, and always the words."""
    stone = '<ellipse cx="{}" cy="11" rx="9" ry="8" fill="{}" stroke="#1f1b2e" stroke-width="2"/>'
    stones = format_html_join("", stone, ((12 + n * 25, "#1f1b2e" if n < now else "none") for n in range(total)))
    said = _("Part %(now)s of %(total)s.") % {"now": now, "total": total}
    return format_html(
        '<div class="steps"><svg width="{}" height="22" aria-hidden="true">{}</svg><p>{} {}</p></div>',
        total * 25 + 2, stones, said, words or _("You can stop and come back."),
    )  # fmt: skip


@register.simple_tag
def empty(what: str, do: str = "", href: str = "", action: str = "", hidden: bool = False) -> SafeString:
    """Nothing here yet: what is so, what can be done, and a way to do it."""
    lines = '<path d="M2 12c14-3 26 1 42-2" stroke="#1f1b2e"/><path d="M6 18c12-2 22 1 32-1" stroke="#7a1b4b"/>'
    rings = (
        '<circle cx="15" cy="14" r="9" stroke="#857660" stroke-dasharray="3 4"/>'
        '<circle cx="31" cy="14" r="9" stroke="#1f1b2e"/>'
    )
    return format_html(
        '<div class="empty"><svg width="46" height="28" fill="none" stroke-width="3" stroke-linecap="round"'
        ' aria-hidden="true">{}</svg><p class="empty__what">{}</p>{}{}</div>',
        mark_safe(rings if hidden else lines),
        what,
        format_html("<p>{}</p>", do) if do else "",
        format_html("<p>{}</p>", button(action, "second", href, slim=True, picture="plus")) if href else "",
    )


@register.simple_tag
def idempotency() -> SafeString:
    """A fresh key in a form, so that sending it twice does it once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4())


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any = None) -> dict[str, Any]:
    """There is a problem: one link for each fault. Shows nothing where there is none."""
    faults = []
    if form is not None and form.is_bound:
        for name, errors in form.errors.items():
            target = "" if name == "__all__" else form[name].auto_id
            many = target and widget_kind(form[name].field.widget) == "tiles"
            faults += [(f"{target}_0" if many else target, error) for error in errors]
    return {"faults": faults}


@register.simple_tag
def dressed(field: BoundField) -> str:
    return widget_kind(field.field.widget)


@register.simple_tag
def dressed_widget(field: BoundField) -> SafeString:
    return field.as_widget(attrs=dress(field))


@register.filter
def word(term: str) -> str:
    """The plain word for a field term, from the one file of residents' words."""
    entry = frameworks.load("words")["words"][term]
    return str(entry["cy" if (get_language() or "en").startswith("cy") else "en"])


@register.filter
def said_in(texts: dict[str, str]) -> str:
    """The text of an `{en, cy}` pair in the language of the page."""
    language = "cy" if (get_language() or "en").startswith("cy") else "en"
    return texts.get(language) or texts["en"]


@register.simple_tag
def lang_of(said_in: object) -> SafeString:
    """The `lang` of words that somebody wrote, where it is not the page's own: ` lang="cy"`, else nothing.

    Takes a record, a party, or a language code. Goes into the element that holds nothing but those words.
    """
    lang = str(getattr(said_in, "lang", said_in) or "en")[:2]
    return format_html(' lang="{}"', lang) if lang != (get_language() or "en")[:2] else mark_safe("")
