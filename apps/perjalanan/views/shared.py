"""One page for every act of this room: the client, what will happen, what is asked, one button."""

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
    """What the page of one act says. `tetap` is what stays as it is; `bahaya` colours the button."""

    judul: str
    tombol: str
    url_kembali: str
    akibat: str = ""
    tetap: str = ""
    bahaya: bool = False


def act(request, form, words: Words, do: Callable[[], object], *, done: str, to: str | Callable, **context):
    """Show the form, do the act, or say why not: 422 for what was typed, 409 for a rule, then on to `to`."""
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
    """(row, its client) inside the user's office, or 404. The opening of the file is written into the trail."""
    row = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return row, opened(request, row.klien_id)


def what_runs(klien: Klien, way: str) -> dict[str, list[rooms.Unfinished]]:
    """For the page of an end: `belum`, what a planned one waits for, or `ikut`, what stops together with the others."""
    return {"belum" if way in PLANNED else "ikut": rooms.unfinished(klien)}


def trail(klien: Klien, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb of a page below the client's own."""
    return [*crumbs(klien), *more]


def ways_of(klien: Klien) -> tuple[str, str]:
    return "Akhiri, cabut, atau limpahkan", reverse("perjalanan:ways", args=[klien.pk])
