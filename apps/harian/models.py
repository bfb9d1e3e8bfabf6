"""Reports to the Kanwil as they were sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.wilayah.ledger import Ledger
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office


class LaporanQuerySet(ScopedQuerySet):
    def newest(self):
        """Only the last version of each report."""
        return self.order_by("bapas_id", "jenis", "tanggal", "-versi").distinct("bapas_id", "jenis", "tanggal")


class LaporanKanwil(Ledger, ScopedModel):
    """One daily or monthly report of one Bapas, frozen when it was sent. A correction is a new version."""

    class Jenis(models.TextChoices):
        HARIAN = "harian", "Laporan harian"
        BULANAN = "bulanan", "Laporan bulanan"

    jenis = models.CharField("jenis", max_length=7, choices=Jenis, db_comment="Harian atau bulanan")
    tanggal = models.DateField("tanggal", db_comment="Hari yang dilaporkan; tanggal 1 untuk bulanan")
    versi = models.PositiveSmallIntegerField("versi", default=1, db_comment="Naik setiap kali dikirim ulang")
    angka = models.JSONField("angka", db_comment="Angka pada saat dikirim: kunci → [periode, sejak awal tahun]")
    catatan = models.CharField("penutup", max_length=500, blank=True, db_comment="Catatan penutup, tanpa nama orang")
    dikirim_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Pengirim")
    dikirim_pada = models.DateTimeField("dikirim", default=timezone.now, db_comment="Waktu kirim")

    objects = LaporanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "laporan ke Kanwil"
        db_table_comment = "Laporan harian dan bulanan ke Kanwil; hanya bertambah"
        indexes = [models.Index(fields=["bapas", "jenis", "-tanggal"], name="laporan_kanwil_hari")]
        constraints = [
            own_office("laporan_kanwil"),
            models.UniqueConstraint(
                "bapas", "jenis", "tanggal", "versi", name="laporan_kanwil_version_once",
                violation_error_message="Laporan ini baru saja dikirim.",
            ),
            models.CheckConstraint(
                name="laporan_kanwil_month_starts", condition=Q(jenis="harian") | Q(tanggal__day=1)
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_jenis_display()} {self.tanggal} v{self.versi}"
