"""Assessments of the offices with log-ins: most in time, some late, a few due, one begun."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from apps.acuan.models import FaktorInstrumen
from apps.asesmen.models import AGAIN_AFTER, Asesmen, ButirKebutuhan, Domain, IsianDomain, SkorAsesmen
from apps.klien.models import Kebutuhan, Klien
from contoh.offices import Office

STRENGTHS = {
    "tinggal": ("Tinggal bersama orang tua", "Rumah kontrakan dibayar lancar", "Diterima kembali oleh keluarga"),
    "kerja": ("Pernah bekerja di bengkel", "Punya langganan di pasar", "Sanggup kerja harian"),
    "terampil": ("Bisa mengelas", "Lulus Paket B", "Cepat belajar mesin"),
    "sehat": ("Badan sehat", "Rutin kontrol di puskesmas", "Tidak merokok lagi"),
    "keluarga": ("Istri mendukung", "Dekat dengan anak", "Aktif di kelompok tani"),
    "dokumen": ("KTP dan KK lengkap", "Akta kelahiran ada"),
    "ekonomi": ("Punya tabungan kecil", "Upah harian cukup", "Dibantu saudara"),
    "karakter": ("Rajin ke tempat ibadah", "Tenang saat ada masalah", "Ikut ronda"),
}
FIRST_DAYS = (0, 2, 3, 4, 5, 6, 7, 7, 12)
"""Days from registration to the first assessment; the last one is late."""
WITHOUT, SCORED = 0.04, 0.6


def add_assessments(office: Office, today: date) -> None:
    """Store finished assessments with pages, needs and scores, and one draft of the first officer."""
    rng = office.rng("asesmen")
    clients = list(Klien.objects.filter(bapas=office.id, status=Klien.Status.AKTIF).order_by("pk"))
    made = [row for klien in clients for row in _dates(rng, office, klien, today)]
    made += _draft(office, clients, today)
    Asesmen.objects.bulk_create(made)
    pages = _pages(rng, made)
    IsianDomain.objects.bulk_create(pages)
    needs = _needs(office, pages)
    ButirKebutuhan.objects.bulk_create(needs)
    named = {(need.isian.asesmen_id, need.isian.domain) for need in needs}
    for page in pages:
        page.tanpa_kebutuhan = page.disimpan_pada is not None and (page.asesmen_id, page.domain) not in named
    IsianDomain.objects.bulk_update(pages, ["tanpa_kebutuhan"], batch_size=2000)
    SkorAsesmen.objects.bulk_create(_scores(rng, made))


def _dates(rng: Random, office: Office, klien: Klien, today: date):
    """Finished assessments of one client: the first one, and then one a year."""
    day = klien.diregistrasi + timedelta(days=rng.choice(FIRST_DAYS))
    kind = Asesmen.Jenis.AWAL
    while day <= today and rng.random() > WITHOUT:
        yield Asesmen(
            bapas_id=office.id, klien=klien, untuk=klien.kategori_usia, jenis=kind, status=Asesmen.Status.SELESAI,
            tanggal=day, asesor_id=klien.pk_pembimbing_id, dimulai_pada=_at(day, 2), selesai_pada=_at(day, 3),
            dibacakan_pada=_at(day, 3) if rng.random() < 0.8 else None,
        )  # fmt: skip
        day += AGAIN_AFTER - timedelta(days=rng.randint(-6, 25))
        kind = Asesmen.Jenis.TAHUNAN


def _draft(office: Office, clients: list[Klien], today: date) -> list[Asesmen]:
    """A draft for the newest client of the officer with a log-in."""
    own = [klien for klien in clients if klien.pk_pembimbing_id == office.staff.officers[0]]
    if not own:
        return []
    klien = max(own, key=lambda klien: (klien.diregistrasi, klien.pk))
    return [
        Asesmen(
            bapas_id=office.id, klien=klien, untuk=klien.kategori_usia, jenis=Asesmen.Jenis.BARU, tanggal=today,
            asesor_id=klien.pk_pembimbing_id, dimulai_pada=_at(today - timedelta(days=1), 2),
        )
    ]  # fmt: skip


def _pages(rng: Random, made: list[Asesmen]) -> list[IsianDomain]:
    """Eight pages per assessment; of a draft only the first three are filled in."""
    return [
        IsianDomain(
            bapas_id=row.bapas_id, asesmen=row, domain=domain, versi=1,
            kekuatan=rng.choice(STRENGTHS[domain]) if not row.terbuka or place < 3 else "",
            disimpan_pada=row.selesai_pada or (row.dimulai_pada if place < 3 else None),
        )
        for row in made
        for place, domain in enumerate(Domain.values)
    ]  # fmt: skip


def _needs(office: Office, pages: list[IsianDomain]) -> list[ButirKebutuhan]:
    """Needs recorded by then, on the pages of the newest finished assessment of their client."""
    ledger = defaultdict(dict)
    for need in Kebutuhan.objects.filter(bapas=office.id).select_related("kategori").order_by("pk"):
        ledger[need.klien_id].setdefault(need.kategori_id, need)
    newest = {page.asesmen.klien_id: page.asesmen for page in pages if not page.asesmen.terbuka}
    return [
        ButirKebutuhan(
            bapas_id=office.id, isian=page, kategori_id=need.kategori_id, mendesak=need.mendesak, uraian=need.uraian,
            buku=need if need.sumber == Kebutuhan.Sumber.ASESMEN else None,
        )
        for page in pages
        if newest.get(page.asesmen.klien_id) is page.asesmen
        for need in ledger[page.asesmen.klien_id].values()
        if need.kategori.domain == page.domain and need.dicatat_pada.date() <= page.asesmen.tanggal
    ]  # fmt: skip


def _scores(rng: Random, made: list[Asesmen]) -> list[SkorAsesmen]:
    """Scores of adults; there is no instrument for children in the reference list."""
    totals = FaktorInstrumen.objects.filter(kode__endswith="-TOTAL")
    factors = list(totals.select_related("instrumen").prefetch_related("pita"))
    return [
        _score(rng, row, factor)
        for row in made
        if not row.terbuka and rng.random() < SCORED
        for factor in factors
        if factor.instrumen.untuk == row.untuk
    ]


def _score(rng: Random, row: Asesmen, factor: FaktorInstrumen) -> SkorAsesmen:
    score = round(rng.triangular(0, factor.skor_maks, factor.skor_maks * 0.3))
    band = factor.band_of(score)
    return SkorAsesmen(
        bapas_id=row.bapas_id, asesmen=row, untuk=row.untuk, instrumen=factor.instrumen, faktor=factor, skor=score,
        kategori=band.kategori, dari=band.dari, sampai=band.sampai, oleh_id=row.asesor_id, pada=row.selesai_pada,
    )  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
