"""Changes of a client's schedule by officers, and the reminder text of an office."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from apps.klien.models import CaraBertemu, Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import ScopedModel, own_office


class PerubahanJadwal(Ledger, ScopedModel):
    """One client's schedule after one act. The table is append-only; undo restores `sebelum`."""

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="perubahan_jadwal", db_constraint=False, db_index=False, db_comment="Klien"
    )
    kunci = models.UUIDField(
        db_comment="Kunci formulir; satu tindakan untuk banyak klien memakai satu kunci", editable=False
    )
    frekuensi_hari = models.PositiveSmallIntegerField("frekuensi lapor (hari)", db_comment="Jarak wajib lapor sesudah")
    berikutnya = models.DateField("lapor berikutnya", null=True, db_comment="Tanggal lapor berikutnya sesudah")
    jam = models.TimeField("jam", null=True, db_comment="Jam janji sesudah")
    cara = models.CharField(
        "cara bertemu", max_length=10, choices=CaraBertemu, blank=True, db_comment="Cara bertemu sesudah"
    )
    tempat = models.CharField("tempat", max_length=120, blank=True, db_comment="Tempat janji sesudah")
    sebelum = models.JSONField(
        encoder=DjangoJSONEncoder, editable=False, db_comment="Isi jadwal sebelum diubah, untuk Urungkan"
    )
    versi = models.PositiveIntegerField(editable=False, db_comment="Versi jadwal sesudah perubahan ini")
    alasan = models.CharField("alasan", max_length=200, db_comment="Alasan perubahan")
    mengurungkan = models.UUIDField(
        null=True, editable=False, db_comment="Kunci tindakan yang diurungkan oleh baris ini"
    )
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, db_comment="Siapa yang mengubah"
    )
    pada = models.DateTimeField("pada", default=timezone.now, editable=False, db_comment="Waktu diubah")

    class Meta:
        verbose_name = verbose_name_plural = "perubahan jadwal"
        db_table_comment = "Perubahan jadwal lapor oleh petugas; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "klien", "-pada"], name="perubahan_jadwal_klien"),
            models.Index(fields=["bapas", "oleh", "-pada"], name="perubahan_jadwal_oleh"),
        ]
        constraints = [
            own_office("perubahan_jadwal"),
            SameOffice("klien", name="perubahan_jadwal_same_office"),
            models.UniqueConstraint("bapas", "kunci", "klien", name="perubahan_jadwal_once"),
            models.CheckConstraint(
                name="perubahan_jadwal_has_reason", condition=~models.Q(alasan=""),
                violation_error_message="Isi alasan perubahan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Perubahan jadwal klien {self.klien_id}"


class TeksPengingat(ScopedModel):
    """The reminder text of one office. Without a row the portal's own text is used."""

    teks = models.CharField("teks pengingat", max_length=300, db_comment="Teks dengan isian dalam kurung kurawal")
    diubah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pengubah terakhir"
    )
    diubah_pada = models.DateTimeField(auto_now=True, db_comment="Waktu diubah")

    class Meta:
        verbose_name = verbose_name_plural = "teks pengingat"
        db_table_comment = "Teks pengingat pertemuan per kantor"
        constraints = [models.UniqueConstraint("bapas", name="teks_pengingat_one_per_office")]

    def __str__(self):
        return f"Teks pengingat {self.bapas_id}"
