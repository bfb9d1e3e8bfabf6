"""Sample rows of `apps/perjalanan` in an office with log-ins: stages, follow-ups, proposals that wait for the head."""

from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet

from apps.acuan.calendar import months_later, working_day
from apps.acuan.models import DasarPencabutan
from apps.klien.models import Klien, MasaBimbingan
from apps.perjalanan.models import (
    Langkah,
    LangkahPencabutan,
    PeristiwaAkhir,
    Tahap,
    TahapBimbingan,
    TahapLapas,
    TindakLanjut,
    UsulPencabutan,
)
from apps.perjalanan.services.revocation import WORKING_DAYS, absences
from apps.perjalanan.stages_due import newest_terms, stage_due, thresholds
from contoh.offices import Office

ON_TIME, FROM_PRISON = 0.93, 0.2
"""Share of clients whose stage was moved when due, and share of clients with recorded stages in prison."""
PROPOSALS, CASES, YEAR = 3, 3, timedelta(days=365)


def add_paths(office: Office, today: date) -> None:
    """Store all of these rows for one office with log-ins."""
    if office.shown is None:
        return
    rng = office.rng("perjalanan")
    terms = list(newest_terms().filter(bapas=office.id).select_related("klien").order_by("pk"))
    running = [term for term in terms if term.klien.status == Klien.Status.AKTIF]
    _add_stages(rng, running, today)
    ends = PeristiwaAkhir.objects.filter(bapas=office.id, status=PeristiwaAkhir.Status.BERLAKU)
    _add_followups(rng, ends.order_by("klien"), today)
    _add_proposals(running, today)
    _add_cases(office, today)


def free(office: Office) -> QuerySet[Klien]:
    """Active clients without another proposal."""
    rows = Klien.objects.filter(bapas=office.id).active()
    return rows.exclude(peristiwa_akhir__status="diusulkan").filter(usul_pencabutan=None)


def _add_stages(rng: Random, terms: list[MasaBimbingan], today: date) -> None:
    """Most clients are in the stage that is due in their term; a few moves are still open."""
    shares, before = thresholds(), {}
    for stage in (Tahap.LANJUTAN, Tahap.AKHIR):
        rows = []
        for term in terms:
            due = stage_due(term.mulai, term.selesai, shares[stage])
            if due > today or rng.random() > ON_TIME or (stage == Tahap.AKHIR and term.klien_id not in before):
                continue
            rows.append(_stage(term, stage, due, before.get(term.klien_id)))
        before = {row.klien_id: row for row in TahapBimbingan.objects.bulk_create(rows)}
    TahapLapas.objects.bulk_create(
        TahapLapas(
            bapas_id=term.bapas_id, klien_id=term.klien_id, tahap=stage, mulai=term.mulai - timedelta(days=days),
            tpp_tanggal=term.mulai - timedelta(days=days + 9), tpp_tempat="Lapas asal",
            dicatat_oleh_id=term.klien.dibuat_oleh_id,
        )
        for term in terms
        if rng.random() < FROM_PRISON
        for stage, days in (("admisi", 700), ("lanjutan", 640), ("asimilasi", 200))
    )  # fmt: skip


def _stage(term: MasaBimbingan, stage: Tahap, due: date, before: TahapBimbingan | None) -> TahapBimbingan:
    return TahapBimbingan(
        bapas_id=term.bapas_id, klien_id=term.klien_id, sebelumnya=before, dari=before.tahap if before else Tahap.AWAL,
        tahap=stage, mulai=due, tpp_tanggal=due - timedelta(days=3), tpp_nomor=f"TPP-{term.klien_id}/{due.year}",
        dicatat_oleh_id=term.klien.pk_pembimbing_id,
    )  # fmt: skip


def _add_followups(rng: Random, ends: QuerySet[PeristiwaAkhir], today: date) -> None:
    """Three follow-ups after every end of a term; most of the due ones are answered."""
    rows = []
    for akhir in ends:
        if akhir.jenis != PeristiwaAkhir.Jenis.SELESAI or akhir.tanggal < today - YEAR - YEAR:
            continue
        for months in TindakLanjut.Bulan.values:
            due = months_later(akhir.tanggal, months)
            answered = due < today and (due < today - timedelta(days=45) or rng.random() < 0.6)
            rows.append(_followup(rng, akhir, months, due, min(due, today) if answered else None))
    TindakLanjut.objects.bulk_create(rows)


def _followup(rng: Random, akhir: PeristiwaAkhir, months: int, due: date, day: date | None) -> TindakLanjut:
    row = TindakLanjut(
        bapas_id=akhir.bapas_id, klien_id=akhir.klien_id, akhir=akhir, bulan=months, jatuh_tempo=due, tanggal=day
    )
    if day:
        row.cara, row.oleh_id = rng.choice(("telepon", "telepon", "kunjungan", "keluarga")), akhir.diusulkan_oleh_id
        for name, weights in (("pekerjaan", (62, 20, 18)), ("hunian", (80, 6, 14)), ("pendidikan", (12, 70, 18)),
                              ("proses_hukum", (4, 76, 20))):  # fmt: skip
            setattr(row, name, rng.choices(TindakLanjut.Jawab.values, weights)[0])
    return row


def _add_proposals(terms: list[MasaBimbingan], today: date) -> None:
    """The terms that end first are set to yesterday, with a proposal that waits for the head."""
    soon = sorted((term for term in terms if term.selesai >= today), key=lambda term: (term.selesai, term.pk))
    for term in soon[:PROPOSALS]:
        term.selesai = today - timedelta(days=1)
        term.save(update_fields=["selesai"])
    PeristiwaAkhir.objects.bulk_create(
        PeristiwaAkhir(
            bapas_id=term.bapas_id, klien_id=term.klien_id, jenis=PeristiwaAkhir.Jenis.SELESAI, tanggal=term.selesai,
            diusulkan_oleh_id=term.klien.pk_pembimbing_id,
        )
        for term in soon[:PROPOSALS]
    )  # fmt: skip


def _add_cases(office: Office, today: date) -> None:
    """Cases of revocation after three absences, each one step further than the previous one."""
    ground = DasarPencabutan.objects.get(karena_absen=True)
    absent = free(office).filter(jadwal__absen_beruntun__gte=3).order_by("-pk")
    for number, klien in enumerate(absent[:CASES], start=1):
        missed = absences(klien)
        steps = (Langkah.USUL, Langkah.BAP, Langkah.PERIKSA, Langkah.TPP)[: number + 1]
        days = [working_day(missed[-1], place) for place in range(1, len(steps) + 1)]
        steps = [step for step, day in zip(steps, days, strict=True) if day <= today] or [Langkah.USUL]
        start = min(days[0], today)
        usul = UsulPencabutan.objects.create(
            bapas_id=office.id, klien=klien, dasar=ground, tanggal_absen=missed, tanggal=start,
            uraian="Klien tidak hadir tiga kali berturut-turut. Keluarga sudah dihubungi.", status=steps[-1],
            batas=working_day(start, WORKING_DAYS), diusulkan_oleh_id=klien.pk_pembimbing_id,
        )  # fmt: skip
        LangkahPencabutan.objects.bulk_create(
            LangkahPencabutan(
                bapas_id=office.id, usul=usul, langkah=step, tanggal=min(days[place], today),
                nomor=f"{step.upper()}-{klien.pk}/{today.year}" if place else "", oleh_id=klien.pk_pembimbing_id,
            )
            for place, step in enumerate(steps)
        )  # fmt: skip
