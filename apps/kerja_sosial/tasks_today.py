"""What the Beranda says about community service: to the PK what falls behind, to the place what waits for a word."""

from django.urls import reverse

from apps.akun.roles import Peran, may
from apps.akun.worklist import SHOWN, TaskGroup, TaskRow, Urgency
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.models import JamKerja, KerjaSosial
from apps.kerja_sosial.shared import on_the_spot
from apps.klien.calendar import today


def groups(user) -> list[TaskGroup]:
    """A PK without such clients, and a partner without such a place, are not told about it."""
    if not may(user, "kerjasosial.catat"):
        return []
    if user.scope.mitra:
        return _of_place(user)
    return _of_officer(user) if user.penugasan.peran == Peran.PK else []


def _of_officer(user) -> list[TaskGroup]:
    day = today(user)
    rows = KerjaSosial.objects.visible_to(user).running().filter(klien__pk_pembimbing=user)
    running = [(ks, balance_of(ks, day)) for ks in rows.select_related("klien").order_by("batas", "pk")]
    if not running:
        return []
    tasks = [_task(ks, balance) for ks, balance in running if ks.lunas or balance.remark or balance.waiting]
    late = any(balance.late for _, balance in running)
    return [
        TaskGroup(
            title="Kerja sosial yang perlu perhatian",
            empty="Semua kerja sosial berjalan menurut jadwal.",
            rows=tasks[:SHOWN],
            total=len(tasks),
            all_url=f"{reverse('kerja_sosial:list')}?status=berjalan",
            urgency=Urgency.OVERDUE if late else Urgency.WEEK,
        )
    ]


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
        empty="Tidak ada jam yang menunggu pengesahan Anda.",
        rows=[
            TaskRow(what=jam(row.jam), about=row.kerja_sosial.sebutan, due=row.tanggal, url=url, action="Sahkan jam")
            for row in found[:SHOWN]
        ],
        total=len(found),
        all_url=url,
        urgency=Urgency.TODAY,
    )


def _coming(running, url) -> TaskGroup:
    """Each client counts by the clock of its own office."""
    here = []
    for ks in running:
        day = on_the_spot(ks.bapas)
        if day.isoweekday() in ks.hari and ks.mulai <= day <= ks.batas:
            here.append(ks)
    return TaskGroup(
        title="Kerja sosial hari ini",
        empty="Tidak ada klien yang dijadwalkan hari ini.",
        rows=[
            TaskRow(
                what=f"{jam(ks.jam_per_hari)} hari ini", about=ks.sebutan, action="Catat jam",
                url=reverse("kerja_sosial:hours", args=[ks.pk]),
            )
            for ks in here[:SHOWN]
        ],
        total=len(here),
        all_url=url,
        urgency=Urgency.TODAY,
    )  # fmt: skip
