"""The guidance log."""

import uuid
from functools import cache

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone

from apps.akun.roles import reach
from apps.dasar.prepared import Insert
from apps.klien.models.clients import Klien
from apps.klien.models.officers import guided_by
from apps.klien.models.terms import CaraBertemu
from apps.wilayah.constraints import SameOffice
from apps.wilayah.ledger import Corrected, Ledger
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office


class Bidang(models.TextChoices):
    """Fields of guidance (PP 31/1999)."""

    KEPRIBADIAN = "kepribadian", "Kepribadian"
    KEMANDIRIAN = "kemandirian", "Kemandirian"
    KEMASYARAKATAN = "kemasyarakatan", "Kemasyarakatan"


def counted_sql(record: str, *, offices: str = "") -> str:
    """SQL that is true for a contact that counts: no correction replaced it, and it is no withdrawal itself.

    `record` is its table or alias. `CatatanQuerySet.counted` and every raw SQL statement take the rule from here. With
    `offices` (ids as an SQL array) the corrections of these offices are read once. Statements that go through clients
    one by one need it: PostgreSQL would otherwise read all contacts of each client (`bench/dasbor_masa_lalu.py`).
    IS NOT NULL changes no result, but tells the planner that corrections are few (`bench/dasbor_kanwil.py`).
    """
    corrections = "FROM klien_catatanbimbingan correction WHERE correction.koreksi_dari_id IS NOT NULL AND"
    if offices:
        of_offices = f"SELECT correction.koreksi_dari_id {corrections} correction.bapas_id = ANY({offices})"
        return f"(NOT {record}.dibatalkan AND {record}.id NOT IN ({of_offices}))"
    same = f"(correction.bapas_id, correction.koreksi_dari_id) = ({record}.bapas_id, {record}.id)"
    return f"(NOT {record}.dibatalkan AND NOT EXISTS (SELECT {corrections} {same}))"


class Counted(models.Func):
    """`counted_sql` as an ORM condition, on the table of the given column `dibatalkan`."""

    output_field = models.BooleanField()

    def as_sql(self, compiler, connection, **context):
        column, params = compiler.compile(self.source_expressions[0])
        return counted_sql(column.rpartition(".")[0]), params


class CatatanQuerySet(Corrected, ScopedQuerySet):
    replaces = "koreksi_dari"

    def counted(self):
        """Contacts that count: neither replaced by a correction nor withdrawn."""
        return self.filter(Counted("dibatalkan"))

    def readable_by(self, user):
        """Records whose prose `user` may read."""
        return self.visible_to(user).filter(may_read_prose(user))

    def for_timeline(self, user):
        """Records newest first, each with author and reason of its correction; `terbaca`: `user` may read the prose."""
        successor = self.corrections()
        return (
            self.visible_to(user)
            .filter(dibatalkan=False)
            .select_related("pk_pencatat")
            .annotate(
                terbaca=ExpressionWrapper(may_read_prose(user), models.BooleanField()),
                diganti_oleh=models.Subquery(successor.values("pk_pencatat__nama")),
                diganti_karena=models.Subquery(successor.values("alasan_koreksi")),
                diganti_kosong=models.Subquery(successor.values("dibatalkan")),
            )
            .order_by("-tanggal", "-pk")
        )

    def insert_once(self, record) -> bool:
        """Store `record` unless its key is known: one INSERT … ON CONFLICT DO NOTHING. True when it is new.

        `bulk_create(ignore_conflicts=True)` would not say which of the two happened. Other forms use
        `dasar.once.stored_once`; its savepoint would cost the busiest page two more statements.
        """
        return _insert()(record)


@cache
def _insert() -> Insert:
    return Insert(CatatanBimbingan)


def may_read_prose(user) -> Q:
    """A PK reads the prose about own clients, also as a deputy, and in own records; the head all of it."""
    match reach(user, "bimbingan.baca"):
        case "":
            return Q(pk=None)
        case "sendiri":
            return guided_by(user, path="klien") | Q(pk_pencatat=user.pk)
    return Q(pk__isnull=False)


class CatatanBimbingan(Ledger, ScopedModel):
    """One contact. It is never overwritten: a correction is a new row that points at the row it replaces."""

    Cara = CaraBertemu

    class Alasan(models.TextChoices):
        SAKIT = "sakit", "Sakit"
        BEKERJA = "bekerja", "Bekerja"
        KONTAK = "kontak", "Belum dapat dihubungi"
        LAIN = "lain", "Alasan lain"

    class Topik(models.TextChoices):
        PEKERJAAN = "pekerjaan", "Pekerjaan"
        KELUARGA = "keluarga", "Keluarga"
        KESEHATAN = "kesehatan", "Kesehatan"
        TINGGAL = "tempat-tinggal", "Tempat tinggal"
        IBADAH = "ibadah", "Ibadah"
        KETERAMPILAN = "keterampilan", "Keterampilan"

    kunci = models.UUIDField(
        default=uuid.uuid4, editable=False, db_comment="Kunci yang dibuat perangkat saat menyimpan"
    )
    klien = models.ForeignKey(
        Klien, models.PROTECT, related_name="bimbingan", db_constraint=False, db_index=False, db_comment="Klien"
    )
    pk_pencatat = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False,
        verbose_name="dicatat oleh", db_comment="Pembimbing Kemasyarakatan yang mencatat",
    )  # fmt: skip
    tanggal = models.DateField("tanggal bimbingan", db_comment="Tanggal pertemuan")
    cara = models.CharField("cara bertemu", max_length=10, choices=Cara, db_comment="Cara bertemu")
    bidang = models.CharField(
        "bidang", max_length=15, choices=Bidang, default=Bidang.KEPRIBADIAN, db_comment="Bidang bimbingan"
    )
    hadir = models.BooleanField("klien hadir", db_comment="Klien hadir")
    alasan = models.CharField(
        "alasan tidak hadir", max_length=8, choices=Alasan, blank=True, db_comment="Alasan tidak hadir"
    )
    tindak_lanjut = models.CharField(
        "tindak lanjut", max_length=200, blank=True, db_comment="Langkah setelah tidak hadir"
    )
    topik = ArrayField(
        models.CharField(max_length=15, choices=Topik), default=list, blank=True,
        verbose_name="dibahas", db_comment="Hal yang dibahas",
    )  # fmt: skip
    kondisi = models.CharField("kondisi", max_length=300, blank=True, db_comment="Kondisi klien")
    pekerjaan = models.CharField("kegiatan/pekerjaan", max_length=300, blank=True, db_comment="Kegiatan atau pekerjaan")
    lingkungan = models.CharField("lingkungan sosial", max_length=300, blank=True, db_comment="Lingkungan sosial")
    kendala = models.CharField("kendala", max_length=300, blank=True, db_comment="Kendala")
    rencana = models.CharField("rencana", max_length=300, blank=True, db_comment="Rencana")
    catatan = models.CharField("catatan singkat", max_length=500, blank=True, db_comment="Inti pembicaraan")
    berikutnya = models.DateField(
        "pertemuan berikutnya", null=True, blank=True, db_comment="Rencana pertemuan berikutnya"
    )
    koreksi_dari = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="koreksi",
        db_constraint=False, db_index=False, db_comment="Catatan yang diganti oleh baris ini",
    )  # fmt: skip
    alasan_koreksi = models.CharField("alasan perbaikan", max_length=200, blank=True, db_comment="Alasan perbaikan")
    dibatalkan = models.BooleanField(
        default=False, editable=False, db_comment="Koreksi ini membatalkan catatan yang diganti"
    )
    dibuat_pada = models.DateTimeField(
        "dibuat di perangkat", default=timezone.now, db_comment="Waktu simpan di perangkat"
    )
    diterima_pada = models.DateTimeField(
        "diterima", default=timezone.now, editable=False, db_comment="Waktu diterima server"
    )

    objects = CatatanQuerySet.as_manager()

    terbaca: bool
    diganti_oleh: str | None
    diganti_karena: str | None
    diganti_kosong: bool | None
    """Annotations of `for_timeline`."""

    class Meta:
        verbose_name = verbose_name_plural = "catatan bimbingan"
        db_table_comment = "Catatan bimbingan; hanya bertambah"
        indexes = [
            models.Index(fields=["bapas", "klien", "-tanggal"], name="bimbingan_klien"),
            models.Index(
                fields=["bapas", "tanggal"],
                include=["hadir", "klien", "id"],
                name="bimbingan_bulan",
                condition=Q(dibatalkan=False),
            ),
        ]
        constraints = [
            own_office("bimbingan"),
            SameOffice("klien", name="bimbingan_klien_same_office"),
            SameOffice("koreksi_dari", name="bimbingan_correction_same_office"),
            models.UniqueConstraint("bapas", "kunci", name="bimbingan_key_once"),
            models.UniqueConstraint(
                fields=["bapas", "koreksi_dari"], condition=Q(koreksi_dari__isnull=False),
                name="bimbingan_corrected_once", violation_error_message="Catatan ini sudah diperbaiki.",
            ),
            models.CheckConstraint(
                name="bimbingan_absence_has_reason",
                condition=Q(hadir=True, alasan="") | Q(hadir=False) & ~Q(alasan="") | Q(dibatalkan=True),
                violation_error_message="Pilih alasan tidak hadir.",
            ),
            models.CheckConstraint(
                name="bimbingan_correction_has_reason",
                condition=Q(koreksi_dari=None, alasan_koreksi="", dibatalkan=False)
                | Q(koreksi_dari__isnull=False) & ~Q(alasan_koreksi=""),
                violation_error_message="Isi alasan perbaikan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Bimbingan {self.pk} {self.tanggal}"

    def validate_constraints(self, exclude=None):
        """Left to PostgreSQL. The forms check the same rules already, and composing the queries again would slow the
        busiest request of the portal (`bench/bimbingan_post.py`)."""

    @property
    def topik_label(self) -> list[str]:
        return [self.Topik(topik).label for topik in self.topik]

    @property
    def prompts(self) -> list[tuple[str, str]]:
        """The five prompts of a guidance log with their answers."""
        return [
            ("Kondisi", self.kondisi),
            ("Kegiatan/pekerjaan", self.pekerjaan),
            ("Lingkungan sosial", self.lingkungan),
            ("Kendala", self.kendala),
            ("Rencana", self.rencana),
        ]
