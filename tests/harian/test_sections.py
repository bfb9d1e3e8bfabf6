"""Numbers → sections → text: what leaves the office, and what does not."""

import datetime as dt

from apps.harian.sections import as_text, sections, sections_outside, table

DAY = dt.date(2026, 11, 22)


def printed(*reports, jenis="harian"):
    found = sections_outside(reports, jenis)
    return {(part.nomor, line.label): (line.kini, line.tahun) for part in found for line in part.baris}


def test_there_are_twelve_sections_in_the_order_of_the_ministry_and_a_closing_note():
    found = sections({}, "harian")
    assert [part.nomor for part in found] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    assert [part.nomor for part in sections_outside([{"klien.anak.L": (1, None)}], "harian")] == [
        part.nomor for part in found
    ]
    text = as_text(found, unit="Bapas Contoh", jenis="harian", day=DAY, moment="22 November 2026", catatan="Aman.")
    assert text.startswith("*LAPORAN HARIAN BAPAS CONTOH*\nMinggu, 22 November 2026")
    assert "*XIII. Penutup*\nAman.\nDemikian dilaporkan." in text


FEW_CHILDREN = {
    "klien.dewasa.L": (40, None), "klien.dewasa.P": (6, None), "klien.anak.L": (3, None), "klien.anak.P": (0, None),
    "program.dewasa.PB": (43, None), "program.dewasa.LAIN": (3, None), "program.anak.PB": (1, None),
    "program.anak.AKOT": (2, None),
}  # fmt: skip


def test_few_children_are_not_told_from_adults():
    """Also not by the number of all clients, which dashboards print: forty-nine less forty-six."""
    outside = printed(FEW_CHILDREN)
    assert (outside["II", "Laki-laki"], outside["II", "Perempuan"]) == (("43", ""), ("6", ""))
    assert outside["V", "Pembebasan bersyarat (PB)"] == ("*", "")
    assert outside["VII", "Masih dibimbing"] == ("*", "")


def test_many_children_are_not_told_from_adults_either():
    """A second report, or the number of children in the annual one, would tell those of a neighbour of few."""
    five = {"klien.anak.L": (5, None), "program.anak.PB": (5, None), "program.anak.AKOT": (0, None)}
    outside = printed(FEW_CHILDREN | five)
    assert outside["II", "Laki-laki"] == ("45", "")
    assert outside["V", "Pembebasan bersyarat (PB)"] == ("*", "")


def test_few_women_are_not_what_all_clients_leave():
    """Seen: "Perempuan 2" beside "Laki-laki 40"; how many clients there are stands on the dashboard."""
    outside = printed({"klien.dewasa.L": (40, None), "klien.dewasa.P": (2, None)})
    assert (outside["II", "Laki-laki"], outside["II", "Perempuan"]) == (("*", ""), ("*", ""))


def test_clients_per_programme_stand_on_the_dashboard_only():
    """Seen: two ways of joining small programmes told together which of them had one to four clients."""
    outside = printed({"program.dewasa.PB": (40, None), "program.dewasa.CB": (2, None)})
    assert [label for nomor, label in outside if nomor == "IV"] == ["Menurut program: lihat dasbor kantor"]


def test_clients_who_came_and_left_are_events():
    """Seen: "Klien baru 1 | 3"."""
    came = {"klien.baru": (1, 3), "klien.hmb": (7, 12)}
    outside = printed(came, jenis="bulanan")
    assert (outside["", "Klien baru"], outside["", "Habis masa bimbingan"]) == (("<5", "*"), ("7", "*"))


def test_what_waits_does_not_tell_what_happened():
    """Seen: 14 waiting in October, 10 in November, six done: two were asked for, and stood there as "<5"."""
    asked = {"litmas.anak.minta": (2, 9), "litmas.anak.selesai": (6, 8), "litmas.anak.sisa": (10, None)}
    assert printed(asked, jenis="bulanan")["III", "Belum selesai Anak"][0] == "*"


def test_sensitive_states_of_few_persons_leave_the_office_as_a_sign():
    angka = {"terorisme": (2, None), "narkotika": (12, None), "bekerja": (3, None), "pk.madya": (1, None)}
    inside = {(p.nomor, line.label): line.kini for p in sections(angka, "harian") for line in p.baris}
    outside = printed(angka)
    assert (inside["XI", "Klien"], outside["XI", "Klien"]) == ("2", ("<5", ""))
    assert (outside["XII", "Klien"], outside["X", "Klien"], outside["I", "PK Ahli Madya"]) == (
        ("12", ""), ("<5", ""), ("1", ""),
    )  # fmt: skip


def test_sensitive_events_of_one_day_are_not_the_difference_of_two_sums():
    """Seen: "<5" today, beside 141 since new year where yesterday had 140."""
    angka = {"litmas.anak.minta": (1, 141), "litmas.dewasa.minta": (1, 300), "damping.sidang": (0, 3)}
    day, month = printed(angka), printed(angka, jenis="bulanan")
    assert day["III", "Permintaan dewasa"] == ("1", "300")
    assert day["III", "Permintaan Anak"] == day["VI", "Sidang pengadilan"] == ("*", "*")
    assert (month["III", "Permintaan Anak"], month["VI", "Sidang pengadilan"]) == (("<5", "*"), ("0", "*"))


def test_a_region_adds_what_was_sent_where_no_part_is_hidden():
    one = {"narkotika": (8, None), "bekerja": (7, None), "klien.anak.L": (0, None), "klien.dewasa.L": (20, None)}
    two = {"narkotika": (2, None), "bekerja": (6, None), "klien.anak.L": (0, None), "klien.dewasa.L": (30, None)}
    region = printed(one, two)
    assert (region["XII", "Klien"], region["X", "Klien"]) == (("*", ""), ("13", ""))
    assert region["II", "Laki-laki"] == ("50", "")
    assert printed(one, two | {"klien.anak.L": (2, None)})["II", "Laki-laki"] == ("52", "")


def test_the_month_ends_with_what_only_a_month_knows():
    heads, rows = table(sections_outside([{"pokmas.aktif": (7, None)}], "bulanan"), "bulanan")
    assert heads[2] == "Bulan ini"
    assert ("Tambahan bulanan", "Pokmas aktif", 7, None) in rows


def test_a_number_that_was_not_sent_is_not_nought():
    assert printed({"bekerja": (0, None)})["X", "Klien"] == ("0", "")
    assert printed({})["X", "Klien"] == ("–", "")
    inside = {(p.nomor, line.label): (line.kini, line.tahun) for p in sections({}, "harian") for line in p.baris}
    assert inside["III", "Permintaan Anak"] == ("–", "–")
    assert ("X. Klien yang bekerja", "Klien", "–", None) in table(sections({}, "harian"), "harian")[1]
