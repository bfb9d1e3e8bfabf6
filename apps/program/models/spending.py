"""Money spent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.program.models.plans import RincianBiaya
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import Recorded, ScopedModel, filled, own_office


class Realisasi(Recorded, ScopedModel):
    """Money spent on a cost line. A correction is a negative entry; one person enters, another approves."""

    rincian = models.ForeignKey(
        RincianBiaya,
        models.PROTECT,
        related_name="realisasi",
        db_constraint=False,
        db_index=False,
        db_comment="Rincian biaya",
    )
    tanggal = models.DateField("tanggal", db_comment="Tanggal pengeluaran")
    jumlah = models.DecimalField(
        "jumlah (Rp)", max_digits=18, decimal_places=2, db_comment="Rupiah; negatif untuk koreksi"
    )
    bukti = models.CharField("nomor bukti", max_length=60, db_comment="Nomor bukti")
    keterangan = models.CharField("keterangan", max_length=200, blank=True, db_comment="Keterangan")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_comment="Penyetuju"
    )
    disetujui_pada = models.DateTimeField("disetujui", null=True, editable=False, db_comment="Waktu disetujui")

    class Meta:
        verbose_name = verbose_name_plural = "realisasi"
        ordering = ["tanggal", "id"]
        db_table_comment = "Realisasi anggaran"
        indexes = [models.Index(fields=["bapas", "rincian"], name="realisasi_rincian")]
        constraints = [
            own_office("realisasi"),
            SameOffice("rincian", name="realisasi_rincian_same_office"),
            models.CheckConstraint(
                name="realisasi_not_zero", condition=~Q(jumlah=0), violation_error_message="Jumlah tidak boleh nol."
            ),
            models.CheckConstraint(
                name="realisasi_correction_has_reason", condition=Q(jumlah__gt=0) | filled("keterangan"),
                violation_error_message="Isi alasan koreksi.",
            ),
            models.CheckConstraint(
                name="realisasi_approved_iff_approver",
                condition=Q(disetujui_oleh=None, disetujui_pada=None)
                | Q(disetujui_oleh__isnull=False, disetujui_pada__isnull=False),
            ),
            models.CheckConstraint(
                name="realisasi_approver_is_not_recorder", condition=~Q(disetujui_oleh=F("dicatat_oleh"))
            ),
            models.UniqueConstraint(
                "bapas", "rincian", "bukti", "jumlah", "tanggal", name="realisasi_proof_once",
                violation_error_message="Bukti ini sudah dicatat untuk rincian yang sama.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.bukti} {self.jumlah}"
