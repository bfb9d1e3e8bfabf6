"""The list of ends, handovers and follow-ups, as a page and as a file."""

from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export
from apps.perjalanan.cases import Cases

PER_PAGE = 25


@requires("klien.perjalanan")
@require_safe
def cases(request):
    found = Cases(request.user, request.GET)
    record_access(
        request, Akses.Verba.CARI, "perjalanan", bapas_id=request.user.penugasan.bapas_id, rincian=f"daftar {found.tab}"
    )
    context = {
        "jalur": [("Beranda", "/")],
        "saring": found.form,
        "keping": found.form.chips(),
        "tab": found.tab_links(),
        "tabel": found.listing().paged(PER_PAGE),
        "judul_tab": found.tabs[found.tab][0],
    }
    return page(request, "perjalanan/daftar.html", context)


@requires("klien.perjalanan")
@require_safe
def export(request):
    kind = asked(request)
    found = Cases(request.user, request.GET)
    listed = found.listing()
    return listed.file(
        kind, f"perjalanan-{found.tab}_{found.day}", found.tabs[found.tab][0],
        note=lambda taken: record_export(request, "perjalanan", {request.user.penugasan.bapas_id: taken.rows}),
    )  # fmt: skip
