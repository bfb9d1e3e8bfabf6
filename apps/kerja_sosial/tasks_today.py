"""Community service on the Beranda: sentences behind schedule, hours to confirm, places without a PIN."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from apps.akun.roles import Peran
from apps.dasar.prepared import prepared
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.models import JamKerja, KerjaSosial, TempatKerjaSosial
from apps.klien.models import guided_by
from apps.wilayah.days import today, today_at


def groups(user) -> list[TaskGroup]:
    """An office or a place without such clients gets no group."""
    match user.penugasan.peran if user.penugasan else None:
        case Peran.PK:
            found = [_of_officer(user)]
        case Peran.KABAPAS:
            found = [_late(user)]
        case Peran.OPERATOR:
            found = [_silent_places(user)]
        case Peran.MITRA | Peran.PENGELOLA_GRIYA | Peran.KOORDINATOR_POKMAS:
            return _of_place(user)
        case _:
            return []
    return [group for group in found if group]


def _of_officer(user) -> TaskGroup | None:
    """One query; the tasks are worked out in Python."""
    day = today(user)
    running = [(ks, balance_of(ks, day)) for ks in _own_running(user)]
    tasks = [_task(ks, balance) for ks, balance in running if ks.lunas or balance.remark or balance.waiting]
    late = any(balance.late for _, balance in running)
    if not running:
        return None
    return TaskGroup(
        title="Kerja sosial yang perlu perhatian",
        rows=tasks,
        total=len(tasks),
        all_url=f"{reverse('kerja_sosial:list')}?status=berjalan",
        urgency=Urgency.OVERDUE if late else Urgency.WEEK,
    )


@prepared
def _own_running(user):
    rows = KerjaSosial.objects.visible_to(user).running().filter(guided_by(user, path="klien"))
    return rows.select_related("klien").order_by("batas", "pk")


@first_rows
def _overdue(user, day):
    rows = KerjaSosial.objects.visible_to(user).running().filter(batas__lt=day, jam_tercatat__lt=F("total_jam"))
    return rows.for_list().order_by("batas", "pk")


@first_rows
def _places_without_pin(user):
    running = KerjaSosial.objects.running().filter(bapas=OuterRef("bapas"), tempat=OuterRef("pk"))
    places = TempatKerjaSosial.objects.visible_to(user).filter(Exists(running), mitra=None, pin=None)
    return places.order_by("nama", "pk")


def _late(user) -> TaskGroup | None:
    """For the head of the office: sentences past their deadline with hours missing."""
    group = group_of(
        "Kerja sosial lewat batas waktu", _overdue(user, day=today(user)), _late_row,
        f"{reverse('kerja_sosial:list')}?status=berjalan", Urgency.OVERDUE,
    )  # fmt: skip
    return group if group.total else None


def _late_row(ks) -> TaskRow:
    return TaskRow(
        what=f"Kurang {jam(ks.total_jam - ks.jam_tercatat)}", about=f"{ks.klien.nama}, {ks.kode}", due=ks.batas,
        url=reverse("kerja_sosial:of_client", args=[ks.klien_id]), action="Buka buku jam",
        note=f"PK {ks.klien.pk_pembimbing.nama}",
    )  # fmt: skip


def _silent_places(user) -> TaskGroup | None:
    """For the operator: places with clients where nobody can confirm hours."""
    group = group_of("Tempat kerja sosial tanpa PIN pengawas", _places_without_pin(user), _silent_row)
    return group if group.total else None


def _silent_row(place) -> TaskRow:
    return TaskRow(
        what=f"Pengawas {place.pengawas}", about=place.nama, action="Atur PIN",
        url=reverse("kerja_sosial:place_pin", args=[place.pk]),
    )  # fmt: skip


def _task(ks, balance) -> TaskRow:
    name, action, what = "of_client", "Buka buku jam", balance.sentence
    if ks.lunas:
        name, action, what = "complete", "Catat selesai", "Semua jam sudah disahkan"
    elif balance.waiting and not balance.remark:
        what = f"{jam(balance.waiting)} menunggu pengesahan pengawas"
    target = ks.klien_id if name == "of_client" else ks.pk
    return TaskRow(
        what=what, about=f"{ks.klien.nama}, {ks.kode}", due=ks.batas, action=action, tag=balance.remark,
        url=reverse(f"kerja_sosial:{name}", args=[target]),
    )  # fmt: skip


def _of_place(user) -> list[TaskGroup]:
    running = list(KerjaSosial.objects.visible_to(user).running().for_place())
    if not running:
        return []
    url = reverse("kerja_sosial:my_place")
    return [_waiting(user, url), _coming(running, url)]


def _waiting(user, url) -> TaskGroup:
    rows = JamKerja.objects.visible_to(user).waiting().select_related("kerja_sosial").order_by("tanggal", "pk")
    found = list(rows)
    return TaskGroup(
        title="Jam kerja sosial menunggu pengesahan",
        rows=[
            TaskRow(what=jam(row.jam), about=row.kerja_sosial.sebutan, due=row.tanggal, url=url, action="Sahkan jam")
            for row in found
        ],
        total=len(found),
        all_url=url,
        urgency=Urgency.TODAY,
    )


def _coming(running, url) -> TaskGroup:
    """Today is that of each client's office."""
    here = [ks for ks in running if ks.dijadwalkan(today_at(ks.bapas))]
    return TaskGroup(
        title="Kerja sosial hari ini",
        rows=[
            TaskRow(
                what=f"{jam(ks.jam_per_hari)} hari ini", about=ks.sebutan, action="Catat jam",
                url=reverse("kerja_sosial:hours", args=[ks.pk]),
            )
            for ks in here
        ],
        total=len(here),
        all_url=url,
        urgency=Urgency.TODAY,
    )  # fmt: skip
