"""Pokmas Lipas: Kelompok Masyarakat Peduli Pemasyarakatan (Kepdirjen PAS-06.OT.02.02/2020)."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.jejak.past import state_on
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import SharedModel, SharedQuerySet, own_office

WARN_DAYS = (90, 30, 0)
"""Days before the end of an agreement at which pages and the Beranda warn, each time more strongly."""


def warned_until() -> dt.date:
    """The last day whose ending agreements are announced today."""
    return timezone.localdate() + dt.timedelta(days=WARN_DAYS[0])


class PokmasQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(status=Pokmas.Status.AKTIF)

    def as_of(self, day: dt.date):
        """Groups active at the end of `day`: appointed by a decree of that day or before, and not dismissed."""
        return self.annotate(keadaan=state_on(day, "pokmas")).filter(keadaan=Pokmas.Status.AKTIF, sk_tanggal__lte=day)

    def ending(self, last: dt.date | None = None):
        """Active groups whose agreement has ended or ends by `last`: within the first of WARN_DAYS."""
        last = warned_until() if last is None else last
        return self.active().filter(pks_selesai__lte=last)

    def for_list(self):
        """Everything that the directory shows, in one query."""
        members = Anggota.objects.filter(bapas=OuterRef("bapas"), pokmas=OuterRef("pk"), aktif=True)
        count = members.order_by().values("pokmas").annotate(n=Count("pk")).values("n")
        return (
            self.select_related("mitra", "bapas")
            .annotate(anggota_aktif=Coalesce(Subquery(count), 0))
            .order_by("mitra__nama", "pk")
        )


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
        models.CharField(max_length=15, choices=Bidang),
        default=list,
        verbose_name="bidang",
        db_comment="Bidang layanan",
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

    objects = PokmasQuerySet.as_manager()

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

    @property
    def bidang_nama(self) -> str:
        """ "Kemandirian, Layanan hukum"."""
        return ", ".join(self.Bidang(value).label for value in self.bidang)

    @property
    def sisa_pks(self) -> int | None:
        """Days until the agreement ends, negative when it has ended; None without an end."""
        return (self.pks_selesai - timezone.localdate()).days if self.pks_selesai else None

    @property
    def ambang_pks(self) -> int | None:
        """The smallest of the WARN_DAYS that is reached; None before the first."""
        left = self.sisa_pks
        return None if left is None else min((days for days in WARN_DAYS if left <= days), default=None)


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
