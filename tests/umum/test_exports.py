"""Every list of the portal can be taken along as XLSX and CSV, and taking it along is written down."""

import csv
import re
import secrets
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from apps.akun.checks import url_patterns
from apps.akun.models import Pengguna, RiwayatAkun
from apps.akun.roles import Peran
from apps.akun.services import record
from apps.dasar.lists import Listing
from apps.dasar.tables import KINDS
from apps.impor.models import Impor
from apps.jejak.models import Akses
from tests import factories as make
from tests.access.places import Place
from tests.access.targets.laporan import report
from tests.access.world import ROWS, targets
from tests.harian.factories import LaporanKanwilFactory
from tests.kerja_sosial.factories import KerjaSosialFactory, TempatFactory
from tests.klien.factories import KendalaFactory
from tests.litmas.factories import LitmasFactory, PendampinganFactory
from tests.sessions import log_in

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PRINTED = ("pdf/", "komponen/", "berkas/pdf/", "kerja_sosial/pdf/", "laporan/pdf/", "perjalanan/surat/")
"""Paper and building blocks: no pages."""
SHOWS_ROWS = re.compile(r"<table\b|komponen/(tabel|daftar|daftar_tabel|halaman|halaman_kunci)\.html")
LINKS = re.compile(r"komponen/unduh\.html|\bas unduh %}|\bunduh=")

ONE_PERSON = "orang itu sendiri: beberapa baris tentang satu akun"
ONE_FILE = "berkas satu klien: dicetak sebagai linimasa, surat, atau laporan"
ONE_YEAR = "bagian dari satu program: RAB dan realisasinya diunduh di halaman masing-masing"
NOT_A_LIST = {
    "akun/orang.html": ONE_PERSON,
    "akun/pengaturan.html": ONE_PERSON,
    "akun/penugasan.html": ONE_PERSON,
    "mfa/webauthn/authenticator_list.html": ONE_PERSON,
    "kerja_sosial/client.html": ONE_FILE,
    "klien/akses.html": ONE_FILE,
    "klien/linimasa.html": ONE_FILE,
    "kerja_sosial/place.html": "satu tempat: sisa kapasitas tujuh hari",
    "pokmas/detail.html": "satu Pokmas: anggotanya tidak keluar dari portal",
    "kegiatan/sheet.html": "lembar kosong untuk dicetak",
    "impor/detail.html": "satu berkas: baris yang salah diunduh di halaman itu",
    "program/_kebutuhan.html": ONE_YEAR,
    "program/_perubahan.html": ONE_YEAR,
    "program/_ringkasan.html": ONE_YEAR,
    "program/history.html": ONE_YEAR,
    "program/paste.html": ONE_YEAR,
    "program/rab.html": ONE_YEAR,
    "dasbor/bapas.html": "ringkasan angka satu Bapas: setiap daftar di baliknya punya unduhan sendiri",
    "unduhan/mine.html": "berkas milik sendiri: daftar itu sendiri menuju berkasnya",
    "harian/_angka.html": "bagian laporan: diunduh dari halaman laporan itu",
    "klien/alihkan.html": "formulir: klien seorang PK dipilih untuk dialihkan; daftar klien punya unduhan",
    "klien/gabung.html": "formulir: dua berkas berdampingan sebelum digabung",
    "dasbor/tugas.html": "pekerjaan hari ini: daftar di baliknya punya unduhan sendiri",
    "umum/lisensi.html": "tentang portal, tanpa data",
}
"""Templates with a table that nobody takes along, and why."""
LISTS_OF_ONE_CLIENT = {"asesmen:list", "berkas:list"}
NO_LISTS = ("api:", "mfa_", "acuan:")
"""Answers that are data already, own keys, and the index of reference lists (each has its files, see tests/akun)."""
EXPORTS = sorted(
    {name for name, _, _ in url_patterns() if re.search(r"(export|unduh)$", name)} | {"harian:download"}
)  # fmt: skip


def pages_with_rows():
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        text = path.read_text(encoding="utf-8")
        if not name.startswith(PRINTED) and SHOWS_ROWS.search(text):
            yield name, text


def test_every_page_with_rows_offers_both_files_or_says_why_not():
    without = {name for name, text in pages_with_rows() if not LINKS.search(text)}
    assert without == NOT_A_LIST.keys()


def test_every_url_of_a_list_has_a_url_that_exports_it():
    served = {name for name, _, _ in url_patterns()}
    lists = {name for name in served if re.search(r"[:_]list$", name) and not name.startswith(NO_LISTS)}
    without = {name for name in lists if not served & {re.sub("list$", word, name) for word in ("export", "unduh")}}
    assert without == LISTS_OF_ONE_CLIENT


def page_of(address: str) -> str:
    """The page whose rows a download takes along: its address without the last word."""
    return re.fullmatch(r"(/.+/)unduh/", address)[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind"), list(product(EXPORTS, KINDS)))
def test_every_export_gives_both_kinds_and_is_written_down(client, ours, name, kind, web_role_requests):
    """As the first role that the matrix lets in; the file is what it says it is, and one more row stands in a trail."""
    place = Place(ours)
    place.furnish()
    role = next(role for row in ROWS for role in Peran.values if row["url"] == name and row[role] == "200")
    args, kwargs, data = targets().get(name, lambda place: ([], {}, {}))(place)
    log_in(client, place.officer(role))
    before = _trail()
    address = reverse(name, args=args, kwargs=kwargs)
    listed = _listed(client.get(page_of(address), data))  # before: a download is a row of the trail
    response = client.get(address, {**data, "format": kind})
    assert response.status_code == 200
    assert response["Content-Type"] == KINDS[kind]
    assert response["Cache-Control"] == "no-store"
    assert re.search(rf'filename="[^"]+_\d{{4}}[^"]*\.{kind}"$', response["Content-Disposition"]), "what, then when"
    assert _trail() > before
    assert client.get(address, {**data, "format": "pdf"}).status_code == 404
    if kind == "csv" and listed is not None:
        assert _taken(response) == listed


def _listed(page) -> int | None:
    """How many rows the lists of a page count; None for a matrix, which is no list."""
    layers = [layer for context in page.context for layer in context.dicts]
    lists = {id(value): value for layer in layers for value in layer.values() if isinstance(value, Listing)}
    return sum(map(_count, lists.values())) if lists else None


def _count(listed: Listing) -> int:
    return listed.hal.paginator.count if hasattr(listed.hal, "paginator") else len(listed.rows)


def _taken(file) -> int:
    """How many rows a CSV has, without headings and sum."""
    rows = list(csv.reader(file.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    return len([row for row in rows[1:] if not row[0].startswith("Jumlah")])


# --- what the newer lists hold -----------------------------------------------------------------


def _import(office, **facts):
    by = make.officer("operator", bapas=office)
    return Impor.objects.create(
        bapas=office, jenis="bimbingan", kode=secrets.token_hex(16), ukuran=1, bentuk="csv", dibuat_oleh=by,
        sha256=secrets.token_hex(32), **facts,
    )  # fmt: skip


def _event(office):
    person = make.officer("pk", bapas=office)
    record(person, RiwayatAkun.Peristiwa.DIBERI, by=person, duty=person.penugasan, note="=1+1")


def _programme(office):
    make.ProgramFactory(bapas=make.BapasFactory(kanwil=office.kanwil))


def _report(office):
    report(Place(make.BapasFactory(kanwil=office.kanwil)), "siap")


def _daily(office):
    LaporanKanwilFactory(bapas=make.BapasFactory(kanwil=office.kanwil))


GROWING = {
    "akun:pengguna_unduh": ("kabapas", lambda office: make.officer("pk", bapas=office)),
    "jejak:akun_unduh": ("auditor", _event),
    "laporan:export": ("kanwil", _report),
    "program:export": ("kanwil", _programme),
    "impor:export": ("operator", lambda office: _import(office, nama_berkas="klien.csv")),
    "kerja_sosial:places_export": ("operator", lambda office: TempatFactory(bapas=office)),
    "harian:export": ("kanwil", _daily),
    "kerja_sosial:export": ("operator", lambda office: KerjaSosialFactory(bapas=office)),
    "kegiatan:export": ("operator", lambda office: make.KegiatanFactory(bapas=office)),
    "klien:obstacles_export": ("kabapas", lambda office: KendalaFactory(catatan__klien__bapas=office)),
    "litmas:litmas_export": ("pk", lambda office: LitmasFactory(bapas=office)),
    "litmas:pendampingan_export": ("pk", lambda office: PendampinganFactory(bapas=office)),
    "pokmas:export": ("ditjenpas", lambda office: make.PokmasFactory(bapas=office)),
}
"""Who takes the list along, and what makes it one row longer."""


@pytest.mark.django_db
@pytest.mark.parametrize("name", GROWING)
def test_a_list_and_its_export_are_flat_and_small(client, ours, queries, budget, name):
    """2 rows cost as many statements as 22, and no more than the budget: `budgets.json` knows both by their names."""
    role, grow = GROWING[name]
    user = make.officer(role, bapas=ours)
    addresses = {resolve(url).view_name: url for url in (page_of(reverse(name)), reverse(name))}
    costs = []
    for rows in (2, 20):
        for _ in range(rows):
            grow(ours)
        log_in(client, Pengguna.objects.get(pk=user.pk))
        costs.append({view: queries(lambda url=url: client.get(url)) for view, url in addresses.items()})
    assert costs[0] == costs[1]
    assert {view: cost for view, cost in costs[1].items() if cost > budget(view)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", GROWING)
def test_a_list_answers_in_every_order_that_it_offers(client, ours, name):
    role, grow = GROWING[name]
    grow(ours), grow(ours)
    log_in(client, make.officer(role, bapas=ours))
    address = page_of(reverse(name))
    listed = client.get(address).context.get("tabel")
    offered = [head.url for head in listed.heads if head.url] if isinstance(listed, Listing) else []
    for order in (*offered, *(url.replace("urut=", "urut=-") for url in offered)):
        answer = client.get(address + order)
        rows, asked = answer.context["tabel"], order.partition("urut=")[2]
        assert 'class="p-saring"' not in answer.text or f'name="urut" value="{asked}"' in answer.text
        ordered = [head.direction for head in rows.heads if head.direction]
        assert ordered == ["descending" if "=-" in order else "ascending"]
        assert len(list(rows.shown)) == len(list(listed.shown))


def _text(client, user, name, **query) -> str:
    log_in(client, user)
    return client.get(reverse(name), {"format": "csv", **query}).content.decode("utf-8-sig")


@pytest.mark.django_db
def test_people_leave_as_they_are_filtered_and_the_account_that_took_them_is_noted(client, ours, database_role):
    head = make.officer("kabapas", bapas=ours)
    make.officer("operator", bapas=ours, nama="=Rumus()"), make.officer("pk", bapas=ours, nama="Petugas Lain")
    text = _text(client, head, "akun:pengguna_unduh", peran="operator")
    assert "'=Rumus()" in text
    assert "Petugas Lain" not in text
    assert f"Operator Bapas, {ours}" in text
    noted = RiwayatAkun.objects.get(peristiwa=RiwayatAkun.Peristiwa.EKSPOR)
    assert (noted.pengguna, noted.oleh, noted.catatan) == (head, head, "pengguna, 1 baris")


@pytest.mark.django_db
def test_changes_of_accounts_leave_and_the_download_is_the_next_change(client, ours, database_role):
    _event(ours)
    auditor = make.officer("auditor", bapas=ours)
    assert "'=1+1" in _text(client, auditor, "jejak:akun_unduh")
    assert "Mengekspor daftar" in _text(client, auditor, "jejak:akun_unduh")


@pytest.mark.django_db
def test_reports_and_programmes_leave_as_they_are_filtered(client, ours, theirs, database_role):
    kanwil = make.officer("kanwil", bapas=ours)
    report(Place(ours), "siap"), report(Place(theirs), "siap")
    make.ProgramFactory(bapas=ours, tahun=2027), make.ProgramFactory(bapas=theirs, tahun=2027)
    for name in ("laporan:export", "program:export"):
        assert str(ours) in _text(client, kanwil, name)
        assert str(theirs) not in _text(client, kanwil, name)
        assert str(ours) not in _text(client, kanwil, name, status="gagal" if "laporan" in name else "disetujui")
    offices = set(Akses.objects.filter(verba=Akses.Verba.EKSPOR).values_list("bapas", flat=True))
    assert offices == {ours.pk}


@pytest.mark.django_db
def test_a_region_takes_along_who_has_sent_and_who_has_not(client, ours, theirs, database_role):
    LaporanKanwilFactory(bapas=ours)
    silent = make.BapasFactory(kanwil=ours.kanwil)
    text = _text(client, make.officer("kanwil", bapas=ours), "harian:export")
    states = {row["Bapas"]: row["Keadaan"] for row in csv.DictReader(text.splitlines(), delimiter=";")}
    assert states == {str(ours): "Terkirim", str(silent): "Belum dikirim"}


@pytest.mark.django_db
def test_an_office_takes_along_its_own_files_and_places(client, ours, theirs, database_role):
    for office, name in ((ours, "kita"), (theirs, "asing")):
        _import(office, nama_berkas=f"=berkas-{name}.csv")
        TempatFactory(bapas=office, nama=f"+Tempat {name}")
    operator = make.officer("operator", bapas=ours)
    files, places = (_text(client, operator, name) for name in ("impor:export", "kerja_sosial:places_export"))
    assert "'=berkas-kita.csv" in files
    assert "'+Tempat kita" in places
    assert "asing" not in files + places


def _trail() -> int:
    taken = RiwayatAkun.objects.filter(peristiwa=RiwayatAkun.Peristiwa.EKSPOR)
    return Akses.objects.filter(verba=Akses.Verba.EKSPOR).count() + taken.count()
