"""One person with two files: the head compares them, joins them, and takes them apart again."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from apps.akun.access import requires
from apps.akun.forms import AlasanForm
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.klien import services
from apps.klien.forms.joins import JoinForm, OtherFileForm
from apps.klien.models import CatatanBimbingan, Kebutuhan, Klien
from apps.klien.models.joins import Penggabungan
from apps.klien.services.joins import REVERSIBLE, join, obstacle, separate
from apps.klien.services.needs import OPEN
from apps.klien.views.shared import crumbs, note_opening, opened


@requires("klien.gabung")
@takes_form
def join_files(request, pk):
    """Without `dengan` the choice of the other file, then the comparison."""
    kept = opened(request, pk, _rows())
    code = (request.POST.get("dengan") or request.GET.get("dengan", "")).strip().upper()
    joined = _rows().visible_to(request.user).filter(kode=code).first() if code else None
    if joined is None:
        return _choose(request, kept, code)
    note_opening(request, joined)
    form = JoinForm(sent(request), kept=kept, joined=joined)
    refusal = obstacle(kept, joined) if request.method == "GET" else ""
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("ambil", "alasan", "versi")}
        try:
            join(kept=kept, joined=joined, by=request.user, **facts)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Berkas {joined.kode} digabung ke {kept.kode}.")
            return redirect("klien:detail", pk=kept.pk)
    context = {
        "form": form, "klien": kept, "lain": joined, "penolakan": refusal, "jalur": crumbs(kept),
        "isi": _content(request.user, kept, joined), "hari": REVERSIBLE.days,
        "terbalik": joined.diregistrasi < kept.diregistrasi,
    }  # fmt: skip
    return page(request, "klien/gabung.html", context, status=409 if refusal else form_status(form))


def _rows():
    return Klien.objects.for_strip().select_related("kabkota")


def _choose(request, kept: Klien, code: str):
    form = OtherFileForm({"dengan": code} if code or request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.add_error("dengan", "Kode ini tidak ada di kantor Anda. Periksa kembali.")
    alike = services.lookalikes(bapas=kept.bapas_id, nama=kept.nama, lahir=kept.lahir, nik=str(kept.nik))
    context = {
        "form": form, "klien": kept, "mirip": [one for one in alike if one.pk != kept.pk], "jalur": crumbs(kept),
    }  # fmt: skip
    return page(request, "klien/gabung_pilih.html", context, status=form_status(form))


def _content(user, *files: Klien) -> list[tuple[Klien, int, int]]:
    """Each file with its contacts and its open needs."""
    return [
        (
            one,
            CatatanBimbingan.objects.visible_to(user).counted().filter(klien=one).count(),
            Kebutuhan.objects.visible_to(user).filter(klien=one, status__in=OPEN).count(),
        )
        for one in files
    ]


@requires("klien.gabung")
@takes_form
def separate_files(request, pk):
    """`pk` is either of the two files."""
    klien = opened(request, pk)
    rows = Penggabungan.objects.visible_to(request.user).standing().select_related("klien", "digabung")
    row = get_object_or_404(rows.filter(Q(digabung=klien) | Q(klien=klien)).order_by("-pk")[:1])
    form, refusal = AlasanForm(sent(request)), None
    if form.is_bound and form.is_valid():
        try:
            separate(penggabungan=row, alasan=form.cleaned_data["alasan"], by=request.user)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"Berkas {row.digabung.kode} dipisahkan kembali dari {row.klien.kode}.")
            return redirect("klien:detail", pk=row.digabung_id)
    back = reverse("klien:detail", args=[pk])
    context = {"form": form, "klien": klien, "baris": row, "penolakan": refusal, "jalur": crumbs(klien)}
    return page(request, "klien/pisah.html", {**context, "url_kembali": back}, status=form_status(form, refusal))
