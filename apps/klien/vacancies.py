"""Rows of the Beranda about who guides: clients without a PK on duty, duties that end soon, deputies of today."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from apps.akun.models import Penugasan
from apps.akun.roles import Peran
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency
from apps.klien.models import Klien, Pengganti
from apps.wilayah.days import today

SOON = timedelta(days=30)
"""The end of a PK's duty is announced this early (own rule)."""


def groups(user) -> list[TaskGroup]:
    """Only groups that hold something."""
    match user.penugasan.peran:
        case Peran.PK:
            found = [_standing_in(user)]
        case Peran.KABAPAS:
            found = [_vacant(user, Urgency.DECIDE), _leaving(user), _deputies(user)]
        case Peran.OPERATOR:
            found = [_vacant(user, Urgency.OVERDUE), _deputies(user)]
        case _:
            found = []
    return [group for group in found if group.rows]


def _vacant(user, urgency: Urgency) -> TaskGroup:
    rows = _by_officer(user, now=timezone.now())
    return TaskGroup(
        "Klien tanpa PK yang bertugas",
        [
            TaskRow(
                what=f"{row['banyak']} klien", about=f"PK {row['pk_pembimbing__nama']}", action="Alihkan",
                url=reverse("klien:assign", query={"dari": row["pk_pembimbing"]}), note="Tidak bertugas lagi di sini.",
            )
            for row in rows
        ],
        total=sum(row["banyak"] for row in rows),
        all_url=reverse("klien:list", query={"tab": "semua", "tanpa_pk": "on"}), urgency=urgency, unit="klien",
        remark="Sampai dialihkan, Kepala Bapas yang bertanggung jawab.",
    )  # fmt: skip


@prepared
def _by_officer(user, now):
    rows = Klien.objects.visible_to(user).without_officer(now).order_by().values("pk_pembimbing", "pk_pembimbing__nama")
    return rows.annotate(banyak=Count("pk")).order_by("-banyak", "pk_pembimbing")


def _leaving(user) -> TaskGroup:
    day = today(user)
    rows = _ending_duties(user, first=day, last=day + SOON)
    return TaskGroup(
        "Penugasan PK habis ≤ 30 hari",
        [
            TaskRow(
                what=f"{row.beban} klien", about=f"PK {row.pengguna.nama}", due=row.selesai, action="Alihkan klien",
                url=reverse("klien:assign", query={"dari": row.pengguna_id}),
            )
            for row in rows
        ],
        total=len(rows), urgency=Urgency.WEEK,
    )  # fmt: skip


@prepared
def _ending_duties(user, first, last):
    """Duties of PKs with clients that end from `first` to `last`, and no other duty goes on."""
    pks = Penugasan.objects.filter(peran=Peran.PK, bapas=user.penugasan.bapas_id, berhenti_pada=None)
    further = pks.filter(Q(selesai=None) | Q(selesai__gt=last), pengguna=OuterRef("pengguna"), mulai__lte=last)
    clients = Klien.objects.visible_to(user).active().filter(pk_pembimbing=OuterRef("pengguna")).order_by()
    count = clients.values("pk_pembimbing").annotate(n=Count("pk")).values("n")
    rows = pks.filter(~Exists(further), selesai__range=(first, last), pengguna__is_active=True)
    rows = rows.annotate(beban=Coalesce(Subquery(count), 0)).filter(beban__gt=0)
    return rows.select_related("pengguna").order_by("selesai", "pk")


def _standing_in(user) -> TaskGroup:
    rows = _own_absent(user)
    return TaskGroup(
        "Anda menggantikan",
        [
            TaskRow(
                what=row.digantikan.nama, about=row.alasan, due=row.selesai, action="Lihat kliennya",
                url=reverse("klien:list", query={"lingkup": "kantor", "pk": row.digantikan_id}),
                note="Kliennya ikut tampil dalam daftar Anda.",
            )
            for row in rows
        ],
        total=len(rows), urgency=Urgency.WAITING,
    )  # fmt: skip


@prepared
def _own_absent(user):
    return Pengganti.objects.visible_to(user).running().filter(pengganti=user.pk).for_list()


def _deputies(user) -> TaskGroup:
    rows = _running(user)
    return TaskGroup(
        "PK yang sedang digantikan",
        [
            TaskRow(
                what=f"Pengganti: {row.pengganti.nama}", about=f"PK {row.digantikan.nama}", due=row.selesai,
                action="Lihat pengganti", url=reverse("klien:deputies"), note=f"Sejak {tanggal(row.mulai)}",
            )
            for row in rows
        ],
        total=len(rows), all_url=reverse("klien:deputies"), urgency=Urgency.WEEK,
    )  # fmt: skip


@prepared
def _running(user):
    return Pengganti.objects.visible_to(user).running().for_list()
