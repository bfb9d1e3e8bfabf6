"""The first day of an office: what was done on paper is known, and nothing is late because it was imported."""

import datetime as dt
from collections import Counter

from apps.asesmen.tasks_today import due_clients
from apps.impor.models import TemuanImpor
from apps.klien.models import JadwalLapor, Klien
from apps.perjalanan.models import TahapBimbingan
from apps.perjalanan.stages_due import overdue
from tests.impor.factories import CLIENT_HEADS, client_row, csv_file, xlsx_file

HEADS = [*CLIENT_HEADS, "Asesmen terakhir", "Tahap", "Bimbingan terakhir", "Frekuensi", "Lapor berikutnya"]
DAY = dt.timedelta(days=1)


def row(number=1, *, asesmen="", tahap="", terakhir="", frekuensi="", pertama="", **changes):
    return [*client_row(number, **changes), asesmen, tahap, terakhir, frekuensi, pertama]


def written(day):
    return day.strftime("%d-%m-%Y")


def test_forty_clients_from_paper_are_neither_late_nor_due_on_one_day(way, pk, today):
    long_ago = {"Tgl Registrasi": "05-01-2025", "Tgl SK": "02-01-2025", "Mulai": "05-01-2025", "HMB": "04-01-2028"}
    way.imported(csv_file([row(number, **long_ago) for number in range(1, 41)], HEADS))
    assert Klien.objects.count() == 40
    assert not due_clients(pk, today).exists()
    assert not overdue(pk, today).exists()
    first = Counter(JadwalLapor.objects.values_list("berikutnya", flat=True))
    assert max(first.values()) <= 3
    assert all(day > today and day.weekday() < 5 for day in first)
    assert max(Counter(Klien.objects.values_list("tenggang", flat=True)).values()) <= 2


def test_nothing_is_planned_after_the_end_of_a_term(way, today):
    """Seen: a client from paper whose term is over got a first report a month later."""
    over = {"Tgl Registrasi": "05-01-2025", "Tgl SK": "02-01-2025", "Mulai": "05-01-2025"}
    ends = {1: today - DAY, 2: today + 10 * DAY}
    way.imported(csv_file([row(number, **over, HMB=written(end)) for number, end in ends.items()], HEADS))
    planned = dict(JadwalLapor.objects.values_list("klien__nomor_register", "berikutnya"))
    assert planned["1/A"] is None
    assert today < planned["2/A"] <= ends[2]


def test_what_was_done_on_paper_comes_along(way, pk, today):
    met, assessed = today - 10 * DAY, today - 100 * DAY
    columns = {"asesmen": written(assessed), "tahap": "Lanjutan", "terakhir": written(met), "frekuensi": "14"}
    way.imported(csv_file([row(**columns), row(2, tahap="-")], HEADS))
    klien = Klien.objects.get(nomor_register="1/A")
    assert klien.asesmen_lama == assessed
    assert klien.jadwal.terakhir == met
    assert met + 14 * DAY <= klien.jadwal.berikutnya <= met + 17 * DAY
    assert not due_clients(pk, today + 200 * DAY).filter(pk=klien.pk).exists()
    assert due_clients(pk, today + 270 * DAY).get(pk=klien.pk).asesmen_terakhir == assessed
    stage = TahapBimbingan.objects.get()
    assert (stage.klien, stage.tahap, stage.bawaan) == (klien, "lanjutan", True)


def test_no_meeting_is_planned_too_far_ahead_or_before_the_registration(way):
    impor = way.checked(csv_file([row(pertama="05-01-2099"), row(2, pertama="05-01-2006")], HEADS))
    assert impor.jumlah_salah == 2
    far, early = TemuanImpor.objects.order_by("baris").values_list("kalimat", flat=True)
    assert far.startswith("Tanggal paling lambat")
    assert early == "Lapor berikutnya tidak boleh sebelum tanggal registrasi."


def test_register_numbers_with_other_signs_are_two_clients(way):
    rows = [row(1, **{"No Reg": "1/11/2026"}), row(2, **{"No Reg": "11/1/2026"})]
    assert way.imported(csv_file(rows, HEADS)).jumlah_disimpan == 2


def test_the_sheet_with_the_headings_is_read_and_hidden_parts_are_named(way):
    file = xlsx_file([client_row(1), client_row(2)], before=["Petunjuk"], hidden=[2], hidden_columns="C:C")
    impor = way.checked(file)
    assert impor.jumlah_baru == 2
    said = "Yang dibaca lembar “Data”. Baris tersembunyi ikut dibaca: 3. Kolom tersembunyi ikut dibaca: C."
    assert said in way.page(impor)


def test_a_cell_that_excel_could_not_work_out_is_a_mistake_in_its_row(way):
    impor = way.checked(xlsx_file([client_row(1, NIK=424242, **{"No HP": 424242}), client_row(2)]))
    assert (impor.jumlah_baru, impor.jumlah_salah) == (1, 1)
    assert set(TemuanImpor.objects.values_list("kolom", "baris")) == {("NIK", 2), ("Nomor HP", 2)}
    assert "galat Excel (#N/A)" in TemuanImpor.objects.first().kalimat


def test_after_an_import_the_office_sees_what_is_missing_client_by_client(way):
    way.imported(csv_file([row(1), row(2, NIK="-", **{"No HP": "nihil", "Alamat": "–"})], HEADS))
    page = way.client.get(way.url("gaps"), {"kurang": "nik"}).text
    assert "Klien Impor 2" in page
    assert "NIK, Nomor HP, Alamat, Kelurahan/desa" in page
    assert "Klien Impor 1" not in page
