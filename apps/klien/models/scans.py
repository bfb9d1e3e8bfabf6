"""What the virus scanner said of an uploaded file."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Dipindai(models.Model):
    """A row with one uploaded file. With a scanner, a file that it has not read yet opens for nobody."""

    class Pindai(models.TextChoices):
        BELUM = "belum", "Belum dipindai"
        BERSIH = "bersih", "Bersih dari virus"
        TOLAK = "tolak", "Ditolak pemindai"

    pindai = models.CharField(
        "pemindaian virus", max_length=6, choices=Pindai, default=Pindai.BELUM, editable=False,
        db_comment="Hasil pemindaian virus",
    )  # fmt: skip
    mentah = models.CharField(
        "unggahan asli", max_length=80, blank=True, editable=False,
        db_comment="Berkas asli tersandi yang menunggu pemindai, bila yang disimpan dibuat ulang darinya",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def boleh_dibuka(self) -> bool:
        """Whether the scanner lets the file be opened; without a scanner every file that is there opens."""
        return self.pindai == (self.Pindai.BERSIH if settings.CLAMD_URL else self.pindai) != self.Pindai.TOLAK

    @property
    def ditolak(self) -> bool:
        return self.pindai == self.Pindai.TOLAK


def passed_scan() -> Q:
    """`Dipindai.boleh_dibuka` as a filter."""
    if settings.CLAMD_URL:
        return Q(pindai=Dipindai.Pindai.BERSIH)
    return ~Q(pindai=Dipindai.Pindai.TOLAK)
