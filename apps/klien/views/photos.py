"""The photo of a guidance record: sent after the text, shown to users who may read the record."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.dasar.errors import NotKept, Refused
from apps.dasar.pages import form_status, page, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import services
from apps.klien.forms.photos import PhotoForm
from apps.klien.models import CatatanBimbingan, FotoBimbingan, Klien
from apps.klien.models.scans import passed_scan
from apps.klien.views.devices import HEADER, answers_queues, from_queue, refused
from apps.klien.views.shared import crumbs, opened

TOO_EARLY = 425
"""Status that tells a queue that the text has not arrived yet: it sends the photo again later."""


@answers_queues
@requires("bimbingan.catat")
@takes_form
def add(request, kunci):
    """Upload a photo for the user's own record, addressed by the key that the device made for the text."""
    own = CatatanBimbingan.objects.for_timeline(request.user).filter(pk_pencatat=request.user)
    catatan = own.filter(kunci=kunci).first()
    if catatan is None:
        return _no_record(request)
    klien = opened(request, catatan.klien_id)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    try:
        services.refuse_child(klien)
        if form.is_bound and form.is_valid():
            photo = form.cleaned_data["foto"]
            _, fresh = services.keep_photo(catatan=catatan, klien=klien, photo=photo, by=request.user)
            return _kept(request, catatan, fresh=fresh)
    except NotKept as full:
        return _later(request, form, klien, catatan, full)
    except Refused as refusal:
        return _not_for(request, form, klien, refusal)
    if from_queue(request):
        return refused(form, 422)
    return _form_page(request, form, klien, catatan, form_status(form))


@requires("bimbingan.baca")
@require_safe
def show(request, pk):
    """The picture itself, for users who may read the record; each view is written into the trail."""
    catatan = get_object_or_404(CatatanBimbingan.objects.readable_by(request.user), pk=pk, dibatalkan=False)
    photo = get_object_or_404(FotoBimbingan.objects.filter(passed_scan()), bapas=catatan.bapas_id, catatan=catatan)
    record_access(
        request, Akses.Verba.LIHAT, "klien", bapas_id=catatan.bapas_id, objek_id=catatan.klien_id, rincian=f"foto {pk}"
    )
    with default_storage.open(photo.berkas) as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="foto-{pk}.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@requires("bimbingan.koreksi")
@require_POST
def remove(request, pk):
    """Delete a photo that the user uploaded."""
    own = FotoBimbingan.objects.visible_to(request.user).filter(diunggah_oleh=request.user)
    services.remove_photo(photo=get_object_or_404(own, catatan=pk))
    messages.success(request, "Foto dihapus.")
    return redirect("klien:guidance", pk=pk)


def _no_record(request):
    if from_queue(request):
        return JsonResponse({"detail": "Catatannya belum diterima."}, status=TOO_EARLY)
    raise Http404


def _kept(request, catatan, *, fresh: bool):
    url = reverse("klien:guidance", args=[catatan.pk])
    if from_queue(request):
        return JsonResponse({"kunci": request.headers[HEADER], "url": url}, status=201 if fresh else 200)
    messages.success(request, "Foto tersimpan." if fresh else "Catatan ini sudah berfoto. Hapus dulu untuk mengganti.")
    return redirect(url)


def _form_page(request, form, klien: Klien, catatan, status: int):
    context = {"form": form, "klien": klien, "catatan": catatan, "jalur": crumbs(klien)}
    return page(request, "klien/bimbingan_foto.html", context, status=status)


def _later(request, form, klien: Klien, catatan, full: NotKept):
    """A queue keeps the photo and sends it again; a person reads why it has to be chosen again later."""
    form.add_error(None, str(full))
    if from_queue(request):
        return refused(form, 507)
    return _form_page(request, form, klien, catatan, 409)


def _not_for(request, form, klien: Klien, refusal: Refused):
    if from_queue(request):
        form.add_error(None, str(refusal))
        return refused(form, 409)
    back = reverse("klien:detail", args=[klien.pk])
    return page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
