"""Needs of clients."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from apps.acuan.models import KategoriKebutuhan
from apps.jejak.past import state_on
from apps.klien.models.terms import guided_on
from apps.wilayah.constraints import SameOffice
from apps.wilayah.days import on_days
from apps.wilayah.models import Recorded, ScopedModel, ScopedQuerySet, own_office


class KebutuhanQuerySet(ScopedQuerySet):
    def as_of(self, day: date):
        """Needs on record at the end of `day`, of clients guided then; `keadaan` is their status at that time.

        No figure counts a need after its client's guidance ended.
        """
        return self._known(day).annotate(keadaan=state_on(day, "kebutuhan"))

    def unmet(self, day: date):
        """The one rule for "belum terpenuhi": open, referred, served or not to be met at the end of `day`.

        A met or cancelled need is never opened again (`services.needs.NEXT`), so its closing date is enough and the
        history is not read.
        """
        stands = Q(status__in=Kebutuhan.UNMET) | on_days("ditutup_pada", since=day + timedelta(days=1))
        return self._known(day).filter(stands)

    def _known(self, day: date):
        return self.filter(guided_on(day, "klien"), on_days("dicatat_pada", until=day))


class Kebutuhan(Recorded, ScopedModel):
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
        "klien.Klien", models.CASCADE, related_name="kebutuhan", db_constraint=False, db_index=False, db_comment="Klien"
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
    ditutup_pada = models.DateTimeField(
        "ditutup", null=True, editable=False, db_comment="Waktu terpenuhi, tidak terpenuhi, atau batal"
    )

    objects = KebutuhanQuerySet.as_manager()

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
