"""Pages that show one record of the log and correct it. Nothing is overwritten."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.klien import services
from apps.klien.forms.guidance import CorrectionForm, WithdrawalForm
from apps.klien.models import CatatanBimbingan, FotoBimbingan, JadwalLapor, Kendala, Klien
from apps.klien.views.shared import crumbs, note_opening, way_back


@requires("klien.lihat")
@require_safe
def detail(request, pk):
    """One record with its predecessor and its correction."""
    records = CatatanBimbingan.objects.for_timeline(request.user)
    catatan = get_object_or_404(records, pk=pk)
    own = catatan.pk_pencatat_id == request.user.pk and may(request.user, "bimbingan.koreksi")
    context = {
        **_about(request, catatan),
        "pengganti": records.filter(koreksi_dari=catatan).first(),
        "kendala": _obstacles(catatan),
        "foto": catatan.terbaca and FotoBimbingan.objects.filter(bapas=catatan.bapas_id, catatan=catatan).first(),
        "boleh_perbaiki": own and catatan.diganti_oleh is None,
    }
    return page(request, "klien/bimbingan.html", context)


@requires("bimbingan.koreksi")
@takes_form
def correct(request, pk):
    original, jadwal = _own_record(request, pk)
    form = CorrectionForm(sent(request), user=request.user, klien=jadwal.klien, initial=_as_typed(original))

    def save():
        services.correct(original=original, catatan=form.record(), jadwal=jadwal, by=request.user)
        messages.success(request, "Perbaikan tersimpan. Catatan lama tetap dapat dibaca.")

    return _answer(request, "klien/bimbingan_ubah.html", form, original, save)


@requires("bimbingan.koreksi")
@takes_form
def withdraw(request, pk):
    original, jadwal = _own_record(request, pk)
    form = WithdrawalForm(sent(request))

    def save():
        alasan = form.cleaned_data["alasan"]
        services.withdraw(original=original, jadwal=jadwal, by=request.user, alasan=alasan)
        messages.success(request, "Catatan dibatalkan. Isinya tetap tersimpan.")

    return _answer(request, "klien/bimbingan_batal.html", form, original, save)


@requires("bimbingan.koreksi")
@require_POST
def undo(request, pk):
    original, jadwal = _own_record(request, pk)
    try:
        services.undo(original=original, jadwal=jadwal, by=request.user)
    except Refused as refusal:
        back = reverse("klien:guidance", args=[pk])
        return page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
    messages.success(request, "Bimbingan diurungkan.")
    return redirect(way_back(request, reverse("klien:detail", args=[original.klien_id])))


def _answer(request, template, form, original, save):
    """The form, with its errors or the refusal; after `save` the client's page."""
    penolakan = None
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refusal:
            penolakan = refusal
        else:
            return redirect("klien:detail", pk=original.klien_id)
    context = {**_about(request, original), "form": form, "penolakan": penolakan}
    return page(request, template, context, status=form_status(form, penolakan))


def _about(request, catatan) -> dict:
    """Context with record and client; opening the page is written into the trail."""
    klien = get_object_or_404(Klien.objects.visible_to(request.user).for_strip(), pk=catatan.klien_id)
    note_opening(request, klien, rincian=f"bimbingan {catatan.pk}")
    return {"catatan": catatan, "klien": klien, "jalur": crumbs(klien)}


def _obstacles(catatan) -> list[str]:
    rows = Kendala.objects.filter(bapas=catatan.bapas_id, catatan=catatan).select_related("jenis")
    return [str(row.jenis) for row in rows.order_by("jenis__urutan", "pk")]


def _own_record(request, pk):
    """A record that the user wrote, and the locked schedule of its client."""
    rows = CatatanBimbingan.objects.for_timeline(request.user).filter(pk_pencatat=request.user)
    catatan = get_object_or_404(rows, pk=pk)
    schedules = JadwalLapor.objects.visible_to(request.user).for_record()
    jadwal = schedules.filter(klien=catatan.klien_id).first()
    if jadwal is None:
        raise Http404
    return catatan, jadwal


def _as_typed(catatan) -> dict:
    """The stored record as values of the form."""
    values = {name: getattr(catatan, name) for name in CorrectionForm.Meta.fields}
    return {**values, "hadir": "ya" if catatan.hadir else "tidak", "alasan_koreksi": ""}
