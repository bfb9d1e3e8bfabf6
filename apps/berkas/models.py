"""Papers of a client's file."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.acuan.models import JenisDokumen
from apps.akun.roles import reach
from apps.dasar.names import NO_NIK, holds_nik
from apps.klien.models import guided_by
from apps.klien.models.scans import Dipindai, passed_scan
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office

LARGEST = 10 * 1024 * 1024
"""Most bytes of one uploaded file (own rule)."""


def random_name(document: "Dokumen", original: str) -> str:
    """Path of the file under MEDIA_ROOT. It tells nothing about the client, the paper or the original name."""
    name = secrets.token_hex(20)
    return f"dokumen/{name[:2]}/{name}"


class DokumenQuerySet(ScopedQuerySet):
    def not_struck(self):
        return self.filter(dicoret_pada=None)

    def for_list(self, user):
        """Newest first; `terbuka` says whether `user` may open the file itself."""
        may_open = models.ExpressionWrapper(may_open_file(user), models.BooleanField())
        rows = self.visible_to(user).select_related("jenis", "diunggah_oleh", "dicoret_oleh", "klien")
        return rows.annotate(terbuka=may_open).order_by("-diunggah_pada", "-pk")

    def openable_by(self, user):
        return self.visible_to(user).not_struck().filter(may_open_file(user), passed_scan())


def may_open_file(user) -> Q:
    """Secret kinds (litmas, assessments) open only for the client's PK, the uploader and the head."""
    match reach(user, "bimbingan.baca"):
        case "unit":
            return Q()
        case "sendiri":
            return Q(jenis__rahasia=False) | guided_by(user, path="klien") | Q(diunggah_oleh=user.pk)
    return Q(jenis__rahasia=False) | Q(diunggah_oleh=user.pk)


class Dokumen(Dipindai, ScopedModel):
    """One uploaded paper. A wrong one is struck with a reason: its file is deleted at once, the row stays."""

    class Isi(models.TextChoices):
        """What the file really is, by its content."""

        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, related_name="dokumen", db_constraint=False, db_index=False, db_comment="Klien"
    )
    kunci = models.UUIDField(default=uuid.uuid4, editable=False, db_comment="Dibuat formulir; pengaman kirim ganda")
    jenis = models.ForeignKey(
        JenisDokumen, models.PROTECT, related_name="+", verbose_name="jenis dokumen", db_comment="Jenis dokumen"
    )
    judul = models.CharField("judul", max_length=120, db_comment="Judul singkat")
    tanggal = models.DateField("tanggal dokumen", null=True, blank=True, db_comment="Tanggal pada dokumen")
    berkas = models.FileField(
        "berkas", upload_to=random_name, max_length=80, blank=True,
        db_comment="Nama acak di bawah MEDIA_ROOT, kosong setelah dicoret atau ditolak pemindai",
    )  # fmt: skip
    isi = models.CharField("jenis isi", max_length=20, choices=Isi, editable=False, db_comment="Jenis menurut isinya")
    ukuran = models.PositiveIntegerField("ukuran", editable=False, db_comment="Besar berkas tersimpan, bita")
    sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False, db_comment="SHA-256 berkas yang diunggah, sebelum gambar dibersihkan"
    )
    diunggah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pengunggah"
    )
    diunggah_pada = models.DateTimeField("diunggah", default=timezone.now, editable=False, db_comment="Waktu unggah")
    dicoret_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Pencoret"
    )
    dicoret_pada = models.DateTimeField("dicoret", null=True, editable=False, db_comment="Waktu dicoret")
    alasan = models.CharField("alasan", max_length=200, blank=True, editable=False, db_comment="Alasan dicoret")

    objects = DokumenQuerySet.as_manager()

    terbuka: bool

    class Meta:
        verbose_name = verbose_name_plural = "dokumen"
        db_table_comment = "Dokumen pada berkas klien"
        indexes = [
            models.Index(fields=["bapas", "klien", "-diunggah_pada"], name="dokumen_klien"),
            models.Index(fields=["bapas"], condition=~Q(pindai="bersih"), name="dokumen_not_clean"),
        ]
        constraints = [
            own_office("dokumen"),
            SameOffice("klien", name="dokumen_klien_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="dokumen_key_once"),
            models.UniqueConstraint(
                "bapas", "klien", "sha256", condition=Q(dicoret_pada=None), name="dokumen_content_once",
                violation_error_message="Berkas ini sudah ada pada dokumen klien.",
            ),
            models.CheckConstraint(
                name="dokumen_size_sane", condition=Q(ukuran__gt=0, ukuran__lte=LARGEST),
                violation_error_message="Ukuran berkas paling besar 10 MB.",
            ),
            models.CheckConstraint(
                name="dokumen_struck_with_reason",
                condition=Q(dicoret_pada=None, dicoret_oleh=None, alasan="")
                & (Q(pindai="tolak", berkas="") | ~Q(pindai="tolak") & ~Q(berkas=""))
                | Q(dicoret_pada__isnull=False, dicoret_oleh__isnull=False, berkas="") & ~Q(alasan=""),
            ),
            models.CheckConstraint(
                name="dokumen_title_without_nik", condition=~holds_nik("judul"), violation_error_message=NO_NIK
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Dokumen {self.pk}"
