"""Obstacles to guidance, to needs and to activities."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.acuan.models import JenisKendala
from apps.akun.roles import reach
from apps.klien.models.officers import guided_by
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import SharedModel, SharedQuerySet, own_office


class KendalaQuerySet(SharedQuerySet):
    def counted(self):
        """Obstacles without those of a withdrawn record."""
        return self.filter(dibatalkan=False)

    def readable_by(self, user):
        """A PK reads obstacles of their own clients, their own entries and those about no client; the head reads all of
        the office."""
        rows = self.visible_to(user)
        match reach(user, "bimbingan.baca"):
            case "":
                return rows.none()
            case "sendiri":
                return rows.filter(Q(klien=None) | guided_by(user, path="klien") | Q(dicatat_oleh=user.pk))
        return rows

    def for_list(self):
        """Everything that the list shows, in one query, newest first."""
        return self.select_related("jenis", "klien", "catatan", "dicatat_oleh").order_by("-tanggal", "-pk")


class Kendala(SharedModel):
    """One obstacle. `mitra` is the organiser of the activity where it happened; the organiser may record it too."""

    class Sumber(models.TextChoices):
        BIMBINGAN = "bimbingan", "Bimbingan"
        KEBUTUHAN = "kebutuhan", "Kebutuhan"
        KEGIATAN = "kegiatan", "Kegiatan"

    jenis = models.ForeignKey(
        JenisKendala, models.PROTECT, related_name="+", verbose_name="jenis kendala", db_comment="Jenis kendala"
    )
    tanggal = models.DateField("tanggal", db_comment="Tanggal kendala terjadi")
    sumber = models.CharField("sumber", max_length=9, choices=Sumber, db_comment="Tempat kendala dicatat")
    asal = models.CharField(
        "asal", max_length=150, blank=True, db_comment="Judul kegiatan atau jenis kebutuhan, disalin saat dicatat"
    )
    uraian = models.CharField("uraian kendala", max_length=200, blank=True, db_comment="Uraian singkat")
    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, null=True, blank=True, related_name="kendala", db_constraint=False,
        db_index=False, db_comment="Klien, kosong bila tidak tentang satu klien",
    )  # fmt: skip
    catatan = models.ForeignKey(
        "klien.CatatanBimbingan", models.PROTECT, null=True, blank=True, related_name="daftar_kendala",
        db_constraint=False, db_index=False, db_comment="Catatan bimbingan yang memuat kendala ini",
    )  # fmt: skip
    dibatalkan = models.BooleanField(
        db_default=False, editable=False, db_comment="Catatan bimbingannya dibatalkan; PostgreSQL yang mengisi"
    )
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )

    objects = KendalaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kendala"
        db_table_comment = "Kendala yang dicatat di tempat terjadinya"
        indexes = [
            models.Index(
                fields=["bapas", "-tanggal", "-id"], include=["jenis", "klien", "mitra"], name="kendala_dihitung",
                condition=Q(dibatalkan=False),
            ),
            models.Index(fields=["bapas", "catatan"], name="kendala_catatan", condition=Q(catatan__isnull=False)),
        ]  # fmt: skip
        constraints = [
            own_office("kendala"),
            SameOffice("klien", name="kendala_klien_same_office"),
            SameOffice("catatan", name="kendala_catatan_same_office"),
            models.CheckConstraint(
                name="kendala_of_guidance_has_record",
                condition=Q(sumber="bimbingan", catatan__isnull=False, klien__isnull=False)
                | ~Q(sumber="bimbingan") & Q(catatan=None),
            ),
        ]

    def __str__(self):
        return f"Kendala {self.pk} {self.tanggal}"

    @property
    def isi(self) -> str:
        """Its own description, or the prompt "Kendala" of the guidance record."""
        return self.uraian or (self.catatan.kendala if self.catatan else "")
