"""Ends of a registration: the PK's proposal, the head's decision, and the reversal."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.pages import page, sent, takes_form
from apps.dasar.wording import tanggal
from apps.klien import rooms
from apps.klien.models import JadwalLapor, Kebutuhan, Klien
from apps.klien.views.shared import opened
from apps.perjalanan import services
from apps.perjalanan.forms import END_FORMS, ConfirmForm, LetterNumberForm, ReasonForm
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir, TindakLanjut, UsulPencabutan
from apps.perjalanan.views.shared import Words, act, row_of, trail, ways_of, what_runs
from apps.wilayah.days import today

Jenis = PeristiwaAkhir.Jenis
TITLES = {
    Jenis.SELESAI: ("Siapkan pengakhiran", "Ajukan pengakhiran"),
    Jenis.MENINGGAL: ("Catat klien meninggal dunia", "Ajukan ke Kepala Bapas"),
    Jenis.MELARIKAN_DIRI: ("Catat klien melarikan diri", "Ajukan ke Kepala Bapas"),
}
BUTTONS = {Jenis.SELESAI: "Akhiri bimbingan", Jenis.MENINGGAL: "Catat meninggal"}


@requires("klien.perjalanan")
@require_safe
def ways(request, pk):
    """All ends, revocations, handovers and follow-ups of one registration, past and possible."""
    klien, user = opened(request, pk), request.user
    own, active = {"klien": klien}, klien.status == Klien.Status.AKTIF
    found = list(PeristiwaAkhir.objects.visible_to(user).filter(**own).for_list().order_by("-pk"))
    followups = TindakLanjut.objects.visible_to(user).filter(**own, batal=False).order_by("bulan")
    context = {
        "klien": klien,
        "jalur": trail(klien),
        "habis": services.ends.last_day(klien),
        "belum": rooms.unfinished(klien) if active else [],
        "hari_ini": today(user),
        "akhir": found,
        "menunggu": next((akhir for akhir in found if akhir.menunggu), None),
        "usul": UsulPencabutan.objects.visible_to(user).filter(**own).for_list().order_by("-pk"),
        "pelimpahan": Pelimpahan.objects.visible_to(user).filter(**own).for_list().order_by("-pk"),
        "tindak_lanjut": followups if any(akhir.diputus_oleh_id for akhir in found) else [],  # only after a decision
        "boleh_usul": may(user, "klien.usulkan"),
        "boleh_limpah": may(user, "klien.limpahkan"),
    }
    return page(request, "perjalanan/jalan.html", context)


@requires("klien.usulkan")
@takes_form
def propose(request, pk, jenis):
    if jenis not in END_FORMS:
        raise Http404("No such end.")
    klien = opened(request, pk)
    last = services.ends.last_day(klien)
    form = END_FORMS[jenis](sent(request), hari_ini=today(request.user), last_day=last)
    form.instance.jenis = jenis
    title, button = TITLES[jenis]
    words = Words(
        title, button, _ways(klien), akibat="Kepala Bapas memutuskan. Sebelum diputus, klien tetap aktif.",
        tetap="Berkas, catatan, dan kebutuhan klien tetap tersimpan.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), periksa=checklist(klien, last),
        **what_runs(klien, jenis), to=_ways(klien), done="Usul dikirim ke Kepala Bapas.",
        do=lambda: services.ends.propose(klien=klien, akhir=form.instance, by=request.user),
    )  # fmt: skip


@requires("klien.perjalanan")
@require_safe
def detail(request, pk):
    akhir, klien = row_of(request, PeristiwaAkhir.objects.for_list(), pk)
    context = {
        "akhir": akhir,
        "klien": klien,
        "jalur": trail(klien, ways_of(klien)),
        "periksa": checklist(klien, services.ends.last_day(klien)) if akhir.menunggu else [],
        "boleh_putus": may(request.user, "klien.akhiri"),
        "hari_ini": today(request.user),
        "milik_sendiri": akhir.diusulkan_oleh_id == request.user.pk,
        "dapat_dibuka": services.ends.may_reverse(akhir),
        **(what_runs(klien, akhir.jenis) if akhir.menunggu else {}),
    }
    return page(request, "perjalanan/akhir.html", context)


@requires("klien.akhiri")
@takes_form
def approve(request, pk):
    """Approval by the head; the end of a term gets a letter with a number."""
    akhir, klien = row_of(request, PeristiwaAkhir.objects, pk)
    ends_term = akhir.jenis == Jenis.SELESAI
    form = (LetterNumberForm if ends_term else ConfirmForm)(sent(request))
    words = Words(
        f"Setujui {akhir.get_jenis_display().lower()}", _button(akhir), _page_of(akhir), bahaya=not ends_term,
        akibat=f"Bimbingan berakhir {tanggal(akhir.tanggal)}. Jadwal lapor dikosongkan.",
        tetap="Berkas tetap tersimpan. Putusan yang keliru dapat dibuka kembali dengan alasan.",
    )  # fmt: skip
    day = today(request.user)
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), to=_page_of(akhir),
        **what_runs(klien, akhir.jenis), done="Putusan tersimpan.",
        do=lambda: services.ends.approve(akhir=akhir, by=request.user, hari=day, **form.cleaned_data),
    )  # fmt: skip


@requires("klien.akhiri")
@takes_form
def reject(request, pk):
    akhir, klien = row_of(request, PeristiwaAkhir.objects, pk)
    form = ReasonForm(sent(request))
    words = Words(
        f"Tolak usul {akhir.get_jenis_display().lower()}", "Tolak usul", _page_of(akhir), bahaya=True,
        akibat="Usul kembali kepada pengusul bersama alasan Anda.", tetap="Klien tetap aktif.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), to=_page_of(akhir), done="Usul ditolak.",
        do=lambda: services.ends.reject(akhir=akhir, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@requires("klien.usulkan")
@takes_form
def withdraw(request, pk):
    akhir, klien = row_of(request, PeristiwaAkhir.objects, pk)
    form = ConfirmForm(sent(request))
    words = Words(
        f"Tarik usul {akhir.get_jenis_display().lower()}", "Tarik usul", _page_of(akhir), bahaya=True,
        akibat="Kepala Bapas tidak lagi diminta memutuskan.", tetap="Usul ini tetap terbaca dalam riwayat.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), to=_ways(klien), done="Usul ditarik.",
        do=lambda: services.ends.withdraw(akhir=akhir, by=request.user),
    )  # fmt: skip


@requires("klien.akhiri")
@takes_form
def reverse_end(request, pk):
    """Reversal of a wrong end, or the return of a client who ran away."""
    akhir, klien = row_of(request, PeristiwaAkhir.objects, pk)
    form = ReasonForm(sent(request))
    words = Words(
        "Buka kembali registrasi", "Buka kembali", _page_of(akhir), bahaya=True,
        akibat="Klien menjadi aktif lagi dan wajib lapor dihitung dari catatan bimbingan. "
        "Yang ikut berhenti, misalnya kerja sosial, dilanjutkan oleh PK.",
        tetap="Putusan yang dibatalkan tetap terbaca dalam riwayat, bersama alasan Anda.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), to=_page_of(akhir),
        done="Registrasi dibuka kembali.",
        do=lambda: services.ends.reverse(akhir=akhir, by=request.user, **form.cleaned_data),
    )  # fmt: skip


def checklist(klien: Klien, last) -> list[tuple[str, str]]:
    """(label, value) of facts to look at before an end."""
    schedule = JadwalLapor.objects.get(bapas=klien.bapas_id, klien=klien)
    status = Kebutuhan.Status
    open_needs = Kebutuhan.objects.filter(
        bapas=klien.bapas_id, klien=klien, status__in=[status.TERBUKA, status.DIRUJUK, status.DILAYANI]
    )
    names = ", ".join(dict.fromkeys(need.kategori.nama for need in open_needs.select_related("kategori")))
    return [
        ("Habis masa bimbingan", tanggal(last)),
        ("Bimbingan hadir terakhir", tanggal(schedule.terakhir)),
        ("Tidak hadir berturut-turut", f"{schedule.absen_beruntun} kali" if schedule.absen_beruntun else "tidak ada"),
        ("Kebutuhan yang masih terbuka", names or "tidak ada"),
    ]


def _button(akhir: PeristiwaAkhir) -> str:
    return BUTTONS.get(Jenis(akhir.jenis), "Setujui usul")


def _ways(klien: Klien) -> str:
    return reverse("perjalanan:ways", args=[klien.pk])


def _page_of(akhir: PeristiwaAkhir) -> str:
    return reverse("perjalanan:end", args=[akhir.pk])
