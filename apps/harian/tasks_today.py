"""Reports that an office still owes, and offices that a region still waits for."""

from datetime import timedelta

from django.urls import reverse

from apps.acuan.calendar import Calendar, last_open_day
from apps.akun.roles import Peran, reach
from apps.dasar.wording import hari_tanggal, tanggal
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency
from apps.harian.models import LaporanKanwil
from apps.wilayah.days import today
from apps.wilayah.models import Bapas

LOOK_BACK = 7
NAMED = 4


def groups(user) -> list[TaskGroup]:
    """Operators see reports still to send; the Kanwil sees offices that did not report the last working day."""
    match reach(user, "laporan.harian"):
        case "unit" if user.penugasan.peran == Peran.OPERATOR:
            return [_owed(user)]
        case "wilayah":
            return [_missing(user)]
    return []


def _owed(user) -> TaskGroup:
    """Working days of the last week, and the last full month, without a report."""
    day = today(user)
    days = [day - timedelta(days=n) for n in range(LOOK_BACK)]
    calendar = Calendar.between(days[-1], days[0])
    month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    wanted = [("harian", when) for when in days if calendar.is_open(when)] + [("bulanan", month)]
    rows = LaporanKanwil.objects.visible_to(user).filter(tanggal__gte=month)
    sent = set(rows.values_list("jenis", "tanggal"))
    missing = [(kind, when) for kind, when in wanted if (kind, when) not in sent]
    return TaskGroup(
        title="Laporan ke Kanwil belum dikirim",
        rows=[_row(kind, when) for kind, when in missing], total=len(missing), urgency=Urgency.TODAY,
    )  # fmt: skip


def _row(kind, when) -> TaskRow:
    url = reverse("harian:detail", args=[kind, f"{when:%Y-%m-%d}"])
    about = hari_tanggal(when) if kind == LaporanKanwil.Jenis.HARIAN else tanggal(when).split(" ", 1)[1]
    return TaskRow(LaporanKanwil.Jenis(kind).label, about, url, "Periksa")


def _missing(user) -> TaskGroup:
    day = last_open_day(today(user))
    sent = LaporanKanwil.objects.counted_for(user).filter(jenis=LaporanKanwil.Jenis.HARIAN, tanggal=day)
    late = Bapas.objects.filter(pk__in=user.scope.bapas, aktif=True).exclude(pk__in=sent.values("bapas"))
    names = list(late.order_by("nama").values_list("nama", flat=True))
    url = f"{reverse('harian:list')}?tanggal={day:%Y-%m-%d}"
    rows = [TaskRow("Laporan harian", f"{len(names)} Bapas: {_named(names)}", url, "Buka", due=day)]
    return TaskGroup(
        title="Bapas belum mengirim laporan harian",
        rows=rows if names else [], total=len(names), urgency=Urgency.WAITING,
    )  # fmt: skip


def _named(names: list[str]) -> str:
    """The first names, and how many more there are."""
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])}, dan {len(names) - NAMED} lainnya"
