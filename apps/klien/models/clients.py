"""Persons, and their registrations at an office."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from apps.acuan.calendar import age
from apps.akun.roles import REASON, reach
from apps.dasar.folding import Folded, Side, fold
from apps.jejak.models import Akses
from apps.klien.crypto import SealedTextField, TelephoneIndexField
from apps.klien.models.guarantors import Penjamin
from apps.klien.models.needs import Kebutuhan
from apps.klien.models.officers import Pengganti, duty_of_officer, guided_by
from apps.klien.models.search import LEAST_ALIKE, asked_for, contains
from apps.klien.models.terms import JadwalLapor, MasaBimbingan, guided_on
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import KabKota, ScopedModel, ScopedQuerySet, own_office

OPENING_MINUTES = 30
"""How long a reasoned opening of one client's file by Kanwil or Ditjenpas lasts (own rule)."""


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
        """Clients of the user's office; for Kanwil and Ditjenpas only files they opened with a reason in the last
        `OPENING_MINUTES`."""
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

    def of_officer(self, user, officer=None):
        """Clients whom `officer` (the user) answers for today: see `guided_by`."""
        return self.filter(guided_by(user, officer))

    def without_officer(self, now=None):
        """Active clients whose PK cannot log in or has no duty at their office today; the head answers for them."""
        return self.active().filter(~Exists(duty_of_officer(now)))

    def persons(self):
        """Registrations without files that were joined to another one of the same person."""
        return self.exclude(status=Klien.Status.DIGABUNG)

    def as_of(self, day: date):
        """Clients guided at the end of `day`; for today the same as `active`."""
        return self.filter(guided_on(day))

    def searched(self, term: str):
        """Clients of whom every word of `term` is known, see `asked_for`."""
        return self.matching(**asked_for(term))

    def matching(self, *, telepon: str | None = None, **words):
        """Clients with this telephone number (its HMAC), or whose search text fits the patterns of all `words`.

        Under row-level security PostgreSQL cannot use a trigram index (LIKE is not leakproof). So the inner query
        compares inside the index `klien_cari_kantor`, which is much smaller than the table, and only matching rows are
        fetched (`bench/klien_cari.py`).
        """
        if not words:
            return self.filter(telepon_hmac=telepon) if telepon is not None else self
        known = Q()
        for pattern in words.values():
            known &= Q(cari__like=pattern)
        found = Q(pk__in=self.filter(known).values("pk"))
        return self.filter(found if telepon is None else found | Q(telepon_hmac=telepon))

    def resembling(self, term: str, most: int):
        """The `most` clients who resemble `term` best: a letter more or less, y for i, d for t.

        Similarity is computed for every remaining row, so the caller narrows to an office first.
        """
        alike = self.annotate(kemiripan=TrigramWordSimilarity(fold(term), "cari")).filter(kemiripan__gte=LEAST_ALIKE)
        return alike.order_by("-kemiripan", "pk")[:most]

    def living_in(self, village: str):
        """Clients whose village contains these words, however they are written."""
        rows = self.alias(desa_terlipat=Folded("kelurahan", most=80))
        return rows.filter(desa_terlipat__like=contains(fold(village)))

    def needing(self, kategori):
        """Clients with an unmet need of `kategori`."""
        needs = Kebutuhan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("pk"), kategori=kategori, status__in=Kebutuhan.UNMET
        )
        return self.filter(Exists(needs))

    def with_urgent_need(self):
        """Clients with an open need that cannot wait."""
        pressing = Kebutuhan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("pk"), status=Kebutuhan.Status.TERBUKA,
            mendesak=Kebutuhan.Mendesak.SEKARANG,
        )  # fmt: skip
        return self.filter(Exists(pressing))

    def on_ground(self, jenis_program):
        """Clients whose newest period of guidance has this legal ground."""
        later = MasaBimbingan.objects.filter(
            bapas=OuterRef("bapas"), klien=OuterRef("klien"), mulai__gt=OuterRef("mulai")
        )
        newest = MasaBimbingan.objects.filter(~Exists(later), jenis_program=jenis_program)
        return self.filter(Exists(newest.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"))))

    def for_strip(self):
        """Everything that the strip (the identity header of a client's pages) shows, in one query."""
        joined = Klien.objects.filter(bapas=OuterRef("bapas"), digabung_ke=OuterRef("pk")).order_by("pk")
        return self.select_related("bapas", "pk_pembimbing").annotate(
            gabungan=ArraySubquery(joined.values("pk")),
            program_nama=_current_period("jenis_program__nama"),
            program_selesai=_current_period("selesai"),
            program_mulai=_current_period("mulai"),
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
                pk_bertugas=Exists(duty_of_officer(Now())),
                pengganti_nama=models.Subquery(_deputy().values("pengganti__nama")[:1]),
                pengganti_sampai=models.Subquery(_deputy().values("selesai")[:1]),
                penjamin_nama=models.Subquery(
                    Penjamin.objects.vouching().filter(bapas=OuterRef("bapas"), klien=OuterRef("pk")).values("nama")
                ),
            )
        )


def needs_action(today) -> Q:
    """Active clients who need action: due, overdue or without a date, or absent three times in a row."""
    return Q(status=Klien.Status.AKTIF) & (
        Q(jadwal__berikutnya__lte=today)
        | Q(jadwal__berikutnya=None)
        | Q(jadwal__absen_beruntun__gte=JadwalLapor.ABSENCES_THAT_COUNT)
    )


def _count_needs(statuses):
    needs = Kebutuhan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"), status__in=statuses)
    counted = needs.order_by().values("klien").annotate(n=models.Count("*")).values("n")
    return Coalesce(models.Subquery(counted), 0)


def _deputy():
    """Who stands in today for the PK of the client."""
    return Pengganti.objects.running().filter(bapas=OuterRef("bapas"), digantikan=OuterRef("pk_pembimbing"))


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
        DIGABUNG = "digabung", "Digabung ke berkas lain"

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

    class KegiatanUtama(models.TextChoices):
        BEKERJA = "bekerja", "Bekerja"
        TIDAK = "tidak", "Tidak bekerja"
        SEKOLAH = "sekolah", "Sekolah atau kuliah"
        RUMAH_TANGGA = "rumah", "Mengurus rumah tangga"
        BELUM = "belum", "Belum diketahui"

    class Agama(models.TextChoices):
        ISLAM = "islam", "Islam"
        KRISTEN = "kristen", "Kristen"
        KATOLIK = "katolik", "Katolik"
        HINDU = "hindu", "Hindu"
        BUDDHA = "buddha", "Buddha"
        KONGHUCU = "konghucu", "Konghucu"
        KEPERCAYAAN = "percaya", "Kepercayaan terhadap Tuhan Yang Maha Esa"

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
    alias = models.CharField("alias", max_length=120, blank=True, db_comment="Nama lain, dipisah koma")
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
    agama = models.CharField("agama", max_length=8, choices=Agama, blank=True, db_comment="Agama atau kepercayaan")
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
    kegiatan_utama = models.CharField(
        "kegiatan utama", max_length=8, choices=KegiatanUtama, default=KegiatanUtama.BELUM,
        db_comment="Bekerja, tidak bekerja, sekolah, mengurus rumah tangga, atau belum diketahui",
    )  # fmt: skip
    pekerjaan = models.CharField(
        "pekerjaan", max_length=80, blank=True, db_comment="Pekerjaan sekarang, hanya bila kegiatan utamanya bekerja"
    )
    bersekolah = models.BooleanField(
        "sedang bersekolah atau ikut kejar paket",
        default=False,
        db_comment="Sedang bersekolah, kuliah, atau kejar paket",
    )
    pk_pembimbing = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="klien_bimbingan",
        verbose_name="Pembimbing Kemasyarakatan", db_comment="Pembimbing Kemasyarakatan yang memegang klien",
    )  # fmt: skip
    status = models.CharField(
        "status", max_length=12, choices=Status, default=Status.AKTIF, editable=False, db_comment="Status registrasi"
    )
    berakhir = models.DateField(
        "bimbingan berakhir", null=True, editable=False,
        db_comment="Hari bimbingan berakhir menurut peristiwanya; kosong selama aktif",
    )  # fmt: skip
    digabung_ke = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", editable=False, db_constraint=False, db_index=False,
        db_comment="Berkas orang yang sama yang dipakai terus, bila berkas ini digabung",
    )  # fmt: skip
    asesmen_lama = models.DateField(
        "asesmen terakhir sebelum portal", null=True, editable=False,
        db_comment="Asesmen terakhir menurut berkas yang diimpor; kosong bila tidak diketahui",
    )  # fmt: skip
    tenggang = models.DateField(
        "tenggang", null=True, editable=False,
        db_comment="Pekerjaan lama klien yang diimpor baru jatuh tempo hari ini; kosong bila didaftarkan di portal",
    )  # fmt: skip
    id_sdp = models.CharField("ID SDP", max_length=30, blank=True, db_comment="Id pada Sistem Database Pemasyarakatan")
    diregistrasi = models.DateField("tanggal registrasi", default=timezone.localdate, db_comment="Tanggal registrasi")
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pendaftar"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dicatat")
    versi = models.PositiveIntegerField(
        default=1, editable=False, db_comment="Naik setiap kali diubah; pengaman perubahan bersamaan"
    )

    telepon_hmac = TelephoneIndexField(
        of="telepon", db_comment="HMAC nomor HP untuk dicari; kosong bila tidak ada nomor"
    )
    nama_urut = models.GeneratedField(
        expression=Folded("nama", most=120), output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True, verbose_name="kunci urut nama", db_comment="Nama terlipat, untuk mengurutkan",
    )  # fmt: skip
    cari = models.GeneratedField(
        expression=Folded(Side("nama", "alias", "panggilan", "kode", "nomor_register", "kelurahan"), most=500),
        output_field=models.CharField(max_length=500, db_collation="C"), db_persist=True,
        verbose_name="teks pencarian", db_comment="Yang dicari tentang klien, terlipat",
    )  # fmt: skip

    objects = KlienQuerySet.as_manager()

    program_nama: str | None
    program_selesai: date | None
    program_mulai: date | None
    kebutuhan_terbuka: int
    kebutuhan_terpenuhi: int
    penjamin_nama: str | None
    pk_bertugas: bool
    gabungan: list[int]
    pengganti_nama: str | None
    pengganti_sampai: date | None
    """Annotations of `for_strip`, `for_list` and `for_page`."""

    class Meta:
        verbose_name = verbose_name_plural = "klien"
        db_table_comment = "Satu registrasi satu orang pada satu Bapas"
        indexes = [
            models.Index(fields=["bapas", "status", "pk_pembimbing"], name="klien_caseload"),
            models.Index(fields=["bapas", "berakhir"], include=["diregistrasi", "id"], name="klien_berakhir"),
            models.Index(
                fields=["bapas", "nama_urut"],
                include=["cari", "id", "pk_pembimbing", "status"],
                name="klien_cari_kantor",
            ),
            models.Index(fields=["bapas", "telepon_hmac"], condition=~Q(telepon_hmac=""), name="klien_telepon"),
            models.Index(
                fields=["bapas", "digabung_ke"], condition=Q(digabung_ke__isnull=False), name="klien_gabungan"
            ),
        ]
        constraints = [
            own_office("klien"),
            models.UniqueConstraint(fields=["id", "kategori_usia"], name="klien_id_usia"),
            models.UniqueConstraint(
                "bapas", "jenis_register", "tahun_register", "nomor_register", name="klien_register_unique",
                violation_error_message="Nomor register ini sudah dipakai di kantor Anda.",
            ),
            models.UniqueConstraint(
                "orang", condition=Q(status="aktif"), name="klien_one_active_registration",
                violation_error_message="Orang ini sudah terdaftar aktif. Periksa kembali NIK.",
            ),
            models.CheckConstraint(
                name="klien_over_has_day",
                condition=Q(status="aktif", berakhir=None) | ~Q(status="aktif") & Q(berakhir__isnull=False),
            ),
            SameOffice("digabung_ke", name="klien_digabung_same_office"),
            models.CheckConstraint(
                name="klien_joined_names_the_other",
                condition=Q(status="digabung", digabung_ke__isnull=False, berakhir=F("diregistrasi"))
                | ~Q(status="digabung") & Q(digabung_ke=None),
                violation_error_message="Berkas ini digabung ke berkas lain. Pisahkan dulu.",
            ),
            models.CheckConstraint(
                name="klien_child_in_child_register",
                condition=Q(kategori_usia="anak", jenis_register="bimbingan-anak")
                | Q(kategori_usia="dewasa", jenis_register="bimbingan-dewasa"),
            ),
            models.CheckConstraint(
                name="klien_occupation_of_who_works", condition=Q(pekerjaan="") | Q(kegiatan_utama="bekerja"),
                violation_error_message="Pekerjaan hanya diisi bila kegiatan utamanya bekerja.",
            ),
            models.CheckConstraint(
                name="klien_pupil_goes_to_school", condition=~Q(kegiatan_utama="sekolah") | Q(bersekolah=True),
                violation_error_message="Klien yang kegiatan utamanya sekolah sedang bersekolah.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.kode

    @property
    def register(self) -> str:
        """The register number with its year, once: many offices write the year into the number."""
        year = str(self.tahun_register)
        return self.nomor_register if self.nomor_register.endswith(year) else f"{self.nomor_register}/{year}"

    @property
    def umur(self) -> int:
        """Age in full years today."""
        return age(self.lahir, timezone.localdate())
