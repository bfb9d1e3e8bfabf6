"""Unmet needs as sums, for the office, its partners, its Kanwil and Ditjenpas. Never a person."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar import definisi
from apps.dasar.charts import bar_list, drawable, largest, number
from apps.dasar.disclosure import Shown, known
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.jejak.services import record_export
from apps.klien.forms.needs import UnmetFilter
from apps.klien.unmet import (
    URGENCIES,
    UnmetRow,
    figures_scope,
    home_of,
    offices_for,
    places_of,
    released_rows,
    unmet_rows,
)
from apps.wilayah.days import today

IN_CHART = 10


def _count(cell: Shown) -> int | str:
    """A number, or the sign of one that is masked."""
    return cell if known(cell) else number(cell)


def _urgency(place: int) -> Column:
    return Column(str(URGENCIES[place].label), lambda row: _count(row.urgent[place]), number=True)


RELEASED = (
    Column("Jenis kebutuhan", "kategori"),
    Column("Bidang", "domain"),
    Column("Klien", lambda row: _count(row.total), number=True),
)
COLUMNS = (*RELEASED[:2], *(_urgency(place) for place in range(len(URGENCIES))), RELEASED[2])
"""For the office itself; others do not read how pressing a need of few clients is."""


@requires("kebutuhan.agregat", figures=True)
@require_safe
def needs(request):
    form, columns, rows, day = _figures(request)
    context = {
        "form": form,
        "jalur": [("Beranda", "/")],
        "jumlah": len(form.chosen),
        "keping": form.chips(),
        "tabel": Listing(request.GET, columns, rows),
        "judul": _finding(rows),
        "bagan": _chart(rows),
        "dirilis": columns is RELEASED,
        "hari": day,
        "mitra_tanpa_tempat": bool(request.user.scope.mitra) and home_of(request.user) is None,
        "per": timezone.now(),
        "definisi": definisi.meanings(definisi.CLIENTS, definisi.UNMET, definisi.IN_NEED),
    }
    return page(request, "klien/kebutuhan_wilayah.html", context)


@requires("kebutuhan.agregat", figures=True)
@require_safe
def export(request):
    kind, (form, columns, rows, day) = asked(request), _figures(request)
    place = form.chosen.get("kabkota")
    where = f"-{slugify(place.nama)}" if place else ""
    offices, name = offices_for(request.user), f"kebutuhan-belum-terpenuhi{where}_{day or 'belum-dirilis'}"
    return Listing(request.GET, columns, rows).file(
        kind, name, "Kebutuhan",
        note=lambda taken: record_export(request, "kebutuhan", dict.fromkeys(offices, taken.rows)),
    )  # fmt: skip


def _figures(request) -> tuple[UnmetFilter, tuple[Column, ...], list[UnmetRow], date | None]:
    """The filter, what of the figures this reader sees, and the day that they are about."""
    user, office = request.user, request.user.penugasan.bapas_id
    offices = offices_for(user)
    data = request.GET if "kabkota" in request.GET else QueryDict(f"kabkota={home_of(user) or ''}")
    form = UnmetFilter(data, places=places_of(offices))
    place = form.chosen.get("kabkota")
    kabkota = place and place.pk
    if office:
        return form, COLUMNS, unmet_rows(office, day=today(user), kabkota=kabkota), today(user)
    with figures_scope(user, offices):
        day, rows = released_rows(user, offices, day=today(user), kabkota=kabkota)
    return form, RELEASED, rows, day


def _finding(rows: list[UnmetRow]) -> str:
    top = largest((row.kategori, row.total) for row in rows)
    if not top:
        return "Angka kebutuhan per jenis disembunyikan atau nol"
    kategori, clients, limit = top
    return f"{kategori} paling banyak dibutuhkan{limit}: {number(clients)} klien"


def _chart(rows: list[UnmetRow]) -> str:
    """The chart, or "" when no bar would have a length."""
    if not drawable(row.total for row in rows):
        return ""
    bars = [(row.kategori, row.total) for row in rows]
    return bar_list(bars, _finding(rows), "klien", IN_CHART, adds_up=False)
