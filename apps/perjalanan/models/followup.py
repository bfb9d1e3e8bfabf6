"""Follow-up of a client 3, 6 and 12 months after the end of guidance."""

from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.klien.models import Klien
from apps.perjalanan.models.ends import PeristiwaAkhir
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, ScopedQuerySet, filled, own_office


class TindakLanjutQuerySet(ScopedQuerySet):
    def waiting(self):
        """Follow-ups that are neither answered nor cancelled."""
        return self.filter(tanggal=None, batal=False)


class TindakLanjut(ScopedModel):
    """One contact after the end. The four outcomes are answered together; "unknown" is an answer too."""

    class Bulan(models.IntegerChoices):
        TIGA = 3, "3 bulan"
        ENAM = 6, "6 bulan"
        DUA_BELAS = 12, "12 bulan"

    class Jawab(models.TextChoices):
        YA = "ya", "Ya"
        TIDAK = "tidak", "Tidak"
        TIDAK_TAHU = "tidak-tahu", "Tidak diketahui"

    class Cara(models.TextChoices):
        TELEPON = "telepon", "Telepon/WA"
        KUNJUNGAN = "kunjungan", "Kunjungan rumah"
        KANTOR = "kantor", "Datang ke kantor"
        KELUARGA = "keluarga", "Lewat keluarga atau penjamin"
        LAIN = "lain", "Lewat pihak lain"
        GAGAL = "gagal", "Belum dapat dihubungi"

    OUTCOMES = ("pekerjaan", "hunian", "pendidikan", "proses_hukum")

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="tindak_lanjut", db_constraint=False, db_index=False, db_comment="Klien"
    )
    akhir = models.ForeignKey(
        PeristiwaAkhir, models.PROTECT, related_name="tindak_lanjut", db_constraint=False, db_index=False,
        db_comment="Pengakhiran yang ditindaklanjuti",
    )  # fmt: skip
    bulan = models.PositiveSmallIntegerField("bulan ke", choices=Bulan, db_comment="Bulan setelah bimbingan berakhir")
    jatuh_tempo = models.DateField("jatuh tempo", db_comment="Hari tindak lanjut jatuh tempo")
    tanggal = models.DateField("tanggal dihubungi", null=True, db_comment="Kapan dihubungi; kosong bila belum")
    cara = models.CharField("cara menghubungi", max_length=9, choices=Cara, blank=True, db_comment="Cara menghubungi")
    pekerjaan = models.CharField(
        "bekerja atau berusaha", max_length=10, choices=Jawab, blank=True, db_comment="Bekerja atau berusaha"
    )
    hunian = models.CharField(
        "punya tempat tinggal tetap", max_length=10, choices=Jawab, blank=True, db_comment="Tempat tinggal tetap"
    )
    pendidikan = models.CharField(
        "sekolah atau pelatihan", max_length=10, choices=Jawab, blank=True, db_comment="Sekolah atau ikut pelatihan"
    )
    proses_hukum = models.CharField(
        "kembali berproses hukum", max_length=10, choices=Jawab, blank=True, db_comment="Kembali berproses hukum"
    )
    catatan = models.CharField("catatan", max_length=300, blank=True, db_comment="Catatan singkat")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Pencatat"
    )
    batal = models.BooleanField(
        "batal", default=False, editable=False, db_comment="Tidak jadi, karena registrasi dibuka kembali"
    )

    objects = TindakLanjutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tindak lanjut"
        ordering = ["bulan"]
        db_table_comment = "Tindak lanjut 3, 6, dan 12 bulan setelah bimbingan berakhir"
        indexes = [
            models.Index(fields=["bapas", "klien"], name="tindaklanjut_klien"),
            models.Index(
                fields=["bapas", "jatuh_tempo"], condition=Q(tanggal=None, batal=False), name="tindaklanjut_menunggu"
            ),
        ]
        constraints = [
            own_office("tindaklanjut"),
            SameOffice("klien", name="tindaklanjut_klien_same_office"),
            SameOffice("akhir", name="tindaklanjut_akhir_same_office"),
            models.UniqueConstraint(fields=["bapas", "akhir", "bulan"], name="tindaklanjut_once"),
            models.CheckConstraint(
                name="tindaklanjut_whole_or_nothing",
                condition=Q(tanggal=None, oleh=None, cara="", pekerjaan="", hunian="", pendidikan="", proses_hukum="")
                | Q(tanggal__isnull=False, oleh__isnull=False)
                & filled("cara") & filled("pekerjaan") & filled("hunian") & filled("pendidikan")
                & filled("proses_hukum"),
                violation_error_message="Jawab keempat pertanyaan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Tindak lanjut {self.get_bulan_display()} klien {self.klien_id}"

    @classmethod
    def pertanyaan(cls, name: str) -> str:
        """The question for the outcome `name`."""
        words = str(cast(models.Field, cls._meta.get_field(name)).verbose_name)
        return words[:1].upper() + words[1:]

    @property
    def jawaban(self) -> list[tuple[str, str]]:
        """(question, answer) of the four outcomes."""
        return [(self.pertanyaan(name), getattr(self, f"get_{name}_display")()) for name in self.OUTCOMES]
