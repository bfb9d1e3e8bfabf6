"""Photos that belong to guidance records."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.klien.models.guidance import CatatanBimbingan
from apps.klien.models.scans import Dipindai
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, own_office


class FotoBimbingan(Dipindai, ScopedModel):
    """The one photo of a guidance record. The file has a random name; only this row links it to the record."""

    catatan = models.ForeignKey(
        CatatanBimbingan, models.PROTECT, related_name="+", db_constraint=False, db_index=False,
        db_comment="Catatan bimbingan",
    )  # fmt: skip
    berkas = models.CharField("berkas", max_length=100, unique=True, db_comment="Nama acak di penyimpanan berkas")
    ukuran = models.PositiveIntegerField("ukuran (bita)", db_comment="Ukuran dalam bita")
    lebar = models.PositiveSmallIntegerField("lebar", db_comment="Lebar dalam piksel")
    tinggi = models.PositiveSmallIntegerField("tinggi", db_comment="Tinggi dalam piksel")
    diunggah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Pengunggah"
    )
    diunggah_pada = models.DateTimeField("diunggah", default=timezone.now, db_comment="Waktu diunggah")

    class Meta:
        verbose_name = verbose_name_plural = "foto bimbingan"
        db_table_comment = "Foto catatan bimbingan, tanpa data lokasi"
        indexes = [models.Index(fields=["bapas"], condition=~Q(pindai="bersih"), name="foto_not_clean")]
        constraints = [
            own_office("foto"),
            SameOffice("catatan", name="foto_catatan_same_office"),
            models.UniqueConstraint(
                "bapas", "catatan", name="foto_one_per_record", violation_error_message="Catatan ini sudah berfoto.",
            ),
            models.CheckConstraint(
                name="foto_small", condition=Q(lebar__lte=1280, tinggi__lte=1280, ukuran__lte=204800)
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Foto bimbingan {self.catatan_id}"
