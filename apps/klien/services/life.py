"""The life of a registration: it ends, it may be reopened, it may continue at another office.

`apps/perjalanan` holds the reasons and the decisions; this module keeps the file itself consistent.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from apps.dasar.locks import held
from apps.dasar.violations import refusals
from apps.jejak.moves import move
from apps.klien.models import JadwalLapor, Jeda, Klien, MasaBimbingan, Penjamin, Perkara
from apps.klien.services.clients import next_code
from apps.klien.services.guidance import refresh
from apps.klien.services.holding import hold
from apps.klien.services.records import GUARANTOR

Status = Klien.Status
ENDED = set(Status) - {Status.AKTIF}
NEXT = {Status.AKTIF: ENDED, **{status: {Status.AKTIF} for status in ENDED}}
"""Status of a registration → statuses that may follow."""

TAKEN_ALONG = (
    "orang_id", "jenis_register", "nama", "alias", "panggilan", "nik", "alamat", "telepon", "lahir", "jenis_kelamin",
    "agama", "kategori_usia", "kabkota_id", "kelurahan", "pendidikan", "kegiatan_utama", "pekerjaan", "bersekolah",
    "id_sdp",
)  # fmt: skip
"""Columns that move with a client. Consents do not: they were given for partners of the old office."""


@transaction.atomic
def end(*, klien: Klien, ke: str, on: date, by, catatan: str) -> Klien:
    """End the registration on the day `on`, and clear the next reporting date."""
    current = _move(klien, Status(ke), berakhir=on, by=by, catatan=catatan)
    schedule = JadwalLapor.objects.filter(klien=current, bapas=current.bapas_id)
    schedule.update(berikutnya=None, janji=None, janji_pada=None, versi=F("versi") + 1)
    return current


@transaction.atomic
def reopen(*, klien: Klien, on: date, by, catatan: str) -> Klien:
    """Reopen an ended registration and compute its schedule again from the log.

    A client who ran away came back on the day `on`: the days between become a gap. Any other end was a mistake.
    """
    away = hold(klien)
    current = _move(klien, Status.AKTIF, berakhir=None, by=by, catatan=catatan)
    if away.status == Status.MELARIKAN_DIRI and away.berakhir and away.berakhir < on:
        Jeda.objects.create(bapas_id=away.bapas_id, klien=away, mulai=away.berakhir, selesai=on)
    refresh(held(JadwalLapor.objects.all()).get(klien=current, bapas=current.bapas_id))
    return current


@transaction.atomic
def take_over(
    *, old: Klien, new: Klien, masa: Iterable[MasaBimbingan], jadwal: JadwalLapor, perkara: Perkara | None
) -> Klien:
    """Open the file of the same person at `new.bapas`; `new` has the register number, the PK and the author.

    The guarantor moves too. The caller has already ended `old`: a person has one active registration.
    """
    for name in TAKEN_ALONG:
        setattr(new, name, getattr(old, name))
    new.kode = next_code(new.diregistrasi.year)
    with refusals():
        new.save(force_insert=True)
    rows: list[MasaBimbingan | JadwalLapor | Perkara | Penjamin] = [*masa, jadwal, *_guarantor(old)]
    for row in rows + ([perkara] if perkara else []):
        row.pk, row.klien, row.bapas_id = None, new, new.bapas_id
        row.save(force_insert=True)
    return new


def _guarantor(klien: Klien) -> list[Penjamin]:
    """The client's guarantor as a new row: encrypted columns are bound to the row that holds them."""
    kept = (*GUARANTOR, "dicatat_oleh_id")
    rows = Penjamin.objects.vouching().filter(bapas=klien.bapas_id, klien=klien)
    return [Penjamin(**{name: getattr(row, name) for name in kept}) for row in rows]


def _move(klien: Klien, to: Status, *, berakhir: date | None, by, catatan: str) -> Klien:
    versi = hold(klien).versi + 1
    with refusals():
        return move(klien, to, NEXT, by=by, objek="klien", note=catatan, berakhir=berakhir, versi=versi)
