"""Attendance without signal: the empty page that a phone keeps, and the lists that it downloads beforehand."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import public, requires
from apps.dasar.pages import page
from apps.dasar.wording import hari_tanggal
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.kegiatan.field_lists import lists_for
from apps.kegiatan.forms import AttendanceForm
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.views.offline import room_left


@public("Daftar hadir kosong yang disimpan di HP, tanpa data klien.")
@require_safe
def attendance_offline(request):
    """The page of the list with one empty row; the phone fills it from its downloaded lists."""
    blank = AttendanceForm(daftar=[Kehadiran(pk=0)])
    return page(request, "kegiatan/hadir_luring.html", {"hadir": blank, "luring": True})


@requires("kegiatan.buat")
@require_POST
def field_mode(request):
    """{"daftar": [{id, judul, waktu, hari, buka, url, jumlah, orang: [{id, kode, panggilan, status}]}]}.

    `buka` is the moment (ISO 8601) from which attendance may be recorded; `jumlah` counts also those left out. Clients
    whom the user chose come first: `terpakai` is their number.
    """
    lists = lists_for(request.user, room_left(request))
    for kegiatan, people, _ in lists:
        note = f"Mode lapangan: {len(people)} nama panggilan di HP"
        record_access(
            request, Akses.Verba.UNDUH, "kegiatan", bapas_id=kegiatan.bapas_id, objek_id=kegiatan.pk, rincian=note
        )
    return JsonResponse({"daftar": [_as_json(*one) for one in lists]}, headers={"Cache-Control": "no-store"})


def _as_json(kegiatan: Kegiatan, people: list[Kehadiran], total: int) -> dict:
    opens = dt.datetime.combine(kegiatan.hari, dt.time.min, ZoneInfo(kegiatan.bapas.zona_waktu))
    return {
        "id": kegiatan.pk,
        "judul": kegiatan.judul,
        "waktu": f"{hari_tanggal(kegiatan.hari)}, {kegiatan.jam}",
        "hari": hari_tanggal(kegiatan.hari),
        "buka": opens.isoformat(),
        "url": reverse("kegiatan:attendance", args=[kegiatan.pk]),
        "jumlah": total,
        "orang": [_person(row) for row in people],
    }


def _person(row: Kehadiran) -> dict:
    """Never more than a short name. A partner gets the call name, and only if the client has agreed."""
    first = getattr(row, "nama", "").split()[:1]
    known = row.status if row.status != Kehadiran.Status.BELUM else ""
    return {"id": row.pk, "kode": row.kode, "panggilan": row.panggilan or "".join(first), "status": known}
