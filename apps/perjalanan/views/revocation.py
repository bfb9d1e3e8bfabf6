"""The case file of a revocation."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.acuan.calendar import working_days
from apps.acuan.models import DasarPencabutan
from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.pages import page, sent, takes_form
from apps.dasar.wording import tanggal
from apps.klien.models import JadwalLapor
from apps.klien.views.shared import opened
from apps.perjalanan import services
from apps.perjalanan.forms import RevocationForm, StepForm
from apps.perjalanan.models import Langkah, PeristiwaAkhir, UsulPencabutan
from apps.perjalanan.services.revocation import NEXT, PREPARED, WORKING_DAYS, absences
from apps.perjalanan.views.shared import Words, act, row_of, trail, ways_of, what_runs
from apps.wilayah.days import today

STEP_TITLES = {
    Langkah.BAP: "Catat berita acara",
    Langkah.PERIKSA: "Catat pemeriksaan",
    Langkah.TPP: "Catat sidang TPP",
    Langkah.TANGGUH: "Tangguhkan bimbingan",
    Langkah.TERUS: "Teruskan ke Menteri",
    Langkah.CABUT: "Catat pencabutan",
    Langkah.TOLAK: "Catat tidak dicabut",
    Langkah.HENTI: "Hentikan usul",
}
MEANING = {
    Langkah.TANGGUH: "Bimbingan ditangguhkan sambil menunggu putusan Menteri. Klien tetap terdaftar aktif.",
    Langkah.TERUS: "Usul dan lampirannya diteruskan. Menteri yang memutuskan.",
    Langkah.CABUT: "Registrasi berakhir sebagai dicabut, menurut keputusan Menteri yang Anda catat.",
    Langkah.TOLAK: "Klien tetap aktif, menurut keputusan Menteri yang Anda catat.",
    Langkah.HENTI: "Usul tidak dilanjutkan. Klien tetap aktif.",
}


@requires("klien.usulkan")
@takes_form
def create(request, pk):
    """A new case. Ground and words are filled in when the log holds three absences in a row."""
    klien = opened(request, pk)
    running = UsulPencabutan.objects.visible_to(request.user).open().filter(klien=klien).first()
    if running and request.method != "POST":
        return redirect("perjalanan:revocation", pk=running.pk)
    missed, day = absences(klien), today(request.user)
    form = RevocationForm(sent(request), initial=_suggestion(missed))
    words = Words(
        "Usul pencabutan", "Ajukan usul", reverse("perjalanan:ways", args=[klien.pk]),
        akibat="Usul membuka berkas pencabutan. Tidak ada yang terjadi dengan sendirinya: Kepala Bapas memutuskan.",
        tetap="Klien tetap aktif dan tetap dibimbing selama usul berjalan.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), done="Usul pencabutan tersimpan.",
        periksa=[("Tidak hadir berturut-turut", ", ".join(map(tanggal, missed)) or "tidak ada")],
        to=lambda usul: reverse("perjalanan:revocation", args=[usul.pk]),
        do=lambda: services.revocation.raise_case(klien=klien, usul=form.instance, by=request.user, hari=day),
    )  # fmt: skip


@requires("klien.perjalanan")
@require_safe
def detail(request, pk):
    usul, klien = row_of(request, UsulPencabutan.objects.for_list(), pk)
    following = [(step.value, STEP_TITLES[step]) for step in Langkah if step in NEXT[Langkah(usul.status)]]
    context = {
        "usul": usul,
        "klien": klien,
        "jalur": trail(klien, ways_of(klien)),
        "langkah": usul.langkah.filter(bapas=usul.bapas_id).select_related("oleh"),
        "hari_ke": working_days(usul.tanggal, today(request.user)),
        "batas_hari": WORKING_DAYS,
        "siapkan": [act for act in following if act[0] in PREPARED] if may(request.user, "klien.usulkan") else [],
        "putuskan": [act for act in following if act[0] not in PREPARED] if may(request.user, "klien.akhiri") else [],
    }
    return page(request, "perjalanan/pencabutan.html", context)


@requires("klien.usulkan")
@takes_form
def prepare(request, pk, langkah):
    return _step(request, pk, langkah, services.revocation.prepare, PREPARED)


@requires("klien.akhiri")
@takes_form
def decide(request, pk, langkah):
    return _step(request, pk, langkah, services.revocation.decide, set(STEP_TITLES) - PREPARED)


def _step(request, pk, langkah, do, allowed):
    if langkah not in allowed:
        raise Http404("No such step.")
    usul, klien = row_of(request, UsulPencabutan.objects.select_related("dasar"), pk)
    form = StepForm(sent(request), langkah=langkah, hari_ini=today(request.user))
    here = reverse("perjalanan:revocation", args=[usul.pk])
    words = Words(
        Langkah(langkah).label, STEP_TITLES[langkah], here, akibat=MEANING.get(langkah, ""),
        bahaya=langkah in (Langkah.CABUT, Langkah.TANGGUH),
    )  # fmt: skip
    runs = what_runs(klien, PeristiwaAkhir.Jenis.DICABUT) if langkah == Langkah.CABUT else {}
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien), ("Usul pencabutan", here)), **runs,
        to=here, done="Langkah tersimpan.", do=lambda: do(usul=usul, langkah=form.instance, by=request.user),
    )  # fmt: skip


def _suggestion(missed: list) -> dict:
    """Ground and words when the absences in the log are the ground; otherwise empty, and the PK chooses."""
    if len(missed) < JadwalLapor.ABSENCES_THAT_COUNT:
        return {}
    ground = DasarPencabutan.objects.filter(aktif=True, karena_absen=True).first()
    words = f"Klien tidak hadir wajib lapor pada {', '.join(map(tanggal, missed))}."
    return {"dasar": ground, "uraian": words[:500]}
