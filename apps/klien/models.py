"""Clients, the ledger of their needs, and the guidance log. Read together with docs of the law in each class."""

import re
import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.constants import OnConflict
from django.db.models.functions import Coalesce
from django.db.models.lookups import PostgresOperatorLookup
from django.utils import timezone

from apps.acuan.models import JenisProgram, KategoriKebutuhan
from apps.akun.roles import REASON, reach
from apps.jejak.models import Akses
from apps.klien.crypto import SealedTextField
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import KabKota, ScopedModel, ScopedQuerySet, own_office

OPENING_MINUTES = 30
"""How long a reasoned opening of one client's file by Kanwil or Ditjenpas lasts (own rule)."""


@models.CharField.register_lookup
class ILike(PostgresOperatorLookup):
    """Django's `icontains` compares upper-cased text, which the trigram index on names does not hold."""

    lookup_name = "ilike"
    postgres_operator = "ILIKE"


class Bidang(models.TextChoices):
    """Fields of guidance (PP 31/1999)."""

    KEPRIBADIAN = "kepribadian", "Kepribadian"
    KEMANDIRIAN = "kemandirian", "Kemandirian"
    KEMASYARAKATAN = "kemasyarakatan", "Kemasyarakatan"


class Orang(models.Model):
    """One human being, nationally: nothing readable, only a keyed HMAC of the NIK."""

    nik_hmac = models.CharField(
        max_length=64, unique=True, null=True, editable=False, db_comment="HMAC NIK, kosong bila belum punya NIK"
    )

    class Meta:
        verbose_name = verbose_name_plural = "orang"
        db_table_comment = "Satu orang secara nasional; tidak ada isi yang terbaca"

    def __str__(self):
        return f"Orang {self.pk}"


class KlienQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Clients of the user's office; for Kanwil and Ditjenpas only files opened with a reason just now."""
        rows = super().visible_to(user)
        if reach(user, "klien.lihat") == REASON:
            since = timezone.now() - timedelta(minutes=OPENING_MINUTES)
            return rows.filter(
                Exists(
                    Akses.objects.filter(
                        bapas=OuterRef("bapas"), objek="klien", objek_id=OuterRef("pk"),
                        verba=Akses.Verba.BUKA, pengguna_id=user.pk, pada__gte=since,
                    )
                )
            )  # fmt: skip
        return rows

    def active(self):
        return self.filter(status=Klien.Status.AKTIF)

    def ended(self):
        return self.exclude(status=Klien.Status.AKTIF)

    def named_like(self, term: str):
        """Names that contain `term`, in any case."""
        literal = re.sub(r"([\\%_])", r"\\\1", term)
        return self.filter(nama__ilike=f"%{literal}%")

    def needing(self, kategori):
        """Clients with an unmet need of `kategori`."""
        needs = Kebutuhan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("pk"), kategori=kategori, status__in=Kebutuhan.UNMET
        )
        return self.filter(Exists(needs))

    def under(self, jenis_program):
        """Clients whose newest period of guidance has this legal ground."""
        later = MasaBimbingan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("klien"), mulai__gt=OuterRef("mulai")
        )
        newest = MasaBimbingan.objects.filter(~Exists(later), jenis_program=jenis_program)
        return self.filter(Exists(newest.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"))))

    def for_strip(self):
        """What the identity strip shows, in one query."""
        return self.select_related("bapas", "pk_pembimbing").annotate(
            program_nama=_current_period("jenis_program__nama"), program_selesai=_current_period("selesai")
        )

    def for_list(self):
        """Everything that the list of clients shows, in one query."""
        return self.select_related("jadwal", "pk_pembimbing").annotate(
            kebutuhan_terbuka=_count_needs(Kebutuhan.UNMET),
            program_nama=_current_period("jenis_program__nama"),
            program_selesai=_current_period("selesai"),
        )

    def for_page(self):
        """Everything about the client itself that the client's page shows, in one query."""
        return (
            self.for_strip()
            .select_related("jadwal", "kabkota")
            .annotate(
                kebutuhan_terbuka=_count_needs(Kebutuhan.UNMET),
                kebutuhan_terpenuhi=_count_needs([Kebutuhan.Status.TERPENUHI]),
            )
        )


def needs_action(today) -> Q:
    """Active clients somebody has to do something about: due or overdue, or absent three times in a row."""
    return Q(status=Klien.Status.AKTIF) & (
        Q(jadwal__berikutnya__lte=today)
        | Q(jadwal__berikutnya=None)
        | Q(jadwal__absen_beruntun__gte=JadwalLapor.ABSENCES_THAT_COUNT)
    )


def _count_needs(statuses):
    needs = Kebutuhan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"), status__in=statuses)
    counted = needs.order_by().values("klien").annotate(n=models.Count("*")).values("n")
    return Coalesce(models.Subquery(counted), 0)


def _current_period(field: str):
    periods = MasaBimbingan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"))
    return models.Subquery(periods.order_by("-mulai").values(field)[:1])


class Klien(ScopedModel):
    """One registration of one person at one Bapas (UU 22/2022 Pasal 1: klien)."""

    class Status(models.TextChoices):
        AKTIF = "aktif", "Aktif"
        SELESAI = "selesai", "Selesai"
        DICABUT = "dicabut", "Dicabut"
        DILIMPAHKAN = "dilimpahkan", "Dilimpahkan"
        MENINGGAL = "meninggal", "Meninggal"
        MELARIKAN_DIRI = "melarikan", "Melarikan diri"

    class Usia(models.TextChoices):
        ANAK = "anak", "Anak"
        DEWASA = "dewasa", "Dewasa"

    class Kelamin(models.TextChoices):
        LAKI = "L", "Laki-laki"
        PEREMPUAN = "P", "Perempuan"

    class JenisRegister(models.TextChoices):
        BIMBINGAN_DEWASA = "bimbingan-dewasa", "Bimbingan dewasa"
        BIMBINGAN_ANAK = "bimbingan-anak", "Bimbingan anak"

    class Pendidikan(models.TextChoices):
        TIDAK = "tidak", "Tidak sekolah"
        SD = "sd", "SD/sederajat"
        SMP = "smp", "SMP/sederajat"
        SMA = "sma", "SMA/sederajat"
        TINGGI = "tinggi", "Perguruan tinggi"

    orang = models.ForeignKey(
        Orang, models.PROTECT, related_name="registrasi", editable=False, db_comment="Orang yang didaftar"
    )
    kode = models.CharField(
        "kode klien", max_length=16, unique=True, editable=False, db_comment="Kode publik KL-tahun-nomor"
    )
    jenis_register = models.CharField(
        "jenis register", max_length=16, choices=JenisRegister, db_comment="Jenis buku register"
    )
    nomor_register = models.CharField("nomor register", max_length=40, db_comment="Nomor pada buku register")
    tahun_register = models.PositiveSmallIntegerField("tahun register", db_comment="Tahun buku register")
    nama = models.CharField("nama lengkap", max_length=120, db_comment="Nama lengkap")
    panggilan = models.CharField(
        "nama panggilan", max_length=40, db_comment="Nama panggilan, boleh dibagikan bila klien setuju"
    )
    izin_panggilan = models.BooleanField(
        "nama panggilan boleh dilihat mitra kegiatan", default=False,
        db_comment="Klien setuju nama panggilannya tampil pada daftar hadir mitra",
    )  # fmt: skip
    nik = SealedTextField("NIK", blank=True, db_comment="NIK tersandi (AES-GCM)")
    alamat = SealedTextField("alamat", blank=True, db_comment="Alamat tersandi")
    telepon = SealedTextField("telepon", blank=True, db_comment="Nomor HP tersandi")
    lahir = models.DateField("tanggal lahir", db_comment="Tanggal lahir")
    jenis_kelamin = models.CharField("jenis kelamin", max_length=1, choices=Kelamin, db_comment="L atau P")
    kategori_usia = models.CharField(
        "kategori usia", max_length=6, choices=Usia, editable=False,
        db_comment="Anak bila belum 18 tahun pada tanggal registrasi (UU 11/2012)",
    )  # fmt: skip
    kabkota = models.ForeignKey(
        KabKota, models.PROTECT, related_name="+", verbose_name="kabupaten/kota", db_comment="Kabupaten/kota tinggal"
    )
    kelurahan = models.CharField("kelurahan/desa", max_length=80, blank=True, db_comment="Kelurahan atau desa tinggal")
    pendidikan = models.CharField(
        "pendidikan terakhir", max_length=8, choices=Pendidikan, blank=True, db_comment="Pendidikan terakhir"
    )
    pekerjaan = models.CharField(
        "pekerjaan", max_length=80, blank=True, db_comment="Pekerjaan sekarang, kosong bila belum bekerja"
    )
    pk_pembimbing = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="klien_bimbingan",
        verbose_name="Pembimbing Kemasyarakatan", db_comment="Pembimbing Kemasyarakatan yang memegang klien",
    )  # fmt: skip
    status = models.CharField(
        "status", max_length=12, choices=Status, default=Status.AKTIF, editable=False, db_comment="Status registrasi"
    )
    id_sdp = models.CharField("ID SDP", max_length=30, blank=True, db_comment="Id pada Sistem Database Pemasyarakatan")
    diregistrasi = models.DateField("tanggal registrasi", default=timezone.localdate, db_comment="Tanggal registrasi")
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pendaftar"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dicatat")
    versi = models.PositiveIntegerField(
        default=1, editable=False, db_comment="Naik setiap kali diubah; pengaman perubahan bersamaan"
    )

    objects = KlienQuerySet.as_manager()

    program_nama: str | None
    program_selesai: date | None
    kebutuhan_terbuka: int
    kebutuhan_terpenuhi: int
    """What the page-named querysets add to a row."""

    class Meta:
        verbose_name = verbose_name_plural = "klien"
        db_table_comment = "Satu registrasi satu orang pada satu Bapas"
        indexes = [
            models.Index(fields=["bapas", "status", "pk_pembimbing"], name="klien_caseload"),
            GinIndex(fields=["nama"], opclasses=["gin_trgm_ops"], name="klien_nama_trgm"),
        ]
        constraints = [
            own_office("klien"),
            models.UniqueConstraint(
                "bapas", "jenis_register", "tahun_register", "nomor_register", name="klien_register_unique",
                violation_error_message="Nomor register ini sudah dipakai di kantor Anda.",
            ),
            models.UniqueConstraint(
                "orang", condition=Q(status="aktif"), name="klien_one_active_registration",
                violation_error_message="Orang ini sudah terdaftar aktif. Periksa kembali NIK.",
            ),
            models.CheckConstraint(
                name="klien_child_in_child_register",
                condition=Q(kategori_usia="anak", jenis_register="bimbingan-anak")
                | Q(kategori_usia="dewasa", jenis_register="bimbingan-dewasa"),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.kode

    @property
    def umur(self) -> int:
        """Age in full years today."""
        today = timezone.localdate()
        return today.year - self.lahir.year - ((today.month, today.day) < (self.lahir.month, self.lahir.day))


class Perkara(ScopedModel):
    """The case behind the registration. Own table and own verb: only the owning Bapas reads it."""

    klien = models.OneToOneField(Klien, models.CASCADE, related_name="perkara", db_constraint=False, db_comment="Klien")
    pasal = models.CharField("pasal", max_length=200, db_comment="Pasal yang diputus")
    pengadilan = models.CharField("pengadilan", max_length=120, blank=True, db_comment="Pengadilan")
    putusan_nomor = models.CharField("nomor putusan", max_length=80, blank=True, db_comment="Nomor putusan")
    putusan_tanggal = models.DateField("tanggal putusan", null=True, blank=True, db_comment="Tanggal putusan")
    pidana = models.CharField("pidana", max_length=200, blank=True, db_comment="Pidana yang dijatuhkan")
    upt_asal = models.CharField("UPT asal", max_length=120, blank=True, db_comment="Lapas, Rutan, atau LPKA asal")

    class Meta:
        verbose_name = verbose_name_plural = "perkara"
        db_table_comment = "Perkara klien; hanya Bapas pemilik"
        constraints = [own_office("perkara"), SameOffice("klien", name="perkara_klien_same_office")]

    def __str__(self):
        return f"Perkara klien {self.klien_id}"


def _days(first: str, last: str) -> Func:
    """Both days and all between them, as a range."""
    return Func(F(first), F(last), Value("[]"), function="DATERANGE", output_field=DateRangeField())


class MasaBimbingan(ScopedModel):
    """A term of guidance: legal ground, decree, first and last day (HMB)."""

    klien = models.ForeignKey(
        Klien, models.CASCADE, related_name="masa", db_constraint=False, db_index=False, db_comment="Klien"
    )
    jenis_program = models.ForeignKey(
        JenisProgram, models.PROTECT, related_name="+", verbose_name="jenis program", db_comment="Jenis program"
    )
    sk_nomor = models.CharField("nomor SK/putusan", max_length=80, db_comment="Nomor SK atau putusan")
    sk_tanggal = models.DateField("tanggal SK/putusan", db_comment="Tanggal SK atau putusan")
    mulai = models.DateField("mulai bimbingan", db_comment="Hari pertama")
    selesai = models.DateField("habis masa bimbingan", db_comment="Hari terakhir (HMB)")

    class Meta:
        verbose_name = verbose_name_plural = "masa bimbingan"
        ordering = ["-mulai"]
        db_table_comment = "Masa bimbingan; tidak boleh tumpang tindih untuk satu klien"
        indexes = [models.Index(fields=["bapas", "klien", "-mulai"], name="masa_klien")]
        constraints = [
            own_office("masa"),
            SameOffice("klien", name="masa_klien_same_office"),
            models.CheckConstraint(
                name="masa_ends_after_start", condition=Q(selesai__gte=F("mulai")),
                violation_error_message="Habis masa bimbingan tidak boleh sebelum mulai bimbingan.",
            ),
            ExclusionConstraint(
                name="masa_no_overlap",
                expressions=[
                    ("klien", RangeOperators.EQUAL),
                    (_days("mulai", "selesai"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Masa bimbingan ini bertumpang tindih dengan masa yang sudah ada.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Masa bimbingan {self.mulai} s.d. {self.selesai}"


class JadwalLapor(ScopedModel):
    """Reporting duty of one client, kept up to date by every guidance record (PK decides the frequency)."""

    ABSENCES_THAT_COUNT = 3
    """Absences in a row that are a ground to propose revocation; people decide."""

    klien = models.OneToOneField(Klien, models.CASCADE, related_name="jadwal", db_constraint=False, db_comment="Klien")
    frekuensi_hari = models.PositiveSmallIntegerField(
        "frekuensi lapor (hari)", default=30, db_comment="Jarak wajib lapor dalam hari"
    )
    pertama = models.DateField(
        "lapor pertama", null=True, db_comment="Tanggal lapor pertama, berlaku sebelum ada bimbingan"
    )
    berikutnya = models.DateField(
        "lapor berikutnya", null=True, db_comment="Tanggal lapor berikutnya, kosong bila tidak aktif"
    )
    terakhir = models.DateField("bimbingan terakhir", null=True, db_comment="Tanggal bimbingan hadir terakhir")
    absen_beruntun = models.PositiveSmallIntegerField(
        "tidak hadir berturut-turut",
        default=0,
        db_comment="Banyak tidak hadir berturut-turut; 3 = dasar usul pencabutan",
    )

    class Meta:
        verbose_name = verbose_name_plural = "jadwal lapor"
        db_table_comment = "Wajib lapor satu klien; turunan dari catatan bimbingan"
        indexes = [models.Index(fields=["bapas", "berikutnya"], name="jadwal_berikutnya")]
        constraints = [
            own_office("jadwal"),
            SameOffice("klien", name="jadwal_klien_same_office"),
            models.CheckConstraint(
                name="jadwal_frequency_sane", condition=Q(frekuensi_hari__gte=1, frekuensi_hari__lte=180),
                violation_error_message="Frekuensi lapor antara 1 dan 180 hari.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Jadwal lapor klien {self.klien_id}"

    def hari_terlewat(self, today=None) -> int:
        """Days past the due date; 0 when not overdue."""
        today = today or timezone.localdate()
        return max((today - self.berikutnya).days, 0) if self.berikutnya else 0

    @property
    def sering_absen(self) -> bool:
        return self.absen_beruntun >= self.ABSENCES_THAT_COUNT


class Kebutuhan(ScopedModel):
    """One need of one client. Unmet rows are the evidence for next year's programme."""

    class Status(models.TextChoices):
        TERBUKA = "terbuka", "Terbuka"
        DIRUJUK = "dirujuk", "Dirujuk"
        DILAYANI = "dilayani", "Dilayani"
        TERPENUHI = "terpenuhi", "Terpenuhi"
        TIDAK = "tidak", "Tidak terpenuhi"
        BATAL = "batal", "Dibatalkan"

    class Mendesak(models.TextChoices):
        SEKARANG = "sekarang", "Sekarang"
        TIGA_BULAN = "3bulan", "Dalam 3 bulan"
        NANTI = "nanti", "Nanti"

    class Sumber(models.TextChoices):
        ASESMEN = "asesmen", "Asesmen"
        BIMBINGAN = "bimbingan", "Bimbingan"

    UNMET = (Status.TERBUKA, Status.DIRUJUK, Status.DILAYANI, Status.TIDAK)

    klien = models.ForeignKey(
        Klien, models.CASCADE, related_name="kebutuhan", db_constraint=False, db_index=False, db_comment="Klien"
    )
    kategori = models.ForeignKey(
        KategoriKebutuhan,
        models.PROTECT,
        related_name="+",
        verbose_name="jenis kebutuhan",
        db_comment="Kategori kebutuhan",
    )
    uraian = models.CharField("uraian", max_length=200, blank=True, db_comment="Uraian singkat")
    kata_klien = models.CharField("kata klien", max_length=300, blank=True, db_comment="Kata-kata klien sendiri")
    mendesak = models.CharField("seberapa mendesak", max_length=8, choices=Mendesak, db_comment="Seberapa mendesak")
    sumber = models.CharField(
        "sumber", max_length=9, choices=Sumber, editable=False, db_comment="Asal catatan kebutuhan"
    )
    status = models.CharField(
        "status", max_length=10, choices=Status, default=Status.TERBUKA, editable=False, db_comment="Status kebutuhan"
    )
    alasan = models.CharField(
        "alasan", max_length=200, blank=True, db_comment="Alasan bila tidak terpenuhi atau dibatalkan"
    )
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")
    ditutup_pada = models.DateTimeField(
        "ditutup", null=True, editable=False, db_comment="Waktu terpenuhi, tidak terpenuhi, atau batal"
    )

    class Meta:
        verbose_name = verbose_name_plural = "kebutuhan"
        db_table_comment = "Buku besar kebutuhan klien"
        indexes = [
            models.Index(fields=["bapas", "klien"], name="kebutuhan_klien"),
            models.Index(fields=["bapas", "kategori", "status"], name="kebutuhan_agregat"),
        ]
        constraints = [
            own_office("kebutuhan"),
            SameOffice("klien", name="kebutuhan_klien_same_office"),
            models.CheckConstraint(
                name="kebutuhan_unmet_has_reason", condition=~Q(status__in=["tidak", "batal"]) | ~Q(alasan=""),
                violation_error_message="Isi alasan.",
            ),
            models.CheckConstraint(
                name="kebutuhan_closed_has_time",
                condition=Q(status__in=["terpenuhi", "tidak", "batal"], ditutup_pada__isnull=False)
                | Q(status__in=["terbuka", "dirujuk", "dilayani"], ditutup_pada=None),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kategori_id} klien {self.klien_id}"


class CatatanQuerySet(ScopedQuerySet):
    def standing(self):
        """Records that count: not replaced by a correction and not withdrawn themselves."""
        # IS NOT NULL says nothing new, but tells the planner that corrections are few: a third of the time.
        corrections = CatatanBimbingan.objects.filter(
            bapas=OuterRef("bapas"), koreksi_dari=OuterRef("pk"), koreksi_dari__isnull=False
        )
        return self.filter(~Exists(corrections), dibatalkan=False)

    def readable_by(self, user):
        """Records whose prose `user` may read."""
        return self.visible_to(user).filter(may_read_prose(user))

    def for_timeline(self, user):
        """Records newest first, each with what replaced it; `terbaca`: the prose may be shown to `user`."""
        successor = CatatanBimbingan.objects.filter(bapas=OuterRef("bapas"), koreksi_dari=OuterRef("pk"))
        return (
            self.visible_to(user)
            .filter(dibatalkan=False)
            .select_related("pk_pencatat")
            .annotate(
                terbaca=ExpressionWrapper(may_read_prose(user), models.BooleanField()),
                diganti_oleh=models.Subquery(successor.values("pk_pencatat__nama")),
                diganti_karena=models.Subquery(successor.values("alasan_koreksi")),
                diganti_kosong=models.Subquery(successor.values("dibatalkan")),
            )
            .order_by("-tanggal", "-pk")
        )

    def insert_once(self, record) -> bool:
        """Store `record` unless its key is known: one INSERT … ON CONFLICT DO NOTHING. True when it is new.

        `bulk_create(ignore_conflicts=True)` would not say which of the two happened.
        """
        fields = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        key = self.model._meta.pk
        rows = self._insert([record], fields, returning_fields=[key], using=self.db, on_conflict=OnConflict.IGNORE)
        stored = rows[0]
        record.pk = stored[0] if stored else None
        return stored is not None


def may_read_prose(user) -> Q:
    """A PK reads the prose about own clients and of own records, the head that of the office, others none."""
    match reach(user, "bimbingan.baca"):
        case "":
            return Q(pk=None)
        case "sendiri":
            return Q(klien__pk_pembimbing=user.pk) | Q(pk_pencatat=user.pk)
    return Q(pk__isnull=False)


class CatatanBimbingan(ScopedModel):
    """One contact. Never overwritten: a correction is a new row that points at the one it replaces."""

    class Cara(models.TextChoices):
        KANTOR = "kantor", "Di kantor"
        KUNJUNGAN = "kunjungan", "Kunjungan rumah"
        TELEPON = "telepon", "Telepon/WA"
        DARING = "daring", "Daring"
        KELOMPOK = "kelompok", "Kelompok"

    class Alasan(models.TextChoices):
        SAKIT = "sakit", "Sakit"
        BEKERJA = "bekerja", "Bekerja"
        KONTAK = "kontak", "Belum dapat dihubungi"
        LAIN = "lain", "Alasan lain"

    class Topik(models.TextChoices):
        PEKERJAAN = "pekerjaan", "Pekerjaan"
        KELUARGA = "keluarga", "Keluarga"
        KESEHATAN = "kesehatan", "Kesehatan"
        TINGGAL = "tempat-tinggal", "Tempat tinggal"
        IBADAH = "ibadah", "Ibadah"
        KETERAMPILAN = "keterampilan", "Keterampilan"

    kunci = models.UUIDField(
        default=uuid.uuid4, editable=False, db_comment="Kunci yang dibuat perangkat saat menyimpan"
    )
    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="bimbingan", db_constraint=False, db_index=False, db_comment="Klien"
    )
    pk_pencatat = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False,
        verbose_name="dicatat oleh", db_comment="Pembimbing Kemasyarakatan yang mencatat",
    )  # fmt: skip
    tanggal = models.DateField("tanggal bimbingan", db_comment="Tanggal pertemuan")
    cara = models.CharField("cara bertemu", max_length=10, choices=Cara, db_comment="Cara bertemu")
    bidang = models.CharField(
        "bidang", max_length=15, choices=Bidang, default=Bidang.KEPRIBADIAN, db_comment="Bidang bimbingan"
    )
    hadir = models.BooleanField("klien hadir", db_comment="Klien hadir")
    alasan = models.CharField(
        "alasan tidak hadir", max_length=8, choices=Alasan, blank=True, db_comment="Alasan tidak hadir"
    )
    tindak_lanjut = models.CharField(
        "tindak lanjut", max_length=200, blank=True, db_comment="Langkah setelah tidak hadir"
    )
    topik = ArrayField(
        models.CharField(max_length=15, choices=Topik), default=list, blank=True,
        verbose_name="dibahas", db_comment="Hal yang dibahas",
    )  # fmt: skip
    kondisi = models.CharField("kondisi", max_length=300, blank=True, db_comment="Kondisi klien")
    pekerjaan = models.CharField("kegiatan/pekerjaan", max_length=300, blank=True, db_comment="Kegiatan atau pekerjaan")
    lingkungan = models.CharField("lingkungan sosial", max_length=300, blank=True, db_comment="Lingkungan sosial")
    kendala = models.CharField("kendala", max_length=300, blank=True, db_comment="Kendala")
    rencana = models.CharField("rencana", max_length=300, blank=True, db_comment="Rencana")
    catatan = models.CharField("catatan singkat", max_length=500, blank=True, db_comment="Inti pembicaraan")
    berikutnya = models.DateField(
        "pertemuan berikutnya", null=True, blank=True, db_comment="Rencana pertemuan berikutnya"
    )
    koreksi_dari = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="koreksi",
        db_constraint=False, db_index=False, db_comment="Catatan yang diganti oleh baris ini",
    )  # fmt: skip
    alasan_koreksi = models.CharField("alasan perbaikan", max_length=200, blank=True, db_comment="Alasan perbaikan")
    dibatalkan = models.BooleanField(
        default=False, editable=False, db_comment="Koreksi ini membatalkan catatan yang diganti"
    )
    dibuat_pada = models.DateTimeField(
        "dibuat di perangkat", default=timezone.now, db_comment="Waktu simpan di perangkat"
    )
    diterima_pada = models.DateTimeField(
        "diterima", default=timezone.now, editable=False, db_comment="Waktu diterima server"
    )

    objects = CatatanQuerySet.as_manager()

    terbaca: bool
    diganti_oleh: str | None
    diganti_karena: str | None
    diganti_kosong: bool | None
    """What `for_timeline` adds to a row."""

    class Meta:
        verbose_name = verbose_name_plural = "catatan bimbingan"
        db_table_comment = "Catatan bimbingan; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "klien", "-tanggal"], name="bimbingan_klien"),
            models.Index(
                fields=["bapas", "tanggal"],
                include=["hadir", "klien", "id"],
                name="bimbingan_bulan",
                condition=Q(dibatalkan=False),
            ),
        ]
        constraints = [
            own_office("bimbingan"),
            SameOffice("klien", name="bimbingan_klien_same_office"),
            SameOffice("koreksi_dari", name="bimbingan_correction_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="bimbingan_key_once"),
            models.UniqueConstraint(
                fields=["bapas", "koreksi_dari"], condition=Q(koreksi_dari__isnull=False),
                name="bimbingan_corrected_once", violation_error_message="Catatan ini sudah diperbaiki.",
            ),
            models.CheckConstraint(
                name="bimbingan_absence_has_reason",
                condition=Q(hadir=True, alasan="") | Q(hadir=False) & ~Q(alasan="") | Q(dibatalkan=True),
                violation_error_message="Pilih alasan tidak hadir.",
            ),
            models.CheckConstraint(
                name="bimbingan_correction_has_reason",
                condition=Q(koreksi_dari=None, alasan_koreksi="", dibatalkan=False)
                | Q(koreksi_dari__isnull=False) & ~Q(alasan_koreksi=""),
                violation_error_message="Isi alasan perbaikan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Bimbingan {self.pk} {self.tanggal}"

    def validate_constraints(self, exclude=None):
        """Left to PostgreSQL. Forms ask the same in their own words, and a tenth of the busiest request of the portal
        went into composing these checks a second time."""

    @property
    def topik_label(self) -> list[str]:
        return [self.Topik(topik).label for topik in self.topik]

    @property
    def prompts(self) -> list[tuple[str, str]]:
        """The five prompts of a guidance log with their answers."""
        return [
            ("Kondisi", self.kondisi),
            ("Kegiatan/pekerjaan", self.pekerjaan),
            ("Lingkungan sosial", self.lingkungan),
            ("Kendala", self.kendala),
            ("Rencana", self.rencana),
        ]
