"""One requested report: the row is the truth about the job, the file and its verification code."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.wilayah.models import Bapas, Kanwil


class LaporanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reports about the user's own office, region, or the nation. Reports hold figures, no person."""
        duty = user.penugasan if user.is_authenticated else None
        if duty is None or duty.mitra_id:
            return self.none()
        offices = Q(bapas_id__in=user.scope.bapas)
        if duty.bapas_id:
            return self.filter(offices)
        if duty.kanwil_id:
            return self.filter(offices | Q(kanwil_id=duty.kanwil_id))
        return self.all()

    def for_list(self):
        return self.select_related("bapas", "kanwil", "diminta_oleh").defer("potret").order_by("-id")


class Laporan(models.Model):
    """Annual report of a Bapas, a Kanwil or the nation. Not scoped: it holds suppressed figures only."""

    class Jenis(models.TextChoices):
        PROGRAM = "program", "Program dan anggaran"

    class Tingkat(models.TextChoices):
        BAPAS = "bapas", "Bapas"
        KANWIL = "kanwil", "Kanwil"
        NASIONAL = "nasional", "Nasional"

    class Status(models.TextChoices):
        ANTRE = "antre", "Menunggu giliran"
        BERJALAN = "berjalan", "Sedang dibuat"
        SIAP = "siap", "Siap"
        GAGAL = "gagal", "Belum jadi"
        BATAL = "batal", "Dibatalkan"

    RUNNING = (Status.ANTRE, Status.BERJALAN)

    jenis = models.CharField("jenis", max_length=10, choices=Jenis, default=Jenis.PROGRAM, db_comment="Jenis laporan")
    tingkat = models.CharField("tingkat", max_length=10, choices=Tingkat, db_comment="Tingkat")
    bapas = models.ForeignKey(
        Bapas, models.PROTECT, null=True, blank=True, related_name="+", db_comment="Bapas, bila tingkat Bapas"
    )
    kanwil = models.ForeignKey(
        Kanwil, models.PROTECT, null=True, blank=True, related_name="+", db_comment="Kanwil, bila tingkat Kanwil"
    )
    tahun = models.PositiveSmallIntegerField("tahun anggaran", db_comment="Tahun anggaran")
    versi = models.PositiveSmallIntegerField("versi", default=1, db_comment="Versi, naik setiap laporan siap")
    final = models.BooleanField("final", default=False, db_comment="Final: angka dibekukan; selain itu draf")
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.ANTRE, db_comment="Status pekerjaan"
    )
    langkah = models.CharField("langkah", max_length=60, blank=True, db_comment="Langkah yang sedang berjalan")
    persen = models.PositiveSmallIntegerField("persen", default=0, db_comment="Kemajuan 0-100")
    galat = models.CharField("sebab belum jadi", max_length=300, blank=True, db_comment="Sebab belum jadi, dalam kata")
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Peminta")
    penugasan = models.ForeignKey(
        "akun.Penugasan", models.PROTECT, related_name="+", db_comment="Penugasan peminta saat meminta"
    )
    diminta_pada = models.DateTimeField("diminta", default=timezone.now, db_comment="Waktu diminta")
    denyut_pada = models.DateTimeField(
        "denyut", default=timezone.now, db_comment="Kemajuan terakhir; lama berarti terhenti"
    )
    selesai_pada = models.DateTimeField("selesai", null=True, blank=True, db_comment="Waktu selesai")
    data_per = models.DateTimeField("data per", null=True, blank=True, db_comment="Waktu angka diambil")
    potret = models.JSONField("potret angka", default=dict, db_comment="Angka beku isi laporan")
    kode = models.CharField("kode verifikasi", max_length=12, unique=True, db_comment="Kode verifikasi 12 huruf")
    berkas = models.CharField("berkas", max_length=200, blank=True, db_comment="Nama berkas pada penyimpanan")
    nama_berkas = models.CharField("nama berkas", max_length=150, blank=True, db_comment="Nama berkas saat diunduh")
    ukuran = models.PositiveIntegerField("ukuran (bita)", default=0, db_comment="Ukuran berkas dalam bita")
    halaman = models.PositiveSmallIntegerField("halaman", default=0, db_comment="Banyak halaman")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_comment="SHA-256 berkas")

    objects = LaporanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "laporan"
        db_table_comment = "Permintaan dan berkas laporan tahunan"
        indexes = [
            models.Index(fields=["sha256"], name="laporan_sha256"),
            models.Index(fields=["bapas", "-id"], name="laporan_bapas"),
            models.Index(fields=["kanwil", "-id"], name="laporan_kanwil"),
        ]
        constraints = [
            models.CheckConstraint(
                name="laporan_unit_fits_level",
                condition=Q(tingkat="bapas", bapas__isnull=False, kanwil=None)
                | Q(tingkat="kanwil", kanwil__isnull=False, bapas=None)
                | Q(tingkat="nasional", bapas=None, kanwil=None),
            ),
            models.UniqueConstraint(
                fields=["jenis", "tingkat", "bapas", "kanwil", "tahun", "final"],
                condition=Q(status__in=["antre", "berjalan"]), nulls_distinct=False,
                name="laporan_one_running_per_request",
            ),
            models.UniqueConstraint(
                fields=["jenis", "tingkat", "bapas", "kanwil", "tahun", "versi"],
                condition=Q(status="siap"), nulls_distinct=False, name="laporan_version_once",
            ),
            models.CheckConstraint(
                name="laporan_ready_has_file",
                condition=~Q(status="siap") | (~Q(sha256="") & ~Q(berkas="") & Q(data_per__isnull=False)),
            ),
            models.CheckConstraint(name="laporan_percent", condition=Q(persen__lte=100)),
        ]  # fmt: skip

    def __str__(self):
        return f"Laporan {self.tingkat} {self.tahun} v{self.versi}"

    @property
    def unit_nama(self) -> str:
        return str(self.bapas or self.kanwil or "Nasional")
