"""The event that ends a registration. Nothing ends by itself, not even on the last day of the term (HMB)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, ScopedQuerySet, filled, own_office


class AkhirQuerySet(ScopedQuerySet):
    def for_list(self):
        return self.select_related("klien__pk_pembimbing", "diusulkan_oleh", "diputus_oleh", "bapas")


class PeristiwaAkhir(ScopedModel):
    """One end: proposed by one person, decided by another. Its kind becomes the status of the client.

    When a transaction ends, PostgreSQL compares this table with the status of the client (`perjalanan/0002_wall`).
    """

    class Jenis(models.TextChoices):
        SELESAI = "selesai", "Pengakhiran bimbingan"
        DICABUT = "dicabut", "Pencabutan"
        DILIMPAHKAN = "dilimpahkan", "Pelimpahan"
        MENINGGAL = "meninggal", "Meninggal dunia"
        MELARIKAN_DIRI = "melarikan", "Melarikan diri"

    class Status(models.TextChoices):
        DIUSULKAN = "diusulkan", "Menunggu keputusan"
        BERLAKU = "berlaku", "Berlaku"
        DITOLAK = "ditolak", "Ditolak"
        DITARIK = "ditarik", "Ditarik pengusul"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="peristiwa_akhir", db_constraint=False, db_index=False, db_comment="Klien"
    )
    jenis = models.CharField("jenis", max_length=12, choices=Jenis, editable=False, db_comment="Status yang dituju")
    tanggal = models.DateField("tanggal peristiwa", db_comment="Kapan bimbingan berakhir")
    keterangan = models.CharField("keterangan", max_length=300, blank=True, db_comment="Keterangan singkat")
    sumber_nomor = models.CharField(
        "nomor surat sumber", max_length=80, blank=True,
        db_comment="Nomor surat kematian, laporan, keputusan, atau surat pelimpahan",
    )  # fmt: skip
    sumber_tanggal = models.DateField("tanggal surat sumber", null=True, blank=True, db_comment="Tanggal surat sumber")
    surat_nomor = models.CharField(
        "nomor surat pengakhiran", max_length=80, blank=True, db_comment="Nomor surat pengakhiran dari Bapas"
    )
    status = models.CharField(
        "status", max_length=10, choices=Status, default=Status.DIUSULKAN, editable=False, db_comment="Status usul"
    )
    diusulkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pengusul"
    )
    diusulkan_pada = models.DateTimeField("diusulkan", default=timezone.now, editable=False, db_comment="Waktu usul")
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Pemutus"
    )
    diputus_pada = models.DateTimeField("diputus", null=True, editable=False, db_comment="Waktu putusan")
    alasan_putusan = models.CharField(
        "alasan putusan", max_length=300, blank=True, editable=False, db_comment="Alasan bila ditolak"
    )
    dibatalkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        db_comment="Siapa yang membuka kembali",
    )  # fmt: skip
    dibatalkan_pada = models.DateTimeField("dibatalkan", null=True, editable=False, db_comment="Waktu dibuka kembali")
    alasan_batal = models.CharField(
        "alasan dibuka kembali", max_length=300, blank=True, editable=False, db_comment="Mengapa dibuka kembali"
    )

    objects = AkhirQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "peristiwa akhir"
        db_table_comment = "Berakhirnya satu registrasi: usul, putusan, dan pembatalannya"
        indexes = [
            models.Index(fields=["bapas", "klien"], name="akhir_klien"),
            models.Index(fields=["bapas", "status", "diusulkan_pada"], name="akhir_status"),
        ]
        constraints = [
            own_office("akhir"),
            SameOffice("klien", name="akhir_klien_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status="diusulkan"), name="akhir_one_open_proposal",
                violation_error_message="Usul akhir untuk klien ini sudah menunggu keputusan.",
            ),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status="berlaku"), name="akhir_one_standing",
                violation_error_message="Registrasi ini sudah berakhir.",
            ),
            models.CheckConstraint(
                name="akhir_decider_is_not_proposer", condition=~Q(diputus_oleh=F("diusulkan_oleh")),
                violation_error_message="Usul ini Anda buat sendiri. Pemutus harus orang lain.",
            ),
            models.CheckConstraint(
                name="akhir_decided_iff_decider",
                condition=Q(status__in=["berlaku", "ditolak", "dibatalkan"], diputus_oleh__isnull=False,
                            diputus_pada__isnull=False)
                | Q(status__in=["diusulkan", "ditarik"], diputus_oleh=None, diputus_pada=None),
            ),
            models.CheckConstraint(
                name="akhir_refusal_has_reason", condition=~Q(status="ditolak") | filled("alasan_putusan"),
                violation_error_message="Isi alasan.",
            ),
            models.CheckConstraint(
                name="akhir_reversed_iff_reason",
                condition=Q(status="dibatalkan", dibatalkan_oleh__isnull=False) & filled("alasan_batal")
                | ~Q(status="dibatalkan") & Q(dibatalkan_oleh=None, alasan_batal=""),
                violation_error_message="Isi alasan.",
            ),
            models.CheckConstraint(
                name="akhir_has_source",
                condition=Q(jenis="selesai") | ~Q(status__in=["berlaku", "dibatalkan"]) | filled("sumber_nomor"),
                violation_error_message="Isi nomor surat sumber.",
            ),
            models.CheckConstraint(
                name="akhir_has_letter",
                condition=~Q(jenis="selesai") | ~Q(status__in=["berlaku", "dibatalkan"]) | filled("surat_nomor"),
                violation_error_message="Isi nomor surat pengakhiran.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_jenis_display()} klien {self.klien_id}"

    @property
    def menunggu(self) -> bool:
        return self.status == self.Status.DIUSULKAN

    @property
    def berlaku(self) -> bool:
        return self.status == self.Status.BERLAKU

    @property
    def warna(self) -> str:
        return {"diusulkan": "kuning", "berlaku": "hijau"}.get(self.status, "abu")
