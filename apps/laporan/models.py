"""One requested report and its approval. Each row holds the state of a job, its file and its hash."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.dasar.locks import lock_all
from apps.jejak.jobs import Pekerjaan
from apps.wilayah.models import UnitModel, UnitQuerySet, Zona
from apps.wilayah.scope import Scope, reports_scope


class LaporanQuerySet(UnitQuerySet):
    def for_list(self):
        rows = self.select_related("bapas", "kanwil", "diminta_oleh", "pengesahan")
        return rows.defer("potret", "naskah").order_by("-id")

    def ready(self):
        """Finished reports with their unit and approval."""
        return self.filter(status=Laporan.Status.SIAP).select_related("bapas", "kanwil", "pengesahan").defer("naskah")

    def same_subject(self, laporan):
        """Every version of the report of this unit and year."""
        return self.filter(
            jenis=laporan.jenis, tingkat=laporan.tingkat, bapas=laporan.bapas_id, kanwil=laporan.kanwil_id,
            tahun=laporan.tahun,
        )  # fmt: skip

    def lock_versions(self, laporan):
        """`same_subject`, locked until the transaction ends: version numbers and approvals come one at a time."""
        same = self.same_subject(laporan)
        lock_all(same.only("pk"))
        return same

    def awaiting(self, duty):
        """Finals of the unit of `duty` that wait for approval: the newest of each year."""
        own = self.filter(bapas=duty.bapas_id, kanwil=duty.kanwil_id, final=True, status=Laporan.Status.SIAP)
        later = own.filter(jenis=OuterRef("jenis"), tahun=OuterRef("tahun"), versi__gt=OuterRef("versi"))
        return own.filter(~Exists(later), pengesahan=None).exclude(naskah="")


class Cetakan(Pekerjaan):
    """A PDF that a worker makes."""

    halaman = models.PositiveSmallIntegerField("halaman", default=0, db_comment="Banyak halaman")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_comment="SHA-256 berkas")

    class Meta:
        abstract = True

    @classmethod
    def worker_scope(cls) -> Scope:
        return reports_scope()


class Laporan(UnitModel, Cetakan):
    """Annual report of a Bapas, a Kanwil or the nation."""

    class Jenis(models.TextChoices):
        PROGRAM = "program", "Program dan anggaran"

    class Tingkat(models.TextChoices):
        BAPAS = "bapas", "Bapas"
        KANWIL = "kanwil", "Kanwil"
        NASIONAL = "nasional", "Nasional"

    jenis = models.CharField("jenis", max_length=10, choices=Jenis, default=Jenis.PROGRAM, db_comment="Jenis laporan")
    tingkat = models.CharField("tingkat", max_length=10, choices=Tingkat, db_comment="Tingkat")
    tahun = models.PositiveSmallIntegerField("tahun anggaran", db_comment="Tahun anggaran")
    versi = models.PositiveSmallIntegerField("versi", default=1, db_comment="Versi, naik setiap laporan siap")
    final = models.BooleanField("final", default=False, db_comment="Final: angka dibekukan; selain itu draf")
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Peminta")
    penugasan = models.ForeignKey(
        "akun.Penugasan", models.PROTECT, related_name="+", db_comment="Penugasan peminta saat meminta"
    )
    data_per = models.DateTimeField("data per", null=True, blank=True, db_comment="Waktu angka diambil")
    potret = models.JSONField("potret angka", default=dict, db_comment="Angka beku isi laporan")
    kantor = ArrayField(
        models.BigIntegerField(), verbose_name="kantor", default=list, db_comment="Id Bapas yang angkanya ada di dalam"
    )
    naskah = models.TextField("naskah", blank=True, db_comment="HTML yang dicetak; edisi pengesahan dicetak darinya")
    kode = models.CharField("kode verifikasi", max_length=12, unique=True, db_comment="Kode verifikasi 12 huruf")

    objects = LaporanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "laporan"
        db_table_comment = "Permintaan dan berkas laporan tahunan"
        indexes = [
            models.Index(fields=["sha256"], name="laporan_sha256"),
            models.Index(fields=["bapas", "-id"], name="laporan_bapas"),
            models.Index(fields=["kanwil", "-id"], name="laporan_kanwil"),
        ]
        constraints = [
            models.CheckConstraint(
                name="laporan_unit_fits_level",
                condition=Q(tingkat="bapas", bapas__isnull=False, kanwil=None)
                | Q(tingkat="kanwil", kanwil__isnull=False, bapas=None)
                | Q(tingkat="nasional", bapas=None, kanwil=None),
            ),
            models.UniqueConstraint(
                fields=["jenis", "tingkat", "bapas", "kanwil", "tahun", "final"],
                condition=Q(status__in=["antre", "berjalan"]), nulls_distinct=False,
                name="laporan_one_running_per_request",
            ),
            models.UniqueConstraint(
                fields=["jenis", "tingkat", "bapas", "kanwil", "tahun", "versi"],
                condition=Q(status="siap"), nulls_distinct=False, name="laporan_version_once",
            ),
            models.CheckConstraint(
                name="laporan_ready_has_file",
                condition=~Q(status="siap") | (~Q(sha256="") & ~Q(berkas="") & Q(data_per__isnull=False)),
            ),
            models.CheckConstraint(name="laporan_percent", condition=Q(persen__lte=100)),
        ]  # fmt: skip

    def __str__(self):
        return f"Laporan {self.tingkat} {self.tahun} v{self.versi}"

    @property
    def unit_nama(self) -> str:
        return str(self.bapas or self.kanwil or "Nasional")

    @property
    def zona_waktu(self) -> str:
        """IANA zone of the unit; the nation reads Jakarta time."""
        return getattr(self.bapas or self.kanwil, "zona_waktu", Zona.JAKARTA)

    @property
    def sebutan(self) -> str:
        """Unit, year and version in one line."""
        return f"{self.unit_nama} {self.tahun}, {'final' if self.final else 'draf'} v{self.versi}"

    @property
    def disahkan(self) -> "Pengesahan | None":
        """The approval of this report, when it was given."""
        return getattr(self, "pengesahan", None)

    @property
    def keadaan_sah(self) -> str:
        """Whether a final is approved, in words; empty for other reports."""
        if not (self.final and self.ready):
            return ""
        return "Disahkan" if self.disahkan else "Belum disahkan"


class Pengesahan(UnitModel, Cetakan):
    """The approval of one final report, and the job that prints its approved edition.

    `sidik` is the SHA-256 of the file that was read. PostgreSQL copies the unit from the report, and refuses changes of
    that report and of these facts.
    """

    laporan = models.OneToOneField(
        Laporan, models.PROTECT, related_name="pengesahan", db_comment="Laporan final yang disahkan"
    )
    sidik = models.CharField("SHA-256 yang disahkan", max_length=64, db_comment="SHA-256 berkas yang dibaca")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Yang mengesahkan")
    penugasan = models.ForeignKey(
        "akun.Penugasan", models.PROTECT, related_name="+", db_comment="Penugasan saat mengesahkan"
    )
    pada = models.DateTimeField("disahkan", default=timezone.now, db_comment="Waktu disahkan")
    jabatan = models.CharField("jabatan", max_length=200, db_comment="Jabatan saat mengesahkan")
    nama = models.CharField("nama", max_length=120, db_comment="Nama saat mengesahkan")
    nip = models.CharField("NIP", max_length=18, blank=True, db_comment="NIP saat mengesahkan, bila ada")

    class Meta:
        verbose_name = verbose_name_plural = "pengesahan laporan"
        db_table_comment = "Pengesahan laporan final; hanya bertambah, berkasnya dibuat sesudahnya"
        indexes = [models.Index(fields=["sha256"], name="pengesahan_sha256")]
        constraints = [
            models.CheckConstraint(
                name="pengesahan_ready_has_file", condition=~Q(status="siap") | (~Q(sha256="") & ~Q(berkas=""))
            ),
            models.CheckConstraint(name="pengesahan_percent", condition=Q(persen__lte=100)),
        ]

    def __str__(self):
        return f"Pengesahan {self.laporan_id}"
