"""Handovers, at both ends."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.pages import page, sent, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.views.shared import opened
from apps.perjalanan import services
from apps.perjalanan.forms import AcceptForm, ReasonForm, TransferForm
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir
from apps.perjalanan.views.shared import Words, act, trail, ways_of, what_runs
from apps.wilayah.days import today

CRUMBS = [("Beranda", "/"), ("Pengakhiran dan perpindahan", "/perjalanan/?tab=limpah")]


@requires("klien.limpahkan")
@takes_form
def create(request, pk):
    klien = opened(request, pk)
    form = TransferForm(sent(request), office=klien.bapas, hari_ini=today(request.user))
    words = Words(
        "Limpahkan ke Bapas lain", "Kirim permintaan", reverse("perjalanan:ways", args=[klien.pk]),
        akibat="Bapas penerima membaca kode, nama, dan alasan, lalu menerima atau menolak.",
        tetap="Sebelum diterima, klien tetap di sini. Catatan bimbingan tetap di kantor yang menulisnya.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), to=_page_of,
        **what_runs(klien, PeristiwaAkhir.Jenis.DILIMPAHKAN), done="Permintaan pelimpahan terkirim.",
        do=lambda: services.handover.request(klien=klien, pelimpahan=form.instance, by=request.user),
    )  # fmt: skip


@requires("klien.limpahkan")
@require_safe
def detail(request, pk):
    """One handover, with what this end may see."""
    pelimpahan = _row(request, pk)
    return page(request, "perjalanan/pelimpahan.html", {"pelimpahan": pelimpahan, "jalur": CRUMBS})


@requires("klien.limpahkan")
@takes_form
def accept(request, pk):
    pelimpahan, day = _row(request, pk, arah=Pelimpahan.Arah.MASUK), today(request.user)
    form = AcceptForm(sent(request), office=pelimpahan.bapas)
    words = Words(
        f"Terima {pelimpahan.nama_klien}", "Terima klien", _page_of(pelimpahan),
        akibat=f"Registrasi di {pelimpahan.lawan} berakhir dan registrasi baru dibuka di sini, dalam satu langkah.",
        tetap="Identitas, masa bimbingan, tahap, kebutuhan terbuka, dan penjamin ikut pindah.",
    )  # fmt: skip
    return act(
        request, form, words, jalur=[*CRUMBS, (str(pelimpahan), _page_of(pelimpahan))],
        done="Klien diterima dan terdaftar di kantor Anda.",
        to=lambda klien: reverse("klien:detail", args=[klien.pk]),
        do=lambda: services.handover.accept(pelimpahan=pelimpahan, by=request.user, hari=day, **form.cleaned_data),
    )  # fmt: skip


@requires("klien.limpahkan")
@takes_form
def refuse(request, pk):
    pelimpahan = _row(request, pk, arah=Pelimpahan.Arah.MASUK)
    words = Words(
        f"Tolak pelimpahan {pelimpahan.nama_klien}", "Tolak pelimpahan", _page_of(pelimpahan), bahaya=True,
        akibat=f"{pelimpahan.lawan} membaca alasan Anda.", tetap="Klien tetap di kantor pengirim.",
    )  # fmt: skip
    return _answer(request, pelimpahan, words, services.handover.refuse, "Pelimpahan ditolak.")


@requires("klien.limpahkan")
@takes_form
def withdraw(request, pk):
    pelimpahan = _row(request, pk, arah=Pelimpahan.Arah.KELUAR)
    words = Words(
        f"Tarik pelimpahan {pelimpahan.nama_klien}", "Tarik permintaan", _page_of(pelimpahan), bahaya=True,
        akibat=f"{pelimpahan.lawan} tidak lagi dapat menerima.", tetap="Klien tetap di kantor Anda.",
    )  # fmt: skip
    return _answer(request, pelimpahan, words, services.handover.withdraw, "Permintaan ditarik.")


def _answer(request, pelimpahan, words, do, done):
    form = ReasonForm(sent(request))
    return act(
        request, form, words, jalur=[*CRUMBS, (str(pelimpahan), _page_of(pelimpahan))], to=_page_of(pelimpahan),
        done=done, do=lambda: do(pelimpahan=pelimpahan, by=request.user, **form.cleaned_data),
    )  # fmt: skip


def _row(request, pk, **end) -> Pelimpahan:
    """This office's end of a handover. Reading a client's name is an opening, even before the acceptance."""
    rows = Pelimpahan.objects.visible_to(request.user).for_list()
    pelimpahan = get_object_or_404(rows, pk=pk)
    if any(getattr(pelimpahan, name) != value for name, value in end.items()):
        raise Http404("That is for the other end.")
    record_access(
        request, Akses.Verba.LIHAT, "pelimpahan", bapas_id=pelimpahan.bapas_id, objek_id=pelimpahan.pk,
        rincian=pelimpahan.kode_klien,
    )  # fmt: skip
    return pelimpahan


def _page_of(pelimpahan: Pelimpahan) -> str:
    return reverse("perjalanan:transfer", args=[pelimpahan.pk])
