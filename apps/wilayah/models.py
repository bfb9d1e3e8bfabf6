"""Offices and partners, and the two base classes of every row that belongs to an office."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Zona(models.TextChoices):
    """The zones of Indonesia; Pontianak keeps WIB, as Jakarta does."""

    JAKARTA = "Asia/Jakarta", "WIB (Jakarta)"
    PONTIANAK = "Asia/Pontianak", "WIB (Pontianak)"
    MAKASSAR = "Asia/Makassar", "WITA"
    JAYAPURA = "Asia/Jayapura", "WIT"


class Provinsi(models.Model):
    """One of the 38 provinces. Exactly one Kanwil serves it, and it lies in one time zone."""

    kode = models.CharField("kode", max_length=2, unique=True, db_comment="Kode wilayah Kemendagri")
    nama = models.CharField("nama", max_length=60, db_comment="Nama provinsi")
    kanwil = models.ForeignKey(
        "Kanwil", models.PROTECT, related_name="provinsi", verbose_name="Kanwil yang melayani",
        db_comment="Kanwil yang melayani provinsi ini",
    )  # fmt: skip
    zona_waktu = models.CharField("zona waktu", max_length=20, choices=Zona, db_comment="Zona waktu IANA")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih dipakai")

    class Meta:
        verbose_name = verbose_name_plural = "provinsi"
        ordering = ["kode"]
        db_table_comment = "Provinsi"

    def __str__(self):
        return self.nama


class KabKota(models.Model):
    """Regency or city (kabupaten/kota)."""

    kode = models.CharField("kode", max_length=5, unique=True, db_comment="Kode wilayah Kemendagri")
    nama = models.CharField("nama", max_length=80, db_comment="Nama kabupaten atau kota")
    provinsi = models.ForeignKey(
        Provinsi, models.PROTECT, related_name="kabkota", verbose_name="provinsi",
        db_comment="Provinsi induk",
    )  # fmt: skip
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih dipakai")

    class Meta:
        verbose_name = verbose_name_plural = "kabupaten/kota"
        ordering = ["kode"]
        db_table_comment = "Kabupaten dan kota"

    def __str__(self):
        return self.nama


class Kanwil(models.Model):
    """Regional office of Ditjenpas. There are 33 Kanwil and 38 provinces."""

    kode = models.CharField("kode", max_length=8, unique=True, db_comment="Kunci acuan, bukan kode resmi")
    nama = models.CharField("nama", max_length=120, db_comment="Nama resmi")
    singkatan = models.CharField("singkatan", max_length=40, db_comment="Nama pendek untuk tabel")
    label = models.CharField("label ubin", max_length=3, db_comment="Label pada peta ubin")
    kolom = models.PositiveSmallIntegerField("kolom ubin", default=0, db_comment="Kolom pada peta ubin")
    baris = models.PositiveSmallIntegerField("baris ubin", default=0, db_comment="Baris pada peta ubin")
    zona_waktu = models.CharField("zona waktu", max_length=20, choices=Zona, db_comment="Zona waktu IANA")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih beroperasi")

    class Meta:
        verbose_name = verbose_name_plural = "Kanwil"
        ordering = ["kode"]
        db_table_comment = "Kantor Wilayah Ditjenpas"

    def __str__(self):
        return f"Kanwil {self.singkatan}"


class Bapas(models.Model):
    """Probation office (Balai Pemasyarakatan). Every row of personal data belongs to exactly one."""

    kode = models.CharField("kode", max_length=12, unique=True, db_comment="Kunci acuan, bukan kode resmi")
    nama = models.CharField("nama", max_length=100, db_comment="Nama Bapas")
    kanwil = models.ForeignKey(
        Kanwil, models.PROTECT, related_name="bapas", verbose_name="Kanwil", db_comment="Kanwil induk"
    )
    kota = models.ForeignKey(
        KabKota, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kedudukan",
        db_comment="Kabupaten/kota tempat kantor",
    )  # fmt: skip
    wilayah_kerja = models.ManyToManyField(KabKota, blank=True, related_name="bapas", verbose_name="wilayah kerja")
    zona_waktu = models.CharField("zona waktu", max_length=20, choices=Zona, db_comment="Zona waktu IANA")
    kop_surat = models.TextField("kop surat", blank=True, db_comment="Baris kop surat, satu per baris")
    alamat = models.CharField("alamat", max_length=200, blank=True, db_comment="Alamat kantor")
    telepon = models.CharField("telepon", max_length=40, blank=True, db_comment="Telepon kantor")
    surel = models.EmailField("surel", blank=True, db_comment="Surel kantor")
    kode_satker = models.CharField("kode satker", max_length=12, blank=True, db_comment="Kode satuan kerja")
    terverifikasi = models.BooleanField(
        "terverifikasi", default=False, db_comment="Nama kantor sudah dicocokkan dengan sumber resmi"
    )
    catatan = models.TextField("catatan", blank=True, db_comment="Catatan mutu data acuan")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih beroperasi")

    class Meta:
        verbose_name = verbose_name_plural = "Bapas"
        ordering = ["kode"]
        db_table_comment = "Balai Pemasyarakatan"

    def __str__(self):
        return self.nama


class KelasBapas(models.Model):
    """The class of an office over time; the newest row in force counts."""

    bapas = models.ForeignKey(Bapas, models.CASCADE, related_name="kelas", db_comment="Bapas")
    kelas = models.CharField("kelas", max_length=3, db_comment="Kelas: I atau II")
    berlaku_sejak = models.DateField("berlaku sejak", db_comment="Tanggal mulai berlaku")

    class Meta:
        verbose_name = verbose_name_plural = "kelas Bapas"
        ordering = ["-berlaku_sejak"]
        db_table_comment = "Riwayat kelas Bapas"
        constraints = [models.UniqueConstraint("bapas", "berlaku_sejak", name="kelas_bapas_one_per_date")]

    def __str__(self):
        return f"Kelas {self.kelas}"


class PosBapas(models.Model):
    """Satellite counter of a Bapas."""

    bapas = models.ForeignKey(Bapas, models.CASCADE, related_name="pos", db_comment="Bapas induk")
    nama = models.CharField("nama", max_length=100, db_comment="Nama pos")
    alamat = models.CharField("alamat", max_length=200, blank=True, db_comment="Alamat pos")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih beroperasi")

    class Meta:
        verbose_name = verbose_name_plural = "Pos Bapas"
        ordering = ["nama"]
        db_table_comment = "Pos Bapas"

    def __str__(self):
        return self.nama


class Mitra(models.Model):
    """One identity per actor outside the service, whatever its roles. With Bapas it is the key of the row policies."""

    class Jenis(models.TextChoices):
        POKMAS = "pokmas", "Pokmas Lipas"
        GRIYA = "griya", "Griya Abhipraya"
        PEMDA = "pemda", "Pemerintah daerah"
        PERUSAHAAN = "perusahaan", "Perusahaan"
        BUMN = "bumn", "BUMN/BUMD"
        SOSIAL = "sosial", "Lembaga sosial"
        KAMPUS = "kampus", "Perguruan tinggi"
        MEDIA = "media", "Media"
        KEAGAMAAN = "keagamaan", "Lembaga keagamaan"
        INTERNASIONAL = "internasional", "Lembaga internasional"
        PERORANGAN = "perorangan", "Perorangan"

    nama = models.CharField("nama", max_length=150, db_comment="Nama mitra")
    jenis = models.CharField("jenis", max_length=15, choices=Jenis, db_comment="Jenis mitra")
    kabkota = models.ForeignKey(
        KabKota, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kabupaten/kota",
        db_comment="Kabupaten/kota kedudukan",
    )  # fmt: skip
    kontak = models.CharField("kontak", max_length=120, blank=True, db_comment="Telepon atau surel lembaga")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih bermitra")

    class Meta:
        verbose_name = verbose_name_plural = "mitra"
        ordering = ["nama"]
        db_table_comment = "Identitas tunggal setiap pelaku di luar Pemasyarakatan"

    def __str__(self):
        return self.nama

    @property
    def zona_waktu(self) -> str:
        """IANA zone of its place; without a place that of headquarters."""
        return self.kabkota.provinsi.zona_waktu if self.kabkota else Zona.JAKARTA


def of_offices(offices: Collection[int]) -> Q:
    """Rows of these offices. A single one is compared with "=", as `dasar.prepared` needs it."""
    if len(offices) == 1:
        return Q(bapas_id=next(iter(offices)))
    return Q(bapas_id__in=offices)


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to one office each."""

    def visible_to(self, user):
        """Rows inside the user's jurisdiction, with names; none for an anonymous user."""
        return self.filter(of_offices(user.scope.bapas))

    def counted_for(self, user):
        """Rows that may be counted in a figure for `user`. Small counts still have to be suppressed."""
        return self.filter(of_offices(user.scope.bapas))


class SharedQuerySet(ScopedQuerySet):
    """Rows of an office that may also be addressed to a partner."""

    def visible_to(self, user):
        scope = user.scope
        if scope.mitra:
            return self.filter(mitra_id=scope.mitra)
        return super().visible_to(user)


class ScopedModel(models.Model):
    """A row that belongs to one Bapas. Its table gets the row policy *internal* (see `rls.py`)."""

    bapas = models.ForeignKey(
        Bapas, models.PROTECT, related_name="+", editable=False, db_index=False,
        verbose_name="Bapas", db_comment="Bapas pemilik data",
    )  # fmt: skip

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class SharedModel(ScopedModel):
    """A row that one partner may see too. Its table gets the row policy *shared*."""

    mitra = models.ForeignKey(
        Mitra, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="mitra", db_comment="Mitra yang ikut melihat baris ini",
    )  # fmt: skip

    objects = SharedQuerySet.as_manager()

    class Meta:
        abstract = True


class UnitQuerySet(models.QuerySet):
    """Rows that belong to one unit each: an office, a region or the nation."""

    def visible_to(self, user):
        """Rows of the user's own office, or of the region and its offices, or of every unit; none for a partner."""
        scope = user.scope
        if scope.nation:
            return self.all()
        own = of_offices(scope.bapas)
        return self.filter(own | Q(kanwil_id=scope.kanwil) if scope.kanwil else own)


class UnitModel(models.Model):
    """A row that belongs to an office, to a region (then `bapas` is empty) or to the nation (then both are). Its table
    gets the row policy *unit*."""

    bapas = models.ForeignKey(
        Bapas, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="Bapas", db_comment="Bapas pemilik baris; kosong bila milik Kanwil atau nasional",
    )  # fmt: skip
    kanwil = models.ForeignKey(
        Kanwil, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="Kanwil", db_comment="Kanwil pemilik baris; kosong bila milik Bapas atau nasional",
    )  # fmt: skip

    objects = UnitQuerySet.as_manager()

    class Meta:
        abstract = True


class Recorded(models.Model):
    """Who wrote a row down, and when."""

    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dicatat_pada = models.DateTimeField("dicatat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    class Meta:
        abstract = True


def own_office(name: str) -> models.UniqueConstraint:
    """UNIQUE(bapas, id), the target of `SameOffice`."""
    return models.UniqueConstraint(fields=["bapas", "id"], name=f"{name}_bapas_id")


def filled(field: str) -> Q:
    """True in the database when the text in `field` is not blank."""
    return ~Q(**{field: ""})
