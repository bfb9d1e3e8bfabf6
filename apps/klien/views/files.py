"""One client's file: overview, full timeline, list of openings, and the reasoned opening from outside the office."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber, TruncDate
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import REASON, may, reach
from apps.dasar.ids import id_of
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.prepared import prepared
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import rooms, services
from apps.klien.forms.clients import OpeningForm
from apps.klien.forms.lists import TimelineFilter
from apps.klien.models import OPENING_MINUTES, CatatanBimbingan, Klien
from apps.klien.timeline import events_of_person
from apps.klien.views.shared import CRUMBS, crumbs, note_opening, note_print, opened
from apps.wilayah.days import today_at

NEWEST = 12
"""Entries of the timeline on the overview; the rest is one link away."""
PER_PAGE = 50


@requires("klien.lihat")
@require_safe
def detail(request, pk):
    user = request.user
    klien = next(iter(_for_page(user, pk=pk)), None)
    if klien is None:
        return _ask_for_a_reason(request, pk)
    note_opening(request, klien)
    own_office = reach(user, "klien.lihat") != REASON
    context = {
        "klien": klien,
        "jalur": CRUMBS,
        "hari_ini": today_at(klien.bapas),
        "butir": events_of_person(klien, user, newest=NEWEST),
        "tersimpan": _just_saved(request, klien),
        "baru": "baru" in request.GET,
        "kantor_sendiri": own_office,
        "kartu": rooms.cards(klien, user) if own_office else [],
        "tautan": rooms.links(klien, user) if own_office else [],
        "gabungan": _joined(user, klien),
        "boleh": {verb.replace(".", "_"): may(user, verb) for verb in PAGE_VERBS},
    }
    return page(request, "klien/detail.html", context)


def _joined(user, klien: Klien) -> list[Klien]:
    """The other files of the person: those joined to this one, or the one to which this was joined."""
    ids = [*klien.gabungan, *filter(None, [klien.digabung_ke_id])]
    return list(Klien.objects.visible_to(user).filter(pk__in=ids)) if ids else []


@prepared
def _for_page(user, pk):
    return Klien.objects.visible_to(user).for_page().filter(pk=pk)


PAGE_VERBS = (
    "klien.tambah", "klien.perkara", "klien.alihkan", "klien.gabung", "bimbingan.catat", "bimbingan.baca",
    "asesmen.isi", "jejak.klien", "jadwal.atur",
)  # fmt: skip


@requires("klien.lihat")
@require_safe
def timeline(request, pk):
    """The whole timeline in pages; `cetak` puts it on one page and is traced as a print."""
    klien, whole = opened(request, pk), "cetak" in request.GET
    form = TimelineFilter(request.GET)
    kinds, since = form.choices(today_at(klien.bapas))
    found = form.matching(events_of_person(klien, request.user, kinds=kinds, since=since))
    if whole:
        note_print(request, klien, "linimasa untuk dicetak")
    context = {
        "klien": klien,
        "jalur": crumbs(klien),
        "saring": form,
        "hal": Paginator(found, max(len(found), 1) if whole else PER_PAGE).get_page(request.GET.get("page")),
        "utuh": whole,
        "terbaca": may(request.user, "bimbingan.baca"),
        "dicetak": timezone.now(),
    }
    return page(request, "klien/linimasa.html", context)


@requires("jejak.klien")
@require_safe
def trail(request, pk):
    """The openings of this file; the reader's own ones of a day are one row, so that others stand out.

    Only the client's code is shown, so this page is not traced as an opening.
    """
    klien = get_object_or_404(Klien.objects.visible_to(request.user).select_related("bapas"), pk=pk)
    rows = Akses.objects.visible_to(request.user).filter(
        bapas=klien.bapas_id, objek__in=["klien", "perkara"], objek_id=pk
    )
    same_day = [
        F("pengguna"),
        F("verba"),
        F("objek"),
        F("rincian"),
        TruncDate("pada", tzinfo=ZoneInfo(klien.bapas.zona_waktu)),
    ]
    rows = rows.annotate(
        ke=Window(RowNumber(), partition_by=same_day, order_by="-pada"), kali=Window(Count("pk"), partition_by=same_day)
    ).filter(~Q(pengguna=request.user) | Q(ke=1))
    rows = rows.select_related("pengguna", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra").order_by(
        "-pada"
    )
    context = {
        "klien": klien,
        "jalur": crumbs(klien) if may(request.user, "klien.lihat") else [("Beranda", "/")],
        "hal": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "klien/akses.html", context)


@requires("klien.lihat")
@takes_form
def open_with_reason(request):
    """Kanwil and Ditjenpas type code and reason; the row in the trail (table Akses) is their permission for half an
    hour."""
    if reach(request.user, "klien.lihat") != REASON:
        return redirect("klien:list")
    form = OpeningForm(sent(request), initial={"kode": _code_of(request)})
    if form.is_bound and form.is_valid():
        klien = Klien.objects.counted_for(request.user).filter(kode=form.cleaned_data["kode"]).first()
        if klien:
            reason = form.cleaned_data["alasan"]
            record_access(
                request, Akses.Verba.BUKA, "klien", bapas_id=klien.bapas_id, objek_id=klien.pk, rincian=reason
            )
            return redirect("klien:detail", pk=klien.pk)
        form.add_error("kode", "Kode klien ini tidak ada di wilayah Anda. Periksa kembali.")
    still_open = Klien.objects.visible_to(request.user).select_related("bapas").order_by("kode")
    context = {"form": form, "terbuka": still_open, "menit": OPENING_MINUTES}
    return page(request, "klien/buka.html", context, status=form_status(form))


def _ask_for_a_reason(request, pk):
    in_region = Klien.objects.counted_for(request.user).filter(pk=pk)
    if reach(request.user, "klien.lihat") == REASON and in_region.exists():
        return redirect(reverse("klien:open", query={"klien": pk}))
    raise Http404


def _code_of(request) -> str:
    pk = id_of(request.GET.get("klien"))
    if pk is None:
        return ""
    return Klien.objects.counted_for(request.user).filter(pk=pk).values_list("kode", flat=True).first() or ""


def _just_saved(request, klien) -> CatatanBimbingan | None:
    """The record that the banner "Bimbingan tersimpan" is about."""
    pk = id_of(request.GET.get("tersimpan"))
    if pk is None:
        return None
    since = timezone.now() - timedelta(minutes=services.UNDO_MINUTES)
    mine = CatatanBimbingan.objects.visible_to(request.user).counted().filter(klien=klien, pk_pencatat=request.user)
    return mine.filter(pk=pk, diterima_pada__gte=since).first()
