"""Headers of social inquiry reports and of accompaniment: request and completion. Never the (secret) text."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.acuan.models import JenisLitmas
from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Recorded, ScopedModel, ScopedQuerySet, own_office


class Tugas(Recorded, ScopedModel):
    """Columns of both tables: person, officer, entry key. An entry is withdrawn with a reason, never deleted."""

    klien = models.ForeignKey(
        Klien, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, db_index=False,
        verbose_name="klien", db_comment="Klien, bila sudah terdaftar",
    )  # fmt: skip
    inisial = models.CharField(
        "inisial", max_length=10, help_text="Huruf awal nama saja, misalnya B.S.", db_comment="Inisial, bukan nama"
    )
    untuk = models.CharField(
        "kategori usia", max_length=6, choices=Klien.Usia, db_comment="Anak atau dewasa menurut surat permintaan"
    )
    pk_pelaksana = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Pembimbing Kemasyarakatan",
        db_comment="Pembimbing Kemasyarakatan yang ditunjuk",
    )  # fmt: skip
    alasan_batal = models.CharField(
        "alasan batal", max_length=200, blank=True, db_comment="Terisi bila catatan ini dibatalkan"
    )
    kunci = models.UUIDField("kunci", editable=False, db_comment="Kunci isian; kiriman ulang tidak menggandakan")

    class Meta:
        abstract = True


class LitmasQuerySet(ScopedQuerySet):
    def counted(self):
        """Requests that were not withdrawn."""
        return self.filter(alasan_batal="")

    def open(self):
        """Requests that count and are not finished."""
        return self.counted().filter(selesai=None)

    def for_list(self):
        """Everything that the list shows, in one query."""
        return self.select_related("jenis", "pk_pelaksana").order_by(
            F("selesai").desc(nulls_first=True), "tenggat", "pk"
        )


class Litmas(Tugas):
    """One request for a penelitian kemasyarakatan and its completion (UU 22/2022 Pasal 1; UU 11/2012 Pasal 57)."""

    class Rekomendasi(models.TextChoices):
        DISETUJUI = "disetujui", "Disetujui atau didukung"
        DITUNDA = "ditunda", "Ditunda"
        DITOLAK = "ditolak", "Tidak didukung"

    jenis = models.ForeignKey(
        JenisLitmas, models.PROTECT, related_name="+", verbose_name="jenis litmas", db_comment="Jenis litmas"
    )
    peminta = models.CharField("peminta", max_length=120, db_comment="Lembaga yang meminta")
    nomor_surat = models.CharField("nomor surat permintaan", max_length=80, db_comment="Nomor surat permintaan")
    diminta = models.DateField("tanggal permintaan", db_comment="Tanggal surat permintaan diterima")
    tenggat = models.DateField("tenggat", db_comment="Tanggal harus selesai")
    selesai = models.DateField("tanggal selesai", null=True, blank=True, db_comment="Tanggal litmas diserahkan")
    tpp_tanggal = models.DateField("tanggal sidang TPP", null=True, blank=True, db_comment="Tanggal sidang TPP")
    tpp_nomor = models.CharField("nomor sidang TPP", max_length=60, blank=True, db_comment="Nomor berita acara TPP")
    rekomendasi = models.CharField(
        "rekomendasi", max_length=10, choices=Rekomendasi, blank=True, db_comment="Rekomendasi, bukan isi litmas"
    )

    objects = LitmasQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "litmas"
        db_table_comment = "Permintaan dan penyelesaian litmas; hanya kepala, tanpa isi"
        indexes = [
            models.Index(fields=["bapas", "selesai", "tenggat"], name="litmas_antrean"),
            models.Index(fields=["bapas", "diminta"], name="litmas_diminta"),
        ]
        constraints = [
            own_office("litmas"),
            SameOffice("klien", name="litmas_klien_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="litmas_key_once"),
            models.CheckConstraint(
                name="litmas_due_after_request", condition=Q(tenggat__gte=F("diminta")),
                violation_error_message="Tenggat tidak boleh sebelum tanggal permintaan.",
            ),
            models.CheckConstraint(
                name="litmas_done_after_request", condition=Q(selesai=None) | Q(selesai__gte=F("diminta")),
                violation_error_message="Tanggal selesai tidak boleh sebelum tanggal permintaan.",
            ),
            models.CheckConstraint(
                name="litmas_recommendation_when_done",
                condition=Q(selesai=None, rekomendasi="") | Q(selesai__isnull=False) & ~Q(rekomendasi=""),
                violation_error_message="Pilih rekomendasi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Litmas {self.nomor_surat}"

    def hari_terlewat(self, today) -> int:
        """Days past the due date of an unfinished request; 0 when not overdue."""
        return max((today - self.tenggat).days, 0) if self.selesai is None else 0


class PendampinganQuerySet(ScopedQuerySet):
    def counted(self):
        """Entries that were not withdrawn."""
        return self.filter(alasan_batal="")

    def for_list(self):
        """Everything that the list shows, in one query."""
        return self.select_related("pk_pelaksana").order_by("-tanggal", "-pk")


class Pendampingan(Tugas):
    """One accompaniment of a person in proceedings (UU 11/2012 Pasal 65; UU 22/2022 Pasal 56)."""

    class Tahap(models.TextChoices):
        PENYIDIKAN = "penyidikan", "Pemeriksaan di penyidikan"
        DIVERSI_PENYIDIKAN = "div-sidik", "Diversi di penyidikan"
        DIVERSI_PENUNTUTAN = "div-tuntut", "Diversi di penuntutan"
        DIVERSI_PENGADILAN = "div-adil", "Diversi di pengadilan"
        SIDANG = "sidang", "Sidang pengadilan"

    class Hasil(models.TextChoices):
        BERJALAN = "berjalan", "Masih berjalan"
        BERHASIL = "berhasil", "Diversi berhasil"
        GAGAL = "gagal", "Diversi tidak berhasil"
        AKOT = "akot", "Kembali kepada orang tua"
        PUTUSAN = "putusan", "Diputus pengadilan"

    DIVERSI = (Tahap.DIVERSI_PENYIDIKAN, Tahap.DIVERSI_PENUNTUTAN, Tahap.DIVERSI_PENGADILAN)

    tahap = models.CharField("tahap", max_length=12, choices=Tahap, db_comment="Tahap proses")
    tanggal = models.DateField("tanggal", db_comment="Tanggal pendampingan")
    instansi = models.CharField("tempat", max_length=120, db_comment="Kantor kepolisian, kejaksaan, atau pengadilan")
    hasil = models.CharField(
        "hasil", max_length=10, choices=Hasil, default=Hasil.BERJALAN, db_comment="Hasil pendampingan"
    )

    objects = PendampinganQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pendampingan"
        db_table_comment = "Pendampingan dalam diversi dan peradilan; hanya kepala, tanpa isi"
        indexes = [models.Index(fields=["bapas", "-tanggal"], name="pendampingan_tanggal")]
        constraints = [
            own_office("pendampingan"),
            SameOffice("klien", name="pendampingan_klien_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="pendampingan_key_once"),
            models.CheckConstraint(
                name="pendampingan_diversion_result",
                condition=~Q(hasil__in=["berhasil", "gagal"])
                | Q(tahap__in=["div-sidik", "div-tuntut", "div-adil"]),
                violation_error_message="Hasil diversi hanya untuk tahap diversi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Pendampingan {self.tanggal}"
