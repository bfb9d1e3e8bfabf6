"""The case file of a revocation (pencabutan). The portal stores dates and letters; people decide."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.acuan.models import DasarPencabutan
from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import ScopedModel, ScopedQuerySet, filled, own_office


class Langkah(models.TextChoices):
    """Steps of the procedure, in the order in which they may follow (`services.revocation.NEXT`)."""

    USUL = "usul", "Usul"
    BAP = "bap", "Berita acara pemeriksaan"
    PERIKSA = "periksa", "Pemeriksaan Bapas"
    TPP = "tpp", "Sidang TPP"
    TANGGUH = "ditangguhkan", "Bimbingan ditangguhkan"
    TERUS = "diteruskan", "Diteruskan ke Menteri"
    CABUT = "dicabut", "Dicabut oleh Menteri"
    TOLAK = "tidak-dicabut", "Tidak dicabut"
    HENTI = "dihentikan", "Usul dihentikan"


OPEN = (Langkah.USUL, Langkah.BAP, Langkah.PERIKSA, Langkah.TPP, Langkah.TANGGUH, Langkah.TERUS)
NUMBERED = ("bap", "tpp", "ditangguhkan", "diteruskan", "dicabut", "tidak-dicabut", "dihentikan")
"""Steps that need the number of their paper."""


class UsulQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def for_list(self):
        return self.select_related("klien__pk_pembimbing", "dasar", "diusulkan_oleh", "bapas")


class UsulPencabutan(ScopedModel):
    """One proposal to revoke the guidance of one client, with the dates of absence on which it is based."""

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="usul_pencabutan", db_constraint=False, db_index=False, db_comment="Klien"
    )
    dasar = models.ForeignKey(
        DasarPencabutan, models.PROTECT, related_name="+", verbose_name="dasar usul", db_comment="Dasar usul"
    )
    uraian = models.CharField("uraian", max_length=500, db_comment="Apa yang terjadi dan apa yang sudah diupayakan")
    tanggal_absen = ArrayField(
        models.DateField(), default=list, blank=True, editable=False, verbose_name="tanggal tidak hadir",
        db_comment="Tanggal tidak hadir yang menjadi dasar, dari catatan bimbingan",
    )  # fmt: skip
    tanggal = models.DateField("tanggal usul", editable=False, db_comment="Hari usul dibuat")
    batas = models.DateField(
        "batas penyelesaian", editable=False, db_comment="Hari kerja ke-20 sejak usul, hari libur dilewati"
    )
    status = models.CharField(
        "langkah", max_length=14, choices=Langkah, default=Langkah.USUL, editable=False, db_comment="Langkah terakhir"
    )
    diusulkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pengusul"
    )
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        db_comment="Kepala Bapas yang memutus atau mencatat putusan",
    )  # fmt: skip
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    objects = UsulQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "usul pencabutan"
        db_table_comment = "Berkas usul pencabutan bimbingan"
        indexes = [
            models.Index(fields=["bapas", "klien"], name="usul_klien"),
            models.Index(fields=["bapas", "status", "batas"], name="usul_status"),
        ]
        constraints = [
            own_office("usul"),
            SameOffice("klien", name="usul_klien_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status__in=[step.value for step in OPEN]),
                name="usul_one_open_case",
                violation_error_message="Usul pencabutan untuk klien ini masih berjalan.",
            ),
            models.CheckConstraint(
                name="usul_decider_is_not_proposer", condition=~Q(diputus_oleh=F("diusulkan_oleh")),
                violation_error_message="Usul ini Anda buat sendiri. Pemutus harus orang lain.",
            ),
            models.CheckConstraint(
                name="usul_decided_iff_decider",
                condition=Q(status__in=["usul", "bap", "periksa", "tpp"], diputus_oleh=None)
                | ~Q(status__in=["usul", "bap", "periksa", "tpp"]) & Q(diputus_oleh__isnull=False),
            ),
            models.CheckConstraint(name="usul_deadline_after_start", condition=Q(batas__gte=F("tanggal"))),
            models.CheckConstraint(
                name="usul_has_story", condition=filled("uraian"), violation_error_message="Isi uraian."
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Usul pencabutan {self.pk}"

    @property
    def berjalan(self) -> bool:
        return self.status in OPEN


class LangkahPencabutan(Ledger, ScopedModel):
    """One step: day, paper, person. The table is append-only."""

    usul = models.ForeignKey(
        UsulPencabutan, models.PROTECT, related_name="langkah", db_constraint=False, db_index=False, db_comment="Usul"
    )
    langkah = models.CharField("langkah", max_length=14, choices=Langkah, editable=False, db_comment="Langkah")
    tanggal = models.DateField("tanggal", db_comment="Tanggal surat atau sidang")
    nomor = models.CharField("nomor surat", max_length=80, blank=True, db_comment="Nomor surat atau berita acara")
    uraian = models.CharField("uraian", max_length=500, blank=True, db_comment="Isi singkat")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    class Meta:
        verbose_name = verbose_name_plural = "langkah pencabutan"
        ordering = ["id"]
        db_table_comment = "Langkah usul pencabutan; hanya bertambah"
        constraints = [
            own_office("langkah"),
            SameOffice("usul", name="langkah_usul_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "usul", "langkah"], name="langkah_once",
                violation_error_message="Langkah ini sudah dicatat.",
            ),
            models.CheckConstraint(
                name="langkah_has_number", condition=~Q(langkah__in=NUMBERED) | filled("nomor"),
                violation_error_message="Isi nomor surat.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_langkah_display()} {self.tanggal}"
