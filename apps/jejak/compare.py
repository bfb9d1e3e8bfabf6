"""The page on which two changes of one row meet, and the form that can be laid beside what is stored by now."""

import re
from datetime import date

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.forms.widgets import ChoiceWidget
from django.shortcuts import redirect

from apps.akun.models import Pengguna
from apps.dasar.forms import PortalModelForm
from apps.dasar.pages import page
from apps.dasar.wording import tanggal
from apps.jejak.services import changers, last_change
from apps.jejak.versions import version


class ComparableForm(PortalModelForm):
    """A form of a stored row whose fields can be laid beside what is stored by now."""

    @property
    def compared(self) -> list[str]:
        """Fields that are laid side by side; the other ones travel along."""
        return [bound.name for bound in self.visible_fields()]


class VersionedForm(ComparableForm):
    """`versi` is what the person saw of the row: services refuse to save over anything newer."""

    versi = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.version()

    def version(self) -> str:
        """The version of the row; forms of a row that counts its own saves answer with that number."""
        return version(self.instance)


def compare(request, *pairs: tuple, back: str, **context):
    """409: both values of every field that differs, to choose from; what is typed elsewhere travels along.

    A pair is a sent form and the same form, unbound, of the row as it is now. A page of several forms has several
    pairs; the first one, a `VersionedForm`, carries the version. `back` is where "keep what is stored" leads, at once
    when that is what was typed: a second tap, or two people who wrote the same.
    """
    differences = [row for form, stored in pairs for row in _differences(form, stored)]
    if not differences:
        return redirect(back)
    first = pairs[0][1]
    differing = {row["nama"] for row in differences} | {"versi"}
    last = last_change(first.instance)
    context |= {
        "pengubah": Pengguna.objects.filter(pk=last.oleh_id or 0).first() if last else None,
        "waktu": last and last.pada,
        "beda": differences,
        "sama": [bound for form, _ in pairs for bound in form if bound.html_name not in differing],
        "versi": first.initial["versi"],
        "unit": first.instance.bapas,
        "url": request.path,
        "url_kembali": back,
    }
    return page(request, "jejak/bentrok.html", context, status=409)


def as_sent(bound) -> str:
    """What a browser would send for this field of one value."""
    value, widget = bound.value(), bound.field.widget
    if value in (None, False):
        return ""
    picked = isinstance(widget, forms.CheckboxInput | ChoiceWidget)
    return str((value if picked else widget.format_value(value)) or "")


def in_words(field: forms.Field, sent: str) -> str:
    """How people read the value that a form would send."""
    if isinstance(field, forms.BooleanField):
        return "Ya" if sent else "Tidak"
    if isinstance(field, forms.DateField) and re.fullmatch(r"\d{4}-\d\d-\d\d", sent):
        return tanggal(date.fromisoformat(sent))
    if isinstance(field, forms.TimeField):
        return sent.replace(":", ".") or "(kosong)"
    for value, text in getattr(field, "choices", ()):
        options = text if isinstance(text, list) else [(value, text)]
        for key, label in options:
            if str(key) == sent and sent:
                return str(label)
    return sent or "(kosong)"


def _differences(form, stored) -> list[dict]:
    """Fields whose typed value is not what `stored` holds: both values, and who stored the other one, when.

    `isian` is the field itself where it takes several values: nobody can choose between two sets with one tap.
    """
    names = [name for name in form.compared if _differ(form[name], stored[name])]
    if not names:
        return []
    columns = {name: _column(stored.instance, name) for name in names}
    changes = changers(stored.instance, set(columns.values()))
    people = Pengguna.objects.in_bulk({change.oleh_id for change in changes.values() if change.oleh_id})
    rows = []
    for name in names:
        change = changes.get(columns[name], changes.get(""))
        rows.append({
            "label": form[name].label,
            "nama": form[name].html_name,
            "isian": form[name] if isinstance(form[name].value(), list) else None,
            "pilihan": [_choice(form[name]), _choice(stored[name])],
            "oleh": people.get(change.oleh_id) if change else None,
            "waktu": change and change.pada,
        })  # fmt: skip
    return rows


def _differ(typed, stored) -> bool:
    return stored.field.has_changed(stored.initial, typed.data)


def _choice(bound) -> tuple[str, str]:
    """(value as a form sends it, value as people read it) of one field; of several values only the words."""
    if isinstance(bound.value(), list):
        return "", ", ".join(in_words(bound.field, str(one)) for one in bound.value()) or "(kosong)"
    return as_sent(bound), in_words(bound.field, as_sent(bound))


def _column(row, name: str) -> str:
    """The column behind a field of the form; a field that is stored elsewhere has none."""
    try:
        return row._meta.get_field(name).column
    except FieldDoesNotExist:
        return ""
