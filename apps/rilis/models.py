"""What is released: the face of every count of persons, per period, unit and audience. The counts behind hidden faces
are stored nowhere."""

from django.db import models
from django.db.models import Q

from apps.wilayah.models import KabKota, UnitModel


class Masa(models.TextChoices):
    """The kind of a period: what stands at the end of a day, what happened in a month, a quarter or a year."""

    HARI = "hari", "Hari"
    BULAN = "bulan", "Bulan"
    TRIWULAN = "triwulan", "Triwulan"
    TAHUN = "tahun", "Tahun"


class Khalayak(models.TextChoices):
    """Who reads: Kanwil and Ditjenpas, or everybody else. `luar` never sees a number that `dinas` does not."""

    DINAS = "dinas", "Kanwil dan Ditjenpas"
    LUAR = "luar", "Mitra dan umum"


class Rilis(models.Model):
    """One period of the whole country. It is released once and then stays: two versions of one number would uncover
    what each of them hides."""

    masa = models.CharField("masa", max_length=8, choices=Masa, db_comment="Jenis masa")
    mulai = models.DateField("mulai", db_comment="Hari pertama masa; untuk keadaan satu hari, hari itu")
    dibuat_pada = models.DateTimeField("dibuat", auto_now_add=True, db_comment="Waktu dirilis")

    class Meta:
        verbose_name = verbose_name_plural = "rilis angka"
        db_table_comment = "Masa yang angkanya sudah dirilis"
        constraints = [models.UniqueConstraint(fields=["masa", "mulai"], name="rilis_rilis_once")]

    def __str__(self):
        return f"{self.masa} {self.mulai}"


class Wajah(UnitModel):
    """All faces of one unit: measure → its count, "<5" or "*". A measure that is missing is 0."""

    rilis = models.ForeignKey(
        Rilis, models.CASCADE, related_name="wajah", db_index=False, verbose_name="rilis", db_comment="Rilis"
    )
    kabkota = models.ForeignKey(
        KabKota, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="kabupaten/kota",
        db_comment="Tempat tinggal klien di wilayah kerja Bapas; kosong = seluruh unit",
    )  # fmt: skip
    khalayak = models.CharField("khalayak", max_length=5, choices=Khalayak, db_comment="Siapa yang boleh membaca")
    angka = models.JSONField("angka", db_comment="Ukuran dan angkanya, <5, atau *; yang tidak ada berarti 0")

    class Meta:
        verbose_name = verbose_name_plural = "wajah angka"
        db_table_comment = "Angka orang seperti yang boleh dilihat di luar kantornya"
        constraints = [
            models.UniqueConstraint(
                fields=["rilis", "khalayak", "kanwil", "bapas", "kabkota"],
                nulls_distinct=False,
                name="rilis_wajah_once",
            ),
            models.CheckConstraint(
                condition=Q(bapas=None) | Q(kanwil=None), name="rilis_wajah_one_unit",
            ),
            models.CheckConstraint(
                condition=Q(kabkota=None) | Q(bapas__isnull=False), name="rilis_wajah_place_of_office",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.rilis_id} {self.khalayak}"
