"""Draws every Django form in the look of the house: label, hint, error, field; choices as tiles."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Finds the form templates of the site before Django's own."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"


def widget_kind(widget: forms.Widget) -> str:
    """How a field is laid out: `tiles` for a list of choices, `tile` for one tick, `hidden`, else `box`."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "tiles"
    if isinstance(widget, forms.CheckboxInput):
        return "tile"
    return "hidden" if widget.is_hidden else "box"


def dress(field: forms.BoundField) -> dict[str, Any]:
    """The attributes that tie a field to its hint and error, and the class of its box."""
    classes = {
        forms.Textarea: "govuk-textarea",
        forms.Select: "govuk-select",
        forms.ClearableFileInput: "govuk-file-upload",
        forms.FileInput: "govuk-file-upload",
    }
    widget = field.field.widget
    kind = next((name for cls, name in classes.items() if isinstance(widget, cls)), "govuk-input")
    attributes: dict[str, Any] = {}
    if isinstance(widget, forms.NumberInput | forms.DateInput | forms.TimeInput):
        kind += " short"
    if isinstance(widget, forms.NumberInput):
        # A browser's own number box throws away what it cannot read; what somebody typed must stay.
        widget.input_type = "text"
        attributes["inputmode"] = "numeric"
    if isinstance(widget, forms.Textarea):
        attributes["rows"] = widget.attrs.get("rows", 4) if widget.attrs.get("rows") != "10" else 4
    if widget_kind(widget) == "box":
        own = widget.attrs.get("class", "")
        attributes["class"] = f"{kind} {own}".strip()
    described = [f"{field.id_for_label}-{part}" for part in ("hint", "error") if _has(field, part)]
    if described and widget_kind(widget) in {"box", "tile"}:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors and widget_kind(widget) == "box":
        attributes["aria-invalid"] = "true"
    return attributes


def _has(field: forms.BoundField, part: str) -> bool:
    return bool(field.help_text if part == "hint" else field.errors)
