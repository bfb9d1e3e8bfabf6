"""What the Beranda says about clients: who is overdue, who is due today, what is still missing."""

from datetime import timedelta

from django.db.models import Count, F, Window
from django.urls import reverse

from apps.akun.roles import Peran
from apps.akun.worklist import SHOWN, TaskGroup, TaskRow
from apps.klien.calendar import today
from apps.klien.models import JadwalLapor, Kebutuhan, Klien, MasaBimbingan

SOON = timedelta(days=30)
"""How early the end of a term of guidance (HMB) is announced."""


def groups(user) -> list[TaskGroup]:
    """Groups of the roles that work with clients; nothing for others."""
    match user.penugasan.peran if user.penugasan else None:
        case Peran.PK:
            return [_overdue(user), _due_today(user), _pressing_needs(user)]
        case Peran.OPERATOR:
            return [_without_nik(user), _ending(user)]
        case Peran.KABAPAS:
            return [_absent(user), _ending(user)]
    return []


def _overdue(user) -> TaskGroup:
    day = today(user)
    rows = _own(user).filter(jadwal__berikutnya__lt=day).order_by("jadwal__berikutnya", "pk")
    address = _list("tindakan", terlewat="on")
    return _group("Bimbingan terlewat", "Tidak ada bimbingan yang terlewat.", rows, _guidance_row, address, day=day)


def _due_today(user) -> TaskGroup:
    day = today(user)
    rows = _own(user).filter(jadwal__berikutnya=day).order_by("nama", "pk")
    return _group(
        "Bimbingan hari ini", "Semua bimbingan hari ini sudah dicatat.", rows, _guidance_row, _list("tindakan"), day=day
    )


def _pressing_needs(user) -> TaskGroup:
    rows = (
        Kebutuhan.objects.visible_to(user)
        .filter(status=Kebutuhan.Status.TERBUKA, mendesak=Kebutuhan.Mendesak.SEKARANG)
        .filter(klien__pk_pembimbing=user, klien__status=Klien.Status.AKTIF)
        .select_related("klien", "kategori")
        .order_by("dicatat_pada", "pk")
    )
    return _group("Kebutuhan mendesak yang terbuka", "Tidak ada kebutuhan mendesak yang terbuka.", rows, _need_row)


def _without_nik(user) -> TaskGroup:
    rows = Klien.objects.visible_to(user).active().filter(orang__nik_hmac=None).order_by("-diregistrasi", "-pk")
    return _group("Klien aktif tanpa NIK", "Semua klien aktif sudah punya NIK.", rows, _identity_row)


def _ending(user) -> TaskGroup:
    day = today(user)
    rows = (
        MasaBimbingan.objects.visible_to(user)
        .filter(selesai__range=(day, day + SOON), klien__status=Klien.Status.AKTIF)
        .select_related("klien", "jenis_program")
        .order_by("selesai", "pk")
    )
    return _group("Masa bimbingan habis ≤ 30 hari", "Tidak ada masa bimbingan yang akan habis.", rows, _ending_row)


def _absent(user) -> TaskGroup:
    rows = (
        Klien.objects.visible_to(user)
        .active()
        .filter(jadwal__absen_beruntun__gte=JadwalLapor.ABSENCES_THAT_COUNT)
        .select_related("jadwal", "pk_pembimbing")
        .order_by("-jadwal__absen_beruntun", "pk")
    )
    return _group(
        "Tidak hadir 3 kali berturut-turut",
        "Tidak ada klien yang 3 kali berturut-turut tidak hadir.",
        rows,
        _absence_row,
    )


def _own(user):
    return Klien.objects.visible_to(user).active().filter(pk_pembimbing=user).select_related("jadwal")


def _group(title, empty, rows, as_row, all_url="", **facts) -> TaskGroup:
    """One question to the database: the first rows, each knowing how many there are."""
    shown = list(rows.annotate(banyak=Window(Count(F("pk"))))[:SHOWN])
    total = shown[0].banyak if shown else 0
    return TaskGroup(
        title=title, empty=empty, rows=[as_row(row, **facts) for row in shown], total=total,
        all_url=all_url if total > SHOWN else "",
    )  # fmt: skip


def _guidance_row(klien, day) -> TaskRow:
    late = klien.jadwal.hari_terlewat(day)
    return TaskRow(
        what="Bimbingan", about=_who(klien), due=klien.jadwal.berikutnya, action="Catat bimbingan",
        url=f"{reverse('klien:guidance_new')}?klien={klien.pk}", note=f"Terlewat {late} hari" if late else "",
    )  # fmt: skip


def _need_row(need) -> TaskRow:
    return TaskRow(
        what=str(need.kategori), about=_who(need.klien), action="Lihat kebutuhan",
        url=reverse("klien:client_needs", args=[need.klien_id]), note=need.uraian,
    )  # fmt: skip


def _identity_row(klien) -> TaskRow:
    return TaskRow(
        what="NIK belum diisi", about=_who(klien), action="Lengkapi data", url=reverse("klien:edit", args=[klien.pk]),
    )  # fmt: skip


def _ending_row(masa) -> TaskRow:
    return TaskRow(
        what=str(masa.jenis_program), about=_who(masa.klien), due=masa.selesai, action="Buka berkas",
        url=reverse("klien:detail", args=[masa.klien_id]),
    )  # fmt: skip


def _absence_row(klien) -> TaskRow:
    return TaskRow(
        what=f"PK {klien.pk_pembimbing.nama}", about=_who(klien), action="Buka berkas",
        url=reverse("klien:detail", args=[klien.pk]), note=f"{klien.jadwal.absen_beruntun} kali tidak hadir",
    )  # fmt: skip


def _who(klien) -> str:
    """The name first: it is what a person looks for in a list."""
    return f"{klien.nama}, {klien.kode}"


def _list(tab: str, **filters) -> str:
    return reverse("klien:list", query={"tab": tab, **filters})
