"""People and their assignments (penugasan). There is no superuser and no group: a role comes with a unit and dates."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from apps.akun.roles import Peran, reach, roles_with
from apps.wilayah.days import today_at, today_in
from apps.wilayah.models import Bapas, KabKota, Kanwil, Mitra, Zona
from apps.wilayah.scope import Scope, scope_of

BAPAS_ROLES = [Peran.PK, Peran.OPERATOR, Peran.PERENCANA, Peran.KABAPAS]
MITRA_ROLES = [Peran.PENGELOLA_GRIYA, Peran.KOORDINATOR_POKMAS, Peran.MITRA]
KANWIL_ROLES = [Peran.KANWIL]
NASIONAL_ROLES = [Peran.DITJENPAS, Peran.ADMIN, Peran.AUDITOR]
MANAGE = "pengguna.kelola"
ABSENT_AFTER = dt.timedelta(days=90)
UNITS = ("bapas", "kanwil", "mitra__kabkota__provinsi")
"""Relations from which an assignment reads its unit and its time zone."""


class PenggunaQuerySet(models.QuerySet):
    def with_duty(self):
        """Users with the active assignment and its unit, in one query."""
        return self.select_related(*(f"penugasan_aktif__{unit}" for unit in UNITS))

    def managed_by(self, user):
        """People who hold, or held, an assignment that `user` administers."""
        duties = Penugasan.objects.managed_by(user).filter(pengguna=OuterRef("pk"))
        return self.filter(Exists(duties))

    def for_list(self, user):
        """People with `tugas`: their current assignments that `user` administers."""
        duties = Penugasan.objects.current().managed_by(user).select_related("bapas", "kanwil", "mitra")
        return self.prefetch_related(Prefetch("daftar_penugasan", duties, to_attr="tugas"))


_Manager = BaseUserManager.from_queryset(PenggunaQuerySet)


class PenggunaManager(_Manager):
    def create_user(self, email, nama, password=None, **facts):
        user = self.model(email=self.normalize_email(email).lower(), nama=nama, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Pengguna(AbstractBaseUser):
    """A person who logs in. What the person may do comes from the active `Penugasan` alone."""

    class Jenjang(models.TextChoices):
        """Functional ranks of guidance officers, in the order of the ministry's daily report."""

        APK = "apk", "Asisten PK"
        PERTAMA = "pertama", "PK Ahli Pertama"
        MUDA = "muda", "PK Ahli Muda"
        MADYA = "madya", "PK Ahli Madya"

    email = models.EmailField("surel", unique=True, db_comment="Surel untuk masuk")
    nama = models.CharField("nama", max_length=120, db_comment="Nama lengkap")
    nip = models.CharField("NIP", max_length=18, blank=True, db_comment="Nomor induk pegawai, bila ada")
    jenjang = models.CharField(
        "jenjang jabatan", max_length=8, choices=Jenjang, blank=True,
        db_comment="Jenjang jabatan fungsional PK, kosong bila belum diisi atau bukan PK",
    )  # fmt: skip
    is_active = models.BooleanField("aktif", default=True, db_comment="Boleh masuk")
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, db_comment="Waktu akun dibuat")
    sesi_ke = models.PositiveIntegerField(
        "sesi ke", default=0, editable=False, db_comment="Naik satu: semua sesi sebelumnya berakhir"
    )
    penugasan_aktif = models.ForeignKey(
        "Penugasan", models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        db_comment="Penugasan yang sedang dipakai",
    )  # fmt: skip

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nama"]
    is_staff = False
    is_superuser = False

    objects = PenggunaManager()

    class Meta:
        verbose_name = verbose_name_plural = "pengguna"
        ordering = ["nama"]
        db_table_comment = "Orang yang dapat masuk ke portal"

    def __str__(self):
        return self.nama

    def get_session_auth_hash(self) -> str:
        """What a session must carry: it ends when the password changes, and when `sesi_ke` does."""
        return self._numbered(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        return map(self._numbered, super().get_session_auth_fallback_hash())

    def _numbered(self, password_hash: str) -> str:
        return f"{password_hash}:{self.sesi_ke}" if self.sesi_ke else password_hash

    @property
    def penugasan(self) -> "Penugasan | None":
        """The assignment in use, None once it is over."""
        duty = self.penugasan_aktif
        return duty if duty and duty.in_force() else None

    @property
    def invited(self) -> bool:
        """True until the person has chosen a password."""
        return not self.has_usable_password()

    @property
    def absent(self) -> bool:
        """True when nobody has logged in with this account for a long time."""
        return (self.last_login or self.dibuat_pada) < timezone.now() - ABSENT_AFTER

    @property
    def keadaan(self) -> tuple[str, str]:
        """(state of the account in words, colour of its tag)."""
        if not self.is_active:
            return "Nonaktif", "abu"
        if self.invited:
            return "Diundang", ""
        return ("Tidak masuk 90 hari", "kuning") if self.absent else ("Aktif", "hijau")

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self)

    def has_perm(self, perm, obj=None) -> bool:
        """Django's own permissions are not used."""
        return False

    def has_module_perms(self, app_label) -> bool:
        return False


class PenugasanQuerySet(models.QuerySet):
    def current(self, now: dt.datetime | None = None):
        """Assignments in force today, each on the calendar of its unit; `now`: see `today_in`."""
        zone = Coalesce(
            "bapas__zona_waktu", "kanwil__zona_waktu", "mitra__kabkota__provinsi__zona_waktu", Value(Zona.JAKARTA)
        )
        return self.alias(hari_ini=today_in(zone, now)).on(F("hari_ini")).filter(berhenti_pada=None)

    def on(self, day: dt.date | F):
        """Assignments in force on `day`, also those that ended in the course of it."""
        return self.filter(mulai__lte=day).filter(Q(selesai=None) | Q(selesai__gte=day))

    def that_may(self, verb: str):
        """Assignments whose role has `verb`."""
        return self.filter(peran__in=roles_with(verb))

    def managed_by(self, user):
        """Assignments at units within the user's reach of `pengguna.kelola`."""
        if reach(user, MANAGE) == "nasional":
            return self
        return self.filter(
            Q(bapas__in=offices_of(user)) | Q(kanwil__in=regions_of(user)) | Q(mitra__in=partners_of(user))
        )


def unit_kind(peran: str) -> str:
    """Which column of an assignment names the unit of `peran`; empty for headquarters."""
    kinds = {"bapas": BAPAS_ROLES, "mitra": MITRA_ROLES, "kanwil": KANWIL_ROLES}
    return next((kind for kind, roles in kinds.items() if peran in roles), "")


def offices_of(user):
    """Bapas whose people `user` administers."""
    match reach(user, MANAGE):
        case "nasional":
            return Bapas.objects.all()
        case "wilayah":
            return Bapas.objects.filter(kanwil=user.penugasan.kanwil_id)
        case "unit":
            return Bapas.objects.filter(pk=user.penugasan.bapas_id)
    return Bapas.objects.none()


def regions_of(user):
    """Kanwil whose people `user` administers."""
    match reach(user, MANAGE):
        case "nasional":
            return Kanwil.objects.all()
        case "wilayah":
            return Kanwil.objects.filter(pk=user.penugasan.kanwil_id)
    return Kanwil.objects.none()


def partners_of(user):
    """Partners seated in the working area of the unit that `user` administers."""
    match reach(user, MANAGE):
        case "nasional":
            return Mitra.objects.all()
        case "wilayah":
            return Mitra.objects.filter(kabkota__provinsi__kanwil=user.penugasan.kanwil_id)
        case "unit":
            office = user.penugasan.bapas
            area = KabKota.objects.filter(Q(bapas=office) | Q(pk=office.kota_id))
            return Mitra.objects.filter(kabkota__in=area)
    return Mitra.objects.none()


class Penugasan(models.Model):
    """Role + unit + dates. A person may hold several; one is active.

    `selesai` is the last day. An assignment that was stopped in the course of its last day also has `berhenti_pada`:
    from then on it gives nothing, and figures of that day still count it.
    """

    pengguna = models.ForeignKey(Pengguna, models.CASCADE, related_name="daftar_penugasan", db_comment="Pemegang tugas")
    peran = models.CharField("peran", max_length=20, choices=Peran, db_comment="Peran")
    bapas = models.ForeignKey(Bapas, models.PROTECT, null=True, blank=True, related_name="+", db_comment="Unit: Bapas")
    kanwil = models.ForeignKey(
        Kanwil, models.PROTECT, null=True, blank=True, related_name="+", db_comment="Unit: Kanwil"
    )
    mitra = models.ForeignKey(
        Mitra, models.PROTECT, null=True, blank=True, related_name="+",
        db_comment="Unit: mitra (Pokmas, Griya, Pemda, perusahaan)",
    )  # fmt: skip
    mulai = models.DateField("mulai", default=timezone.localdate, db_comment="Hari pertama")
    selesai = models.DateField("selesai", null=True, blank=True, db_comment="Hari terakhir, kosong bila berlanjut")
    berhenti_pada = models.DateTimeField(
        "berhenti", null=True, blank=True, db_comment="Diakhiri seketika, sebelum hari terakhir habis"
    )
    diberi_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+", db_comment="Pemberi tugas"
    )

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "penugasan"
        ordering = ["-mulai", "-id"]
        db_table_comment = "Peran seseorang pada satu unit"
        constraints = [
            models.CheckConstraint(
                name="penugasan_unit_fits_role",
                condition=(
                    Q(peran__in=BAPAS_ROLES, bapas__isnull=False, kanwil=None, mitra=None)
                    | Q(peran__in=MITRA_ROLES, mitra__isnull=False, bapas=None, kanwil=None)
                    | Q(peran__in=KANWIL_ROLES, kanwil__isnull=False, bapas=None, mitra=None)
                    | Q(peran__in=NASIONAL_ROLES, bapas=None, kanwil=None, mitra=None)
                ),
                violation_error_message="Unit tidak sesuai dengan peran.",
            ),
            models.CheckConstraint(
                name="penugasan_ends_after_start",
                condition=Q(selesai=None) | Q(selesai__gte=F("mulai")),
                violation_error_message="Tanggal selesai harus setelah tanggal mulai.",
            ),
            models.CheckConstraint(
                name="penugasan_stopped_has_last_day",
                condition=Q(berhenti_pada=None) | Q(selesai__isnull=False),
                violation_error_message="Penugasan yang berhenti harus mempunyai hari terakhir.",
            ),
        ]

    def __str__(self):
        return f"{self.get_peran_display()}, {self.unit_nama}"

    def in_force(self) -> bool:
        if self.berhenti_pada:
            return False
        return self.mulai <= self.hari_ini and (self.selesai is None or self.hari_ini <= self.selesai)

    @property
    def unit(self):
        return self.bapas or self.kanwil or self.mitra

    @property
    def unit_nama(self) -> str:
        return str(self.unit) if self.unit else "Ditjenpas"

    @property
    def zona_waktu(self) -> str:
        """IANA zone of the unit; headquarters use Jakarta time."""
        return self.unit.zona_waktu if self.unit else Zona.JAKARTA

    @property
    def hari_ini(self) -> dt.date:
        """Today on the calendar of the unit."""
        return today_at(self)

    @property
    def reads_no_cases(self) -> bool:
        """Admins manage accounts and lists; no row of a case is in their jurisdiction."""
        return self.peran == Peran.ADMIN
