"""What courts decided: the verdict behind a sentence, and more time for it. Only the owning office reads these rows."""

from django.db import models

from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Recorded, ScopedModel, own_office


class PutusanKerjaSosial(ScopedModel):
    """The verdict behind a sentence and the client's consent. Only the owning office reads it."""

    kerja_sosial = models.OneToOneField(
        "KerjaSosial", models.CASCADE, related_name="putusan", db_constraint=False, editable=False,
        db_comment="Kerja sosial",
    )  # fmt: skip
    nomor = models.CharField("nomor putusan", max_length=80, db_comment="Nomor putusan")
    tanggal = models.DateField("tanggal putusan", db_comment="Tanggal putusan")
    pengadilan = models.CharField("pengadilan", max_length=120, db_comment="Pengadilan")
    kejaksaan = models.CharField("kejaksaan", max_length=120, db_comment="Kejaksaan yang melaksanakan putusan")
    jaksa = models.CharField("nama jaksa", max_length=120, db_comment="Jaksa yang mengawasi")
    persetujuan = models.DateField("klien menyetujui pada", db_comment="Tanggal persetujuan klien")
    ancaman_tahun = models.PositiveSmallIntegerField(
        "ancaman pidana (tahun)", null=True, blank=True, db_comment="Ancaman pidana dalam tahun"
    )
    pidana_bulan = models.PositiveSmallIntegerField(
        "pidana penjara yang diganti (bulan)", null=True, blank=True, db_comment="Pidana yang diganti, dalam bulan"
    )
    denda = models.DecimalField(
        "denda yang diganti (Rp)", max_digits=14, decimal_places=2, null=True, blank=True,
        db_comment="Denda yang diganti, dalam rupiah",
    )  # fmt: skip
    peringatan = models.CharField(
        max_length=400,
        blank=True,
        editable=False,
        db_comment="Syarat yang tidak terpenuhi saat dicatat; hanya peringatan",
    )

    class Meta:
        verbose_name = verbose_name_plural = "putusan kerja sosial"
        db_table_comment = "Putusan di balik kerja sosial; hanya Bapas pemilik"
        constraints = [
            own_office("putusan_ks"),
            SameOffice("kerja_sosial", name="putusan_ks_same_office"),
        ]

    def __str__(self):
        return self.nomor


class Perpanjangan(Recorded, ScopedModel):
    """A decision of the court that gives a sentence more time than the law's six months."""

    nomor = models.CharField("nomor penetapan", max_length=80, db_comment="Nomor penetapan pengadilan")
    tanggal = models.DateField("tanggal penetapan", db_comment="Tanggal penetapan")

    class Meta:
        verbose_name = verbose_name_plural = "perpanjangan batas waktu"
        db_table_comment = "Penetapan pengadilan tentang batas waktu kerja sosial"
        constraints = [own_office("perpanjangan_ks")]

    def __str__(self):
        return self.nomor
