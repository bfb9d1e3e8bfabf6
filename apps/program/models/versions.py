"""The versions of a yearly programme, and the choice of the one that counts on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Sum

from apps.jejak.past import state_on
from apps.program.models.plans import RencanaKegiatan, RincianBiaya
from apps.wilayah.days import on_days
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office


class ProgramQuerySet(ScopedQuerySet):
    def newest(self):
        """The last version of each office and year."""
        return self.filter(~Exists(_later_versions()))

    def in_force(self, *years: int, on: date | None = None):
        """The approved budget of each office and year (without `years`: every year): the version approved last, by the
        end of the day `on` or by now. Money is spent under it; an office without one has no budget."""
        rows = self.filter(tahun__in=years) if years else self
        return rows.filter(approved_by(on), ~Exists(_later_versions().filter(approved_by(on))))

    def in_the_making(self, *years: int, on: date):
        """Versions that were a draft, or waited for the head, at the end of the day `on`."""
        begun = self.filter(tahun__in=years) if years else self
        return begun.annotate(keadaan=state_on(on, "program")).filter(
            keadaan__in=[ProgramTahunan.Status.DRAF, ProgramTahunan.Status.DIPERIKSA]
        )

    def for_years(self):
        """One row per office and year: the version in force, otherwise the one in preparation. `revisi` (number) and
        `revisi_status` describe a revision in preparation."""
        revision = _later_versions().exclude(approved_by())
        in_force = approved_by() & ~Exists(_later_versions().filter(approved_by()))
        return self.filter(in_force | ~Exists(_versions().filter(approved_by()))).annotate(
            revisi=Subquery(revision.values("versi")), revisi_status=Subquery(revision.values("status"))
        )

    def for_list(self):
        """Rows with office, total in rupiah (also of a revision in preparation) and target of clients, in one query."""
        plans = RencanaKegiatan.objects.filter(bapas=OuterRef("bapas"), program=OuterRef("pk")).order_by()
        lines = RincianBiaya.objects.filter(bapas=OuterRef("bapas")).order_by()
        revision = lines.filter(
            ~Q(rencana__program__status=ProgramTahunan.Status.DISETUJUI),
            rencana__program__tahun=OuterRef("tahun"), rencana__program__versi__gt=OuterRef("versi"),
        )  # fmt: skip
        return self.select_related("bapas").annotate(
            jumlah_rupiah=_total(lines.filter(rencana__program=OuterRef("pk")), "jumlah"),
            jumlah_target=_total(plans, "target_klien"),
            revisi_rupiah=_total(revision, "jumlah"),
        )


def _total(rows, column: str) -> Subquery:
    return Subquery(rows.values("bapas").annotate(n=Sum(column)).values("n"))


def approved_by(day: date | None = None) -> Q:
    """Versions that the head of the office had approved by the end of `day` at that office, or by now."""
    until = on_days("disetujui_pada", until=day) if day else Q()
    return Q(status=ProgramTahunan.Status.DISETUJUI) & until


def _versions():
    return ProgramTahunan.objects.filter(bapas=OuterRef("bapas"), tahun=OuterRef("tahun"))


def _later_versions():
    return _versions().filter(versi__gt=OuterRef("versi"))


@dataclass(frozen=True)
class Rancangan:
    """A version that nobody has approved yet; `rupiah` is no budget."""

    versi: int
    status: str
    rupiah: Decimal

    def __str__(self):
        return f"{self.status}, versi {self.versi}"


class ProgramTahunan(ScopedModel):
    """The empowerment programme of one Bapas for one budget year."""

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        DIPERIKSA = "diperiksa", "Menunggu Kepala Bapas"
        DISETUJUI = "disetujui", "Disetujui Kepala Bapas"

    tahun = models.PositiveSmallIntegerField("tahun anggaran", db_comment="Tahun anggaran")
    versi = models.PositiveSmallIntegerField("versi", default=1, editable=False, db_comment="Versi")
    latar = models.TextField("latar belakang", blank=True, db_comment="Latar belakang program")
    status = models.CharField(
        "status", max_length=10, choices=Status, default=Status.DRAF, editable=False, db_comment="Status"
    )
    potret = models.JSONField(
        "potret kebutuhan",
        default=dict,
        editable=False,
        db_comment="Jumlah kebutuhan per kategori saat program disusun",
    )
    potret_pada = models.DateField("tanggal potret", null=True, editable=False, db_comment="Tanggal potret kebutuhan")
    disusun_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Penyusun"
    )
    diajukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Pengirim"
    )
    diajukan_pada = models.DateTimeField("dikirim", null=True, editable=False, db_comment="Waktu dikirim")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Penyetuju"
    )
    disetujui_pada = models.DateTimeField("disetujui", null=True, editable=False, db_comment="Waktu disetujui")
    sidik = models.CharField(
        "sidik isi", max_length=64, blank=True, editable=False, db_comment="SHA-256 isi yang dikirim"
    )

    objects = ProgramQuerySet.as_manager()

    revisi: int | None
    revisi_status: str
    jumlah_rupiah: Decimal | None
    revisi_rupiah: Decimal | None
    """Annotations of `for_years` and `for_list`."""

    class Meta:
        verbose_name = verbose_name_plural = "program tahunan"
        ordering = ["-tahun", "-versi"]
        db_table_comment = "Program pemberdayaan klien satu Bapas untuk satu tahun"
        constraints = [
            own_office("program"),
            models.UniqueConstraint(
                "bapas", "tahun", "versi", name="program_one_version_per_year",
                violation_error_message="Program untuk tahun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["bapas", "tahun"], condition=~Q(status="disetujui"), name="program_one_open_version",
            ),
            models.CheckConstraint(
                name="program_approver_is_not_submitter", condition=~Q(disetujui_oleh=F("diajukan_oleh"))
            ),
            models.CheckConstraint(
                name="program_submitted_iff_submitter",
                condition=Q(status="draf", diajukan_oleh=None, sidik="")
                | ~Q(status="draf") & Q(diajukan_oleh__isnull=False) & ~Q(sidik=""),
            ),
            models.CheckConstraint(
                name="program_approved_iff_approver",
                condition=Q(status="disetujui", disetujui_oleh__isnull=False, disetujui_pada__isnull=False)
                | ~Q(status="disetujui") & Q(disetujui_oleh=None, disetujui_pada=None),
            ),
            models.CheckConstraint(
                name="program_year_sane", condition=Q(tahun__gte=2020, tahun__lte=2100),
                violation_error_message="Isi tahun anggaran antara 2020 dan 2100.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Program {self.tahun} versi {self.versi}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAF

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.DISETUJUI

    @property
    def warna(self) -> str:
        """Colour of the status tag."""
        return {"diperiksa": "kuning", "disetujui": "hijau"}.get(self.status, "abu")

    @property
    def rancangan(self) -> "Rancangan | None":
        """The version in preparation for the year (only on rows of `for_years().for_list()`)."""
        if not self.is_approved:
            return Rancangan(self.versi, self.get_status_display(), self.jumlah_rupiah or Decimal(0))
        if not self.revisi:
            return None
        return Rancangan(self.revisi, self.Status(self.revisi_status).label, self.revisi_rupiah or Decimal(0))

    def kegiatan(self):
        """Planned activities with everything that their page shows, in two queries."""
        lines = RincianBiaya.objects.filter(bapas=self.bapas_id).select_related("akun")
        return (
            RencanaKegiatan.objects.filter(bapas=self.bapas_id, program=self)
            .select_related("kategori", "pelaksana")
            .prefetch_related(Prefetch("biaya", lines))
        )
