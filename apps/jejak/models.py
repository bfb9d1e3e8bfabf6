"""Three append-only tables: reads (Akses), state moves (Riwayat), old and new values (Perubahan). A fourth seals them.

PostgreSQL itself writes when a row was stored and who acted (`rls.stamp`, `rls.track`).
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.wilayah.ledger import Ledger
from apps.wilayah.models import SharedModel, SharedQuerySet


class AksesQuerySet(SharedQuerySet):
    def for_list(self):
        """Newest first, with everything that one line shows; never the client's name."""
        return self.select_related(
            "pengguna", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra", "bapas"
        ).order_by("-id")

    def by_person(self, words: str):
        """Rows of the people whose name or address contains `words`."""
        people = get_user_model().objects.filter(Q(nama__icontains=words) | Q(email__icontains=words))
        return self.filter(pengguna__in=people)


class Akses(Ledger, SharedModel):
    """Somebody opened, searched, exported or downloaded client data of this office."""

    class Verba(models.TextChoices):
        LIHAT = "lihat", "Melihat"
        CARI = "cari", "Mencari"
        EKSPOR = "ekspor", "Mengekspor"
        UNDUH = "unduh", "Mengunduh"
        BUAT = "buat", "Membuat"
        BUKA = "buka-alasan", "Membuka dengan alasan"

    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Siapa")
    penugasan = models.ForeignKey(
        "akun.Penugasan", models.PROTECT, null=True, related_name="+", db_comment="Dengan penugasan apa"
    )
    verba = models.CharField("perbuatan", max_length=12, choices=Verba, db_comment="Perbuatan")
    objek = models.CharField("objek", max_length=20, db_comment="Jenis objek, misalnya klien")
    objek_id = models.BigIntegerField("id objek", null=True, db_comment="Id objek, kosong untuk daftar")
    rincian = models.CharField(
        "rincian", max_length=300, blank=True, db_comment="Alasan, saringan, atau jumlah baris; tanpa data pribadi"
    )
    pada = models.DateTimeField("pada", default=timezone.now, db_comment="Waktu")
    permintaan = models.CharField("id permintaan", max_length=36, blank=True, db_comment="Id permintaan HTTP")

    objects = AksesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "jejak akses"
        db_table_comment = "Jejak pembacaan data klien; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "objek", "objek_id", "-pada"], name="akses_objek"),
            models.Index(fields=["pengguna", "-pada"], name="akses_pengguna"),
            models.Index(fields=["verba", "-id"], name="akses_verba"),  # in the order of the list: a rare act is near
            BrinIndex(fields=["pada"], name="akses_hari", autosummarize=True),  # a day, for its seal
        ]

    def __str__(self):
        return f"{self.verba} {self.objek} {self.objek_id or ''}"

    @property
    def objek_nama(self) -> str:
        """The kind of object as people write it."""
        return self.objek.replace("_", " ").replace("-", " ")


class Riwayat(Ledger, SharedModel):
    """One move of a state machine."""

    objek = models.CharField("objek", max_length=20, db_comment="Jenis objek, misalnya program")
    objek_id = models.BigIntegerField("id objek", db_comment="Id objek")
    dari = models.CharField("dari", max_length=20, blank=True, db_comment="Status lama")
    ke = models.CharField("ke", max_length=20, db_comment="Status baru")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Siapa")
    pada = models.DateTimeField("pada", default=timezone.now, db_comment="Waktu")
    catatan = models.TextField("catatan", blank=True, db_comment="Alasan atau catatan")

    class Meta:
        verbose_name = verbose_name_plural = "riwayat status"
        db_table_comment = "Perpindahan status; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "objek", "objek_id", "pada"], name="riwayat_objek"),
            BrinIndex(fields=["pada"], name="riwayat_hari", autosummarize=True),
        ]

    def __str__(self):
        return f"{self.objek} {self.objek_id}: {self.dari} → {self.ke}"


class Perubahan(Ledger, SharedModel):
    """Old and new values of one changed row. Written by the trigger of `rls.track`, never by Python."""

    tabel = models.CharField("tabel", max_length=63, db_comment="Nama tabel")
    baris_id = models.BigIntegerField("id baris", db_comment="Id baris")
    aksi = models.CharField("aksi", max_length=6, db_comment="UPDATE atau DELETE")
    lama = models.JSONField("nilai lama", db_comment="Nilai sebelum perubahan; kolom tersandi tetap tersandi")
    baru = models.JSONField("nilai baru", null=True, db_comment="Nilai sesudah perubahan")
    oleh_id = models.BigIntegerField("oleh", null=True, db_comment="Id pengguna, kosong untuk pekerjaan sistem")
    pada = models.DateTimeField("pada", db_default=Now(), db_comment="Waktu")

    class Meta:
        verbose_name = verbose_name_plural = "perubahan data"
        db_table_comment = "Nilai lama dan baru setiap baris yang berubah; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "tabel", "baris_id", "pada"], name="perubahan_baris"),
            BrinIndex(fields=["pada"], name="perubahan_hari", autosummarize=True),
        ]

    def __str__(self):
        return f"{self.aksi} {self.tabel} {self.baris_id}"


class Segel(Ledger):
    """The seal of one closed day of the trail, chained to the seal before. Only `portal_seal` writes it (`seals.py`).

    The first seal covers everything before its day, too.
    """

    hari = models.DateField("hari", primary_key=True, db_comment="Hari yang ditutup, menurut jam Jakarta")
    isi = models.JSONField("isi", db_comment="Per tabel: banyak baris, jumlah nomornya, sidik nomor dan waktunya")
    sebelum = models.CharField("segel sebelumnya", max_length=64, blank=True, db_comment="Sidik segel sebelumnya")
    sidik = models.CharField("sidik", max_length=64, db_comment="SHA-256 dari segel sebelumnya, hari, dan isi")
    dibuat_pada = models.DateTimeField("dibuat", db_default=Now(), db_comment="Waktu disegel")

    class Meta:
        verbose_name = verbose_name_plural = "segel jejak"
        ordering = ["hari"]
        db_table_comment = "Segel setiap hari jejak yang sudah ditutup; hanya bertambah"

    def __str__(self):
        return f"{self.hari} {self.sidik[:12]}"
