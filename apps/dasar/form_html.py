"""How forms look. Fields and widgets are drawn by functions: a template for every widget and every option took half of
the time of a page with a form.

`Renderer` is the FORM_RENDERER. A widget that it does not draw has a template (`templates/django/forms/widgets/`).
Every function gets the context that Django hands to the template of that name. `apps/dasar/markup.py` escapes.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from apps.dasar import markup
from apps.dasar.markup import NOTHING, joined, start, tag, words

BARE = ("hidden", "checkbox", "radio")
"""Inputs that are no text boxes."""


class Renderer(TemplatesSetting):
    """Draws what stands in `DRAWN`, and renders the template of everything else."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """HTML attributes of a widget except its class."""
    return markup.attributes(_without_class(attrs))


def input_box(widget: Mapping[str, Any]) -> SafeString:
    """One `<input>` of any type."""
    kind, css = widget["type"], widget["attrs"].get("class", "")
    if kind not in BARE:
        css = f"{'govuk-file-upload' if kind == 'file' else 'govuk-input'} {css}".rstrip()
    own = {"type": kind, "name": widget["name"], "class": css or None, "value": widget["value"]}
    return start("input", own | _without_class(widget["attrs"]))


def _input(context) -> SafeString:
    return input_box(context["widget"])


def _rupiah(context) -> SafeString:
    prefix = tag("div", {"class": "govuk-input__prefix", "aria-hidden": "true"}, "Rp")
    return tag("div", {"class": "govuk-input__wrapper"}, prefix, _input(context))


def _textarea(context) -> SafeString:
    widget = context["widget"]
    text = words(widget["value"]) if widget["value"] else ""
    return tag("textarea", _named("govuk-textarea", widget), "\n", text)


def _select(context) -> SafeString:
    widget = context["widget"]
    groups = joined(_option_group(name, options) for name, options, _ in widget["optgroups"])
    return tag("select", _named("govuk-select", widget), groups)


def _option_group(name, options) -> SafeString:
    inner = joined(map(_option, options))
    return tag("optgroup", {"label": words(name)}, inner) if name else inner


def _option(option) -> SafeString:
    return tag("option", {"value": option["value"], **_without_class(option["attrs"])}, words(option["label"]))


def _cards(context) -> SafeString:
    """A group of radio buttons or check boxes, each a card."""
    widget = context["widget"]
    cards: list[SafeString] = []
    for name, options, _ in widget["optgroups"]:
        if name:
            cards.append(tag("span", {"class": "p-kartu-judul"}, words(name)))
        cards += map(_card, options)
    css = _class("p-kartu-grup", widget)
    labels = (str(option["label"]) for _, options, _ in widget["optgroups"] for option in options)
    if css == "p-kartu-grup" and any(map(_needs_width, labels)):
        css += " p-kartu-grup--lebar"
    return tag("div", {"class": css, "id": widget["attrs"].get("id") or None}, *cards)


def _needs_width(label: str) -> bool:
    """Whether a narrow card would break a word of the label, or stack it in many lines."""
    return len(label) > 30 or any(len(word) > 12 for word in label.split())


def _card(option) -> SafeString:
    label = tag("span", {}, words(option["label"]))
    return tag("label", {"class": "p-kartu", "for": option["attrs"].get("id") or None}, input_box(option), label)


def _errors(context) -> SafeString:
    errors = context["errors"]
    if not errors:
        return NOTHING
    said = tag("span", {"class": "govuk-visually-hidden"}, "Galat:")
    sentences = joined(tag("p", {"class": "govuk-error-message"}, said, " ", words(error)) for error in errors)
    where = f"{errors.field_id}_error" if errors.field_id else None
    return tag("div", {"class": "p-galat", "id": where}, sentences)


def _form(context) -> SafeString:
    shown = joined(field.as_field_group() for field, _ in context["fields"])
    return joined([shown, *map(str, context["hidden_fields"])])


def _field(context) -> SafeString:
    """Label, hint, errors and widget of one field."""
    field = context["field"]
    errors = field.errors
    css = ["govuk-form-group", "govuk-form-group--error" if errors else "", field.css_classes()]
    said = str(errors) if errors else ""
    inner = _tick(field, said) if field.widget_type == "checkbox" else _labelled(field, said)
    return tag("div", {"class": " ".join(filter(None, css))}, inner)


def _tick(field, errors) -> SafeString:
    """A single check box stands before its label."""
    hint = tag("small", {"id": f"{field.auto_id}_helptext"}, words(field.help_text)) if field.help_text else ""
    text = tag("span", {}, words(field.label), hint)
    return joined([errors, tag("label", {"class": "p-kartu", "for": field.id_for_label or ""}, str(field), text)])


def _labelled(field, errors) -> SafeString:
    form = field.form
    marked = getattr(form, "marks_optional", True) and field.name not in getattr(form, "needed_sometimes", ())
    optional = not field.field.required and marked
    text = joined([words(field.label), *(_OPTIONAL if optional else ())]) if field.label else ""
    hint = ""
    if field.help_text:
        where = f"{field.auto_id}_helptext" if field.auto_id else None
        hint = tag("div", {"class": "govuk-hint", "id": where}, words(field.help_text))
    if not field.use_fieldset:
        label = tag("label", {"class": "p-label", "for": field.id_for_label or ""}, text) if text else ""
        return joined([label, hint, errors, str(field)])
    legend = tag("legend", {"class": "p-label"}, text) if text else ""
    return tag("fieldset", {"aria-describedby": field.aria_describedby or None}, legend, hint, errors, str(field))


_OPTIONAL = (" ", tag("span", {"class": "p-pilihan"}, "(pilihan)"))


def _named(css: str, widget) -> dict[str, Any]:
    return {"class": _class(css, widget), "name": widget["name"], **_without_class(widget["attrs"])}


def _class(own: str, widget) -> str:
    more = widget["attrs"].get("class")
    return f"{own} {more}" if more else own


def _without_class(attrs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attrs.items() if name != "class"}


_WIDGETS = "django/forms/widgets/"
_INPUTS = (
    *("text", "number", "email", "url", "tel", "search", "color", "password", "hidden", "date", "datetime", "time"),
    *("file", "checkbox"),
)
DRAWN = {
    "django/forms/div.html": _form,
    "django/forms/field.html": _field,
    "django/forms/errors/list/default.html": _errors,
    **{f"{_WIDGETS}{kind}.html": _input for kind in _INPUTS},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
    f"{_WIDGETS}radio.html": _cards,
    f"{_WIDGETS}checkbox_select.html": _cards,
    f"{_WIDGETS}rupiah.html": _rupiah,
}
"""Name of a template of Django's forms → the function that draws it."""
