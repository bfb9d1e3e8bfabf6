"""Setting the schedule of one client, or of many at once, and taking it back."""

import uuid
from collections import Counter
from itertools import groupby

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.akun.access import requires
from apps.klien.caseload import Caseload
from apps.klien.models import CaraBertemu, JadwalLapor, Klien
from apps.klien.views.shared import came_from, crumbs, opened, sent, way_back
from apps.wajib_lapor import services
from apps.wajib_lapor.days import Calendar, spread
from apps.wajib_lapor.forms import BulkForm, ScheduleForm
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wilayah.errors import Refused
from pemasyarakatan.pages import page

HISTORY = 20


@requires("jadwal.atur")
@require_http_methods(["GET", "HEAD", "POST"])
def client(request, pk):
    """How often and when next, with a reason; a stale form shows what is stored now."""
    klien = opened(request, pk)
    jadwal = get_object_or_404(JadwalLapor.objects.visible_to(request.user), klien=klien)
    form, refusal = ScheduleForm(sent(request), instance=jadwal, user=request.user), None
    if form.is_bound and form.is_valid():
        try:
            services.reschedule(jadwal=jadwal, by=request.user, **form.facts())
        except services.Changed as change:
            refusal, form = change, _against(request, change.current)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, "Jadwal tersimpan.")
            return redirect(way_back(request, reverse("klien:detail", args=[pk])))
    changes = PerubahanJadwal.objects.visible_to(request.user).filter(klien=klien).select_related("oleh")
    context = {
        "form": form,
        "refusal": refusal,
        "klien": klien,
        "jadwal": jadwal,
        "perubahan": changes.order_by("-pada")[:HISTORY],
        "jalur": crumbs(klien),
        "dari": came_from(request),
    }
    return page(request, "wajib_lapor/client.html", context, status=_status(form, refusal))


@requires("jadwal.atur")
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request):
    """Choose a day for many clients → check who comes when → save all of it or nothing."""
    chosen = _chosen(request)
    step = request.POST.get("langkah", "")
    form = BulkForm(sent(request) if step else None, user=request.user)
    context = {"klien": chosen, "most": services.MOST, "form": form, "jalur": [("Beranda", "/"), ("Klien", "/klien/")]}
    if len(chosen) > services.MOST or not chosen:
        return page(request, "wajib_lapor/bulk_none.html", context, status=422 if chosen else 200)
    if not form.is_bound or not form.is_valid():
        return page(request, "wajib_lapor/bulk.html", context, status=422 if form.is_bound else 200)
    if step == "ubah":
        return page(request, "wajib_lapor/bulk.html", context)
    days = _days(form, chosen)
    if step != "simpan":
        return page(request, "wajib_lapor/bulk_check.html", context | _check(request, chosen, days))
    try:
        services.schedule_many(
            seen=_seen(request), days=days, plan=form.plan, alasan=form.cleaned_data["alasan"], kunci=_key(request),
            by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        context |= _check(request, chosen, days) | {"refusal": refusal}
        return page(request, "wajib_lapor/bulk_check.html", context, status=409)
    messages.success(request, f"{len(days)} klien dijadwalkan.")
    first = min(days.values())
    return redirect(reverse("wajib_lapor:agenda", query={"minggu": f"{first:%G-W%V}"}))


@requires("jadwal.atur")
@require_POST
def undo(request, kunci):
    """Take back one's own act of the last minutes."""
    acts = PerubahanJadwal.objects.visible_to(request.user).filter(kunci=kunci, oleh=request.user)
    if not acts.exists():
        raise Http404
    back = way_back(request, reverse("wajib_lapor:agenda"))
    try:
        restored, kept = services.undo(kunci=kunci, by=request.user)
    except Refused as refusal:
        return page(request, "409.html", {"refusal": refusal, "url_kembali": back}, status=409)
    remark = f" {kept} klien tetap, karena jadwalnya sudah berubah lagi." if kept else ""
    messages.success(request, f"Jadwal {restored} klien dikembalikan.{remark}")
    return redirect(back)


def _against(request, current: JadwalLapor) -> ScheduleForm:
    """What was typed, beside what is stored now; saving again means: I have seen it."""
    typed = request.POST.copy()
    typed["versi"] = current.versi
    form = ScheduleForm(typed, instance=current, user=request.user)
    form.is_valid()
    return form


def _chosen(request) -> list[Klien]:
    """The ticked clients, or all of a filtered list (`?semua=1&…`): active ones of the own office, most urgent first.

    One more than allowed at most."""
    rows = Klien.objects.visible_to(request.user).active().select_related("jadwal")
    if request.method != "POST" and "semua" in request.GET:
        rows = rows.filter(pk__in=Caseload(request.user, request.GET).found().values("pk"))
    else:
        source = request.POST if request.method == "POST" else request.GET
        rows = rows.filter(pk__in={int(pk) for pk in source.getlist("klien") if pk.isdecimal() and len(pk) < 16})
    return list(rows.order_by(F("jadwal__berikutnya").asc(nulls_first=True), "nama", "pk")[: services.MOST + 1])


def _days(form: BulkForm, chosen: list[Klien]) -> dict:
    """Client id → day."""
    data = form.cleaned_data
    days = spread(data["tanggal"], len(chosen), data["sebar"], keep_first=data["tetap"])
    return dict(zip((klien.pk for klien in chosen), days, strict=True))


def _check(request, chosen, days) -> dict:
    """What the page of answers shows: the days with their clients and with those who are expected anyway."""
    span = (min(days.values()), max(days.values()))
    others = JadwalLapor.objects.visible_to(request.user).filter(berikutnya__range=span, klien__status="aktif")
    expected = Counter(others.exclude(klien__in=days).values_list("berikutnya", flat=True))
    calendar = Calendar.around(span[0], (span[1] - span[0]).days)
    return {
        "hari": [
            {
                "tanggal": day,
                "klien": list(group),
                "lain": expected[day],
                "tutup": calendar.closed_because(day),
            }
            for day, group in groupby(chosen, key=lambda klien: days[klien.pk])
        ],
        "cara": dict(CaraBertemu.choices).get(request.POST.get("cara", ""), ""),
        "kunci": uuid.uuid4(),
    }


def _seen(request) -> dict[int, int]:
    """Client id → version of its schedule on the page of answers."""
    pairs = (value.partition("-") for value in request.POST.getlist("terlihat"))
    return {int(pk): int(version) for pk, _, version in pairs if pk.isdecimal() and version.isdecimal()}


def _key(request) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid.uuid4()


def _status(form, refusal) -> int:
    if refusal:
        return 409
    return 422 if form.is_bound else 200
