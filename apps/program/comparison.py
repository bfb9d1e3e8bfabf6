"""Differences between two versions: an approver of a revision reads only these."""

from dataclasses import dataclass
from decimal import Decimal

from apps.dasar.wording import angka, rupiah
from apps.program.models import RencanaKegiatan, RincianBiaya
from apps.program.plan import Plan, number

NEW, CHANGED, GONE = "Baru", "Diubah", "Dihapus"


@dataclass(frozen=True)
class Change:
    """One activity or cost line that differs; `detail` names the differences in words."""

    kind: str
    activity: str
    line: str
    detail: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


def changes(old: Plan, new: Plan) -> list[Change]:
    """All differences: activities first, then cost lines."""
    return [*_activities(old, new), *_lines(old, new)]


def _activities(old: Plan, new: Plan):
    """Activities are matched by title, so a changed title counts as one removed and one new activity."""
    earlier = {activity.judul: activity for activity in old.activities}
    for activity in new.activities:
        before = earlier.pop(activity.judul, None)
        if before is None:
            yield Change(NEW, activity.judul, "Kegiatan", f"target {angka(activity.target_klien)} klien")
        elif detail := _differences(_about_activity(before), _about_activity(activity)):
            yield Change(CHANGED, activity.judul, "Kegiatan", detail)
    for activity in earlier.values():
        yield Change(GONE, activity.judul, "Kegiatan")


def _lines(old: Plan, new: Plan):
    """Cost lines are matched by `asal`, the line that they continue."""
    earlier = {line.pk: line for line in old.lines}
    for activity in new.activities:
        for line in activity.biaya.all():
            before = earlier.pop(line.asal_id or 0, None)
            if before is None:
                yield Change(NEW, activity.judul, line.uraian, after=line.jumlah)
            elif detail := _differences(_about_line(before), _about_line(line)):
                yield Change(CHANGED, activity.judul, line.uraian, detail, before.jumlah, line.jumlah)
    titles = {activity.pk: activity.judul for activity in old.activities}
    for line in earlier.values():
        yield Change(GONE, titles[line.rencana_id], line.uraian, before=line.jumlah)


def _differences(before: dict[str, str], after: dict[str, str]) -> str:
    """ "volume 10 paket → 12 paket; sumber DIPA → CSR"."""
    return "; ".join(f"{name} {before[name]} → {value}" for name, value in after.items() if before[name] != value)


def _about_activity(activity: RencanaKegiatan) -> dict[str, str]:
    return {
        "target": f"{angka(activity.target_klien)} klien",
        "kebutuhan": str(activity.kategori),
        "bidang": activity.get_bidang_display(),
        "pelaksana": str(activity.pelaksana or "Bapas sendiri"),
        "bulan": activity.bulan_teks,
        "indikator": activity.indikator,
    }


def _about_line(line: RincianBiaya) -> dict[str, str]:
    return {
        "akun": line.akun.kode,
        "uraian": line.uraian,
        "rincian": line.hitungan or "–",
        "volume": f"{number(line.volume)} {line.satuan}",
        "harga": rupiah(line.harga),
        "sumber": line.get_sumber_display(),
    }
