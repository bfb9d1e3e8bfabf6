"""One long list that a person asked for as a file."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.jejak.jobs import Pekerjaan
from apps.klien.crypto import SealedTextField

KEPT = timedelta(days=3)
"""How long a file waits for the person who asked (own rule)."""


class UnduhanQuerySet(models.QuerySet):
    def of(self, user):
        """The files of this person, asked for under the duty in use: under another one there is nothing to see."""
        duty = user.penugasan if user.is_authenticated else None
        return self.filter(pengguna=user, penugasan=duty) if duty else self.none()

    def outdated(self, now: datetime):
        """Files that have waited long enough, and requests that came to nothing long ago."""
        over = self.alias(sejak=Coalesce("selesai_pada", "diminta_pada")).filter(sejak__lt=now - KEPT)
        return over.exclude(status__in=Unduhan.RUNNING)


class Unduhan(Pekerjaan):
    """One requested file. It belongs to a person, not to an office; what it holds is sealed."""

    kode = models.CharField(
        "kode", max_length=32, unique=True, editable=False,
        db_comment="Kunci sekali kirim; juga nama berkas dan id permintaan pada jejak akses",
    )  # fmt: skip
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_comment="Peminta")
    penugasan = models.ForeignKey(
        "akun.Penugasan", models.CASCADE, related_name="+", db_comment="Penugasan peminta saat meminta"
    )
    judul = models.CharField("daftar", max_length=60, db_comment="Nama daftar")
    bentuk = models.CharField("bentuk", max_length=4, db_comment="xlsx atau csv")
    alamat = SealedTextField("alamat", db_comment="Alamat unduhan dengan saringan seperti diketik, tersandi")
    baris = models.PositiveIntegerField("baris", default=0, db_comment="Banyak baris")
    baris_jadi = models.PositiveIntegerField("baris jadi", default=0, db_comment="Baris yang sudah ditulis")

    objects = UnduhanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "unduhan"
        db_table_comment = "Berkas daftar panjang yang diminta seseorang; dihapus sesudah beberapa hari"
        indexes = [models.Index(fields=["pengguna", "-id"], name="unduhan_pengguna")]
        constraints = [
            models.CheckConstraint(name="unduhan_percent", condition=Q(persen__lte=100)),
            models.CheckConstraint(name="unduhan_ready_has_file", condition=~Q(status="siap") | ~Q(berkas="")),
        ]

    def __str__(self):
        return f"{self.judul} ({self.bentuk.upper()})"

    @property
    def sampai(self) -> datetime:
        """When the file is deleted."""
        return (self.selesai_pada or timezone.now()) + KEPT
