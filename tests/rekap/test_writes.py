"""Writes of every kind, past all services, are in the sums at once: bulk and raw SQL, COPY, deletes, another zone."""

import datetime as dt
from io import StringIO
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from apps.kegiatan.models import Kegiatan
from apps.klien.models import CatatanBimbingan, JadwalLapor, Jeda, Kebutuhan, Klien, MasaBimbingan
from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya
from apps.rekap import keeping
from apps.wilayah.models import Bapas
from tests import factories as make
from tests.rekap.agree import assert_equal_numbers

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STEPS, ZONES = 48, ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
CLOSED = {"hasil": "Selesai", "alasan_batal": "Hujan", "biaya": 0, "ditutup_pada": timezone.now()}


class Chaos:
    """Random writes into two offices; each method is one kind of write, in one statement wherever that is possible."""

    def __init__(self, seed: int):
        self.rng = Random(seed)
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.offices = [make.BapasFactory(zona_waktu=ZONES[0]), make.BapasFactory(zona_waktu=ZONES[2])]
        self.staff = {office.pk: make.officer("pk", bapas=office) for office in self.offices}
        self.kinds = [make.KategoriFactory(kode=code, nama=code) for code in ("KR-03", "PR-01")]
        self.grounds = [make.JenisProgramFactory(kode=code, nama=code) for code in ("PB", "CB")]
        self.copied = 0

    def day(self, back=70, ahead=0):
        return self.today + self.rng.randint(-back, ahead) * DAY

    def moment(self):
        return self.now - dt.timedelta(minutes=self.rng.randint(0, 70 * 24 * 60))

    def some(self, model, **which):
        """Up to three rows, of any office, as a queryset that may be updated or deleted."""
        keys = list(model.objects.filter(**which).order_by("pk").values_list("pk", flat=True))
        return model.objects.filter(pk__in=self.rng.sample(keys, min(len(keys), 3)))

    def one(self, model, **which):
        rows = list(model.objects.filter(**which).order_by("pk"))
        return self.rng.choice(rows) if rows else None

    def client(self):
        office = self.rng.choice(self.offices)
        make.KlienFactory(
            bapas=office, pk_pembimbing=self.staff[office.pk], diregistrasi=self.day(),
            jenis_kelamin=self.rng.choice("LP"), jadwal__berikutnya=self.day(9, 20),
        )  # fmt: skip

    def end(self):
        day = self.day(90)  # also before the registration: such a client was never guided
        self.some(Klien).update(status="selesai", berakhir=day)

    def reopen(self):
        self.some(Klien).update(status="aktif", berakhir=None)

    def edit(self):
        self.some(Klien).update(diregistrasi=self.day(), jenis_kelamin=self.rng.choice("LP"))

    def gap(self):
        if klien := self.one(Klien):
            since = self.day()
            Jeda.objects.create(
                bapas=klien.bapas, klien=klien, mulai=since, selesai=since + self.rng.randint(1, 20) * DAY
            )

    def plan(self):
        self.some(JadwalLapor).update(berikutnya=self.rng.choice((None, self.day(9, 30))))

    def need(self):
        if klien := self.one(Klien):
            make.KebutuhanFactory(klien=klien, kategori=self.rng.choice(self.kinds), dicatat_pada=self.moment())

    def move_need(self):
        closed = self.rng.choice(("terpenuhi", "batal", "tidak", "dirujuk"))
        moment = None if closed == "dirujuk" else self.moment()
        self.some(Kebutuhan).update(status=closed, alasan="Sebab", ditutup_pada=moment)

    def other_need(self):
        self.some(Kebutuhan).update(kategori=self.rng.choice(self.kinds))

    def drop_need(self):
        self.some(Kebutuhan).delete()

    def term(self):
        klien = self.one(Klien)
        if klien and not MasaBimbingan.objects.filter(klien=klien).exists():
            make.MasaFactory(klien=klien, mulai=self.day(), jenis_program=self.rng.choice(self.grounds))

    def other_term(self):
        self.some(MasaBimbingan).update(mulai=self.day(), jenis_program=self.rng.choice(self.grounds))

    def drop_term(self):
        self.some(MasaBimbingan).delete()

    def contact(self):
        if klien := self.one(Klien):
            make.CatatanFactory(klien=klien, tanggal=self.day(), pk_pencatat=self.staff[klien.bapas_id])

    def many_contacts(self):
        """One INSERT … SELECT: every contact again, on the day before."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO klien_catatanbimbingan (bapas_id, kunci, klien_id, pk_pencatat_id, tanggal, cara, bidang,"
                " hadir, alasan, tindak_lanjut, topik, kondisi, pekerjaan, lingkungan, kendala, rencana, catatan,"
                " alasan_koreksi, dibatalkan, dibuat_pada, diterima_pada)"
                " SELECT bapas_id, gen_random_uuid(), klien_id, pk_pencatat_id, tanggal - 1, cara, bidang, NOT hadir,"
                " CASE WHEN hadir THEN 'sakit' ELSE '' END, '', topik, '', '', '', '', '', '', '', false, now(), now()"
                " FROM klien_catatanbimbingan WHERE NOT dibatalkan ORDER BY id LIMIT 5"
            )

    def copy_contacts(self):
        klien = self.one(Klien)
        if not klien:
            return
        officer = self.staff[klien.bapas_id].pk
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM klien_catatanbimbingan")
            self.copied += 3
            first = (cursor.fetchone()[0] or 0) + 1_000_000 + self.copied
            lines = "".join(
                f"{first + n}\t{klien.bapas_id}\t00000000-0000-4000-8000-{first + n:012}\t{klien.pk}\t{officer}\t"
                f"{self.day()}\tkantor\tkepribadian\tt\t\t\t{{}}\t\t\t\t\t\t\t{replaced}\t{reason}\tf\t"
                f"{self.now}\t{self.now}\n"
                for n, replaced, reason in ((0, r"\N", ""), (1, first, "salah"), (2, r"\N", ""))
            )
            cursor.copy_expert(
                "COPY klien_catatanbimbingan (id, bapas_id, kunci, klien_id, pk_pencatat_id, tanggal, cara, bidang,"
                " hadir, alasan, tindak_lanjut, topik, kondisi, pekerjaan, lingkungan, kendala, rencana, catatan,"
                " koreksi_dari_id, alasan_koreksi, dibatalkan, dibuat_pada, diterima_pada) FROM STDIN",
                StringIO(lines),
            )

    def correct(self):
        """A correction, sometimes on another day, or a withdrawal."""
        record = self.one(CatatanBimbingan, koreksi=None, dibatalkan=False)
        if record:
            gone = self.rng.random() < 0.3
            hadir = self.rng.random() < 0.5
            make.CatatanFactory(
                klien=record.klien, pk_pencatat=record.pk_pencatat, koreksi_dari=record, alasan_koreksi="Salah",
                dibatalkan=gone, tanggal=self.rng.choice((record.tanggal, self.day())), hadir=hadir,
                alasan="" if hadir else "sakit",
            )  # fmt: skip

    def rewrite_contacts(self):
        self.some(CatatanBimbingan, dibatalkan=False).update(tanggal=self.day())

    def drop_contacts(self):
        """Corrections that nobody corrected: what they replaced counts again."""
        self.some(CatatanBimbingan, koreksi=None)._raw_delete("default")

    def activity(self):
        begins = self.moment()
        make.KegiatanFactory(
            bapas=self.rng.choice(self.offices), mulai=begins, status=self.rng.choice(("rencana", "selesai")),
            selesai=begins + dt.timedelta(hours=2), **CLOSED,
        )  # fmt: skip

    def other_activity(self):
        begins = self.moment()
        self.some(Kegiatan).update(
            mulai=begins, selesai=begins + DAY, status=self.rng.choice(("rencana", "selesai", "batal")), **CLOSED
        )

    def drop_activity(self):
        self.some(Kegiatan).delete()

    def programme(self):
        office = self.rng.choice(self.offices)
        last = ProgramTahunan.objects.filter(bapas=office, tahun=self.today.year).order_by("-versi").first()
        if last is None or last.is_approved:
            program = make.ProgramFactory(bapas=office, tahun=self.today.year, versi=last.versi + 1 if last else 1)
            make.BiayaFactory(rencana__program=program, sumber=self.rng.choice(("dipa", "csr")))
        else:
            ProgramTahunan.objects.filter(pk=last.pk).update(
                status="disetujui", sidik="0" * 64, diajukan_oleh=last.disusun_oleh,
                disetujui_oleh=make.officer("kabapas", bapas=office), disetujui_pada=self.moment(),
            )  # fmt: skip

    def other_line(self):
        self.some(RincianBiaya).update(harga=self.rng.randint(1, 9) * 1_000, sumber=self.rng.choice(("dipa", "csr")))

    def spend(self):
        if line := self.one(RincianBiaya):
            make.RealisasiFactory(rincian=line, tanggal=self.day(), jumlah=self.rng.randint(1, 9) * 1_000)

    def approve_spending(self):
        if row := self.one(Realisasi, disetujui_oleh=None):
            head = make.officer("kabapas", bapas=row.bapas)
            Realisasi.objects.filter(pk=row.pk).update(disetujui_oleh=head, disetujui_pada=self.now)

    def drop_spending(self):
        self.some(Realisasi).delete()

    def zone(self):
        Bapas.objects.filter(pk=self.rng.choice(self.offices).pk).update(zona_waktu=self.rng.choice(ZONES))

    def merge(self):
        keeping.merge([office.pk for office in self.offices])

    def build(self):
        keeping.build(self.rng.choice(self.offices).pk)


KINDS = [name for name, kind in vars(Chaos).items() if callable(kind) and name not in
         ("__init__", "day", "moment", "some", "one")]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_writes(seed):
    with connection.cursor() as cursor:  # nobody decides these ends, which it would tell when the test is over
        cursor.execute("ALTER TABLE klien_klien DISABLE TRIGGER klien_end_matches_event")
    chaos = Chaos(seed)
    offices = [office.pk for office in chaos.offices]
    for _ in range(6):
        chaos.client(), chaos.contact()
    for step in range(STEPS):
        for kind in chaos.rng.choices(KINDS, k=4):
            getattr(chaos, kind)()
        if step % 6 == 0:
            assert_equal_numbers(offices, [chaos.today, chaos.day()], history=False)
    chaos.merge()
    assert_equal_numbers(offices, [chaos.today, chaos.today + 15 * DAY])
    assert [keeping.check(office) for office in offices] == [[], []]
