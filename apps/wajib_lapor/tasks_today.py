"""Rows of the Beranda about the duty to report: overdue, absent in a row, due today, due this week."""

from datetime import timedelta
from functools import partial

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from apps.acuan.calendar import is_weekend
from apps.akun.roles import Peran, may
from apps.dasar.prepared import prepared
from apps.dasar.wording import hari_tanggal
from apps.dasar.worklist import UNDOABLE, DoneRow, Progress, TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.services import UNDO_MINUTES
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wilayah.days import today

ENOUGH = JadwalLapor.ABSENCES_THAT_COUNT
LAW = (
    "1 kali: hubungi klien. 2 kali: surat panggilan atau kunjungan. 3 kali berturut-turut: dasar usul pencabutan "
    "(UU 22/2022 dan Permenkumham tentang pembebasan dan cuti bersyarat). Keputusan tetap diambil petugas."
)

STEPS = {1: "Hubungi klien", 2: "Kirim surat panggilan atau kunjungi"}
"""Absences in a row → next step. From the third on, the room (app) `perjalanan` lists clients without an open case."""


def groups(user) -> list[TaskGroup]:
    """A PK's own clients; for the head of the office only clients whose absences are a ground for revocation."""
    match user.penugasan.peran if user.penugasan else None:
        case Peran.PK:
            return [_overdue(user), _absent(user), _due_today(user), _this_week(user)]
        case Peran.KABAPAS:
            return [_often_absent(user)]
    return []


def progress(user) -> Progress | None:
    """Clients whom the PK met, or noted as absent, today; of these and those who are still expected today."""
    if not user.penugasan or user.penugasan.peran != Peran.PK:
        return None
    (counts,) = _today_counts(user, day=today(user)) or [{"met": 0, "left": 0}]
    return Progress(counts["met"], counts["met"] + counts["left"], "bimbingan")


@prepared
def _today_counts(user, day):
    met = CatatanBimbingan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"), tanggal=day).counted()
    rows = _own(user).annotate(bertemu=Exists(met)).filter(Q(bertemu=True) | Q(jadwal__berikutnya=day))
    rows = rows.order_by().values("bapas")
    return rows.annotate(met=Count("pk", Q(bertemu=True)), left=Count("pk", Q(bertemu=False)))


def done(user) -> list[DoneRow]:
    """Schedules that the user set a moment ago and may still undo; who sets none is not asked."""
    if not may(user, "jadwal.atur"):
        return []
    return [_done_row(act) for act in _acts(user, since=timezone.now() - timedelta(minutes=UNDO_MINUTES))]


@prepared
def _acts(user, since):
    """What the user did with schedules since a moment and did not undo, the newest first."""
    acts = PerubahanJadwal.objects.visible_to(user).filter(oleh=user.pk)
    undone = acts.filter(mengurungkan=OuterRef("kunci"))
    rows = acts.filter(pada__gte=since, mengurungkan=None).exclude(Exists(undone)).values("kunci")
    rows = rows.annotate(
        n=Count("pk"), client=Min("klien"), who=Min("klien__nama"), day=Min("berikutnya"), at=Max("pada")
    )
    return rows.order_by("-at")[:UNDOABLE]


@first_rows
def _late_clients(user, day):
    return _own(user).filter(jadwal__berikutnya__lt=day).order_by("jadwal__berikutnya", "pk")


@first_rows
def _absent_clients(user):
    return _own(user).filter(jadwal__absen_beruntun__in=STEPS).order_by("-jadwal__absen_beruntun", "nama_urut", "pk")


@first_rows
def _clients_of_day(user, day):
    return _own(user).filter(jadwal__berikutnya=day).order_by("jadwal__jam", "nama_urut", "pk")


@first_rows
def _clients_until(user, day, end):
    """Clients expected after `day`, until and including `end`."""
    rows = _own(user).filter(jadwal__berikutnya__gt=day, jadwal__berikutnya__lte=end)
    return rows.order_by("jadwal__berikutnya", "jadwal__jam", "nama_urut", "pk")


@first_rows
def _often_absent_clients(user):
    rows = Klien.objects.visible_to(user).active().select_related("jadwal", "pk_pembimbing")
    return rows.filter(jadwal__absen_beruntun__gte=ENOUGH).order_by("-jadwal__absen_beruntun", "pk")


def _own(user):
    return Klien.objects.visible_to(user).active().of_officer(user).select_related("jadwal")


def _overdue(user) -> TaskGroup:
    day = today(user)
    return group_of(
        "Bimbingan terlewat", _late_clients(user, day=day),
        partial(_due_row, day=day), reverse("klien:list", query={"tab": "tindakan", "terlewat": "on"}), Urgency.OVERDUE,
    )  # fmt: skip


def _absent(user) -> TaskGroup:
    return group_of(
        "Tidak hadir, perlu ditindaklanjuti",
        _absent_clients(user), _absence_row, reverse("klien:list", query={"tab": "semua", "absen": "on"}),
        Urgency.OVERDUE, LAW,
    )  # fmt: skip


def _due_today(user) -> TaskGroup:
    day = today(user)
    return group_of(
        "Bimbingan hari ini", _clients_of_day(user, day=day),
        partial(_due_row, day=day), reverse("wajib_lapor:agenda"), Urgency.TODAY,
    )  # fmt: skip


def _this_week(user) -> TaskGroup:
    """The rest of the week; on a weekend the coming week."""
    day = today(user)
    which, sunday = ("depan", 13) if is_weekend(day) else ("ini", 6)
    end = day + timedelta(days=sunday - day.weekday())
    return group_of(
        f"Bimbingan minggu {which}",
        _clients_until(user, day=day, end=end), partial(_due_row, day=day), reverse("wajib_lapor:agenda"),
    )  # fmt: skip


def _often_absent(user) -> TaskGroup:
    return group_of(
        "Tidak hadir 3 kali berturut-turut",
        _often_absent_clients(user), _head_row, urgency=Urgency.OVERDUE, remark=LAW,
    )  # fmt: skip


def _due_row(klien, day) -> TaskRow:
    late = klien.jadwal.hari_terlewat(day)
    return TaskRow(
        what="Bimbingan", about=who(klien), due=klien.jadwal.berikutnya, action="Catat",
        url=reverse("klien:guidance_new", query={"klien": klien.pk, "dari": "beranda"}),
        note=klien.jadwal.rincian_janji, tag=f"Terlewat {late} hari" if late else "",
    )  # fmt: skip


def _absence_row(klien) -> TaskRow:
    action, url = next_act(klien)
    return TaskRow(
        what=STEPS[klien.jadwal.absen_beruntun], about=who(klien), action=action, url=url,
        tag=times(klien.jadwal.absen_beruntun),
    )  # fmt: skip


def _head_row(klien) -> TaskRow:
    return TaskRow(
        what=f"PK {klien.pk_pembimbing.nama}", about=who(klien), action="Buka berkas",
        url=reverse("klien:detail", args=[klien.pk]), tag=times(klien.jadwal.absen_beruntun),
    )  # fmt: skip


def _done_row(act) -> DoneRow:
    one = act["n"] == 1
    return DoneRow(
        what=f"Jadwal tersimpan: {'' if one else 'mulai '}{hari_tanggal(act['day'])}",
        about=act["who"] if one else f"{act['n']} klien dijadwalkan",
        url=reverse("klien:detail", args=[act["client"]]) if one else reverse("wajib_lapor:agenda"),
        undo=reverse("wajib_lapor:undo", args=[act["kunci"]]),
    )  # fmt: skip


def next_act(klien) -> tuple[str, str]:
    """(button, address) of the next step after the first or second absence in a row."""
    if klien.jadwal.absen_beruntun == 1:
        return "Hubungi", reverse("wajib_lapor:reminder", args=[klien.pk])
    return "Atur jadwal", reverse("wajib_lapor:client", args=[klien.pk], query={"dari": "beranda"})


def times(absences: int) -> str:
    return f"{absences} kali tidak hadir"


def who(klien) -> str:
    """Name, then code: people look for the name in a list."""
    return f"{klien.nama}, {klien.kode}"
