"""Unmet needs as sums, for the office, its partners, its Kanwil and Ditjenpas. Never a person."""

from django.http import QueryDict
from django.utils import timezone
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
from apps.klien.unmet import URGENCIES, UnmetRow, figures_scope, home_of, offices_for, places_of, unmet_rows
from apps.wilayah.days import today

IN_CHART = 10


def _count(cell: Shown) -> int | str:
    """A number, or the sign of one that is masked."""
    return cell if known(cell) else number(cell)


def _urgency(place: int) -> Column:
    return Column(str(URGENCIES[place].label), lambda row: _count(row.urgent[place]), number=True)


COLUMNS = (
    Column("Jenis kebutuhan", "kategori"),
    Column("Bidang", "domain"),
    *(_urgency(place) for place in range(len(URGENCIES))),
    Column("Klien", lambda row: _count(row.total), number=True),
)


@requires("kebutuhan.agregat", figures=True)
@require_safe
def needs(request):
    form, rows, masked = _rows(request)
    context = {
        "form": form,
        "jalur": [("Beranda", "/")],
        "jumlah": len(form.chosen),
        "keping": form.chips(),
        "tabel": Listing(request.GET, COLUMNS, rows),
        "judul": _finding(rows),
        "bagan": _chart(rows),
        "tersamar": masked,
        "mitra_tanpa_tempat": bool(request.user.scope.mitra) and home_of(request.user) is None,
        "per": timezone.now(),
        "definisi": definisi.meanings(definisi.CLIENTS, definisi.UNMET, definisi.IN_NEED),
    }
    return page(request, "klien/kebutuhan_wilayah.html", context)


@requires("kebutuhan.agregat", figures=True)
@require_safe
def export(request):
    kind, (_, rows, _) = asked(request), _rows(request)
    offices, name = offices_for(request.user), f"kebutuhan-belum-terpenuhi_{today(request.user)}"
    return Listing(request.GET, COLUMNS, rows).file(
        kind, name, "Kebutuhan",
        note=lambda taken: record_export(request, "kebutuhan", dict.fromkeys(offices, taken.rows)),
    )  # fmt: skip


def _rows(request) -> tuple[UnmetFilter, list[UnmetRow], bool]:
    """The filter, the figures, and whether small counts had to be masked."""
    user, masked = request.user, request.user.penugasan.bapas_id is None
    offices = offices_for(user)
    data = request.GET if "kabkota" in request.GET else QueryDict(f"kabkota={home_of(user) or ''}")
    form = UnmetFilter(data, places=places_of(offices))
    place = form.chosen.get("kabkota")
    with figures_scope(user, offices):
        rows = unmet_rows(offices, day=today(user), kabkota=place and place.pk, masked=masked)
    return form, rows, masked


def _finding(rows: list[UnmetRow]) -> str:
    top = largest((row.kategori, row.total) for row in rows)
    if not top:
        return "Kebutuhan yang belum terpenuhi terlalu sedikit per jenis untuk digambar"
    kategori, clients, limit = top
    return f"{kategori} paling banyak dibutuhkan{limit}: {number(clients)} klien"


def _chart(rows: list[UnmetRow]) -> str:
    """The chart, or "" when no bar would have a length."""
    if not drawable(row.total for row in rows):
        return ""
    bars = [(row.kategori, row.total) for row in rows]
    return bar_list(bars, _finding(rows), "klien", IN_CHART, adds_up=False)
