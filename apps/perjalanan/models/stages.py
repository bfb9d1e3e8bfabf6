"""Two histories that must not be mixed: stages in prison (from its papers) and stages of guidance (our own)."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import Recorded, ScopedModel, ScopedQuerySet, filled, own_office


class TahapLapas(Recorded, ScopedModel):
    """One stage in prison, copied from its papers. The work of a Bapas starts with the last two."""

    class Tahap(models.TextChoices):
        ADMISI = "admisi", "Admisi dan orientasi"
        LANJUTAN = "lanjutan", "Pembinaan lanjutan"
        ASIMILASI = "asimilasi", "Asimilasi"
        INTEGRASI = "integrasi", "Integrasi sosial"

    klien = models.ForeignKey(
        Klien, models.CASCADE, related_name="tahap_lapas", db_constraint=False, db_index=False, db_comment="Klien"
    )
    tahap = models.CharField("tahap di lapas", max_length=9, choices=Tahap, db_comment="Tahap pembinaan di lapas")
    mulai = models.DateField("mulai", db_comment="Hari pertama tahap ini")
    tpp_tanggal = models.DateField("tanggal sidang TPP", null=True, blank=True, db_comment="Tanggal sidang TPP UPT")
    tpp_tempat = models.CharField(
        "tempat sidang TPP", max_length=120, blank=True, db_comment="UPT tempat sidang TPP, misalnya Lapas"
    )
    dicoret_karena = models.CharField(
        "alasan dicoret", max_length=200, blank=True, editable=False, db_comment="Terisi bila catatan ini keliru"
    )

    class Meta:
        verbose_name = verbose_name_plural = "tahap di lapas"
        ordering = ["mulai", "id"]
        db_table_comment = "Riwayat tahap pembinaan di lapas; dicatat dari berkas, tidak diputuskan di sini"
        indexes = [models.Index(fields=["bapas", "klien"], name="tahap_lapas_klien")]
        constraints = [
            own_office("tahap_lapas"),
            SameOffice("klien", name="tahap_lapas_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "klien", "tahap"], condition=Q(dicoret_karena=""), name="tahap_lapas_once",
                violation_error_message="Tahap di lapas ini sudah dicatat. Coret dulu catatan yang keliru.",
            ),
            models.CheckConstraint(
                name="tahap_lapas_tpp_before_start", condition=Q(tpp_tanggal=None) | Q(tpp_tanggal__lte=F("mulai")),
                violation_error_message="Sidang TPP tidak boleh setelah tahap dimulai.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_tahap_display()} klien {self.klien_id}"


class Tahap(models.TextChoices):
    """Stages of guidance (UU 22/2022: three stages; a sidang TPP decides each move)."""

    AWAL = "awal", "Tahap awal"
    LANJUTAN = "lanjutan", "Tahap lanjutan"
    AKHIR = "akhir", "Tahap akhir"


class TahapQuerySet(ScopedQuerySet):
    def current_of(self, klien: Klien):
        """The current stage: the end of the chain. None for a client who is still in the first stage."""
        return self.filter(bapas=klien.bapas_id, klien=klien).order_by("-pk").first()


def current_stage(klien="klien") -> Coalesce:
    """Annotation: the current stage of the client at which each row points."""
    rows = TahapBimbingan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef(klien))
    return Coalesce(Subquery(rows.order_by("-pk").values("tahap")[:1]), Value(Tahap.AWAL.value))


class TahapBimbingan(Recorded, Ledger, ScopedModel):
    """One move between stages of guidance. The rows form a chain, so a client is always in exactly one stage.

    Guidance starts in the first stage without a row. `bawaan`: the client came with this stage, from another office or
    from paper. `alasan`: the row takes the previous move back, because it was a mistake.
    """

    klien = models.ForeignKey(
        Klien, models.CASCADE, related_name="tahap_bimbingan", db_constraint=False, db_index=False, db_comment="Klien"
    )
    sebelumnya = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False, editable=False,
        db_comment="Perpindahan sebelumnya; kosong pada yang pertama",
    )  # fmt: skip
    dari = models.CharField(
        "dari", max_length=8, choices=Tahap, blank=True, editable=False, db_comment="Tahap asal, kosong bila bawaan"
    )
    tahap = models.CharField("tahap", max_length=8, choices=Tahap, db_comment="Tahap bimbingan setelah berpindah")
    mulai = models.DateField("mulai", db_comment="Hari pertama tahap ini")
    tpp_tanggal = models.DateField("tanggal sidang TPP", null=True, db_comment="Tanggal sidang TPP")
    tpp_nomor = models.CharField("nomor sidang TPP", max_length=80, blank=True, db_comment="Nomor hasil sidang TPP")
    bawaan = models.BooleanField("tahap bawaan", default=False, db_comment="Tahap saat klien datang, bukan perpindahan")
    alasan = models.CharField(
        "alasan", max_length=200, blank=True, db_comment="Mengapa perpindahan sebelumnya dibatalkan"
    )

    objects = TahapQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tahap bimbingan"
        ordering = ["id"]
        db_table_comment = "Perpindahan tahap bimbingan; hanya bertambah"
        indexes = [models.Index(fields=["bapas", "klien", "-id"], name="tahap_klien")]
        constraints = [
            own_office("tahap"),
            SameOffice("klien", name="tahap_klien_same_office"),
            models.UniqueConstraint(fields=["bapas", "klien", "id", "tahap"], name="tahap_chain_target"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(sebelumnya=None), name="tahap_one_beginning",
                violation_error_message="Tahap klien ini sudah berubah. Muat ulang, lalu periksa.",
            ),
            models.UniqueConstraint(
                fields=["bapas", "sebelumnya"], condition=Q(sebelumnya__isnull=False), name="tahap_no_fork",
                violation_error_message="Tahap klien ini sudah berubah. Muat ulang, lalu periksa.",
            ),
            models.CheckConstraint(
                name="tahap_step_allowed",
                condition=Q(bawaan=True, dari="", sebelumnya=None, alasan="")
                | Q(bawaan=False, alasan="", dari="awal", tahap="lanjutan")
                | Q(bawaan=False, alasan="", dari="lanjutan", tahap="akhir")
                | Q(bawaan=False, dari="lanjutan", tahap="awal") & filled("alasan")
                | Q(bawaan=False, dari="akhir", tahap="lanjutan") & filled("alasan"),
            ),
            models.CheckConstraint(
                name="tahap_first_step_from_start",
                condition=Q(sebelumnya__isnull=False) | Q(dari__in=["", "awal"]),
            ),
            models.CheckConstraint(
                name="tahap_has_tpp",
                condition=Q(bawaan=True) | filled("alasan") | Q(tpp_tanggal__isnull=False) & filled("tpp_nomor"),
                violation_error_message="Isi tanggal dan nomor sidang TPP.",
            ),
            models.CheckConstraint(
                name="tahap_tpp_before_start", condition=Q(tpp_tanggal=None) | Q(tpp_tanggal__lte=F("mulai")),
                violation_error_message="Sidang TPP tidak boleh setelah tahap dimulai.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_tahap_display()} klien {self.klien_id}"
