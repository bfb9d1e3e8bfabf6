"""Who guides clients: the Pembimbing Kemasyarakatan (PK) on duty at an office, and who stands in for one on leave.

The PK of a client stands on the file (`Klien.pk_pembimbing`) and changes in one service (`services/assign.py`). A
deputy changes nothing there: until the last day of the row `Pengganti` the deputy sees and logs for the clients of the
absent PK (`guided_by`), in the deputy's own name.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import Peran
from apps.wilayah.days import today_in
from apps.wilayah.models import ScopedModel, ScopedQuerySet, filled


def officers(bapas, now: datetime | None = None):
    """PKs who work at `bapas` today and can log in; `now`: see `today_in`."""
    duties = Penugasan.objects.current(now).filter(peran=Peran.PK, bapas=bapas)
    return Pengguna.objects.filter(pk__in=duties.values("pengguna"), is_active=True)


def duty_of_officer(now: Any = None):
    """The current duties of the PK of a client, for `Exists`: none when the PK left or cannot log in."""
    return Penugasan.objects.current(now).filter(
        peran=Peran.PK, bapas=OuterRef("bapas"), pengguna=OuterRef("pk_pembimbing"), pengguna__is_active=True
    )


class PenggantiQuerySet(ScopedQuerySet):
    def running(self):
        """Deputies who stand in today, on the calendar of their office."""
        day = today_in(F("bapas__zona_waktu"), Now())
        return self.alias(hari_ini=day).filter(mulai__lte=F("hari_ini")).unfinished()

    def unfinished(self):
        """Deputies of today and of days to come."""
        day = today_in(F("bapas__zona_waktu"), Now())
        return self.alias(hari_ini=day).filter(diakhiri_pada=None, selesai__gte=F("hari_ini"))

    def for_list(self):
        return self.select_related("digantikan", "pengganti", "dibuat_oleh").order_by("mulai", "pk")


def guided_by(user, officer=None, path: str = "") -> Q:
    """Clients whom `officer` (an id; the user) answers for today: own ones, and those of PKs whom he stands in for.

    `path` leads from the filtered rows to the client.
    """
    officer = user.pk if officer is None else officer
    absent = Pengganti.objects.visible_to(user).running().filter(pengganti=officer).values("digantikan")
    name = f"{path}__pk_pembimbing" if path else "pk_pembimbing"
    return Q(**{name: officer}) | Q(**{f"{name}__in": absent})


class Pengganti(ScopedModel):
    """A PK stands in for another one from the day `mulai` to the day `selesai`; ended early at `diakhiri_pada`."""

    digantikan = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="PK yang tidak bertugas",
        db_comment="PK yang cuti atau bertugas di luar",
    )  # fmt: skip
    pengganti = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="PK pengganti",
        db_comment="PK yang menggantikan",
    )  # fmt: skip
    mulai = models.DateField("hari pertama", db_comment="Hari pertama digantikan")
    selesai = models.DateField("hari terakhir", db_comment="Hari terakhir digantikan")
    alasan = models.CharField("alasan", max_length=200, db_comment="Alasan, misalnya cuti tahunan")
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Yang menetapkan"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu ditetapkan")
    diakhiri_pada = models.DateTimeField(
        "diakhiri", null=True, editable=False, db_comment="Diakhiri sebelum hari terakhir habis, atau dibatalkan"
    )
    diakhiri_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        db_comment="Yang mengakhiri lebih awal",
    )  # fmt: skip

    objects = PenggantiQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pengganti PK"
        db_table_comment = "Pengganti PK yang cuti, sampai satu hari tertentu"
        indexes = [models.Index(fields=["bapas", "pengganti", "selesai"], name="pengganti_petugas")]
        constraints = [
            models.CheckConstraint(
                name="pengganti_is_another", condition=~Q(digantikan=F("pengganti")),
                violation_error_message="PK tidak dapat menggantikan dirinya sendiri.",
            ),
            models.CheckConstraint(
                name="pengganti_ends_after_start", condition=Q(selesai__gte=F("mulai")),
                violation_error_message="Hari terakhir tidak boleh sebelum hari pertama.",
            ),
            models.CheckConstraint(name="pengganti_has_reason", condition=filled("alasan")),
            models.CheckConstraint(
                name="pengganti_ended_by_somebody",
                condition=Q(diakhiri_pada=None, diakhiri_oleh=None)
                | Q(diakhiri_pada__isnull=False, diakhiri_oleh__isnull=False),
            ),
            ExclusionConstraint(
                name="pengganti_no_overlap",
                expressions=[
                    ("bapas", RangeOperators.EQUAL),
                    ("digantikan", RangeOperators.EQUAL),
                    (
                        Func("mulai", "selesai", Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(diakhiri_pada=None),
                violation_error_message="PK ini sudah punya pengganti pada hari-hari itu.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.pengganti} menggantikan {self.digantikan}"
