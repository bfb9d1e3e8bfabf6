"""What belongs to an account: its tokens, its history, mails that wait, and attempts that are limited."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.akun.models.people import Pengguna, Penugasan
from apps.wilayah.ledger import Ledger


class TokenApi(models.Model):
    """A token of the API. Only its fingerprint is stored; it acts under one assignment."""

    pengguna = models.ForeignKey(Pengguna, models.CASCADE, related_name="token_api", db_comment="Pemilik")
    penugasan = models.ForeignKey(
        Penugasan, models.CASCADE, related_name="+", db_comment="Penugasan yang menentukan jangkauan token"
    )
    nama = models.CharField("nama", max_length=60, db_comment="Untuk apa token ini")
    sidik = models.CharField(max_length=64, unique=True, editable=False, db_comment="SHA-256 token")
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dibuat")
    kedaluwarsa = models.DateField("berlaku sampai", db_comment="Hari terakhir berlaku")

    class Meta:
        verbose_name = verbose_name_plural = "token API"
        ordering = ["-id"]
        db_table_comment = "Token API; hanya sidiknya yang disimpan"

    def __str__(self):
        return self.nama


class RiwayatAkun(Ledger):
    """What happened to an account and who did it. Only grows: the web role may neither change nor delete rows."""

    class Peristiwa(models.TextChoices):
        DIUNDANG = "diundang", "Diundang"
        UNDANGAN_ULANG = "undangan-ulang", "Undangan dikirim ulang"
        DIBERI = "penugasan-diberi", "Penugasan diberikan"
        DIAKHIRI = "penugasan-diakhiri", "Penugasan diakhiri"
        DIHENTIKAN = "penugasan-dihentikan", "Penugasan diakhiri seketika"
        DIGANTI = "penugasan-dipakai", "Penugasan dipakai"
        NONAKTIF = "dinonaktifkan", "Akun dinonaktifkan"
        AKTIF = "diaktifkan", "Akun diaktifkan kembali"
        DUA_LANGKAH = "dua-langkah-dihapus", "Verifikasi dua langkah dihapus"
        KELUAR = "dikeluarkan", "Dikeluarkan dari semua perangkat"
        TOKEN = "token-dibuat", "Token API dibuat"
        TOKEN_DICABUT = "token-dicabut", "Token API dicabut"
        EKSPOR = "daftar-diekspor", "Mengekspor daftar"

    pengguna = models.ForeignKey(
        Pengguna, models.PROTECT, related_name="riwayat_akun", db_comment="Akun yang bersangkutan"
    )
    peristiwa = models.CharField("peristiwa", max_length=20, choices=Peristiwa, db_comment="Apa yang terjadi")
    penugasan = models.ForeignKey(
        Penugasan, models.PROTECT, null=True, related_name="+", db_comment="Penugasan yang bersangkutan, bila ada"
    )
    oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, related_name="+", db_comment="Siapa; kosong untuk perintah di peladen"
    )
    catatan = models.CharField("catatan", max_length=300, blank=True, db_comment="Alasan atau nama token")
    pada = models.DateTimeField("pada", default=timezone.now, db_comment="Waktu")

    class Meta:
        verbose_name = verbose_name_plural = "riwayat akun"
        ordering = ["-id"]
        db_table_comment = "Riwayat akun dan penugasan; hanya bertambah"

    def __str__(self):
        return f"{self.get_peristiwa_display()}: {self.pengguna}"


def first_try() -> dt.datetime:
    """When beat sends a mail whose message to a worker got lost."""
    return timezone.now() + dt.timedelta(seconds=settings.JOB_STALLED)


class Surat(models.Model):
    """A mail that waits for a worker (`mailing.py`); gone when it is sent. It holds no address and no link."""

    jenis = models.CharField("jenis", max_length=60, db_comment="Surel apa")
    pengguna = models.ForeignKey(
        Pengguna,
        models.CASCADE,
        null=True,
        related_name="+",
        db_comment="Penerima; kosong bila tidak dikenal",
    )
    penugasan = models.ForeignKey(
        Penugasan, models.CASCADE, null=True, related_name="+", db_comment="Penugasan yang diberitahukan, bila ada"
    )
    isi = models.JSONField("isi", default=dict, db_comment="Waktu, alamat IP, dan peramban pada kabar tentang akun")
    diminta_pada = models.DateTimeField("diminta", default=timezone.now, db_comment="Waktu diminta")
    coba_pada = models.DateTimeField("coba lagi", default=first_try, db_comment="Penjadwal mengirimnya sesudah ini")
    percobaan = models.PositiveSmallIntegerField("percobaan", default=0, db_comment="Berapa kali server surel gagal")

    class Meta:
        verbose_name = verbose_name_plural = "surat"
        db_table_comment = "Surel yang menunggu dikirim pekerja; dihapus sesudah terkirim"

    def __str__(self):
        return self.jenis


class Batas(models.Model):
    """Attempts that are limited, and locks of libraries: written and read by `limits.py` alone.

    The table is not logged: after a crash of PostgreSQL counting begins anew.
    """

    kunci = models.CharField(primary_key=True, max_length=250, db_comment="Siapa mencoba apa")
    nilai = models.JSONField(db_comment="Jumlah percobaan, atau nilai milik pustaka")
    sampai = models.DateTimeField(db_index=True, db_comment="Sesudah ini tidak dihitung lagi")

    class Meta:
        verbose_name = verbose_name_plural = "batas percobaan"
        db_table_comment = "Hitungan percobaan yang dibatasi; hilang sesudah waktunya"

    def __str__(self):
        return self.kunci
