"""The case behind a registration, its periods of guidance, and the duty to report."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone

from apps.acuan.models import JenisProgram
from apps.dasar.locks import under
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office


class Perkara(ScopedModel):
    """The case behind the registration. It has its own table and its own verb: only the owning Bapas reads it."""

    class Golongan(models.TextChoices):
        """Groups that the daily report to the Kanwil counts separately."""

        UMUM = "umum", "Umum"
        NARKOTIKA = "narkotika", "Narkotika"
        TERORISME = "terorisme", "Terorisme"

    klien = models.OneToOneField(
        "klien.Klien", models.CASCADE, related_name="perkara", db_constraint=False, db_comment="Klien"
    )
    pasal = models.CharField("pasal", max_length=200, db_comment="Pasal yang diputus")
    pengadilan = models.CharField("pengadilan", max_length=120, blank=True, db_comment="Pengadilan")
    putusan_nomor = models.CharField("nomor putusan", max_length=80, blank=True, db_comment="Nomor putusan")
    putusan_tanggal = models.DateField("tanggal putusan", null=True, blank=True, db_comment="Tanggal putusan")
    pidana = models.CharField("pidana", max_length=200, blank=True, db_comment="Pidana yang dijatuhkan")
    golongan = models.CharField(
        "golongan perkara", max_length=10, choices=Golongan, default=Golongan.UMUM,
        db_comment="Golongan perkara untuk hitungan laporan harian",
    )  # fmt: skip
    upt_asal = models.CharField("UPT asal", max_length=120, blank=True, db_comment="Lapas, Rutan, atau LPKA asal")

    class Meta:
        verbose_name = verbose_name_plural = "perkara"
        db_table_comment = "Perkara klien; hanya Bapas pemilik"
        constraints = [own_office("perkara"), SameOffice("klien", name="perkara_klien_same_office")]

    def __str__(self):
        return f"Perkara klien {self.klien_id}"


def _days(first: str, last: str) -> Func:
    """The days from `first` to `last`, both included, as a range."""
    return Func(F(first), F(last), Value("[]"), function="DATERANGE", output_field=DateRangeField())


class Jeda(Ledger, ScopedModel):
    """A gap in a registration: the client ran away and came back.

    Any other end that is reopened was a mistake and leaves no gap. A flight that is reopened always counts as a return:
    the portal does not ask whether it was a mistake.
    """

    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, related_name="jeda", db_constraint=False, db_index=False, db_comment="Klien"
    )
    mulai = models.DateField("mulai", db_comment="Hari bimbingan berakhir")
    selesai = models.DateField("kembali", db_comment="Hari bimbingan berjalan lagi; hari itu sudah dibimbing")

    class Meta:
        verbose_name = verbose_name_plural = "jeda bimbingan"
        db_table_comment = "Hari-hari tanpa bimbingan sebelum klien kembali; hanya bertambah"
        indexes = [models.Index(fields=["bapas", "klien"], name="jeda_klien")]
        constraints = [
            own_office("jeda"),
            SameOffice("klien", name="jeda_klien_same_office"),
            models.CheckConstraint(name="jeda_ends_after_start", condition=Q(selesai__gt=F("mulai"))),
        ]

    def __str__(self):
        return f"Jeda klien {self.klien_id}"


def days_late(due: date | None, today: date) -> int:
    """Days past the due date; 0 when not overdue."""
    return max((today - due).days, 0) if due else 0


def guided_on(day: date, klien: str = "") -> Q:
    """Registrations that were running at the end of `day`: begun by then, not over yet, and not in a gap.

    The one rule for "klien aktif", on any day. `klien` is the lookup path from the rows to their client ("klien" for
    needs), empty for clients. For today it equals the status: a PostgreSQL constraint keeps both in step.
    """
    way = f"{klien}__" if klien else ""
    away = Jeda.objects.filter(mulai__lte=day, selesai__gt=day).values("klien")
    begun, goes_on = Q(**{f"{way}diregistrasi__lte": day}), Q(**{f"{way}berakhir": None})
    return begun & (goes_on | Q(**{f"{way}berakhir__gt": day})) & ~Q(**{f"{klien or 'pk'}__in": away})


class MasaQuerySet(ScopedQuerySet):
    def as_of(self, day: date):
        """The term of each client guided on `day`: the newest that had begun. It counts until somebody ends the
        guidance, even after its last day (HMB): nothing ends by itself."""
        later = MasaBimbingan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("klien"), mulai__gt=OuterRef("mulai"), mulai__lte=day
        )
        return self.filter(guided_on(day, "klien"), ~Exists(later), mulai__lte=day)


class MasaBimbingan(ScopedModel):
    """A term of guidance: legal ground, decree, first and last day (HMB)."""

    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, related_name="masa", db_constraint=False, db_index=False, db_comment="Klien"
    )
    jenis_program = models.ForeignKey(
        JenisProgram, models.PROTECT, related_name="+", verbose_name="jenis program", db_comment="Jenis program"
    )
    sk_nomor = models.CharField("nomor SK/putusan", max_length=80, db_comment="Nomor SK atau putusan")
    sk_tanggal = models.DateField("tanggal SK/putusan", db_comment="Tanggal SK atau putusan")
    mulai = models.DateField("mulai bimbingan", db_comment="Hari pertama")
    selesai = models.DateField("habis masa bimbingan", db_comment="Hari terakhir (HMB)")

    objects = MasaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "masa bimbingan"
        ordering = ["-mulai"]
        db_table_comment = "Masa bimbingan; tidak boleh tumpang tindih untuk satu klien"
        indexes = [models.Index(fields=["bapas", "klien", "-mulai"], name="masa_klien")]
        constraints = [
            own_office("masa"),
            SameOffice("klien", name="masa_klien_same_office"),
            models.CheckConstraint(
                name="masa_ends_after_start", condition=Q(selesai__gte=F("mulai")),
                violation_error_message="Habis masa bimbingan tidak boleh sebelum mulai bimbingan.",
            ),
            ExclusionConstraint(
                name="masa_no_overlap",
                expressions=[
                    ("klien", RangeOperators.EQUAL),
                    (_days("mulai", "selesai"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Masa bimbingan ini bertumpang tindih dengan masa yang sudah ada.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Masa bimbingan {self.mulai} s.d. {self.selesai}"


class CaraBertemu(models.TextChoices):
    """The way in which officer and client meet, planned or done."""

    KANTOR = "kantor", "Di kantor"
    KUNJUNGAN = "kunjungan", "Kunjungan rumah"
    TELEPON = "telepon", "Telepon/WA"
    DARING = "daring", "Daring"
    KELOMPOK = "kelompok", "Kelompok"


ABSENCE_STEPS = (
    "",
    "Hubungi klien dan tanyakan sebabnya.",
    "Kirim surat panggilan atau kunjungi rumah klien. Satu kali lagi menjadi dasar usul pencabutan.",
    "Tiga kali berturut-turut adalah dasar usul pencabutan (UU 22/2022 dan Permenkumham tentang pembebasan dan cuti "
    "bersyarat). Hubungi klien dan keluarganya dulu; keputusan tetap diambil petugas dalam sidang TPP.",
)
"""Index = absences in a row; value = the office's next step and the legal meaning. The portal decides nothing."""


class JadwalQuerySet(ScopedQuerySet):
    OF_DUTY = ("frekuensi_hari", "terakhir", "absen_beruntun")
    OF_CLIENT = ("bapas", "kode", "nama", "panggilan", "status", "kategori_usia", "diregistrasi")

    def for_record(self):
        """The schedule with the client columns that a new record needs, both locked, the client first: records of one
        client wait for each other and for its end."""
        needed = ("bapas", *self.OF_DUTY, *(f"klien__{name}" for name in self.OF_CLIENT))
        return under(self, "klien").only("klien", *needed)


class JadwalLapor(ScopedModel):
    """Reporting duty of one client, kept up to date by every guidance record (PK decides the frequency).

    `berikutnya` is the date that counts. Usually it follows from the newest contact. An appointment made by an officer
    (`janji`) takes precedence until a later contact; until then its hour, mode and place are valid too.
    """

    ABSENCES_THAT_COUNT = 3
    """This many absences in a row are a ground to propose revocation; people decide."""
    FURTHEST = timedelta(days=200)
    """No meeting is planned further ahead (own rule): the longest frequency of 180 days, moved past a long closure. A
    mistyped year would take the client off every list of work."""

    klien = models.OneToOneField(
        "klien.Klien", models.CASCADE, related_name="jadwal", db_constraint=False, db_comment="Klien"
    )
    frekuensi_hari = models.PositiveSmallIntegerField(
        "frekuensi lapor (hari)", default=30, db_comment="Jarak wajib lapor dalam hari"
    )
    pertama = models.DateField(
        "lapor pertama", null=True, db_comment="Tanggal lapor pertama, berlaku sebelum ada bimbingan"
    )
    berikutnya = models.DateField(
        "lapor berikutnya", null=True, db_comment="Tanggal lapor berikutnya, kosong bila tidak aktif"
    )
    terakhir = models.DateField("bimbingan terakhir", null=True, db_comment="Tanggal bimbingan hadir terakhir")
    absen_beruntun = models.PositiveSmallIntegerField(
        "tidak hadir berturut-turut",
        default=0,
        db_comment="Banyak tidak hadir berturut-turut; 3 = dasar usul pencabutan",
    )
    janji = models.DateField(
        "tanggal janji", null=True, blank=True, db_comment="Tanggal yang ditetapkan petugas, bukan dari catatan"
    )
    janji_pada = models.DateTimeField(
        null=True, editable=False, db_comment="Kapan janji ditetapkan; bimbingan sesudahnya menggantikan janji"
    )
    jam = models.TimeField("jam", null=True, blank=True, db_comment="Jam janji menurut zona Bapas")
    cara = models.CharField(
        "cara bertemu", max_length=10, choices=CaraBertemu, blank=True, db_comment="Cara bertemu yang direncanakan"
    )
    tempat = models.CharField("tempat", max_length=120, blank=True, db_comment="Tempat janji, tanpa nama instansi")
    versi = models.PositiveIntegerField(
        default=1, editable=False, db_comment="Naik setiap kali diubah; pengaman perubahan bersamaan"
    )

    objects = JadwalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "jadwal lapor"
        db_table_comment = "Wajib lapor satu klien; turunan dari catatan bimbingan"
        indexes = [models.Index(fields=["bapas", "berikutnya"], name="jadwal_berikutnya")]
        constraints = [
            own_office("jadwal"),
            SameOffice("klien", name="jadwal_klien_same_office"),
            models.CheckConstraint(
                name="jadwal_frequency_sane", condition=Q(frekuensi_hari__gte=1, frekuensi_hari__lte=180),
                violation_error_message="Frekuensi lapor antara 1 dan 180 hari.",
            ),
            models.CheckConstraint(
                name="jadwal_appointment_has_moment",
                condition=Q(janji=None, janji_pada=None) | Q(janji__isnull=False, janji_pada__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Jadwal lapor klien {self.klien_id}"

    def hari_terlewat(self, today=None) -> int:
        """Days past the due date; 0 when not overdue."""
        return days_late(self.berikutnya, today or timezone.localdate())

    @property
    def janji_berlaku(self) -> bool:
        """Whether an officer set the next date; then its hour, mode and place are valid."""
        return self.janji is not None and self.janji == self.berikutnya

    @property
    def cara_rencana(self) -> str:
        return self.cara if self.janji_berlaku else ""

    @property
    def rincian_janji(self) -> str:
        """ "09.00 · Kunjungan rumah · Jalan Melati 4"; empty when only the date is known."""
        if not self.janji_berlaku:
            return ""
        hour = f"{self.jam:%H.%M}" if self.jam else ""
        return " · ".join(filter(None, [hour, self.get_cara_display(), self.tempat]))

    @property
    def langkah_absen(self) -> str:
        """The next step after absences in a row, or ""."""
        return ABSENCE_STEPS[min(self.absen_beruntun, self.ABSENCES_THAT_COUNT)]

    @property
    def sering_absen(self) -> bool:
        return self.absen_beruntun >= self.ABSENCES_THAT_COUNT
