"""Reference lists. First values come from `fixtures/`; after that the portal's users own them."""

from django.db import models


class Acuan(models.Model):
    """A row that is deactivated, never deleted, when it is no longer used."""

    aktif = models.BooleanField("aktif", default=True, db_comment="Masih dipakai untuk isian baru")

    class Meta:
        abstract = True


class KategoriKebutuhan(Acuan):
    """Need category: one of the seven criminogenic factors (KR-) or a practical need (PR-)."""

    class Domain(models.TextChoices):
        """The eight pages of the needs assessment group the categories."""

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
    """A public holiday: default dates of the next meeting step over it."""

    tanggal = models.DateField("tanggal", unique=True, db_comment="Tanggal libur nasional")
    nama = models.CharField("nama", max_length=100, db_comment="Nama hari libur")

    class Meta:
        verbose_name = verbose_name_plural = "hari libur"
        ordering = ["tanggal"]
        db_table_comment = "Hari libur nasional"

    def __str__(self):
        return self.nama


class DasarPencabutan(Acuan):
    """A ground on which the revocation of guidance may be proposed. People weigh it; nothing follows by itself."""

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
    """Which share of the term of guidance has to pass before a stage is due. No law fixes it: kept as data."""

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
    """Kind of social inquiry report, and how many days it may take. No source fixes the list: it is data."""

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
