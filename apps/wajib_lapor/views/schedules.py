"""Schedule of one client or of many at once, and its undo."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.compare import compare
from apps.jejak.versions import Changed
from apps.klien.models import JadwalLapor
from apps.klien.views.shared import CRUMBS, came_from, crumbs, opened, way_back
from apps.wajib_lapor import services, together
from apps.wajib_lapor.forms import BulkForm, ScheduleForm
from apps.wajib_lapor.models import PerubahanJadwal

HISTORY = 20


@requires("jadwal.atur")
@takes_form
def client(request, pk):
    """Frequency and next date, with a reason; a stale form leads to a comparison with the stored values."""
    klien = opened(request, pk)
    jadwal = get_object_or_404(JadwalLapor.objects.visible_to(request.user), klien=klien)
    form = ScheduleForm(sent(request), instance=jadwal, user=request.user)
    if not form.is_valid():
        return _client_page(request, klien, form)
    try:
        services.reschedule(jadwal=jadwal, by=request.user, **form.facts())
    except Changed as change:
        stored = ScheduleForm(instance=change.current, user=request.user)
        back = way_back(request, reverse("klien:detail", args=[pk]))
        return compare(request, (form, stored), klien=klien, back=back, jalur=crumbs(klien), dari=came_from(request))
    except Refused as refusal:
        return _client_page(request, klien, form, refusal)
    messages.success(request, "Jadwal tersimpan.")
    return redirect(way_back(request, reverse("klien:detail", args=[pk])))


@requires("jadwal.atur")
@takes_form
def bulk(request):
    """Choose a day for many clients → check the plan → save all of it or nothing."""
    clients = together.ticked(request.user, request.POST if request.method == "POST" else request.GET)
    if not clients or len(clients) > services.MOST_CLIENTS:
        context = {"klien": clients, "jalur": CRUMBS}
        return page(request, "wajib_lapor/bulk_none.html", context, status=422 if clients else 200)
    step = request.POST.get("langkah", "")
    form = BulkForm(request.POST if step else None, user=request.user)
    if not form.is_valid() or step == "ubah":
        context = {"klien": clients, "form": form, "jalur": CRUMBS}
        return page(request, "wajib_lapor/bulk.html", context, status=422 if form.errors else 200)
    days = together.days_for(clients, form)
    return _save_all(request, form, clients, days) if step == "simpan" else _answers(request, form, clients, days)


@requires("jadwal.atur")
@require_POST
def undo(request, kunci):
    """Undo the user's own act of the last minutes."""
    acts = PerubahanJadwal.objects.visible_to(request.user).filter(kunci=kunci, oleh=request.user)
    if not acts.exists():
        raise Http404
    back = way_back(request, reverse("wajib_lapor:agenda"))
    try:
        restored, kept = services.undo(kunci=kunci, by=request.user)
    except Refused as refusal:
        return page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
    remark = f" {kept} klien tetap, karena jadwalnya sudah berubah lagi." if kept else ""
    messages.success(request, f"Jadwal {restored} klien dikembalikan.{remark}")
    return redirect(back)


def _client_page(request, klien, form, refusal=None):
    changes = PerubahanJadwal.objects.visible_to(request.user).filter(klien=klien).select_related("oleh")
    context = {
        "form": form,
        "penolakan": refusal,
        "klien": klien,
        "perubahan": changes.order_by("-pada")[:HISTORY],
        "jalur": crumbs(klien),
        "dari": came_from(request),
    }
    return page(request, "wajib_lapor/client.html", context, status=form_status(form, refusal))


def _answers(request, form, clients, days, refusal=None):
    """The check page before saving."""
    context = {
        "form": form,
        "klien": clients,
        "hari": together.plan(request.user, clients, days),
        "cara": dict(form.fields["cara"].choices)[form.cleaned_data["cara"]],
        "kunci": uuid.uuid4(),
        "penolakan": refusal,
        "jalur": CRUMBS,
    }
    return page(request, "wajib_lapor/bulk_check.html", context, status=409 if refusal else 200)


def _save_all(request, form, clients, days):
    try:
        services.schedule_many(
            seen=together.versions_seen(request.POST), days=days, plan=form.plan,
            alasan=form.cleaned_data["alasan"], kunci=together.key_of(request.POST), by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        return _answers(request, form, clients, days, refusal)
    messages.success(request, f"{len(days)} klien dijadwalkan.")
    return redirect(reverse("wajib_lapor:agenda", query={"minggu": f"{min(days.values()):%G-W%V}"}))
