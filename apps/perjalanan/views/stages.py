"""The two stage histories of a client."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.pages import page, sent, takes_form
from apps.klien.views.shared import opened
from apps.perjalanan import services, stages_due
from apps.perjalanan.forms import PrisonStageForm, ReasonForm, StageForm
from apps.perjalanan.models import Tahap, TahapBimbingan, TahapLapas
from apps.perjalanan.views.shared import Words, act, trail
from apps.wilayah.days import today


@requires("klien.perjalanan")
@require_safe
def stages(request, pk):
    klien, user = opened(request, pk), request.user
    chain = TahapBimbingan.objects.visible_to(user).filter(klien=klien).select_related("dicatat_oleh")
    chain = list(chain.order_by("-pk"))
    now = Tahap(chain[0].tahap) if chain else Tahap.AWAL
    context = {
        "klien": klien,
        "jalur": trail(klien),
        "tahap": now,
        "langkah": stages_due.steps(now),
        "rantai": chain,
        "jatuh_tempo": stages_due.next_due(klien, now),
        "lapas": TahapLapas.objects.visible_to(user).filter(klien=klien).select_related("dicatat_oleh"),
        "boleh_pindah": may(user, "tahap.pindah") and klien.status == "aktif",
        "boleh_batal": bool(chain) and not chain[0].bawaan and not chain[0].alasan,
        "boleh_lapas": may(user, "klien.tambah"),
        "berikut": next(iter(services.stages.following(now)), None),
    }
    return page(request, "perjalanan/tahap.html", context)


@requires("tahap.pindah")
@takes_form
def move(request, pk):
    klien = opened(request, pk)
    current = TahapBimbingan.objects.visible_to(request.user).current_of(klien)
    offered = next(iter(services.stages.following(current.tahap if current else Tahap.AWAL)), None)
    form = StageForm(sent(request), hari_ini=today(request.user), initial={"ke": offered})
    ke = Tahap(form["ke"].value()) if form["ke"].value() in Tahap.values else offered
    if ke is None:
        raise Http404("The last stage is reached.")
    words = Words(
        f"Pindah ke {ke.label.lower()}", f"Pindahkan ke {ke.label.lower()}", _page_of(klien),
        akibat="Perpindahan dicatat bersama tanggal dan nomor sidang TPP.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=_trail(klien), to=_page_of(klien),
        done=f"Klien kini di {ke.label.lower()}.",
        do=lambda: services.stages.move(klien=klien, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@requires("tahap.pindah")
@takes_form
def take_back(request, pk):
    """Take back the last move, which was a mistake."""
    klien, form, day = opened(request, pk), ReasonForm(sent(request)), today(request.user)
    words = Words(
        "Batalkan perpindahan tahap", "Batalkan perpindahan", _page_of(klien), bahaya=True,
        akibat="Klien kembali ke tahap sebelum perpindahan terakhir.",
        tetap="Perpindahan yang keliru tetap terbaca dalam riwayat, bersama alasan Anda.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=_trail(klien), to=_page_of(klien), done="Perpindahan dibatalkan.",
        do=lambda: services.stages.take_back(klien=klien, by=request.user, hari=day, **form.cleaned_data),
    )  # fmt: skip


@requires("klien.tambah")
@takes_form
def prison_stage(request, pk):
    klien = opened(request, pk)
    form = PrisonStageForm(sent(request), hari_ini=today(request.user))
    words = Words(
        "Catat tahap di lapas", "Simpan tahap", _page_of(klien),
        akibat="Salin dari berkas UPT asal. Tahap di lapas tidak diputuskan di sini.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=_trail(klien), to=_page_of(klien), done="Tahap di lapas tersimpan.",
        do=lambda: services.stages.note_prison_stage(tahap=form.instance, klien=klien, by=request.user),
    )  # fmt: skip


@requires("klien.tambah")
@takes_form
def strike(request, pk, row):
    klien, form = opened(request, pk), ReasonForm(sent(request))
    stage = get_object_or_404(TahapLapas.objects.visible_to(request.user), pk=row, klien=klien)
    words = Words(
        f"Coret {stage.get_tahap_display().lower()}", "Coret catatan", _page_of(klien), bahaya=True,
        akibat="Catatan ini tidak lagi dihitung.", tetap="Isinya tetap terbaca dengan garis coret dan alasan Anda.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=_trail(klien), to=_page_of(klien), done="Catatan dicoret.",
        do=lambda: services.stages.strike_prison_stage(tahap=stage, **form.cleaned_data),
    )  # fmt: skip


def _page_of(klien) -> str:
    return reverse("perjalanan:stages", args=[klien.pk])


def _trail(klien):
    return trail(klien, ("Tahap bimbingan", _page_of(klien)))
