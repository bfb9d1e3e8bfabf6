"""How forms look. Fields and widgets are drawn by functions: a template for every widget and every option took half of
the time of a page with a form.

`Renderer` is the FORM_RENDERER. A widget that it does not draw has a template (`templates/django/forms/widgets/`).
Every function gets the context that Django hands to the template of that name, and gives safe HTML.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe

BARE = ("hidden", "checkbox", "radio")
"""Inputs that are no text boxes."""
OPTIONAL = ' <span class="p-pilihan">(pilihan)</span>'


class Renderer(TemplatesSetting):
    """Draws what stands in `DRAWN`, and renders the template of everything else."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """HTML attributes of a widget except its class: True has no value, False is left out."""
    return mark_safe("".join(_attribute(name, value) for name, value in attrs.items() if name != "class"))


def input_box(widget: Mapping[str, Any]) -> SafeString:
    """One `<input>` of any type."""
    kind, attrs = widget["type"], widget["attrs"]
    css = _escaped(attrs.get("class") or "")
    if kind not in BARE:
        css = f"{'govuk-file-upload' if kind == 'file' else 'govuk-input'} {css}".rstrip()
    css = f' class="{css}"' if css else ""
    value = "" if widget["value"] is None else _attribute("value", widget["value"])
    return mark_safe(f'<input type="{kind}" name="{_escaped(widget["name"])}"{css}{value}{attributes(attrs)}>')


def _input(context) -> SafeString:
    return input_box(context["widget"])


def _rupiah(context) -> SafeString:
    box = _input(context)
    return mark_safe(
        f'<div class="govuk-input__wrapper"><div class="govuk-input__prefix" aria-hidden="true">Rp</div>{box}</div>'
    )


def _textarea(context) -> SafeString:
    widget = context["widget"]
    text = _escaped(widget["value"]) if widget["value"] else ""
    return mark_safe(
        f'<textarea class="{_class("govuk-textarea", widget)}" name="{_escaped(widget["name"])}"'
        f"{attributes(widget['attrs'])}>\n{text}</textarea>"
    )


def _select(context) -> SafeString:
    widget = context["widget"]
    groups = "".join(_option_group(name, options) for name, options, _ in widget["optgroups"])
    return mark_safe(
        f'<select class="{_class("govuk-select", widget)}" name="{_escaped(widget["name"])}"'
        f"{attributes(widget['attrs'])}>{groups}</select>"
    )


def _option_group(name, options) -> str:
    inner = "".join(_option(option) for option in options)
    return f'<optgroup label="{_escaped(name)}">{inner}</optgroup>' if name else inner


def _option(option) -> str:
    chosen = attributes(option["attrs"])
    return f'<option value="{_plain(option["value"])}"{chosen}>{_escaped(option["label"])}</option>'


def _cards(context) -> SafeString:
    """A group of radio buttons or check boxes, each a card."""
    widget = context["widget"]
    css = _class("p-kartu-grup", widget)
    cards = "".join(
        (f'<span class="p-kartu-judul">{_escaped(name)}</span>' if name else "") + "".join(map(_card, options))
        for name, options, _ in widget["optgroups"]
    )
    return mark_safe(f'<div class="{css}"{_id(widget["attrs"].get("id"))}>{cards}</div>')


def _card(option) -> str:
    target = option["attrs"].get("id")
    label = f' for="{_escaped(target)}"' if target else ""
    return f'<label class="p-kartu"{label}>{input_box(option)}<span>{_escaped(option["label"])}</span></label>'


def _errors(context) -> SafeString:
    errors = context["errors"]
    if not errors:
        return mark_safe("")
    where = f"{errors.field_id}_error" if errors.field_id else ""
    sentences = "".join(
        f'<p class="govuk-error-message"><span class="govuk-visually-hidden">Galat:</span> {_escaped(error)}</p>'
        for error in errors
    )
    return mark_safe(f'<div class="p-galat"{_id(where)}>{sentences}</div>')


def _form(context) -> SafeString:
    shown = "".join(str(field.as_field_group()) for field, _ in context["fields"])
    return mark_safe(shown + "".join(str(field) for field in context["hidden_fields"]))


def _field(context) -> SafeString:
    """Label, hint, errors and widget of one field."""
    field = context["field"]
    errors = field.errors
    css = "govuk-form-group govuk-form-group--error" if errors else "govuk-form-group"
    extra = field.css_classes()
    said = str(errors) if errors else ""
    inner = _tick(field, said) if field.widget_type == "checkbox" else _labelled(field, said)
    return mark_safe(f'<div class="{css}{f" {_escaped(extra)}" if extra else ""}">{inner}</div>')


def _tick(field, errors) -> str:
    """A single check box stands before its label."""
    hint = f'<small id="{field.auto_id}_helptext">{_escaped(field.help_text)}</small>' if field.help_text else ""
    return (
        f'{errors}<label class="p-kartu" for="{field.id_for_label or ""}">{field}'
        f"<span>{_escaped(field.label)}{hint}</span></label>"
    )


def _labelled(field, errors) -> str:
    optional = not field.field.required and getattr(field.form, "marks_optional", None) is not False
    words = f"{_escaped(field.label)}{OPTIONAL if optional else ''}" if field.label else ""
    hint = ""
    if field.help_text:
        where = f"{field.auto_id}_helptext" if field.auto_id else ""
        hint = f'<div class="govuk-hint"{_id(where)}>{_escaped(field.help_text)}</div>'
    if not field.use_fieldset:
        label = f'<label class="p-label" for="{field.id_for_label or ""}">{words}</label>' if words else ""
        return f"{label}{hint}{errors}{field}"
    legend = f'<legend class="p-label">{words}</legend>' if words else ""
    described = field.aria_describedby
    by = f' aria-describedby="{described}"' if described else ""
    return f"<fieldset{by}>{legend}{hint}{errors}{field}</fieldset>"


def _class(own: str, widget) -> str:
    more = widget["attrs"].get("class")
    return f"{own} {_escaped(more)}" if more else own


def _id(name) -> str:
    return f' id="{_escaped(name)}"' if name else ""


def _attribute(name, value) -> str:
    if value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{_plain(value)}"'


def _plain(value) -> str:
    """The value of an attribute: what the browser sends back, so never in the reader's notation."""
    return value if isinstance(value, SafeString) else escape(str(value))


def _escaped(value) -> str:
    """Words that people read."""
    return _plain(value if isinstance(value, str) else localize(value))


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
