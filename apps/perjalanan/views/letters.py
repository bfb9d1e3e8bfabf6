"""Letters as PDF. Their content comes from rows, so a letter printed again says the same. Only the number, day and hour
of a summons are typed for the letter and not stored."""

from dataclasses import asdict

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.letters import letter, pdf_response
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.views.shared import opened
from apps.perjalanan.forms import SummonsForm
from apps.perjalanan.models import Langkah, Pelimpahan, PeristiwaAkhir, UsulPencabutan
from apps.perjalanan.services.revocation import absences
from apps.perjalanan.views.shared import FORM, Words, row_of, trail
from apps.wilayah.days import today


@requires("klien.perjalanan")
@require_safe
def end_letter(request, pk):
    """Surat pengakhiran."""
    akhir, klien = row_of(request, PeristiwaAkhir.objects.for_list(), pk)
    if not (akhir.berlaku and akhir.jenis == PeristiwaAkhir.Jenis.SELESAI):
        raise Http404("Only an end at the last day of the term has this letter.")
    context = {"akhir": akhir, "klien": klien, "masa": klien.masa.filter(bapas=klien.bapas_id).first()}
    return _download(request, "pengakhiran", "Surat pengakhiran bimbingan", klien.bapas, context, klien.pk)


@requires("klien.perjalanan")
@require_safe
def revocation_letter(request, pk):
    """Usul pencabutan with the steps taken so far."""
    usul, klien = row_of(request, UsulPencabutan.objects.for_list(), pk)
    steps = usul.langkah.filter(bapas=usul.bapas_id).exclude(langkah=Langkah.USUL)
    context = {"usul": usul, "klien": klien, "langkah": steps}
    return _download(request, "usul", "Usul pencabutan", klien.bapas, context, klien.pk)


@requires("klien.limpahkan")
@require_safe
def transfer_letter(request, pk):
    """Surat pelimpahan; only the sending office writes it."""
    rows = Pelimpahan.objects.visible_to(request.user).for_list()
    pelimpahan = get_object_or_404(rows, pk=pk, arah=Pelimpahan.Arah.KELUAR)
    context = {"pelimpahan": pelimpahan}
    return _download(request, "pelimpahan", "Surat pelimpahan klien", pelimpahan.bapas, context, pelimpahan.klien_id)


@requires("klien.usulkan")
@takes_form
def summons(request, pk):
    """Surat panggilan, first to third; the absences come from the log."""
    klien = opened(request, pk)
    missed = absences(klien)
    form = SummonsForm(
        sent(request), hari_ini=today(request.user), initial={"ke": min(max(len(missed), 1), 3), "jam": "09:00"}
    )
    words = Words(
        "Surat panggilan", "Unduh surat", reverse("klien:detail", args=[pk]),
        akibat="Surat memuat tanggal tidak hadir dari catatan bimbingan.",
    )  # fmt: skip
    context = {**asdict(words), "form": form, "klien": klien, "jalur": trail(klien)}
    if form.is_bound and form.is_valid():
        try:
            return _download(
                request, "panggilan", "Surat panggilan", klien.bapas,
                {"klien": klien, "absen": missed, **form.cleaned_data}, pk,
            )  # fmt: skip
        except Refused as refusal:
            return page(request, FORM, {**context, "penolakan": refusal}, status=409)
    return page(request, FORM, context, status=form_status(form))


def _download(request, name: str, title: str, bapas, context: dict, klien_id: int):
    """The letter `perjalanan/surat/<name>.html` as a PDF; the download is written into the trail."""
    pdf = letter(f"perjalanan/surat/{name}.html", context, bapas=bapas, title=title, by=request.user)
    record_access(request, Akses.Verba.UNDUH, "klien", bapas_id=bapas.pk, objek_id=klien_id, rincian=title)
    return pdf_response(pdf, title)
