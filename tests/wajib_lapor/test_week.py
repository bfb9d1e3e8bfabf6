"""The agenda of a week: who stands on which day, for whom, and as a file."""

import datetime as dt
import io
from html import escape
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.acuan.models import HariLibur
from apps.jejak.models import Akses
from apps.klien.models import JadwalLapor
from apps.wajib_lapor.agenda import DAY_SHOWN
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
AGENDA = reverse("wajib_lapor:agenda")


def week_of(day):
    return {"minggu": f"{day:%G-W%V}"}


def names(page):
    return [[klien.nama for klien in day.rows] for day in page.context["hari"]]


def test_a_week_goes_by_day_and_hour(login, pk, own, monday, database_role):
    def at(nama, day, hour=None):
        klien = own(nama, jadwal__berikutnya=day)
        if hour:
            JadwalLapor.objects.filter(klien=klien).update(
                janji=day, janji_pada="2026-01-05T00:00Z", jam=dt.time(hour), cara="kunjungan"
            )

    at("Siang", monday, 13)
    at("Pagi", monday, 9)
    at("Kapan saja", monday)
    at("Jumat", monday + 4 * DAY)
    at("Minggu lain", monday + 7 * DAY)
    page = login(pk).get(AGENDA, week_of(monday))
    assert names(page) == [["Pagi", "Siang", "Kapan saja"], [], [], [], ["Jumat"]]
    assert "(3)" in page.text
    assert "Kunjungan rumah" in page.text
    assert "Minggu lain" not in page.text


def test_a_weekend_shows_only_with_somebody_on_it_and_says_that_the_office_is_closed(login, pk, own, monday):
    HariLibur.objects.create(tanggal=monday, nama="Libur uji")
    own("Sabtu", jadwal__berikutnya=monday + 5 * DAY)
    page = login(pk).get(AGENDA, week_of(monday))
    assert len(page.context["hari"]) == 6
    assert "Kantor tutup: hari libur (Libur uji)." in page.text
    assert "Kantor tutup: hari Sabtu." in page.text


def test_missed_ones_stand_on_top_of_this_week_only(login, pk, own, today, monday):
    own("Lama", jadwal__berikutnya=today - 20 * DAY)
    own("Tanpa tanggal", jadwal__berikutnya=None)
    page = login(pk).get(AGENDA)
    assert [klien.nama for klien in page.context["terlewat"]] == ["Lama"]
    assert [klien.nama for klien in page.context["belum"]] == ["Tanpa tanggal"]
    assert "Lama" not in login(pk).get(AGENDA, week_of(monday)).text


def test_own_clients_or_the_office(login, pk, officer, own, ours, theirs, monday):
    own("Klien saya", jadwal__berikutnya=monday)
    colleague = officer("pk", nama="Rekan Sejawat")
    make.KlienFactory(bapas=ours, nama="Klien rekan", pk_pembimbing=colleague, jadwal__berikutnya=monday)
    make.KlienFactory(bapas=theirs, nama="Kantor lain", jadwal__berikutnya=monday)
    assert names(login(pk).get(AGENDA, week_of(monday)))[0] == ["Klien saya"]
    both = ["Klien rekan", "Klien saya"]
    assert names(login(pk).get(AGENDA, {**week_of(monday), "lingkup": "kantor"}))[0] == both
    for peran in ("operator", "kabapas"):
        assert names(login(officer(peran)).get(AGENDA, week_of(monday)))[0] == both
    one = login(officer("operator")).get(AGENDA, {**week_of(monday), "pk": colleague.pk})
    assert names(one)[0] == ["Klien rekan"]


@pytest.mark.parametrize("week", ["2026-W99", "x", "0000-W01", "2026-W53' OR 1", ""])
def test_a_week_that_does_not_exist_is_this_week(login, pk, week):
    assert login(pk).get(AGENDA, {"minggu": week}).context["agenda"].is_this_week


def test_each_role_has_its_button(login, pk, officer, klien, today):
    JadwalLapor.objects.update(berikutnya=today)
    log, change = f"{reverse('klien:guidance_new')}?klien={klien.pk}&amp;dari=jadwal", "jadwal/?dari=jadwal"
    assert log in login(pk).get(AGENDA).text
    assert change in login(officer("operator")).get(AGENDA).text
    head = login(officer("kabapas")).get(AGENDA).text
    assert (log in head, change in head) == (False, False)


def test_a_contact_logged_from_the_agenda_returns_there(login, pk, klien):
    form = {
        "klien": klien.pk, "kunci": "0" * 32, "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", "berikutnya": timezone.localdate() + dt.timedelta(days=30), "dari": "jadwal",
    }  # fmt: skip
    assert login(pk).post(reverse("klien:guidance_new"), form).url == AGENDA
    assert "Baru selesai (1)" in login(pk).get(AGENDA).text


def test_the_file_holds_the_week_and_is_written_down(login, pk, own, monday):
    own("=Rumus", jadwal__berikutnya=monday)
    answer = login(pk).get(reverse("wajib_lapor:export"), week_of(monday))
    assert answer["Content-Disposition"] == f'attachment; filename="jadwal_{monday:%G-W%V}.xlsx"'
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == ["Nama", "=Rumus"]
    entry = Akses.objects.get(verba=Akses.Verba.EKSPOR)
    assert (entry.objek, entry.rincian.endswith("1 baris")) == ("jadwal", True)


def test_an_office_sees_the_first_of_a_day_and_a_link_to_all_of_it(login, pk, officer, own, monday):
    for n in range(DAY_SHOWN + 2):
        own(f"Klien {n:02}", jadwal__berikutnya=monday)
    own("Selasa", jadwal__berikutnya=monday + DAY)
    assert len(names(login(pk).get(AGENDA, week_of(monday)))[0]) == DAY_SHOWN + 2
    page = login(officer("operator")).get(AGENDA, week_of(monday))
    assert names(page)[:2] == [[f"Klien {n:02}" for n in range(DAY_SHOWN)], ["Selasa"]]
    assert f"({DAY_SHOWN + 2})</h2>" in page.text
    address = f"?{urlencode({**week_of(monday), 'hari': monday.isoformat()})}"
    assert f'href="{escape(address)}"' in page.text
    whole = login(officer("operator")).get(AGENDA + address)
    assert names(whole) == [[f"Klien {n:02}" for n in range(DAY_SHOWN + 2)]]


@pytest.mark.parametrize("day", ["2026-13-40", "x", "1999-01-01"])
def test_a_day_outside_the_week_is_the_whole_week(login, officer, day):
    page = login(officer("operator")).get(AGENDA, {"hari": day})
    assert len(names(page)) >= 5


def test_the_page_asks_as_often_for_22_rows_as_for_2(login, pk, own, today, monday, queries, budget):
    browser = login(pk)

    def grow(rows):
        for _ in range(rows):
            own("Klien", jadwal__berikutnya=today)
            own("Klien", jadwal__berikutnya=today - 20 * DAY)

    grow(2)
    few = queries(lambda: browser.get(AGENDA))
    grow(20)
    assert few == queries(lambda: browser.get(AGENDA)) <= budget("wajib_lapor:agenda")
