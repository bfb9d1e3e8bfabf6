"""The papers of one client: list, upload, download, strike, and the two that the portal prints itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.berkas import letters, services
from apps.berkas.forms import StrikeForm, UploadForm
from apps.berkas.models import Dokumen
from apps.dasar.errors import Refused
from apps.dasar.letters import pdf_response
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.klien.views.shared import crumbs, note_print, opened

SUFFIX = {Dokumen.Isi.PDF: "pdf", Dokumen.Isi.JPEG: "jpg", Dokumen.Isi.PNG: "png"}


@requires("klien.perkara")
@require_safe
def document_list(request, pk):
    klien = opened(request, pk)
    context = {
        "klien": klien,
        "dokumen": Dokumen.objects.for_list(request.user).filter(klien=klien),
        "boleh_unggah": may(request.user, "klien.tambah"),
        "jalur": crumbs(klien),
    }
    return page(request, "berkas/daftar.html", context)


@requires("klien.tambah")
@takes_form
def upload(request, pk):
    klien = opened(request, pk)
    form = UploadForm(sent(request), request.FILES or None, user=request.user, klien=klien)

    def save():
        stored = services.store_paper(**form.facts(), klien=klien, by=request.user)
        waits = "" if stored.boleh_dibuka else " Dapat diunduh setelah pemindai virus memeriksanya."
        messages.success(request, f"Dokumen tersimpan.{waits}")

    return _answer(request, "berkas/unggah.html", form, klien, save)


@requires("klien.perkara")
@require_safe
def download(request, pk, dokumen):
    """The file as an attachment, never shown inside the portal. Its name holds nothing personal."""
    klien = opened(request, pk)
    rows = Dokumen.objects.openable_by(request.user).select_related("jenis")
    found = get_object_or_404(rows, pk=dokumen, klien=klien)
    note_print(request, klien, f"dokumen {found.jenis.nama}, nomor {found.pk}")
    name = f"Dokumen-{klien.kode}-{found.pk}.{SUFFIX[Dokumen.Isi(found.isi)]}"
    with found.berkas.open() as stored:
        response = HttpResponse(stored.read(), content_type=found.isi)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


@requires("klien.tambah")
@takes_form
def strike(request, pk, dokumen):
    klien = opened(request, pk)
    rows = Dokumen.objects.for_list(request.user)
    found = get_object_or_404(rows, pk=dokumen, klien=klien, terbuka=True)
    form = StrikeForm(sent(request))

    def save():
        services.strike(dokumen=found, **form.cleaned_data, by=request.user)
        messages.success(request, "Dokumen dicoret. Berkasnya sudah dihapus.")

    return _answer(request, "berkas/coret.html", form, klien, save, dokumen=found)


@requires("klien.perkara")
@require_safe
def contract(request, pk):
    klien = opened(request, pk, letters.CLIENT)
    note_print(request, klien, "kontrak bimbingan")
    return pdf_response(letters.contract(klien, by=request.user), f"kontrak-bimbingan-{klien.kode}")


@requires("klien.perkara")
@require_safe
def card(request, pk):
    klien = opened(request, pk, letters.CLIENT)
    note_print(request, klien, "kartu bimbingan")
    return pdf_response(letters.card(klien, by=request.user), f"kartu-bimbingan-{klien.kode}")


def _answer(request, template, form, klien, save, **more):
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refused:
            refusal = refused
        else:
            return redirect("berkas:list", pk=klien.pk)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien), "penolakan": refusal, **more}
    return page(request, template, context, status=form_status(form, refusal))
