"""Reference lists. First values come from `fixtures/`; after that the portal's users own them."""

from dataclasses import dataclass

from django.db import models


class Acuan(models.Model):
    """A row of a reference list. One that is no longer used is deactivated, never deleted."""

    aktif = models.BooleanField("aktif", default=True, db_comment="Masih dipakai untuk isian baru")

    class Meta:
        abstract = True


class KategoriKebutuhan(Acuan):
    """Need category: one of the seven criminogenic factors (KR-) or a practical need (PR-)."""

    class Domain(models.TextChoices):
        """Groups of categories, one for each of the eight pages of the needs assessment."""

        TINGGAL = "tinggal", "Tempat tinggal"
        KERJA = "kerja", "Pekerjaan dan usaha"
        TERAMPIL = "terampil", "Keterampilan dan pendidikan"
        SEHAT = "sehat", "Kesehatan dan pemulihan"
        KELUARGA = "keluarga", "Keluarga dan komunitas"
        DOKUMEN = "dokumen", "Dokumen dan hukum"
        EKONOMI = "ekonomi", "Ekonomi dan keuangan"
        KARAKTER = "karakter", "Ibadah dan karakter"

    kode = models.CharField("kode", max_length=8, unique=True, db_comment="Kode kategori")
    nama = models.CharField("nama", max_length=80, db_comment="Nama kategori kebutuhan")
    domain = models.CharField("domain", max_length=10, choices=Domain, db_comment="Domain asesmen kebutuhan")
    faktor_kriminogenik = models.CharField(
        "faktor kriminogenik", max_length=30, blank=True, db_comment="Salah satu dari tujuh faktor, kosong bila praktis"
    )
    contoh_layanan = models.TextField("contoh layanan", blank=True, db_comment="Contoh layanan, dipisah titik koma")
    opd_terkait = models.TextField("OPD terkait", blank=True, db_comment="Nama OPD, dipisah titik koma")

    class Meta:
        verbose_name = verbose_name_plural = "kategori kebutuhan"
        ordering = ["kode"]
        db_table_comment = "Kategori kebutuhan klien"

    def __str__(self):
        return self.nama


class AkunBelanja(Acuan):
    """Spending account (bagan akun standar)."""

    kode = models.CharField("kode", max_length=6, unique=True, db_comment="Kode akun")
    nama = models.CharField("nama", max_length=120, db_comment="Nama akun")

    class Meta:
        verbose_name = verbose_name_plural = "akun belanja"
        ordering = ["kode"]
        db_table_comment = "Akun belanja"

    def __str__(self):
        return f"{self.kode} {self.nama}"


class LayananOPD(Acuan):
    """A service that an agency of local government typically offers to clients."""

    kode = models.CharField("kode", max_length=8, unique=True, db_comment="Kunci acuan")
    opd = models.CharField("OPD", max_length=100, db_comment="Nama perangkat daerah")
    urusan = models.CharField("urusan", max_length=120, db_comment="Urusan pemerintahan")
    layanan = models.TextField("layanan untuk klien", db_comment="Layanan untuk klien")
    tingkat = models.CharField("tingkat", max_length=20, db_comment="provinsi, kabkota, atau keduanya")
    dasar = models.TextField("dasar", blank=True, db_comment="Dasar hukum atau praktik")

    class Meta:
        verbose_name = verbose_name_plural = "layanan OPD"
        ordering = ["opd", "kode"]
        db_table_comment = "Layanan perangkat daerah untuk klien"

    def __str__(self):
        return f"{self.opd}: {self.layanan}"


class JenisProgram(Acuan):
    """Legal ground of the guidance: PB, CB, CMB, asimilasi, pidana pengawasan, diversi, …"""

    class Untuk(models.TextChoices):
        DEWASA = "dewasa", "Dewasa"
        ANAK = "anak", "Anak"
        SEMUA = "semua", "Dewasa dan anak"

    kode = models.CharField("kode", max_length=10, unique=True, db_comment="Kode jenis program")
    nama = models.CharField("nama", max_length=80, db_comment="Nama jenis program")
    untuk = models.CharField("untuk", max_length=6, choices=Untuk, db_comment="Kategori usia yang boleh")
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "jenis program"
        ordering = ["urutan", "kode"]
        db_table_comment = "Jenis program pembimbingan"

    def __str__(self):
        return self.nama


class HariLibur(Acuan):
    """A day on which offices are closed: public holiday or cuti bersama. Suggested meetings skip it."""

    tanggal = models.DateField("tanggal", unique=True, db_comment="Tanggal libur nasional")
    nama = models.CharField("nama", max_length=100, db_comment="Nama hari libur")
    sumber = models.CharField(
        "sumber", max_length=120, blank=True, db_comment="Keputusan yang menetapkan hari ini libur",
        help_text="Misalnya nomor keputusan bersama tiga menteri.",
    )  # fmt: skip
    perkiraan = models.BooleanField(
        "tanggal masih perkiraan", default=False, db_comment="Tanggal masih menunggu penetapan, misalnya sidang isbat",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "hari libur"
        ordering = ["tanggal"]
        db_table_comment = "Hari libur nasional"

    def __str__(self):
        return f"{self.nama}, perkiraan" if self.perkiraan else self.nama


class DasarPencabutan(Acuan):
    """A ground on which the revocation of guidance may be proposed. People decide; nothing follows automatically."""

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kode dasar usul pencabutan")
    nama = models.CharField("dasar", max_length=120, db_comment="Dasar usul pencabutan dalam kata-kata")
    karena_absen = models.BooleanField(
        "karena tidak hadir berturut-turut", default=False,
        db_comment="Dasar ini dipilih untuk tiga kali tidak hadir berturut-turut",
    )  # fmt: skip
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "dasar usul pencabutan"
        ordering = ["urutan", "kode"]
        db_table_comment = "Dasar usul pencabutan bimbingan"

    def __str__(self):
        return self.nama


class AmbangTahap(Acuan):
    """The share of the term of guidance that has to pass before a stage is due. No law fixes it, so it is data."""

    kode = models.CharField("tahap", max_length=8, unique=True, db_comment="Tahap bimbingan: lanjutan atau akhir")
    persen = models.DecimalField(
        "bagian masa bimbingan (%)", max_digits=5, decimal_places=2, db_comment="Persen masa bimbingan yang dilalui"
    )

    class Meta:
        verbose_name = verbose_name_plural = "ambang tahap bimbingan"
        ordering = ["persen"]
        db_table_comment = "Kapan perpindahan tahap bimbingan jatuh tempo"
        constraints = [
            models.CheckConstraint(
                name="ambang_percent_sane", condition=models.Q(persen__gt=0, persen__lt=100),
                violation_error_message="Isi persen di antara 0 dan 100.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kode}: {self.persen}%"


class JenisLitmas(Acuan):
    """Kind of social inquiry report, and how many days it may take. No source fixes the list, so it is data."""

    class Untuk(models.TextChoices):
        DEWASA = "dewasa", "Dewasa"
        ANAK = "anak", "Anak"
        SEMUA = "semua", "Dewasa dan anak"

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kode jenis litmas")
    nama = models.CharField("nama", max_length=80, db_comment="Nama jenis litmas")
    untuk = models.CharField("untuk", max_length=6, choices=Untuk, db_comment="Kategori usia yang boleh")
    batas_hari = models.PositiveSmallIntegerField(
        "batas waktu (hari)", db_comment="Hari sejak permintaan sampai tenggat yang diusulkan"
    )
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "jenis litmas"
        ordering = ["urutan", "kode"]
        db_table_comment = "Jenis penelitian kemasyarakatan"

    def __str__(self):
        return self.nama


class Instrumen(Acuan):
    """An assessment instrument in one version. A new version is a new row, so old scores keep the version they used."""

    class Untuk(models.TextChoices):
        """Adults and children are never measured with the same instrument (UU 11/2012)."""

        DEWASA = "dewasa", "Dewasa"
        ANAK = "anak", "Anak"

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kunci acuan, dengan versinya")
    nama = models.CharField("nama", max_length=80, db_comment="Nama instrumen")
    versi = models.CharField("versi", max_length=20, db_comment="Versi menurut keputusan yang menetapkan")
    untuk = models.CharField("untuk", max_length=6, choices=Untuk, db_comment="Kategori usia yang boleh diukur")
    berlaku_sejak = models.DateField("berlaku sejak", db_comment="Tanggal mulai berlaku")
    dasar = models.CharField("dasar", max_length=200, blank=True, db_comment="Keputusan atau sumber rentang skor")
    terverifikasi = models.BooleanField(
        "terverifikasi", default=False, db_comment="Rentang skor sudah dicocokkan dengan keputusan resmi"
    )

    class Meta:
        verbose_name = verbose_name_plural = "instrumen asesmen"
        ordering = ["nama", "-berlaku_sejak"]
        db_table_comment = "Instrumen asesmen per versi"
        constraints = [models.UniqueConstraint(fields=["id", "untuk"], name="instrumen_id_untuk")]

    def __str__(self):
        return f"{self.nama} versi {self.versi}"


@dataclass(frozen=True)
class Band:
    """Scores from `dari` to `sampai`, both included, and their name."""

    kategori: str
    dari: int
    sampai: int


class FaktorInstrumen(models.Model):
    """What an instrument gives a score for: the whole, or one of its parts."""

    instrumen = models.ForeignKey(
        Instrumen, models.PROTECT, related_name="faktor", verbose_name="instrumen", db_comment="Instrumen"
    )
    kode = models.CharField("kode", max_length=20, unique=True, db_comment="Kunci acuan")
    nama = models.CharField("nama", max_length=80, db_comment="Nama bagian yang diberi skor")
    skor_maks = models.PositiveSmallIntegerField("skor tertinggi", db_comment="Skor tertinggi yang mungkin")
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "faktor instrumen"
        ordering = ["instrumen", "urutan", "kode"]
        db_table_comment = "Bagian instrumen yang diberi skor"
        constraints = [models.UniqueConstraint(fields=["id", "instrumen"], name="faktor_id_instrumen")]

    def __str__(self):
        return f"{self.nama} ({self.instrumen.kode})"

    def band_of(self, skor: int) -> Band | None:
        """The band that `skor` falls into; None outside the bands of this factor."""
        return next((band for band in self.bands() if band.dari <= skor <= band.sampai), None)

    def bands(self) -> list[Band]:
        """Bands from the lowest up: each ends just before the next one starts, the last at the highest score."""
        rows = sorted(self.pita.all(), key=lambda row: row.mulai)
        ends = [row.mulai - 1 for row in rows[1:]] + [self.skor_maks]
        return [Band(row.kategori, row.mulai, end) for row, end in zip(rows, ends, strict=True)]


class PitaSkor(models.Model):
    """A band, stored by its lowest score only, so that bands can neither overlap nor leave a gap."""

    faktor = models.ForeignKey(FaktorInstrumen, models.CASCADE, related_name="pita", db_comment="Faktor")
    kategori = models.CharField("kategori", max_length=30, db_comment="Nama kategori, misalnya Sedang")
    mulai = models.PositiveSmallIntegerField(
        "mulai dari skor", db_comment="Skor terendah; berakhir sebelum pita berikut"
    )

    class Meta:
        verbose_name = verbose_name_plural = "pita skor"
        ordering = ["faktor", "mulai"]
        db_table_comment = "Kategori skor; setiap pita berakhir tepat sebelum pita berikutnya"
        constraints = [
            models.UniqueConstraint(
                "faktor", "mulai", name="pita_one_per_start",
                violation_error_message="Dua pita tidak boleh mulai dari skor yang sama.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kategori} mulai {self.mulai}"


class BatasKerjaSosial(Acuan):
    """Limits of a community service sentence for adults or children, from a date on.

    A sentence copies the limits in force on the day of its verdict, so a later change of the law does not touch it.
    """

    class Untuk(models.TextChoices):
        DEWASA = "dewasa", "Klien dewasa"
        ANAK = "anak", "Klien anak"

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kode batas")
    untuk = models.CharField("untuk", max_length=6, choices=Untuk, db_comment="Klien dewasa atau klien anak")
    jam_min = models.PositiveSmallIntegerField("jam paling sedikit", db_comment="Jumlah jam paling sedikit")
    jam_maks = models.PositiveSmallIntegerField("jam paling banyak", db_comment="Jumlah jam paling banyak")
    jam_per_hari_maks = models.PositiveSmallIntegerField(
        "jam per hari paling banyak", db_comment="Jam dalam satu hari paling banyak"
    )
    bulan_maks = models.PositiveSmallIntegerField(
        "jangka waktu paling lama (bulan)", db_comment="Jangka waktu paling lama dalam bulan"
    )
    ancaman_tahun = models.PositiveSmallIntegerField(
        "ancaman pidana kurang dari (tahun)", null=True, blank=True,
        db_comment="Syarat: ancaman pidana kurang dari sekian tahun; hanya peringatan",
    )  # fmt: skip
    pidana_bulan = models.PositiveSmallIntegerField(
        "pidana pengganti paling lama (bulan)", null=True, blank=True,
        db_comment="Syarat: pidana penjara yang diganti paling lama sekian bulan; hanya peringatan",
    )  # fmt: skip
    denda_maks = models.DecimalField(
        "denda yang diganti paling banyak (Rp)", max_digits=14, decimal_places=2, null=True, blank=True,
        db_comment="Syarat: denda yang diganti paling banyak, dalam rupiah; hanya peringatan",
    )  # fmt: skip
    dasar = models.CharField("dasar hukum", max_length=120, db_comment="Dasar hukum")
    berlaku_sejak = models.DateField("berlaku sejak", db_comment="Berlaku untuk putusan sejak tanggal ini")

    class Meta:
        verbose_name = verbose_name_plural = "batas kerja sosial"
        ordering = ["untuk", "-berlaku_sejak"]
        db_table_comment = "Batas kerja sosial dan pelayanan masyarakat anak"
        constraints = [
            models.UniqueConstraint(
                "untuk", "berlaku_sejak", name="batas_kerja_sosial_one_per_date",
                violation_error_message="Batas untuk tanggal ini sudah ada.",
            ),
            models.CheckConstraint(
                name="batas_kerja_sosial_within_law",
                condition=models.Q(
                    jam_min__lte=models.F("jam_maks"), jam_per_hari_maks__range=(1, 8), bulan_maks__range=(1, 6)
                )
                & (
                    models.Q(untuk="dewasa", jam_min__gte=8, jam_maks__lte=240)
                    | models.Q(untuk="anak", jam_min__gte=7, jam_maks__lte=120)
                ),
                violation_error_message="Batas harus di dalam undang-undang: dewasa 8–240 jam, anak 7–120 jam, "
                "paling banyak 8 jam per hari, paling lama 6 bulan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_untuk_display()} {self.jam_min}–{self.jam_maks} jam, {self.dasar}"


class JenisDokumen(Acuan):
    """Kind of paper in a client's file."""

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kode jenis dokumen")
    nama = models.CharField("nama", max_length=80, db_comment="Nama jenis dokumen")
    rahasia = models.BooleanField(
        "rahasia", default=False, db_comment="Hanya dibuka PK klien, pengunggah, dan Kepala Bapas (litmas, asesmen)"
    )
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "jenis dokumen"
        ordering = ["urutan", "kode"]
        db_table_comment = "Jenis dokumen pada berkas klien"

    def __str__(self):
        return self.nama


class JenisKendala(Acuan):
    """What stands in the way of guidance, of an activity or of a need: attitude, distance, money, …"""

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kode jenis kendala")
    nama = models.CharField("nama", max_length=80, db_comment="Nama jenis kendala")
    urutan = models.PositiveSmallIntegerField("urutan", default=50, db_comment="Urutan tampil")

    class Meta:
        verbose_name = verbose_name_plural = "jenis kendala"
        ordering = ["urutan", "kode"]
        db_table_comment = "Jenis kendala"

    def __str__(self):
        return self.nama
