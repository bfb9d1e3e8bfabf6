"""One sentence of community service, as far as the place may know it."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from apps.kerja_sosial.models.halves import HALF_HOUR, in_halves
from apps.kerja_sosial.models.places import TempatKerjaSosial
from apps.kerja_sosial.models.verdict import Perpanjangan
from apps.klien.models import Klien
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import SharedModel, SharedQuerySet, own_office


class Hari(models.IntegerChoices):
    """Days of the week as ISO counts them."""

    SENIN = 1, "Senin"
    SELASA = 2, "Selasa"
    RABU = 3, "Rabu"
    KAMIS = 4, "Kamis"
    JUMAT = 5, "Jumat"
    SABTU = 6, "Sabtu"
    MINGGU = 7, "Minggu"


def _months(field: str) -> Func:
    return Func(F(field), template="make_interval(months => %(expressions)s)", output_field=models.DurationField())


class KerjaSosialQuerySet(SharedQuerySet):
    def running(self):
        return self.filter(status=KerjaSosial.Status.BERJALAN)

    def at(self, place: TempatKerjaSosial):
        return self.filter(bapas=place.bapas_id, tempat=place)

    def for_list(self):
        """What a list of the office shows, in one query."""
        return self.select_related("klien__pk_pembimbing", "tempat")

    def for_place(self):
        """What a partner sees: never the client's row."""
        return self.select_related("tempat", "bapas").order_by("kode", "pk")

    def of_client(self, klien: Klien):
        """The sentences of one client, newest first: the one that runs is always the first."""
        rows = self.filter(bapas_id=klien.bapas_id, klien=klien)
        return rows.select_related("bapas", "tempat", "putusan", "perpanjangan").order_by("-pk")


class KerjaSosial(SharedModel):
    """One sentence, as far as the place may know it: code, hours, days, period. `mitra` is that of the place."""

    class Jenis(models.TextChoices):
        DEWASA = "dewasa", "Pidana kerja sosial"
        ANAK = "anak", "Pelayanan masyarakat"

    class Status(models.TextChoices):
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        TIDAK = "tidak", "Dihentikan"

    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="kerja_sosial", db_constraint=False, db_index=False, editable=False,
        db_comment="Klien",
    )  # fmt: skip
    kode = models.CharField("kode klien", max_length=16, editable=False, db_comment="Salinan kode klien untuk tempat")
    panggilan = models.CharField(
        "nama panggilan", max_length=40, blank=True, editable=False,
        db_comment="Salinan nama panggilan, hanya klien dewasa yang setuju",
    )  # fmt: skip
    jenis = models.CharField(
        "jenis", max_length=6, choices=Jenis, editable=False, db_comment="Kerja sosial dewasa atau pelayanan anak"
    )
    tempat = models.ForeignKey(
        TempatKerjaSosial, models.PROTECT, related_name="kerja_sosial", db_constraint=False, db_index=False,
        verbose_name="tempat", db_comment="Tempat kerja sosial",
    )  # fmt: skip
    tempat_pendidikan = models.BooleanField(
        editable=False, db_comment="Salinan: tempat mendidik; kunci asing menjaga kebenarannya"
    )
    total_jam = models.PositiveSmallIntegerField("jumlah jam", db_comment="Jumlah jam menurut putusan")
    jam_per_hari = models.DecimalField(
        "jam per hari", max_digits=3, decimal_places=1, db_comment="Jam per hari menurut putusan, kelipatan setengah"
    )
    hari = ArrayField(
        models.PositiveSmallIntegerField(choices=Hari), verbose_name="hari",
        db_comment="Hari kerja dalam seminggu, 1 = Senin",
    )  # fmt: skip
    mulai = models.DateField("mulai", db_comment="Hari pertama")
    batas = models.DateField("batas selesai", db_comment="Hari terakhir yang boleh dipakai")
    perpanjangan = models.OneToOneField(
        Perpanjangan, models.PROTECT, null=True, editable=False, related_name="kerja_sosial", db_constraint=False,
        db_comment="Penetapan pengadilan bila batas melewati jangka waktu undang-undang",
    )  # fmt: skip
    batas_jam_min = models.PositiveSmallIntegerField(editable=False, db_comment="Jam paling sedikit saat putusan")
    batas_jam_maks = models.PositiveSmallIntegerField(editable=False, db_comment="Jam paling banyak saat putusan")
    batas_jam_hari = models.PositiveSmallIntegerField(editable=False, db_comment="Jam per hari paling banyak")
    batas_bulan = models.PositiveSmallIntegerField(editable=False, db_comment="Jangka waktu paling lama, bulan")
    batas_dasar = models.CharField(max_length=120, editable=False, db_comment="Dasar hukum batas saat putusan")
    jam_tercatat = models.DecimalField(
        max_digits=5, decimal_places=1, default=0, editable=False, db_comment="Jumlah jam yang dicatat (oleh trigger)"
    )
    jam_disahkan = models.DecimalField(
        max_digits=5, decimal_places=1, default=0, editable=False, db_comment="Jumlah jam yang disahkan (oleh trigger)"
    )
    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.BERJALAN, editable=False, db_comment="Status"
    )
    ditutup = models.DateField("ditutup", null=True, editable=False, db_comment="Tanggal selesai atau dihentikan")
    versi = models.PositiveIntegerField(
        default=1, editable=False, db_comment="Naik setiap kali diubah dengan formulir; pengaman perubahan bersamaan"
    )
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Pencatat"
    )
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu dicatat")

    objects = KerjaSosialQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kerja sosial"
        db_table_comment = "Pidana kerja sosial dan pelayanan masyarakat anak, sejauh boleh diketahui tempatnya"
        indexes = [
            models.Index(fields=["bapas", "status", "batas"], name="kerja_sosial_batas"),
            models.Index(fields=["bapas", "klien"], name="kerja_sosial_klien"),
            models.Index(fields=["bapas", "tempat"], name="kerja_sosial_tempat"),
        ]
        constraints = [
            own_office("kerja_sosial"),
            SameOffice("klien", name="kerja_sosial_klien_same_office"),
            SameOffice("tempat", name="kerja_sosial_tempat_same_office"),
            SameOffice("perpanjangan", name="kerja_sosial_extension_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "klien"], condition=Q(status="berjalan"), name="kerja_sosial_one_running",
                violation_error_message="Klien ini masih menjalani kerja sosial lain.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_limits_within_law",
                condition=Q(batas_jam_hari__range=(1, 8), batas_bulan__range=(1, 6))
                & (
                    Q(jenis="dewasa", batas_jam_min__gte=8, batas_jam_maks__lte=240)
                    | Q(jenis="anak", batas_jam_min__gte=7, batas_jam_maks__lte=120)
                ),
            ),
            models.CheckConstraint(
                name="kerja_sosial_hours_within_limits",
                condition=Q(total_jam__gte=F("batas_jam_min"), total_jam__lte=F("batas_jam_maks")),
                violation_error_message="Jumlah jam di luar batas undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_day_within_limits",
                condition=Q(jam_per_hari__gte=HALF_HOUR, jam_per_hari__lte=F("batas_jam_hari"))
                & Q(in_halves("jam_per_hari")),
                violation_error_message="Jam per hari di luar batas undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_deadline_within_law",
                condition=Q(batas__gte=F("mulai"))
                & (Q(perpanjangan__isnull=False) | Q(batas__lte=F("mulai") + _months("batas_bulan"))),
                violation_error_message="Batas selesai melewati jangka waktu undang-undang.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_days_of_the_week",
                condition=Q(hari__len__range=(1, 7), hari__contained_by=Hari.values),
                violation_error_message="Pilih paling sedikit satu hari.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_child_learns", condition=Q(jenis="dewasa") | Q(tempat_pendidikan=True, panggilan=""),
                violation_error_message="Klien anak hanya ditempatkan di tempat yang mendidik.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_never_above_verdict",
                condition=Q(jam_disahkan__gte=0, jam_tercatat__gte=F("jam_disahkan"), total_jam__gte=F("jam_tercatat")),
                violation_error_message="Jumlah jam melebihi putusan.",
            ),
            models.CheckConstraint(
                name="kerja_sosial_complete_when_confirmed",
                condition=~Q(status="selesai") | Q(jam_disahkan=F("total_jam")),
            ),
            models.CheckConstraint(
                name="kerja_sosial_closed_has_date",
                condition=Q(status="berjalan", ditutup=None) | ~Q(status="berjalan") & Q(ditutup__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_jenis_display()} {self.kode}"

    @property
    def untuk_anak(self) -> bool:
        return self.jenis == self.Jenis.ANAK

    @property
    def berjalan(self) -> bool:
        return self.status == self.Status.BERJALAN

    @property
    def sebutan(self) -> str:
        """How people at the place call the client."""
        return self.panggilan or self.kode

    @property
    def jam_menunggu(self) -> Decimal:
        """Recorded and not confirmed yet."""
        return self.jam_tercatat - self.jam_disahkan

    @property
    def lunas(self) -> bool:
        """Every hour of the verdict is confirmed: the PK may record the completion."""
        return self.berjalan and self.jam_disahkan == self.total_jam

    @property
    def hari_nama(self) -> str:
        """ "Senin, Rabu"."""
        return ", ".join(Hari(day).label for day in sorted(self.hari))

    def dijadwalkan(self, day: dt.date) -> bool:
        """Whether the client is expected at the place on `day`."""
        return day.isoweekday() in self.hari and self.mulai <= day <= self.batas
