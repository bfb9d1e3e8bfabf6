"""Needs assessments: eight domains in the client's own words, scores of instruments, and the needs they lead to."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.acuan.models import FaktorInstrumen, Instrumen, KategoriKebutuhan
from apps.akun.roles import reach
from apps.klien.models import Kebutuhan, Klien, guided_by
from apps.wilayah.constraints import SameOffice, SameValue
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office

Domain = KategoriKebutuhan.Domain
FIRST_WITHIN = timedelta(days=7)
"""The first assessment is made within this time after registration (Permenkumham 12/2013)."""
AGAIN_AFTER = timedelta(days=365)
"""An assessment is repeated after this time, or earlier on new valid information."""


def due(klien: Klien, last: date | None) -> date:
    """The day by which a client has to be assessed (again); `last`: the newest assessment in the portal.

    What was due before an import is not late on the first day: it has time until `Klien.tenggang`.
    """
    known = max(filter(None, (last, klien.asesmen_lama)), default=None)
    day = known + AGAIN_AFTER if known else klien.diregistrasi + FIRST_WITHIN
    return max(day, klien.tenggang or day) if not last else day


class AsesmenQuerySet(ScopedQuerySet):
    def readable_by(self, user):
        """Assessments whose content `user` may read: own ones and those of own clients; the head reads all."""
        match reach(user, "bimbingan.baca"):
            case "":
                return self.none()
            case "sendiri":
                return self.visible_to(user).filter(guided_by(user, path="klien") | Q(asesor=user.pk))
        return self.visible_to(user)

    def drafts(self):
        return self.filter(status=Asesmen.Status.DRAF)

    def finished(self):
        return self.filter(status=Asesmen.Status.SELESAI)

    def for_list(self):
        """Newest first, with how many needs each one names."""
        return (
            self.select_related("asesor")
            .annotate(banyak_kebutuhan=Count("isian__kebutuhan"))
            .order_by("-tanggal", "-pk")
        )

    def last_day(self) -> date | None:
        return self.finished().aggregate(terakhir=Max("tanggal"))["terakhir"]


def with_last_assessment(clients):
    """Clients, each with `asesmen_terakhir`: the day of the newest finished assessment, here or before the portal, or
    None; and `asesmen_di_sini`, the same in the portal only."""
    finished = Asesmen.objects.finished().filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"))
    here = Subquery(finished.order_by("-tanggal").values("tanggal")[:1])
    return clients.annotate(asesmen_di_sini=here, asesmen_terakhir=Greatest(here, F("asesmen_lama")))


class Asesmen(ScopedModel):
    """One assessment of one client. A draft is filled in page by page; a finished one does not change."""

    class Status(models.TextChoices):
        DRAF = "draf", "Belum selesai"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Dibatalkan"

    class Jenis(models.TextChoices):
        AWAL = "awal", "Asesmen awal"
        TAHUNAN = "tahunan", "Asesmen ulang tahunan"
        BARU = "baru", "Asesmen ulang karena informasi baru"

    klien = models.ForeignKey(
        Klien, models.CASCADE, related_name="asesmen", db_constraint=False, db_index=False, db_comment="Klien"
    )
    untuk = models.CharField(
        max_length=6, choices=Instrumen.Untuk, editable=False, db_comment="Kategori usia klien; mengikuti berkas klien"
    )
    jenis = models.CharField("jenis", max_length=7, choices=Jenis, editable=False, db_comment="Awal atau ulang")
    status = models.CharField(
        "status", max_length=7, choices=Status, default=Status.DRAF, editable=False, db_comment="Status asesmen"
    )
    tanggal = models.DateField("tanggal asesmen", db_comment="Tanggal asesmen dilakukan")
    asesor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_index=False,
        verbose_name="asesor", db_comment="Pembimbing Kemasyarakatan yang menilai",
    )  # fmt: skip
    salin_dari = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="salinan", db_constraint=False,
        db_index=False, db_comment="Asesmen yang isinya disalin sebagai awal",
    )  # fmt: skip
    dibacakan_pada = models.DateTimeField(
        "dibacakan", null=True, editable=False, db_comment="Waktu isi dibacakan kepada klien"
    )
    dimulai_pada = models.DateTimeField("dimulai", default=timezone.now, editable=False, db_comment="Waktu dimulai")
    selesai_pada = models.DateTimeField(
        "selesai", null=True, editable=False, db_comment="Waktu disimpan sebagai selesai"
    )

    objects = AsesmenQuerySet.as_manager()

    banyak_kebutuhan: int
    """Number of needs, added by `for_list`."""

    class Meta:
        verbose_name = verbose_name_plural = "asesmen"
        db_table_comment = "Asesmen kebutuhan klien"
        indexes = [models.Index(fields=["bapas", "klien", "-tanggal"], name="asesmen_klien")]
        constraints = [
            own_office("asesmen"),
            SameOffice("klien", name="asesmen_klien_same_office"),
            SameOffice("salin_dari", name="asesmen_copy_same_office"),
            SameValue(
                "klien", "untuk", "kategori_usia", name="asesmen_age_of_client", follows=True,
                violation_error_message="Kategori usia asesmen harus sama dengan kategori usia klien.",
            ),
            models.UniqueConstraint(fields=["id", "untuk"], name="asesmen_id_untuk"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status="draf"), name="asesmen_one_open_draft",
                violation_error_message="Klien ini masih punya asesmen yang belum selesai.",
            ),
            models.CheckConstraint(
                name="asesmen_finished_has_time",
                condition=Q(status="selesai", selesai_pada__isnull=False) | ~Q(status="selesai") & Q(selesai_pada=None),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_jenis_display()} klien {self.klien_id}, {self.tanggal}"

    @property
    def terbuka(self) -> bool:
        return self.status == self.Status.DRAF


class IsianDomain(ScopedModel):
    """One page of an assessment: strengths first, then needs, then the client's own words."""

    asesmen = models.ForeignKey(
        Asesmen, models.CASCADE, related_name="isian", db_constraint=False, db_index=False, db_comment="Asesmen"
    )
    domain = models.CharField("domain", max_length=10, choices=Domain, db_comment="Domain kebutuhan")
    kekuatan = models.CharField("kekuatan yang dimiliki", max_length=500, blank=True, db_comment="Kekuatan klien")
    tanpa_kebutuhan = models.BooleanField(
        "tidak ada kebutuhan di bidang ini", default=False, db_comment="Sudah ditanyakan, tidak ada kebutuhan"
    )
    kata_klien = models.CharField("kata klien", max_length=300, blank=True, db_comment="Kata-kata klien sendiri")
    disimpan_pada = models.DateTimeField(
        null=True, editable=False, db_comment="Simpan terakhir oleh petugas; kosong bila baru disalin atau belum diisi"
    )
    versi = models.PositiveIntegerField(
        default=0, editable=False, db_comment="Naik setiap kali berubah; pengaman dua layar terbuka bersamaan"
    )

    class Meta:
        verbose_name = verbose_name_plural = "isian domain"
        db_table_comment = "Isian satu domain pada satu asesmen"
        constraints = [
            own_office("isian"),
            SameOffice("asesmen", name="isian_asesmen_same_office"),
            models.UniqueConstraint(fields=["asesmen", "domain"], name="isian_one_per_domain"),
        ]

    def __str__(self):
        return f"{self.get_domain_display()} asesmen {self.asesmen_id}"


class ButirKebutuhan(ScopedModel):
    """A need named on a page. Finishing the assessment writes it into the ledger (`Kebutuhan`)."""

    isian = models.ForeignKey(
        IsianDomain, models.CASCADE, related_name="kebutuhan", db_constraint=False, db_index=False,
        db_comment="Isian domain",
    )  # fmt: skip
    kategori = models.ForeignKey(KategoriKebutuhan, models.PROTECT, related_name="+", db_comment="Kategori kebutuhan")
    mendesak = models.CharField(
        "seberapa mendesak", max_length=8, choices=Kebutuhan.Mendesak, blank=True,
        db_comment="Seberapa mendesak; kosong selama belum dijawab",
    )  # fmt: skip
    uraian = models.CharField("uraian", max_length=200, blank=True, db_comment="Uraian singkat")
    buku = models.ForeignKey(
        Kebutuhan, models.PROTECT, null=True, editable=False, related_name="dari_asesmen", db_constraint=False,
        db_index=False, db_comment="Baris buku besar kebutuhan; kosong selama draf",
    )  # fmt: skip
    sudah_terbuka = models.BooleanField(
        default=False, editable=False, db_comment="Kebutuhan ini sudah terbuka sebelum asesmen dan diperbarui"
    )

    berdiri: Kebutuhan | None = None
    """Set by `reading.compare_with_ledger`: the need in the ledger that this one will update."""

    class Meta:
        verbose_name = verbose_name_plural = "butir kebutuhan"
        db_table_comment = "Kebutuhan yang disebut pada satu domain asesmen"
        indexes = [models.Index(fields=["bapas", "buku"], name="butir_buku", condition=Q(buku__isnull=False))]
        constraints = [
            own_office("butir"),
            SameOffice("isian", name="butir_isian_same_office"),
            SameOffice("buku", name="butir_ledger_same_office"),
            models.UniqueConstraint(fields=["isian", "kategori"], name="butir_category_once"),
        ]

    def __str__(self):
        return f"{self.kategori_id} isian {self.isian_id}"


class SkorAsesmen(ScopedModel):
    """The result of an instrument: score, category and band at that time. Answers to its items are not stored."""

    asesmen = models.ForeignKey(
        Asesmen, models.CASCADE, related_name="skor", db_constraint=False, db_index=False, db_comment="Asesmen"
    )
    untuk = models.CharField(
        max_length=6, choices=Instrumen.Untuk, editable=False, db_comment="Kategori usia: klien dan instrumen sama"
    )
    instrumen = models.ForeignKey(
        Instrumen, models.PROTECT, related_name="+", db_constraint=False, db_comment="Instrumen dengan versinya"
    )
    faktor = models.ForeignKey(
        FaktorInstrumen, models.PROTECT, related_name="+", db_constraint=False, db_comment="Bagian yang diberi skor"
    )
    skor = models.PositiveSmallIntegerField("skor", db_comment="Skor")
    kategori = models.CharField("kategori", max_length=30, db_comment="Kategori menurut pita saat itu")
    dari = models.PositiveSmallIntegerField(db_comment="Skor terendah pita saat itu")
    sampai = models.PositiveSmallIntegerField(db_comment="Skor tertinggi pita saat itu")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_index=False, db_comment="Penilai"
    )
    pada = models.DateTimeField("pada", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    class Meta:
        verbose_name = verbose_name_plural = "skor asesmen"
        ordering = ["instrumen", "faktor__urutan", "pk"]
        db_table_comment = "Skor instrumen pada satu asesmen; tanpa jawaban butir"
        constraints = [
            own_office("skor"),
            SameOffice("asesmen", name="skor_asesmen_same_office"),
            SameValue(
                "asesmen", "untuk", "untuk", name="skor_age_of_assessment", follows=True,
                violation_error_message="Kategori usia skor harus sama dengan asesmennya.",
            ),
            SameValue(
                "instrumen", "untuk", "untuk", name="skor_instrument_for_age",
                violation_error_message="Klien punya skor instrumen untuk kategori usia lain. Hapus dulu skor itu.",
            ),
            SameValue(
                "faktor", "instrumen", "instrumen", name="skor_factor_of_instrument",
                violation_error_message="Faktor ini bukan bagian dari instrumen yang dipilih.",
            ),
            models.UniqueConstraint(fields=["asesmen", "faktor"], name="skor_once_per_factor"),
            models.CheckConstraint(
                name="skor_inside_band", condition=Q(skor__gte=models.F("dari"), skor__lte=models.F("sampai")),
                violation_error_message="Skor harus berada di dalam rentang kategorinya.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kategori} asesmen {self.asesmen_id}"

    @property
    def alasan(self) -> str:
        """Why the score has this category, in words."""
        span = f"{self.dari}–{self.sampai}" if self.dari != self.sampai else f"{self.dari}"
        return f"skor {self.skor} masuk rentang {span} menurut versi {self.instrumen.versi}"
