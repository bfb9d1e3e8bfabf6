"""Registration of a person, and changes of the file."""

from datetime import date, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from apps.acuan.calendar import age
from apps.acuan.models import JenisProgram
from apps.dasar.errors import Refused
from apps.dasar.once import stored_once
from apps.dasar.violations import refusals
from apps.jejak.versions import refuse_changed
from apps.klien.crypto import blind_index
from apps.klien.models import JadwalLapor, Klien, MasaBimbingan, Orang, Penjamin, Perkara
from apps.klien.services.assign import line_of
from apps.klien.services.records import keep_case, name_guarantor

ADULT_AGE = 18
"""UU 11/2012: a child is somebody who is not yet 18."""

KINDS = {
    Klien.Usia.ANAK: (Klien.JenisRegister.BIMBINGAN_ANAK, {JenisProgram.Untuk.ANAK, JenisProgram.Untuk.SEMUA}),
    Klien.Usia.DEWASA: (Klien.JenisRegister.BIMBINGAN_DEWASA, {JenisProgram.Untuk.DEWASA, JenisProgram.Untuk.SEMUA}),
}
"""Age group on the day of registration → register, and age groups of the programmes that fit."""


LOOKALIKE = 0.4
"""Trigram similarity from which two people born on the same day are shown as possibly one (pg_trgm, own rule)."""


def age_group(born: date, on: date) -> Klien.Usia:
    """Child or adult on the day `on`."""
    return Klien.Usia.ANAK if age(born, on) < ADULT_AGE else Klien.Usia.DEWASA


def programme_fits(programme: JenisProgram, group: str) -> bool:
    return programme.untuk in KINDS[Klien.Usia(group)][1]


def lookalikes(*, bapas, nama: str, lahir: date, nik: str) -> list[Klien]:
    """Clients of the same office who may be the same person, at most five; `nik_sama`: they have this very NIK.

    Other offices are never asked: an officer who types a NIK must not learn whether another office knows it.
    """
    same = Q(orang__nik_hmac=blind_index(nik)) if nik else Q(pk=None)
    like = Q(lahir=lahir, mirip__gte=LOOKALIKE)
    rows = Klien.objects.filter(same | Q(lahir=lahir), bapas=bapas)
    rows = rows.annotate(mirip=TrigramSimilarity("nama", nama), nik_sama=ExpressionWrapper(same, BooleanField()))
    return list(rows.filter(same | like).select_related("pk_pembimbing").order_by("-nik_sama", "-mirip")[:5])


def register(
    *, klien: Klien, masa: MasaBimbingan, jadwal: JadwalLapor, perkara: Perkara | None = None,
    penjamin: Penjamin | None = None, by,
) -> Klien:  # fmt: skip
    """Open a file at the office of `by`. The same registration sent twice by one user gives the first file."""
    klien.bapas = by.penugasan.bapas
    klien.dibuat_oleh = by
    _sort_by_age(klien)
    if not programme_fits(masa.jenis_program, klien.kategori_usia):
        raise Refused(f"{masa.jenis_program} tidak berlaku untuk klien {klien.get_kategori_usia_display().lower()}.")

    def store() -> Klien:
        with refusals():
            _open_file(klien, masa, jadwal)
            if perkara:
                keep_case(perkara=perkara, klien=klien)
            if penjamin:
                name_guarantor(penjamin=penjamin, klien=klien, by=by)
        return klien

    return stored_once(store, lambda: _sent_before(klien))[0]


@transaction.atomic
def update(*, klien: Klien, versi: str | int, by) -> Klien:
    """Save the changed file; raise `Changed` when somebody changed it since `versi` was read.

    The register and the age group are keys, so this lock is the strong one (FOR UPDATE).
    """
    current = Klien.objects.select_for_update(of=("self",)).get(pk=klien.pk, bapas=klien.bapas_id)
    refuse_changed(current, versi, counted=current.versi)
    if (klien.lahir, klien.diregistrasi) != (current.lahir, current.diregistrasi):
        _sort_by_age(klien)  # only then: a child taken over from another office stays a child (`life.take_over`)
    if klien.nik != current.nik:
        klien.orang = _person(str(klien.nik))
    klien.versi = current.versi + 1
    with refusals():
        klien.save()
    if klien.pk_pembimbing_id != current.pk_pembimbing_id:
        line_of(klien, current.pk_pembimbing_id, klien.pk_pembimbing_id, by=by, alasan="Diubah pada data klien").save()
    return klien


def _open_file(klien: Klien, masa: MasaBimbingan, jadwal: JadwalLapor) -> None:
    klien.orang = _person(str(klien.nik))
    klien.kode = next_code(klien.diregistrasi.year)
    klien.save(force_insert=True)
    jadwal.berikutnya = jadwal.pertama
    masa.klien = jadwal.klien = klien
    masa.bapas_id = jadwal.bapas_id = klien.bapas_id
    masa.save(force_insert=True)
    jadwal.save(force_insert=True)


def _sort_by_age(klien: Klien) -> None:
    klien.kategori_usia = age_group(klien.lahir, klien.diregistrasi)
    klien.jenis_register = KINDS[klien.kategori_usia][0]


def _person(nik: str) -> Orang:
    """The person with this NIK; without a NIK a new person."""
    if not nik:
        return Orang.objects.create()
    return Orang.objects.get_or_create(nik_hmac=blind_index(nik))[0]


def next_code(year: int) -> str:
    """The next public code of a client."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('klien_kode_seq')")
        (number,) = cursor.fetchone()
    return f"KL-{year}-{number:05}"


def _sent_before(klien: Klien) -> Klien | None:
    """The file that a first click on the same button opened a moment ago."""
    since = timezone.now() - timedelta(hours=1)
    return Klien.objects.filter(
        bapas=klien.bapas_id, jenis_register=klien.jenis_register, tahun_register=klien.tahun_register,
        nomor_register=klien.nomor_register, nama=klien.nama, lahir=klien.lahir, dibuat_oleh=klien.dibuat_oleh_id,
        dibuat_pada__gte=since,
    ).first()  # fmt: skip
