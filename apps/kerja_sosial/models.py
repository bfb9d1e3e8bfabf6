"""Community service: places, sentences, the ledger of hours and what the supervisor confirmed.

Two readers, two kinds of table. What the place may know (code, hours, schedule) stands in shared tables; the verdict,
the absences and the PIN stand in tables that only the office reads. The ledger and its confirmations only grow, and
triggers keep the running totals of a sentence, so no way of writing an hour can pass the verdict (`0002_wall`).
"""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils import timezone

from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, SharedModel, SharedQuerySet, filled, own_office

HALF_HOUR = Decimal("0.5")
"""Hours are counted in halves."""


class Hari(models.IntegerChoices):
    """Days of the week as ISO counts them."""

    SENIN = 1, "Senin"
    SELASA = 2, "Selasa"
    RABU = 3, "Rabu"
    KAMIS = 4, "Kamis"
    JUMAT = 5, "Jumat"
    SABTU = 6, "Sabtu"
    MINGGU = 7, "Minggu"


class TempatKerjaSosial(SharedModel):
    """Where clients work: useful, dignified, never for profit. `mitra` is the institution whose people may log in."""

    class Jenis(models.TextChoices):
        KESEHATAN = "kesehatan", "Rumah sakit atau puskesmas"
        PANTI = "panti", "Panti"
        SEKOLAH = "sekolah", "Sekolah atau lembaga pendidikan"
        KANTOR = "kantor", "Kantor layanan umum"
        PUBLIK = "publik", "Ruang publik"
        IBADAH = "ibadah", "Rumah ibadah atau pesantren"
        LAIN = "lain", "Lembaga sosial lain"

    class Untuk(models.TextChoices):
        DEWASA = "dewasa", "Klien dewasa"
        ANAK = "anak", "Klien anak"
        SEMUA = "semua", "Klien dewasa dan anak"

    nama = models.CharField("nama tempat", max_length=120, db_comment="Nama tempat")
    alamat = models.CharField("alamat", max_length=200, db_comment="Alamat tempat")
    jenis = models.CharField("jenis tempat", max_length=10, choices=Jenis, db_comment="Jenis tempat")
    pekerjaan = models.CharField("pekerjaan", max_length=200, db_comment="Pekerjaan yang dilakukan klien")
    keselamatan = models.CharField(
        "keselamatan kerja", max_length=200, blank=True, db_comment="Alat dan aturan keselamatan di tempat"
    )
    untuk = models.CharField("menerima", max_length=6, choices=Untuk, db_comment="Klien dewasa, anak, atau keduanya")
    pendidikan = models.BooleanField(
        "pekerjaan di sini mendidik", default=False,
        db_comment="Bersifat mendidik; syarat untuk klien anak (UU 11/2012 Pasal 76)",
    )  # fmt: skip
    nirlaba = models.BooleanField(
        "tidak untuk mencari untung", default=False,
        db_comment="Pekerjaan tidak dikomersialkan (KUHP Pasal 85); selalu benar",
    )  # fmt: skip
    kapasitas = models.PositiveSmallIntegerField("kapasitas per hari", db_comment="Klien paling banyak dalam satu hari")
    pengawas = models.CharField("nama pengawas", max_length=120, db_comment="Orang di tempat yang mengesahkan jam")
    jabatan = models.CharField("jabatan pengawas", max_length=80, blank=True, db_comment="Jabatan pengawas")
    aktif = models.BooleanField("masih menerima klien", default=True, db_comment="Masih menerima klien baru")

    class Meta:
        verbose_name = verbose_name_plural = "tempat kerja sosial"
        db_table_comment = "Tempat kerja sosial satu Bapas"
        indexes = [models.Index(fields=["bapas", "nama"], name="tempat_ks_nama")]
        constraints = [
            own_office("tempat_ks"),
            models.UniqueConstraint(fields=["bapas", "id", "pendidikan"], name="tempat_ks_educational"),
            models.UniqueConstraint(
                "bapas", "nama", name="tempat_ks_name_once",
                violation_error_message="Tempat dengan nama ini sudah ada di kantor Anda.",
            ),
            models.CheckConstraint(
                name="tempat_ks_never_for_profit", condition=Q(nirlaba=True),
                violation_error_message="Kerja sosial tidak boleh untuk mencari untung.",
            ),
            models.CheckConstraint(
                name="tempat_ks_children_learn", condition=Q(untuk="dewasa") | Q(pendidikan=True),
                violation_error_message="Tempat untuk klien anak harus mendidik.",
            ),
            models.CheckConstraint(
                name="tempat_ks_has_room", condition=Q(kapasitas__gte=1),
                violation_error_message="Kapasitas paling sedikit 1.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.nama

    def receives(self, kategori_usia: str) -> bool:
        """Whether a client of this age group may work here."""
        return self.untuk in (kategori_usia, self.Untuk.SEMUA)


class PinPengawas(ScopedModel):
    """The supervisor's PIN, for confirming hours on the PK's phone: a salted hash that the place itself never reads."""

    tempat = models.OneToOneField(
        TempatKerjaSosial, models.CASCADE, related_name="pin", db_constraint=False, db_comment="Tempat"
    )
    sandi = models.CharField(max_length=128, db_comment="Hash PIN pengawas")
    salah = models.PositiveSmallIntegerField(default=0, db_comment="Banyak PIN salah berturut-turut")
    terkunci_sampai = models.DateTimeField(
        null=True, db_comment="Terkunci sampai waktu ini setelah terlalu banyak salah"
    )

    class Meta:
        verbose_name = verbose_name_plural = "PIN pengawas"
        db_table_comment = "PIN pengawas tempat kerja sosial"
        constraints = [own_office("pin_ks"), SameOffice("tempat", name="pin_ks_tempat_same_office")]

    def __str__(self):
        return f"PIN tempat {self.tempat_id}"


class Perpanjangan(ScopedModel):
    """A decision of the court that gives a sentence more time than the law's six months."""

    nomor = models.CharField("nomor penetapan", max_length=80, db_comment="Nomor penetapan pengadilan")
    tanggal = models.DateField("tanggal penetapan", db_comment="Tanggal penetapan")
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    class Meta:
        verbose_name = verbose_name_plural = "perpanjangan batas waktu"
        db_table_comment = "Penetapan pengadilan tentang batas waktu kerja sosial"
        constraints = [own_office("perpanjangan_ks")]

    def __str__(self):
        return self.nomor


def _months(field: str) -> Func:
    return Func(F(field), template="make_interval(months => %(expressions)s)", output_field=models.DurationField())


def _in_halves(field: str) -> Exact:
    return Exact(Mod(F(field), Value(HALF_HOUR)), Value(Decimal(0)))


class KerjaSosialQuerySet(SharedQuerySet):
    def running(self):
        return self.filter(status=KerjaSosial.Status.BERJALAN)

    def for_list(self):
        """What a list of the office shows, in one query."""
        return self.select_related("klien__pk_pembimbing", "tempat")

    def for_place(self):
        """What a partner sees: never the client's row."""
        return self.select_related("tempat", "bapas").order_by("kode", "pk")

    def of(self, klien: Klien):
        """The sentences of one client, newest first."""
        rows = self.filter(bapas_id=klien.bapas_id, klien=klien)
        return rows.select_related("bapas", "tempat", "putusan", "perpanjangan").order_by("-mulai", "-pk")


class KerjaSosial(SharedModel):
    """One sentence, as far as the place may know it: code, hours, days, period. `mitra` is that of the place."""

    class Jenis(models.TextChoices):
        DEWASA = "dewasa", "Pidana kerja sosial"
        ANAK = "anak", "Pelayanan masyarakat"

    class Status(models.TextChoices):
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        TIDAK = "tidak", "Tidak dilaksanakan"

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="kerja_sosial", db_constraint=False, db_index=False, editable=False,
        db_comment="Klien",
    )  # fmt: skip
    kode = models.CharField("kode klien", max_length=16, editable=False, db_comment="Salinan kode klien untuk tempat")
    panggilan = models.CharField(
        "nama panggilan", max_length=40, blank=True, editable=False,
        db_comment="Salinan nama panggilan, hanya klien dewasa yang setuju",
    )  # fmt: skip
    jenis = models.CharField(
        "jenis", max_length=6, choices=Jenis, editable=False, db_comment="Kerja sosial dewasa atau pelayanan anak"
    )
    tempat = models.ForeignKey(
        TempatKerjaSosial, models.PROTECT, related_name="kerja_sosial", db_constraint=False, db_index=False,
        verbose_name="tempat", db_comment="Tempat kerja sosial",
    )  # fmt: skip
    tempat_pendidikan = models.BooleanField(
        editable=False, db_comment="Salinan: tempat mendidik; kunci asing menjaga kebenarannya"
    )
    total_jam = models.PositiveSmallIntegerField("jumlah jam", db_comment="Jumlah jam menurut putusan")
    jam_per_hari = models.DecimalField(
        "jam per hari", max_digits=3, decimal_places=1, db_comment="Jam per hari menurut putusan, kelipatan setengah"
    )
    hari = ArrayField(
        models.PositiveSmallIntegerField(choices=Hari), verbose_name="hari",
        db_comment="Hari kerja dalam seminggu, 1 = Senin",
    )  # fmt: skip
    mulai = models.DateField("mulai", db_comment="Hari pertama")
    batas = models.DateField("batas selesai", db_comment="Hari terakhir yang boleh dipakai")
    perpanjangan = models.OneToOneField(
        Perpanjangan, models.PROTECT, null=True, editable=False, related_name="kerja_sosial", db_constraint=False,
        db_comment="Penetapan pengadilan bila batas melewati jangka waktu undang-undang",
    )  # fmt: skip
    batas_jam_min = models.PositiveSmallIntegerField(editable=False, db_comment="Jam paling sedikit saat putusan")
    batas_jam_maks = models.PositiveSmallIntegerField(editable=False, db_comment="Jam paling banyak saat putusan")
    batas_jam_hari = models.PositiveSmallIntegerField(editable=False, db_comment="Jam per hari paling banyak")
    batas_bulan = models.PositiveSmallIntegerField(editable=False, db_comment="Jangka waktu paling lama, bulan")
    batas_dasar = models.CharField(max_length=120, editable=False, db_comment="Dasar hukum batas saat putusan")
    jam_tercatat = models.DecimalField(
        max_digits=5, decimal_places=1, default=0, editable=False, db_comment="Jumlah jam yang dicatat (oleh trigger)"
    )
    jam_disahkan = models.DecimalField(
        max_digits=5, decimal_places=1, default=0, editable=False, db_comment="Jumlah jam yang disahkan (oleh trigger)"
    )
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.BERJALAN, editable=False, db_comment="Status"
    )
    ditutup = models.DateField("ditutup", null=True, editable=False, db_comment="Tanggal selesai atau dihentikan")
    versi = models.PositiveIntegerField(
        default=1, editable=False, db_comment="Naik setiap kali diubah dengan formulir; pengaman perubahan bersamaan"
    )
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    objects = KerjaSosialQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kerja sosial"
        db_table_comment = "Pidana kerja sosial dan pelayanan masyarakat anak, sejauh boleh diketahui tempatnya"
        indexes = [
            models.Index(fields=["bapas", "status", "batas"], name="kerja_sosial_batas"),
            models.Index(fields=["bapas", "klien"], name="kerja_sosial_klien"),
            models.Index(fields=["bapas", "tempat"], name="kerja_sosial_tempat"),
        ]
        constraints = [
            own_office("kerja_sosial"),
            SameOffice("klien", name="kerja_sosial_klien_same_office"),
            SameOffice("tempat", name="kerja_sosial_tempat_same_office"),
            SameOffice("perpanjangan", name="kerja_sosial_extension_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status="berjalan"), name="kerja_sosial_one_running",
                violation_error_message="Klien ini masih menjalani kerja sosial lain.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_limits_within_law",
                condition=Q(batas_jam_hari__range=(1, 8), batas_bulan__range=(1, 6))
                & (
                    Q(jenis="dewasa", batas_jam_min__gte=8, batas_jam_maks__lte=240)
                    | Q(jenis="anak", batas_jam_min__gte=7, batas_jam_maks__lte=120)
                ),
            ),
            models.CheckConstraint(
                name="kerja_sosial_hours_within_limits",
                condition=Q(total_jam__gte=F("batas_jam_min"), total_jam__lte=F("batas_jam_maks")),
                violation_error_message="Jumlah jam di luar batas undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_day_within_limits",
                condition=Q(jam_per_hari__gte=HALF_HOUR, jam_per_hari__lte=F("batas_jam_hari"))
                & Q(_in_halves("jam_per_hari")),
                violation_error_message="Jam per hari di luar batas undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_deadline_within_law",
                condition=Q(batas__gte=F("mulai"))
                & (Q(perpanjangan__isnull=False) | Q(batas__lte=F("mulai") + _months("batas_bulan"))),
                violation_error_message="Batas selesai melewati jangka waktu undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_days_of_the_week",
                condition=Q(hari__len__range=(1, 7), hari__contained_by=Hari.values),
                violation_error_message="Pilih paling sedikit satu hari.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_child_learns", condition=Q(jenis="dewasa") | Q(tempat_pendidikan=True, panggilan=""),
                violation_error_message="Klien anak hanya ditempatkan di tempat yang mendidik.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_never_above_verdict",
                condition=Q(jam_disahkan__gte=0, jam_tercatat__gte=F("jam_disahkan"), total_jam__gte=F("jam_tercatat")),
                violation_error_message="Jumlah jam melebihi putusan.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_complete_when_confirmed",
                condition=~Q(status="selesai") | Q(jam_disahkan=F("total_jam")),
            ),
            models.CheckConstraint(
                name="kerja_sosial_closed_has_date",
                condition=Q(status="berjalan", ditutup=None) | ~Q(status="berjalan") & Q(ditutup__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_jenis_display()} {self.kode}"

    @property
    def untuk_anak(self) -> bool:
        return self.jenis == self.Jenis.ANAK

    @property
    def berjalan(self) -> bool:
        return self.status == self.Status.BERJALAN

    @property
    def sebutan(self) -> str:
        """How people at the place call the client."""
        return self.panggilan or self.kode

    @property
    def jam_menunggu(self) -> Decimal:
        """Recorded and not confirmed yet."""
        return self.jam_tercatat - self.jam_disahkan

    @property
    def lunas(self) -> bool:
        """Every hour of the verdict is confirmed: the PK may record the completion."""
        return self.berjalan and self.jam_disahkan == self.total_jam

    @property
    def hari_nama(self) -> str:
        """ "Senin, Rabu"."""
        return ", ".join(Hari(day).label for day in sorted(self.hari))


class PutusanKerjaSosial(ScopedModel):
    """The verdict behind a sentence and the client's consent. Only the owning office reads it."""

    kerja_sosial = models.OneToOneField(
        KerjaSosial, models.CASCADE, related_name="putusan", db_constraint=False, editable=False,
        db_comment="Kerja sosial",
    )  # fmt: skip
    nomor = models.CharField("nomor putusan", max_length=80, db_comment="Nomor putusan")
    tanggal = models.DateField("tanggal putusan", db_comment="Tanggal putusan")
    pengadilan = models.CharField("pengadilan", max_length=120, db_comment="Pengadilan")
    kejaksaan = models.CharField("kejaksaan", max_length=120, db_comment="Kejaksaan yang melaksanakan putusan")
    jaksa = models.CharField("nama jaksa", max_length=120, db_comment="Jaksa yang mengawasi")
    persetujuan = models.DateField("klien menyetujui pada", db_comment="Tanggal persetujuan klien")
    ancaman_tahun = models.PositiveSmallIntegerField(
        "ancaman pidana (tahun)", null=True, blank=True, db_comment="Ancaman pidana dalam tahun"
    )
    pidana_bulan = models.PositiveSmallIntegerField(
        "pidana penjara yang diganti (bulan)", null=True, blank=True, db_comment="Pidana yang diganti, dalam bulan"
    )
    denda = models.DecimalField(
        "denda yang diganti (Rp)", max_digits=14, decimal_places=2, null=True, blank=True,
        db_comment="Denda yang diganti, dalam rupiah",
    )  # fmt: skip
    peringatan = models.CharField(
        max_length=400,
        blank=True,
        editable=False,
        db_comment="Syarat yang tidak terpenuhi saat dicatat; hanya peringatan",
    )

    class Meta:
        verbose_name = verbose_name_plural = "putusan kerja sosial"
        db_table_comment = "Putusan di balik kerja sosial; hanya Bapas pemilik"
        constraints = [
            own_office("putusan_ks"),
            SameOffice("kerja_sosial", name="putusan_ks_same_office"),
        ]

    def __str__(self):
        return self.nomor


class JamQuerySet(SharedQuerySet):
    def standing(self):
        """Entries that count: not replaced by a correction, and not a correction that only takes back."""
        later = JamKerja.objects.filter(bapas=OuterRef("bapas"), menggantikan=OuterRef("pk"))
        return self.filter(~Exists(later), jam__gt=0)

    def waiting(self):
        """Standing entries that no supervisor has confirmed."""
        return self.standing().filter(pengesahan=None)

    def for_ledger(self):
        """Every entry with who wrote it, who confirmed it and whether it was replaced, in order of time."""
        later = JamKerja.objects.filter(bapas=OuterRef("bapas"), menggantikan=OuterRef("pk"))
        rows = self.select_related("pengesahan", "dicatat_oleh", "tempat").annotate(diganti=Exists(later))
        return rows.order_by("tanggal", "mulai", "pk")


class JamKerja(SharedModel):
    """One stretch of work on one day. Never changed: a correction is a new entry that replaces an old one."""

    kerja_sosial = models.ForeignKey(
        KerjaSosial, models.PROTECT, related_name="jam", db_constraint=False, db_index=False, editable=False,
        db_comment="Kerja sosial",
    )  # fmt: skip
    tempat = models.ForeignKey(
        TempatKerjaSosial, models.PROTECT, related_name="+", db_constraint=False, db_index=False, editable=False,
        db_comment="Tempat pada hari itu",
    )  # fmt: skip
    kunci = models.UUIDField(editable=False, db_comment="Kunci formulir: kirim dua kali tetap satu baris")
    tanggal = models.DateField("tanggal", db_comment="Tanggal kerja")
    mulai = models.TimeField("jam mulai", db_comment="Jam mulai, waktu setempat")
    selesai = models.TimeField("jam selesai", db_comment="Jam selesai, waktu setempat")
    jam = models.DecimalField(
        "jam", max_digits=3, decimal_places=1, editable=False,
        db_comment="Jam yang dihitung, tanpa istirahat; 0 bila koreksi hanya membatalkan",
    )  # fmt: skip
    kegiatan = models.CharField("pekerjaan", max_length=200, db_comment="Pekerjaan yang dilakukan")
    menggantikan = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="pengganti", db_constraint=False,
        db_index=False, db_comment="Baris yang diganti oleh koreksi ini",
    )  # fmt: skip
    alasan = models.CharField("alasan koreksi", max_length=200, blank=True, db_comment="Alasan koreksi")
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    objects = JamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "jam kerja sosial"
        db_table_comment = "Buku jam kerja sosial; hanya bertambah"
        indexes = [models.Index(fields=["bapas", "kerja_sosial", "tanggal"], name="jam_ks_tanggal")]
        constraints = [
            own_office("jam_ks"),
            SameOffice("kerja_sosial", name="jam_ks_same_office"),
            SameOffice("tempat", name="jam_ks_tempat_same_office"),
            SameOffice("menggantikan", name="jam_ks_correction_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="jam_ks_key_once"),
            models.UniqueConstraint(
                fields=["bapas", "menggantikan"], condition=Q(menggantikan__isnull=False), name="jam_ks_corrected_once",
                violation_error_message="Jam ini sudah dikoreksi.",
            ),
            models.CheckConstraint(name="jam_ks_ends_after_start", condition=Q(selesai__gt=F("mulai"))),
            models.CheckConstraint(
                name="jam_ks_in_halves", condition=Q(jam__gte=0, jam__lte=24) & Q(_in_halves("jam")),
            ),
            models.CheckConstraint(
                name="jam_ks_correction_has_reason",
                condition=Q(menggantikan=None, alasan="", jam__gt=0) | Q(menggantikan__isnull=False) & filled("alasan"),
                violation_error_message="Isi alasan koreksi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.tanggal} {self.jam} jam"

    @property
    def disahkan(self) -> "PengesahanJam | None":
        """The supervisor's word, when it was given. Rows must come with `pengesahan`."""
        return getattr(self, "pengesahan", None)


class PengesahanJam(SharedModel):
    """The supervisor of the place confirmed one entry. Not a certified signature: the report leaves room for a hand."""

    class Cara(models.TextChoices):
        AKUN = "akun", "Akun pengawas"
        PIN = "pin", "PIN pengawas"

    jam_kerja = models.OneToOneField(
        JamKerja, models.PROTECT, related_name="pengesahan", db_constraint=False, db_comment="Jam yang disahkan"
    )
    cara = models.CharField("cara", max_length=4, choices=Cara, db_comment="Dengan akun sendiri atau PIN di HP PK")
    pengawas = models.CharField("pengawas", max_length=120, db_comment="Nama pengawas pada saat itu")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Pengguna yang memegang layar"
    )
    pada = models.DateTimeField("pada", default=timezone.now, db_comment="Waktu disahkan")

    class Meta:
        verbose_name = verbose_name_plural = "pengesahan jam"
        db_table_comment = "Pengesahan jam oleh pengawas tempat; hanya bertambah"
        constraints = [own_office("pengesahan_ks"), SameOffice("jam_kerja", name="pengesahan_ks_same_office")]

    def __str__(self):
        return f"{self.pengawas}, {self.get_cara_display()}"


class Ketidakhadiran(ScopedModel):
    """A day on which the client did not come. Without a reason it is what the prosecutor has to know (KUHP 85)."""

    kerja_sosial = models.ForeignKey(
        KerjaSosial, models.PROTECT, related_name="ketidakhadiran", db_constraint=False, db_index=False,
        editable=False, db_comment="Kerja sosial",
    )  # fmt: skip
    tanggal = models.DateField("tanggal", db_comment="Tanggal tidak hadir")
    beralasan = models.BooleanField("ada alasan yang dapat diterima", db_comment="Ada alasan yang dapat diterima")
    uraian = models.CharField("uraian", max_length=300, db_comment="Keadaan dan tindak lanjut")
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    class Meta:
        verbose_name = verbose_name_plural = "ketidakhadiran kerja sosial"
        ordering = ["tanggal", "pk"]
        db_table_comment = "Hari kerja sosial yang tidak dilaksanakan"
        constraints = [
            own_office("ketidakhadiran_ks"),
            SameOffice("kerja_sosial", name="ketidakhadiran_ks_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "kerja_sosial", "tanggal"], name="ketidakhadiran_ks_once_a_day",
                violation_error_message="Ketidakhadiran pada tanggal ini sudah dicatat.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Tidak hadir {self.tanggal}"


def lasting(begin: dt.time, end: dt.time, pause: Decimal = Decimal(0)) -> Decimal:
    """Hours between two times of one day without the pause, rounded down to halves."""
    minutes = (end.hour * 60 + end.minute) - (begin.hour * 60 + begin.minute)
    return Decimal(max(minutes - int(pause * 60), 0) // 30) * HALF_HOUR
