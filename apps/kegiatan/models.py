"""Activities of Pokmas, Griya, partners and the Bapas itself, with attendance by code."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.acuan.models import KategoriKebutuhan
from apps.akun.roles import may
from apps.klien.models import Bidang, Klien
from apps.program.models import RencanaKegiatan, Sumber
from apps.wilayah.constraints import SameOffice
from apps.wilayah.days import day_at, today_at
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import Recorded, SharedModel, SharedQuerySet, own_office


class Tab(models.TextChoices):
    """The four tabs of the list: to come, waiting for the result, closed, cancelled."""

    DATANG = "datang", "Akan datang"
    TUTUP = "tutup", "Perlu ditutup"
    SELESAI = "selesai", "Selesai"
    BATAL = "batal", "Batal"

    def rule(self, now: dt.datetime | None = None) -> Q:
        """The rows of this tab at the moment `now`."""
        planned, now = Q(status=Kegiatan.Status.RENCANA), timezone.now() if now is None else now
        return {
            Tab.DATANG: planned & Q(selesai__gte=now),
            Tab.TUTUP: planned & Q(selesai__lt=now),
            Tab.SELESAI: Q(status=Kegiatan.Status.SELESAI),
            Tab.BATAL: Q(status=Kegiatan.Status.BATAL),
        }[self]


class KegiatanQuerySet(SharedQuerySet):
    def in_tab(self, tab: Tab):
        """Rows of one tab, the most urgent first."""
        soonest_first = tab in (Tab.DATANG, Tab.TUTUP)
        return self.filter(tab.rule()).order_by(*(["mulai", "pk"] if soonest_first else ["-mulai", "-pk"]))

    def per_tab(self) -> dict[str, int]:
        """How many rows each tab has, in one query."""
        return self.order_by().aggregate(**{tab.value: Count("pk", filter=tab.rule()) for tab in Tab})

    def for_list(self):
        """Everything that a list shows, in one query."""
        return self.select_related("bapas", "mitra").annotate(
            peserta=_people(),
            hadir=_people(status=Kehadiran.Status.HADIR),
            belum=_people(status=Kehadiran.Status.BELUM),
        )

    def with_needs(self):
        """Rows with `kebutuhan_nama`, the needs that they serve: "Pekerjaan; Tempat tinggal"."""
        served = self.model.kategori.through.objects.filter(kegiatan=OuterRef("pk")).values("kegiatan")
        names = StringAgg("kategorikebutuhan__nama", "; ", ordering="kategorikebutuhan__kode")
        return self.annotate(kebutuhan_nama=Subquery(served.annotate(nama=names).values("nama")))

    def begun(self):
        """Activities that have begun and were not cancelled, newest first."""
        return self.filter(mulai__lte=timezone.now()).exclude(status=Kegiatan.Status.BATAL).order_by("-mulai", "-pk")

    def suggestions(self) -> dict[str, list[str]]:
        """Titles and places of the last activities, for fields that are often the same."""
        last = list(self.order_by("-pk").values_list("judul", "tempat")[:20])
        titles, places = (list(dict.fromkeys(column))[:5] for column in zip(*last, strict=True)) if last else ([], [])
        return {"judul": titles, "tempat": places}


def _people(**which):
    """Subquery: number of rows of the attendance list, filtered by office to use its index."""
    rows = Kehadiran.objects.filter(bapas=OuterRef("bapas"), kegiatan=OuterRef("pk"), **which)
    count = rows.order_by().values("kegiatan").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count), 0)


class Kegiatan(SharedModel):
    """One activity. `mitra` is the organiser; empty when the Bapas itself organises."""

    class Jenis(models.TextChoices):
        PELATIHAN = "pelatihan", "Pelatihan"
        KONSELING = "konseling", "Konseling"
        KEAGAMAAN = "keagamaan", "Keagamaan"
        HUKUM = "hukum", "Penyuluhan hukum"
        KESEHATAN = "kesehatan", "Kesehatan"
        SOSIAL = "sosial", "Bakti sosial"
        OLAHRAGA = "olahraga", "Olahraga dan seni"
        USAHA = "usaha", "Magang dan usaha"

    class Status(models.TextChoices):
        RENCANA = "rencana", "Direncanakan"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Dibatalkan"

    judul = models.CharField("judul", max_length=150, db_comment="Judul kegiatan")
    jenis = models.CharField("jenis", max_length=10, choices=Jenis, db_comment="Jenis kegiatan")
    bidang = models.CharField("bidang", max_length=15, choices=Bidang, db_comment="Bidang")
    kategori = models.ManyToManyField(KategoriKebutuhan, related_name="+", verbose_name="kebutuhan yang dilayani")
    mulai = models.DateTimeField("mulai", db_comment="Waktu mulai")
    selesai = models.DateTimeField("selesai", db_comment="Waktu selesai")
    tempat = models.CharField("tempat", max_length=150, db_comment="Tempat")
    kuota = models.PositiveSmallIntegerField("kuota peserta", db_comment="Kuota peserta")
    sumber = models.CharField(
        "sumber dana", max_length=6, choices=Sumber, default=Sumber.POKMAS, db_comment="Sumber dana"
    )
    biaya_rencana = models.DecimalField(
        "perkiraan biaya (Rp)", max_digits=14, decimal_places=2, default=0, db_comment="Perkiraan biaya dalam rupiah"
    )
    biaya = models.DecimalField(
        "biaya sebenarnya (Rp)", max_digits=14, decimal_places=2, null=True, blank=True, db_comment="Biaya sebenarnya"
    )
    rencana = models.ForeignKey(
        RencanaKegiatan, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="bagian dari program", db_constraint=False, db_comment="Rencana kegiatan dalam program tahunan",
    )  # fmt: skip
    hasil = models.CharField("hasil", max_length=500, blank=True, db_comment="Hasil dalam satu kalimat")
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.RENCANA, editable=False, db_comment="Status"
    )
    alasan_batal = models.CharField("alasan batal", max_length=200, blank=True, db_comment="Alasan dibatalkan")
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pembuat"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dibuat")
    ditutup_pada = models.DateTimeField("ditutup", null=True, editable=False, db_comment="Waktu ditutup")

    objects = KegiatanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kegiatan"
        db_table_comment = "Kegiatan untuk klien"
        indexes = [
            models.Index(fields=["bapas", "mulai"], name="kegiatan_mulai"),
            models.Index(fields=["mitra", "mulai"], name="kegiatan_mitra"),
        ]
        constraints = [
            own_office("kegiatan"),
            SameOffice("rencana", name="kegiatan_rencana_same_office"),
            models.CheckConstraint(
                name="kegiatan_ends_after_start", condition=Q(selesai__gt=F("mulai")),
                violation_error_message="Waktu selesai harus setelah waktu mulai.",
            ),
            models.CheckConstraint(
                name="kegiatan_quota_positive", condition=Q(kuota__gte=1),
                violation_error_message="Kuota paling sedikit 1.",
            ),
            models.CheckConstraint(
                name="kegiatan_cost_not_negative",
                condition=Q(biaya_rencana__gte=0) & (Q(biaya=None) | Q(biaya__gte=0)),
                violation_error_message="Biaya tidak boleh kurang dari nol.",
            ),
            models.CheckConstraint(
                name="kegiatan_closed_has_result",
                condition=Q(status="selesai", ditutup_pada__isnull=False, biaya__isnull=False) & ~Q(hasil="")
                | ~Q(status="selesai"),
            ),
            models.CheckConstraint(
                name="kegiatan_cancelled_has_reason", condition=~Q(status="batal") | ~Q(alasan_batal="")
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.judul

    @property
    def penyelenggara(self):
        """The partner, or the Bapas itself."""
        return self.mitra or self.bapas

    @property
    def berjalan(self) -> bool:
        """Neither closed nor cancelled: may still change."""
        return self.status == self.Status.RENCANA

    @property
    def sudah_mulai(self) -> bool:
        return self.mulai <= timezone.now()

    @property
    def lewat(self) -> bool:
        """Over, but its result is still missing."""
        return self.berjalan and self.selesai < timezone.now()

    @property
    def hari(self) -> dt.date:
        """The day of the activity in the time zone of its office."""
        return day_at(self.bapas, self.mulai)

    @property
    def jam(self) -> str:
        """ "09.00–11.00 WITA"."""
        zone = ZoneInfo(self.bapas.zona_waktu)
        begin, end = self.mulai.astimezone(zone), self.selesai.astimezone(zone)
        return f"{begin:%H.%M}–{end:%H.%M} {begin.tzname()}"

    @property
    def hari_tiba(self) -> bool:
        """True from the day of the activity on: attendance may be recorded."""
        return self.hari <= today_at(self.bapas)

    def daftar_hadir(self):
        """Rows of the attendance list, filtered by office to use its index."""
        return Kehadiran.objects.filter(bapas_id=self.bapas_id, kegiatan=self).order_by("kode")

    def people_for(self, user) -> list["Kehadiran"]:
        """The attendance list with what `user` may know about the people."""
        return list(self.daftar_hadir().known_to(user))


class KirimanHadir(Ledger, SharedModel):
    """One attendance list as a device sent it. The key makes sending it again harmless, even if others changed the
    list in between. Both clocks are stored, because a list may wait for a signal."""

    kegiatan = models.ForeignKey(
        Kegiatan, models.CASCADE, related_name="kiriman", db_constraint=False, db_index=False, db_comment="Kegiatan"
    )
    kunci = models.UUIDField(db_comment="Kunci yang dibuat perangkat saat menyimpan")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, db_comment="Pengirim"
    )
    dibuat_pada = models.DateTimeField("dibuat di perangkat", db_comment="Waktu simpan di perangkat")
    diterima_pada = models.DateTimeField("diterima", default=timezone.now, db_comment="Waktu diterima server")

    class Meta:
        verbose_name = verbose_name_plural = "kiriman daftar hadir"
        db_table_comment = "Kiriman daftar hadir dari antrean di HP"
        constraints = [
            own_office("kiriman_hadir"),
            SameOffice("kegiatan", name="kiriman_hadir_same_office"),
            models.UniqueConstraint("bapas", "kegiatan", "kunci", name="kiriman_hadir_key_once"),
        ]

    def __str__(self):
        return f"Kiriman {self.kunci}"


class KehadiranQuerySet(SharedQuerySet):
    def known_to(self, user):
        """Rows with what `user` may know about the people: for a partner code and call name, for officers the name.

        A partner's query must not join the table of clients: for a partner it is empty, so the list would be empty.
        """
        rows = self.visible_to(user)
        if user.scope.mitra:
            return rows
        return rows.annotate(nama=F("klien__nama")) if may(user, "klien.lihat") else rows.none()


class Kehadiran(Recorded, SharedModel):
    """One client on the attendance list. A partner reads code and call name here, never the client itself."""

    class Status(models.TextChoices):
        BELUM = "belum", "Belum dicatat"
        HADIR = "hadir", "Hadir"
        TIDAK = "tidak", "Tidak hadir"
        IZIN = "izin", "Izin"

    kegiatan = models.ForeignKey(
        Kegiatan, models.CASCADE, related_name="kehadiran", db_constraint=False, db_index=False, db_comment="Kegiatan"
    )
    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="kehadiran", db_constraint=False, db_index=False, db_comment="Klien"
    )
    kode = models.CharField("kode klien", max_length=16, db_comment="Salinan kode klien untuk mitra")
    panggilan = models.CharField(
        "nama panggilan", max_length=40, blank=True, db_comment="Salinan nama panggilan bila klien setuju"
    )
    status = models.CharField("kehadiran", max_length=5, choices=Status, default=Status.BELUM, db_comment="Kehadiran")

    objects = KehadiranQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kehadiran"
        db_table_comment = "Daftar hadir kegiatan"
        indexes = [models.Index(fields=["bapas", "klien"], name="kehadiran_klien")]
        constraints = [
            own_office("kehadiran"),
            SameOffice("kegiatan", name="kehadiran_kegiatan_same_office"),
            SameOffice("klien", name="kehadiran_klien_same_office"),
            models.UniqueConstraint("bapas", "kegiatan", "klien", name="kehadiran_once_per_activity"),
        ]

    def __str__(self):
        return f"{self.kode} {self.status}"
