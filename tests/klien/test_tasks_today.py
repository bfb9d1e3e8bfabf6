"""What the Beranda gets from this room."""

import datetime as dt

import pytest

from apps.akun.worklist import SHOWN
from apps.klien.tasks_today import groups
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def summary(user):
    return {group.title: [row.about.partition(",")[0] for row in group.rows] for group in groups(user)}


def test_a_pk_gets_overdue_then_today_then_pressing_needs(pk, ours, today):
    def own(nama, **facts):
        return make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=nama, **facts)

    own("Lima", jadwal__berikutnya=today - 5 * DAY)
    own("Sembilan", jadwal__berikutnya=today - 9 * DAY)
    own("Selesai", jadwal__berikutnya=today - 9 * DAY, status="selesai")
    now = own("Hari ini", jadwal__berikutnya=today)
    make.KebutuhanFactory(klien=now)
    make.KebutuhanFactory(klien=now, mendesak="nanti")
    make.KlienFactory(bapas=ours, nama="Klien rekan", jadwal__berikutnya=today - DAY)
    assert summary(pk) == {
        "Bimbingan terlewat": ["Sembilan", "Lima"],
        "Bimbingan hari ini": ["Hari ini"],
        "Kebutuhan mendesak yang terbuka": ["Hari ini"],
    }
    assert groups(pk)[0].rows[0].note == "Terlewat 9 hari"


def test_a_group_shows_seven_and_counts_all(pk, ours, today, queries):
    for _ in range(SHOWN + 2):
        make.KlienFactory(bapas=ours, pk_pembimbing=pk, jadwal__berikutnya=today - DAY)
    pk.scope  # noqa: B018
    assert queries(lambda: groups(pk)) == 3
    overdue = groups(pk)[0]
    assert (len(overdue.rows), overdue.total) == (SHOWN, SHOWN + 2)
    assert overdue.all_url.endswith("?tab=tindakan&terlewat=on")


def test_the_head_gets_absences_and_terms_that_end(officer, ours, today):
    absent = make.KlienFactory(bapas=ours, nama="Absen", jadwal__absen_beruntun=4)
    for nama, left in (("Sebentar lagi", 30), ("Masih lama", 31)):
        make.MasaFactory(klien=make.KlienFactory(bapas=ours, nama=nama), selesai=today + left * DAY)
    assert summary(officer("kabapas")) == {
        "Tidak hadir 3 kali berturut-turut": ["Absen"],
        "Masa bimbingan habis ≤ 30 hari": ["Sebentar lagi"],
    }
    assert absent.kode in groups(officer("kabapas"))[0].rows[0].about


def test_the_operator_completes_files(officer, klien):
    assert summary(officer("operator"))["Klien aktif tanpa NIK"] == ["Budi Santoso"]


@pytest.mark.parametrize("peran", ["perencana", "kanwil", "ditjenpas", "koordinator_pokmas", "auditor", "admin"])
def test_others_get_no_names(officer, klien, peran):
    assert groups(officer(peran)) == []
