"""The tables of the recap. Nobody types anything here: everything can be built again (`manage.py rekap bangun`)."""

from django.db import models

from apps.wilayah.models import Bapas, ScopedModel


class Kept(ScopedModel):
    """A row that only triggers and merges write. It does not lock its office: writers of one office never wait."""

    bapas = models.ForeignKey(
        Bapas, models.DO_NOTHING, related_name="+", editable=False, db_index=False, db_constraint=False,
        verbose_name="Bapas", db_comment="Bapas pemilik data",
    )  # fmt: skip

    class Meta:
        abstract = True


class Angka(Kept):
    """The sum of one measure: what began, less what ended, on one day, in one month or in one year.

    A long range is read as years, months and days, so its cost does not grow with time.
    """

    class Tingkat(models.TextChoices):
        HARI = "hari", "Hari"
        BULAN = "bulan", "Bulan"
        TAHUN = "tahun", "Tahun"

    ukuran = models.CharField("ukuran", max_length=20, db_comment="Nama ukuran")
    kategori = models.CharField("kategori", max_length=20, blank=True, db_comment="Bagian dari ukuran, boleh kosong")
    tingkat = models.CharField("tingkat", max_length=5, choices=Tingkat, db_comment="Lama: hari, bulan, atau tahun")
    hari = models.DateField("hari", db_comment="Hari pertama")
    n = models.IntegerField("banyak", db_comment="Yang mulai dikurangi yang selesai")
    jumlah = models.DecimalField(
        "jumlah (Rp)", max_digits=20, decimal_places=2, null=True, db_comment="Rupiah yang mulai dikurangi yang selesai"
    )

    class Meta:
        verbose_name = verbose_name_plural = "angka rekap"
        db_table_comment = "Jumlah per Bapas yang dibaca dasbor; dapat dibangun ulang"
        constraints = [
            models.UniqueConstraint(
                fields=["bapas", "ukuran", "tingkat", "hari", "kategori"],
                include=["n", "jumlah"],
                name="rekap_angka_once",
            )
        ]

    def __str__(self):
        return f"{self.ukuran} {self.kategori} {self.hari}"


class Andil(Kept):
    """What one key gave to the sums. When the key changes, the sums change by the difference."""

    sumber = models.CharField("sumber", max_length=12, db_comment="Nama sumber")
    kunci = models.BigIntegerField("kunci", db_comment="Kunci di dalam sumber, misalnya id klien")
    ukuran = models.CharField("ukuran", max_length=20, db_comment="Nama ukuran")
    kategori = models.CharField("kategori", max_length=20, blank=True, db_comment="Bagian dari ukuran, boleh kosong")
    mulai = models.DateField("mulai", db_comment="Hari sejak fakta ini dihitung")
    selesai = models.DateField("selesai", null=True, db_comment="Hari sejak fakta ini tidak dihitung lagi")
    n = models.IntegerField("banyak", db_comment="Banyak")
    jumlah = models.DecimalField("jumlah (Rp)", max_digits=20, decimal_places=2, null=True, db_comment="Rupiah")

    class Meta:
        verbose_name = verbose_name_plural = "andil rekap"
        db_table_comment = "Bagian satu kunci dari angka rekap; dapat dibangun ulang"
        indexes = [models.Index(fields=["bapas", "sumber", "kunci"], name="rekap_andil_kunci")]

    def __str__(self):
        return f"{self.sumber} {self.kunci}"


class Tanda(Kept):
    """A key whose rows changed since its facts were counted. Triggers only add marks; the merge takes them away."""

    sumber = models.CharField("sumber", max_length=12, blank=True, db_comment="Nama sumber, kosong = semua")
    kunci = models.BigIntegerField("kunci", null=True, db_comment="Kunci yang berubah, kosong = semua")

    class Meta:
        verbose_name = verbose_name_plural = "tanda rekap"
        db_table_comment = "Kunci yang berubah sejak penggabungan terakhir"
        constraints = [
            models.CheckConstraint(
                name="rekap_tanda_key_of_source",
                condition=models.Q(sumber="", kunci=None) | ~models.Q(sumber="") & models.Q(kunci__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.sumber} {self.kunci}"


class Versi(Kept):
    """How often the sums of an office changed by a merge."""

    versi = models.BigIntegerField("versi", default=0, db_comment="Naik pada setiap penggabungan")

    class Meta:
        verbose_name = verbose_name_plural = "versi rekap"
        db_table_comment = "Versi angka rekap per Bapas"
        constraints = [models.UniqueConstraint(fields=["bapas"], name="rekap_versi_office")]

    def __str__(self):
        return f"{self.bapas_id}: {self.versi}"
