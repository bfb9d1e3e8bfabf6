"""The list of programmes and the history of one year."""

from decimal import Decimal

from django.db.models import Q, Sum
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.dasar.wording import angka, rupiah
from apps.jejak.models import Riwayat
from apps.jejak.services import record_export
from apps.program.addresses import address_of, versions_at
from apps.program.comparison import changes
from apps.program.forms import SaringForm
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.program.plan import read_plan
from apps.program.services import OBJECT
from apps.program.views.common import crumbs, frame

PER_PAGE = 25


def _columns(many: bool) -> list[Column]:
    """Columns of the list. For one office the year names the row, for many the office. Unapproved amounts have
    separate columns."""
    return [
        Column("Bapas", "bapas", only="" if many else "file", cell="program/list.html#bapas", sort="bapas__nama"),
        Column("Tahun", "tahun", cell="" if many else "program/list.html#tahun", sort="tahun"),
        Column("Status", "get_status_display", cell="program/list.html#status"),
        Column("Versi", "versi", number=True),
        Column("Target klien", lambda row: row.jumlah_target or 0, number=True, sort="jumlah_target"),
        Column("Anggaran disetujui (Rp)", _approved, number=True),
        Column("Belum disetujui", lambda row: str(row.rancangan) if row.rancangan else None, only="file"),
        Column("Rancangan (Rp)", lambda row: row.rancangan.rupiah if row.rancangan else None,
               short="Belum disetujui (Rp)", cell="program/list.html#rancangan", number=True),
    ]  # fmt: skip


def _approved(program: ProgramTahunan) -> Decimal | None:
    return (program.jumlah_rupiah or Decimal(0)) if program.is_approved else None


@requires("program.lihat")
@require_safe
def programme_list(request):
    """The approved version of each year, and versions in preparation. Kanwil and Ditjenpas see all their Bapas, with
    sums of the approved ones."""
    form, chosen, rows = _programmes(request)
    context = {
        "tabel": _listing(request, rows).paged(PER_PAGE), "form": form, "jumlah": len(chosen), "angka": _sums(rows),
        "tersaring": bool(chosen), "boleh_buat": may(request.user, "program.susun"),
        "banyak": len(request.user.scope.bapas) > 1, "boleh_putus": may(request.user, "program.ajukan"),
        "jalur": crumbs(),
    }  # fmt: skip
    return page(request, "program/list.html", context)


@requires("program.lihat")
@require_safe
def programme_export(request):
    """The filtered list as a file, one line per programme. The cost lines of a budget are a separate workbook."""
    kind, (_, _, rows) = asked(request), _programmes(request)
    listed = _listing(request, rows)
    return listed.file(
        kind, f"program-dan-anggaran_{timezone.localdate()}", "Program",
        note=lambda taken: record_export(request, OBJECT, taken.offices),
    )  # fmt: skip


def _listing(request, rows) -> Listing:
    def addressed(program):
        program.alamat = address_of(program, request.user)
        return program

    columns = _columns(len(request.user.scope.bapas) > 1)
    rows = rows.for_list().order_by("-tahun", "bapas__nama", "-versi")
    return Listing(request.GET, columns, rows, each=addressed)


def _programmes(request):
    """(filter, its values, matching rows of years). The filter by status also matches a revision in preparation."""
    mine = ProgramTahunan.objects.visible_to(request.user).for_years()
    years = list(mine.order_by("-tahun").values_list("tahun", flat=True).distinct())
    form = SaringForm(request.GET or None, user=request.user, years=years)
    chosen = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    place = {key: value for key, value in chosen.items() if key != "status"}
    wanted = Q(status=chosen["status"]) | Q(revisi_status=chosen["status"]) if "status" in chosen else Q()
    return form, chosen, mine.filter(wanted, **place)


def _sums(rows):
    """The numbers above the list: programmes, and rupiah and target of clients of the approved ones."""
    approved = Q(status=ProgramTahunan.Status.DISETUJUI)
    in_force = list(rows.filter(approved).values_list("pk", flat=True))  # PostgreSQL plans better for ids that it sees
    total = RincianBiaya.objects.filter(rencana__program__in=in_force).aggregate(n=Sum("jumlah"))["n"] or 0
    target = RencanaKegiatan.objects.filter(program__in=in_force).aggregate(n=Sum("target_klien"))["n"] or 0
    return [
        {"judul": "Program", "nilai": angka(rows.count()), "ket": f"{angka(len(in_force))} disetujui"},
        {"judul": "Anggaran disetujui", "nilai": rupiah(total)},
        {"judul": "Target klien", "nilai": angka(target), "ket": "program yang disetujui"},
    ]


@requires("program.lihat")
@require_safe
def history(request, alamat):
    """Versions of the year with the newest changes, and every change of status."""
    versions = list(versions_at(alamat, request.user).for_list().select_related("bapas", "disetujui_oleh"))
    if not versions:
        raise Http404
    moves = Riwayat.objects.visible_to(request.user).filter(
        bapas=versions[0].bapas_id, objek=OBJECT, objek_id__in=[version.pk for version in versions]
    )
    context = frame(
        request, versions[0], versi=versions, perubahan=_newest_changes(versions),
        riwayat=[_as_event(move, versions) for move in moves.select_related("oleh").order_by("-pada", "-pk")],
    )  # fmt: skip
    return page(request, "program/history.html", context)


def _newest_changes(versions):
    """Changes of the newest version against the one before; none for a first version."""
    return changes(read_plan(versions[1]), read_plan(versions[0])) if len(versions) > 1 else []


def _as_event(move, versions):
    versi = next(version.versi for version in versions if version.pk == move.objek_id)
    label = ProgramTahunan.Status(move.ke).label
    returned = move.dari == ProgramTahunan.Status.DIPERIKSA and move.ke == ProgramTahunan.Status.DRAF
    return {
        "tanggal": move.pada,
        "jenis": "Dikembalikan" if returned else label,
        "warna": "kuning" if returned else ProgramTahunan(status=move.ke).warna,
        "judul": f"Versi {versi}",
        "oleh": str(move.oleh),
        "isi": move.catatan,
    }
