"""Half an hour before and after midnight in each zone: whatever a page calls today is the day where its unit is."""

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.akun.models import BAPAS_ROLES, KANWIL_ROLES, MITRA_ROLES, NASIONAL_ROLES
from apps.akun.roles import Peran
from apps.dasar.wording import tanggal
from apps.harian.figures import collect
from apps.kegiatan.figures import held_per_office
from apps.laporan import making
from apps.laporan import services as reports
from apps.laporan.collect import cover_of
from apps.laporan.collect import rows as rows_of
from apps.laporan.document import to_html
from apps.laporan.summary import summarise
from tests import factories as make
from tests.access.places import Place
from tests.access.world import ROWS, targets
from tests.laporan.samples import ISSUE
from tests.papers import words
from tests.perjalanan.factories import handover
from tests.sessions import log_in

DAY = dt.date(2027, 2, 1)
"""A Monday and the first of a month: the day before lies in another week, month and quarter of the reports."""
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
EARLY, LATE = dt.time(0, 30), dt.time(23, 30)
CHANGES_ANYWAY = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|data-tanda="\w+"|value="[0-9a-f-]{36}"|\d\d\.\d\d WI(B|TA|T)\b'
)
"""Keys of forms and sessions, and the time of day."""
BY_THE_HOUR = {"kegiatan:detail"}
"""Says whether the activity of this morning is over."""
SPEAKS_OF_YESTERDAY = {
    "harian:list", "harian:export", "klien:detail", "klien:timeline", "dasbor:beranda", "kerja_sosial:of_client",
    "kerja_sosial:confirm", "kerja_sosial:correct", "kerja_sosial:my_place",
}  # fmt: skip
"""Reports of the last days, and hours of work that were worked yesterday."""
YESTERDAY = ("31 Januari 2027", "2027-01-31", "31-01-2027", "20270131")
PAPERS = {
    "berkas:contract", "berkas:card", "kerja_sosial:report", "perjalanan:end_letter", "perjalanan:revocation_letter",
    "perjalanan:transfer_letter",
}  # fmt: skip
"""Slow to make and all in one frame: they have a test of their own."""

pytestmark = pytest.mark.django_db


def at(clock: dt.time, zone: str, day=DAY):
    """Stand still at that time of day in `zone`."""
    return time_machine.travel(dt.datetime.combine(day, clock, ZoneInfo(zone)), tick=False)


@pytest.fixture(params=ZONES)
def suffix(request):
    """WIB, WITA, WIT."""
    return request.param


@pytest.fixture
def zone(suffix):
    return ZONES[suffix]


@pytest.fixture
def place(zone):
    """An office with its people, partner and client, all written down ten minutes after midnight."""
    with at(dt.time(0, 10), zone), timezone.override(zone):
        return settle(zone)


def settle(zone: str) -> Place:
    kanwil = make.KanwilFactory(zona_waktu=zone)
    town = make.KabKotaFactory(kode="98.01", provinsi=make.ProvinsiFactory(kode="98", kanwil=kanwil))
    bapas = make.BapasFactory(kanwil=kanwil, zona_waktu=zone, kota=town)
    bapas.wilayah_kerja.add(town)
    place = Place(bapas)
    place.mitra = make.MitraFactory(nama="Mitra kita", kabkota=town)
    assert place.klien
    assert all(place.officer(role) for role in Peran)
    return place


def enter(user) -> Client:
    client = Client()
    log_in(client, user)
    return client


# --- every page -------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ["ours", "-"], ids=["objek", "daftar"])
def test_a_page_says_the_same_day_from_the_first_half_hour_to_the_last(place, zone, about):
    readers = [BAPAS_ROLES, MITRA_ROLES, KANWIL_ROLES, *([NASIONAL_ROLES] if zone == "Asia/Jakarta" else [])]
    visits, wrong = _visits(place, zone, readers), {}
    if about == "-":
        with at(dt.time(0, 10), zone), timezone.override(zone):
            place.furnish()
    for row in (row for row in ROWS if (row["method"], row["office"]) == ("get", about) and _of_a_room(row["url"])):
        with transaction.atomic():
            with at(dt.time(0, 10), zone), timezone.override(zone):
                url, data = _target(row, place)
            for role in filter(None, (next((role for role in roles if row[role] == "200"), None) for roles in readers)):
                early, late = (_read(visits[clock][role], url, data, clock, zone) for clock in (EARLY, LATE))
                if mistake := _compare(row["url"], early, late):
                    wrong[row["url"], role] = mistake
            transaction.set_rollback(True)
    assert wrong == {}


def _visits(place, zone, readers) -> dict:
    """Moment → role → somebody who has just logged in."""
    visits = {}
    for clock in (EARLY, LATE):
        with at(clock, zone):
            visits[clock] = {role: enter(place.officer(role)) for roles in readers for role in roles}
    return visits


def _of_a_room(name: str) -> bool:
    """Pages of log-in and reference lists say nothing about today; machines have a test of their own."""
    return ":" in name and not name.startswith(("acuan:", "api:")) and name not in PAPERS


def _target(row, place):
    """(address, query) on fresh rows."""
    args, kwargs, data = targets().get(row["url"], lambda place: ([], {}, {}))(place)
    file = {"format": "csv"} if re.search("export|unduh|download", row["url"]) else {}
    return reverse(row["url"], args=args, kwargs=kwargs), {**data, **file}


def _read(client, url, data, clock, zone) -> tuple[str, str]:
    """(name of the file, text without what changes anyway); what the visit wrote is taken back."""
    with at(clock, zone), transaction.atomic():
        answer = client.get(url, data)
        assert answer.status_code == 200, url
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = "" if body.startswith((b"%PDF", b"PK")) else body.decode()
    return answer.get("Content-Disposition", ""), CHANGES_ANYWAY.sub("", text)


def _compare(name, early, late) -> str:
    if early[0] != late[0]:
        return f"named {early[0]}, then {late[0]}"
    if early[1] != late[1] and name not in BY_THE_HOUR:
        lines = zip(*(re.split("(?<=>)", text) for _, text in (early, late)), strict=False)
        return "says {}, then {}".format(*next(pair for pair in lines if pair[0] != pair[1]))
    yesterday = [day for day in YESTERDAY if day in early[0] + early[1]]
    return f"speaks of {yesterday}" if yesterday and name not in SPEAKS_OF_YESTERDAY else ""


# --- papers and reports -----------------------------------------------------------------------


@pytest.mark.parametrize("clock", [EARLY, LATE])
def test_a_letter_says_when_it_was_printed_at_its_office(place, zone, suffix, clock):
    with at(clock, zone):
        answer = enter(place.officer("pk")).get(reverse("berkas:contract", args=[place.klien.pk]))
    assert f"1 Februari 2027, {clock:%H.%M} {suffix}" in words(answer.content)


@pytest.mark.parametrize("clock", [EARLY, LATE])
@pytest.mark.parametrize("level", ["bapas", "kanwil"])
def test_cover_period_and_moment_of_an_annual_report_agree(place, zone, suffix, clock, level):
    """As the worker makes it, on the clock of the portal."""
    reader = place.officer("perencana" if level == "bapas" else "kanwil")
    unit = {level: place.bapas if level == "bapas" else place.bapas.kanwil}
    with at(clock, zone):
        assert _says_the_day(reader, unit, clock, suffix)


@pytest.mark.parametrize("clock", [EARLY, LATE])
def test_the_report_of_the_nation_has_the_clock_of_headquarters(clock):
    with at(clock, "Asia/Jakarta"):
        assert _says_the_day(make.officer(Peran.DITJENPAS), {}, clock, "WIB")


def _says_the_day(reader, unit, clock, suffix) -> bool:
    laporan = reports.request_report(by=reader, tahun=DAY.year, **unit)
    cover = cover_of(laporan, timezone.now())
    html = to_html(summarise(cover, rows_of(laporan, cover, reader.scope.bapas)), ISSUE)
    closed = timezone.localdate(timezone=ZoneInfo("Asia/Jakarta")) - dt.timedelta(days=1)
    assert f"1 Februari 2027, {clock:%H.%M} {suffix}" in html
    assert f"1 Januari 2027 s.d. {tanggal(closed)}" in html
    assert "untuk program dan anggaran 1 Februari 2027" in html
    assert not re.search("2 Februari 2027", html)
    return True


def test_the_file_that_the_worker_makes_carries_the_day_of_its_office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with at(EARLY, ZONES["WIT"]):
        place = settle(ZONES["WIT"])
        laporan = reports.request_report(by=place.officer("perencana"), tahun=DAY.year, bapas=place.bapas)
        making.run(laporan.pk)
    laporan.refresh_from_db()
    with default_storage.open(laporan.berkas) as file:
        text = words(file.read())
    assert "1 Februari 2027, 00.30 WIT" in text
    assert "1 Januari 2027 s.d. 30 Januari 2027" in text
    assert "31 Januari 2027" not in text


# --- what is counted on a day -----------------------------------------------------------------


@pytest.mark.parametrize("reader", ZONES.values())
def test_activities_are_counted_on_the_day_of_their_office(place, zone, reader):
    """The report of February: neither the last minute of January nor the first of March is in it."""
    first, end = (dt.datetime.combine(day, dt.time(), ZoneInfo(zone)) for day in (DAY, dt.date(2027, 3, 1)))
    minute, facts = dt.timedelta(minutes=1), {"bapas": place.bapas, "status": "selesai", "hasil": "Baik", "biaya": 5}
    for moment in (first - minute, first, end - minute, end):
        held = make.KegiatanFactory(mulai=moment, ditutup_pada=moment, mitra=place.mitra, **facts)
        make.KehadiranFactory(kegiatan=held, status="hadir")
    february = {"since": DAY, "until": dt.date(2027, 2, 28)}
    planner = place.officer("perencana")
    with at(LATE, zone, dt.date(2027, 2, 28)), timezone.override(reader):
        assert held_per_office([place.bapas.pk], **february) == {place.bapas.pk: 2}
        assert collect(place.bapas, "bulanan", DAY)["kegiatan.terlaksana"] == (2, 3)
        laporan = reports.request_report(by=planner, tahun=2027, bapas=place.bapas)
        cover = replace(cover_of(laporan, timezone.now()), selesai=february["until"])
        assert [row.n for row in rows_of(laporan, cover, planner.scope.bapas).kegiatan] == [3]
        listed = enter(planner).get(reverse("kegiatan:list"), {"tab": "selesai", "dari": DAY, "sampai": "2027-02-28"})
        assert listed.context["hal"].paginator.count == 2


# --- units that look at units of another zone ---------------------------------------------------


def test_headquarters_see_an_office_on_the_clock_of_the_office():
    """23.30 in Jakarta on the last day of January is February in Jayapura."""
    place = settle(ZONES["WIT"])
    with at(LATE, ZONES["WIB"], dt.date(2027, 1, 31)):
        reader = enter(place.officer("ditjenpas"))
        for url in (reverse("dasbor:bapas_rinci", args=[place.bapas.pk]), _region(place)):
            answer = reader.get(url)
            assert answer.context["wilayah"].month == DAY
            assert "1 Februari 2027, 01.30 WIT" in answer.text
        nation = reader.get(reverse("dasbor:nasional"))
        assert nation.context["wilayah"].month == dt.date(2027, 1, 1)
        assert "31 Januari 2027, 23.30 WIB" in nation.text
        file = reader.get(reverse("dasbor:wilayah_unduh"), {"format": "csv", "kanwil": place.bapas.kanwil_id})
        assert "_2027-02_keadaan-belum-dirilis.csv" in file["Content-Disposition"]


def _region(place) -> str:
    return reverse("dasbor:wilayah", query={"kanwil": place.bapas.kanwil_id})


def test_headquarters_read_the_file_of_a_client_on_the_clock_of_its_office():
    place = settle(ZONES["WIT"])
    with at(dt.time(0, 10), ZONES["WIT"]):
        make.KebutuhanFactory(klien=place.klien, uraian="Butuh pelatihan")
    with at(LATE, ZONES["WIB"], dt.date(2027, 1, 31)):
        reader = enter(place.officer("ditjenpas"))
        reader.post(reverse("klien:open"), {"kode": place.klien.kode, "alasan": "Pengaduan keluarga nomor 12"})
        detail = reader.get(reverse("klien:detail", args=[place.klien.pk]))
    need = next(event for event in detail.context["butir"] if event.jenis == "Kebutuhan")
    assert need.tanggal == detail.context["hari_ini"] == DAY


def test_a_handover_is_dated_on_the_calendar_of_each_end():
    giver, taker = settle(ZONES["WIT"]), make.BapasFactory(zona_waktu=ZONES["WIB"])
    head = make.officer("kabapas", bapas=taker)
    _, incoming = handover(giver.klien, taker)
    register = {"nomor_register": "77", "pk_pembimbing": make.officer("pk", bapas=taker).pk}
    with at(LATE, ZONES["WIB"], dt.date(2027, 1, 31)):
        assert enter(head).post(reverse("perjalanan:transfer_accept", args=[incoming.pk]), register).status_code == 302
    giver.klien.refresh_from_db()
    incoming.refresh_from_db()
    assert giver.klien.peristiwa_akhir.get().tanggal == DAY
    assert incoming.klien.diregistrasi == dt.date(2027, 1, 31)


# --- partners and assignments -------------------------------------------------------------------


@pytest.mark.parametrize("peran", ["mitra", "pengelola_griya", "koordinator_pokmas"])
def test_a_partner_reads_the_clock_of_its_place(place, zone, suffix, peran, queries):
    with at(EARLY, zone):
        partner = enter(place.officer(peran))
        assert f"<b>Mitra kita</b> · {suffix}" in partner.get("/").text
        homeless = enter(make.officer(peran))
        cost, without = (queries(lambda: who.get(reverse("akun:pengaturan"))) for who in (partner, homeless))  # noqa: B023
        assert cost == without


def test_a_partner_without_a_place_has_the_clock_of_headquarters_and_plans_on_that_of_the_office():
    bapas = make.BapasFactory(zona_waktu=ZONES["WIT"])
    group = make.PokmasFactory(bapas=bapas, mitra=make.MitraFactory(nama="Mitra keliling"))
    user = make.officer("koordinator_pokmas", mitra=group.mitra)
    today = {"bapas": bapas, "mitra": group.mitra, "dibuat_oleh": user}
    with at(LATE, ZONES["WIB"], dt.date(2027, 1, 31)):
        make.KegiatanFactory(judul="Kegiatan pagi", mulai=timezone.now() + dt.timedelta(hours=6), **today)
        make.KegiatanFactory(judul="Kegiatan lusa", mulai=timezone.now() + dt.timedelta(hours=30), **today)
        browser = enter(user)
        home = browser.get("/")
        form = browser.get(reverse("kegiatan:create")).context["form"]
    assert "<b>Mitra keliling</b> · WIB" in home.text
    assert form["tanggal"].value() == DAY
    (group,) = [group for group in home.context["grup"] if group.title == "Kegiatan hari ini"]
    assert [row.about for row in group.rows] == ["Kegiatan pagi"]


def test_an_assignment_holds_from_midnight_to_midnight_where_its_unit_is(place, zone):
    user, duty = place.officer("pk"), place.officer("pk").penugasan_aktif
    duty.mulai = duty.selesai = DAY
    duty.save()
    seen = {}
    for clock, day in ((LATE, DAY - dt.timedelta(1)), (EARLY, DAY), (LATE, DAY), (EARLY, DAY + dt.timedelta(1))):
        with at(clock, zone, day):
            listed = type(duty).objects.current().filter(pk=duty.pk).exists()
            seen[day, clock] = (enter(user).get("/klien/").status_code, listed)
    assert list(seen.values()) == [(302, False), (200, True), (200, True), (302, False)]


def test_a_new_assignment_begins_today_where_its_unit_is(place, zone):
    admin, person = make.officer(Peran.ADMIN), place.officer("perencana")
    form = {"peran": "pk", "bapas": place.bapas.pk}
    with at(EARLY, zone):
        assert enter(admin).post(reverse("akun:beri", args=[person.pk]), form).status_code == 302
        duty = person.daftar_penugasan.get(peran="pk")
        assert duty.mulai == DAY
        page = enter(admin).get(reverse("akun:akhiri", args=[person.pk, duty.pk]))
        assert page.context["form"]["selesai"].value() == DAY


@pytest.mark.parametrize(("day", "clock", "status"), [(DAY, LATE, 200), (DAY + dt.timedelta(1), EARLY, 401)])
def test_the_key_of_a_machine_ends_with_its_day_at_the_office(place, zone, day, clock, status):
    user = place.officer("operator")
    headers = {"Authorization": f"Token {make.api_token(user)}"}
    user.token_api.update(kedaluwarsa=DAY)
    with at(clock, zone, day):
        assert Client().get("/api/v1/kegiatan/", headers=headers).status_code == status
