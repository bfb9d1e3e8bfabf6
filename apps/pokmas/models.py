"""Pokmas Lipas: Kelompok Masyarakat Peduli Pemasyarakatan (Kepdirjen PAS-06.OT.02.02/2020)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import SharedModel, own_office


class Pokmas(SharedModel):
    """A group, business or single person that a Bapas appointed. Its identity is the `Mitra`."""

    class Bidang(models.TextChoices):
        KEPRIBADIAN = "kepribadian", "Kepribadian"
        KEMANDIRIAN = "kemandirian", "Kemandirian"
        HUKUM = "hukum", "Layanan hukum"
        KEMASYARAKATAN = "kemasyarakatan", "Kemasyarakatan"

    class Bentuk(models.TextChoices):
        PERORANGAN = "perorangan", "Perorangan"
        BADAN = "badan", "Badan usaha"
        ORGANISASI = "organisasi", "Organisasi"

    class Status(models.TextChoices):
        CALON = "calon", "Calon"
        AKTIF = "aktif", "Aktif"
        NONAKTIF = "nonaktif", "Tidak aktif"

    bidang = ArrayField(
        models.CharField(max_length=15, choices=Bidang), default=list, verbose_name="bidang", db_comment="Bidang layanan"
    )
    bentuk = models.CharField("bentuk", max_length=10, choices=Bentuk, db_comment="Bentuk")
    alamat = models.CharField("alamat sekretariat", max_length=200, blank=True, db_comment="Alamat sekretariat")
    sk_nomor = models.CharField("nomor SK", max_length=80, blank=True, db_comment="Nomor SK Kepala Bapas")
    sk_tanggal = models.DateField("tanggal SK", null=True, blank=True, db_comment="Tanggal SK")
    pks_nomor = models.CharField("nomor PKS", max_length=80, blank=True, db_comment="Nomor perjanjian kerja sama")
    pks_mulai = models.DateField("PKS mulai", null=True, blank=True, db_comment="Perjanjian kerja sama mulai")
    pks_selesai = models.DateField("PKS berakhir", null=True, blank=True, db_comment="Perjanjian kerja sama berakhir")
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.CALON, editable=False, db_comment="Status"
    )

    class Meta:
        verbose_name = verbose_name_plural = "Pokmas"
        db_table_comment = "Kelompok Masyarakat Peduli Pemasyarakatan"
        constraints = [
            own_office("pokmas"),
            models.UniqueConstraint("bapas", "mitra", name="pokmas_once_per_office"),
            models.CheckConstraint(name="pokmas_has_identity", condition=Q(mitra__isnull=False)),
            models.CheckConstraint(
                name="pokmas_active_has_decree",
                condition=~Q(status="aktif") | (~Q(sk_nomor="") & Q(sk_tanggal__isnull=False)),
                violation_error_message="Pokmas aktif harus punya SK.",
            ),
            models.CheckConstraint(
                name="pokmas_agreement_ends_after_start",
                condition=Q(pks_mulai=None) | Q(pks_selesai=None) | Q(pks_selesai__gte=F("pks_mulai")),
                violation_error_message="PKS tidak boleh berakhir sebelum mulai.",
            ),
        ]

    def __str__(self):
        return str(self.mitra)


class Anggota(SharedModel):
    """A member of the group; not a client."""

    pokmas = models.ForeignKey(
        Pokmas, models.CASCADE, related_name="anggota", db_constraint=False, db_index=False, db_comment="Pokmas"
    )
    nama = models.CharField("nama", max_length=120, db_comment="Nama anggota")
    jabatan = models.CharField("jabatan", max_length=60, blank=True, db_comment="Jabatan dalam kelompok")
    keahlian = models.CharField("keahlian", max_length=120, blank=True, db_comment="Keahlian yang dibagikan")
    telepon = models.CharField("telepon", max_length=20, blank=True, db_comment="Telepon")
    aktif = models.BooleanField("aktif", default=True, db_comment="Masih anggota")

    class Meta:
        verbose_name = verbose_name_plural = "anggota"
        ordering = ["nama"]
        db_table_comment = "Anggota Pokmas"
        indexes = [models.Index(fields=["bapas", "pokmas"], name="anggota_pokmas")]
        constraints = [own_office("anggota"), SameOffice("pokmas", name="anggota_pokmas_same_office")]

    def __str__(self):
        return self.nama
