"""The page on which two changes of the same row meet. Rooms above use it for their own forms too."""

from django.core.exceptions import FieldDoesNotExist
from django.shortcuts import get_object_or_404, redirect

from apps.akun.models import Pengguna
from apps.dasar.pages import page
from apps.jejak.services import changers, last_change
from apps.klien.forms.conflicts import ComparableForm
from apps.klien.models import Klien
from apps.klien.views.shared import crumbs


def compare(request, form: ComparableForm, stored: ComparableForm, klien: Klien, *, back: str):
    """409: both values of every field that differs, to choose from; what is typed elsewhere travels along.

    `stored` is the same form, unbound, of the row as it is now; `back` is where "keep what is stored" leads, at once
    when that is what was typed: a second tap, or two people who wrote the same.
    """
    differences = form.differences(stored)
    if not differences:
        return redirect(back)
    differing = {row["nama"] for row in differences}
    last = last_change(stored.instance)
    context = {
        "klien": get_object_or_404(Klien.objects.visible_to(request.user).for_strip(), pk=klien.pk),
        "pengubah": Pengguna.objects.filter(pk=last.oleh_id or 0).first() if last else None,
        "waktu": last and last.pada,
        "beda": _with_authors(differences, stored.instance),
        "sama": [form[name] for name in form.fields if name != "versi" and name not in differing],
        "versi": stored.initial["versi"],
        "url": request.path,
        "kembali": back,
        "jalur": crumbs(klien),
    }
    return page(request, "klien/bentrok.html", context, status=409)


def _with_authors(differences: list[dict], row) -> list[dict]:
    """Each difference with who stored the other value, and when."""
    columns = {one["nama"]: _column(row, one["nama"]) for one in differences}
    changes = changers(row, set(columns.values()))
    people = Pengguna.objects.in_bulk({change.oleh_id for change in changes.values() if change.oleh_id})
    newest = changes.get("")
    for one in differences:
        change = changes.get(columns[one["nama"]], newest)
        one["waktu"] = change and change.pada
        one["oleh"] = people.get(change.oleh_id) if change else None
    return differences


def _column(row, name: str) -> str:
    """The column behind a field of the form; a field that is stored elsewhere has none."""
    try:
        return row._meta.get_field(name).column
    except FieldDoesNotExist:
        return ""
