"""One page for every verb of this room (app): the client, the consequence, the fields, one button."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page
from apps.klien import rooms
from apps.klien.models import Klien
from apps.klien.views.shared import crumbs, opened
from apps.perjalanan.services.ends import PLANNED

FORM = "perjalanan/isian.html"


@dataclass(frozen=True)
class Words:
    """Words on the page of one verb. `tetap` says what stays unchanged; `bahaya` colours the button."""

    judul: str
    tombol: str
    url_kembali: str
    akibat: str = ""
    tetap: str = ""
    bahaya: bool = False


def act(request, form, words: Words, do: Callable[[], object], *, done: str, to: str | Callable, **context):
    """Show the form or call `do`: 422 for invalid values, 409 for a broken rule, otherwise redirect to `to`."""
    context = {**asdict(words), "form": form, **context}
    if form.is_bound and form.is_valid():
        try:
            result = do()
        except Refused as refusal:
            return page(request, FORM, {**context, "penolakan": refusal}, status=409)
        messages.success(request, done)
        return redirect(to(result) if callable(to) else to)
    return page(request, FORM, context, status=form_status(form))


def row_of(request, rows, pk: int):
    """(row, its client) inside the user's office, or 404; writes the opening of the file into the trail."""
    row = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return row, opened(request, row.klien_id)


def what_runs(klien: Klien, way: str) -> dict[str, list[rooms.Unfinished]]:
    """Unfinished work, for the page of an end: under `belum` a planned end waits for it, under `ikut` it stops too."""
    return {"belum" if way in PLANNED else "ikut": rooms.unfinished(klien)}


def trail(klien: Klien, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb of a page below the client's page."""
    return [*crumbs(klien), *more]


def ways_of(klien: Klien) -> tuple[str, str]:
    return "Akhiri, cabut, atau limpahkan", reverse("perjalanan:ways", args=[klien.pk])
