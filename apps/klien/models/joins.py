"""One person with two files of the same office: one file goes on, the other one is joined to it.

Nothing is deleted, no ledger is rewritten. The joined file (`Klien.digabung_ke`) keeps its log, papers and hours, and
is shown with the file that goes on. It counts on no day (`guided_on`), so that figures count the person once; only its
open needs go over, because a need is met for a person who is guided.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.klien.crypto import SealedTextField
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, ScopedQuerySet, filled, own_office


class PenggabunganQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(dipisah_pada=None)


class Penggabungan(ScopedModel):
    """One join with everything that undoes it; `dipisah_pada` when it was undone."""

    kunci = models.UUIDField(
        default=uuid.uuid4, editable=False, db_comment="Mengikat kolom tersandi pada baris ini; tidak pernah berubah"
    )
    klien = models.ForeignKey(
        "klien.Klien", models.PROTECT, related_name="+", db_constraint=False, db_index=False,
        db_comment="Berkas yang dipakai terus",
    )  # fmt: skip
    digabung = models.ForeignKey(
        "klien.Klien", models.PROTECT, related_name="+", db_constraint=False, db_index=False,
        db_comment="Berkas yang digabung",
    )  # fmt: skip
    alasan = models.CharField("alasan", max_length=200, db_comment="Mengapa dua berkas ini satu orang")
    status_semula = models.CharField(max_length=12, db_comment="Status berkas yang digabung sebelumnya")
    berakhir_semula = models.DateField(null=True, db_comment="Hari berakhir berkas yang digabung sebelumnya")
    diambil = ArrayField(models.CharField(max_length=20), default=list, db_comment="Kolom yang isinya diambil")
    isi_semula = SealedTextField("isi semula", row="kunci", blank=True, db_comment="Isi kolom itu sebelumnya, tersandi")
    kebutuhan = ArrayField(models.BigIntegerField(), default=list, db_comment="Kebutuhan terbuka yang ikut pindah")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Yang menggabung")
    pada = models.DateTimeField("digabung", default=timezone.now, db_comment="Waktu digabung")
    dipisah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment="Yang memisahkan kembali"
    )
    dipisah_pada = models.DateTimeField("dipisah", null=True, db_comment="Waktu dipisahkan kembali")

    objects = PenggabunganQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "penggabungan berkas"
        db_table_comment = "Dua berkas satu orang yang digabung, dengan isi untuk memisahkannya kembali"
        indexes = [models.Index(fields=["bapas", "klien"], name="penggabungan_klien")]
        constraints = [
            own_office("penggabungan"),
            SameOffice("klien", name="penggabungan_klien_same_office"),
            SameOffice("digabung", name="penggabungan_digabung_same_office"),
            models.CheckConstraint(name="penggabungan_of_two", condition=~Q(klien=models.F("digabung"))),
            models.CheckConstraint(name="penggabungan_has_reason", condition=filled("alasan")),
            models.CheckConstraint(
                name="penggabungan_undone_by_somebody",
                condition=Q(dipisah_pada=None, dipisah_oleh=None)
                | Q(dipisah_pada__isnull=False, dipisah_oleh__isnull=False),
            ),
            models.UniqueConstraint("bapas", "digabung", condition=Q(dipisah_pada=None), name="penggabungan_once"),
        ]  # fmt: skip

    def __str__(self):
        return f"Berkas {self.digabung_id} digabung ke {self.klien_id}"
