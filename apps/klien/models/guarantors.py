"""Guarantors of a client (penjamin)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.klien.crypto import SealedTextField
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Recorded, ScopedModel, ScopedQuerySet, own_office


class PenjaminQuerySet(ScopedQuerySet):
    def vouching(self):
        """Guarantors who vouch today."""
        return self.filter(selesai=None)


class Penjamin(Recorded, ScopedModel):
    """One person or body that vouches for a client. A new one takes over from the last; earlier ones stay readable."""

    class Hubungan(models.TextChoices):
        ORANG_TUA = "orangtua", "Orang tua"
        PASANGAN = "pasangan", "Suami atau istri"
        ANAK = "anak", "Anak"
        SAUDARA = "saudara", "Saudara kandung"
        KERABAT = "kerabat", "Kerabat lain"
        WALI = "wali", "Wali"
        TEMPAT_KERJA = "kerja", "Pemberi kerja"
        LEMBAGA = "lembaga", "Lembaga"
        LAIN = "lain", "Lainnya"

    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, related_name="penjamin", db_constraint=False, db_index=False, db_comment="Klien"
    )
    kunci = models.UUIDField(
        default=uuid.uuid4, editable=False, db_comment="Mengikat kolom tersandi pada baris ini; tidak pernah berubah"
    )
    nama = models.CharField("nama penjamin", max_length=120, db_comment="Nama penjamin")
    hubungan = models.CharField("hubungan dengan klien", max_length=8, choices=Hubungan, db_comment="Hubungan")
    alamat = SealedTextField("alamat penjamin", row="kunci", blank=True, db_comment="Alamat tersandi")
    telepon = SealedTextField("telepon penjamin", row="kunci", blank=True, db_comment="Nomor HP tersandi")
    surat_nomor = models.CharField(
        "nomor surat jaminan", max_length=80, blank=True, db_comment="Nomor surat jaminan, bila bernomor"
    )
    surat_tanggal = models.DateField("tanggal surat jaminan", null=True, blank=True, db_comment="Tanggal surat jaminan")
    diketahui_oleh = models.CharField(
        "lurah atau kepala desa", max_length=120, blank=True,
        db_comment="Lurah atau kepala desa yang mengetahui surat jaminan",
    )  # fmt: skip
    mulai = models.DateField("mulai menjamin", default=timezone.localdate, db_comment="Hari pertama menjamin")
    selesai = models.DateField(
        "selesai menjamin", null=True, editable=False, db_comment="Hari terakhir, kosong selama masih menjamin"
    )
    alasan = models.CharField(
        "alasan selesai", max_length=200, blank=True, editable=False, db_comment="Mengapa tidak menjamin lagi"
    )

    objects = PenjaminQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "penjamin"
        ordering = ["-mulai", "-pk"]
        db_table_comment = "Penjamin klien; paling banyak satu yang masih menjamin"
        indexes = [models.Index(fields=["bapas", "klien", "-mulai"], name="penjamin_klien")]
        constraints = [
            own_office("penjamin"),
            SameOffice("klien", name="penjamin_klien_same_office"),
            models.UniqueConstraint(
                "bapas", "klien", condition=Q(selesai=None), name="penjamin_one_standing",
                violation_error_message="Klien ini sudah punya penjamin. Muat ulang halaman.",
            ),
            models.CheckConstraint(
                name="penjamin_ends_after_start", condition=Q(selesai=None) | Q(selesai__gte=F("mulai")),
                violation_error_message="Tanggal selesai menjamin tidak boleh sebelum mulai menjamin.",
            ),
            models.CheckConstraint(
                name="penjamin_end_has_reason",
                condition=Q(selesai=None, alasan="") | Q(selesai__isnull=False) & ~Q(alasan=""),
                violation_error_message="Isi alasan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Penjamin {self.pk}"
