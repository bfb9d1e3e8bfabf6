"""Two files of one person are joined, and taken apart again within `REVERSIBLE` (`models/joins.py` says how)."""

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import held, lock, lock_all
from apps.dasar.violations import refusals
from apps.jejak.services import record_move
from apps.klien import rooms
from apps.klien.models import JadwalLapor, Kebutuhan, Klien
from apps.klien.models.joins import Penggabungan
from apps.klien.services.clients import update
from apps.klien.services.guidance import refresh
from apps.klien.services.needs import OPEN

REVERSIBLE = timedelta(days=30)
"""So long a join can be undone (own rule)."""
Status = Klien.Status

PARTS = {
    "nama": ("nama",), "alias": ("alias",), "panggilan": ("panggilan",), "nik": ("nik",), "alamat": ("alamat",),
    "telepon": ("telepon",), "lahir": ("lahir",), "jenis_kelamin": ("jenis_kelamin",), "agama": ("agama",),
    "tempat": ("kabkota_id", "kelurahan"), "pendidikan": ("pendidikan",),
    "kegiatan": ("kegiatan_utama", "pekerjaan", "bersekolah"), "id_sdp": ("id_sdp",),
}  # fmt: skip
"""What may be taken from the joined file → its columns."""


def obstacle(kept: Klien, joined: Klien) -> str:
    """Why `joined` cannot be joined to `kept`, or ""."""
    gone = {Status.DILIMPAHKAN, Status.DIGABUNG}
    if kept.pk == joined.pk:
        return "Pilih berkas lain: ini berkas yang sama."
    if kept.status in gone or joined.status in gone:
        return "Berkas yang sudah dilimpahkan atau digabung tidak dapat digabung lagi."
    if joined.status == Status.AKTIF != kept.status:
        return f"Berkas {joined.kode} masih aktif. Buka berkas itu, lalu gabungkan {kept.kode} ke sana."
    if not _overlap(kept, joined):
        return "Yang satu selesai sebelum yang lain mulai: ini pendaftaran berikutnya, bukan berkas ganda."
    if Klien.objects.filter(bapas=joined.bapas_id, digabung_ke=joined).exists():
        return f"Berkas lain sudah digabung ke {joined.kode}. Pakai {joined.kode} sebagai berkas yang diteruskan."
    waiting = [*rooms.unfinished(joined), *rooms.undecided(joined)]
    return f"{joined.kode}: {waiting[0].apa} {waiting[0].langkah}" if waiting else ""


def _overlap(one: Klien, other: Klien) -> bool:
    return all(
        first.berakhir is None or first.berakhir > second.diregistrasi for first, second in ((one, other), (other, one))
    )


@transaction.atomic
def join(*, kept: Klien, joined: Klien, ambil: Collection[str], alasan: str, versi: str, by) -> Penggabungan:
    """Join `joined` to `kept` with the parts `ambil` taken over; raise `Changed` when `kept` is no longer at `versi`.

    The same form sent again gives the first join.
    """
    files = {one.pk: one for one in lock_all(Klien.objects.visible_to(by).filter(pk__in=[kept.pk, joined.pk]))}
    kept, joined = files[kept.pk], files[joined.pk]
    if joined.digabung_ke_id == kept.pk:
        return Penggabungan.objects.standing().get(bapas=joined.bapas_id, digabung=joined)
    if sentence := obstacle(kept, joined):
        raise Refused(sentence)
    columns = [column for part in ambil for column in PARTS[part]]
    before = {column: getattr(kept, column) for column in columns}
    needs = lock_all(Kebutuhan.objects.filter(bapas=joined.bapas_id, klien=joined, status__in=OPEN))
    row = Penggabungan.objects.create(
        bapas_id=kept.bapas_id, klien=kept, digabung=joined, alasan=alasan, status_semula=joined.status,
        berakhir_semula=joined.berakhir, diambil=columns, isi_semula=json.dumps(before, cls=DjangoJSONEncoder),
        kebutuhan=[need.pk for need in needs], oleh=by,
    )  # fmt: skip
    _set(joined, status=Status.DIGABUNG, berakhir=joined.diregistrasi, digabung_ke=kept)
    record_move(joined, "klien", dari=row.status_semula, ke=Status.DIGABUNG, by=by, catatan=f"{kept.kode}. {alasan}")
    schedule = JadwalLapor.objects.filter(klien=joined, bapas=joined.bapas_id)
    schedule.update(berikutnya=None, versi=F("versi") + 1)
    Kebutuhan.objects.filter(bapas=kept.bapas_id, pk__in=row.kebutuhan).update(klien=kept)
    for column in columns:
        setattr(kept, column, getattr(joined, column))
    update(klien=kept, versi=versi, by=by)
    return row


@transaction.atomic
def separate(*, penggabungan: Penggabungan, alasan: str, by) -> Penggabungan:
    """Both files are as before. What somebody changed in the meantime in the file that went on stays."""
    row = lock(penggabungan)
    if row.dipisah_pada:
        return row
    if row.pada < timezone.now() - REVERSIBLE:
        raise Refused(f"Penggabungan hanya dapat dibatalkan dalam {REVERSIBLE.days} hari.")
    pair = [row.klien_id, row.digabung_id]
    files = {one.pk: one for one in lock_all(Klien.objects.visible_to(by).filter(pk__in=pair))}
    kept, joined = files[row.klien_id], files[row.digabung_id]
    _give_back(kept, joined, json.loads(str(row.isi_semula) or "{}"), by)
    _set(joined, status=row.status_semula, berakhir=row.berakhir_semula, digabung_ke=None)
    record_move(joined, "klien", dari=Status.DIGABUNG, ke=row.status_semula, by=by, catatan=alasan)
    Kebutuhan.objects.filter(bapas=kept.bapas_id, klien=kept, pk__in=row.kebutuhan).update(klien=joined)
    if joined.status == Status.AKTIF:
        refresh(held(JadwalLapor.objects.all()).get(klien=joined, bapas=joined.bapas_id))
    row.dipisah_pada, row.dipisah_oleh = timezone.now(), by
    row.save(update_fields=["dipisah_pada", "dipisah_oleh"])
    return row


def _give_back(kept: Klien, joined: Klien, before: dict, by) -> None:
    """Columns that still hold what was taken get their former value."""
    for column, value in before.items():
        if getattr(kept, column) == getattr(joined, column):
            field: Any = Klien._meta.get_field(column)
            setattr(kept, column, field.to_python(value))
    update(klien=kept, versi=kept.versi, by=by)


def _set(klien: Klien, **facts) -> None:
    for name, value in facts.items():
        setattr(klien, name, value)
    klien.versi += 1
    with refusals():
        klien.save(update_fields=[*facts, "versi"])
