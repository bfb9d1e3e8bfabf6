"""Numbers → sections → text: what leaves the office, and what does not."""

import datetime as dt

from apps.harian.figures import add
from apps.harian.sections import as_text, sections, table

DAY = dt.date(2026, 11, 22)


def printed(angka, *, masked=True, jenis="harian"):
    return {
        (part.nomor, line.label): (line.kini, line.tahun)
        for part in sections(angka, jenis, masked=masked)
        for line in part.baris
    }


def test_there_are_twelve_sections_in_the_order_of_the_ministry_and_a_closing_note():
    found = sections({}, "harian", masked=False)
    assert [part.nomor for part in found] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    text = as_text(found, unit="Bapas Contoh", jenis="harian", day=DAY, moment="22 November 2026", catatan="Aman.")
    assert text.startswith("*LAPORAN HARIAN BAPAS CONTOH*\nMinggu, 22 November 2026")
    assert "*XIII. Penutup*\nAman.\nDemikian dilaporkan." in text


def test_one_to_four_persons_leave_the_office_as_a_sign_and_cannot_be_computed():
    angka = {"klien.dewasa.L": (40, None), "klien.dewasa.P": (3, None), "program.dewasa.PB": (43, None),
             "terorisme": (2, None), "bekerja": (30, None), "pk.madya": (1, None)}  # fmt: skip
    inside, outside = printed(angka, masked=False), printed(angka)
    assert inside["II", "Dewasa, perempuan"] == ("3", "")
    assert outside["II", "Dewasa, perempuan"] == ("<5", "")
    assert outside["II", "Dewasa, laki-laki"] == ("*", "")
    assert outside["XI", "Klien"] == ("<5", "")
    assert outside["X", "Klien"] == ("30", "")
    assert outside["I", "PK Ahli Madya"] == ("1", "")


def test_what_happens_over_time_also_counts_since_new_year():
    outside = printed({"litmas.anak.minta": (2, 140), "damping.sidang": (0, 3)})
    assert outside["III", "Permintaan Anak"] == ("<5", "140")
    assert outside["VI", "Sidang pengadilan"] == ("0", "<5")


def test_a_region_adds_what_was_sent():
    total = add([{"klien.dewasa.L": [4, None], "akot.hasil": [1, 5]}, {"klien.dewasa.L": [4, None]}])
    assert total == {"klien.dewasa.L": (8, None), "akot.hasil": (1, 5)}


def test_the_month_ends_with_what_only_a_month_knows():
    heads, rows = table(sections({"pokmas.aktif": (7, None)}, "bulanan", masked=True), "bulanan")
    assert heads[2] == "Bulan ini"
    assert ("Tambahan bulanan", "Pokmas aktif", 7, None) in rows


def test_a_number_that_was_not_sent_is_not_nought():
    assert printed({"bekerja": (0, None)})["X", "Klien"] == ("0", "")
    assert printed({})["X", "Klien"] == ("–", "")
    assert printed({}, masked=False)["III", "Permintaan Anak"] == ("–", "–")
    assert ("X. Klien yang bekerja", "Klien", "–", None) in table(sections({}, "harian", masked=True), "harian")[1]
