"""The handover of a client from one office to another: a row at each end, because the wall (row-level security)
separates them."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from apps.dasar.wording import tanggal
from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Bapas, ScopedModel, ScopedQuerySet, filled, own_office


class PelimpahanQuerySet(ScopedQuerySet):
    def incoming(self):
        return self.filter(arah=Pelimpahan.Arah.MASUK)

    def waiting(self):
        return self.filter(status=Pelimpahan.Status.MENUNGGU)

    def for_list(self):
        return self.select_related("lawan", "bapas", "klien", "diminta_oleh", "diputus_oleh")


class Pelimpahan(ScopedModel):
    """One end of a handover. `kunci` is the same at both ends; a foreign key to the other end keeps both rows equal.

    Before it accepts, the receiving office knows only code, name and reason.
    """

    class Arah(models.TextChoices):
        KELUAR = "keluar", "Keluar"
        MASUK = "masuk", "Masuk"

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu jawaban"
        DITERIMA = "diterima", "Diterima"
        DITOLAK = "ditolak", "Ditolak"
        DITARIK = "ditarik", "Ditarik pengirim"

    kunci = models.UUIDField(default=uuid.uuid4, editable=False, db_comment="Sama pada kedua ujung pelimpahan")
    arah = models.CharField("arah", max_length=6, choices=Arah, editable=False, db_comment="Keluar atau masuk")
    arah_lawan = models.GeneratedField(
        expression=Case(When(arah="keluar", then=Value("masuk")), default=Value("keluar")), db_persist=True,
        output_field=models.CharField(max_length=6), db_comment="Arah pada ujung yang lain",
    )  # fmt: skip
    lawan = models.ForeignKey(
        Bapas, models.PROTECT, related_name="+", verbose_name="Bapas", db_comment="Kantor di ujung yang lain"
    )
    klien = models.ForeignKey(
        Klien, models.PROTECT, null=True, related_name="pelimpahan", db_constraint=False, db_index=False,
        editable=False, db_comment="Registrasi di kantor ini; pada ujung masuk baru ada setelah diterima",
    )  # fmt: skip
    kode_klien = models.CharField("kode klien", max_length=16, editable=False, db_comment="Kode di kantor pengirim")
    nama_klien = models.CharField("nama klien", max_length=120, editable=False, db_comment="Nama saat dilimpahkan")
    alasan = models.CharField("alasan pelimpahan", max_length=300, db_comment="Mengapa dilimpahkan")
    pesan = models.CharField(
        "pesan untuk pembimbing baru", max_length=500, blank=True,
        db_comment="Kata-kata pengirim untuk kantor penerima; terbaca setelah diterima",
    )  # fmt: skip
    surat_nomor = models.CharField("nomor surat pelimpahan", max_length=80, db_comment="Nomor surat pelimpahan")
    surat_tanggal = models.DateField("tanggal surat pelimpahan", db_comment="Tanggal surat pelimpahan")
    ringkasan = models.JSONField(
        "ringkasan bimbingan", default=dict, editable=False, db_comment="Angka ringkas yang diserahkan saat diterima"
    )
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.MENUNGGU, editable=False, db_comment="Status"
    )
    diminta_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Peminta"
    )
    diminta_pada = models.DateTimeField("diminta", default=timezone.now, editable=False, db_comment="Waktu diminta")
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Penjawab"
    )
    diputus_pada = models.DateTimeField("dijawab", null=True, editable=False, db_comment="Waktu dijawab")
    alasan_putusan = models.CharField(
        "alasan jawaban", max_length=300, blank=True, editable=False, db_comment="Alasan bila ditolak atau ditarik"
    )

    objects = PelimpahanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pelimpahan"
        db_table_comment = "Pelimpahan klien antar-Bapas; satu baris pada tiap ujung"
        indexes = [
            models.Index(fields=["bapas", "status", "diminta_pada"], name="pelimpahan_status"),
            models.Index(fields=["bapas", "klien"], name="pelimpahan_klien"),
        ]
        constraints = [
            own_office("pelimpahan"),
            SameOffice("klien", name="pelimpahan_klien_same_office"),
            models.UniqueConstraint(fields=["kunci", "arah"], name="pelimpahan_one_row_per_end"),
            models.UniqueConstraint(
                fields=["kunci", "arah", "bapas", "lawan", "status"], name="pelimpahan_mirror_target"
            ),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(arah="keluar", status="menunggu"),
                name="pelimpahan_one_open_per_client",
                violation_error_message="Pelimpahan klien ini masih menunggu jawaban.",
            ),
            models.CheckConstraint(
                name="pelimpahan_to_another_office", condition=~Q(lawan=F("bapas")),
                violation_error_message="Pilih Bapas lain.",
            ),
            models.CheckConstraint(
                name="pelimpahan_client_at_its_end",
                condition=Q(arah="keluar", klien__isnull=False)
                | Q(arah="masuk", status="diterima", klien__isnull=False)
                | Q(arah="masuk", klien=None) & ~Q(status="diterima"),
            ),
            models.CheckConstraint(
                name="pelimpahan_answered_iff_who",
                condition=Q(status="menunggu", diputus_oleh=None)
                | ~Q(status="menunggu") & Q(diputus_oleh__isnull=False),
            ),
            models.CheckConstraint(
                name="pelimpahan_refusal_has_reason",
                condition=~Q(status__in=["ditolak", "ditarik"]) | filled("alasan_putusan"),
                violation_error_message="Isi alasan.",
            ),
            models.CheckConstraint(
                name="pelimpahan_taker_is_not_giver",
                condition=Q(status="ditarik") | ~Q(diputus_oleh=F("diminta_oleh")),
                violation_error_message="Pelimpahan ini Anda minta sendiri. Penerima harus orang lain.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Pelimpahan {self.kode_klien}"

    @property
    def masuk(self) -> bool:
        return self.arah == self.Arah.MASUK

    @property
    def ringkasan_kata(self) -> list[tuple[str, str]]:
        """(label, value) of the summary that was handed over; empty before the acceptance."""
        facts = self.ringkasan
        if not facts:
            return []
        return [
            ("Dibimbing sejak", tanggal(date.fromisoformat(facts["sejak"]))),
            ("Pertemuan", f"{facts['hadir']} hadir, {facts['tidak_hadir']} tidak hadir"),
            ("Bertemu terakhir", tanggal(date.fromisoformat(facts["terakhir"])) if facts["terakhir"] else "–"),
            ("Kebutuhan", f"{facts['terpenuhi']} terpenuhi, {facts['terbuka']} masih terbuka"),
            ("Pembimbing sebelumnya", facts["pk"]),
        ]

    @property
    def menunggu(self) -> bool:
        return self.status == self.Status.MENUNGGU

    @property
    def warna(self) -> str:
        return {"menunggu": "kuning", "diterima": "hijau"}.get(self.status, "abu")
