"""The yearly empowerment programme, its activities, cost lines (RAB) and what was spent."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Sum
from django.utils import timezone

from apps.acuan.models import AkunBelanja, KategoriKebutuhan
from apps.jejak.past import state_on
from apps.klien.models import Bidang
from apps.program.numbers import read_product
from apps.wilayah.constraints import SameOffice
from apps.wilayah.days import on_days
from apps.wilayah.models import Mitra, ScopedModel, ScopedQuerySet, filled, own_office

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


class ProgramQuerySet(ScopedQuerySet):
    def newest(self):
        """One version per office and year: the last."""
        return self.filter(~Exists(_later_versions()))

    def in_force(self, *years: int, on: date | None = None):
        """The approved budget: of each office and year (of every year without `years`) the version that was approved
        last, by the end of the day `on` or by now. Money is spent under it; an office without one has no budget."""
        rows = self.filter(tahun__in=years) if years else self
        return rows.filter(approved_by(on), ~Exists(_later_versions().filter(approved_by(on))))

    def in_the_making(self, *years: int, on: date):
        """Versions that were a draft, or waited for the head, at the end of the day `on`."""
        begun = self.filter(tahun__in=years) if years else self
        return begun.annotate(keadaan=state_on(on, "program")).filter(
            keadaan__in=[ProgramTahunan.Status.DRAF, ProgramTahunan.Status.DIPERIKSA]
        )

    def for_years(self):
        """One row per office and year: the version in force, else the one that is being made. Beside a version in
        force stands the revision that is being made, as `revisi` (its number) and `revisi_status`."""
        revision = _later_versions().exclude(approved_by())
        in_force = approved_by() & ~Exists(_later_versions().filter(approved_by()))
        return self.filter(in_force | ~Exists(_versions().filter(approved_by()))).annotate(
            revisi=Subquery(revision.values("versi")), revisi_status=Subquery(revision.values("status"))
        )

    def for_list(self):
        """With office, total in rupiah (also of the revision in the making) and clients aimed at, in one query."""
        plans = RencanaKegiatan.objects.filter(bapas=OuterRef("bapas"), program=OuterRef("pk")).order_by()
        lines = RincianBiaya.objects.filter(bapas=OuterRef("bapas")).order_by()
        revision = lines.filter(
            ~Q(rencana__program__status=ProgramTahunan.Status.DISETUJUI),
            rencana__program__tahun=OuterRef("tahun"), rencana__program__versi__gt=OuterRef("versi"),
        )  # fmt: skip
        return self.select_related("bapas").annotate(
            jumlah_rupiah=_total(lines.filter(rencana__program=OuterRef("pk")), "jumlah"),
            jumlah_target=_total(plans, "target_klien"),
            revisi_rupiah=_total(revision, "jumlah"),
        )


def _total(rows, column: str) -> Subquery:
    return Subquery(rows.values("bapas").annotate(n=Sum(column)).values("n"))


def approved_by(day: date | None = None) -> Q:
    """Versions that the head of the office had approved by the end of `day` there, or by now."""
    until = on_days("disetujui_pada", until=day) if day else Q()
    return Q(status=ProgramTahunan.Status.DISETUJUI) & until


def _versions():
    return ProgramTahunan.objects.filter(bapas=OuterRef("bapas"), tahun=OuterRef("tahun"))


def _later_versions():
    return _versions().filter(versi__gt=OuterRef("versi"))


@dataclass(frozen=True)
class Rancangan:
    """A version that nobody has approved yet; `rupiah` is no budget."""

    versi: int
    status: str
    rupiah: Decimal

    def __str__(self):
        return f"{self.status}, versi {self.versi}"


class ProgramTahunan(ScopedModel):
    """The empowerment programme of one Bapas for one budget year."""

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        DIPERIKSA = "diperiksa", "Menunggu Kepala Bapas"
        DISETUJUI = "disetujui", "Disetujui Kepala Bapas"

    tahun = models.PositiveSmallIntegerField("tahun anggaran", db_comment="Tahun anggaran")
    versi = models.PositiveSmallIntegerField("versi", default=1, editable=False, db_comment="Versi")
    latar = models.TextField("latar belakang", blank=True, db_comment="Latar belakang program")
    status = models.CharField(
        "status", max_length=10, choices=Status, default=Status.DRAF, editable=False, db_comment="Status"
    )
    potret = models.JSONField(
        "potret kebutuhan",
        default=dict,
        editable=False,
        db_comment="Jumlah kebutuhan per kategori saat program disusun",
    )
    potret_pada = models.DateField("tanggal potret", null=True, editable=False, db_comment="Tanggal potret kebutuhan")
    disusun_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Penyusun"
    )
    diajukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Pengirim"
    )
    diajukan_pada = models.DateTimeField("dikirim", null=True, editable=False, db_comment="Waktu dikirim")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Penyetuju"
    )
    disetujui_pada = models.DateTimeField("disetujui", null=True, editable=False, db_comment="Waktu disetujui")
    sidik = models.CharField(
        "sidik isi", max_length=64, blank=True, editable=False, db_comment="SHA-256 isi yang dikirim"
    )

    objects = ProgramQuerySet.as_manager()

    revisi: int | None
    revisi_status: str
    jumlah_rupiah: Decimal | None
    revisi_rupiah: Decimal | None
    """What `for_years` and `for_list` add to a row."""

    class Meta:
        verbose_name = verbose_name_plural = "program tahunan"
        ordering = ["-tahun", "-versi"]
        db_table_comment = "Program pemberdayaan klien satu Bapas untuk satu tahun"
        constraints = [
            own_office("program"),
            models.UniqueConstraint(
                "bapas", "tahun", "versi", name="program_one_version_per_year",
                violation_error_message="Program untuk tahun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["bapas", "tahun"], condition=~Q(status="disetujui"), name="program_one_open_version",
            ),
            models.CheckConstraint(
                name="program_approver_is_not_submitter", condition=~Q(disetujui_oleh=F("diajukan_oleh"))
            ),
            models.CheckConstraint(
                name="program_submitted_iff_submitter",
                condition=Q(status="draf", diajukan_oleh=None, sidik="")
                | ~Q(status="draf") & Q(diajukan_oleh__isnull=False) & ~Q(sidik=""),
            ),
            models.CheckConstraint(
                name="program_approved_iff_approver",
                condition=Q(status="disetujui", disetujui_oleh__isnull=False)
                | ~Q(status="disetujui") & Q(disetujui_oleh=None),
            ),
            models.CheckConstraint(
                name="program_year_sane", condition=Q(tahun__gte=2020, tahun__lte=2100),
                violation_error_message="Isi tahun anggaran antara 2020 dan 2100.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Program {self.tahun} versi {self.versi}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAF

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.DISETUJUI

    @property
    def warna(self) -> str:
        """Colour of the status tag."""
        return {"diperiksa": "kuning", "disetujui": "hijau"}.get(self.status, "abu")

    @property
    def rancangan(self) -> "Rancangan | None":
        """What is being made for the year (of rows of `for_years().for_list()`)."""
        if not self.is_approved:
            return Rancangan(self.versi, self.get_status_display(), self.jumlah_rupiah or Decimal(0))
        if not self.revisi:
            return None
        return Rancangan(self.revisi, self.Status(self.revisi_status).label, self.revisi_rupiah or Decimal(0))

    def kegiatan(self):
        """Planned activities with everything a page about them shows, in two queries."""
        lines = RincianBiaya.objects.filter(bapas=self.bapas_id).select_related("akun")
        return (
            RencanaKegiatan.objects.filter(bapas=self.bapas_id, program=self)
            .select_related("kategori", "pelaksana")
            .prefetch_related(Prefetch("biaya", lines))
        )


class RencanaKegiatan(ScopedModel):
    """A planned activity: which need it serves, for how many clients, when, by whom."""

    program = models.ForeignKey(
        ProgramTahunan,
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
        """The twelve months and whether the activity takes place."""
        return [(name, number in self.bulan) for number, name in enumerate(MONTHS, 1)]

    @property
    def bulan_teks(self) -> str:
        return ", ".join(name for name, planned in self.jadwal if planned)

    @property
    def total(self) -> Decimal:
        """Cost of the activity; reads the lines that `ProgramTahunan.kegiatan()` fetched."""
        return sum((line.jumlah for line in self.biaya.all()), Decimal(0))


class KebutuhanTanpaProgram(ScopedModel):
    """Why a need of the snapshot gets no activity this year. What nobody explains stays visible."""

    program = models.ForeignKey(
        ProgramTahunan, models.CASCADE, related_name="tanpa_program", db_constraint=False, db_index=False,
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
    """Who pays."""

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
        """What PostgreSQL will store as `jumlah`, for a line that is not saved yet."""
        return self.volume * self.harga

    @property
    def hitungan_lain(self) -> Decimal | None:
        """What the factors multiply to, when that is not the volume."""
        product = read_product(self.hitungan)
        return product if product is not None and product != self.volume else None


class Realisasi(ScopedModel):
    """Money spent on a cost line. Corrections are negative entries; entry and approval by two people."""

    rincian = models.ForeignKey(
        RincianBiaya,
        models.PROTECT,
        related_name="realisasi",
        db_constraint=False,
        db_index=False,
        db_comment="Rincian biaya",
    )
    tanggal = models.DateField("tanggal", db_comment="Tanggal pengeluaran")
    jumlah = models.DecimalField(
        "jumlah (Rp)", max_digits=18, decimal_places=2, db_comment="Rupiah; negatif untuk koreksi"
    )
    bukti = models.CharField("nomor bukti", max_length=60, db_comment="Nomor bukti")
    keterangan = models.CharField("keterangan", max_length=200, blank=True, db_comment="Keterangan")
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Penyetuju"
    )
    disetujui_pada = models.DateTimeField("disetujui", null=True, editable=False, db_comment="Waktu disetujui")

    class Meta:
        verbose_name = verbose_name_plural = "realisasi"
        ordering = ["tanggal", "id"]
        db_table_comment = "Realisasi anggaran"
        indexes = [models.Index(fields=["bapas", "rincian"], name="realisasi_rincian")]
        constraints = [
            own_office("realisasi"),
            SameOffice("rincian", name="realisasi_rincian_same_office"),
            models.CheckConstraint(
                name="realisasi_not_zero", condition=~Q(jumlah=0), violation_error_message="Jumlah tidak boleh nol."
            ),
            models.CheckConstraint(
                name="realisasi_correction_has_reason", condition=Q(jumlah__gt=0) | filled("keterangan"),
                violation_error_message="Isi alasan koreksi.",
            ),
            models.CheckConstraint(
                name="realisasi_approved_iff_approver",
                condition=Q(disetujui_oleh=None, disetujui_pada=None)
                | Q(disetujui_oleh__isnull=False, disetujui_pada__isnull=False),
            ),
            models.CheckConstraint(
                name="realisasi_approver_is_not_recorder", condition=~Q(disetujui_oleh=F("dicatat_oleh"))
            ),
            models.UniqueConstraint(
                "bapas", "rincian", "bukti", "jumlah", "tanggal", name="realisasi_proof_once",
                violation_error_message="Bukti ini sudah dicatat untuk rincian yang sama.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.bukti} {self.jumlah}"
