"""Spending (realisasi) of an approved programme: lines with their balance, entries, approval by a second person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.ids import ids_of
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.program import spending
from apps.program.addresses import versions_at
from apps.program.forms import RealisasiForm
from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya
from apps.program.plan import read_budget, read_plan
from apps.program.views.common import frame, note_export, refusable

LEDGER = (
    Column("Bukti", "entry.bukti"),
    Column("Tanggal", "entry.tanggal"),
    Column("Keterangan", "entry.keterangan", cell="program/ledger.html#keterangan"),
    Column("Status", lambda row: "Disetujui" if row.entry.disetujui_oleh else "Menunggu",
           cell="program/ledger.html#status"),
    Column("Dicatat", "entry.dicatat_oleh", only="file"),
    Column("Disetujui", "entry.disetujui_oleh", only="file"),
    Column("Jumlah (Rp)", "entry.jumlah", number=True),
    Column("Sisa (Rp)", "left", number=True),
)  # fmt: skip


def _columns(alamat) -> list[Column]:
    """Columns of a cost line: planned, spent and left; its words link to its entries."""
    return [
        Column("Kegiatan", "line.rencana.judul", only="file"),
        Column("Baris RAB", "line", link=lambda row: reverse("program:ledger", args=[alamat, row.line.pk])),
        Column("Akun", "line.akun.kode", only="file"),
        Column("Sumber", "line.get_sumber_display"),
        Column("Rencana (Rp)", "line.jumlah", number=True),
        Column("Disetujui (Rp)", "approved", number=True),
        Column("Menunggu (Rp)", "waiting", number=True, cell="program/spending.html#menunggu"),
        Column("Sisa (Rp)", "left", number=True),
    ]


@requires("program.lihat")
@require_safe
def overview(request, alamat):
    """Every cost line with planned, spent and left; approvers see the waiting entries first."""
    program = _in_force(alamat, request.user)
    plan = read_plan(program)
    listed = _listing(request, program, alamat, plan.lines)
    context = frame(
        request, program, tabel=listed, menunggu=_waiting(program), total=spending.totals(listed.rows),
        boleh_setujui=may(request.user, "dana.setujui"),
    )  # fmt: skip
    return page(request, "program/spending.html", context)


@requires("program.lihat")
@require_safe
def overview_export(request, alamat):
    """The same list as a file, with the sum in the last row."""
    kind, program = asked(request), _in_force(alamat, request.user)
    listed = _listing(request, program, alamat, read_budget(program).lines)
    return listed.file(
        kind, f"realisasi_{program.tahun}", "Realisasi",
        note=lambda taken: note_export(request, program, f"realisasi, {kind}, {taken.rows} baris"),
    )  # fmt: skip


def _listing(request, program, alamat, lines) -> Listing:
    money = spending.balances(program, lines)
    return Listing(request.GET, _columns(alamat), money, total=("Jumlah", spending.totals(money)))


@requires("program.lihat")
@require_safe
def ledger(request, alamat, pk):
    """Entries of one line with the running balance."""
    program = _in_force(alamat, request.user)
    line = _line(program, pk)
    entries = Listing(request.GET, LEDGER, spending.ledger(line))
    context = frame(request, program, rincian=line, tabel=entries, boleh_catat=may(request.user, "program.susun"))
    return page(request, "program/ledger.html", context)


@requires("program.lihat")
@require_safe
def ledger_export(request, alamat, pk):
    """Entries of one line with the running balance, as a file."""
    kind, program = asked(request), _in_force(alamat, request.user)
    line = _line(program, pk)
    listed = Listing(request.GET, LEDGER, spending.ledger(line))
    return listed.file(
        kind, f"buku-realisasi_{program.tahun}_{line.pk}", "Buku realisasi",
        note=lambda taken: note_export(request, program, f"buku realisasi {line.pk}, {kind}, {taken.rows} baris"),
    )  # fmt: skip


@requires("program.susun")
@takes_form
def entry_add(request, alamat, pk):
    """Record an entry; a refusal of too much money names the rest, and the typed values stay."""
    program = _in_force(alamat, request.user)
    line, refusal = _line(program, pk), ""
    form = RealisasiForm(sent(request), tahun=program.tahun, initial=_today_in(program.tahun))
    if form.is_valid():
        try:
            entry = spending.record(form.save(commit=False), line=line, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Realisasi {entry.bukti} tercatat. Kepala Bapas akan memeriksanya.")
            return redirect("program:ledger", alamat, line.pk)
    left = line.jumlah - spending.spent_on(line)
    context = frame(request, program, rincian=line, form=form, penolakan=refusal, sisa=left)
    return page(request, "program/entry.html", context, status=form_status(form, refusal))


@requires("dana.setujui")
@require_POST
@refusable
def approve(request, alamat):
    """Approve the ticked entries."""
    program = _in_force(alamat, request.user)
    chosen = ids_of(request.POST.getlist("realisasi"))
    count = spending.approve(chosen, program=program, by=request.user)
    if count:
        messages.success(request, f"{count} realisasi disetujui.")
    else:
        messages.warning(request, "Belum ada yang dipilih. Centang realisasi yang Anda setujui.")
    return redirect("program:spending", alamat)


def _in_force(alamat, user) -> ProgramTahunan:
    """The version in force, under which money is spent; 404 without one."""
    return get_object_or_404(versions_at(alamat, user).in_force(alamat.tahun).select_related("bapas"))


def _line(program, pk):
    lines = RincianBiaya.objects.filter(bapas=program.bapas_id, rencana__program=program)
    return get_object_or_404(lines.select_related("rencana", "akun"), pk=pk)


def _waiting(program):
    entries = Realisasi.objects.filter(bapas=program.bapas_id, rincian__rencana__program=program, disetujui_oleh=None)
    return entries.select_related("rincian", "dicatat_oleh")


def _today_in(tahun):
    """Initial date: today while the budget year runs, otherwise none."""
    today = timezone.localdate()
    return {"tanggal": today} if today.year == tahun else {}
