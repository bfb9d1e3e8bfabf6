"""One name, one number: every count that pages and files of the sample print under the same name is the same.

Pages are read as a person reads them: by the heads of columns and the first cell of rows. A masked cell says nothing.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
import tinyhtml5
from django.urls import reverse
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.dasar import definisi
from apps.dasar.wording import tanggal
from apps.laporan import making, services
from apps.laporan.models import Laporan
from apps.rilis.models import Masa
from apps.rilis.releasing import release
from contoh.accounts import DOMAIN
from tests.clock import office_today
from tests.sessions import log_in

pytestmark = pytest.mark.django_db
HTML = "{http://www.w3.org/1999/xhtml}"
DASHBOARD = {
    definisi.CLIENTS: "Klien aktif", definisi.OVERDUE: "Melewati tanggal lapor", definisi.DONE: "Bimbingan terlaksana",
    definisi.MISSED: "Tidak hadir", definisi.IN_NEED: "Klien dengan kebutuhan belum terpenuhi",
    definisi.ACTIVITIES: "Kegiatan terlaksana", definisi.BUDGET: "Anggaran disetujui (Rp)",
    definisi.SPENT: "Dana terealisasi (Rp)",
}  # fmt: skip


class Ledger:
    """(unit, name) → number → the places that print it."""

    def __init__(self):
        self.said = defaultdict(lambda: defaultdict(list))

    def note(self, unit: str, name: str, cell: str, place: str) -> None:
        if (number := amount(cell)) is not None:
            self.said[unit, name][number].append(place)

    def twice(self) -> dict:
        """What has two numbers."""
        return {key: dict(found) for key, found in self.said.items() if len(found) > 1}

    def compared(self) -> set[str]:
        """Names that at least two places print for the same unit."""
        return {name for (_, name), found in self.said.items() if sum(map(len, found.values())) > 1}


def amount(cell: str) -> int | None:
    """A printed count or amount in rupiah without sen; None for signs, shares and words."""
    words = cell.strip().removeprefix("Rp")
    if words == "–":
        return 0
    return int(words.split(",")[0].replace(".", "")) if re.fullmatch(r"[\d.]+(,\d+)?", words) else None


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def tables(html: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """(caption, heads, rows) of every table."""
    for table in tinyhtml5.parse(html).iter(f"{HTML}table"):
        rows = [
            [text(cell) for cell in row if cell.tag in (f"{HTML}td", f"{HTML}th")] for row in table.iter(f"{HTML}tr")
        ]
        caption = table.find(f"{HTML}caption")
        heads, *rest = rows or [[]]
        yield "" if caption is None else text(caption), heads, rest


def table(html: str, caption: str) -> list[dict[str, str]]:
    """The rows of the table whose caption holds `caption`, by the heads of their columns."""
    for found, heads, rows in tables(html):
        if caption in found:
            return [dict(zip(heads, row, strict=False)) for row in rows]
    raise LookupError(f"{caption!r} is none of {[found for found, _, _ in tables(html)]}")


def lines(html: str) -> dict[str, str]:
    """First cell → second cell, of every row of every table."""
    return {cells[0]: cells[1] for _, _, rows in tables(html) for cells in rows if len(cells) > 1}


@pytest.fixture
def people(sample):
    """Role → a person of the first office with accounts, of its Kanwil, or of the nation."""
    found = {}
    for person in Pengguna.objects.with_duty().filter(email__endswith=f"@{DOMAIN}").order_by("pk"):
        if person.has_usable_password() and person.penugasan:
            found.setdefault(person.penugasan.peran, person)
    return found


@pytest.fixture
def read(client, people):
    """read("kanwil", "/wilayah/dasbor/") → the page as text."""

    def page(role, address, **query):
        log_in(client, people[role])
        response = client.get(address, query)
        assert response.status_code == 200
        return response.content.decode("utf-8-sig")

    return page


@pytest.fixture
def office(people):
    return people["kabapas"].penugasan.bapas


@pytest.fixture
def tomorrow(sample):
    """An annual report ends with the day before; nothing is entered in between."""
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        yield


def by_line(ledger, rows, first, place):
    """Lines of a dashboard's table, one unit each."""
    for row in rows:
        for name, head in DASHBOARD.items():
            ledger.note(row[first], name, row[head], place)


def read_file(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(body.splitlines(), delimiter=";"))


def test_a_month_has_one_number_per_name(read, office, people):
    """Dashboards of the office, its Kanwil and the nation, and their files, for this month and one that is over."""
    kanwil = office.kanwil
    release(Masa.HARI, date(2026, 6, 30))
    release(Masa.BULAN, date(2026, 6, 1))
    for month in (f"{timezone.localdate():%Y-%m}", "2026-06"):  # the month of headquarters, which reads it too
        over = month == "2026-06"  # the running month is read live in the office, and as of yesterday outside
        ledger, asked = Ledger(), {"bulan": month}
        own = read("kabapas", "/kinerja/", **asked)
        numbers = dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<a[^>]*>)?<b>([^<]*)</b>", own))
        late, spent, planned = re.search(
            r"([\d.]+) melewati tanggal lapor.*?Rp([\d.]+)(?:,\d\d)? dari Rp([\d.]+)(?:,\d\d)? terealisasi",
            own,
            re.DOTALL,
        ).groups()
        if over:
            ledger.note(office.nama, definisi.CLIENTS, numbers["Klien aktif"], "kinerja")
            ledger.note(office.nama, definisi.IN_NEED, numbers["Klien dengan kebutuhan belum terpenuhi"], "kinerja")
            ledger.note(office.nama, definisi.OVERDUE, late, "kinerja")
            ledger.note(
                office.nama, definisi.CLIENTS, table(own, "Klien per jenis program")[-1]["Klien"], "kinerja, program"
            )
        ledger.note(office.nama, definisi.SPENT, spent, "kinerja")
        ledger.note(office.nama, definisi.BUDGET, planned, "kinerja")
        if sources := [rows for caption, _, rows in tables(own) if "per sumber dana" in caption]:
            ledger.note(office.nama, definisi.BUDGET, sources[0][-1][1], "kinerja, sumber dana")
        for role, address in (("kanwil", "/wilayah/dasbor/"), ("ditjenpas", f"/wilayah/dasbor/?kanwil={kanwil.pk}")):
            query = asked | ({"kanwil": kanwil.pk} if role == "ditjenpas" else {})
            rows = table(read(role, address.split("?")[0], **query), "Angka per Bapas")
            by_line(
                ledger, [row | {"Unit": row["Unit"].replace("Jumlah", kanwil.singkatan)} for row in rows], "Unit", role
            )
        file = read("kanwil", reverse("dasbor:wilayah_unduh"), format="csv", **asked)
        rows = read_file(file)
        by_line(
            ledger, [row | {"Unit": row["Unit"].replace("Jumlah", kanwil.singkatan)} for row in rows], "Unit", "berkas"
        )
        by_line(ledger, table(read("ditjenpas", "/nasional/", **asked), "Angka per Kanwil"), "Unit", "nasional")
        by_line(
            ledger,
            read_file(read("ditjenpas", reverse("dasbor:nasional_unduh"), format="csv", **asked)),
            "Unit",
            "berkas nasional",
        )
        listed = read_file(read("kanwil", reverse("program:export"), tahun=month[:4], format="csv"))
        if not over:
            for row in listed:
                ledger.note(row["Bapas"], definisi.BUDGET, row["Anggaran disetujui (Rp)"] or "–", "daftar program")
        assert ledger.twice() == {}
        assert ledger.compared() >= set(DASHBOARD)


def made(people, role, **wanted) -> Laporan:
    laporan = services.request_report(by=people[role], **wanted)
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "siap", laporan.galat
    return laporan


def test_reports_say_what_the_pages_say(read, office, people, tomorrow):
    """The annual reports of the office, its Kanwil and the nation, the daily and the monthly report, and the pages."""
    today, year = office_today(), office_today().year
    ledger = Ledger()
    own = read("kabapas", "/kinerja/")
    for row in table(own, "Kebutuhan per jenis"):
        kind = row["Jenis kebutuhan"]
        ledger.note(kind, definisi.IN_NEED, row["Klien dengan kebutuhan belum terpenuhi"], "kinerja")
        ledger.note(kind, definisi.MET, row["Kebutuhan terpenuhi"], "kinerja")
    for row in table(read("kabapas", reverse("klien:needs")), "Klien menurut jenis kebutuhan"):
        ledger.note(row["Jenis kebutuhan"], definisi.IN_NEED, row["Klien"], "kebutuhan")
    for row in table(own, "Klien per jenis program"):
        ledger.note(row["Jenis program"], definisi.PROGRAMMES, row["Klien"], "kinerja")
    months = next(rows for _, heads, rows in tables(own) if heads == ["Bulan", "Terlaksana", "Tidak hadir"])
    for month, done, missed in months:
        if str(year) in month:
            ledger.note(month, definisi.DONE, done, "kinerja")
            ledger.note(month, definisi.MISSED, missed, "kinerja")

    report = made(people, "kabapas", tahun=year, bapas=office).naskah
    for row in table(report, "Kebutuhan klien menurut jenis"):
        ledger.note(row["Jenis kebutuhan"], definisi.IN_NEED, row["Klien, belum terpenuhi"], "laporan")
        ledger.note(row["Jenis kebutuhan"], definisi.MET, row["Kebutuhan terpenuhi"], "laporan")
    for row in table(report, "Klien aktif menurut program bimbingan"):
        ledger.note(row["Program"], definisi.PROGRAMMES, row["Klien"], "laporan")
    for row in table(report, "Bimbingan per bulan"):
        if row["Terlaksana"] == row["Tidak hadir"] == "–":
            continue  # not closed
        ledger.note(row["Bulan"], definisi.DONE, row["Terlaksana"], "laporan")
        ledger.note(row["Bulan"], definisi.MISSED, row["Tidak hadir"], "laporan")
    ledger.note(office.nama, definisi.CLIENTS, table(report, "kategori usia")[-1]["Klien"], "laporan")
    ledger.note(office.nama, definisi.BUDGET, table(report, "menurut sumber dana")[-1]["Anggaran (Rp)"], "laporan")
    ledger.note(
        office.nama, definisi.BUDGET, table(report, "realisasi menurut akun")[-1]["Anggaran (Rp)"], "laporan, akun"
    )
    ledger.note(office.nama, definisi.BUDGET, table(own, "per sumber dana")[-1]["Disetujui (Rp)"], "kinerja")
    ledger.note(office.nama, definisi.SPENT, table(report, "menurut sumber dana")[-1]["Realisasi (Rp)"], "laporan")
    numbers = dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<a[^>]*>)?<b>([^<]*)</b>", own))
    ledger.note(office.nama, definisi.CLIENTS, numbers["Klien aktif"], "kinerja")

    wide = made(people, "kanwil", tahun=year, kanwil=office.kanwil).naskah
    for row in table(wide, "Klien, kebutuhan, dan bimbingan per Bapas"):
        ledger.note(row["Bapas"], definisi.CLIENTS, row["Klien"], "laporan Kanwil")
        ledger.note(row["Bapas"], definisi.OFFICERS, row["PK"], "laporan Kanwil")
    for row in table(wide, "Program dan anggaran per Bapas"):
        ledger.note(row["Bapas"], definisi.BUDGET, row["Anggaran (Rp)"], "laporan Kanwil")
        ledger.note(row["Bapas"], definisi.SPENT, row["Realisasi (Rp)"], "laporan Kanwil")
    nation = made(people, "ditjenpas", tahun=year).naskah
    ledger.note(
        office.kanwil.singkatan, definisi.CLIENTS,
        next(row["Klien"] for row in table(nation, "bimbingan per Kanwil") if office.kanwil.singkatan in row["Kanwil"]),
        "laporan nasional",
    )  # fmt: skip
    ledger.note(office.kanwil.singkatan, definisi.CLIENTS, table(wide, "kategori usia")[-1]["Klien"], "laporan Kanwil")

    daily = lines(read("operator", reverse("harian:detail", args=["harian", f"{today}"]), hitung=1))
    guided = sum(int(daily[f"{age}, {sex}"]) for age in ("Dewasa", "Anak") for sex in ("laki-laki", "perempuan"))
    ledger.note(office.nama, definisi.CLIENTS, str(guided), "laporan harian")
    ranks = ("Asisten PK", "PK Ahli Pertama", "PK Ahli Muda", "PK Ahli Madya", "Jenjang belum diisi")
    ledger.note(office.nama, definisi.OFFICERS, str(sum(int(daily[rank]) for rank in ranks)), "laporan harian")
    monthly = lines(read("operator", reverse("harian:detail", args=["bulanan", f"{today.replace(day=1)}"]), hitung=1))
    ledger.note(office.nama, definisi.GROUPS, monthly["Pokmas aktif"], "laporan bulanan")
    ledger.note(office.nama, definisi.GROUPS, table(report, "Pokmas aktif menurut bentuk")[-1]["Pokmas"], "laporan")
    assert tanggal(today) in report
    assert ledger.twice() == {}
    assert ledger.compared() >= {
        definisi.IN_NEED, definisi.MET, definisi.PROGRAMMES, definisi.DONE, definisi.MISSED, definisi.CLIENTS,
        definisi.OFFICERS, definisi.BUDGET, definisi.SPENT, definisi.GROUPS,
    }  # fmt: skip
