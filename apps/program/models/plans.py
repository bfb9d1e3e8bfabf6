"""The content of a version: activities, reasons for needs without one, and cost lines (RAB)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.acuan.models import AkunBelanja, KategoriKebutuhan
from apps.klien.models import Bidang
from apps.program.numbers import read_product
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Mitra, ScopedModel, filled, own_office

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


class RencanaKegiatan(ScopedModel):
    """A planned activity: need, number of clients, months, organiser."""

    program = models.ForeignKey(
        "program.ProgramTahunan",
        models.CASCADE,
        related_name="rencana",
        db_constraint=False,
        db_index=False,
        db_comment="Program",
    )
    judul = models.CharField("nama kegiatan", max_length=150, db_comment="Nama kegiatan")
    kategori = models.ForeignKey(
        KategoriKebutuhan, models.PROTECT, related_name="+", verbose_name="kebutuhan yang dilayani",
        db_comment="Kategori kebutuhan yang dilayani",
    )  # fmt: skip
    bidang = models.CharField("bidang", max_length=15, choices=Bidang, db_comment="Bidang")
    target_klien = models.PositiveIntegerField("target klien", db_comment="Banyak klien yang dituju")
    pelaksana = models.ForeignKey(
        Mitra, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pelaksana",
        db_comment="Mitra pelaksana, kosong bila Bapas sendiri",
    )  # fmt: skip
    bulan = ArrayField(
        models.PositiveSmallIntegerField(), default=list, verbose_name="bulan pelaksanaan", db_comment="Bulan 1–12"
    )
    indikator = models.CharField("indikator keberhasilan", max_length=200, db_comment="Indikator keberhasilan")

    class Meta:
        verbose_name = verbose_name_plural = "rencana kegiatan"
        ordering = ["id"]
        db_table_comment = "Kegiatan yang direncanakan"
        indexes = [models.Index(fields=["bapas", "program"], name="rencana_program")]
        constraints = [
            own_office("rencana"),
            SameOffice("program", name="rencana_program_same_office"),
            models.CheckConstraint(
                name="rencana_serves_somebody", condition=Q(target_klien__gte=1),
                violation_error_message="Target klien paling sedikit 1.",
            ),
            models.CheckConstraint(
                name="rencana_months_of_a_year",
                condition=Q(bulan__contained_by=list(range(1, 13))) & Q(bulan__len__gte=1),
                violation_error_message="Pilih bulan pelaksanaan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.judul

    @property
    def jadwal(self) -> list[tuple[str, bool]]:
        """(month, whether the activity takes place) for all twelve months."""
        return [(name, number in self.bulan) for number, name in enumerate(MONTHS, 1)]

    @property
    def bulan_teks(self) -> str:
        return ", ".join(name for name, planned in self.jadwal if planned)

    @property
    def total(self) -> Decimal:
        """Cost of the activity, from the lines that `ProgramTahunan.kegiatan()` prefetched."""
        return sum((line.jumlah for line in self.biaya.all()), Decimal(0))


class KebutuhanTanpaProgram(ScopedModel):
    """The reason why a need of the snapshot gets no activity this year. A need without one stays visible."""

    program = models.ForeignKey(
        "program.ProgramTahunan", models.CASCADE, related_name="tanpa_program", db_constraint=False, db_index=False,
        db_comment="Program",
    )  # fmt: skip
    kategori = models.ForeignKey(
        KategoriKebutuhan, models.PROTECT, related_name="+", verbose_name="kebutuhan", db_comment="Kategori kebutuhan"
    )
    alasan = models.CharField("alasan", max_length=200, db_comment="Mengapa tidak dilayani pada tahun ini")

    class Meta:
        verbose_name = verbose_name_plural = "kebutuhan tanpa program"
        ordering = ["id"]
        db_table_comment = "Kebutuhan yang tidak dilayani program beserta alasannya"
        constraints = [
            own_office("tanpa_program"),
            SameOffice("program", name="tanpa_program_same_office"),
            models.UniqueConstraint("bapas", "program", "kategori", name="tanpa_program_once"),
            models.CheckConstraint(
                name="tanpa_program_has_reason", condition=filled("alasan"), violation_error_message="Isi alasan."
            ),
        ]

    def __str__(self):
        return f"{self.kategori_id}: {self.alasan}"


class Sumber(models.TextChoices):
    """Source of the money."""

    DIPA = "dipa", "DIPA"
    PEMDA = "pemda", "Pemda"
    CSR = "csr", "CSR"
    POKMAS = "pokmas", "Pokmas"


class RincianBiaya(ScopedModel):
    """One cost line (RAB). `jumlah` is computed by PostgreSQL."""

    rencana = models.ForeignKey(
        RencanaKegiatan,
        models.CASCADE,
        related_name="biaya",
        db_constraint=False,
        db_index=False,
        db_comment="Kegiatan",
    )
    akun = models.ForeignKey(
        AkunBelanja, models.PROTECT, related_name="+", verbose_name="akun", db_comment="Akun belanja"
    )
    uraian = models.CharField("uraian", max_length=150, db_comment="Uraian")
    hitungan = models.CharField(
        "rincian hitungan", max_length=80, blank=True, db_comment="Faktor hitungan, misalnya 15 org x 2 keg"
    )
    volume = models.DecimalField("volume", max_digits=12, decimal_places=2, db_comment="Volume")
    satuan = models.CharField("satuan", max_length=20, db_comment="Satuan")
    harga = models.DecimalField(
        "harga satuan (Rp)", max_digits=14, decimal_places=2, db_comment="Harga satuan dalam rupiah"
    )
    jumlah = models.GeneratedField(
        expression=F("volume") * F("harga"), db_persist=True, verbose_name="jumlah (Rp)",
        output_field=models.DecimalField(max_digits=18, decimal_places=2), db_comment="volume x harga",
    )  # fmt: skip
    sumber = models.CharField("sumber dana", max_length=6, choices=Sumber, db_comment="Sumber dana")
    asal = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, editable=False, related_name="penerus", db_constraint=False,
        db_index=False, db_comment="Baris versi sebelumnya yang dilanjutkan baris ini",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "rincian biaya"
        ordering = ["id"]
        db_table_comment = "Rincian anggaran biaya"
        indexes = [
            models.Index(fields=["bapas", "rencana"], name="biaya_rencana"),
            models.Index(fields=["bapas", "asal"], condition=Q(asal__isnull=False), name="biaya_asal"),
        ]
        constraints = [
            own_office("biaya"),
            SameOffice("rencana", name="biaya_rencana_same_office"),
            SameOffice("asal", name="biaya_origin_same_office"),
            models.CheckConstraint(
                name="biaya_volume_positive", condition=Q(volume__gt=0),
                violation_error_message="Volume harus lebih dari nol.",
            ),
            models.CheckConstraint(
                name="biaya_price_not_negative", condition=Q(harga__gte=0),
                violation_error_message="Harga tidak boleh kurang dari nol.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.uraian

    @property
    def nilai(self) -> Decimal:
        """The value that PostgreSQL will store as `jumlah`, for a line that is not saved yet."""
        return self.volume * self.harga

    @property
    def hitungan_lain(self) -> Decimal | None:
        """The product of the factors when it differs from the volume, otherwise None."""
        product = read_product(self.hitungan)
        return product if product is not None and product != self.volume else None
