"""An uploaded file on its way into the portal: the job, its rows that may be stored, mistakes in the others."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.dasar.names import holds_nik
from apps.klien.crypto import SealedTextField
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Bapas, ScopedModel, ScopedQuerySet, own_office


class Jenis(models.TextChoices):
    KLIEN = "klien", "Klien"
    BIMBINGAN = "bimbingan", "Bimbingan yang lalu"


class ImporQuerySet(ScopedQuerySet):
    def for_list(self):
        return self.select_related("dibuat_oleh").defer("contoh", "peta", "judul").order_by("-pk")

    def for_page(self):
        return self.select_related("dibuat_oleh", "bapas")


class Impor(ScopedModel):
    """One file and what became of it. This row holds the state of the job; Celery carries only ids."""

    class Status(models.TextChoices):
        PINDAI = "pindai", "Menunggu pemindai"
        UNGGAH = "unggah", "Cocokkan kolom"
        PERIKSA = "periksa", "Sedang diperiksa"
        SIAP = "siap", "Menunggu keputusan"
        SIMPAN = "simpan", "Sedang disimpan"
        SELESAI = "selesai", "Selesai"
        GAGAL = "gagal", "Belum jadi"
        BATAL = "batal", "Dibatalkan"

    class Cara(models.TextChoices):
        BENAR = "benar", "Simpan baris yang benar saja"
        SEMUA = "semua", "Simpan hanya bila semua baris benar"

    RUNNING = (Status.PERIKSA, Status.SIMPAN)

    kode = models.CharField("kode", max_length=32, unique=True, editable=False, db_comment="Nama acak berkas")
    jenis = models.CharField("isi berkas", max_length=10, choices=Jenis, db_comment="Apa yang diimpor")
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.UNGGAH, editable=False, db_comment="Status pekerjaan"
    )
    nama_berkas = models.CharField("nama berkas", max_length=150, db_comment="Nama berkas saat diunggah")
    bentuk = models.CharField("bentuk", max_length=4, db_comment="xlsx atau csv")
    ukuran = models.PositiveIntegerField("ukuran (bita)", db_comment="Ukuran berkas dalam bita")
    sha256 = models.CharField("SHA-256", max_length=64, db_comment="SHA-256 berkas; berkas sama dikenali")
    lembar = models.CharField(
        "lembar", max_length=400, blank=True, db_comment="Lembar mana yang dibaca, dan apa yang tersembunyi di dalamnya"
    )
    berkas = models.CharField(
        "berkas", max_length=200, blank=True, db_comment="Berkas tersandi pada penyimpanan, kosong bila sudah dihapus"
    )
    berkas_salah = models.CharField(
        "berkas baris salah", max_length=200, blank=True, db_comment="Buku kerja tersandi berisi baris yang salah"
    )
    baris_judul = models.PositiveIntegerField("baris judul", default=1, db_comment="Nomor baris judul kolom")
    judul = models.JSONField("judul kolom", default=list, db_comment="Judul kolom pada berkas")
    contoh = SealedTextField("contoh isi", blank=True, db_comment="Lima baris pertama, tersandi")
    susunan = models.JSONField(
        "susunan nilai", default=list, editable=False, db_comment="Nama nilai baris yang menunggu, menurut urutannya"
    )
    peta = models.JSONField("kecocokan kolom", default=list, db_comment="Isian portal untuk setiap kolom berkas")
    cara = models.CharField(
        "cara menyimpan", max_length=5, choices=Cara, blank=True, db_comment="benar: baris benar saja; semua: semua"
    )
    langkah = models.CharField("langkah", max_length=60, blank=True, db_comment="Langkah yang sedang berjalan")
    persen = models.PositiveSmallIntegerField("persen", default=0, db_comment="Kemajuan 0-100")
    galat = models.CharField("sebab belum jadi", max_length=300, blank=True, db_comment="Sebab belum jadi, dalam kata")
    jumlah_baris = models.PositiveIntegerField("baris", default=0, db_comment="Baris berisi pada berkas")
    jumlah_baru = models.PositiveIntegerField("baru", default=0, db_comment="Baris yang dapat disimpan")
    jumlah_ada = models.PositiveIntegerField("sudah ada", default=0, db_comment="Baris yang sudah ada di portal")
    jumlah_ganda = models.PositiveIntegerField("ganda", default=0, db_comment="Baris yang sama dengan baris lain")
    jumlah_salah = models.PositiveIntegerField("perlu diperbaiki", default=0, db_comment="Baris dengan galat")
    jumlah_disimpan = models.PositiveIntegerField("disimpan", default=0, db_comment="Baris yang disimpan")
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Pengunggah")
    dibuat_pada = models.DateTimeField("diunggah", default=timezone.now, db_comment="Waktu diunggah")
    diminta_pada = models.DateTimeField("diminta", null=True, db_comment="Waktu pekerjaan terakhir diminta")
    mulai_pada = models.DateTimeField("mulai", null=True, db_comment="Waktu pekerjaan diambil; kosong bila menunggu")
    denyut_pada = models.DateTimeField(
        "denyut", default=timezone.now, db_comment="Kemajuan terakhir; lama berarti terhenti"
    )
    selesai_pada = models.DateTimeField("selesai", null=True, db_comment="Waktu selesai")

    objects = ImporQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "impor"
        db_table_comment = "Berkas yang diimpor dan keadaannya"
        indexes = [models.Index(fields=["bapas", "-id"], name="impor_list")]
        constraints = [
            own_office("impor"),
            models.UniqueConstraint(
                fields=["bapas", "jenis", "sha256"], condition=~Q(status__in=["gagal", "batal"]), name="impor_file_once"
            ),
            models.CheckConstraint(name="impor_percent", condition=Q(persen__lte=100)),
            models.CheckConstraint(name="impor_name_without_nik", condition=~holds_nik("nama_berkas")),
        ]

    def __str__(self):
        return f"Impor {self.nama_berkas}"

    @property
    def running(self) -> bool:
        return self.status in self.RUNNING

    @property
    def waiting(self) -> bool:
        """Whether its page changes by itself: a worker or the scanner has the file, or will."""
        return self.running or self.status == self.Status.PINDAI


class BarisImpor(ScopedModel):
    """A row that may be stored and waits for the decision; deleted afterwards.

    The table is UNLOGGED: copies of personal data that live for an hour should not reach the write-ahead log or a
    backup. After a crash of the server it is empty, which `working` notices.
    """

    class Status(models.TextChoices):
        BARU = "baru", "Baru"
        ADA = "ada", "Sudah ada"

    bapas = models.ForeignKey(
        Bapas, models.DO_NOTHING, related_name="+", editable=False, db_index=False, db_constraint=False,
        db_comment="Bapas pemilik data",
    )  # fmt: skip
    impor = models.ForeignKey(
        Impor, models.DO_NOTHING, related_name="baris", db_constraint=False, db_index=False, db_comment="Impor"
    )
    baris = models.PositiveIntegerField("baris", db_comment="Nomor baris pada berkas")
    status = models.CharField("status", max_length=4, choices=Status, db_comment="baru atau ada")
    nilai = ArrayField(
        models.TextField(null=True), verbose_name="nilai",
        db_comment="Nilai menurut susunan pada impor; kolom tersandi tetap tersandi",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "baris impor"
        db_table_comment = "Baris yang menunggu disimpan; dihapus sesudahnya; UNLOGGED"
        constraints = [models.UniqueConstraint("bapas", "impor", "baris", name="impor_row_once")]

    def __str__(self):
        return f"Baris {self.baris}"


class TemuanImpor(ScopedModel):
    """One mistake in one cell, or a row that the file holds twice."""

    class Jenis(models.TextChoices):
        GALAT = "galat", "Perlu diperbaiki"
        GANDA = "ganda", "Ganda"

    impor = models.ForeignKey(
        Impor, models.CASCADE, related_name="temuan", db_constraint=False, db_index=False, db_comment="Impor"
    )
    jenis = models.CharField("jenis", max_length=5, choices=Jenis, db_comment="galat atau ganda")
    baris = models.PositiveIntegerField("baris", db_comment="Nomor baris pada berkas")
    kolom = models.CharField("kolom", max_length=80, db_comment="Nama isian")
    nilai = models.CharField("nilai", max_length=80, blank=True, db_comment="Isi sel, dipotong; NIK disamarkan")
    kalimat = models.CharField("kalimat", max_length=300, db_comment="Apa yang perlu diperbaiki")

    class Meta:
        verbose_name = verbose_name_plural = "temuan impor"
        db_table_comment = "Apa yang perlu diperbaiki pada berkas impor"
        indexes = [models.Index(fields=["bapas", "impor", "jenis", "baris"], name="impor_findings")]
        constraints = [own_office("temuan_impor"), SameOffice("impor", name="temuan_impor_same_office")]

    def __str__(self):
        return f"Baris {self.baris}, {self.kolom}: {self.kalimat}"


class PetaKolom(ScopedModel):
    """What a heading meant the last time, so that an office does not have to choose twice."""

    jenis = models.CharField("isi berkas", max_length=10, choices=Jenis, db_comment="Apa yang diimpor")
    judul = models.CharField("judul kolom", max_length=80, db_comment="Judul kolom, huruf kecil dan angka saja")
    isian = models.CharField("isian", max_length=30, blank=True, db_comment="Isian portal, kosong bila diabaikan")

    class Meta:
        verbose_name = verbose_name_plural = "kecocokan kolom"
        db_table_comment = "Kecocokan judul kolom yang dipakai kantor terakhir kali"
        constraints = [
            own_office("peta_kolom"),
            models.UniqueConstraint("bapas", "jenis", "judul", name="peta_kolom_once"),
        ]

    def __str__(self):
        return f"{self.judul} → {self.isian or 'diabaikan'}"
