"""Places where clients work, and the PIN with which the supervisor confirms."""

from django.db import models
from django.db.models import Q

from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, SharedModel, own_office


class TempatKerjaSosial(SharedModel):
    """A place of work: useful, dignified, never for profit. `mitra` is the institution whose people may log in."""

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
