"""The page that shows a sent form beside what somebody else has stored meanwhile, and the forms it can compare."""

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
    """A form of a stored row whose fields can be compared with the row as it is now."""

    @property
    def compared(self) -> list[str]:
        """Fields that are compared; hidden ones are not."""
        return [bound.name for bound in self.visible_fields()]


class VersionedForm(ComparableForm):
    """`versi` is the version of the row that the person saw; services refuse to overwrite a newer one."""

    versi = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.version()

    def version(self) -> str:
        """The version of the row. Forms of a row that counts its own saves return that number instead."""
        return version(self.instance)


def compare(request, *pairs: tuple, back: str, **context):
    """409: both values of every field that differs, to choose from. The page sends the other typed values again.

    A pair is a sent form and the same form, unbound, of the row as it is now. A page of several forms has several
    pairs; the first form, a `VersionedForm`, carries the version. `back` is the URL of "keep what is stored". If
    nothing differs (a second tap, or two people who wrote the same), the answer is a redirect to it.
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
    """A value, as a form would send it, in words."""
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
    """Fields whose typed and stored values differ: both values, and who stored the other one, and when.

    `isian` is the field itself if it takes several values: nobody can choose between two sets with one tap.
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
    """The column behind a field of the form; "" for a field that is stored elsewhere."""
    try:
        return row._meta.get_field(name).column
    except FieldDoesNotExist:
        return ""
