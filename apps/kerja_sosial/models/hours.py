"""The ledger (append-only table) of hours, confirmations by the supervisor, and days without work."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from apps.kerja_sosial.models.halves import in_halves
from apps.kerja_sosial.models.places import TempatKerjaSosial
from apps.kerja_sosial.models.sentence import KerjaSosial
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Corrected, Ledger
from apps.wilayah.models import Recorded, ScopedModel, ScopedQuerySet, SharedModel, SharedQuerySet, filled, own_office


class JamQuerySet(Corrected, SharedQuerySet):
    replaces = "menggantikan"

    def counted(self):
        """Entries that count: not replaced by a correction, and not a correction that only cancels."""
        return self.uncorrected().filter(jam__gt=0)

    def waiting(self):
        """Entries that count and that no supervisor has confirmed."""
        return self.counted().filter(pengesahan=None)

    def for_ledger(self):
        """Every entry with who wrote it, who confirmed it and whether it was replaced, in order of time."""
        rows = self.select_related("pengesahan", "dicatat_oleh", "tempat").annotate(diganti=Exists(self.corrections()))
        return rows.order_by("tanggal", "mulai", "pk")


class JamKerja(Recorded, Ledger, SharedModel):
    """One stretch of work on one day. Never changed: a correction is a new entry that replaces an old one."""

    kerja_sosial = models.ForeignKey(
        KerjaSosial, models.PROTECT, related_name="jam", db_constraint=False, db_index=False, editable=False,
        db_comment="Kerja sosial",
    )  # fmt: skip
    tempat = models.ForeignKey(
        TempatKerjaSosial, models.PROTECT, related_name="+", db_constraint=False, db_index=False, editable=False,
        db_comment="Tempat pada hari itu",
    )  # fmt: skip
    kunci = models.UUIDField(editable=False, db_comment="Kunci formulir: kirim dua kali tetap satu baris")
    tanggal = models.DateField("tanggal", db_comment="Tanggal kerja")
    mulai = models.TimeField("jam mulai", db_comment="Jam mulai, waktu setempat")
    selesai = models.TimeField("jam selesai", db_comment="Jam selesai, waktu setempat")
    jam = models.DecimalField(
        "jam", max_digits=3, decimal_places=1, editable=False,
        db_comment="Jam yang dihitung, tanpa istirahat; 0 bila koreksi hanya membatalkan",
    )  # fmt: skip
    kegiatan = models.CharField("pekerjaan", max_length=200, db_comment="Pekerjaan yang dilakukan")
    menggantikan = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="pengganti", db_constraint=False,
        db_index=False, db_comment="Baris yang diganti oleh koreksi ini",
    )  # fmt: skip
    alasan = models.CharField("alasan koreksi", max_length=200, blank=True, db_comment="Alasan koreksi")

    objects = JamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "jam kerja sosial"
        db_table_comment = "Buku jam kerja sosial; hanya bertambah"
        indexes = [models.Index(fields=["bapas", "kerja_sosial", "tanggal"], name="jam_ks_tanggal")]
        constraints = [
            own_office("jam_ks"),
            SameOffice("kerja_sosial", name="jam_ks_same_office"),
            SameOffice("tempat", name="jam_ks_tempat_same_office"),
            SameOffice("menggantikan", name="jam_ks_correction_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="jam_ks_key_once"),
            models.UniqueConstraint(
                fields=["bapas", "menggantikan"], condition=Q(menggantikan__isnull=False), name="jam_ks_corrected_once",
                violation_error_message="Jam ini sudah dikoreksi.",
            ),
            models.CheckConstraint(name="jam_ks_ends_after_start", condition=Q(selesai__gt=F("mulai"))),
            models.CheckConstraint(
                name="jam_ks_in_halves", condition=Q(jam__gte=0, jam__lte=24) & Q(in_halves("jam")),
            ),
            models.CheckConstraint(
                name="jam_ks_correction_has_reason",
                condition=Q(menggantikan=None, alasan="", jam__gt=0) | Q(menggantikan__isnull=False) & filled("alasan"),
                violation_error_message="Isi alasan koreksi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.tanggal} {self.jam} jam"

    @property
    def disahkan(self) -> "PengesahanJam | None":
        """The confirmation, None before there is one. Rows must come with `pengesahan`."""
        return getattr(self, "pengesahan", None)


class PengesahanJam(Ledger, SharedModel):
    """The supervisor of the place confirmed one entry. Not a certified signature: the report leaves space to sign."""

    class Cara(models.TextChoices):
        AKUN = "akun", "Akun pengawas"
        PIN = "pin", "PIN pengawas"

    jam_kerja = models.OneToOneField(
        JamKerja, models.PROTECT, related_name="pengesahan", db_constraint=False, db_comment="Jam yang disahkan"
    )
    cara = models.CharField("cara", max_length=4, choices=Cara, db_comment="Dengan akun sendiri atau PIN di HP PK")
    pengawas = models.CharField("pengawas", max_length=120, db_comment="Nama pengawas pada saat itu")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment="Pengguna yang memegang layar"
    )
    pada = models.DateTimeField("pada", default=timezone.now, db_comment="Waktu disahkan")

    class Meta:
        verbose_name = verbose_name_plural = "pengesahan jam"
        db_table_comment = "Pengesahan jam oleh pengawas tempat; hanya bertambah"
        constraints = [own_office("pengesahan_ks"), SameOffice("jam_kerja", name="pengesahan_ks_same_office")]

    def __str__(self):
        return f"{self.pengawas}, {self.get_cara_display()}"


class AbsenceQuerySet(ScopedQuerySet):
    def counted(self):
        """Days without work that count."""
        return self.without_hours().filter(dicoret_karena="")

    def without_hours(self):
        """Leaves out days with hours: hours that were written later prove that the client came."""
        worked = JamKerja.objects.counted().filter(
            bapas=OuterRef("bapas"), kerja_sosial=OuterRef("kerja_sosial"), tanggal=OuterRef("tanggal")
        )
        return self.filter(~Exists(worked))


class Ketidakhadiran(Recorded, ScopedModel):
    """A day on which the client did not come. The prosecutor has to know of one without a reason (KUHP 85)."""

    kerja_sosial = models.ForeignKey(
        KerjaSosial, models.PROTECT, related_name="ketidakhadiran", db_constraint=False, db_index=False,
        editable=False, db_comment="Kerja sosial",
    )  # fmt: skip
    tanggal = models.DateField("tanggal", db_comment="Tanggal tidak hadir")
    beralasan = models.BooleanField("ada alasan yang dapat diterima", db_comment="Ada alasan yang dapat diterima")
    uraian = models.CharField("uraian", max_length=300, db_comment="Keadaan dan tindak lanjut")
    dicoret_karena = models.CharField(
        "alasan dicoret", max_length=200, blank=True, editable=False, db_comment="Mengapa catatan ini keliru"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "ketidakhadiran kerja sosial"
        ordering = ["tanggal", "pk"]
        db_table_comment = "Hari kerja sosial yang tidak dilaksanakan"
        constraints = [
            own_office("ketidakhadiran_ks"),
            SameOffice("kerja_sosial", name="ketidakhadiran_ks_same_office"),
            models.UniqueConstraint(
                fields=["bapas", "kerja_sosial", "tanggal"], condition=Q(dicoret_karena=""),
                name="ketidakhadiran_ks_once_a_day",
                violation_error_message="Ketidakhadiran pada tanggal ini sudah dicatat.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Tidak hadir {self.tanggal}"
