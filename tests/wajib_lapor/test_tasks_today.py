"""What the Beranda gets from this room."""

import datetime as dt

import pytest

from apps.dasar.worklist import SHOWN, Urgency
from apps.wajib_lapor.tasks_today import groups
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def summary(user):
    return {group.title: [row.about.partition(",")[0] for row in group.rows] for group in groups(user)}


def test_a_pk_gets_overdue_then_absent_then_today_then_this_week(pk, own, ours, today):
    own("Lima", jadwal__berikutnya=today - 5 * DAY)
    own("Sembilan", jadwal__berikutnya=today - 9 * DAY)
    own("Selesai", jadwal__berikutnya=today - 9 * DAY, status="selesai")
    own("Hari ini", jadwal__berikutnya=today)
    own("Absen", jadwal__berikutnya=today + 20 * DAY, jadwal__absen_beruntun=2)
    make.KlienFactory(bapas=ours, nama="Klien rekan", jadwal__berikutnya=today - DAY)
    weekend = today.weekday() >= 5
    end = today + (13 if weekend else 6) * DAY - today.weekday() * DAY
    own("Akhir minggu", jadwal__berikutnya=end)
    own("Sesudahnya", jadwal__berikutnya=end + DAY)
    assert summary(pk) == {
        "Bimbingan terlewat": ["Sembilan", "Lima"],
        "Tidak hadir, perlu ditindaklanjuti": ["Absen"],
        "Bimbingan hari ini": ["Hari ini"] if today < end else ["Akhir minggu", "Hari ini"],
        f"Bimbingan minggu {'depan' if weekend else 'ini'}": ["Akhir minggu"] if today < end else [],
    }
    assert groups(pk)[0].rows[0].tag == "Terlewat 9 hari"
    assert groups(pk)[0].urgency < groups(pk)[2].urgency < groups(pk)[3].urgency == Urgency.WEEK


def test_today_goes_by_the_hour_and_says_how_and_where(pk, own, today):
    def at(nama, hour, **facts):
        plan = {"jadwal__janji": today, "jadwal__berikutnya": today, "jadwal__janji_pada": "2026-01-05T00:00Z"}
        own(nama, **plan, jadwal__jam=dt.time(hour), jadwal__cara="kunjungan", jadwal__tempat="Jalan Melati 4", **facts)

    at("Siang", 13)
    at("Pagi", 9)
    own("Tanpa jam", jadwal__berikutnya=today)
    rows = groups(pk)[2].rows
    assert [row.about.partition(",")[0] for row in rows] == ["Pagi", "Siang", "Tanpa jam"]
    assert [row.note for row in rows[::2]] == ["09.00 · Kunjungan rumah · Jalan Melati 4", ""]


@pytest.mark.parametrize(("times", "words"), [(1, "Hubungi klien"), (2, "Kirim surat")])
def test_each_absence_in_a_row_has_its_step(pk, own, times, words):
    own("Absen", jadwal__absen_beruntun=times)
    absent = groups(pk)[1]
    assert absent.rows[0].what.startswith(words)
    assert absent.rows[0].tag == f"{times} kali tidak hadir"
    assert "Keputusan tetap diambil petugas" in absent.remark


def test_a_group_shows_seven_and_counts_all(pk, own, today, queries):
    for _ in range(SHOWN + 2):
        own("Budi", jadwal__berikutnya=today - DAY)
    pk.scope  # noqa: B018
    assert queries(lambda: groups(pk)) == 4
    overdue = groups(pk)[0]
    assert (len(overdue.rows), overdue.total) == (SHOWN, SHOWN + 2)


def test_the_head_sees_only_three_absences_in_a_row(officer, own):
    own("Dua", jadwal__absen_beruntun=2)
    own("Empat", jadwal__absen_beruntun=4)
    assert summary(officer("kabapas")) == {"Tidak hadir 3 kali berturut-turut": ["Empat"]}


def test_the_button_fits_the_step(pk, own):
    once, twice, _ = (own(f"Absen {n}", jadwal__absen_beruntun=n) for n in (1, 2, 3))
    urls = {row.about.partition(",")[0]: row.url for row in groups(pk)[1].rows}
    assert urls["Absen 1"] == f"/klien/{once.pk}/pengingat/"
    assert urls["Absen 2"] == f"/klien/{twice.pk}/jadwal/?dari=beranda"
    assert "Absen 3" not in urls  # a case of its own, in the room `perjalanan`


@pytest.mark.parametrize("peran", ["operator", "perencana", "kanwil", "ditjenpas", "koordinator_pokmas", "auditor"])
def test_others_get_no_names(officer, klien, peran):
    assert groups(officer(peran)) == []
