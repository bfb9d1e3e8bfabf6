"""The list of clients through its address: whose rows, which order, filters, search, download, trace."""

import datetime as dt
import io
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.jejak.models import Akses
from apps.klien.crypto import blind_index
from apps.klien.models import Orang, Perkara
from tests import factories as make
from tests.access.places import CANARY

pytestmark = pytest.mark.django_db
LIST, EXPORT = reverse("klien:list"), reverse("klien:export")


@pytest.fixture
def own(ours, pk):
    """own("Andi", due=date) → a client of the PK."""
    return lambda nama, **facts: make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=nama, **facts)


@pytest.fixture
def names(login, pk):
    """names(q="…") → names in the order of the list."""

    def listed(user=None, **query):
        response = login(user or pk).get(LIST, query)
        assert response.status_code == 200
        return [klien.nama for klien in response.context["tabel"].hal]

    return listed


def test_a_pk_sees_own_active_clients_most_urgent_first(own, names, ours, theirs, today, database_role):
    day = dt.timedelta(days=1)
    own("Nanti", jadwal__berikutnya=today + 9 * day)
    own("Absen", jadwal__berikutnya=today + 20 * day, jadwal__absen_beruntun=3)
    own("Terlewat", jadwal__berikutnya=today - 5 * day)
    own("Selesai", status="selesai")
    make.KlienFactory(bapas=ours, nama="Klien rekan")
    make.KlienFactory(bapas=theirs, nama=CANARY)
    assert names() == ["Terlewat", "Absen", "Nanti"]


def test_the_office_is_one_click_away_and_ends_at_its_wall(own, names, ours, theirs, database_role):
    own("Andi")
    make.KlienFactory(bapas=ours, nama="Klien rekan")
    make.KlienFactory(bapas=theirs, nama=CANARY)
    assert sorted(names(lingkup="kantor")) == ["Andi", "Klien rekan"]


@pytest.mark.parametrize("peran", ["operator", "kabapas"])
def test_other_roles_of_the_office_see_all_its_clients(own, names, officer, peran):
    own("Andi")
    assert names(officer(peran)) == ["Andi"]


def test_tabs_count_and_filter(own, login, pk, today):
    own("Hari ini", jadwal__berikutnya=today)
    own("Besok", jadwal__berikutnya=today + dt.timedelta(days=1))
    own("Selesai", status="selesai")
    response = login(pk).get(LIST, {"tab": "tindakan"})
    assert [(tab["label"], tab["jumlah"]) for tab in response.context["tab"]] == [
        ("Perlu tindakan", 1), ("Semua", 2), ("Selesai", 1),
    ]  # fmt: skip
    assert [klien.nama for klien in response.context["tabel"].hal] == ["Hari ini"]


def test_each_filter_narrows(own, names, today, officer, ours):
    adult, child = own("Dewasa"), own("Anak", kategori_usia="anak", jenis_register="bimbingan-anak")
    other = make.JenisProgramFactory(kode="CB", nama="Cuti bersyarat")
    make.MasaFactory(klien=adult)
    make.MasaFactory(klien=child, jenis_program=other)
    need = make.KebutuhanFactory(klien=child)
    make.KebutuhanFactory(klien=adult, status="terpenuhi", ditutup_pada=dt.datetime.now(tz=dt.UTC))
    own("Dicabut", status="dicabut")
    own("Ibu", kegiatan_utama="rumah")
    own("Lama", jadwal__berikutnya=today - dt.timedelta(days=1))
    assert names(usia="anak") == ["Anak"]
    assert names(kegiatan="rumah") == ["Ibu"]
    assert names(program=other.pk) == ["Anak"]
    assert names(kebutuhan=need.kategori_id) == ["Anak"]
    assert names(status="dicabut") == ["Dicabut"]
    assert names(terlewat="on") == ["Lama"]
    colleague = officer("pk")
    make.KlienFactory(bapas=ours, nama="Klien rekan", pk_pembimbing=colleague)
    assert names(lingkup="kantor", pk=colleague.pk) == ["Klien rekan"]


def test_a_filter_can_be_taken_away_and_nonsense_is_ignored(own, login, pk):
    own("Andi")
    response = login(pk).get(LIST, {"usia": "anak", "q": "andi", "program": "x"})
    assert [(chip["label"], chip["url"]) for chip in response.context["daftar"].chips()] == [
        ("Cari: andi", "?usia=anak&program=x"), ("Kategori usia: Anak", "?q=andi&program=x"),
    ]  # fmt: skip
    assert "Tidak ada klien yang cocok" in response.text


def test_search_by_part_of_a_name_and_by_code(own, names):
    budi = own("Budi Santoso")
    own("Andi 777%")
    assert names(q="santo") == names(q="  BUDI   santoso ") == names(q=budi.kode.lower()) == ["Budi Santoso"]
    assert names(q="77%") == ["Andi 777%"]
    assert names(q="ndi_7") == names(q="a%i") == []


def test_a_zero_byte_in_a_search_is_a_space(own, names):
    own("Budi Santoso")
    assert names(q="budi\0santoso") == ["Budi Santoso"]


def test_fewer_than_three_letters_are_not_searched(own, login, pk):
    own("Budi")
    response = login(pk).get(LIST, {"q": "zz"})
    assert "Tulis paling sedikit 3 huruf" in response.text
    assert len(response.context["tabel"].hal) == 1
    assert not Akses.objects.exists()


def test_a_search_leaves_a_trace_without_the_words(own, names, pk, database_role):
    own("Budi Santoso")
    names(q="santoso")
    trace = Akses.objects.get()
    assert (trace.verba, trace.rincian, trace.pengguna) == ("cari", "cari, 1 hasil", pk)


def test_the_words_of_a_search_are_not_logged_either(own, names, caplog):
    own("Budi Santoso")
    with caplog.at_level("INFO"):
        names(q="santoso")
    assert "GET /klien/" in caplog.text
    assert "santoso" not in caplog.text


def test_htmx_gets_the_results_and_the_announced_count(own, login, pk):
    own("Budi Santoso")
    response = login(pk).get(LIST, {"q": "budi"}, headers={"HX-Request": "true"})
    assert "<h1" not in response.text
    assert '<div hx-swap-oob="innerHTML:#jumlah">1 klien</div>' in response.text


def test_twenty_five_a_page(own, login, pk):
    for number in range(26):
        own(f"Klien {number}")
    page = login(pk).get(LIST).context["tabel"].hal
    assert (len(page), page.paginator.count, page.paginator.num_pages) == (25, 26, 2)


def test_the_list_shows_needs_and_never_the_offence(own, login, pk):
    klien = own("Budi")
    make.KebutuhanFactory(klien=klien)
    Perkara.objects.create(bapas=klien.bapas, klien=klien, pasal="Pasal 999")
    text = login(pk).get(LIST).text
    assert "Pasal 999" not in text
    assert 'data-label="Kebutuhan" class="p-angka-sel p-lebar">1<' in text


def test_the_first_visit_says_what_will_appear(login, pk, officer):
    assert "Klien yang didaftarkan tampil di sini" in login(pk).get(LIST).text
    assert "Semua bimbingan sudah dicatat" in login(pk).get(LIST, {"tab": "tindakan"}).text


def test_kanwil_opens_files_one_by_one_instead(login, officer):
    assert login(officer("kanwil")).get(LIST).url == reverse("klien:open")


# --- download -------------------------------------------------------------------------------------


def test_the_workbook_holds_the_filtered_rows(own, login, pk, theirs, database_role):
    own("Budi")
    own("Selesai", status="selesai")
    make.KlienFactory(bapas=theirs, nama=CANARY)
    response = login(pk).get(EXPORT, {"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [rows[0][:3], rows[1][1], len(rows)] == [["Kode", "Nama", "Desa/kelurahan"], "Budi", 2]
    assert Akses.objects.get().rincian == "xlsx, tab semua, 1 baris"
    assert Akses.objects.get().verba == "ekspor"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_people_typed_never_becomes_a_formula(own, login, pk, kind):
    own('=HYPERLINK("http://x","y")')
    content = login(pk).get(EXPORT, {"format": kind}).content
    if kind == "csv":
        assert "'=HYPERLINK" in content.decode("utf-8-sig")
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert sheet[1][1] == '=HYPERLINK("http://x","y")'
        assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_an_unknown_format_does_not_exist(login, pk, officer):
    assert login(pk).get(EXPORT, {"format": "exe"}).status_code == 404
    assert login(officer("kanwil")).get(EXPORT).status_code == 404


# --- the search box of the frame ------------------------------------------------------------------


def test_a_code_opens_the_file_and_a_name_the_list_of_the_office(own, login, pk, theirs):
    klien = own("Budi")
    foreign = make.KlienFactory(bapas=theirs)
    search = reverse("klien:search")
    assert login(pk).get(search, {"q": klien.kode}).url == reverse("klien:detail", args=[klien.pk])
    assert login(pk).get(search, {"q": foreign.kode}).url.startswith(LIST)
    assert login(pk).get(search, {"q": "budi"}).url == f"{LIST}?q=budi&lingkup=kantor"


def test_the_beranda_links_to_those_who_did_not_come_and_to_pressing_needs(login, pk, own):
    own("Absen", jadwal__absen_beruntun=1)
    make.KebutuhanFactory(klien=own("Butuh"))
    make.KebutuhanFactory(klien=own("Nanti"), mendesak="nanti")
    for name, expected in (("absen", "Absen"), ("mendesak", "Butuh")):
        page = login(pk).get(LIST, {"tab": "semua", name: "on"})
        assert [klien.nama for klien in page.context["tabel"].hal] == [expected]


# --- spelled otherwise, and by number ---------------------------------------------------------------


def test_names_that_resemble_are_an_explicit_second_step(login, pk, own, names, ours, theirs, database_role):
    own("Muhammad Yusuf")
    own("Yuyus Effendi")
    make.KlienFactory(bapas=ours, nama="Yusuf Milik Rekan")
    make.KlienFactory(bapas=theirs, nama="Yusup Kantor Lain")
    assert names(q="yusup") == []
    page = login(pk).get(LIST, {"q": "yusup"})
    assert "Cari juga nama yang mirip" in page.text
    assert page.context["daftar"].similar_address == "?q=yusup&mirip=1"
    assert names(q="yusup", mirip="1")[0] == "Muhammad Yusuf"
    assert set(names(q="yusup", mirip="1", lingkup="kantor")) >= {"Muhammad Yusuf", "Yusuf Milik Rekan"}
    assert "Yusup Kantor Lain" not in names(q="yusup", mirip="1", lingkup="kantor")


def test_resembling_starts_at_three_letters_and_ends_with_the_next_search(login, pk, own, names):
    own("Andi")
    assert login(pk).get(LIST, {"q": "an", "mirip": "1"}).context["daftar"].similar is False
    listed = login(pk).get(LIST, {"q": "andy", "mirip": "1"}).context["daftar"]
    assert ("mirip", "1") not in listed.travelling
    assert listed.chips()[0]["label"] == "Nama mirip: andy"
    assert login(pk).get(LIST, {"q": "KL-2026-00001"}).context["daftar"].similar_address == ""


def test_a_nik_is_found_exactly_without_standing_in_an_address(login, pk, ours, theirs, database_role):
    nik, page = "3201010101010001", reverse("klien:by_nik")
    person = Orang.objects.create(nik_hmac=blind_index(nik))
    make.KlienFactory(bapas=ours, orang=person, status="selesai")
    current = make.KlienFactory(bapas=ours, orang=person)
    foreign = Orang.objects.create(nik_hmac=blind_index("3201010101010002"))
    make.KlienFactory(bapas=theirs, orang=foreign)
    found = login(pk).post(page, {"nik": "3201 0101 0101 0001"})
    assert found.url == reverse("klien:detail", args=[current.pk])
    answer = login(pk).post(page, {"nik": "3201010101010002"})
    assert (answer.status_code, "tidak terdaftar di kantor Anda" in answer.text) == (422, True)
    assert "NIK terdiri dari 16 angka. Periksa kembali." in login(pk).post(page, {"nik": "123"}).text
    traces = Akses.objects.filter(verba="cari").values_list("rincian", flat=True)
    assert sorted(traces) == ["NIK, 0 hasil", "NIK, 1 hasil"]


def test_those_who_ended_come_in_pages_that_nothing_shifts(own, login, pk):
    names = [f"Selesai {n:02}" for n in range(27)]
    for name in names:
        own(name, status="selesai")
    first = login(pk).get(LIST, {"tab": "selesai"})
    assert [klien.nama for klien in first.context["tabel"].hal] == names[:1:-1]
    own("Baru selesai", status="selesai")  # between two pages: nothing comes twice, nothing is lost
    older = login(pk).get(f"{reverse('klien:list')}?{first.context['hal'].older}")
    assert [klien.nama for klien in older.context["tabel"].hal] == names[1::-1]
    assert "28 klien, terbaru di atas" in older.content.decode()
    assert older.context["tabel"].hal.older == ""
    assert "Baru selesai" in login(pk).get(f"{reverse('klien:list')}?{older.context['hal'].first}").content.decode()


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, ""])
def test_a_page_key_that_is_no_id_is_the_first_page(own, login, pk, key):
    own("Selesai", status="selesai")
    answer = login(pk).get(LIST, {"tab": "selesai", "sebelum": key})
    assert [klien.nama for klien in answer.context["tabel"].hal] == ["Selesai"]
