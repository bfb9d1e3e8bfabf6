"""Everything that is ending, moving or followed up, as a page and as a file."""

from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.pages import page
from apps.dasar.tables import asked, file_response
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export
from apps.perjalanan.cases import HEADS, Cases

PER_PAGE = 25


@requires("klien.perjalanan")
@require_safe
def cases(request):
    found = Cases(request.user, request.GET)
    hal = Paginator(found.rows(), PER_PAGE).get_page(request.GET.get("page"))
    record_access(
        request, Akses.Verba.CARI, "perjalanan", bapas_id=request.user.penugasan.bapas_id, rincian=f"daftar {found.tab}"
    )
    context = {
        "jalur": [("Beranda", "/")],
        "form": found.form,
        "saringan": found.filters,
        "tab": found.tab_links(),
        "hal": hal,
        "baris": found.lines(hal),
        "judul_tab": found.tabs[found.tab][0],
    }
    return page(request, "perjalanan/daftar.html", context)


@requires("klien.perjalanan")
@require_safe
def export(request):
    kind = asked(request)
    found = Cases(request.user, request.GET)
    lines = found.lines(found.rows())
    record_export(request, "perjalanan", {request.user.penugasan.bapas_id: len(lines)})
    title = found.tabs[found.tab][0]
    return file_response(kind, f"perjalanan-{found.tab}", title, HEADS, (line.cells() for line in lines))
