"""The report to the Kanwil: an office reads, sends and pastes it; a region sees who has sent and the sum."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.akun.roles import reach
from apps.dasar import definisi, tables
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.wording import on_clock, waktu_unit
from apps.harian import services
from apps.harian.figures import collect
from apps.harian.forms import DayFilter, SendForm, recent
from apps.harian.models import LaporanKanwil
from apps.harian.sections import as_text, now_head, sections, sections_outside, table
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export
from apps.wilayah.days import today
from apps.wilayah.models import Bapas

VERB = "laporan.harian"
DEFINED = (definisi.CLIENTS, definisi.OFFICERS, definisi.RANKS, definisi.PROGRAMMES, definisi.WORKING, definisi.GROUPS)
OLDEST = dt.timedelta(days=2 * 366)


@dataclass(frozen=True)
class Line:
    """One report that an office owes, and the newest version of it that was sent."""

    bapas: Bapas
    jenis: str
    tanggal: dt.date
    terkirim: LaporanKanwil | None
    url: str


def _columns(*, region: bool = False, many: bool = False) -> list[Column]:
    """The list of an office has a row per day; that of a region (`many` Kanwil at headquarters) a row per office."""
    return [
        Column("Bapas", "bapas", only="" if region else "file", cell="harian/wilayah.html#bapas"),
        Column("Kanwil", "bapas.kanwil", only="page", when=many),
        Column("Laporan", lambda row: LaporanKanwil.Jenis(row.jenis).label, only="file"),
        Column("Tanggal", "tanggal", only="file" if region else "", cell="harian/list.html#tanggal"),
        Column("Keadaan", lambda row: "Terkirim" if row.terkirim else "Belum dikirim",
               cell=f"harian/{'wilayah' if region else 'list'}.html#keadaan"),
        Column("Dikirim", lambda row: on_clock(row.terkirim.dikirim_pada, row.bapas) if row.terkirim else None,
               only="file"),
        Column("Versi", "terkirim.versi", only="file"),
    ]  # fmt: skip


@requires(VERB, figures=True)
@require_safe
def report_list(request):
    """An office: the last days and months with their state. A region: every office on one day."""
    if not _own_office(request.user):
        return _region_list(request)
    rows, columns = _office_rows(request.user), _columns()
    parts = [
        (label, Listing(request.GET, columns, [row for row in rows if row.jenis == kind]))
        for kind, label in LaporanKanwil.Jenis.choices
    ]
    return page(request, "harian/list.html", {"bapas": request.user.penugasan.bapas, "bagian": parts})


@requires(VERB, figures=True)
@require_safe
def list_export(request):
    """Who has sent what and when. The numbers are in the download of each report."""
    kind = tables.asked(request)
    if _own_office(request.user):
        rows = _office_rows(request.user)
    else:
        rows = _region_rows(request.user, *DayFilter(request.GET, today=today(request.user)).wanted())
    return Listing(request.GET, _columns(), rows).file(
        kind, f"laporan-bapas_{today(request.user)}", "Laporan",
        note=lambda _: record_export(request, "laporan-kanwil", Counter(row.bapas.pk for row in rows)),
    )  # fmt: skip


@requires(VERB, figures=True)
@require_safe
def report_detail(request, jenis, tanggal, bapas=None):
    """One report: for the own office its numbers now or as sent, for a region the sum of what was sent."""
    day = _day(request, jenis, tanggal)
    if bapas is not None or not _own_office(request.user):
        return _region_detail(request, jenis, day, bapas)
    return _office_page(request, jenis, day)


@requires(VERB, figures=True)
@require_POST
def report_send(request, jenis, tanggal):
    day = _day(request, jenis, tanggal)
    if not _own_office(request.user):
        raise PermissionDenied
    form = SendForm(request.POST)
    if not form.is_valid():
        return _office_page(request, jenis, day, form=form, status=422)
    try:
        row = services.send(
            by=request.user, jenis=jenis, day=day, seen=form.cleaned_data["versi"], catatan=form.cleaned_data["catatan"]
        )
    except Refused as refusal:
        return _office_page(request, jenis, day, form=form, refusal=refusal, status=409)
    messages.success(
        request, f"{row.get_jenis_display()} terkirim ke Kanwil {waktu_unit(row.dikirim_pada, row.bapas)}."
    )
    return redirect(_url("detail", jenis, day))


@requires(VERB, figures=True)
@require_safe
def report_download(request, jenis, tanggal, bapas=None):
    """The same numbers as a file, masked like everything that leaves the office."""
    day, kind = _day(request, jenis, tanggal), tables.asked(request)
    if _own_office(request.user) and bapas is None:
        office = request.user.penugasan.bapas
        reports = [_numbers(office, jenis, day)[0]]
        record_access(request, Akses.Verba.EKSPOR, "laporan-kanwil", bapas_id=office.pk, rincian=f"{jenis} {day}")
    else:
        office = _office_of_region(request.user, bapas)
        sent = _sent(request.user, jenis, day, bapas)
        reports = [row.angka for row in sent]
        record_export(request, "laporan-kanwil", {row.bapas_id: 1 for row in sent})
    heads, rows = table(sections_outside(reports, jenis), jenis)
    unit = slugify(office or request.user.penugasan.unit_nama)
    return tables.file_response(kind, f"laporan-{jenis}-{unit}_{day}", "Laporan", heads, rows, frozen=2)


# --- one office -------------------------------------------------------------------------------


def _office_rows(user) -> list[Line]:
    """The last days and months, each with the newest report that was sent."""
    wanted, bapas = list(recent(today(user))), user.penugasan.bapas
    sent = {
        (row.jenis, row.tanggal): row
        for row in LaporanKanwil.objects.visible_to(user).filter(tanggal__gte=wanted[-1][1]).newest()
    }
    return [Line(bapas, kind, when, sent.get((kind, when)), _url("detail", kind, when)) for kind, when in wanted]


def _office_page(request, jenis, day, *, form=None, refusal=None, status=200):
    bapas = request.user.penugasan.bapas
    numbers, sent = _numbers(bapas, jenis, day, live="hitung" in request.GET or form is not None)
    newest = services.newest(bapas.pk, jenis, day)
    version = newest.versi if newest else 0
    moment = waktu_unit(sent.dikirim_pada if sent else timezone.now(), bapas)
    note = form["catatan"].value() if form else newest.catatan if newest else ""
    context = {
        "jenis": jenis, "judul_jenis": LaporanKanwil.Jenis(jenis).label, "tanggal": day, "unit": bapas,
        "definisi": definisi.meanings(*DEFINED),
        "bagian": sections(numbers, jenis), "kepala": now_head(jenis), "terkirim": newest,
        "beku": sent is not None, "form": form or SendForm(initial={"versi": version, "catatan": note}),
        "penolakan": refusal, "data_per": moment, "url_unduh": _url("download", jenis, day),
        "url_kirim": _url("send", jenis, day), "jalur": CRUMBS,
        "teks": as_text(
            sections_outside([numbers], jenis), unit=bapas.nama, jenis=jenis, day=day, moment=moment, catatan=note
        ),
    }  # fmt: skip
    return page(request, "harian/detail.html", context, status=status)


def _numbers(bapas, jenis, day, *, live=False):
    """(numbers, the version they come from or None): as sent, or as counted now."""
    sent = None if live else services.newest(bapas.pk, jenis, day)
    return (sent.angka, sent) if sent else (collect(bapas, jenis, day), None)


# --- a region ---------------------------------------------------------------------------------


def _region_list(request):
    form = DayFilter(request.GET, today=today(request.user))
    jenis, day = form.wanted()
    rows = _region_rows(request.user, jenis, day)
    columns = _columns(region=True, many=request.user.penugasan.kanwil_id is None)
    context = {
        "saring": form, "jenis": jenis, "judul_jenis": LaporanKanwil.Jenis(jenis).label, "tanggal": day,
        "tabel": Listing(request.GET, columns, rows),
        "terkirim": sum(row.terkirim is not None for row in rows),
        "url_jumlah": _url("detail", jenis, day), "url": reverse("harian:list"),
    }  # fmt: skip
    return page(request, "harian/wilayah.html", context)


def _region_rows(user, jenis, day) -> list[Line]:
    """Every office with its newest report of the day; offices without one come first."""
    sent = {row.bapas_id: row for row in _sent(user, jenis, day)}
    offices = Bapas.objects.filter(pk__in=user.scope.bapas, aktif=True).select_related("kanwil")
    rows = [
        Line(office, jenis, day, sent.get(office.pk), _url("detail", jenis, day, office.pk))
        for office in offices.order_by("kanwil__kode", "nama")
    ]
    return sorted(rows, key=lambda row: row.terkirim is not None)


def _region_detail(request, jenis, day, bapas):
    office = _office_of_region(request.user, bapas)
    sent = _sent(request.user, jenis, day, bapas)
    context = {
        "jenis": jenis, "judul_jenis": LaporanKanwil.Jenis(jenis).label, "tanggal": day,
        "unit": office or request.user.penugasan.unit_nama, "kepala": now_head(jenis), "jalur": CRUMBS,
        "bagian": sections_outside([row.angka for row in sent], jenis), "laporan": sent,
        "definisi": definisi.meanings(*DEFINED),
        "satu": sent[0] if office and sent else None,
        "url_unduh": _url("download", jenis, day, *([bapas] if bapas else [])),
    }  # fmt: skip
    return page(request, "harian/wilayah_rinci.html", context)


def _office_of_region(user, bapas) -> Bapas | None:
    """The office that a region asks for, None for the sum. 404 for an office: its own page has no id in the URL."""
    if _own_office(user):
        raise Http404
    return get_object_or_404(Bapas, pk__in={bapas} & set(user.scope.bapas)) if bapas else None


def _sent(user, jenis, day, bapas=None) -> list[LaporanKanwil]:
    rows = LaporanKanwil.objects.counted_for(user).filter(jenis=jenis, tanggal=day)
    rows = rows.filter(bapas=bapas) if bapas else rows
    return list(rows.newest().select_related("bapas", "dikirim_oleh"))


# --- shared -----------------------------------------------------------------------------------

CRUMBS = [("Beranda", "/"), ("Laporan harian", "/laporan-harian/")]


def _own_office(user) -> bool:
    return reach(user, VERB) == "unit"


def _day(request, jenis, written) -> dt.date:
    """The day in a URL. 404 if it is in the future, over two years old, or not the first of a reported month."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError as error:
        raise Http404 from error
    now = today(request.user)
    if jenis not in LaporanKanwil.Jenis.values or not now - OLDEST <= day <= now:
        raise Http404
    if jenis == LaporanKanwil.Jenis.BULANAN and day.day != 1:
        raise Http404
    return day


def _url(act, jenis, day, *rest) -> str:
    return reverse(f"harian:{act}", args=[jenis, f"{day:%Y-%m-%d}", *rest])
